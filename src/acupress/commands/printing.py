"""
How a command prints: with colour on a terminal, bare in a pipe.

Rich is imported only where there is something to colour.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from typing import TextIO

from acupress.layout import Page, columns, plain, spelt

# What a terminal may claim for a width; outside of it, something is wrong.
_NARROWEST, _WIDEST = 20, 500
_TABLE = 40  # columns below which a table has no room for whole words


def print_page(page: Page, to: TextIO | None = None) -> None:
    """Print *page* to standard output, or to *to*."""
    to = to or sys.stdout
    page = spelt(page, to.encoding)
    if not _colours(to):
        print(plain(page, width()), file=to)
        return
    from acupress.view import page_rows  # noqa: PLC0415

    _print_rich(page_rows(page, width()), to)


def print_rows(rows: Sequence[object]) -> None:
    """Print rows that Rich made; without colour where there is none."""
    _print_rich(rows, sys.stdout)


def print_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print *rows* in columns; in a pipe, or with no room, nothing is wrapped."""
    if not _colours(sys.stdout) or width() < _TABLE:
        print(columns(header, rows))
        return
    from acupress.view import table  # noqa: PLC0415

    _print_rich([table(header, rows)], sys.stdout)


def width() -> int:
    """Return how many columns there are, within reason."""
    return min(max(shutil.get_terminal_size().columns, _NARROWEST), _WIDEST)


def _colours(to: TextIO) -> bool:
    """Tell whether escape sequences may be written to *to*."""
    if os.environ.get("FORCE_COLOR"):
        return True
    return to.isatty() and os.environ.get("TERM", "dumb") not in {"dumb", ""}


def _print_rich(rows: Sequence[object], to: TextIO) -> None:
    from rich.console import Console  # noqa: PLC0415

    console = Console(file=to, width=width(), markup=False, highlight=False)
    for row in rows:
        console.print(row, soft_wrap=True)
