"""
Real pictures in a terminal: asks whether it can show any, and encodes them.

Three protocols: kitty's graphics (https://sw.kovidgoyal.net/kitty/graphics-protocol),
iTerm2's inline images (https://iterm2.com/documentation-images.html) and sixel. All are
asked for and never guessed: kitty's by a query that a terminal answers if it
understands it, iTerm2's by the size of a cell (ReportCellSize), as its documentation
says, sixel by the attributes that every terminal answers with (DA1, where 4 is sixel),
and for that one the pixels of a cell (CSI 16 t).

Within tmux, what is between ``DCS tmux;`` and ST reaches the terminal outside, if the
option allow-passthrough is on. Only iTerm2's images are shown so, since they are part
of the cells, which tmux writes over when it shows another window. An image of kitty's
would stay there.
"""

from __future__ import annotations

import base64
import re
import struct
import zlib
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from acupress.figures.raster import BLUE, NOTHING, RED, Raster

_NUMBER = 4711  # of our image; a terminal has one of them at a time

_KITTY_QUERY = f"\x1b_Gi={_NUMBER},s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\"
_CELL_QUERY = "\x1b[16t"
_ITERM_QUERY = "\x1b]1337;ReportCellSize\x1b\\"
# Set by tmux and by screen, which take kitty's query for a title of their window.
_TMUX, _SCREEN = "TMUX", "STY"
# tmux answers for itself, and keeps the attributes of the terminal outside, but not its
# status: that comes last of what was asked through tmux.
_STATUS_QUERY, _STATUS = "\x1b[5n", "\x1b[0n"
_ATTRIBUTES_BEGIN = "\x1b[?"
# Seconds; the answer of a terminal far away takes as long. Through tmux, none comes
# where nothing passes, which is the default.
_PATIENCE, _PATIENCE_WITHIN = 0.25, 0.1

_ITERM_OK = "\x1b]1337;ReportCellSize="
_KITTY_OK = f"\x1b_Gi={_NUMBER};OK\x1b\\"
_CELL = re.compile(r"\x1b\[6;(\d+);(\d+)t")
_ATTRIBUTES = re.compile(r"\x1b\[\?([\d;]*)c")
_SIXEL = "4"
_LARGEST_CELL = 100  # pixels

_CHUNK = 4096  # characters of base64 in one sequence

_COLOURS = {RED: (198, 40, 40), BLUE: (31, 78, 121)}


class Protocol(Enum):
    """How a terminal is sent an image."""

    KITTY = "kitty"
    ITERM2 = "iterm2"
    SIXEL = "sixel"


class Graphics(NamedTuple):
    """
    The protocol of a terminal, and for sixel the pixels of a cell.

    *within* is whether images have to pass through tmux.
    """

    protocol: Protocol
    cell: tuple[int, int] = (0, 0)
    within: bool = False

    @property
    def covers(self) -> bool:
        """Whether an image takes the place of text, which is to be written after it."""
        return self.protocol is Protocol.ITERM2


def query(environment: Mapping[str, str]) -> str:
    """
    Return what to ask a terminal for images, besides `query_through`.

    A request for its attributes (DA1) is to follow, as their answer comes last.
    """
    within = any(environment.get(name) for name in (_TMUX, _SCREEN))
    return _CELL_QUERY if within else _KITTY_QUERY + _ITERM_QUERY + _CELL_QUERY


def query_through(environment: Mapping[str, str]) -> str:
    """
    Return what to ask the terminal outside of tmux, "" where there is no tmux.

    It is to be asked before the alternate screen is entered: tmux then draws all of its
    pane, and passes nothing on until it has.
    """
    return _passed(_ITERM_QUERY + _STATUS_QUERY) if _within_tmux(environment) else ""


def last_reply(environment: Mapping[str, str]) -> tuple[str, float]:
    """Return how the last reply to `query` begins, and the seconds to wait for it."""
    if _within_tmux(environment):
        return _STATUS, _PATIENCE_WITHIN
    return _ATTRIBUTES_BEGIN, _PATIENCE


