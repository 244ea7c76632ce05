"""
Pictures for a command: which kind the terminal can show, and the drawing itself.

The figures are read only when the first picture is wanted.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from acupress.catalogue import bundled
from acupress.config import Picture as Wanted
from acupress.figures import Figures, Mode, Size, load_figures, mode_for
from acupress.figures.region_map import RegionMap
from acupress.model import Point, Side, Sides
from acupress.strictyaml import plain, read
from acupress.view import Panel, panel

_COLOURS = {None: 0, "standard": 16, "windows": 16, "256": 256, "truecolor": 256}


@dataclass(frozen=True, slots=True)
class Pictures:
    """Draws points in one *mode*; in none, there is never a picture."""

    mode: Mode | None

    def panel(self, code: str, side: Side, columns: int, rows: int) -> Panel | None:
        """Return *code*, pressed on *side*, within *columns* and *rows*."""
        if self.mode is None or not figures().figure_for(code):
            return None
        size = Size(columns, rows - _CAPTION)
        return panel(figures().picture(code, side, size, self.mode), rows)

    def region_map(self, codes: list[str], columns: int) -> RegionMap | None:
        """Return *codes* by number on the parts of the body they lie on."""
        drawn = [code for code in codes if figures().figure_for(code)]
        if self.mode is None or not drawn:
            return None
        return figures().region_map(drawn, Size(columns, _MAP_ROWS), self.mode)


# Rows that the words under a picture may take, and rows of one picture of a map.
_CAPTION, _MAP_ROWS = 2, 12


def pictures(wanted: Wanted) -> Pictures:
    """Return what draws as *wanted* on standard output."""
    if wanted is Wanted.NONE:
        return Pictures(None)
    from rich.console import Console  # noqa: PLC0415 - dear, and often not needed

    probe = Console(file=sys.stdout)
    colours = 0 if probe.no_color else _COLOURS[probe.color_system]
    mode = mode_for(
        wanted.value,
        terminal=sys.stdout.isatty(),
        dumb=os.environ.get("TERM", "dumb") in {"dumb", ""},
        utf8=probe.encoding.startswith("utf"),
        colours=colours,
    )
    return Pictures(mode)


def drawing(point: Point) -> str:
    """Return *point* as SVG for paper, or nothing where it is not drawn."""
    if not figures().figure_for(point.code):
        return ""
    both = point.sides is Sides.BOTH
    return figures().svg(point.code, Side.BOTH if both else Side.MIDDLE)


@cache
def figures() -> Figures:
    """Return the bundled figures."""
    return load_figures(bundled() / "figures", _mapping)


def _mapping(path: Path) -> Mapping[str, Any]:
    node = read(path)
    value = plain(node)
    if not isinstance(value, dict):
        raise node.error("must be a mapping: lines of `key: value`")
    return value
