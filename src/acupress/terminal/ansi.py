"""
Renders rows with ANSI colours, without Rich.

Rich draws the session and the tables; importing it takes longer than everything else
that ``show`` does for one point.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import TYPE_CHECKING

from acupress.text.layout import LOOKS, Row, Tone

if TYPE_CHECKING:
    from acupress.figures.drawing import Ink, Span

MANY, FEW = 256, 16
"""The palettes of a terminal, by their number of colours; 0 is none."""

_CODES = {"bold": "1", "dim": "2", "strike": "9", "red": "31", "magenta": "35"}
_COLOURED = {"red", "magenta"}
_BRIGHT = 8  # the first of the eight bright colours


class Paint(Enum):
    """Which SGR attributes may be written."""

    NONE = "none"
    SHADES = "shades"  # bold, dim and strikethrough
    COLOURS = "colours"


def paint(environment: Mapping[str, str], *, terminal: bool) -> Paint:
    """Return the attributes that FORCE_COLOR, NO_COLOR, TERM and a TTY allow."""
    forced = environment.get("FORCE_COLOR", "") not in {"", "0"}
    if not forced and (not terminal or dumb(environment)):
        return Paint.NONE
    return Paint.SHADES if _refused(environment) else Paint.COLOURS


def _refused(environment: Mapping[str, str]) -> bool:
    """Tell whether the user has turned colour off."""
    return bool(environment.get("NO_COLOR")) or environment.get("FORCE_COLOR") == "0"


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


def painted(row: Row, paint: Paint) -> str:
    """Return *row* with the attributes of its tone that *paint* allows."""
    if paint is Paint.NONE:
        return row.plain
    look = LOOKS[row.tone] + (" strike" if row.struck else "")
    alerts = {Tone.WARNING, Tone.CAUTION}
    label = LOOKS[row.tone if row.tone in alerts else Tone.QUIET]
    if paint is Paint.SHADES:
        look, label = _without_colour(look), _without_colour(label)
    return _styled(_sgr(label), row.label) + _styled(_sgr(look), row.text)


def _without_colour(look: str) -> str:
    return " ".join(word for word in look.split() if word not in _COLOURED)


def quiet(text: str) -> str:
    """Return *text* in the style of Tone.QUIET."""
    return _styled(_sgr(LOOKS[Tone.QUIET]), text)


def drawn(row: Iterable[Span]) -> str:
    """Return a row of a picture with its colours."""
    return "".join(_styled(_ink(span.ink), span.text) for span in row)


def _sgr(look: str) -> str:
    return ";".join(_CODES[word] for word in look.split())


def _ink(ink: Ink) -> str:
    codes = ["1"] if ink.bold else []
    codes += [] if ink.fg is None else [_colour(ink.fg, 30)]
    codes += [] if ink.bg is None else [_colour(ink.bg, 40)]
    return ";".join(codes)


def _colour(number: int, base: int) -> str:
    """Return the SGR code; *base* is 30 for the foreground, 40 for the background."""
    if number < _BRIGHT:
        return f"{base + number}"
    if number < FEW:
        return f"{base + 60 + number - _BRIGHT}"
    return f"{base + 8};5;{number}"


def _styled(code: str, text: str) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if code and text else text
