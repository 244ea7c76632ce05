"""Selects how pictures are rendered from the capabilities of the terminal."""

from __future__ import annotations

from enum import Enum


class Mode(Enum):
    """How a picture is rendered."""

    BLOCKS = "blocks"
    BLOCKS_16 = "blocks-16"
    ASCII = "ascii"
    IMAGE = "image"


def mode_for(
    wanted: str, *, terminal: bool, dumb: bool, utf8: bool, colours: int
) -> Mode | None:
    """
    Return the mode for the option ``--picture`` (*wanted*), ``None`` for no picture.

    *colours* is the size of the terminal's palette, 0 without colour or by NO_COLOR.
    """
    blocks = Mode.BLOCKS if colours >= 256 else Mode.BLOCKS_16  # noqa: PLR2004
    match wanted:
        case "none":
            return None
        case "blocks":
            return blocks if colours >= 16 else Mode.ASCII  # noqa: PLR2004
        case "ascii":
            return Mode.ASCII
    if not terminal or dumb:
        return None
    return blocks if utf8 and colours >= 16 else Mode.ASCII  # noqa: PLR2004
