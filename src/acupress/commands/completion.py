"""Shell completion of routine ids and point codes."""

from __future__ import annotations

import os
from collections.abc import Iterator

from acupress.catalogue.loading import load_points, load_routines
from acupress.model import PointKind
from acupress.paths import bundled, has_own_files
from acupress.terminal.leaflets import read_table


def complete_points(incomplete: str) -> Iterator[tuple[str, str]]:
    """Yield the codes that start with *incomplete*, with their names."""
    for code, name in _codes():
        if code.startswith(incomplete.upper()):
            yield code, name


def _codes() -> Iterator[tuple[str, str]]:
    """Yield the codes and names, from the prebuilt table unless it is outdated."""
    own = has_own_files(os.environ)
    if not own and (table := read_table(bundled())):
        return ((row[0], row[1]) for row in table[1:])
    taught = (p for p in load_points().values() if p.kind is PointKind.TAUGHT)
    return ((point.code, point.name) for point in taught)


def routines(incomplete: str) -> Iterator[tuple[str, str]]:
    """Yield the routine ids that start with *incomplete*, with their titles."""
    for routine in load_routines():
        if routine.id.startswith(incomplete.lower()):
            yield routine.id, routine.title


def names(incomplete: str) -> Iterator[tuple[str, str]]:
    """Yield routine ids and, once something is typed, point codes."""
    yield from routines(incomplete)
    if incomplete:
        yield from complete_points(incomplete)
