"""
Places marks, labels and leader lines over a picture without overlaps.

A label takes the free position of least cost: off the body, near its landmark, on
the same row. If there is none, the label is omitted.
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
    """What a character over the picture is part of."""

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
    """The marks of a renderer, one or three cells wide, and its leader lines."""

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
_ROWS_AWAY = 5  # at most, between a label and its landmark
_MISLEADING = 6.0  # this and the following are costs of a label's position
_OVER_BODY, _PER_ROW, _PER_STEP, _CORNER = 0.5, 1.2, 0.25, 1.0

# Offsets in columns and rows that are tried for a number, outwards first.
_OFFSETS = (
    *((0, 0), (1, 0), (0, 1), (0, -1), (1, 1), (1, -1), (2, 0), (2, 1), (2, -1)),
    *((3, 0), (-1, 0), (0, 2), (0, -2), (-1, 1), (-1, -1), (-2, 0)),
)

Overlay = dict["Cell", Glyph]


@dataclass(frozen=True, slots=True)
class Ground:
    """The picture below: its grid, its glyphs, and the cost of covering a cell."""

    grid: Frame
    glyphs: GlyphSet
    cost: Callable[[Cell], float]


def overlay(marks: Sequence[Mark], ground: Ground) -> Overlay:
    """
    Return the characters over the picture, by cell.

    Numbers have priority, then active marks, other marks, landmarks and labels.
    """
    laid: Overlay = {}
    for mark in marks:
        if mark.role is Role.NUMBER:
            _lay_number(laid, mark, ground.grid)
    numbered = bool(laid)
    for role in (Role.ACTIVE, Role.OTHER, Role.LANDMARK):
        for mark in marks:
            if mark.role is role and not (numbered and _on_number(laid, mark, ground)):
                _lay_mark(laid, mark, ground)
    for mark in marks:
        if mark.role is Role.LANDMARK and mark.text:
            _lay_label(laid, mark, ground)
    return laid


def _lay_number(laid: Overlay, mark: Mark, grid: Frame) -> None:
    """Place a number at the first offset where it touches no other, if any."""
    column, row = grid.cell(mark.at)
    for aside, down in _OFFSETS:
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


def _on_number(laid: Overlay, mark: Mark, ground: Ground) -> bool:
    """Return whether a mark would touch a number, and is to be omitted."""
    column, row = ground.grid.cell(mark.at)
    around = ((column + step, row) for step in (-1, 0, 1))
    return any(cell in laid and laid[cell].layer is Layer.NUMBER for cell in around)


def _lay_mark(laid: Overlay, mark: Mark, ground: Ground) -> None:
    grid, glyphs = ground.grid, ground.glyphs
    sign = {
        Role.ACTIVE: glyphs.active,
        Role.OTHER: glyphs.other,
        Role.LANDMARK: glyphs.landmark,
    }[mark.role]
    column, row = grid.cell(mark.at)
    start = column - len(sign) // 2
    cells = [(start + step, row) for step in range(len(sign))]
    if all(grid.holds(cell) and cell not in laid for cell in cells):
        for cell, character in zip(cells, sign, strict=True):
            laid[cell] = Glyph(character, _LAYERS[mark.role])


@dataclass(frozen=True, slots=True)
class _Slot:
    """A candidate position for a label: its first cell, and its leader line."""

    start: Cell
    leader: tuple[tuple[Cell, str], ...]


def _lay_label(laid: Overlay, mark: Mark, ground: Ground) -> None:
    cell, words = ground.grid.cell(mark.at), mark.text
    if not ground.grid.holds(cell):
        return
    slots = [
        (_cost(slot, words, cell, laid, ground), slot)
        for slot in _slots(cell, words, ground)
        if _free(slot, words, cell, laid, ground)
    ]
    if slots:
        _write(laid, min(slots, key=lambda pair: pair[0])[1], words)


def _write(laid: Overlay, slot: _Slot, words: str) -> None:
    for step, character in enumerate(words):
        laid[slot.start[0] + step, slot.start[1]] = Glyph(character, Layer.LABEL)
    for cell, character in slot.leader:
        laid.setdefault(cell, Glyph(character, Layer.LEADER))


def _slots(cell: Cell, words: str, ground: Ground) -> Iterator[_Slot]:
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
                yield _Slot(
                    (start, line), _leader(cell, start, len(words), line, ground.glyphs)
                )


def _leader(
    cell: Cell, start: int, length: int, line: int, glyphs: GlyphSet
) -> tuple[tuple[Cell, str], ...]:
    """Return a leader line: along the label's row, then up or down to the landmark."""
    column, row = cell
    end = start + length
    along = range(end, column) if end <= column else range(column + 1, start)
    above = start <= column < end
    rows = range(min(row, line) + 1, max(row, line))
    corner = [] if above or line == row else [((column, line), glyphs.down)]
    flat = [] if above else [((step, line), glyphs.across) for step in along]
    return (*flat, *corner, *(((column, step), glyphs.down) for step in rows))


def _free(
    slot: _Slot, words: str, cell: Cell, laid: Mapping[Cell, Glyph], ground: Ground
) -> bool:
    """Return whether nothing is covered and there is a gap beside the label."""
    start, line = slot.start
    own = {(start + step, line) for step in range(-1, len(words) + 1)} - {cell}
    path = {step for step, _ in slot.leader}
    within = all(ground.grid.holds(step) for step in path)
    covered = {(start + step, line) for step in range(len(words))}
    return (
        within and cell not in covered and not any(step in laid for step in own | path)
    )


def _cost(
    slot: _Slot, words: str, cell: Cell, laid: Mapping[Cell, Glyph], ground: Ground
) -> float:
    start, line = slot.start
    over = sum(ground.cost((start + step, line)) for step in range(len(words)))
    away = abs(line - cell[1])
    return (
        _OVER_BODY * over
        + _PER_ROW * away
        + _PER_STEP * len(slot.leader)
        + (_CORNER + _beside_point(slot, words, laid) if away else 0.0)
    )


def _beside_point(slot: _Slot, words: str, laid: Mapping[Cell, Glyph]) -> float:
    """Return the cost of a label that could be read as the name of an active point."""
    start, line = slot.start
    around = ((start + step, line) for step in range(-4, len(words) + 4))
    near = (laid[cell].layer for cell in around if cell in laid)
    return _MISLEADING if Layer.ACTIVE in near else 0.0
