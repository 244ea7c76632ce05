"""
Cuts a scene out as pixels, with its marks painted in, for terminals that show images.

Labels are text, as they are over blocks: the pixels have holes that it shows through.
Images below text need no holes, but kitty 0.26 then leaves old text on the screen, and
other terminals draw them above it all the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from acupress.figures.blocks import GLYPHS, LABEL, cost
from acupress.figures.images import PANEL
from acupress.figures.overlay import Ground, Layer, Overlay, overlay
from acupress.figures.scenes import Mark, Role
from acupress.figures.spans import Ink, Rows, merged

if TYPE_CHECKING:
    from acupress.figures.frames import Cell, Frame, Spot
    from acupress.figures.scenes import Scene

RED, BLUE, WHITE, NOTHING = 1, 2, 255, PANEL
"""Pixels that no grey of an image has, and its lightest and background."""

_CLEAR = " ", Ink()  # one object: thousands of cells are compared
_RADIUS = {Role.ACTIVE: 9, Role.NUMBER: 9, Role.OTHER: 7, Role.LANDMARK: 5}
_DOTS = 5  # pixels from dot to dot of a leader line


class Raster(NamedTuple):
    """Rows of pixels: greys, `RED` and `BLUE`; `NOTHING` is transparent."""

    rows: tuple[bytes, ...]


def raster(scene: Scene, grid: Frame) -> tuple[Raster, Rows]:
    """Return the pixels that fill *grid*, and the labels over them as rows of cells."""
    canvas = _Canvas.cut(scene, grid)
    ground = Ground(grid, GLYPHS, lambda cell: cost(canvas.middle(cell)))
    laid = overlay(scene.marks, ground)
    for cell, glyph in laid.items():
        if glyph.layer is Layer.LEADER:
            canvas.dots(cell, across=glyph.character == GLYPHS.across)
    for cell, glyph in laid.items():
        if glyph.layer is Layer.LABEL:
            canvas.hole(cell)
    for mark in sorted(scene.marks, key=lambda mark: mark.role is not Role.LANDMARK):
        canvas.mark(mark)
    return Raster(tuple(map(bytes, canvas.rows))), _labels(laid, grid)


def _labels(laid: Overlay, grid: Frame) -> Rows:
    return tuple(
        merged(_label((column, row), laid) for column in range(grid.columns))
        for row in range(grid.rows)
    )


def _label(cell: Cell, laid: Overlay) -> tuple[str, Ink]:
    if cell in laid and laid[cell].layer is Layer.LABEL:
        return laid[cell].character, LABEL
    return _CLEAR


class _Canvas(NamedTuple):
    """Pixels that can be painted on; *scale* of them are a millimetre."""

    rows: list[bytearray]
    grid: Frame
    scale: float

    @classmethod
    def cut(cls, scene: Scene, grid: Frame) -> _Canvas:
        """Return what *grid* shows of the image, and nothing where it shows more."""
        image = scene.drawing.image
        left, top, right, _ = image.box
        scale = len(image.rows[0]) / (right - left)
        x, y = round((grid.left - left) * scale), round((grid.top - top) * scale)
        wide = round(grid.columns * grid.width * scale)
        high = round(grid.rows * grid.height * scale)
        nothing = bytes([NOTHING])
        rows = []
        for line in range(y, y + high):
            inside = 0 <= line < len(image.rows)
            row = image.rows[line] if inside else b""
            cut = nothing * max(-x, 0) + row[max(x, 0) : max(x + wide, 0)]
            rows.append(bytearray(cut.ljust(wide, nothing)[:wide]))
        return cls(rows, grid, scale)

    def xy(self, spot: Spot) -> tuple[int, int]:
        return (
            round((spot[0] - self.grid.left) * self.scale),
            round((spot[1] - self.grid.top) * self.scale),
        )

    def middle(self, cell: Cell) -> int:
        """Return the pixel in the middle of *cell*."""
        wide, high = self.grid.width * self.scale, self.grid.height * self.scale
        return self.rows[int((cell[1] + 0.5) * high)][int((cell[0] + 0.5) * wide)]

    def mark(self, mark: Mark) -> None:
        x, y = self.xy(mark.at)
        radius = _RADIUS[mark.role]
        ink = BLUE if mark.role is Role.LANDMARK else RED
        if mark.role is Role.OTHER:
            self.disc(x, y, radius, ink)
            self.disc(x, y, radius - 3, WHITE)
        else:
            self.disc(x, y, radius, WHITE)
            self.disc(x, y, radius - 2, ink)

    def disc(self, x: int, y: int, radius: int, ink: int) -> None:
        for line in range(max(y - radius, 0), min(y + radius + 1, len(self.rows))):
            half = round((radius * radius - (line - y) ** 2) ** 0.5)
            row = self.rows[line]
            start, end = max(x - half, 0), min(x + half + 1, len(row))
            if start < end:
                row[start:end] = bytes([ink]) * (end - start)

    def hole(self, cell: Cell) -> None:
        """Make *cell* transparent."""
        wide, high = self.grid.width * self.scale, self.grid.height * self.scale
        left, right = round(cell[0] * wide), round((cell[0] + 1) * wide)
        nothing = bytes([NOTHING]) * (right - left)
        for row in self.rows[round(cell[1] * high) : round((cell[1] + 1) * high)]:
            row[left:right] = nothing[: len(row) - left]

    def dots(self, cell: Cell, *, across: bool) -> None:
        """Paint the part of a leader line in *cell*."""
        wide, high = self.grid.width * self.scale, self.grid.height * self.scale
        left, top = cell[0] * wide, cell[1] * high
        middle = (round(left + wide / 2), round(top + high / 2))
        length = wide if across else high
        for step in range(0, round(length), _DOTS):
            x = round(left) + step if across else middle[0]
            y = middle[1] if across else round(top) + step
            self.disc(x, y, 1, BLUE)
