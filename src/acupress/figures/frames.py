"""
Where a scene falls on a grid of character cells, each twice as high as wide.

The grid is shifted by a part of a cell so that the first active mark stands in
the middle of its cell: the mark is then exactly where the point is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from acupress.figures.scenes import Role

if TYPE_CHECKING:
    from acupress.figures.curves import Spot
    from acupress.figures.scenes import Scene

Cell = tuple[int, int]
"""A column and a row, from 0 at the top left."""

ASPECT = 2.0  # height of a character cell in widths: near enough in every terminal seen


@dataclass(frozen=True, slots=True)
class Size:
    """The room for a picture, in character cells."""

    columns: int
    rows: int


@dataclass(frozen=True, slots=True)
class Frame:
    """A grid of cells, each *width* mm wide, from (*left*, *top*) on."""

    columns: int
    rows: int
    left: float
    top: float
    width: float

    @property
    def height(self) -> float:
        """The height of a cell in millimetres."""
        return self.width * ASPECT

    def cell(self, spot: Spot) -> Cell:
        """Return the cell that *spot* lies in; it may be outside the grid."""
        column = (spot[0] - self.left) // self.width
        row = (spot[1] - self.top) // self.height
        return (int(column), int(row))

    def holds(self, cell: Cell) -> bool:
        """Tell whether *cell* is one of the grid."""
        return 0 <= cell[0] < self.columns and 0 <= cell[1] < self.rows


def frame(scene: Scene, size: Size) -> Frame:
    """Return the largest grid within *size* that shows the whole of the scene's box."""
    left, top, right, bottom = scene.box
    columns = size.columns - (1 if scene.symmetric and size.columns % 2 == 0 else 0)
    width = max((right - left) / columns, (bottom - top) / (ASPECT * size.rows))
    rows = min(size.rows, round((bottom - top) / (width * ASPECT) + 0.4))
    middle = ((left + right) / 2, (top + bottom) / 2)
    loose = Frame(
        columns,
        max(rows, 1),
        middle[0] - columns * width / 2,
        middle[1] - rows * width * ASPECT / 2,
        width,
    )
    return _centred(loose, scene)


def _centred(loose: Frame, scene: Scene) -> Frame:
    """Shift the grid by at most half a cell so that the mark is in mid-cell."""
    marks = [mark for mark in scene.marks if mark.role is Role.ACTIVE]
    if not marks:
        return loose
    across, down = (
        (value - start) / step % 1 - 0.5
        for value, start, step in zip(
            marks[0].at,
            (loose.left, loose.top),
            (loose.width, loose.height),
            strict=True,
        )
    )
    left = loose.left + (0 if scene.symmetric else across * loose.width)
    return Frame(
        loose.columns, loose.rows, left, loose.top + down * loose.height, loose.width
    )
