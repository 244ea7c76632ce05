"""
Marks, labels and leaders over a picture, cell by cell, so that none hides another.

A label looks for the cheapest place: off the body, near its landmark, on the
same row. One that finds no place is left out; its landmark stays.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from acupress.figures.scenes import Role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from acupress.figures.frames import Cell, Frame
    from acupress.figures.scenes import Mark


class Layer(Enum):
    """What a character laid over the picture is."""

    ACTIVE = "active"
    OTHER = "other"
    LANDMARK = "landmark"
    LABEL = "label"
    LEADER = "leader"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character over the picture."""

    character: str
    layer: Layer


@dataclass(frozen=True, slots=True)
class GlyphSet:
    """The characters of a renderer; marks may be one or three cells wide."""

    active: str
    other: str
    landmark: str
    across: str
    down: str


_LAYERS = {
    Role.ACTIVE: Layer.ACTIVE,
    Role.OTHER: Layer.OTHER,
    Role.LANDMARK: Layer.LANDMARK,
}
_ROWS_AWAY = 5  # how far above or below its landmark a label may stand
_MISLEADING = 6.0
_OVER_BODY, _PER_ROW, _PER_STEP, _CORNER = 0.5, 1.2, 0.25, 1.0

# where a number may stand that would touch another: outwards first
_ASIDE = (
    *((0, 0), (1, 0), (0, 1), (0, -1), (1, 1), (1, -1), (2, 0), (2, 1), (2, -1)),
    *((3, 0), (-1, 0), (0, 2), (0, -2), (-1, 1), (-1, -1), (-2, 0)),
)

Overlay = dict["Cell", Glyph]


@dataclass(frozen=True, slots=True)
class Ground:
    """What is drawn below: its grid, its signs, and how bad it is to cover a cell."""

    grid: Frame
    signs: GlyphSet
    cost: Callable[[Cell], float]


def overlay(marks: Sequence[Mark], ground: Ground) -> Overlay:
    """
    Return what lies over the picture.

    Active marks win over other marks, these over landmarks, these over labels.
    """
    laid: Overlay = {}
    for mark in marks:
        if mark.role is Role.NUMBER:
            _lay_number(laid, mark, ground.grid)
    numbered = bool(laid)
    for role in (Role.ACTIVE, Role.OTHER, Role.LANDMARK):
        for mark in marks:
            if mark.role is role and not (numbered and _by_number(laid, mark, ground)):
                _lay_mark(laid, mark, ground)
    for mark in marks:
        if mark.role is Role.LANDMARK and mark.text:
            _lay_label(laid, mark, ground)
    return laid


def _lay_number(laid: Overlay, mark: Mark, grid: Frame) -> None:
    """Lay a number as near its point as it can stand without touching another."""
    column, row = grid.cell(mark.at)
    for aside, down in _ASIDE:
        start, line = column + aside, row + down
        cells = [(start + step, line) for step in range(len(mark.text))]
        if all(grid.holds(cell) for cell in cells) and not _touching(laid, cells):
            for cell, character in zip(cells, mark.text, strict=True):
                laid[cell] = Glyph(character, Layer.NUMBER)
            return


def _touching(laid: Mapping[Cell, Glyph], cells: Sequence[Cell]) -> bool:
    return any(
        (column + aside, row + down) in laid
        for column, row in cells
        for aside in (-1, 0, 1)
        for down in (-1, 0, 1)
    )


def _by_number(laid: Overlay, mark: Mark, ground: Ground) -> bool:
    """Tell whether a mark would touch a number: it is then left out."""
    column, row = ground.grid.cell(mark.at)
    around = ((column + step, row) for step in (-1, 0, 1))
    return any(cell in laid and laid[cell].layer is Layer.NUMBER for cell in around)


