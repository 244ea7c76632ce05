"""``acupress find WORDS``: points by name, place, ache or tradition."""

from __future__ import annotations

from typing import Annotated

import typer

from acupress.catalogue.loading import load_index, load_routines, load_words
from acupress.commands import options
from acupress.commands.choosing import NOTHING, serving, warn_of_own_fault
from acupress.errors import WrongUseError, quoted
from acupress.lookup.resolve import Unknown, resolve
from acupress.lookup.search import find
from acupress.terminal.paging import paging
from acupress.terminal.printing import print_page, print_table
from acupress.text.layout import Line
from acupress.text.routine_pages import served_lines
from acupress.text.tables import point_table


def run(
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="WORDS...",
            help="A name, a part of the body, an ache, or what tradition says.",
            show_default=False,
        ),
    ],
    *,
    no_pager: options.NoPager = False,
    as_json: options.Json = False,
) -> None:
    """Search points and sessions; mistakes are forgiven, the best fit comes first."""
    typed = " ".join(words)
    names = load_index(complete=False)
    outcome = resolve(typed, names)
    # What is told of is no slip: Taiyang, at the temple, is near the name of a wrist.
    told = outcome.told if isinstance(outcome, Unknown) else ""
    found = [] if told else find(typed, names.points, load_words(complete=False))
    warn_of_own_fault()
    if as_json:
        from acupress.text.documents import point_document, written  # noqa: PLC0415

        print(written([point_document(point) for point in found]))
        return
    offer = serving(typed, load_routines(complete=False))
    if told:
        print_page((Line(told),))
    elif offer == NOTHING and not found:
        message = (
            f"nothing fits {quoted(typed)}: try a part of the body, or fewer words"
        )
        raise WrongUseError(message)
    with paging(allowed=not no_pager):
        if offer != NOTHING:
            between = (Line(),) if found else ()
            print_page((*served_lines(offer.says, offer.routines), *between))
        if found:
            print_table(point_table(found))
