"""
Renders a scene as Unicode quarter blocks: 2 x 2 pixels and two greys a cell.

The background is painted too, so that light and dark themes look the same. With 16
colours every pixel is quantised to black, dark grey, light grey or white, without
dithering.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from acupress.figures.overlay import GlyphSet, Ground, Layer, Overlay, overlay
from acupress.figures.raster import PANEL, tones
from acupress.figures.spans import Ink, Rows, merged

if TYPE_CHECKING:
    from acupress.figures.frames import Cell, Frame
    from acupress.figures.scenes import Scene

GLYPHS = GlyphSet(active="●", other="○", landmark="+", across="╌", down="╎")
_QUARTERS = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"
_FIRST_GREY, _GREYS = 232, 24
_FLAT = 2  # grey steps: a cell with no more contrast becomes one grey


class Depth(Enum):
    """The colour depth of the terminal."""

    MANY = 256
    FEW = 16


_STEPS = ((0.24, 0), (0.58, 8), (0.86, 7), (9.9, 15))  # upper bound of tone -> colour
_INKS = {
    Depth.MANY: {
        Layer.ACTIVE: Ink(231, 160, bold=True),
        Layer.NUMBER: Ink(231, 160, bold=True),
        Layer.LANDMARK: Ink(231, 25, bold=True),
        Layer.LABEL: Ink(195, 235),
    },
    Depth.FEW: {
        Layer.ACTIVE: Ink(15, 1, bold=True),
        Layer.NUMBER: Ink(15, 1, bold=True),
        Layer.LANDMARK: Ink(15, 4, bold=True),
        Layer.LABEL: Ink(15, 0),
    },
}
_ON_LIGHT = {
    Depth.MANY: {Layer.OTHER: 124, Layer.LEADER: 24},
    Depth.FEW: {Layer.OTHER: 1, Layer.LEADER: 4},
}
_ON_DARK = {
    Depth.MANY: {Layer.OTHER: 203, Layer.LEADER: 110},
    Depth.FEW: {Layer.OTHER: 9, Layer.LEADER: 12},
}

Quad = tuple[float, float, float, float]


def blocks(scene: Scene, grid: Frame, depth: Depth) -> Rows:
    """Render *scene* on *grid*, with marks and labels."""
    rows = tones(scene, grid).rows
    quads = {
        (column, row): _quad(rows, column, row)
        for row in range(grid.rows)
        for column in range(grid.columns)
    }
    laid = overlay(scene.marks, Ground(grid, GLYPHS, lambda cell: _cost(quads[cell])))
    return tuple(
        merged(
            _cell((column, row), quads, laid, depth) for column in range(grid.columns)
        )
        for row in range(grid.rows)
    )


def _quad(rows: tuple[tuple[float, ...], ...], column: int, row: int) -> Quad:
    upper, lower = rows[2 * row], rows[2 * row + 1]
    return (
        upper[2 * column],
        upper[2 * column + 1],
        lower[2 * column],
        lower[2 * column + 1],
    )


def _cost(quad: Quad) -> float:
    """Return the cost of covering a cell: background 0, body 1, hand 3."""
    mean = sum(quad) / 4
    return 0.0 if mean < PANEL + 0.05 else 1.0 if mean < 0.85 else 3.0  # noqa: PLR2004


def _cell(
    cell: Cell, quads: dict[Cell, Quad], laid: Overlay, depth: Depth
) -> tuple[str, Ink]:
    quad = quads[cell]
    if cell not in laid:
        return _block(tuple(_colour(tone, depth) for tone in quad), depth)
    glyph = laid[cell]
    if glyph.layer in _INKS[depth]:
        return glyph.character, _INKS[depth][glyph.layer]
    mean = sum(quad) / 4
    table = _ON_LIGHT if mean > 0.4 else _ON_DARK  # noqa: PLR2004 - light or dark ground
    return glyph.character, Ink(
        table[depth][glyph.layer], _colour(mean, depth), bold=True
    )


def _colour(tone: float, depth: Depth) -> int:
    if depth is Depth.FEW:
        return next(colour for below, colour in _STEPS if tone < below)
    return _FIRST_GREY + min(max(round(tone * (_GREYS - 1)), 0), _GREYS - 1)


def _block(colours: tuple[int, ...], depth: Depth) -> tuple[str, Ink]:
    """Return the quarter block with the least squared error for four pixels."""
    if depth is Depth.FEW:
        return _two_most(colours)
    if max(colours) - min(colours) <= _FLAT:
        return " ", Ink(None, round(sum(colours) / 4))
    best = min(range(1, 15), key=lambda pattern: _error(colours, pattern))
    lit, unlit = _parts(colours, best)
    return _QUARTERS[best], Ink(
        round(sum(lit) / len(lit)), round(sum(unlit) / len(unlit))
    )


def _parts(colours: tuple[int, ...], pattern: int) -> tuple[list[int], list[int]]:
    lit = [colour for bit, colour in enumerate(colours) if pattern >> bit & 1]
    unlit = [colour for bit, colour in enumerate(colours) if not pattern >> bit & 1]
    return lit, unlit


def _error(colours: tuple[int, ...], pattern: int) -> float:
    return sum(
        (colour - sum(part) / len(part)) ** 2
        for part in _parts(colours, pattern)
        for colour in part
    )


def _two_most(colours: tuple[int, ...]) -> tuple[str, Ink]:
    """Return a quarter block in the two most frequent of four palette colours."""
    ranked = sorted(set(colours), key=lambda colour: (-colours.count(colour), colour))
    if len(ranked) == 1:
        return " ", Ink(None, ranked[0])
    ground, ink = ranked[0], ranked[1]
    pattern = sum(1 << bit for bit, colour in enumerate(colours) if colour != ground)
    return _QUARTERS[pattern], Ink(ink, ground)
