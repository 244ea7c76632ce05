"""
Pictures for a command: which kind the terminal can show, and the drawing itself.

The figures are read only when the first picture is wanted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from acupress.catalogue.nodes import plain_value
from acupress.catalogue.strictyaml import read_yaml
from acupress.config import PictureChoice as Wanted
from acupress.figures.drawing import Figures, Mode, Size, Span, load_figures
from acupress.figures.region_map import RegionMap
from acupress.model import Point, Side, Sides
from acupress.paths import bundled
from acupress.terminal.ansi import drawn, quiet
from acupress.terminal.leaflets import Drawing, Room, leaflet_room
from acupress.terminal.printing import mode, width
from acupress.text.layout import Line, wrap

if TYPE_CHECKING:
    from acupress.terminal.render import Panel


CAPTION = 2
"""Rows that the words under a picture may take."""


@dataclass(frozen=True, slots=True)
class Pictures:
    """Draws points in one *mode*; in none, there is never a picture."""

    mode: Mode | None

    def panel(self, code: str, side: Side, columns: int, rows: int) -> Panel | None:
        """Return *code*, pressed on *side*, within *columns* and *rows*."""
        if self.mode is None or not figures().figure_for(code):
            return None
        from acupress.terminal.render import panel  # noqa: PLC0415 - Rich is dear

        size = Size(columns, rows - CAPTION)
        return panel(figures().picture(code, side, size, self.mode), rows)

    def region_map(self, codes: list[str], columns: int) -> RegionMap | None:
        """Return *codes* by number on the parts of the body they lie on."""
        drawn = [code for code in codes if figures().figure_for(code)]
        if self.mode is None or not drawn:
            return None
        return figures().region_map(drawn, Size(columns, _MAP_ROWS), self.mode)


_MAP_ROWS = 12  # of one picture of a map


def pictures(wanted: Wanted) -> Pictures:
    """Return what draws as *wanted* on standard output."""
    return Pictures(mode(wanted.value))


def leaflet_drawing(point: Point, wanted: Wanted) -> Drawing | None:
    """Return *point* for a leaflet on standard output, or ``None``."""
    if (chosen := mode(wanted.value)) is None:
        return None
    return drawing_on(figures(), point, leaflet_room(width()), chosen)


def drawing(point: Point) -> str:
    """Return *point* as SVG for paper, or nothing where it is not drawn."""
    if not figures().figure_for(point.code):
        return ""
    return figures().svg(point.code, side(point))


@cache
def figures() -> Figures:
    """Return the bundled figures."""
    return open_figures(bundled())


def open_figures(data: Path) -> Figures:
    """Open the figures that lie in *data*."""
    return load_figures(data / "figures", _mapping)


def side(point: Point) -> Side:
    """Return what a picture of *point* as such marks: all there is of it."""
    return Side.BOTH if point.sides is Sides.BOTH else Side.MIDDLE


def drawing_on(
    figures: Figures, point: Point, room: Room, mode: Mode
) -> Drawing | None:
    """Return *point* with its caption, within *room*; ``None`` if it is not drawn."""
    if not figures.figure_for(point.code):
        return None
    columns, height = room
    size = Size(columns, height - CAPTION)
    picture = figures.picture(point.code, side(point), size, mode)
    width = max(map(_cells, picture.rows))
    rows = [drawn(row) + " " * (width - _cells(row)) for row in picture.rows]
    shade = str if mode is Mode.ASCII else quiet
    caption = wrap((Line(picture.caption),), width)
    rows += [shade(row.plain.ljust(width)) for row in caption]
    rows += [" " * width] * (height - len(rows))
    return Drawing(tuple(rows[:height]), width)


def _cells(row: Iterable[Span]) -> int:
    return sum(len(span.text) for span in row)


def _mapping(path: Path) -> Mapping[str, Any]:
    node = read_yaml(path)
    value = plain_value(node)
    if not isinstance(value, dict):
        raise node.error("must be a mapping: lines of `key: value`")
    return value