def _within_tmux(environment: Mapping[str, str]) -> bool:
    return bool(environment.get(_TMUX)) and not environment.get(_SCREEN)


def _passed(text: str) -> str:
    """Return *text* as tmux passes it on to the terminal outside."""
    return "\x1bPtmux;" + text.replace("\x1b", "\x1b\x1b") + "\x1b\\"


def graphics_of(
    replies: Sequence[str], cell: tuple[int, int] | None
) -> Graphics | None:
    """
    Return what a terminal can show that gave *replies*; ``None`` if no images.

    *cell* is the size of a cell in pixels as the system knows it, else it is a reply.
    """
    if _KITTY_OK in replies:
        return Graphics(Protocol.KITTY)
    if any(reply.startswith(_ITERM_OK) for reply in replies):
        return Graphics(Protocol.ITERM2, within=_STATUS in replies)
    sixel = False
    for reply in replies:
        if (found := _CELL.fullmatch(reply)) and cell is None:
            cell = int(found[2]), int(found[1])
        elif found := _ATTRIBUTES.fullmatch(reply):
            sixel = _SIXEL in found[1].split(";")
    if sixel and cell and all(0 < length <= _LARGEST_CELL for length in cell):
        return Graphics(Protocol.SIXEL, cell)
    return None


@lru_cache(maxsize=4)  # both sides of a point, which take turns
def image(
    graphics: Graphics,
    raster: Raster,
    columns: int,
    rows: int,
    *,
    lasting: bool = False,
) -> str:
    """
    Return what shows *raster* in so many cells, from the cursor on.

    It is taken away by `removal`, or by the next one, unless it is *lasting*.
    """
    if graphics.protocol is Protocol.KITTY:
        return kitty(png(raster), columns, rows, 0 if lasting else _NUMBER)
    if graphics.protocol is Protocol.ITERM2:
        shown = iterm(png(raster), columns, rows)
        return _AT_CURSOR + _passed(f"\b{shown}") if graphics.within else shown
    wide, high = columns * graphics.cell[0], rows * graphics.cell[1]
    return sixel(scaled(with_fewer_greys(raster), wide, high))


def removal(graphics: Graphics) -> str:
    """Return what takes the image away; others go when their cells are erased."""
    if graphics.protocol is Protocol.KITTY:
        return f"\x1b_Ga=d,d=I,i={_NUMBER},q=2\x1b\\"
    return ""


# A blank that tmux shows at once, as it does what is not ASCII, and so moves the cursor
# of the terminal outside there; plain text it collects, and what passes overtakes it.
_AT_CURSOR = "\N{NO-BREAK SPACE}"


def iterm(data: bytes, columns: int, rows: int) -> str:
    """Return an image file as iTerm2 takes it: inline, and stretched to its cells."""
    text = base64.b64encode(data).decode()
    size = f"size={len(data)};width={columns};height={rows}"
    return f"\x1b]1337;File=inline=1;{size};preserveAspectRatio=0:{text}\a"


def kitty(data: bytes, columns: int, rows: int, number: int) -> str:
    """
    Return a PNG image as kitty takes it, in chunks; it is not to answer (q=2).

    *number* is its own among the images of the terminal, 0 for none.
    """
    text = base64.b64encode(data).decode()
    chunks = [text[at : at + _CHUNK] for at in range(0, len(text), _CHUNK)]
    name = f"i={number}," if number else ""
    first = f"a=T,f=100,{name}c={columns},r={rows},C=1,q=2,"
    return "".join(
        f"\x1b_G{'' if at else first}m={int(chunk is not chunks[-1])};{chunk}\x1b\\"
        for at, chunk in enumerate(chunks)
    )


