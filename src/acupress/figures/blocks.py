"""
Renders a scene as Unicode quarter blocks: 2 x 2 pixels and two greys a cell.

The background is painted too, so that light and dark themes look the same. With 16
colours every pixel is quantised to black, dark grey, light grey or white, without
dithering.
"""

from __future__ import annotations

from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING

from acupress.figures.images import PANEL, Pixels
from acupress.figures.overlay import GlyphSet, Ground, Layer, Overlay, overlay
from acupress.figures.spans import Ink, Rows, merged

if TYPE_CHECKING:
    from acupress.figures.frames import Cell, Frame
    from acupress.figures.scenes import Scene

GLYPHS = GlyphSet(active="●", other="○", landmark="+", across="╌", down="╎")
_QUARTERS = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"
_FIRST_GREY, _GREYS = 232, 24
_FLAT = 2  # grey steps: a cell with no more contrast becomes one grey
_LIGHT = 102  # a cell with a lighter mean has dark signs on it


class Depth(Enum):
    """The colour depth of the terminal."""

    MANY = 256
    FEW = 16


_STEPS = ((62, 0), (148, 8), (220, 7), (256, 15))  # upper bound of a grey -> colour
_COLOURS = {
    Depth.MANY: [_FIRST_GREY + round(grey / 255 * (_GREYS - 1)) for grey in range(256)],
    Depth.FEW: [
        next(colour for below, colour in _STEPS if grey < below) for grey in range(256)
    ],
}
LABEL = Ink(195, 235)
"""The ink of a label where there are many colours."""

_INKS = {
    Depth.MANY: {
        Layer.ACTIVE: Ink(231, 160, bold=True),
        Layer.NUMBER: Ink(231, 160, bold=True),
        Layer.LANDMARK: Ink(231, 25, bold=True),
        Layer.LABEL: LABEL,
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

Quad = tuple[int, int, int, int]


def blocks(scene: Scene, grid: Frame, depth: Depth) -> Rows:
    """Render *scene* on *grid*, with marks and labels."""
    pixels = scene.drawing.image.means(grid)
    laid = overlay(
        scene.marks,
        Ground(grid, GLYPHS, lambda cell: cost(sum(_quad(pixels, cell)) / 4)),
    )
    return tuple(
        merged(
            _cell((column, row), pixels, laid, depth) for column in range(grid.columns)
        )
        for row in range(grid.rows)
    )


def _quad(pixels: Pixels, cell: Cell) -> Quad:
    """Return the four pixels of a cell."""
    column, row = cell
    upper, lower = pixels[2 * row], pixels[2 * row + 1]
    return (
        upper[2 * column],
        upper[2 * column + 1],
        lower[2 * column],
        lower[2 * column + 1],
    )


def cost(grey: float) -> float:
    """Return the cost of covering a cell: background 0, body 1, hand 3."""
    return 0.0 if grey < PANEL + 12 else 1.0 if grey < 216 else 3.0  # noqa: PLR2004


def _cell(cell: Cell, pixels: Pixels, laid: Overlay, depth: Depth) -> tuple[str, Ink]:
    four, colours = _quad(pixels, cell), _COLOURS[depth]
    if cell not in laid:
        a, b, c, d = four
        return _block((colours[a], colours[b], colours[c], colours[d]), depth)
    glyph = laid[cell]
    if glyph.layer in _INKS[depth]:
        return glyph.character, _INKS[depth][glyph.layer]
    mean = sum(four) // 4
    table = _ON_LIGHT if mean > _LIGHT else _ON_DARK
    return glyph.character, Ink(table[depth][glyph.layer], colours[mean], bold=True)


@lru_cache(maxsize=8192)
def _block(colours: Quad, depth: Depth) -> tuple[str, Ink]:
    """Return the quarter block with the least squared error for four pixels."""
    if depth is Depth.FEW:
        return _two_most(colours)
    if max(colours) - min(colours) <= _FLAT:
        return " ", Ink(None, round(sum(colours) / 4))
    # The best way to part four numbers in two is a cut where they are sorted.
    order = sorted(range(4), key=colours.__getitem__)
    cut = min((1, 2, 3), key=lambda cut: _error(colours, order, cut))
    dark, lit = ([colours[bit] for bit in part] for part in (order[:cut], order[cut:]))
    return _QUARTERS[sum(1 << bit for bit in order[cut:])], Ink(
        round(sum(lit) / len(lit)), round(sum(dark) / len(dark))
    )


def _error(colours: Quad, order: list[int], cut: int) -> float:
    error = 0.0
    for part in (order[:cut], order[cut:]):
        mean = sum([colours[bit] for bit in part]) / len(part)
        error += sum([(colours[bit] - mean) ** 2 for bit in part])
    return error


def _two_most(colours: Quad) -> tuple[str, Ink]:
    """Return a quarter block in the two most frequent of four palette colours."""
    ranked = sorted(set(colours), key=lambda colour: (-colours.count(colour), colour))
    if len(ranked) == 1:
        return " ", Ink(None, ranked[0])
    ground, ink = ranked[0], ranked[1]
    pattern = sum(1 << bit for bit, colour in enumerate(colours) if colour != ground)
    return _QUARTERS[pattern], Ink(ink, ground)
