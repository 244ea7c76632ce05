"""The greys and lines of pictures, on paper and on a screen."""

from __future__ import annotations

from dataclasses import dataclass

from bodymap.shapes import ShapeKind

RED, BLUE, DARK = "#c62828", "#1f4e79", "#4a4a4a"


@dataclass(frozen=True, slots=True)
class Look:
    """
    The greys of shapes, 0 to 255, and the widths of lines in pixels.

    A stroke has a grey and an opacity; a line is *line* pixels wide, or *share* of its
    own width if that is more. *shade* is the opacity of the shading at the edges.
    Outlines are *dark*, and *edge* wide; *behind* is the grey of what a hand has behind
    the body, *ground* that of nothing.
    """

    fill: dict[ShapeKind, int]
    stroke: dict[ShapeKind, tuple[int, float]]
    shade: float
    line: float
    share: float
    edge: float
    dark: int
    behind: int
    ground: int

    def edge_of(self, kind: ShapeKind) -> float:
        """Return the width of the outline of a shape."""
        return self.edge if kind in _BOLD else self.edge / 2


_BOLD = {ShapeKind.SKIN, ShapeKind.HAIR, ShapeKind.HAND}

PAPER = Look(
    {
        ShapeKind.SKIN: 0xEC,
        ShapeKind.HAIR: 0x8E,
        ShapeKind.CLOTH: 0xC9,
        ShapeKind.NAIL: 0xFC,
        ShapeKind.HAND: 0xFF,
        ShapeKind.HAND_NAIL: 0xED,
    },
    {
        ShapeKind.LINE: (0x77, 1.0),
        ShapeKind.FURROW: (0, 0.22),
        ShapeKind.RIDGE: (0xFF, 0.65),
        ShapeKind.HAND_LINE: (0x77, 1.0),
    },
    shade=0.3,
    line=1.3,
    share=0,
    edge=1.6,
    dark=0x4A,
    behind=0xFF,
    ground=0xFF,
)

# Lines are wider and contrasts stronger than on paper, for 30 x 18 cells to show them.
SCREEN = Look(
    {
        ShapeKind.SKIN: 0xC2,
        ShapeKind.HAIR: 0x4D,
        ShapeKind.CLOTH: 0x75,
        ShapeKind.NAIL: 0xEF,
        ShapeKind.HAND: 0xEC,
        ShapeKind.HAND_NAIL: 0xCC,
    },
    {
        ShapeKind.LINE: (0, 0.6),
        ShapeKind.FURROW: (0, 0.34),
        ShapeKind.RIDGE: (0xFF, 0.5),
        ShapeKind.HAND_LINE: (0, 0.35),
    },
    shade=0.5,
    line=3.0,
    share=0.6,
    edge=3.5,
    dark=0x4A,
    behind=0x80,
    ground=0x1A,
)
