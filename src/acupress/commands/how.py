"""``acupress how``: how to press a point, on one screen."""

from __future__ import annotations

from acupress.advice import HOW
from acupress.commands.printing import print_page


def run() -> None:
    """Say how to press a point, how firmly, and when not to."""
    print_page(HOW)
