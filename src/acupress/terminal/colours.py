"""Which colours and attributes an output may show, by the environment."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

MANY, FEW = 256, 16
"""The palettes of a terminal, by their number of colours; 0 is none."""


class Paint(Enum):
    """Which SGR attributes may be written."""

    NONE = "none"
    SHADES = "shades"  # bold, dim and strikethrough
    COLOURS = "colours"


def paint(environment: Mapping[str, str], *, terminal: bool) -> Paint:
    """
    Return the attributes that the variables for colour, TERM and a TTY allow.

    NO_COLOR outranks those that force colour, and these outrank CLICOLOR.
    """
    if not _forced(environment) and (not terminal or dumb(environment)):
        return Paint.NONE
    return Paint.SHADES if _refused(environment) else Paint.COLOURS


def _refused(environment: Mapping[str, str]) -> bool:
    """Tell whether the user has turned colour off."""
    if environment.get("NO_COLOR") or environment.get("FORCE_COLOR") == "0":
        return True
    return environment.get("CLICOLOR") == "0" and not _forced(environment)


def _forced(environment: Mapping[str, str]) -> bool:
    """Tell whether the user wants colour in a pipe, too."""
    wanted = environment.get("FORCE_COLOR", ""), environment.get("CLICOLOR_FORCE", "")
    return any(value not in {"", "0"} for value in wanted)


def dumb(environment: Mapping[str, str]) -> bool:
    """Tell whether TERM is unset, or names a terminal without escape sequences."""
    return environment.get("TERM", "dumb").lower() in {"dumb", "unknown", ""}


def colours(environment: Mapping[str, str], *, terminal: bool) -> int:
    """Return the size of the palette: ``MANY``, ``FEW`` or 0."""
    if dumb(environment) or paint(environment, terminal=terminal) is not Paint.COLOURS:
        return 0
    if environment.get("COLORTERM", "").strip().lower() in {"truecolor", "24bit"}:
        return MANY
    kind = environment["TERM"].strip().lower().rpartition("-")[2]
    return MANY if kind in {"256color", "kitty"} else FEW
