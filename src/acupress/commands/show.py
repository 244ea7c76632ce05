"""``acupress show POINT``: shows one point, its warnings first."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from acupress.commands import completion
from acupress.commands.choosing import found, warn_of_own_fault
from acupress.commands.options import Json, NoPager, PictureOption
from acupress.config import PictureChoice, load_config
from acupress.errors import WrongUseError
from acupress.lookup.results import Found
from acupress.model import Point
from acupress.terminal.paging import paging
from acupress.terminal.printing import print_page, print_point
from acupress.text.point_pages import (
    point_body,
    point_heading,
    short_body,
    short_heading,
)


def run(  # noqa: PLR0913 - an option each
    name: Annotated[
        list[str],
        typer.Argument(
            metavar="POINT",
            help="Its code, or its name in English, pinyin or Chinese.",
            autocompletion=completion.points,
            show_default=False,
        ),
    ],
    *,
    picture: PictureOption = None,
    save: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Save the picture, for paper: x.svg or x.png."
        ),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="All that is known, with every source.")
    ] = False,
    no_pager: NoPager = False,
    as_json: Json = False,
) -> None:
    """Show one point: who should leave it alone, where it is, how to press it."""
    outcome = found(" ".join(name))
    warn_of_own_fault()
    if save and as_json:
        message = "--save and --json exclude each other: give one"
        raise WrongUseError(message)
    if save is not None:
        _save(outcome.point, save)
    elif as_json:
        from acupress.text.documents import point_document, written  # noqa: PLC0415

        print(written(point_document(outcome.point)))
    else:
        with paging(allowed=not no_pager):
            shown = picture or load_config().picture
            _print(outcome, shown, everything=everything)


def _print(outcome: Found, picture: PictureChoice, *, everything: bool) -> None:
    """Print the heading, then the body with a picture beside or below it."""
    point, remark = outcome
    if everything:
        heading, body = point_heading(point, remark), point_body(point)
    else:
        heading, body = short_heading(point, remark), short_body(point)
    drawn = picture is not PictureChoice.NONE and (
        picture is not PictureChoice.AUTO or sys.stdout.isatty()
    )
    if drawn:
        from acupress.terminal.device import graphics  # noqa: PLC0415 - loads Rich
        from acupress.terminal.pictures import draw_point  # noqa: PLC0415

        asking = picture in {PictureChoice.AUTO, PictureChoice.IMAGE}
        images = graphics() if asking else None
        draw = draw_point(point, picture, images=images is not None)
        if print_point(heading, body, draw, images, one_screen=not everything):
            return
    print_page((*heading, *body))


def _save(point: Point, path: Path) -> None:
    from acupress.files import display_path, expanded, save_new  # noqa: PLC0415
    from acupress.terminal.pictures import drawing, figures, image  # noqa: PLC0415

    kind = path.suffix.lower()
    if kind not in {".svg", ".png"}:
        message = "--save saves a picture: give it a name that ends in .svg or .png"
        raise WrongUseError(message)
    if not (picture := drawing(point) if kind == ".svg" else image(point)):
        message = f"there is no picture of {point.code}"
        if not figures().index:
            message = "this checkout has no pictures: run `make pictures`"
        raise WrongUseError(message)
    path = expanded(path)
    save_new(path, picture)
    print(f"saved {display_path(path)}")
