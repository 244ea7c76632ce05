"""Rows of coloured text, the output of the character renderers."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Ink:
    """Indices of the 256-colour palette; ``None`` is the terminal's default colour."""

    fg: int | None = None
    bg: int | None = None
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """Characters of one colour, each one cell wide."""

    text: str
    ink: Ink


Rows = tuple[tuple[Span, ...], ...]
"""A picture: its rows from the top, each a row of spans."""


def merged(cells: Iterable[tuple[str, Ink]]) -> tuple[Span, ...]:
    """Merge adjacent cells of the same ink into spans."""
    return tuple(
        Span("".join(character for character, _ in run), ink)
        for ink, run in groupby(cells, key=lambda cell: cell[1])
    )
