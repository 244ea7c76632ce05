"""
Draws points for a command, in the best mode that the terminal can show.

The figures are loaded lazily, for the first picture, and cached.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from acupress.catalogue.nodes import plain_value
from acupress.catalogue.strictyaml import read_yaml
from acupress.config import PictureChoice as Wanted
from acupress.figures.drawing import Figures, Mode, Size, load_figures
from acupress.figures.region_map import RegionMap
from acupress.model import Point, Side, Sides
from acupress.paths import bundled
from acupress.terminal.printing import mode, picture_room

if TYPE_CHECKING:
    from acupress.terminal.render import Panel


CAPTION = 2
"""Rows reserved for the caption under a picture."""


@dataclass(frozen=True, slots=True)
class Pictures:
    """Draws points in one *mode*; with ``None``, every picture is ``None``."""

    mode: Mode | None

    def panel(self, code: str, side: Side, columns: int, rows: int) -> Panel | None:
        """Return *code*, pressed on *side*, within *columns* and *rows*, if drawn."""
        if self.mode is None or not figures().figure_for(code):
            return None
        from acupress.terminal.render import panel  # noqa: PLC0415 - loads Rich

        size = Size(columns, rows - CAPTION)
        return panel(figures().picture(code, side, size, self.mode), rows)

    def region_map(self, codes: list[str], columns: int) -> RegionMap | None:
        """Return a map of the body with *codes* numbered, if any of them is drawn."""
        drawn = [code for code in codes if figures().figure_for(code)]
        if self.mode is None or not drawn:
            return None
        return figures().region_map(drawn, Size(columns, _MAP_ROWS), self.mode)


_MAP_ROWS = 12  # per picture of a map


def pictures(wanted: Wanted) -> Pictures:
    """Return the Pictures for standard output, in the mode *wanted* if it can be."""
    return Pictures(mode(wanted.value))


def point_panel(point: Point, wanted: Wanted) -> Panel | None:
    """Return *point* in the size that `show` has for it, or ``None`` if not drawn."""
    return pictures(wanted).panel(point.code, side(point), *picture_room())


def drawing(point: Point) -> str:
    """Return *point* as SVG, or "" if it is not drawn."""
    if not figures().figure_for(point.code):
        return ""
    return figures().svg(point.code, side(point))


@cache
def figures() -> Figures:
    """Return the bundled figures, cached; raises FileError."""
    return load_figures(bundled() / "figures", _mapping)


def side(point: Point) -> Side:
    """Return the side to mark in a picture outside a session: both, or the middle."""
    return Side.BOTH if point.sides is Sides.BOTH else Side.MIDDLE


def _mapping(path: Path) -> Mapping[str, Any]:
    node = read_yaml(path)
    value = plain_value(node)
    if not isinstance(value, dict):
        raise node.error("must be a mapping: lines of `key: value`")
    return value
