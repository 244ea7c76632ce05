"""
How a command prints: with colour on a terminal, bare in a pipe.

Rich is imported only for tables and maps on a terminal.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Sequence
from typing import TextIO

from acupress.figures.modes import Mode, mode_for
from acupress.terminal import ansi, leaflets
from acupress.terminal.ansi import Paint
from acupress.terminal.leaflets import Drawing, Leaflet
from acupress.text.layout import Page, columns, encodable

# What a terminal may claim for a width; outside of it, something is wrong.
_NARROWEST, _WIDEST = 20, 500
_TABLE = 40  # columns below which a table has no room for whole words


def print_page(page: Page, to: TextIO | None = None) -> None:
    """Print *page* to standard output, or to *to*."""
    to = to or sys.stdout
    page = encodable(page, to.encoding)
    _print(leaflets.rows(page, width(), output_paint(to)), to)


def print_leaflet(leaflet: Leaflet, drawing: Drawing | None) -> None:
    """Print *leaflet* with its *drawing* beside the words, or above them."""
    if drawing is None:
        print_page(leaflet.page)
        return
    leaflet = leaflets.in_encoding(leaflet, sys.stdout.encoding)
    laid = (
        leaflets.picture_beside
        if leaflets.is_beside(width())
        else leaflets.picture_above
    )
    _print(laid(leaflet, drawing, width(), output_paint(sys.stdout)), sys.stdout)


def print_rows(rows: Sequence[object]) -> None:
    """Print rows that Rich made; without colour where there is none."""
    _print_rich(rows, sys.stdout)


def print_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print *rows* in columns; in a pipe, or with no room, nothing is wrapped."""
    if output_paint(sys.stdout) is Paint.NONE or width() < _TABLE:
        print(columns(header, rows))
        return
    from acupress.terminal.render import table  # noqa: PLC0415

    _print_rich([table(header, rows)], sys.stdout)


def width() -> int:
    """Return how many columns there are, within reason."""
    return min(max(shutil.get_terminal_size().columns, _NARROWEST), _WIDEST)


def output_paint(to: TextIO) -> Paint:
    """Return what rows may be painted with on their way to *to*."""
    return ansi.paint(os.environ, terminal=to.isatty())


def output_colours(to: TextIO) -> int:
    """Return how many colours may be written to *to*; 0 is none."""
    return ansi.colours(os.environ, terminal=to.isatty())


def mode(wanted: str = "auto") -> Mode | None:
    """Return how to draw on standard output, as *wanted*; ``None`` is not at all."""
    return mode_for(
        wanted,
        terminal=sys.stdout.isatty(),
        dumb=ansi.dumb(os.environ),
        utf8=sys.stdout.encoding.lower().startswith("utf"),
        colours=output_colours(sys.stdout),
    )


def _print(rows: Iterable[str], to: TextIO) -> None:
    print("\n".join(rows), file=to)


def _print_rich(rows: Sequence[object], to: TextIO) -> None:
    from rich.console import Console  # noqa: PLC0415

    shades = output_paint(to) is not Paint.COLOURS
    console = Console(
        file=to, width=width(), markup=False, highlight=False, no_color=shades
    )
    if to.isatty():
        for row in rows:
            console.print(row, soft_wrap=True)
        return
    with console.capture() as written:  # or it is flushed row by row
        for row in rows:
            console.print(row, soft_wrap=True)
    print(written.get(), end="", file=to)
