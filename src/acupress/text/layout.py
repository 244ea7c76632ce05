"""
Text laid out for a width, before anything decides on colour or on a screen.

A page is a tuple of lines, each with a tone; wrapping turns it into rows that
fit. ``view.py`` gives the tones colours; a pipe gets the rows as they are.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import cache
from unicodedata import east_asian_width

NARROWEST, WIDEST = 20, 100
"""Columns that text is wrapped to at the least and at the most, to be readable."""


class Tone(Enum):
    """What a line is, for whoever gives it a colour."""

    PLAIN = "plain"
    TITLE = "title"
    HEADING = "heading"
    WARNING = "warning"
    CAUTION = "caution"
    QUIET = "quiet"


LOOKS = {
    Tone.PLAIN: "",
    Tone.TITLE: "bold",
    Tone.HEADING: "bold",
    Tone.WARNING: "bold red",
    Tone.CAUTION: "magenta",
    Tone.QUIET: "dim",
}
"""
How each tone looks.

Colours are the terminal's own, and only those that can be read on black and on white:
no green, cyan or yellow. Red is for what must be heeded now, and magenta for what
always holds. None ever carries a meaning that a word does not.
"""


@dataclass(frozen=True, slots=True)
class Line:
    """
    One paragraph of a page.

    *label* stands before the text, whose further rows begin at column *indent*.
    *struck* text is also crossed out where that can be shown.
    """

    text: str = ""
    tone: Tone = Tone.PLAIN
    label: str = ""
    indent: int = 0
    struck: bool = False


Page = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a wrapped page."""

    label: str
    text: str
    tone: Tone
    struck: bool

    @property
    def plain(self) -> str:
        """The row as bare text."""
        return f"{self.label}{self.text}".rstrip()


# A picture needs some thirty columns to be recognised, and the words beside it
# as many again; on a wide screen it may be larger.
_NARROWEST_WITH_PICTURE, _LOWEST_WITH_PICTURE = 76, 22
_PANEL, _LARGE_PANEL, _WIDE_ENOUGH = 31, 45, 110
_ROWS_AROUND_PANEL = 7


def panel_size(width: int, height: int) -> tuple[int, int] | None:
    """
    Return the columns and rows for a picture beside the words, caption included.

    ``None`` where there is no room for one.
    """
    if width < _NARROWEST_WITH_PICTURE or height < _LOWEST_WITH_PICTURE:
        return None
    columns = _PANEL if width < _WIDE_ENOUGH else _LARGE_PANEL
    return columns, min(height - _ROWS_AROUND_PANEL, columns * 2 // 3)


def wrap(page: Iterable[Line], width: int) -> tuple[Row, ...]:
    """Return *page* as rows of at most *width* columns; nothing is ever cut."""
    width = min(max(width, NARROWEST), WIDEST)
    return tuple(row for line in page for row in _wrapped(line, width))


def plain_text(page: Iterable[Line], width: int) -> str:
    """Return *page* as text of at most *width* columns."""
    return "\n".join(row.plain for row in wrap(page, width))


def spelt(page: Page, encoding: str) -> Page:
    """Return *page* with marks that *encoding* lacks as others that it has."""
    table = _missing(encoding)
    if not table:
        return page
    return tuple(replace(line, text=line.text.translate(table)) for line in page)


def in_marks_of(encoding: str, text: str) -> str:
    """Return *text* with marks that *encoding* lacks as others that it has."""
    return text if text.isascii() else text.translate(_missing(encoding))


_INSTEAD = {"→": "->", "●": "x", "○": "o", "━": "#", "─": "-", "·": ".", "…": "~"}


@cache
def _missing(encoding: str) -> dict[int, str]:
    lacked = [mark for mark in _INSTEAD if _lacks(encoding, mark)]
    return {ord(mark): _INSTEAD[mark] for mark in lacked}


def _lacks(encoding: str, mark: str) -> bool:
    return mark.encode(encoding, "replace") == b"?"


def columns(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return *rows* as text in aligned columns, each as wide as it needs."""
    table = [header, *rows]
    widths = [max(map(len, cells)) for cells in zip(*table, strict=True)]
    return "\n".join(
        "  ".join(map(str.ljust, cells, widths)).rstrip() for cells in table
    )


def _wrapped(line: Line, width: int) -> Iterable[Row]:
    indent = line.indent if width - line.indent >= NARROWEST else min(line.indent, 2)
    label = line.label.ljust(indent)[: max(indent, len(line.label))]
    texts = textwrap.wrap(
        _widened(line.text),
        width,
        initial_indent=" " * len(label),
        subsequent_indent=" " * indent,
        break_on_hyphens=False,
    )
    first, *others = [text.replace(_FILLER, "") for text in texts] or [" " * len(label)]
    yield Row(label, first[len(label) :], line.tone, line.struck)
    for text in others:
        yield Row(" " * indent, text[indent:], line.tone, line.struck)


# Stands behind a character that takes two columns, while columns are counted.
_FILLER = "\0"


def _widened(text: str) -> str:
    if text.isascii():
        return text
    return "".join(
        f"{character}{_FILLER}" if east_asian_width(character) in "WF" else character
        for character in text
    )
