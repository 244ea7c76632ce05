"""
Leaflets: what is said of one point, laid out for a terminal or for a pipe.

They are plain values that go into JSON and come back, so that the wheel can carry
the leaflets of all taught points ready made (``bindery.py`` writes them). One is
used only as long as every file it was made of is what it was then, byte for byte.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any, TypeVar

from acupress import __version__
from acupress.figures.modes import Mode
from acupress.terminal.ansi import Paint, painted
from acupress.text.layout import Line, Page, Tone, encodable, panel_size, wrap

T = TypeVar("T")

READY = "ready"
"""The folder of ready leaflets, inside the bundled data."""

TABLE = "all-points"
"""The name of the ready table of all points."""

Cells = Sequence[str]

Room = tuple[int, int]
"""The columns and the rows, caption included, that a drawing may take."""

# As many rows of the screen may a drawing take, with what is around it beside the
# words, and on its own above them, when the words can scroll.
_ROWS, _COLUMNS_ABOVE, _ROWS_ABOVE = 26, 31, 22

# Columns between a picture and the words beside it.
_GUTTER = "  "


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture in its colours: its rows, each *width* cells wide."""

    rows: tuple[str, ...]
    width: int


@dataclass(frozen=True, slots=True)
class Leaflet:
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


def to_json(
    leaflet: Leaflet, drawings: Mapping[str, Drawing], made_of: Mapping[str, int]
) -> str:
    """Return *leaflet*, its *drawings* by their name, and what it was made of."""
    document = {
        **_stamp(made_of),
        "heading": _packed(leaflet.heading),
        "body": _packed(leaflet.body),
        "drawings": {
            name: [drawing.width, *drawing.rows] for name, drawing in drawings.items()
        },
    }
    return json.dumps(document, ensure_ascii=False)


def drawing_name(mode: Mode, room: Room) -> str:
    """Return what the drawing of a leaflet is called that is so made for *room*."""
    columns, height = room
    return f"{mode.value} {columns}x{height}"


def read_leaflet(data: Path, code: str) -> tuple[Leaflet, dict[str, Drawing]] | None:
    """
    Return the ready leaflet of the point *code* and its drawings by their name.

    ``None`` where there is none, or none that still says what *data* says.
    """
    return _ready(data, code, _leaflet)


def table_json(header: Cells, rows: Iterable[Cells], made_of: Mapping[str, int]) -> str:
    """Return the table of all points, and what it was made of."""
    document = {**_stamp(made_of), "table": [header, *rows]}
    return json.dumps(document, ensure_ascii=False)


def read_table(data: Path) -> list[list[str]] | None:
    """Return the ready table, its header first; ``None`` as for a leaflet."""
    return _ready(data, TABLE, lambda document: document["table"])


def fingerprints(data: Path, names: Iterable[str]) -> dict[str, int]:
    """Return a number for each file of *names* that changes when the file does."""
    return {name: zlib.crc32((data / name).read_bytes()) for name in names}


def _stamp(made_of: Mapping[str, int]) -> dict[str, object]:
    return {"version": __version__, "made_of": dict(made_of)}


def _ready(data: Path, name: str, made: Callable[[dict[str, Any]], T]) -> T | None:
    """Return what *made* makes of a file that still holds; else ``None``."""
    file = f"{name}.json"
    try:
        # Looked up, and not just opened: some systems have files in every folder.
        if file not in os.listdir(data / READY):  # noqa: PTH208 - Path is slower
            return None
        document = json.loads((data / READY / file).read_text("utf-8"))
        made_of = document["made_of"]
        if document["version"] == __version__ and made_of == fingerprints(
            data, made_of
        ):
            return made(document)
    except (OSError, ValueError, KeyError, TypeError):
        pass  # damaged: the catalogue itself will tell whether that matters
    return None


def _leaflet(document: dict[str, Any]) -> tuple[Leaflet, dict[str, Drawing]]:
    drawings = {
        name: Drawing(tuple(rows), width)
        for name, (width, *rows) in document["drawings"].items()
    }
    return Leaflet(_page(document["heading"]), _page(document["body"])), drawings


def _packed(page: Page) -> list[list[object]]:
    return [
        [line.text, line.tone.value, line.label, line.indent, line.struck]
        for line in page
    ]


def _page(packed: list[list[Any]]) -> Page:
    return tuple(
        Line(text, Tone(tone), label, indent, struck)
        for text, tone, label, indent, struck in packed
    )
