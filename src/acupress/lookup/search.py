"""
Points by what they are called, where they lie and what they are used for.

Every word that is asked for must fit something that is known of a point, spelling
mistakes forgiven. What fits best comes first, and a taught point before another
that fits as well. It is a search, never a choice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from acupress.lookup.resolve import fold
from acupress.model import Point, PointKind

# How much each kind of knowledge counts: a name names a point, a place only
# narrows it down, and the way to it passes by other places. Our own choice,
# settled by looking at what comes first.
_NAME, _USE, _PLACE, _WAY = 3.0, 2.0, 1.0, 0.5

# A word with one letter wrong in six is still that word; less is another word.
_CLOSE = 0.82

_SHORTEST_PART = 3
_EMPTY = frozenset({"a", "an", "and", "at", "in", "my", "of", "on", "or", "the", "to"})


def find(words: str, points: Iterable[Point]) -> list[Point]:
    """Return the points that fit all of *words*, best first; maybe none."""
    wanted = [fold(word) for word in _words(words) if word.lower() not in _EMPTY]
    scored = [(_score(wanted, point), point) for point in points if wanted]
    fitting = [(score, point) for score, point in scored if score > 0]
    return [point for _, point in sorted(fitting, key=_order)]


def _order(scored: tuple[float, Point]) -> tuple[float, bool, str]:
    score, point = scored
    return -score, point.kind is not PointKind.TAUGHT, point.code


def _score(wanted: list[str], point: Point) -> float:
    """Return how well *point* fits; nothing if one of the words fits nothing."""
    known = list(_known(point))
    best = [max(_fit(word, known), default=0.0) for word in wanted]
    return sum(best) if all(best) else 0.0


def _known(point: Point) -> Iterator[tuple[float, str]]:
    """Give each word known of *point*, with how much it counts."""
    names = (point.code, point.name, point.pinyin, point.hanzi, *point.aliases)
    uses = (*point.traditional, *(region.value for region in point.regions))
    for weight, texts in (
        (_NAME, names),
        (_USE, uses),
        (_PLACE, (point.body.value, point.where)),
        (_WAY, (point.find,)),
    ):
        for text in texts:
            yield from ((weight, fold(word)) for word in _words(text))
    for name in names:
        yield _NAME, fold(name)


def _fit(word: str, known: list[tuple[float, str]]) -> Iterator[float]:
    for weight, other in known:
        if word == other:
            yield weight
        elif len(word) >= _SHORTEST_PART and other.startswith(word):
            yield weight * 0.9
        elif _alike(word, other):
            yield weight * 0.7


def _alike(word: str, other: str) -> bool:
    if min(len(word), len(other)) <= _SHORTEST_PART or any(map(str.isdigit, word)):
        return False
    matcher = SequenceMatcher(None, word, other)
    return matcher.quick_ratio() >= _CLOSE and matcher.ratio() >= _CLOSE


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)
