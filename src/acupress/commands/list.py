"""``acupress list``: a table of points, with their level in pregnancy."""

from __future__ import annotations

import sys
from enum import Enum
from typing import Annotated

import typer

from acupress.catalogue.contents import Points
from acupress.catalogue.loading import load_index, load_points
from acupress.commands.choosing import warn_of_own_fault
from acupress.commands.options import Json, NoPager, PictureOption
from acupress.config import PictureChoice, load_config
from acupress.model import (
    Body,
    Meridian,
    Point,
    PointKind,
    PregnancyLevel,
    Reach,
    Region,
)
from acupress.session.screening import level
from acupress.terminal.paging import paging
from acupress.terminal.printing import print_rows, print_table, width
from acupress.text.point_pages import point_table


class OnlyOk(Enum):
    """The one level in pregnancy that can be selected."""

    OK = "ok"


def _joined(words: type[Enum]) -> str:
    return ", ".join(str(each.value) for each in words)


def run(  # noqa: PLR0913 - an option each
    *,
    region: Annotated[
        Region | None,
        typer.Option(
            metavar="ACHE",
            case_sensitive=False,
            help=f"Only points used for this: {_joined(Region)}.",
        ),
    ] = None,
    body: Annotated[
        Body | None,
        typer.Option(
            metavar="PART",
            case_sensitive=False,
            help=f"Only points that lie here: {_joined(Body)}.",
        ),
    ] = None,
    meridian: Annotated[
        Meridian | None,
        typer.Option(
            metavar="LETTERS",
            case_sensitive=False,
            help=f"Only points of this meridian: {_joined(Meridian)}.",
        ),
    ] = None,
    reach: Annotated[
        Reach | None,
        typer.Option(
            metavar="|".join(each.value for each in Reach),
            case_sensitive=False,
            help="Only points that you reach yourself, or that need a partner.",
        ),
    ] = None,
    pregnancy: Annotated[
        OnlyOk | None,
        typer.Option(metavar="ok", help="Only points that stay in pregnancy."),
    ] = None,
    reference: Annotated[
        bool, typer.Option("--all", help="Points that no session presses, too.")
    ] = False,
    picture: PictureOption = None,
    no_pager: NoPager = False,
    as_json: Json = False,
) -> None:
    """List the points, and how each of them stands in pregnancy."""
    if reference:
        listed = _in_order(load_index(complete=False).points)
    else:
        listed = list(load_points(complete=False).values())
    warn_of_own_fault()
    chosen = [
        point
        for point in listed
        if (reference or point.kind is PointKind.TAUGHT)
        and (region is None or region in point.regions)
        and (body is None or body is point.body)
        and (meridian is None or meridian is point.meridian)
        and (reach is None or point.reach in {reach, Reach.EITHER})
        and (pregnancy is None or level(point) is PregnancyLevel.OK)
    ]
    if as_json:
        from acupress.text.documents import point_document, written  # noqa: PLC0415

        print(written([point_document(point) for point in chosen]))
    elif not chosen:
        print("No point here fits all of that.")
    else:
        wanted = picture or load_config().picture
        with paging(allowed=not no_pager):
            if region is None or not _draws_map(wanted):
                print_table(*point_table(chosen))
            else:
                _print_map(chosen, wanted)


def _in_order(points: Points) -> list[Point]:
    """Return *points* sorted by meridian and number, the extra points last."""
    meridians = list(Meridian)

    def place(point: Point) -> tuple[int, str, int]:
        letters = point.code.rstrip("0123456789")
        number = int(point.code.removeprefix(letters) or 0)
        return meridians.index(point.meridian), letters, number

    return sorted(points.values(), key=place)


def _draws_map(picture: PictureChoice) -> bool:
    return picture is not PictureChoice.NONE and (
        picture is not PictureChoice.AUTO or sys.stdout.isatty()
    )


def _print_map(points: list[Point], picture: PictureChoice) -> None:
    """Print a numbered map of *points*, and a table with the same numbers."""
    from acupress.terminal.pictures import pictures  # noqa: PLC0415 - lazy import
    from acupress.terminal.render import picture_rows  # noqa: PLC0415

    codes = [point.code for point in points]
    drawn = pictures(picture).region_map(codes, width())
    if drawn is None:
        print_table(*point_table(points))
        return
    numbers = {code: number for number, code in drawn.legend}
    header, rows = point_table(sorted(points, key=lambda p: numbers.get(p.code, 99)))
    print_rows(picture_rows(drawn.rows))
    print_table(
        ("no.", *header), [(str(numbers.get(row[0], "")), *row) for row in rows]
    )
