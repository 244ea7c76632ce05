"""
Draws a scene as ASCII line art, for terminals without colour or UTF-8.

Each cell accumulates the curve that runs through it; the mean direction and height
select the character.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from acupress.figures.scenes import OFF_BODY, LineArt
from bodymap import curves
from bodymap.shapes import ShapeKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from acupress.figures.frames import Cell, Frame, Spot
    from bodymap.scenes import VectorScene
    from bodymap.shapes import Shape

_FILL = {
    ShapeKind.SKIN: " ",
    ShapeKind.HAIR: "%",
    ShapeKind.CLOTH: ".",
    ShapeKind.HAND: "~",
}
_LEAST, _LEAST_STEEP = 0.45, 0.85  # cell widths of curve below which none is drawn


@dataclass(slots=True)
class _Run:
    """Length of curve in a cell, and its sums of doubled angle and height (0 to 1)."""

    length: float = 0.0
    cosine: float = 0.0
    sine: float = 0.0
    height: float = 0.0


def line_art(scene: VectorScene, grid: Frame) -> LineArt:
    """Return *scene* on *grid*, without marks and labels."""
    drawn = _drawn(scene, grid)
    lines = (
        "".join(drawn.get((column, row), OFF_BODY) for column in range(grid.columns))
        for row in range(grid.rows)
    )
    return LineArt(grid, tuple(lines))


def _drawn(scene: VectorScene, grid: Frame) -> dict[Cell, str]:
    shapes = scene.shown
    drawn: dict[Cell, str] = {}
    _hands(drawn, [shape for shape in scene.hand if shape.behind], grid)
    _fill(drawn, shapes, ShapeKind.SKIN, grid)
    for kind in (ShapeKind.CLOTH, ShapeKind.HAIR):
        _fill(drawn, shapes, kind, grid)
    for kinds, faint in (
        ({ShapeKind.FURROW, ShapeKind.LINE}, True),
        ({ShapeKind.SKIN}, False),
    ):
        drawn |= _strokes(
            [shape for shape in shapes if shape.kind in kinds], grid, faint=faint
        )
    _hands(drawn, [shape for shape in scene.hand if not shape.behind], grid)
    return drawn


def _hands(drawn: dict[Cell, str], hand: Sequence[Shape], grid: Frame) -> None:
    for shape in hand:
        if shape.kind is ShapeKind.HAND:
            if not shape.behind:
                _fill(drawn, [shape], ShapeKind.HAND, grid)
            drawn |= _strokes([shape], grid, faint=False)


def _fill(
    drawn: dict[Cell, str], shapes: Sequence[Shape], kind: ShapeKind, grid: Frame
) -> None:
    """Fill the cells whose centre is in a shape of *kind*; cloth only over skin."""
    cells = _cells([shape for shape in shapes if shape.kind is kind], grid)
    if kind is ShapeKind.CLOTH:
        cells &= _cells(
            [shape for shape in shapes if shape.kind is ShapeKind.SKIN], grid
        )
    drawn |= dict.fromkeys(cells, _FILL[kind])


def _cells(shapes: Sequence[Shape], grid: Frame) -> set[Cell]:
    """Return the cells whose centre is in one of *shapes*."""
    return {
        (column, row)
        for outline in [shape.outline for shape in shapes]
        for row in range(grid.rows)
        for column in _inside(outline, grid.top + (row + 0.5) * grid.height, grid)
    }


def _inside(outline: Sequence[Spot], y: float, grid: Frame) -> Iterator[int]:
    cuts = [(x - grid.left) / grid.width - 0.5 for x in curves.crossings(outline, y)]
    for enter, leave in zip(cuts[::2], cuts[1::2], strict=True):
        start, end = max(math.ceil(enter), 0), min(math.ceil(leave), grid.columns)
        yield from range(start, end)


def _strokes(shapes: Sequence[Shape], grid: Frame, *, faint: bool) -> dict[Cell, str]:
    drawn: dict[Cell, str] = {}
    for shape in shapes:
        for cell, run in _runs(shape, grid).items():
            if grid.holds(cell) and run.length >= _least(run):
                drawn[cell] = _glyph(run, faint=faint)
    return drawn


def _least(run: _Run) -> float:
    """Return the length to be drawn; steep lines need more, to skip grazed cells."""
    return _LEAST if run.cosine > 0 else _LEAST_STEEP


def _runs(shape: Shape, grid: Frame) -> dict[Cell, _Run]:
    """Accumulate the curve of *shape* in each cell, in short straight lines."""
    runs: dict[Cell, _Run] = defaultdict(_Run)
    for start, end in _split(shape.outline, grid.width / 4):
        across = (end[0] - start[0]) / grid.width
        down = (end[1] - start[1]) / grid.height
        middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
        run = runs[grid.cell(middle)]
        length, angle = math.hypot(across, 2 * down), 2 * math.atan2(down, across)
        run.length += length
        run.cosine += length * math.cos(angle)
        run.sine += length * math.sin(angle)
        run.height += length * ((middle[1] - grid.top) / grid.height % 1)
    return runs


def _split(line: Sequence[Spot], longest: float) -> Iterator[tuple[Spot, Spot]]:
    for start, end in pairwise(line):
        count = max(math.ceil(math.dist(start, end) / longest), 1)
        for step in range(count):
            yield _lerp(start, end, step / count), _lerp(start, end, (step + 1) / count)


def _lerp(start: Spot, end: Spot, share: float) -> Spot:
    return (
        start[0] + share * (end[0] - start[0]),
        start[1] + share * (end[1] - start[1]),
    )


def _glyph(run: _Run, *, faint: bool) -> str:
    """Select the character for the slope of *run*."""
    degrees = math.degrees(math.atan2(run.sine, run.cosine)) / 2  # -90 to 90
    height = run.height / run.length
    if abs(degrees) > 66:  # noqa: PLR2004 - steeper than a slash
        return ":" if faint else "|"
    if abs(degrees) < 24:  # noqa: PLR2004 - flatter than a slash
        return _flat(height, faint=faint)
    if faint:
        return "." if height > 0.5 else "'"  # noqa: PLR2004
    return "\\" if degrees > 0 else "/"


def _flat(height: float, *, faint: bool) -> str:
    low, high = height > 0.64, height < 0.36  # noqa: PLR2004 - thirds of a cell
    if faint:
        return "." if low else "'" if high else "-"
    return "_" if low else '"' if high else "-"
