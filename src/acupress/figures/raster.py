"""
A scene as a grid of grey tones, 0 black to 1 white: what the blocks are made of.

Filled shapes are painted in order; the skin is then shaded by its depth below
the edge, so that limbs look round, and soft strokes darken or lighten it. All
tones are greys: they survive 256 colours exactly and show no one's skin.
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

PANEL = 0.10  # the dark ground that the picture brings along
_NEAR = 11.0  # a cell of more than this (mm) is too coarse for the lines of a hand
_FINE = 2  # samples across and down one pixel
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
_EDGE = 0.52  # how bright the skin still is at its very edge, of its full tone
_BEHIND = 0.50  # the part of the hand behind the body
_OUTLINE = {ShapeKind.HAND: 0.30}
_ROUND = frozenset({ShapeKind.SKIN, ShapeKind.HAIR, ShapeKind.CLOTH})
_OPAQUE = frozenset(
    {ShapeKind.SKIN, ShapeKind.HAIR, ShapeKind.HAND, ShapeKind.HAND_NAIL}
)
_BODY = _ROUND | {ShapeKind.NAIL}


@dataclass(frozen=True, slots=True)
class Tones:
    """Rows of grey tones, two to a cell across and two down."""

    rows: tuple[tuple[float, ...], ...]


def tones(scene: Scene, grid: Frame) -> Tones:
    """Paint *scene* on *grid*, two by two pixels a cell."""
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
    """Samples in row order; *left*, *top*, *dx*, *dy* in millimetres."""

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
        """Fill an area, and tell whether it is a skin that hides another in part."""
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
                self._lay(start, end, shape.kind, paint)
            else:
                self._cover(start, end, shape.kind, paint)

    def _lay(self, start: int, end: int, kind: ShapeKind, paint: float) -> None:
        self.tone[start:end] = [paint] * (end - start)
        self.kind[start:end] = [kind] * (end - start)

    def _cover(self, start: int, end: int, kind: ShapeKind, paint: float) -> None:
        """Lay cloth and nails only where there is body below."""
        for index in range(start, end):
            if self.kind[index] in _BODY:
                self.tone[index], self.kind[index] = paint, kind

    def _spans(self, outline: Sequence[Spot]) -> Iterator[tuple[int, int]]:
        """Yield the runs of samples inside an outline, row by row (even-odd)."""
        for row in range(self.down):
            cuts = curves.crossings(outline, self.top + (row + 0.5) * self.dy)
            for enter, leave in zip(cuts[::2], cuts[1::2], strict=True):
                start, end = self._column(enter), self._column(leave)
                if end > start:
                    yield row * self.across + start, row * self.across + end

    def _column(self, x: float) -> int:
        return min(max(math.ceil((x - self.left) / self.dx - 0.5), 0), self.across)

    def shade(self, roundness: float) -> None:
        """Darken the body towards its edge, as round things are."""
        depth = self._depths()
        for index, kind in enumerate(self.kind):
            if kind in _ROUND:
                share = min(depth[index] / roundness, 1.0)
                bulge = math.sqrt(max(1 - (1 - share) ** 2, 0.0))
                self.tone[index] *= _EDGE + (1 - _EDGE) * bulge

    def _depths(self) -> list[float]:
        """Return each sample's distance (mm) to the nearest one off the body."""
        wide = self.across + 2
        far = 1e9
        depth = [far] * (wide * (self.down + 2))
        for row in range(self.down):
            base = (row + 1) * wide + 1
            line = self.kind[row * self.across : (row + 1) * self.across]
            depth[base : base + self.across] = [
                far if kind in _BODY else 0.0 for kind in line
            ]
        slant = math.hypot(self.dx, self.dy)
        ahead = (
            (-1, self.dx),
            (-wide, self.dy),
            (-wide - 1, slant),
            (-wide + 1, slant),
        )
        for sign, order in (
            (1, range(len(depth))),
            (-1, range(len(depth) - 1, -1, -1)),
        ):
            near = [(sign * step, length) for step, length in ahead]
            for index in order[wide + 1 : len(depth) - wide - 1]:
                if depth[index]:
                    depth[index] = min(
                        depth[index],
                        *[depth[index + step] + length for step, length in near],
                    )
        return [
            depth[(row + 1) * wide + 1 + column]
            for row in range(self.down)
            for column in range(self.across)
        ]

    def stroke(
        self, shape: Shape, change: float, only: frozenset[ShapeKind] = _BODY
    ) -> None:
        """Darken or lighten the body (or *only* these kinds) softly along a curve."""
        for index, share in self._near(curves.flatten(shape.path), shape.width).items():
            if self.kind[index] in only:
                self.tone[index] = min(self.tone[index] * (1 + change * share), 1.0)

    def _near(self, line: Sequence[Spot], width: float) -> dict[int, float]:
        """Return how strongly (0 to 1) each sample near *line* is touched."""
        reach = max(width / 2, self.dx * 1.3)
        pairs = list(pairwise(line)) or [(line[0], line[0])]
        touched: dict[int, float] = {}
        for start, end in pairs:
            for index, spot in self._samples(start, end, reach):
                share = 1 - _distance(spot, start, end) / reach
                if share > touched.get(index, 0.0):
                    touched[index] = share
        return {index: _soft(share) for index, share in touched.items()}

    def _samples(
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
        """Set a skin that lies on another off from it: an ear, a head and its neck."""
        outline = curves.flatten(shape.path)
        for index, share in self._near((*outline, outline[0]), self.dx * 3).items():
            if self.kind[index] in _BODY:
                self.tone[index] *= 1 - 0.5 * share

    def hand(self, shape: Shape) -> None:
        """Lay a part of the pressing hand over everything, with a dark outline."""
        outline = curves.flatten(shape.path)
        if shape.kind is ShapeKind.HAND_LINE:
            self.stroke(shape, _STROKE[shape.kind], frozenset({ShapeKind.HAND}))
            return
        self.fill(shape, _BEHIND if shape.behind else _PAINT[shape.kind])
        if shape.kind is ShapeKind.HAND:
            ring = (*outline, outline[0])
            for index, share in self._near(ring, self.dx * 3.0).items():
                self.tone[index] += (
                    _OUTLINE[ShapeKind.HAND] - self.tone[index]
                ) * share
                self.kind[index] = ShapeKind.HAND

    def shrunk(self) -> Tones:
        """Average the samples of each pixel."""
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


def _soft(share: float) -> float:
    return share * share * (3 - 2 * share)


def _distance(spot: Spot, start: Spot, end: Spot) -> float:
    """Return how far *spot* is from the stroke between *start* and *end*."""
    (px, py), (ax, ay), (bx, by) = spot, start, end
    length = (bx - ax) ** 2 + (by - ay) ** 2
    along = ((px - ax) * (bx - ax) + (py - ay) * (by - ay)) / length if length else 0.0
    along = min(max(along, 0.0), 1.0)
    return math.hypot(px - ax - along * (bx - ax), py - ay - along * (by - ay))
