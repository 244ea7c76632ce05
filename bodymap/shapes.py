"""The primitives of drawings: filled areas and strokes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING

from bodymap import curves

if TYPE_CHECKING:
    from acupress.figures.frames import Spot
    from bodymap.curves import Piece


class ShapeKind(Enum):
    """What a shape represents; the renderers choose its look."""

    SKIN = "skin"
    HAIR = "hair"
    CLOTH = "cloth"
    NAIL = "nail"
    LINE = "line"
    FURROW = "furrow"
    RIDGE = "ridge"
    HAND = "hand"
    HAND_NAIL = "hand-nail"
    HAND_LINE = "hand-line"


AREAS = frozenset(
    {
        ShapeKind.SKIN,
        ShapeKind.HAIR,
        ShapeKind.CLOTH,
        ShapeKind.NAIL,
        ShapeKind.HAND,
        ShapeKind.HAND_NAIL,
    }
)
"""The kinds that are closed and filled; the others are strokes."""


@dataclass(frozen=True)
class Shape:
    """
    A curve of a drawing; *width* is in millimetres, for strokes only.

    *fine* shapes are omitted from the whole body; a hand's may be *behind* the body.
    """

    kind: ShapeKind
    path: tuple[Piece, ...]
    width: float = 0.0
    fine: bool = False
    behind: bool = False

    @cached_property
    def outline(self) -> tuple[Spot, ...]:
        """The curve as short straight lines."""
        return curves.flatten(self.path)
