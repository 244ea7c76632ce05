"""How a picture is made: chosen before anything is drawn, from what can be shown."""

from __future__ import annotations

from enum import Enum


class Mode(Enum):
    """How a picture is made; chosen before anything is drawn."""

    BLOCKS = "blocks"
    BLOCKS_16 = "blocks-16"
    ASCII = "ascii"


def mode_for(
    wanted: str, *, terminal: bool, dumb: bool, utf8: bool, colours: int
) -> Mode | None:
    """
    Choose how to draw from ``--picture`` (*wanted*) and what the terminal can show.

    *colours* is how many it shows: 0 for none or ``NO_COLOR``. ``None``: no picture.
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
