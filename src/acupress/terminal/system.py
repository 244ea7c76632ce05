"""Selects the keyboard, clocks and output of this operating system."""

from __future__ import annotations

import sys

if sys.platform == "win32":
    from acupress.terminal.windows import (
        can_write,
        cell_pixels,
        is_terminal,
        keyboard,
        running,
        uptime,
        write,
    )
else:
    from acupress.terminal.posix import (
        can_write,
        cell_pixels,
        is_terminal,
        keyboard,
        running,
        uptime,
        write,
    )

__all__ = [
    "both_ends",
    "can_write",
    "cell_pixels",
    "is_terminal",
    "keyboard",
    "running",
    "uptime",
    "write",
]


def both_ends() -> bool:
    """Tell whether the program is interactive: stdin and stdout are terminals."""
    return is_terminal(0) and is_terminal(1)