def _lay_mark(laid: Overlay, mark: Mark, ground: Ground) -> None:
    grid, signs = ground.grid, ground.signs
    sign = {
        Role.ACTIVE: signs.active,
        Role.OTHER: signs.other,
        Role.LANDMARK: signs.landmark,
    }[mark.role]
    column, row = grid.cell(mark.at)
    start = column - len(sign) // 2
    cells = [(start + step, row) for step in range(len(sign))]
    if all(grid.holds(cell) and cell not in laid for cell in cells):
        for cell, character in zip(cells, sign, strict=True):
            laid[cell] = Glyph(character, _LAYERS[mark.role])


@dataclass(frozen=True, slots=True)
class _Spot:
    """A place for a label: its first cell and the leader's cells."""

    start: Cell
    leader: tuple[tuple[Cell, str], ...]


def _lay_label(laid: Overlay, mark: Mark, ground: Ground) -> None:
    cell, words = ground.grid.cell(mark.at), mark.text
    if not ground.grid.holds(cell):
        return
    spots = [
        (_price(spot, words, cell, laid, ground), spot)
        for spot in _spots(cell, words, ground)
        if _free(spot, words, cell, laid, ground)
    ]
    if spots:
        _write(laid, min(spots, key=lambda pair: pair[0])[1], words)


def _write(laid: Overlay, spot: _Spot, words: str) -> None:
    for step, character in enumerate(words):
        laid[spot.start[0] + step, spot.start[1]] = Glyph(character, Layer.LABEL)
    for cell, character in spot.leader:
        laid.setdefault(cell, Glyph(character, Layer.LEADER))


def _spots(cell: Cell, words: str, ground: Ground) -> Iterator[_Spot]:
    (column, row), grid = cell, ground.grid
    starts = {
        0,
        grid.columns - len(words),
        *range(column - len(words) - 3, column - len(words)),
        *range(column + 2, column + 5),
        column - len(words) // 2,
    }
    for line in range(max(row - _ROWS_AWAY, 0), min(row + _ROWS_AWAY + 1, grid.rows)):
        for start in sorted(starts):
            if 0 <= start <= grid.columns - len(words):
                yield _Spot(
                    (start, line), _leader(cell, start, len(words), line, ground.signs)
                )


def _leader(
    cell: Cell, start: int, length: int, line: int, signs: GlyphSet
) -> tuple[tuple[Cell, str], ...]:
    """Return the cells from a label to its landmark: along its row, then up or down."""
    column, row = cell
    end = start + length
    along = range(end, column) if end <= column else range(column + 1, start)
    turn = start <= column < end
    rows = range(min(row, line) + 1, max(row, line))
    corner = [] if turn or line == row else [((column, line), signs.down)]
    flat = [] if turn else [((step, line), signs.across) for step in along]
    return (*flat, *corner, *(((column, step), signs.down) for step in rows))


def _free(
    spot: _Spot, words: str, cell: Cell, laid: Mapping[Cell, Glyph], ground: Ground
) -> bool:
    """Tell whether nothing is covered and the label touches no mark beside it."""
    start, line = spot.start
    own = {(start + step, line) for step in range(-1, len(words) + 1)} - {cell}
    path = {step for step, _ in spot.leader}
    within = all(ground.grid.holds(step) for step in path)
    covered = {(start + step, line) for step in range(len(words))}
    return (
        within and cell not in covered and not any(step in laid for step in own | path)
    )


def _price(
    spot: _Spot, words: str, cell: Cell, laid: Mapping[Cell, Glyph], ground: Ground
) -> float:
    start, line = spot.start
    over = sum(ground.cost((start + step, line)) for step in range(len(words)))
    away = abs(line - cell[1])
    return (
        _OVER_BODY * over
        + _PER_ROW * away
        + _PER_STEP * len(spot.leader)
        + (_CORNER + _beside_point(spot, words, laid) if away else 0.0)
    )


def _beside_point(spot: _Spot, words: str, laid: Mapping[Cell, Glyph]) -> float:
    """Return the cost of a label that could be taken for the name of a point."""
    start, line = spot.start
    around = ((start + step, line) for step in range(-4, len(words) + 4))
    near = (laid[cell].layer for cell in around if cell in laid)
    return _MISLEADING if Layer.ACTIVE in near else 0.0
