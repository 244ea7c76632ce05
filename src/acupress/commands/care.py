"""``acupress care``: self-care for an ordinary sore back, on one screen."""

from __future__ import annotations

from acupress.terminal.printing import print_page
from acupress.text.advice import CARE


def run() -> None:
    """Say how to look after an ordinary sore back, besides pressing points."""
    print_page(CARE)
