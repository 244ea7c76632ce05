"""
Pictures for a command: which kind the terminal can show, and the drawing itself.

The figures are read only when the first picture is wanted.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from acupress import bindery
from acupress.commands.printing import mode, width
from acupress.config import Picture as Wanted
from acupress.figures import Figures, Mode, Size
from acupress.figures.region_map import RegionMap
from acupress.folders import bundled
from acupress.leaflets import Drawing, leaflet_room
from acupress.model import Point, Side

if TYPE_CHECKING:
    from acupress.view import Panel


@dataclass(frozen=True, slots=True)
class Pictures:
    """Draws points in one *mode*; in none, there is never a picture."""

    mode: Mode | None

    def panel(self, code: str, side: Side, columns: int, rows: int) -> Panel | None:
        """Return *code*, pressed on *side*, within *columns* and *rows*."""
        if self.mode is None or not figures().figure_for(code):
            return None
        from acupress.view import panel  # noqa: PLC0415 - Rich is dear

        size = Size(columns, rows - bindery.CAPTION)
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
    return bindery.drawing(figures(), point, leaflet_room(width()), chosen)


def drawing(point: Point) -> str:
    """Return *point* as SVG for paper, or nothing where it is not drawn."""
    if not figures().figure_for(point.code):
        return ""
    return figures().svg(point.code, bindery.side(point))


@cache
def figures() -> Figures:
    """Return the bundled figures."""
    return bindery.open_figures(bundled())
