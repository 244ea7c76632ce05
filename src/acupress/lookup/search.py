"""
Fuzzy full-text search of points by name, use and place, for ``acupress find``.

Every word of the query must match a word of the point: exactly, as a prefix, or by
edit similarity. Results are ranked by the weights of the matched fields; of equal
scores a taught point comes first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from acupress.lookup.resolve import fold
from acupress.model import Point, PointKind

# Weights of the fields: a name identifies a point, a place only narrows it down, and
# the way to find it mentions other places. Tuned by hand on the results.
_NAME, _USE, _PLACE, _FIND = 3.0, 2.0, 1.0, 0.5

# SequenceMatcher ratio: one wrong letter in six still matches.
_CLOSE = 0.82

_SHORTEST_PART = 3
_STOP_WORDS = frozenset(
    {"a", "an", "and", "at", "in", "my", "of", "on", "or", "the", "to"}
)


def find(words: str, points: Iterable[Point]) -> list[Point]:
    """Return the points that match all of *words*, best first."""
    wanted = [fold(word) for word in _words(words) if word.lower() not in _STOP_WORDS]
    scored = [(_score(wanted, point), point) for point in points if wanted]
    matching = [(score, point) for score, point in scored if score > 0]
    return [point for _, point in sorted(matching, key=_order)]


def _order(scored: tuple[float, Point]) -> tuple[float, bool, str]:
    score, point = scored
    return -score, point.kind is not PointKind.TAUGHT, point.code


def _score(wanted: list[str], point: Point) -> float:
    """Return the sum of the best match of each word; 0 if one has no match."""
    known = list(_weighted_words(point))
    best = [max(_matches(word, known), default=0.0) for word in wanted]
    return sum(best) if all(best) else 0.0


def _weighted_words(point: Point) -> Iterator[tuple[float, str]]:
    """Yield the searchable words of *point* with their weights."""
    names = (point.code, point.name, point.pinyin, point.hanzi, *point.aliases)
    uses = (*point.traditional, *(region.value for region in point.regions))
    for weight, texts in (
        (_NAME, names),
        (_USE, uses),
        (_PLACE, (point.body.value, point.where)),
        (_FIND, (point.find,)),
    ):
        for text in texts:
            yield from ((weight, fold(word)) for word in _words(text))
    for name in names:
        yield _NAME, fold(name)


def _matches(word: str, known: list[tuple[float, str]]) -> Iterator[float]:
    for weight, other in known:
        if word == other:
            yield weight
        elif len(word) >= _SHORTEST_PART and other.startswith(word):
            yield weight * 0.9
        elif _similar(word, other):
            yield weight * 0.7


def _similar(word: str, other: str) -> bool:
    if min(len(word), len(other)) <= _SHORTEST_PART or any(map(str.isdigit, word)):
        return False
    matcher = SequenceMatcher(None, word, other)
    return matcher.quick_ratio() >= _CLOSE and matcher.ratio() >= _CLOSE


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)
