"""Shell completion of routine ids and point codes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from acupress.catalogue.loading import load_points, load_routines
from acupress.model import PointKind
from acupress.session.screening import Caution


def complete_points(incomplete: str) -> Iterator[tuple[str, str]]:
    """Offer the codes of taught points that begin with *incomplete*, with names."""
    for point in load_points().values():
        if point.kind is PointKind.TAUGHT and point.code.startswith(incomplete.upper()):
            yield point.code, point.name


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


def cautions(incomplete: str) -> Iterator[str]:
    """Offer ``none``, and keys after those that are there, with commas between."""
    if "none".startswith(incomplete):
        yield "none"
    yield from _listed(incomplete, (caution.value for caution in Caution))


def point_list(incomplete: str) -> Iterator[str]:
    """Offer the codes of taught points after those that are there."""
    return _listed(
        incomplete.upper(),
        (each.code for each in load_points().values() if each.kind is PointKind.TAUGHT),
    )


def _listed(incomplete: str, words: Iterable[str]) -> Iterator[str]:
    before, comma, word = incomplete.rpartition(",")
    there = before.split(",")
    for each in words:
        if each.startswith(word) and each not in there:
            yield f"{before}{comma}{each}"
