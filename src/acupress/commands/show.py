"""``acupress show POINT``: all that is known of one point, its warnings first."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from acupress.commands import completing
from acupress.commands.choosing import found
from acupress.commands.loading import load_config, load_points
from acupress.commands.options import Picture
from acupress.commands.printing import print_page, print_rows, width
from acupress.config import Picture as Wanted
from acupress.errors import WrongUseError, harmless
from acupress.layout import Line, Page, Tone, wrap
from acupress.model import Point, Side, Sides
from acupress.pages import point_body, point_heading, point_page


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
    picture: Picture = None,
    save: Annotated[
        Path | None,
        typer.Option(metavar="FILE.svg", help="Save the picture, for paper."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Show one point: who should leave it alone, where it is, how to press it."""
    outcome = found(" ".join(name), load_points())
    if save is not None:
        _save(outcome.point, save)
    elif as_json:
        from acupress.documents import point_document, written  # noqa: PLC0415

        print(written(point_document(outcome.point)))
    else:
        remark = outcome.remark
        before = (Line(remark, Tone.QUIET), Line()) if remark else ()
        _print(outcome.point, before, picture or load_config().picture)


def _side(point: Point) -> Side:
    return Side.BOTH if point.sides is Sides.BOTH else Side.MIDDLE


def _print(point: Point, before: Page, picture: Wanted) -> None:
    """Print the heading, and then the rest with a picture beside or above it."""
    if picture is Wanted.NONE or (picture is Wanted.AUTO and not sys.stdout.isatty()):
        print_page((*before, *point_page(point)))
        return
    print_page((*before, *point_heading(point)))
    body = point_body(point)
    from acupress.commands.pictures import pictures  # noqa: PLC0415 - draws, so dear
    from acupress.view import beside, page_rows, panel_size  # noqa: PLC0415

    room = panel_size(width(), _ROWS) or (min(width(), _COLUMNS), _ROWS - 4)
    drawn = pictures(picture).panel(point.code, _side(point), *room)
    if drawn is None:
        print_page(body)
    elif panel_size(width(), _ROWS):
        narrow = width() - drawn.column
        at = _fitting(body, narrow, len(drawn.rows))
        print_rows(beside(drawn, page_rows(body[:at], narrow)))
        print_page(body[at:])
    else:
        print_rows([*drawn.rows, *page_rows((Line(), *body), width())])


def _fitting(body: Page, columns: int, rows: int) -> int:
    """Return how many lines of *body* it takes to fill *rows*."""
    at = 0
    while at < len(body) and len(wrap(body[:at], columns)) < rows:
        at += 1
    return at


# As much of the screen as a picture may take when the words can scroll.
_COLUMNS, _ROWS = 31, 26


def _save(point: Point, path: Path) -> None:
    from acupress.commands.pictures import drawing  # noqa: PLC0415
    from acupress.files import save_new  # noqa: PLC0415

    if path.suffix != ".svg":
        message = "the picture is saved as FILE.svg"
        raise WrongUseError(message)
    if not (picture := drawing(point)):
        message = f"there is no picture of {point.code} yet"
        raise WrongUseError(message)
    save_new(path, picture)
    print(f"saved {harmless(str(path))}")