def png(raster: Raster) -> bytes:
    """Return *raster* as PNG with a palette, its background transparent."""
    palette = b"".join(bytes(_colour(value)) for value in range(256))
    opaque = bytes(0 if value == NOTHING else 255 for value in range(NOTHING + 1))
    pixels = zlib.compress(b"".join(b"\0" + row for row in raster.rows))
    header = struct.pack(">2I5B", len(raster.rows[0]), len(raster.rows), 8, 3, 0, 0, 0)
    parts = ((b"IHDR", header), (b"PLTE", palette), (b"tRNS", opaque))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(kind, data) for kind, data in (*parts, (b"IDAT", pixels), (b"IEND", b""))
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(kind + data))
    return struct.pack(">I", len(data)) + kind + data + check


def _colour(value: int) -> tuple[int, int, int]:
    return _COLOURS.get(value, (value, value, value))


def scaled(raster: Raster, wide: int, high: int) -> Raster:
    """Return *raster* with *wide* by *high* pixels, each the nearest one of it."""
    width, height = len(raster.rows[0]), len(raster.rows)
    columns = [(2 * x + 1) * width // (2 * wide) for x in range(wide)]
    # A table of 256 bytes translates places into pixels, so many at once.
    parts = [
        (start, bytes(x - start for x in columns if start <= x < start + _TABLE))
        for start in range(0, width, _TABLE)
    ]
    rows = [
        b"".join(
            places.translate(row[start : start + _TABLE].ljust(_TABLE, b"\0"))
            for start, places in parts
        )
        for row in raster.rows
    ]
    return Raster(tuple(rows[(2 * y + 1) * height // (2 * high)] for y in range(high)))


_TABLE = 256


def with_fewer_greys(raster: Raster) -> Raster:
    """Return *raster* in the greys that most of it has, as each costs sixels time."""
    sample = b"".join(raster.rows[::4])
    greys = {*sample} - {RED, BLUE, NOTHING}
    common = sorted(greys, key=sample.count)[-_GREYS:] or [0]
    nearest = bytes(
        value
        if value in {RED, BLUE, NOTHING}
        else min(common, key=lambda grey: abs(grey - value))
        for value in range(256)
    )
    return Raster(tuple(row.translate(nearest) for row in raster.rows))


def sixel(raster: Raster) -> str:
    """Return *raster* as sixels; pixels of the background are left as they are."""
    wide, high = len(raster.rows[0]), len(raster.rows)
    whole = b"".join(dict.fromkeys(raster.rows))
    used = [value for value in range(256) if value != NOTHING and value in whole]
    registers = "".join(
        f"#{value};2;" + ";".join(str(round(part / 2.55)) for part in _colour(value))
        for value in used
    )
    bands = "-".join(
        "$".join(_band(raster.rows[at : at + 6], wide, used))
        for at in range(0, high, 6)
    )
    return f'\x1bP0;1q"1;1;{wide};{high}{registers}{bands}\x1b\\'


_GREYS = 8


def _band(rows: Sequence[bytes], wide: int, used: Sequence[int]) -> Iterator[str]:
    """Yield the pixels of each colour in up to six rows, as one character a column."""
    masks: dict[bytes, int] = {}  # of each row that is not the same as another
    for number, row in enumerate(rows):
        masks[row] = masks.get(row, 0) | 1 << number
    for value in used:
        bits = 0
        for row, mask in masks.items():
            if value in row:
                bits |= int.from_bytes(row.translate(_masked(value, mask)))
        if bits:
            columns = bits.to_bytes(wide).translate(_CHARACTERS).decode("ascii")
            yield f"#{value}{_REPEATED.sub(_shortened, columns.rstrip('?'))}"


@lru_cache(maxsize=256)
def _masked(value: int, mask: int) -> bytes:
    """Return a table that translates *value* to *mask*, and all else to 0."""
    table = bytearray(_TABLE)
    table[value] = mask
    return bytes(table)


_CHARACTERS = bytes(min(value + 63, 126) for value in range(256))
_REPEATED = re.compile(r"\?{4,}|~{4,}")  # others are few, and looking costs more


def _shortened(found: re.Match[str]) -> str:
    return f"!{len(found.group())}{found.group()[0]}"
