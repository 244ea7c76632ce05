"""
``acupress add FILE``: copies somebody else's routine, once it has been looked at.

The file is read once: what was checked and shown is what is written.
"""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from acupress.catalogue.loading import load_routines
from acupress.catalogue.shared import read_shared
from acupress.commands import options
from acupress.commands.ownroutines import at_terminal, keep
from acupress.dialogue.fields import NOTHING_WRITTEN, agree
from acupress.errors import FileError, NotStartedError
from acupress.exit import complain
from acupress.files import STANDARD_INPUT
from acupress.terminal.printing import print_page
from acupress.terminal.system import both_ends, is_terminal
from acupress.text.composing_pages import review_page
from acupress.text.layout import Line

_QUESTION = "Copy it to your routines"
_READ_IT = (
    f"{NOTHING_WRITTEN}: without a terminal nothing is asked; once you have read this, "
    "write the same with --yes"
)


def run(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="A routine that somebody sent; - is what is piped in."
        ),
    ],
    *,
    yes: Annotated[
        bool, typer.Option("--yes", help="Show it, and copy it without asking.")
    ] = False,
    plain: options.Plain = None,
) -> None:
    """Check somebody else's routine, show all that it presses, ask, and copy it."""
    load_routines()  # raises for a fault in a file of one's own, before any question
    shared = read_shared(file)
    if shared.routine is None:
        for fault in dict.fromkeys(map(str, shared.faults)):
            print(fault)
        raise typer.Exit(complain(NOTHING_WRITTEN, FileError.exit_code))
    page = review_page(shared.routine)
    if yes:
        print_page((*page, Line()))
    elif both_ends() or (file == STANDARD_INPUT and _take_terminal()):
        at_terminal(partial(agree, page=page, question=_QUESTION), plain=plain)
    else:
        print_page(page)
        raise NotStartedError(_READ_IT)
    keep(shared.routine, shared.data)


def _take_terminal() -> bool:
    """Put the terminal in the place of the pipe that was read; tell if there is one."""
    if not is_terminal(1):
        return False
    try:
        opened = os.open("/dev/tty", os.O_RDONLY)
    except OSError:
        return False  # none, or Windows
    os.dup2(opened, 0)
    os.close(opened)
    return True
