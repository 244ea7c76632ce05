"""
Shell completion of routine ids, point codes and names, whatever their case.

What is typed stays as it was typed, since shells pass over whatever begins otherwise;
a name of several words is offered a word at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import typer

from acupress.catalogue.loading import load_points, load_routines
from acupress.model import Point, PointKind
from acupress.session.screening import Caution


def points(context: typer.Context, incomplete: str) -> Iterable[tuple[str, str]]:
    """Offer the codes and names of taught points, each with the point that it means."""
    typed = " ".join((*(context.params.get("name") or ()), incomplete))
    offered: dict[str, str] = {}
    for point in load_points().values():
        if point.kind is PointKind.TAUGHT:
            for word in _words(point, typed, incomplete):
                offered.setdefault(word, f"{point.code} {point.name}")
    return offered.items()


def _words(point: Point, typed: str, incomplete: str) -> Iterator[str]:
    """Offer the next word of each name of *point* that begins with *typed*."""
    begins = len(typed) - len(incomplete)
    for name in (point.code, point.pinyin, point.name):
        if name.lower().startswith(typed.lower()):
            yield _as_typed(name[begins:].partition(" ")[0], incomplete)


def routines(incomplete: str) -> Iterator[tuple[str, str]]:
    """Offer the routine ids that begin with *incomplete*, with their titles."""
    for routine in load_routines():
        if routine.id.startswith(incomplete.lower()):
            yield _as_typed(routine.id, incomplete), routine.title


def names(context: typer.Context, incomplete: str) -> Iterable[tuple[str, str]]:
    """Offer routine ids and, once something is typed, points, each word once."""
    first = not context.params.get("name")
    offered = dict(points(context, incomplete)) if incomplete or not first else {}
    return {**offered, **dict(routines(incomplete) if first else ())}.items()


def _as_typed(word: str, incomplete: str) -> str:
    """Return *word* with its beginning as typed; all of it small if that is."""
    rest = word[len(incomplete) :]
    return incomplete + (rest.lower() if incomplete.islower() else rest)


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
