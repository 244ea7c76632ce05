"""
Maps the millimetres of a scene to a grid of character cells.

The grid is offset by a fraction of a cell to centre the first active mark in its
cell, so that the mark is exactly at the point.
"""

from __future__ import annotations

from dataclasses import dataclass

Spot = tuple[float, float]
"""x to the right and y down, in millimetres."""

Box = tuple[float, float, float, float]
"""Left, top, right, bottom, in millimetres."""

Cell = tuple[int, int]
"""Column and row, counted from 0 at the top left."""

ASPECT = 2.0  # height of a cell in widths: close enough in the terminals tried
WIDEST = 30 / 36  # the shape of room that windows are drawn for: width to height


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

    def mirrored(self) -> Frame:
        """Return the grid that shows the same picture mirrored at x = 0."""
        right = self.left + self.columns * self.width
        return Frame(self.columns, self.rows, -right, self.top, self.width)


def frame(box: Box, size: Size, *, symmetric: bool, mark: Spot | None = None) -> Frame:
    """
    Return the grid within *size* that shows *box* as large as possible.

    It is no wider than needed: a wide room is not filled with what is beside the box.
    *mark* is to be centred in a cell; if *symmetric*, x = 0 is to be centred.
    """
    left, top, right, bottom = box
    columns = size.columns - (1 if symmetric and size.columns % 2 == 0 else 0)
    width = max((right - left) / columns, (bottom - top) / (ASPECT * size.rows))
    fitting = round(max(right - left, (bottom - top) * WIDEST) / width)
    columns = min(columns, fitting + (1 if symmetric and fitting % 2 == 0 else 0))
    rows = max(min(size.rows, round((bottom - top) / (width * ASPECT) + 0.4)), 1)
    grid = Frame(
        columns,
        rows,
        (left + right - columns * width) / 2,
        (top + bottom - rows * width * ASPECT) / 2,
        width,
    )
    if mark is None:
        return grid
    across = 0.0 if symmetric else _off_centre(mark[0], grid.left, width)
    down = _off_centre(mark[1], grid.top, grid.height)
    return Frame(columns, rows, grid.left + across, grid.top + down, width)


def _off_centre(value: float, start: float, step: float) -> float:
    """Return how far *value* is from the middle of its cell: half a cell at most."""
    return ((value - start) / step % 1 - 0.5) * step
