"""``acupress routines [NAME]``: lists the routines, or shows one."""

from __future__ import annotations

from typing import Annotated

import typer

from acupress.catalogue.loading import bundled_routines, load_routines
from acupress.commands import completion, options
from acupress.commands.choosing import named
from acupress.errors import WrongUseError
from acupress.model import Origin, Routine
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
    as_yaml: Annotated[
        bool, typer.Option("--yaml", help="As a file of one's own, to pass on.")
    ] = False,
) -> None:
    """List the routines with their minutes and points, or tell all about one."""
    routines = load_routines()
    one = named(" ".join(name), routines) if name else None
    if as_yaml:
        _print_yaml(one, as_json=as_json)
        return
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


def _print_yaml(one: Routine | None, *, as_json: bool) -> None:
    """Print *one* as a file that `acupress add` takes; a bundled one under a new id."""
    from acupress.catalogue.ownroutines import as_own, own_text  # noqa: PLC0415

    if one is None or as_json:
        message = "--yaml prints one routine: `acupress routines desk-break --yaml`"
        raise WrongUseError(message)
    if one.origin is Origin.BUNDLED:
        print(f"# Made from {one.id}. {_CHANGED}")
        one = as_own(one)
    print(own_text(one, bundled_routines()), end="")


_CHANGED = "A hold is 120 seconds at most, and nothing stands in for what is left out."
