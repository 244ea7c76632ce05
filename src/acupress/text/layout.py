"""
Wraps pages to a width, independent of colours and terminal.

A page is a tuple of lines, each with a tone; wrapping turns it into rows. A terminal
renders tones as styles, a pipe gets the rows as plain text.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from enum import Enum
from functools import cache, lru_cache
from typing import NamedTuple
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


class Line(NamedTuple):
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


def next_line(text: str) -> Page:
    """Return the end of a page: what to type next."""
    return (Line(), Line(f"Next: {text}", Tone.QUIET))


class Row(NamedTuple):
    """One row of a wrapped page."""

    label: str
    text: str
    tone: Tone
    struck: bool

    @property
    def plain(self) -> str:
        """The row as plain text."""
        return f"{self.label}{self.text}".rstrip()


def wrap(page: Iterable[Line], width: int) -> tuple[Row, ...]:
    """Return *page* as rows of at most *width* columns; nothing is truncated."""
    width = min(max(width, NARROWEST), WIDEST)
    return tuple(row for line in page for row in _wrapped(line, width))


def wrap_beside(
    page: Iterable[Line], width: int, columns: int, height: int
) -> tuple[Row, ...]:
    """
    Return *page* as rows, of which the first *height* leave *columns* to a picture.

    A paragraph that is longer than the picture is high goes on below it.
    """
    rows: list[Row] = []
    for line in page:
        rest: Line | None = line
        while rest is not None:
            left = height - len(rows)
            wrapped = wrap((rest,), width - columns if left > 0 else width)
            taken = wrapped[:left] if left > 0 else wrapped
            rows += taken
            rest = _rest(rest, taken) if len(taken) < len(wrapped) else None
    return tuple(rows)


def _rest(line: Line, taken: Iterable[Row]) -> Line:
    """Return what *line* still has to say after the rows that were *taken* of it."""
    at = 0
    for row in taken:
        at = line.text.index(row.text, at) + len(row.text)
    return line._replace(text=line.text[at:].lstrip(), label="")


def run_in(page: Iterable[Line]) -> Page:
    """Return *page* with its labels in the text instead of a column, and no gaps."""
    return tuple(
        line._replace(label=f"{line.label} ", indent=2) if line.label else line
        for line in page
        if line.text
    )


def plain_text(page: Iterable[Line], width: int) -> str:
    """Return *page* as text of at most *width* columns."""
    return "\n".join(row.plain for row in wrap(page, width))


def encodable(page: Page, encoding: str) -> Page:
    """Return *page* with ASCII substitutes for marks that *encoding* lacks."""
    table = _substitutions(encoding)
    if not table:
        return page
    return tuple(line._replace(text=line.text.translate(table)) for line in page)


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
