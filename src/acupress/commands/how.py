"""``acupress how``: how to press a point, on one screen."""

from __future__ import annotations

from acupress.terminal.printing import print_page
from acupress.text.advice import HOW


def run() -> None:
    """Say how to press a point, how firmly, and when not to."""
    print_page(HOW)
