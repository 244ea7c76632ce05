"""
Rasterises a scene to grey tones from 0 (black) to 1 (white), for the blocks.

All tones are greys: the 256-colour palette has them, and they show no one's skin.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from acupress.figures import curves
from acupress.figures.shapes import AREAS, ShapeKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from acupress.figures.curves import Spot
    from acupress.figures.frames import Frame
    from acupress.figures.scenes import Scene
    from acupress.figures.shapes import Shape

# Theory of operation. The scene is rasterised with 2 x 2 supersampling into two arrays
# in row-major order, the tone and the shape kind of each sample:
# 1. Areas are scanline-filled in painter's order by the even-odd rule. Opaque kinds
#    overwrite; cloth and nails are clipped to the body.
# 2. `shade` darkens the body by the distance of each sample to its edge, like a lit
#    cylinder. `_depths` approximates that distance by a two-pass chamfer distance
#    transform: a forward pass takes the minimum over the four neighbours that precede
#    a sample in row-major order, a backward pass over the four that follow.
# 3. Strokes and contours scale the tones by a smoothstep of the distance to a polyline.
# 4. `shrunk` averages the samples of each pixel (box filter).

PANEL = 0.10  # tone of the background
_NEAR = 11.0  # mm: cells wider than this are too coarse for the lines of a hand
_FINE = 2  # samples per pixel in each direction
_PAINT = {
    ShapeKind.SKIN: 0.74,
    ShapeKind.HAIR: 0.30,
    ShapeKind.CLOTH: 0.46,
    ShapeKind.NAIL: 0.93,
    ShapeKind.HAND: 0.92,
    ShapeKind.HAND_NAIL: 0.80,
}
_STROKE = {
    ShapeKind.LINE: -0.34,
    ShapeKind.FURROW: -0.26,
    ShapeKind.RIDGE: 0.18,
    ShapeKind.HAND_LINE: -0.45,
}
_EDGE = 0.52  # tone at the edge of the body, relative to its middle
_BEHIND = 0.50  # tone of the part of the hand behind the body
_OUTLINE = {ShapeKind.HAND: 0.30}
_ROUND = frozenset({ShapeKind.SKIN, ShapeKind.HAIR, ShapeKind.CLOTH})
_OPAQUE = frozenset(
    {ShapeKind.SKIN, ShapeKind.HAIR, ShapeKind.HAND, ShapeKind.HAND_NAIL}
)
_BODY = _ROUND | {ShapeKind.NAIL}


@dataclass(frozen=True, slots=True)
class Tones:
    """Rows of grey tones, 2 x 2 pixels a cell."""

    rows: tuple[tuple[float, ...], ...]


def tones(scene: Scene, grid: Frame) -> Tones:
    """Rasterise *scene* on *grid*, with 2 x 2 pixels a cell."""
    canvas = _Canvas.over(grid)
    near = grid.width <= _NEAR
    hand = [
        shape for shape in scene.hand if near or shape.kind is not ShapeKind.HAND_LINE
    ]
    for shape in hand:
        if shape.behind and shape.kind is not ShapeKind.HAND_LINE:
            canvas.hand(shape)
    upper = [shape for shape in scene.shown if canvas.filled_over_skin(shape)]
    canvas.shade(scene.roundness)
    for shape in upper:
        canvas.contour(shape)
    for shape in scene.shown:
        if shape.kind not in AREAS:
            canvas.stroke(shape, _STROKE[shape.kind])
    for shape in hand:
        if not shape.behind:
            canvas.hand(shape)
    return canvas.shrunk()


@dataclass(slots=True)
class _Canvas:
    """Samples in row-major order; *left*, *top*, *dx* and *dy* are millimetres."""

    across: int
    down: int
    left: float
    top: float
    dx: float
    dy: float
    tone: list[float]
    kind: list[ShapeKind | None]

    @classmethod
    def over(cls, grid: Frame) -> _Canvas:
        across, down = grid.columns * 2 * _FINE, grid.rows * 2 * _FINE
        return cls(
            across,
            down,
            grid.left,
            grid.top,
            grid.width / (2 * _FINE),
            grid.height / (2 * _FINE),
            [PANEL] * (across * down),
            [None] * (across * down),
        )

    def filled_over_skin(self, shape: Shape) -> bool:
        """Fill an area; return whether it is a skin that overlaps another skin."""
        if shape.kind not in AREAS:
            return False
        over = shape.kind is ShapeKind.SKIN and any(
            ShapeKind.SKIN in self.kind[start:end]
            for start, end in self._spans(curves.flatten(shape.path))
        )
        self.fill(shape, _PAINT[shape.kind])
        return over

    def fill(self, shape: Shape, paint: float) -> None:
        for start, end in self._spans(curves.flatten(shape.path)):
            if shape.kind in _OPAQUE:
                self._overwrite(start, end, shape.kind, paint)
            else:
                self._clip(start, end, shape.kind, paint)

    def _overwrite(self, start: int, end: int, kind: ShapeKind, paint: float) -> None:
        self.tone[start:end] = [paint] * (end - start)
        self.kind[start:end] = [kind] * (end - start)

    def _clip(self, start: int, end: int, kind: ShapeKind, paint: float) -> None:
        """Fill a run, clipped to the body."""
        for index in range(start, end):
            if self.kind[index] in _BODY:
                self.tone[index], self.kind[index] = paint, kind

    def _spans(self, outline: Sequence[Spot]) -> Iterator[tuple[int, int]]:
        """Yield the index ranges of the samples inside an outline (even-odd rule)."""
        for row in range(self.down):
            cuts = curves.crossings(outline, self.top + (row + 0.5) * self.dy)
            for enter, leave in zip(cuts[::2], cuts[1::2], strict=True):
                start, end = self._column(enter), self._column(leave)
                if end > start:
                    yield row * self.across + start, row * self.across + end

    def _column(self, x: float) -> int:
        return min(max(math.ceil((x - self.left) / self.dx - 0.5), 0), self.across)

    def shade(self, roundness: float) -> None:
        """Darken the body within *roundness* mm of its edge."""
        depth = self._depths()
        for index, kind in enumerate(self.kind):
            if kind in _ROUND:
                share = min(depth[index] / roundness, 1.0)
                bulge = math.sqrt(max(1 - (1 - share) ** 2, 0.0))
                self.tone[index] *= _EDGE + (1 - _EDGE) * bulge

    def _depths(self) -> list[float]:
        """Return the chamfer distance of each sample to the background, in mm."""
        stride = self.across + 2
        far = 1e9
        depth = [far] * (stride * (self.down + 2))
        for row in range(self.down):
            base = (row + 1) * stride + 1
            line = self.kind[row * self.across : (row + 1) * self.across]
            depth[base : base + self.across] = [
                far if kind in _BODY else 0.0 for kind in line
            ]
        slant = math.hypot(self.dx, self.dy)
        preceding = (
            (-1, self.dx),
            (-stride, self.dy),
            (-stride - 1, slant),
            (-stride + 1, slant),
        )
        for sign, order in (
            (1, range(len(depth))),
            (-1, range(len(depth) - 1, -1, -1)),
        ):
            near = [(sign * step, length) for step, length in preceding]
            for index in order[stride + 1 : len(depth) - stride - 1]:
                if depth[index]:
                    depth[index] = min(
                        depth[index],
                        *[depth[index + step] + length for step, length in near],
                    )
        return [
            depth[(row + 1) * stride + 1 + column]
            for row in range(self.down)
            for column in range(self.across)
        ]

    def stroke(
        self, shape: Shape, change: float, only: frozenset[ShapeKind] = _BODY
    ) -> None:
        """Darken or lighten samples of the kinds in *only* along a curve."""
        for index, share in self._mask(curves.flatten(shape.path), shape.width).items():
            if self.kind[index] in only:
                self.tone[index] = min(self.tone[index] * (1 + change * share), 1.0)

    def _mask(self, line: Sequence[Spot], width: float) -> dict[int, float]:
        """Return the opacity (0 to 1) of a soft stroke along *line*, by sample."""
        reach = max(width / 2, self.dx * 1.3)
        pairs = list(pairwise(line)) or [(line[0], line[0])]
        mask: dict[int, float] = {}
        for start, end in pairs:
            for index, spot in self._samples_near(start, end, reach):
                share = 1 - _distance(spot, start, end) / reach
                if share > mask.get(index, 0.0):
                    mask[index] = share
        return {index: _smoothstep(share) for index, share in mask.items()}

    def _samples_near(
        self, start: Spot, end: Spot, reach: float
    ) -> Iterator[tuple[int, Spot]]:
        columns = range(
            max(int((min(start[0], end[0]) - reach - self.left) / self.dx), 0),
            min(
                int((max(start[0], end[0]) + reach - self.left) / self.dx) + 1,
                self.across,
            ),
        )
        rows = range(
            max(int((min(start[1], end[1]) - reach - self.top) / self.dy), 0),
            min(
                int((max(start[1], end[1]) + reach - self.top) / self.dy) + 1, self.down
            ),
        )
        for row in rows:
            y = self.top + (row + 0.5) * self.dy
            for column in columns:
                x = self.left + (column + 0.5) * self.dx
                yield row * self.across + column, (x, y)

    def contour(self, shape: Shape) -> None:
        """Darken the outline of a skin over another, such as an ear, for contrast."""
        outline = curves.flatten(shape.path)
        for index, share in self._mask((*outline, outline[0]), self.dx * 3).items():
            if self.kind[index] in _BODY:
                self.tone[index] *= 1 - 0.5 * share

    def hand(self, shape: Shape) -> None:
        """Draw a part of the pressing hand over everything, with a dark outline."""
        outline = curves.flatten(shape.path)
        if shape.kind is ShapeKind.HAND_LINE:
            self.stroke(shape, _STROKE[shape.kind], frozenset({ShapeKind.HAND}))
            return
        self.fill(shape, _BEHIND if shape.behind else _PAINT[shape.kind])
        if shape.kind is ShapeKind.HAND:
            ring = (*outline, outline[0])
            for index, share in self._mask(ring, self.dx * 3.0).items():
                self.tone[index] += (
                    _OUTLINE[ShapeKind.HAND] - self.tone[index]
                ) * share
                self.kind[index] = ShapeKind.HAND

    def shrunk(self) -> Tones:
        """Return the tones of the pixels: the mean of their samples."""
        return Tones(
            tuple(
                tuple(
                    self._pixel(column, row) for column in range(self.across // _FINE)
                )
                for row in range(self.down // _FINE)
            )
        )

    def _pixel(self, column: int, row: int) -> float:
        total = 0.0
        for line in range(row * _FINE, (row + 1) * _FINE):
            start = line * self.across + column * _FINE
            total += sum(self.tone[start : start + _FINE])
        return total / (_FINE * _FINE)


def _smoothstep(share: float) -> float:
    return share * share * (3 - 2 * share)


def _distance(spot: Spot, start: Spot, end: Spot) -> float:
    """Return the distance of *spot* from the line segment between *start* and *end*."""
    (px, py), (ax, ay), (bx, by) = spot, start, end
    length = (bx - ax) ** 2 + (by - ay) ** 2
    along = ((px - ax) * (bx - ax) + (py - ay) * (by - ay)) / length if length else 0.0
    along = min(max(along, 0.0), 1.0)
    return math.hypot(px - ax - along * (bx - ax), py - ay - along * (by - ay))
