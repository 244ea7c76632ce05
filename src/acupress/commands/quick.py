"""
The commonest questions, answered from what the wheel carries ready made.

Typer, the catalogue and Rich take longer to load than these take to answer.
Nothing is decided here: whatever is not exactly one of the forms below goes the
long way, and so does everything once a person has files of their own.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from acupress import __version__
from acupress.paths import bundled, has_own_files
from acupress.terminal import leaflets
from acupress.terminal.ansi import Paint
from acupress.terminal.printing import mode, output_paint, print_leaflet, width
from acupress.text.layout import columns


def answer_quickly(arguments: Sequence[str]) -> bool:
    """Answer ``--version``, ``show CODE`` or ``list``; ``False`` if it is not that."""
    match arguments:
        case ["--version"]:
            print(f"acupress {__version__}")
            return True
        case ["show", code]:
            return not has_own_files(os.environ) and _showed(code.upper())
        case ["list"] | ["list", "--region", _] if (
            output_paint(sys.stdout) is Paint.NONE
        ):
            return not has_own_files(os.environ) and _listed(*arguments[2:])
        case _:
            return False


def _showed(code: str) -> bool:
    ready = leaflets.read_leaflet(bundled(), code)
    if ready is None:
        return False
    leaflet, drawings = ready
    chosen = mode()
    name = chosen and leaflets.drawing_name(chosen, leaflets.leaflet_room(width()))
    if name and name not in drawings:
        return False
    print_leaflet(leaflet, drawings[name] if name else None)
    return True


def _listed(region: str = "") -> bool:
    table = leaflets.read_table(bundled())
    if table is None:
        return False
    header, *rows = table
    chosen = [row for row in rows if not region or region in row[_USED_FOR].split(", ")]
    if not chosen:
        return False
    print(columns(header, chosen))
    return True


_USED_FOR = 2  # the column of the table that names the aches
