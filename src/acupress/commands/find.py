"""``acupress find WORDS``: points by name, place, ache or tradition."""

from __future__ import annotations

from typing import Annotated

import typer

from acupress.catalogue.loading import load_index, load_words
from acupress.commands import options
from acupress.commands.choosing import warn_of_own_fault
from acupress.errors import WrongUseError, quoted
from acupress.lookup.search import find
from acupress.terminal.printing import print_table
from acupress.text.point_pages import point_table


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
    as_json: options.Json = False,
) -> None:
    """Search the points; spelling mistakes are forgiven, the best fit comes first."""
    typed = " ".join(words)
    points = load_index(complete=False).points
    found = find(typed, points, load_words(complete=False))
    warn_of_own_fault()
    if as_json:
        from acupress.text.documents import point_document, written  # noqa: PLC0415

        print(written([point_document(point) for point in found]))
    elif found:
        print_table(*point_table(found))
    else:
        message = (
            f"nothing fits {quoted(typed)}: try a part of the body, or fewer words"
        )
        raise WrongUseError(message)
