"""
Maps the millimetres of a scene to a grid of character cells.

The grid is offset by a fraction of a cell to centre the first active mark in its
cell, so that the mark is exactly at the point.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from acupress.figures.scenes import Role

if TYPE_CHECKING:
    from acupress.figures.curves import Spot
    from acupress.figures.scenes import Scene

Cell = tuple[int, int]
"""Column and row, counted from 0 at the top left."""

ASPECT = 2.0  # height of a cell in widths: close enough in the terminals tried


@dataclass(frozen=True, slots=True)
class Size:
    """The space for a picture, in character cells."""

    columns: int
    rows: int


@dataclass(frozen=True, slots=True)
class Frame:
    """A grid of cells *width* mm wide, with its top left corner at *left*, *top*."""

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
        """Return the cell that contains *spot*, which may be outside the grid."""
        column = (spot[0] - self.left) // self.width
        row = (spot[1] - self.top) // self.height
        return (int(column), int(row))

    def holds(self, cell: Cell) -> bool:
        """Return whether *cell* is in the grid."""
        return 0 <= cell[0] < self.columns and 0 <= cell[1] < self.rows


def frame(scene: Scene, size: Size) -> Frame:
    """Return the grid within *size* that shows the scene's box as large as possible."""
    left, top, right, bottom = scene.box
    columns = size.columns - (1 if scene.symmetric and size.columns % 2 == 0 else 0)
    width = max((right - left) / columns, (bottom - top) / (ASPECT * size.rows))
    rows = min(size.rows, round((bottom - top) / (width * ASPECT) + 0.4))
    middle = ((left + right) / 2, (top + bottom) / 2)
    grid = Frame(
        columns,
        max(rows, 1),
        middle[0] - columns * width / 2,
        middle[1] - rows * width * ASPECT / 2,
        width,
    )
    return _centred(grid, scene)


def _centred(grid: Frame, scene: Scene) -> Frame:
    """Offset the grid by at most half a cell to centre the active mark in one."""
    marks = [mark for mark in scene.marks if mark.role is Role.ACTIVE]
    if not marks:
        return grid
    across, down = (
        (value - start) / step % 1 - 0.5
        for value, start, step in zip(
            marks[0].at,
            (grid.left, grid.top),
            (grid.width, grid.height),
            strict=True,
        )
    )
    left = grid.left + (0 if scene.symmetric else across * grid.width)
    return Frame(
        grid.columns, grid.rows, left, grid.top + down * grid.height, grid.width
    )
