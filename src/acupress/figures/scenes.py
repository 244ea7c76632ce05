"""A picture of the body that was made ahead, and the marks to be put on it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from acupress.figures.frames import Box, Frame, Size, Spot
    from acupress.figures.images import GreyImage

OFF_BODY = "`"
"""Stands in line art for a blank beside the body; a blank on it is a blank."""


class Role(Enum):
    """What a mark means."""

    ACTIVE = "active"
    OTHER = "other"
    LANDMARK = "landmark"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked spot; *text* is the label of a landmark, or a number."""

    role: Role
    at: Spot
    text: str = ""


@dataclass(frozen=True, slots=True)
class LineArt:
    """A picture in ASCII characters on the grid that it was drawn for."""

    grid: Frame
    lines: tuple[str, ...]


_MIRRORED = str.maketrans("/\\", "\\/")


@dataclass(frozen=True, slots=True)
class Drawing:
    """A part of the body without marks: an image, and line art in several sizes."""

    image: GreyImage
    line_art: tuple[LineArt, ...]

    def line_art_for(self, size: Size) -> LineArt | None:
        """Return the largest line art that fits *size*, if any does."""
        fitting = (
            art
            for art in self.line_art
            if art.grid.columns <= size.columns and art.grid.rows <= size.rows
        )
        return max(
            fitting, key=lambda art: art.grid.columns * art.grid.rows, default=None
        )

    def mirrored(self) -> Drawing:
        """Return the drawing of the other limb."""
        return Drawing(
            self.image.mirrored(),
            tuple(
                LineArt(
                    art.grid.mirrored(),
                    tuple(line[::-1].translate(_MIRRORED) for line in art.lines),
                )
                for art in self.line_art
            ),
        )


@dataclass(frozen=True, slots=True)
class Scene:
    """
    A drawing with marks, to be rendered; lengths are millimetres.

    *box* is what has to be seen. If *symmetric*, x = 0 is the axis, to be centred.
    """

    caption: str
    box: Box
    symmetric: bool
    drawing: Drawing
    marks: tuple[Mark, ...]
