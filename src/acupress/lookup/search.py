"""
Fuzzy search of points by name, use and place, for ``acupress find``.

Every word of the query must match a word of the point: exactly, as a prefix, or else
by the fewest edits. Results are ranked by the weights of the matched fields; of equal
scores a taught point comes first. It is a search, never a choice.

The words known of all points are an inverted index: from a folded word to the points
that have it, each with the highest weight it has there. A wheel carries it ready made.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from acupress.lookup.folding import fold
from acupress.lookup.spelling import nearest
from acupress.model import Ache, Point, PointKind, Routine

Scores = dict[str, float]
"""How well each point fits, by its code."""

WordIndex = Mapping[str, Scores]
"""The points that have a word, by the folded word."""

# How much each kind of knowledge counts: a name names a point, a place only
# narrows it down, and the way to it passes by other places. Our own choice,
# settled by looking at what comes first.
_NAME, _USE, _PLACE, _FIND = 3.0, 2.0, 1.0, 0.5

_MOST_JOINED = 3  # syllables of a pinyin name, typed apart

# A word that only begins like the one asked for counts less, a misspelt one still less.
_PREFIX, _MISSPELT = 0.9, 0.7

# Word lengths: the shortest prefix and misspelling (of three letters, only one that is
# left out); from four any one edit, from seven two, from eleven three.
_SHORTEST, _SHORT, _LONG, _VERY_LONG = 3, 4, 7, 11

# By what the catalogue calls an ache: what people call it. Compared, never shown.
_ALSO_CALLED = {
    "sleeplessness": "insomnia sleep",
    "queasiness": "nausea sickness",
    "headache": "migraine",
    "restlessness": "stress",
    "worry": "stress anxiety",
    "a tense mood": "stress tension",
    "ache in the buttock and leg": "sciatica",
    "tiredness": "fatigue",
    "poor digestion": "indigestion",
}

_STOP_WORDS = frozenset(
    [
        "a",
        "an",
        "and",
        "at",
        "for",
        "have",
        "i",
        "in",
        "my",
        "of",
        "on",
        "or",
        "the",
        "to",
        "with",
    ]
)

# What is said of any ache; "back" is found where "back pain" is asked for.
_COMPLAINTS = frozenset(
    ["ache", "aches", "aching", "hurting", "hurts", "pain", "painful", "pains", "sore"]
)

_MOST_SERVING = 4  # routines; a word that fits more says too little


def word_index(points: Iterable[Point]) -> dict[str, Scores]:
    """Return every word known of *points*, and of which points it is known."""
    words: dict[str, Scores] = {}
    for point in points:
        for weight, word in _weighted_words(point):
            scores = words.setdefault(word, {})
            scores[point.code] = max(weight, scores.get(point.code, 0.0))
    return words


def merged(first: WordIndex, second: WordIndex) -> dict[str, Scores]:
    """Return the words of both; no point is in both."""
    return {
        word: {**first.get(word, {}), **second.get(word, {})}
        for word in first.keys() | second.keys()
    }


def find(words: str, points: Mapping[str, Point], index: WordIndex) -> list[Point]:
    """Return the points that match all of *words*, best first."""
    scores = _scores(_wanted(words), index)
    return sorted(
        (points[code] for code in scores),
        key=lambda point: (
            -scores[point.code],
            point.kind is not PointKind.TAUGHT,
            point.code,
        ),
    )


def _wanted(words: str) -> list[str]:
    kept = (word for word in _words(words) if word.lower() not in _STOP_WORDS)
    return [folded for word in kept if (folded := fold(word))]


def aches_like(
    words: str, aches: Iterable[Ache], routines: Iterable[Routine]
) -> list[Ache]:
    """
    Return the *aches*, and the *routines* as aches, that all of *words* fit best.

    An ache is found by a whole name of it, a routine by any words of its id and title.
    An ache that no routine serves comes alone, since it says why.
    """
    known = list(aches)
    wanted = _wanted(words)
    joined = "".join(wanted)
    for ache in known:
        if not ache.routines and nearest(joined, map(fold, ache.called), 1):
            return [ache]
    index: dict[str, Scores] = {}
    for at, ache in enumerate(known):
        for name in ache.called if ache.routines else ():
            _add(index, fold(name), at, _NAME)
    for at, routine in enumerate(routines, len(known)):
        known.append(Ache((routine.id,), (routine.id,)))
        for word in (*_wanted(routine.id), *_wanted(routine.title)):
            if word not in _COMPLAINTS:
                _add(index, word, at, _USE)
    scores = _scores(wanted, index) or _scores(_uncomplaining(wanted), index)
    best = [at for at, score in scores.items() if score == max(scores.values())]
    found = [known[int(at)] for at in sorted(best, key=int)]
    many = {name for ache in found for name in ache.routines}
    return found if len(many) <= _MOST_SERVING else []


def _add(index: dict[str, Scores], word: str, at: int, weight: float) -> None:
    if word:
        index.setdefault(word, {})[str(at)] = weight


def _uncomplaining(wanted: list[str]) -> list[str]:
    return [word for word in wanted if word not in _COMPLAINTS]


def _scores(wanted: list[str], index: WordIndex) -> Scores:
    """
    Return how well the points fit that fit every word of *wanted*.

    Neighbours may also be one word (he gu, san yin jiao), which counts for each.
    """
    if not wanted:
        return {}
    everything = {code for scores in index.values() for code in scores}
    fitting = [dict.fromkeys(everything, 0.0)]  # the first 0, 1, 2 ... words
    for end in range(1, len(wanted) + 1):
        best: Scores = {}
        for many in range(1, min(end, _MOST_JOINED) + 1):
            joined = "".join(wanted[end - many : end])
            best = _better(
                best, _both(fitting[end - many], _fitting(joined, index, many))
            )
        fitting.append(best)
    return fitting[-1]


def _both(first: Scores, second: Scores) -> Scores:
    """Return the points of both, with the sum of their scores."""
    return {
        code: first[code] + score for code, score in second.items() if code in first
    }


def _better(first: Scores, second: Scores) -> Scores:
    """Return the points of either, with the higher of their scores."""
    return {
        code: max(first.get(code, 0.0), second.get(code, 0.0))
        for code in first.keys() | second.keys()
    }


def _fitting(word: str, index: WordIndex, times: int = 1) -> Scores:
    """Return the points that have *word*, or one like it; found words count *times*."""
    found: Scores = {}
    for share, other in _like(word, index):
        for code, weight in index[other].items():
            found[code] = max(found.get(code, 0.0), share * weight * times)
    return found or _apart(word, index)


def _like(word: str, index: WordIndex) -> Iterator[tuple[float, str]]:
    """Yield *word* and what begins with it, or else the words spelt most like it."""
    begun = False
    if word in index:
        begun = True
        yield 1.0, word
    if len(word) >= _SHORTEST:
        for other in index:
            if other.startswith(word) and other != word:
                begun = True
                yield _PREFIX, other
    if not begun:
        yield from ((_MISSPELT, other) for other in _misspelt(word, index))


def _slips(word: str) -> int:
    return 1 + (len(word) >= _LONG) + (len(word) >= _VERY_LONG)


def _misspelt(word: str, index: WordIndex) -> list[str]:
    """Return the words that *word* is fewest edits away from, if those are few."""
    if len(word) < _SHORTEST or any(map(str.isdigit, word)):
        return []
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - only for a misspelt word

    most = _slips(word)
    near: dict[int, list[str]] = {}
    for other in index:
        more = len(other) - len(word)
        # Typing slips seldom change the first letter, but may leave it out.
        if abs(more) > most or (other[:1] != word[:1] and other[1:] != word):
            continue
        if len(word) < _SHORT and more != 1:
            continue  # three letters with another one are mostly another word
        edits = OSA.distance(word, other, score_cutoff=most)
        near.setdefault(edits, []).append(other)
    return next((near[edits] for edits in sorted(near) if edits <= most), [])


def _apart(word: str, index: WordIndex) -> Scores:
    """Return the points that have both words of which *word* is made."""
    found: Scores = {}
    for at in range(_SHORTEST, len(word) - _SHORTEST + 1):
        left, right = index.get(word[:at]), index.get(word[at:])
        if left and right:
            found = _better(found, _both(left, right))
    return {code: score / 2 for code, score in found.items()}


def _weighted_words(point: Point) -> Iterator[tuple[float, str]]:
    """Yield the searchable words of *point* with their weights."""
    names = (point.code, point.name, point.pinyin, point.hanzi, *point.aliases)
    called = (_ALSO_CALLED.get(use, "") for use in point.traditional)
    uses = (*point.traditional, *called, *(each.value for each in point.regions))
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


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)
