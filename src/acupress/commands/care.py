"""``acupress care``: self-care for an ordinary sore back, on one screen."""

from __future__ import annotations

from acupress.advice import CARE
from acupress.commands.printing import print_page


def run() -> None:
    """Say how to look after an ordinary sore back, besides pressing points."""
    print_page(CARE)
