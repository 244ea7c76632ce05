"""
Prints the output of commands: in colour on a terminal, plain in a pipe.

Rich is imported lazily, and only where there are colours or pictures.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from io import BytesIO, TextIOWrapper
from typing import TYPE_CHECKING, TextIO

from acupress.figures.modes import Mode, mode_for
from acupress.terminal import colours
from acupress.terminal.colours import Background, Paint
from acupress.text.layout import Page, columns, encodable, plain_text

if TYPE_CHECKING:
    from acupress.terminal.images import Graphics
    from acupress.terminal.point_view import Draw
    from acupress.terminal.render import Panel
    from acupress.text.tables import Table

# Limits to the width that a terminal may report.
_NARROWEST, _WIDEST = 20, 500
_TABLE = 40  # columns below which a table would break words


def print_page(page: Page, to: TextIO | None = None) -> None:
    """Print *page* to *to*, by default standard output."""
    to = to or sys.stdout
    page = encodable(page, to.encoding)
    if output_paint(to) is Paint.NONE:
        print(plain_text(page, width()), file=to)
        return
    from acupress.terminal.render import page_rows  # noqa: PLC0415 - loads Rich

    print_rows(page_rows(page, width()), to)


def print_point(
    heading: Page,
    body: Page,
    draw: Draw,
    graphics: Graphics | None = None,
    *,
    one_screen: bool,
) -> bool:
    """
    Print *heading*, then *body* beside the picture, and tell whether there is one.

    With *one_screen* the picture is small enough to leave all of it on the screen.
    """
    from acupress.terminal.point_view import view  # noqa: PLC0415 - loads Rich

    heading, body = (encodable(page, sys.stdout.encoding) for page in (heading, body))
    height = shutil.get_terminal_size().lines - 1 if one_screen else None
    shown = view(heading, body, draw, width(), height)
    if shown is None:
        return False
    print_rows(shown.upper)
    _lay_image(shown.picture, graphics, shown.up)
    print_rows(shown.lower)
    return True


def _lay_image(picture: Panel, graphics: Graphics | None, up: int) -> None:
    """Put the image of *picture* over what was printed, from *up* rows above on."""
    if graphics is None:
        return
    from acupress.terminal.frame import Frame  # noqa: PLC0415 - loads Rich

    many = colours.colours(os.environ, terminal=True)
    shown = Frame(many, Background.UNKNOWN, graphics).image_of(
        picture, lambda row, at: f"\x1b8\x1b[{up + 1 - row}A\x1b[{at}G", lasting=True
    )
    print(f"\x1b7{shown}\x1b8", end="", flush=True)


def print_table(table: Table) -> None:
    """Print *table*; in a pipe or a narrow window as plain columns, not wrapped."""
    if output_paint(sys.stdout) is Paint.NONE or width() < _TABLE:
        print(columns(table.header, table.rows))
        if table.note:
            print_page(table.note)
        return
    from acupress.terminal.render import table_rows  # noqa: PLC0415 - loads Rich

    print_rows(table_rows(table, width()))
    print_page((*table.note, *table.after))


def width() -> int:
    """Return the columns of the terminal, from 20 to 500; COLUMNS overrides it."""
    return min(max(shutil.get_terminal_size().columns, _NARROWEST), _WIDEST)


def output_paint(to: TextIO) -> Paint:
    """Return the attributes that may be written to *to*."""
    return colours.paint(os.environ, terminal=to.isatty())


def mode(wanted: str = "auto") -> Mode | None:
    """Return the drawing mode for standard output; ``None`` is no pictures."""
    return mode_for(
        wanted,
        terminal=sys.stdout.isatty(),
        dumb=colours.dumb(os.environ),
        utf8=sys.stdout.encoding.lower().startswith("utf"),
        colours=colours.colours(os.environ, terminal=sys.stdout.isatty()),
    )


def print_rows(rows: Sequence[object], to: TextIO | None = None) -> None:
    """Print Rich renderables to *to*, by default standard output."""
    from rich.console import Console  # noqa: PLC0415 - loads Rich
    from rich.theme import Theme  # noqa: PLC0415

    to = to or sys.stdout
    # Rich flushes after each row, and a pipe is to get everything in one write.
    target = to if to.isatty() else TextIOWrapper(BytesIO(), encoding=to.encoding)
    paint = output_paint(to)
    many = colours.colours(os.environ, terminal=to.isatty())
    console = Console(
        file=target,
        width=width(),
        markup=False,
        highlight=False,
        no_color=paint is not Paint.COLOURS,
        force_terminal=True if paint is not Paint.NONE else None,
        theme=Theme(colours.palette(Background.UNKNOWN, many)),
    )
    for row in rows:
        console.print(row, soft_wrap=True)
    if target is not to:
        target.seek(0)
        to.write(target.read())
