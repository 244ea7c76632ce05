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
from acupress.text.tables import (
    numbered,
    point_table,
    points_by_ache,
    points_by_meridian,
)


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
            if region is not None:
                _print_region(chosen, wanted)
            elif reference:
                print_table(points_by_meridian(chosen))
            else:
                print_table(points_by_ache(chosen))


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


def _print_region(points: list[Point], picture: PictureChoice) -> None:
    """Print a map of *points*, and a table with the same numbers; or that alone."""
    drawn = None
    if _draws_map(picture):
        from acupress.terminal.pictures import pictures  # noqa: PLC0415 - lazy import

        codes = [point.code for point in points]
        drawn = pictures(picture).region_map(codes, width())
    if drawn is None:
        print_table(point_table(points))
        return
    from acupress.terminal.render import picture_rows  # noqa: PLC0415 - loads Rich

    numbers = {code: str(number) for number, code in drawn.legend}
    ordered = sorted(points, key=lambda point: int(numbers.get(point.code, 99)))
    print_rows([*picture_rows(drawn.rows), ""])
    shown = [numbers.get(point.code, "") for point in ordered]
    print_table(numbered(point_table(ordered), shown))
