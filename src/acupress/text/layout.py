"""
Wraps pages to a width, independent of colours and terminal.

A page is a tuple of lines, each with a tone; wrapping turns it into rows. A terminal
renders tones as styles, a pipe gets the rows as plain text.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import cache, lru_cache
from unicodedata import east_asian_width

NARROWEST, WIDEST = 20, 100
"""Limits in columns of the width to which text is wrapped, for legibility."""


class Tone(Enum):
    """The meaning of a line: each is a style of `terminal.colours`."""

    PLAIN = "plain"
    TITLE = "title"
    HEADING = "heading"
    WARNING = "warning"
    CAUTION = "caution"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class Line:
    """
    One paragraph of a page.

    *label* precedes the text, whose further rows are indented to column *indent*.
    *struck* text is struck through where the terminal can show that.
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
        """The row as plain text."""
        return f"{self.label}{self.text}".rstrip()


# In columns and rows: a picture needs some thirty columns to be recognisable, and
# the text beside it as many.
_NARROWEST_WITH_PICTURE, _LOWEST_WITH_PICTURE = 76, 22
_PANEL, _LARGE_PANEL, _WIDE_ENOUGH = 31, 45, 110
_ROWS_AROUND_PANEL = 7


def panel_size(width: int, height: int) -> tuple[int, int] | None:
    """
    Return the columns and rows of a picture beside the text, including its caption.

    ``None`` if there is no room for one.
    """
    if width < _NARROWEST_WITH_PICTURE or height < _LOWEST_WITH_PICTURE:
        return None
    columns = _PANEL if width < _WIDE_ENOUGH else _LARGE_PANEL
    return columns, min(height - _ROWS_AROUND_PANEL, columns * 2 // 3)


def wrap(page: Iterable[Line], width: int) -> tuple[Row, ...]:
    """Return *page* as rows of at most *width* columns; nothing is truncated."""
    width = min(max(width, NARROWEST), WIDEST)
    return tuple(row for line in page for row in _wrapped(line, width))


def plain_text(page: Iterable[Line], width: int) -> str:
    """Return *page* as text of at most *width* columns."""
    return "\n".join(row.plain for row in wrap(page, width))


def encodable(page: Page, encoding: str) -> Page:
    """Return *page* with ASCII substitutes for marks that *encoding* lacks."""
    table = _substitutions(encoding)
    if not table:
        return page
    return tuple(replace(line, text=line.text.translate(table)) for line in page)


def encodable_text(encoding: str, text: str) -> str:
    """Return *text* with ASCII substitutes for marks that *encoding* lacks."""
    return text if text.isascii() else text.translate(_substitutions(encoding))


_SUBSTITUTES = {"→": "->", "●": "x", "○": "o", "━": "#", "─": "-", "·": ".", "…": "~"}


@cache
def _substitutions(encoding: str) -> dict[int, str]:
    missing = [mark for mark in _SUBSTITUTES if _cannot_encode(encoding, mark)]
    return {ord(mark): _SUBSTITUTES[mark] for mark in missing}


def _cannot_encode(encoding: str, mark: str) -> bool:
    return mark.encode(encoding, "replace") == b"?"


def columns(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return *rows* as text in aligned columns."""
    table = [header, *rows]
    widths = [max(map(len, cells)) for cells in zip(*table, strict=True)]
    return "\n".join(
        "  ".join(map(str.ljust, cells, widths)).rstrip() for cells in table
    )


@lru_cache(maxsize=64)  # a session wraps the same lines once a second
def _wrapped(line: Line, width: int) -> tuple[Row, ...]:
    indent = line.indent if width - line.indent >= NARROWEST else min(line.indent, 2)
    label = line.label.ljust(indent)[: max(indent, len(line.label))]
    texts = textwrap.wrap(
        _padded(line.text),
        width,
        initial_indent=" " * len(label),
        subsequent_indent=" " * indent,
        break_on_hyphens=False,
    )
    first, *others = [text.replace(_FILLER, "") for text in texts] or [" " * len(label)]
    return (
        Row(label, first[len(label) :], line.tone, line.struck),
        *(Row(" " * indent, text[indent:], line.tone, line.struck) for text in others),
    )


# Padding after a double-width character, so that textwrap counts two columns.
_FILLER = "\0"


def _padded(text: str) -> str:
    if text.isascii():
        return text
    return "".join(
        f"{character}{_FILLER}" if east_asian_width(character) in "WF" else character
        for character in text
    )
