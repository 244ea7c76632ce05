"""Leaflets: what is said of one point, laid out with its picture for a terminal."""

from __future__ import annotations

from itertools import zip_longest
from typing import NamedTuple

from acupress.terminal.ansi import Paint, painted
from acupress.text.layout import Line, Page, encodable, panel_size, wrap

Room = tuple[int, int]
"""The columns and the rows, caption included, that a drawing may take."""

# As many rows of the screen may a drawing take, with what is around it beside the
# words, and on its own above them, when the words can scroll.
_ROWS, _COLUMNS_ABOVE, _ROWS_ABOVE = 26, 31, 22

# Columns between a picture and the words beside it.
_GUTTER = "  "


class Drawing(NamedTuple):
    """A picture in its colours: its rows, each *width* cells wide."""

    rows: tuple[str, ...]
    width: int


class Leaflet(NamedTuple):
    """The names and warnings of a point, and all else that is known of it."""

    heading: Page
    body: Page

    @property
    def page(self) -> Page:
        """The whole of it, as one page."""
        return (*self.heading, *self.body)


def rows(page: Page, width: int, paint: Paint) -> list[str]:
    """Return *page* as painted rows of at most *width* columns."""
    return [painted(row, paint) for row in wrap(page, width)]


def picture_beside(
    leaflet: Leaflet, drawing: Drawing, width: int, paint: Paint
) -> list[str]:
    """Return the heading, then *drawing* with words to its right, then the rest."""
    narrow = width - drawing.width - len(_GUTTER)
    at = _fitting(leaflet.body, narrow, len(drawing.rows))
    words = rows(leaflet.body[:at], narrow, paint)
    blank = " " * drawing.width
    pairs = zip_longest(drawing.rows, words, fillvalue=None)
    return [
        *rows(leaflet.heading, width, paint),
        *(f"{left or blank}{_GUTTER}{right or ''}" for left, right in pairs),
        *rows(leaflet.body[at:], width, paint),
    ]


def picture_above(
    leaflet: Leaflet, drawing: Drawing, width: int, paint: Paint
) -> list[str]:
    """Return the heading, then *drawing*, and all the words below it."""
    return [
        *rows(leaflet.heading, width, paint),
        *drawing.rows,
        *rows((Line(), *leaflet.body), width, paint),
    ]


def is_beside(width: int) -> bool:
    """Tell whether *width* columns are enough for words beside a drawing."""
    return panel_size(width, _ROWS) is not None


def leaflet_room(width: int) -> Room:
    """Return what a drawing may take of a terminal with *width* columns."""
    picture_above = min(width, _COLUMNS_ABOVE), _ROWS_ABOVE
    return panel_size(width, _ROWS) or picture_above


def in_encoding(leaflet: Leaflet, encoding: str) -> Leaflet:
    """Return *leaflet* with marks that *encoding* lacks as others that it has."""
    return Leaflet(
        encodable(leaflet.heading, encoding), encodable(leaflet.body, encoding)
    )


def _fitting(body: Page, columns: int, most: int) -> int:
    """Return how many lines of *body* it takes to fill *most* rows."""
    at = filled = 0
    while at < len(body) and filled < most:
        filled += len(wrap(body[at : at + 1], columns))
        at += 1
    return at
