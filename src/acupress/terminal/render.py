"""Renders pages, tables and pictures as Rich objects; pure, without I/O."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest

from rich.box import SIMPLE_HEAD
from rich.color import Color
from rich.style import Style
from rich.table import Table
from rich.text import Span, Text

from acupress.figures.drawing import Ink, Picture, Rows
from acupress.figures.raster import Raster
from acupress.text.layout import Line, Row, Tone, wrap

GUTTER = 2
"""Columns between a picture and the text beside it."""


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """
    A fixed picture at the left of the screen; compared by identity.

    A *raster* lies under the first *raster_rows* of its *rows*, which label it.
    """

    rows: tuple[Text, ...]
    width: int
    raster: Raster | None = None
    raster_rows: int = 0

    @property
    def column(self) -> int:
        """The column, from 0, at which the text beside it starts."""
        return self.width + GUTTER


def page_rows(page: Iterable[Line], width: int) -> list[Text]:
    """Return *page* as rows of at most *width* columns."""
    return text_rows(wrap(page, width))


def styled(*parts: str | tuple[str, str]) -> Text:
    """Return *parts*, texts or pairs of text and style, as a row."""
    # Text.assemble does the same, checks each part, and takes four times as long.
    plain, spans = "", []
    for part in parts:
        text, style = (part, "") if isinstance(part, str) else part
        if style and text:
            spans.append(Span(len(plain), len(plain) + len(text), style))
        plain += text
    return Text(plain, spans=spans)


def text_rows(rows: Iterable[Row]) -> list[Text]:
    """Return *rows* in the styles of their tones; equal rows may be one object."""
    return [_row(row) for row in rows]


# Columns that are never wrapped, however narrow the others become.
_WHOLE = {"point", "pregnancy"}


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    """Return a Rich table that wraps its cells and never truncates them."""
    made = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="title")
    for name in header:
        made.add_column(Text(name), overflow="fold", no_wrap=name in _WHOLE)
    for cells in rows:
        made.add_row(*(Text(cell, style=_CELLS.get(cell, "")) for cell in cells))
    return made


def panel(drawn: Picture, height: int | None = None) -> Panel:
    """Return *drawn* and the caption below it, or exactly *height* rows of that."""
    width = max(sum(len(span.text) for span in row) for row in drawn.rows)
    caption = [Text(row.plain, "quiet") for row in wrap((Line(drawn.caption),), width)]
    rows = [*picture_rows(drawn.rows), *caption]
    if height is not None:
        rows = [*rows, *[Text()] * (height - len(rows))][:height]
    return Panel(tuple(rows), width, drawn.raster, len(drawn.rows))


def beside(picture: Panel, words: Iterable[Text]) -> list[Text]:
    """Return the rows of *picture* with *words* to their right, and on below them."""
    rows = []
    for left, right in zip_longest(picture.rows, words):
        if left is None:
            rows.append(right)
        else:
            gap = " " * (picture.column - left.cell_len)
            rows.append(Text.assemble(left, gap, right or Text()))
    return rows


def picture_rows(rows: Rows) -> list[Text]:
    """Return the rows of a picture with its colours."""
    return [
        Text.assemble(*((span.text, _ink(span.ink)) for span in row)) for row in rows
    ]


def _ink(ink: Ink) -> Style:
    return Style(
        color=None if ink.fg is None else Color.from_ansi(ink.fg),
        bgcolor=None if ink.bg is None else Color.from_ansi(ink.bg),
        bold=ink.bold or None,
    )


_CELLS = {"avoid": "warning", "caution": "caution"}


@lru_cache(maxsize=128)  # a session shows the same rows once a second
def _row(row: Row) -> Text:
    tone = row.tone.value
    label = tone if row.tone in {Tone.WARNING, Tone.CAUTION} else "label"
    text = Text.assemble((row.label, label), (row.text, tone))
    if row.struck:
        text.stylize("struck", len(row.label))
    return text
