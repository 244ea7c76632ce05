"""``acupress routines [NAME]``: lists the routines, or shows one."""

from __future__ import annotations

from typing import Annotated

import typer

from acupress.catalogue.loading import load_routines
from acupress.commands import completion, options
from acupress.commands.choosing import named
from acupress.terminal.paging import paging
from acupress.terminal.printing import print_page, print_table
from acupress.text.routine_pages import routine_page
from acupress.text.tables import routine_table


def run(
    name: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="ROUTINE",
            help="Tell all about this one.",
            autocompletion=completion.routines,
            show_default=False,
        ),
    ] = None,
    *,
    no_pager: options.NoPager = False,
    as_json: options.Json = False,
) -> None:
    """List the routines with their minutes and points, or tell all about one."""
    routines = load_routines()
    one = named(" ".join(name), routines) if name else None
    if as_json:
        from acupress.text.documents import routine_document, written  # noqa: PLC0415

        every = [routine_document(routine) for routine in routines]
        print(written(routine_document(one) if one else every))
        return
    with paging(allowed=not no_pager):
        if one:
            print_page(routine_page(one))
        else:
            print_table(routine_table(routines))
