"""Renders a scene as ASCII line art, for terminals without colour or UTF-8."""

from __future__ import annotations

from typing import TYPE_CHECKING

from acupress.figures.overlay import GlyphSet, Ground, Layer, overlay
from acupress.figures.scenes import OFF_BODY
from acupress.figures.spans import Ink, Rows, merged

if TYPE_CHECKING:
    from acupress.figures.scenes import LineArt, Mark

GLYPHS = GlyphSet(active="(X)", other="( )", landmark="+", across="-", down=":")
_PLAIN = Ink()


def ascii_art(art: LineArt, marks: tuple[Mark, ...]) -> Rows:
    """Return *art* with marks and labels, without colour."""
    rows = [list(line) for line in art.lines]
    ground = Ground(
        art.grid, GLYPHS, lambda cell: float(rows[cell[1]][cell[0]] != OFF_BODY)
    )
    laid = overlay(marks, ground)
    for (column, row), glyph in laid.items():
        if glyph.layer is Layer.NUMBER:
            for beside in {column - 1, column + 1} & set(range(art.grid.columns)):
                rows[row][beside] = " "
    for (column, row), glyph in laid.items():
        rows[row][column] = glyph.character
    return tuple(
        merged((" " if each == OFF_BODY else each, _PLAIN) for each in row)
        for row in rows
    )
