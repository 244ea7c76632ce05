"""
Large letters and shapes, made of block elements or plain characters.

Each glyph is five rows of pixels. Larger ones repeat each pixel, so one small font
serves every size; fonts of libraries have one size each.
"""

from __future__ import annotations

from functools import lru_cache
from math import sqrt

ROWS = 5
"""Rows of pixels of a glyph."""

_GLYPHS = {
    "0": ("###", "# #", "# #", "# #", "###"),
    "1": (" # ", "## ", " # ", " # ", "###"),
    "2": ("###", "  #", "###", "#  ", "###"),
    "3": ("###", "  #", "###", "  #", "###"),
    "4": ("# #", "# #", "###", "  #", "  #"),
    "5": ("###", "#  ", "###", "  #", "###"),
    "6": ("###", "#  ", "###", "# #", "###"),
    "7": ("###", "  #", "  #", "  #", "  #"),
    "8": ("###", "# #", "###", "# #", "###"),
    "9": ("###", "# #", "###", "  #", "###"),
    "A": ("###", "# #", "###", "# #", "# #"),
    "B": ("## ", "# #", "## ", "# #", "## "),
    "C": ("###", "#  ", "#  ", "#  ", "###"),
    "D": ("## ", "# #", "# #", "# #", "## "),
    "E": ("###", "#  ", "## ", "#  ", "###"),
    "F": ("###", "#  ", "## ", "#  ", "#  "),
    "G": ("###", "#  ", "# #", "# #", "###"),
    "H": ("# #", "# #", "###", "# #", "# #"),
    "I": ("#", "#", "#", "#", "#"),
    "L": ("#  ", "#  ", "#  ", "#  ", "###"),
    "M": ("#   #", "## ##", "# # #", "#   #", "#   #"),
    "N": ("#  #", "## #", "# ##", "#  #", "#  #"),
    "O": ("###", "# #", "# #", "# #", "###"),
    "P": ("###", "# #", "###", "#  ", "#  "),
    "R": ("###", "# #", "## ", "# #", "# #"),
    "S": ("###", "#  ", "###", "  #", "###"),
    "T": ("###", " # ", " # ", " # ", " # "),
    "U": ("# #", "# #", "# #", "# #", "###"),
    " ": ("  ", "  ", "  ", "  ", "  "),
}
_HALVES = {"##": "█", "# ": "▀", " #": "▄", "  ": " "}


@lru_cache(maxsize=64)
def large(text: str, wide: int, tall: int, *, blocks: bool) -> tuple[str, ...]:
    """Return *text* with pixels of *wide* columns and *tall* rows."""
    rows = [_stretched(row, wide, blocks=blocks) for row in _pixels(text)]
    return tuple(row for row in rows for _ in range(tall))


def half(text: str) -> tuple[str, ...]:
    """Return *text* in three rows: half blocks put two pixels into a cell."""
    rows = _pixels(text)
    rows.append(" " * len(rows[0]))
    return tuple(
        "".join(_HALVES[upper + lower] for upper, lower in zip(*pair, strict=True))
        for pair in zip(rows[::2], rows[1::2], strict=True)
    )


def swelling(part: float, width: int, rows: int, *, blocks: bool) -> list[str]:
    """Return a lens of *rows* in *width* columns; *part*, 0 to 1, is its share."""
    half_width = max(1.0, part * width / 2)
    spans = []
    for row in range(rows):
        off = abs(row + 0.5 - rows / 2) / (rows / 2) if rows > 1 else 0.0
        reach = round(half_width * sqrt(1.0 - off * off))
        spans.append((("█" if blocks else "o") * (2 * reach)).center(width))
    return spans


def _pixels(text: str) -> list[str]:
    return [" ".join(_GLYPHS[each][row] for each in text) for row in range(ROWS)]


def _stretched(row: str, wide: int, *, blocks: bool) -> str:
    mark = "█" if blocks else "#"
    return "".join((mark if pixel == "#" else " ") * wide for pixel in row)
