"""Renders pages, tables and pictures as Rich objects; pure, without I/O."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, zip_longest
from operator import itemgetter

from rich.cells import cell_len
from rich.color import Color
from rich.style import Style
from rich.table import Table as RichTable
from rich.text import Span, Text

from acupress.figures.drawing import Ink, Picture, Rows
from acupress.figures.raster import Raster
from acupress.text.layout import Line, Row, Tone, wrap
from acupress.text.tables import Table

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


# Columns that are never wrapped, however narrow the others become; and numbers.
_WHOLE, _RIGHT = {"no.", "point", "pregnancy"}, {"minutes", "points"}
# The column that a window of fewer columns does without: words would be broken in it.
_SPARE, _ROOM_FOR_ALL = "used for", 64


def table_rows(table: Table, width: int) -> list[RichTable | Text]:
    """Return *table* as Rich objects that wrap cells and never truncate them."""
    if width < _ROOM_FOR_ALL and _SPARE in table.header:
        table = _without(table, table.header.index(_SPARE))
    widths = _widths(table, width)
    made: list[RichTable | Text] = [_columns(table.header, widths, ())]
    groups = table.groups or [""] * len(table.rows)
    paired = zip(groups, table.rows, strict=True)
    for group, rows in groupby(paired, key=itemgetter(0)):
        if group:
            made.append(Text(group, "heading"))
        made.append(_columns(table.header, widths, [cells for _, cells in rows]))
    return made


def _without(table: Table, at: int) -> Table:
    """Return *table* without the column *at*."""
    header, *rows = (
        (*cells[:at], *cells[at + 1 :]) for cells in (table.header, *table.rows)
    )
    return table._replace(header=header, rows=rows)


def _widths(table: Table, width: int) -> list[int]:
    """Return the width of each column; the widest give way where there is no room."""
    columns = zip(table.header, *table.rows, strict=True)
    widths = [max(map(cell_len, cells)) for cells in columns]
    give = [at for at, name in enumerate(table.header) if name not in _WHOLE]
    while sum(widths) + GUTTER * (len(widths) - 1) > width:
        widest = max(give, key=widths.__getitem__)
        if widths[widest] == 1:
            break
        widths[widest] -= 1
    return widths


def _columns(
    header: Sequence[str], widths: Sequence[int], rows: Sequence[Sequence[str]]
) -> RichTable:
    """Return *rows* in columns of these *widths*, or the *header* without any."""
    part = RichTable(
        box=None,
        padding=(0, GUTTER, 0, 0),
        pad_edge=False,
        show_header=not rows,
        header_style="label",
    )
    for name, width in zip(header, widths, strict=True):
        part.add_column(
            Text(name),
            overflow="fold",
            width=width,
            justify="right" if name in _RIGHT else "left",
        )
    for cells in rows:
        part.add_row(*(Text(cell, style=_CELLS.get(cell, "")) for cell in cells))
    return part


def panel(drawn: Picture, height: int | None = None) -> Panel:
    """Return *drawn* and the caption below it, of that *height* rows at most."""
    width = max(sum(len(span.text) for span in row) for row in drawn.rows)
    caption = [Text(row.plain, "quiet") for row in wrap((Line(drawn.caption),), width)]
    rows = [*picture_rows(drawn.rows), *caption]
    return Panel(tuple(rows[:height]), width, drawn.raster, len(drawn.rows))


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


_ALL_OVER = {Tone.WARNING, Tone.CAUTION, Tone.QUIET}  # tones of a label, too


@lru_cache(maxsize=128)  # a session shows the same rows once a second
def _row(row: Row) -> Text:
    tone = row.tone.value
    label = tone if row.tone in _ALL_OVER else "label"
    text = Text.assemble((row.label, label), (row.text, tone))
    if row.struck:
        text.stylize("struck", len(row.label))
    return text
