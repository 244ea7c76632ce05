"""
Shows points for a command, in the best mode that the terminal can show.

The pictures are loaded lazily, for the first one, and cached.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from acupress.config import PictureChoice as Wanted
from acupress.figures.drawing import Figures, Mode, Size, load_figures
from acupress.figures.region_map import RegionMap
from acupress.model import Point, Side, Sides
from acupress.paths import bundled
from acupress.terminal.printing import mode
from acupress.text.layout import Line, Tone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.text import Text

    from acupress.terminal.point_view import Draw
    from acupress.terminal.render import Panel


CAPTION = 2
"""Rows reserved for the caption under a picture."""


@dataclass(frozen=True, slots=True)
class Pictures:
    """Shows points in one *mode*; with ``None``, every picture is ``None``."""

    mode: Mode | None

    def panel(self, code: str, side: Side, columns: int, rows: int) -> Panel | None:
        """Return *code*, pressed on *side*, in *rows* at most with its caption."""
        return self.point(code, side, Size(columns, rows - CAPTION), rows)

    def point(
        self, code: str, side: Side, size: Size, height: int | None = None
    ) -> Panel | None:
        """Return *code* within *size*, and its caption; of it *height* rows at most."""
        if self.mode is None or not figures().figure_for(code):
            return None
        from acupress.terminal.render import panel  # noqa: PLC0415 - loads Rich

        drawn = figures().picture(code, side, size, self.mode)
        return panel(drawn, height) if drawn else None

    def region_map(self, codes: list[str], columns: int) -> RegionMap | None:
        """Return a map of the body with *codes* numbered, if any of them is drawn."""
        drawn = [code for code in codes if figures().figure_for(code)]
        if self.mode is None or not drawn:
            return None
        return figures().region_map(drawn, Size(columns, _MAP_ROWS), self.mode)

    def routine_map(self, codes: list[str], columns: int) -> RegionMap | None:
        """Return a map of all steps of a routine, if every one of them is drawn."""
        if self.mode is None or not all(map(figures().figure_for, codes)):
            return None
        return figures().routine_map(codes, Size(columns, _MAP_ROWS), self.mode)

    def aside(self, codes: Sequence[str], columns: int, rows: int) -> tuple[Text, ...]:
        """
        Return a map of *codes* with its legend, within *columns* and *rows*.

        Nothing if it does not fit, or would not show every one of them.
        """
        from acupress.terminal.render import page_rows, picture_rows  # noqa: PLC0415

        if self.mode is None or not all(map(figures().figure_for, codes)):
            return ()
        legend = "  ".join(f"{at} {code}" for at, code in enumerate(codes, 1))
        told = page_rows((Line(legend, Tone.QUIET),), columns)
        size = Size(columns, rows - len(told))
        drawn = figures().routine_map(codes, size, self.mode, whole=True)
        if drawn is None:
            return ()
        shown = "\n".join("".join(span.text for span in row) for row in drawn.rows)
        if {*map(int, re.findall(r"\d+", shown))} != {*range(1, len(codes) + 1)}:
            return ()  # one lies where no number found room
        return (*picture_rows(drawn.rows), *told)


_MAP_ROWS = 12  # per picture of a map


def pictures(wanted: Wanted, *, images: bool = False) -> Pictures:
    """
    Return the Pictures for standard output, in the mode *wanted* if it can be.

    *images* is whether the terminal has said that it can show real ones.
    """
    best = mode(wanted.value)
    auto = wanted is Wanted.AUTO and best in {Mode.BLOCKS, Mode.BLOCKS_16}
    if images and best and (auto or wanted is Wanted.IMAGE):
        return Pictures(Mode.IMAGE)
    return Pictures(best)


def draw_point(point: Point, wanted: Wanted, *, images: bool) -> Draw:
    """Return what draws *point* in a size, with its caption; ``None`` if not drawn."""
    shown = pictures(wanted, images=images)
    return lambda size: shown.point(point.code, side(point), size)


def drawing(point: Point) -> str:
    """Return *point* as SVG, or "" if it is not drawn."""
    return figures().svg(point.code) if figures().figure_for(point.code) else ""


def image(point: Point) -> bytes:
    """Return *point* as PNG, or nothing if it is not drawn."""
    return figures().png(point.code) if figures().figure_for(point.code) else b""


@cache
def figures() -> Figures:
    """Return the bundled pictures, cached: none in a checkout that has not made any."""
    return load_figures(bundled() / "pictures")


def side(point: Point) -> Side:
    """Return the side to mark in a picture outside a session: both, or the middle."""
    return Side.BOTH if point.sides is Sides.BOTH else Side.MIDDLE
