"""``acupress show POINT``: all that is known of one point, its warnings first."""

from __future__ import annotations

from typing import Annotated

import typer

from acupress.commands import completing
from acupress.commands.choosing import found, load_points
from acupress.commands.printing import print_page
from acupress.layout import Line, Tone
from acupress.pages import point_page


def run(
    name: Annotated[
        list[str],
        typer.Argument(
            metavar="POINT",
            help="Its code, or its name in English, pinyin or Chinese.",
            autocompletion=completing.points,
            show_default=False,
        ),
    ],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Show one point: who should leave it alone, where it is, how to press it."""
    outcome = found(" ".join(name), load_points())
    if as_json:
        from acupress.documents import point_document, written  # noqa: PLC0415

        print(written(point_document(outcome.point)))
        return
    remark = (Line(outcome.remark, Tone.QUIET), Line()) if outcome.remark else ()
    print_page((*remark, *point_page(outcome.point)))
