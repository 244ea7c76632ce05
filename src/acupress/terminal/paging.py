"""
Shows output that is longer than the terminal in a pager.

The pager is that of Python's ``pydoc``: ``PAGER``, else ``less``, else ``more``.
"""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from io import BytesIO, TextIOWrapper

from acupress.paths import find_program
from acupress.terminal import colours

_IMAGES = ("\x1b_G", "\x1bP")  # no pager can show the picture of a point
_LESS = "FIRX"  # quit if it fits, ignore case, keep colours, leave the screen alone


class _HeldBack(TextIOWrapper):
    """What is printed for a terminal, until its length is known."""

    def isatty(self) -> bool:
        """Return true, so that colours and pictures are as on the terminal."""
        return True


@contextmanager
def paging(*, allowed: bool) -> Iterator[None]:
    """Hold back what is printed; show it in a pager if that is *allowed* and needed."""
    if not (allowed and _can_page()):
        yield
        return
    held = _HeldBack(BytesIO(), encoding=sys.stdout.encoding, newline="\n")
    try:
        with redirect_stdout(held):
            yield
    finally:
        held.seek(0)
        text = held.read()
        image = any(start in text for start in _IMAGES)
        if image or text.count("\n") < shutil.get_terminal_size().lines:
            sys.stdout.write(text)
        else:
            _page(text)


def _can_page() -> bool:
    both_ends = sys.stdin and sys.stdin.isatty() and sys.stdout.isatty()
    return bool(both_ends) and not colours.dumb(os.environ) and _pager_is_there()


def _pager_is_there() -> bool:
    """Tell whether ``PAGER`` is unset or can be started; pydoc would show nothing."""
    wanted = os.environ.get("PAGER")
    if wanted is None:
        return True
    try:
        command = shlex.split(wanted)
    except ValueError:
        return False
    return bool(command) and find_program(command[0]) is not None


def _page(text: str) -> None:
    import pydoc  # noqa: PLC0415 - slow to import, and seldom needed

    os.environ.setdefault("LESS", _LESS)
    sys.stdout.flush()
    pydoc.pager(text)
