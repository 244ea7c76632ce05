"""
Colours: what an output may show, and the one palette that everything is styled with.

Rich resolves the names of the palette when a row is rendered, so that a row is the
same on every background.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum

MANY, FEW = 256, 16
"""The palettes of a terminal, by their number of colours; 0 is none."""


class Background(Enum):
    """What a terminal says of its background; UNKNOWN if it says nothing."""

    DARK = "dark"
    LIGHT = "light"
    UNKNOWN = "unknown"


class Paint(Enum):
    """Which SGR attributes may be written."""

    NONE = "none"
    SHADES = "shades"  # bold, dim and strikethrough
    COLOURS = "colours"


# Attributes that need no colour; the names of `text.layout.Tone` are among the styles.
_SHADES = {
    "plain": "none",
    "title": "bold",
    "heading": "bold",
    "quiet": "dim",
    "now": "bold reverse",
    "struck": "strike",
}
# No meaning is conveyed by colour alone. Warnings apply now, cautions always; left and
# right are blue and orange, which every kind of colour blindness tells apart.
_HUES = ("warning", "caution", "left", "right", "breath", "label")
_COLOURS: dict[tuple[Background, int], tuple[str, ...]] = {
    (Background.DARK, MANY): (
        *("bold color(210)", "color(180)"),
        *("bold color(117)", "bold color(215)", "color(109)", "color(109)"),
    ),
    (Background.LIGHT, MANY): (
        *("bold color(160)", "color(94)"),
        *("bold color(25)", "bold color(130)", "color(24)", "color(24)"),
    ),
    # Of middling lightness, so that they can be read on black and on white alike.
    (Background.UNKNOWN, MANY): (
        *("bold color(161)", "color(132)"),
        *("bold color(31)", "bold color(130)", "color(30)", "color(30)"),
    ),
    (Background.DARK, FEW): (
        *("bold bright_red", "yellow"),
        *("bold bright_cyan", "bold bright_yellow", "cyan", "cyan"),
    ),
    (Background.LIGHT, FEW): (
        *("bold red", "magenta"),
        *("bold blue", "bold magenta", "blue", "blue"),
    ),
    (Background.UNKNOWN, FEW): (
        *("bold red", "magenta"),
        *("bold", "bold magenta", "none", "bold"),
    ),
}
_COLOURLESS = ("bold", "none", "bold", "bold", "none", "bold")


def palette(background: Background, many: int) -> dict[str, str]:
    """Return every style by name for *background* and a palette of *many* colours."""
    hues = _COLOURS[background, many] if many else _COLOURLESS
    return {**_SHADES, **dict(zip(_HUES, hues, strict=True))}


_REPORTED = re.compile(
    r"\x1b\]11;rgba?:([0-9a-f]+)/([0-9a-f]+)/([0-9a-f]+)", re.IGNORECASE
)
_LUMA = (0.2126, 0.7152, 0.0722)
_LIGHT_FROM = 0.5


def background_of(reply: str) -> Background:
    """Return the background in *reply*, which answers OSC 11 as xterm does."""
    if not (found := _REPORTED.match(reply)):
        return Background.UNKNOWN
    shares = (int(part, 16) / (16 ** len(part) - 1) for part in found.groups())
    luma = sum(share * weight for share, weight in zip(shares, _LUMA, strict=True))
    return Background.LIGHT if luma >= _LIGHT_FROM else Background.DARK


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
