"""
Lays the page of a point out beside its picture.

The picture is as large as leaves the whole page on the screen, and the words flow on
below it at full width.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple

from rich.text import Text

from acupress.figures.drawing import Size
from acupress.terminal.render import GUTTER, beside, page_rows, text_rows
from acupress.text.layout import Line, Page, run_in, wrap, wrap_beside

if TYPE_CHECKING:
    from acupress.terminal.render import Panel

Draw = Callable[[Size], "Panel | None"]
"""Draws a picture within a size, and puts its caption below that."""

# In columns: what a window needs to have a picture beside the words; the pictures that
# are tried, of which those for wide windows are too wide for narrow ones.
_NARROWEST_WITH_PICTURE, _WIDE = 76, 110
_COLUMNS = (45, 41, 37, 34, 31, 29, 27, 25, 23, 21)
_USUAL = 31
_CAPTION = 3  # rows of the longest caption below most of these


class View(NamedTuple):
    """The rows of a point's page: those down to the picture's last, and the others."""

    upper: list[Text]
    lower: list[Text]
    picture: Panel
    picture_from: int

    @property
    def up(self) -> int:
        """The rows from the first one of the picture to the end of the upper part."""
        return len(self.upper) - self.picture_from


def view(
    heading: Page, body: Page, draw: Draw, width: int, height: int | None = None
) -> View | None:
    """
    Return *heading*, then *body* beside the picture, in *height* rows if it can be.

    Gaps and the column of labels go first, then the picture is smaller. Without a
    *height* the page is longer than any screen, and nothing is tried. ``None`` if there
    is no picture.
    """
    if width < _NARROWEST_WITH_PICTURE:
        return _below_each_other(heading, body, draw, width)
    sizes = [each for each in _COLUMNS if each <= _USUAL or width >= _WIDE]
    first = 0
    if height is not None and _height(heading, body, width, sizes[0]) > height:
        heading, body = run_in(heading), run_in(body)
        fits = (_height(heading, body, width, size) <= height for size in sizes)
        first = next((at for at, fit in enumerate(fits) if fit), len(sizes) - 1)
    # Of line art there may be none so small: then the next that is larger.
    picture = _first(draw, reversed(sizes[: first + 1]))
    if picture is None:
        return None
    top = page_rows(heading, width)
    words = wrap_beside(body, width, picture.column, len(picture.rows))
    rows = beside(picture, text_rows(words))
    end = len(picture.rows)
    return View([*top, *rows[:end]], rows[end:], picture, len(top))


def _below_each_other(heading: Page, body: Page, draw: Draw, width: int) -> View | None:
    picture = draw(Size(min(width, _USUAL), _rows(_USUAL)))
    if picture is None:
        return None
    top, lower = page_rows(heading, width), page_rows((Line(), *body), width)
    return View([*top, *picture.rows], lower, picture, len(top))


def _rows(columns: int) -> int:
    return columns * 2 // 3 - 2


def _height(heading: Page, body: Page, width: int, columns: int) -> int:
    """Return the rows of a page with a picture of *columns*, or a few more."""
    high = _rows(columns) + _CAPTION
    rows = wrap_beside(body, width, columns + GUTTER, high)
    return len(wrap(heading, width)) + max(high, len(rows))


def _first(draw: Draw, sizes: Iterable[int]) -> Panel | None:
    drawn = (draw(Size(columns, _rows(columns))) for columns in sizes)
    return next((picture for picture in drawn if picture is not None), None)
