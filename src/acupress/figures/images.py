"""
Grey images of the body, and their reduction to the pixels of character cells.

An image is stored as bytes, each row XOR the one above, so that zlib alone reads it.
"""

from __future__ import annotations

import base64
import struct
import zlib
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from acupress.figures.frames import Box, Frame

PANEL = 26
"""The grey of the background, on which nothing is drawn; the body has others."""

Pixels = tuple[tuple[int, ...], ...]
"""Rows of greys, 0 to 255."""


@dataclass(frozen=True, slots=True)
class GreyImage:
    """An image of *box*, in millimetres; *rows* has a byte per pixel."""

    box: Box
    rows: tuple[bytes, ...]

    @classmethod
    def load(cls, stored: Mapping[str, Any]) -> GreyImage:
        """Return an image as it was stored by `store`."""
        data = zlib.decompress(base64.b64decode(stored["grey"]))
        width = stored["width"]
        left, top, right, bottom = stored["box"]
        rows = [data[at : at + width] for at in range(0, len(data), width)]
        return cls((left, top, right, bottom), tuple(accumulate(rows, _xor)))

    def store(self) -> dict[str, Any]:
        """Return the image as JSON has it."""
        changes = (self.rows[0], *map(_xor, self.rows[1:], self.rows))
        grey = base64.b64encode(zlib.compress(b"".join(changes), 9)).decode()
        return {"box": self.box, "width": len(self.rows[0]), "grey": grey}

    def mirrored(self) -> GreyImage:
        """Return the image mirrored at x = 0."""
        left, top, right, bottom = self.box
        return GreyImage(
            (-right, top, -left, bottom), tuple(row[::-1] for row in self.rows)
        )

    def means(self, grid: Frame) -> Pixels:
        """Return the mean greys of 2 x 2 pixels a cell of *grid*."""
        wide, high = grid.width / 2, grid.height / 2
        lefts = [self._column(grid.left + step * wide) for step in _upto(grid.columns)]
        tops = [self._row(grid.top + step * high) for step in _upto(grid.rows)]
        lanes = [_widened(row) for row in self.rows]
        return tuple(
            _means(lanes[above:below], len(self.rows[0]), lefts)
            for above, below in pairwise(tops)
        )

    def _column(self, x: float) -> int:
        """Return the number of pixels to the left of *x*, in millimetres."""
        left, _, right, _ = self.box
        return _pixel((x - left) / (right - left), len(self.rows[0]))

    def _row(self, y: float) -> int:
        """Return the number of rows of pixels above *y*, in millimetres."""
        _, top, _, bottom = self.box
        return _pixel((y - top) / (bottom - top), len(self.rows))


def _upto(cells: int) -> range:
    return range(2 * cells + 1)


def _pixel(share: float, pixels: int) -> int:
    return min(max(round(share * pixels), 0), pixels)


def _widened(row: bytes) -> int:
    """Return a number with two bytes a pixel, to add up to 257 rows at once."""
    wide = bytearray(2 * len(row))
    wide[::2] = row
    return int.from_bytes(wide, "little")


def _means(lanes: Sequence[int], width: int, lefts: Sequence[int]) -> tuple[int, ...]:
    """Return the mean of the rows *lanes* between each two of *lefts*."""
    if not lanes:
        return (PANEL,) * (len(lefts) - 1)
    added = sum(lanes).to_bytes(2 * width, "little")
    columns = struct.unpack(f"<{width}H", added)
    upto = (0, *accumulate(columns))
    return tuple(
        (upto[right] - upto[left]) // (len(lanes) * (right - left))
        if right > left
        else PANEL
        for left, right in pairwise(lefts)
    )


def _xor(row: bytes, other: bytes) -> bytes:
    return (int.from_bytes(row) ^ int.from_bytes(other)).to_bytes(len(row))
