"""
Prints the output of commands: in colour on a terminal, plain in a pipe.

Rich is imported lazily, for tables and maps on a terminal.
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

# Limits to the width that a terminal may report.
_NARROWEST, _WIDEST = 20, 500
_TABLE = 40  # columns below which a table would break words


def print_page(page: Page, to: TextIO | None = None) -> None:
    """Print *page* to *to*, by default standard output."""
    to = to or sys.stdout
    page = encodable(page, to.encoding)
    _print(leaflets.rows(page, width(), output_paint(to)), to)


def print_leaflet(leaflet: Leaflet, drawing: Drawing | None) -> None:
    """Print *leaflet* with its *drawing*, if any, beside the text or above it."""
    if drawing is None:
        print_page(leaflet.page)
        return
    leaflet = leaflets.in_encoding(leaflet, sys.stdout.encoding)
    lay_out = (
        leaflets.picture_beside
        if leaflets.is_beside(width())
        else leaflets.picture_above
    )
    _print(lay_out(leaflet, drawing, width(), output_paint(sys.stdout)), sys.stdout)


def print_rows(rows: Sequence[object]) -> None:
    """Print Rich renderables to standard output."""
    _print_rich(rows, sys.stdout)


def print_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table; in a pipe or a narrow window as plain columns, not wrapped."""
    if output_paint(sys.stdout) is Paint.NONE or width() < _TABLE:
        print(columns(header, rows))
        return
    from acupress.terminal.render import table  # noqa: PLC0415 - loads Rich

    _print_rich([table(header, rows)], sys.stdout)


def width() -> int:
    """Return the columns of the terminal, from 20 to 500; COLUMNS overrides it."""
    return min(max(shutil.get_terminal_size().columns, _NARROWEST), _WIDEST)


def output_paint(to: TextIO) -> Paint:
    """Return the attributes that may be written to *to*."""
    return ansi.paint(os.environ, terminal=to.isatty())


def output_colours(to: TextIO) -> int:
    """Return the size of the palette for *to*; 0 is no colour."""
    return ansi.colours(os.environ, terminal=to.isatty())


def mode(wanted: str = "auto") -> Mode | None:
    """Return the drawing mode for standard output; ``None`` is no pictures."""
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
    from rich.console import Console  # noqa: PLC0415 - loads Rich

    shades = output_paint(to) is not Paint.COLOURS
    console = Console(
        file=to, width=width(), markup=False, highlight=False, no_color=shades
    )
    if to.isatty():
        for row in rows:
            console.print(row, soft_wrap=True)
        return
    with console.capture() as captured:  # Rich would flush each row
        for row in rows:
            console.print(row, soft_wrap=True)
    print(captured.get(), end="", file=to)
