"""
Resolves typed text to one point, candidates or suggestions; it never guesses.

Text is tried as a code, a name, a code with its name, and a range or list, in this
order, so that no name or alias can shadow a code. If two points are possible, both
are returned with their place on the body, whether or not the catalogue has them.
"""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from typing import TypeVar, cast

from acupress.errors import quoted
from acupress.lookup.charts import NO_CHARTS, Charts, names_of_extra
from acupress.lookup.codes import DASHES, RANGE, by_code
from acupress.lookup.folding import CODE, DIGIT, fold, normal, without_separators
from acupress.lookup.results import (
    Ambiguous,
    Candidate,
    Found,
    Index,
    Outcome,
    Several,
    Unknown,
    alike,
    codes,
    combined,
    outcome_of,
    sentence,
    unique,
    unknown,
)
from acupress.lookup.tables import (
    COUNTS,
    DOUBTFUL_LETTERS,
    LETTERS,
    OTHER_SPELLINGS,
    SHARED_NAMES,
)
from acupress.model import Point

__all__ = [
    "Ambiguous",
    "Candidate",
    "Found",
    "Index",
    "Outcome",
    "Several",
    "Unknown",
    "codes",
    "fold",
    "index",
    "reads_as_code",
    "resolve",
    "sentence",
]

T = TypeVar("T")

_LONGEST = 200  # characters, far more than any name
NUMBER = re.compile("[0-9]+")
_LIST_SEPARATOR = re.compile(" *(?:[,;/&+]| and ) *")
_PUNCTUATION = ' ?!.,;:\u3002\u3001\xbf\xa1"\u201c\u201d\u201e\xab\xbb'
_TONE_NUMBERS = "(?:[a-z]{2,6}[1-5] ?){2,4}"  # compiled at its first use
_BRACKETED = re.compile(r"([^()\[\]]+)[(\[]([^()\[\]]+)[)\]]")
_CODE_FIRST = re.compile(f"([^0-9]*[0-9]+)[ :={DASHES}]+([^0-9]*[^0-9 ])")


def resolve(text: str, names: Index) -> Outcome:
    """Return what *text* means; never raises."""
    plain = normal(text)
    if max(len(text), len(plain)) > _LONGEST:
        return unknown(text, names)
    if outcome := _one(text, plain, names):
        return outcome
    bare = _without_ends(plain, names.charts.words)
    outcome = _one(text, bare, names) if bare != plain else None
    return outcome or _many(text, bare, names)


def _without_ends(plain: str, words: Iterable[str]) -> str:
    """Return *plain* without punctuation and the word for "point" at its ends."""
    bare = plain.strip(_PUNCTUATION)
    for word in sorted(map(normal, words), key=len, reverse=True):
        # A Chinese word stands beside the name, any other is parted from it.
        gap = " " if word.isascii() or " " in word else ""
        if bare.endswith(gap + word):
            return bare.removesuffix(gap + word).rstrip(_PUNCTUATION)
        if bare.startswith(word + gap):
            return bare.removeprefix(word + gap).lstrip(_PUNCTUATION)
    return bare


def reads_as_code(name: str) -> bool:
    """Tell whether *name* has letters and a number in it that may be a point's code."""
    bare = without_separators(normal(name))
    return any(letters in LETTERS for letters, _ in CODE.findall(bare))


def index(points: Iterable[Point], charts: Charts = NO_CHARTS) -> Index:
    """
    Index *points*, and the extra points of *charts*, by code and every folded name.

    A name of two points maps to both codes. Of two points with the same code, which
    ``catalogue`` rejects, the first is kept.
    """
    by_code: dict[str, Point] = {}
    for point in points:
        by_code.setdefault(point.code, point)
    names: dict[str, tuple[str, ...]] = {}
    extra = names_of_extra(charts)
    for name, code in (*_tables(), *_names_of(by_code.values()), *extra):
        key = fold(name)
        for form in unique((key, charts.canonical(key))):
            names[form] = unique((*names.get(form, ()), code))
    names.pop("", None)
    return Index(by_code, names, lambda: charts)


def growing(names: Index) -> Index:
    """Return an index that :func:`add_point` can add to, over *names*: not a copy."""
    return combined(names, Index({}, {}))


def added_names(names: Index) -> Mapping[str, tuple[str, ...]]:
    """Return the names that were added to *names*, made by :func:`growing`."""
    return cast("ChainMap[str, tuple[str, ...]]", names.names).maps[0]


def add_point(names: Index, point: Point) -> None:
    """
    Add *point*, whose code must be new, to *names*, made by :func:`growing`.

    A name of it is no longer that of an extra point, of which nothing can be shown.
    """
    _mutable(names.points)[point.code] = point
    for name, code in _names_of([point]):
        if key := fold(name):
            known = names.names.get(key, ())
            shown = (each for each in known if each not in names.charts.extra)
            _mutable(names.names)[key] = unique((*shown, code))


def _mutable(known: Mapping[str, T]) -> MutableMapping[str, T]:
    return cast("MutableMapping[str, T]", known)


def _one(typed: str, plain: str, names: Index) -> Outcome | None:
    return (
        by_code(typed, plain, names)
        or _by_name(typed, plain, names)
        or _by_code_and_name(typed, plain, names)
    )


def _by_name(typed: str, plain: str, names: Index) -> Outcome | None:
    # Never look up what looks like a code, such as an alias B54 or the range CV1-7,
    # or has digits and a non-ASCII letter: that may be a homoglyph of a code.
    match = CODE.fullmatch(without_separators(plain))
    if match and (match[1] in LETTERS or match[1] in names.charts.letters):
        return None
    key = fold(plain)
    if DIGIT.search(plain):
        if not plain.isascii():
            return None
        if key not in names.names and re.fullmatch(_TONE_NUMBERS, plain):
            key = fold(re.sub("[1-5]", "", plain))
    meant = names.names.get(key) or names.names.get(names.charts.canonical(key), ())
    meant = unique((*meant, *names.charts.read.get(key, ())))
    return outcome_of(typed, meant, names)


def _by_code_and_name(typed: str, plain: str, names: Index) -> Outcome | None:
    """Resolve a code with its name, ``BL23 (Shenshu)``; both must mean one point."""
    halves = _BRACKETED.fullmatch(plain) or _CODE_FIRST.fullmatch(plain)
    if not halves:
        return None
    left, right = (_half(half.strip(" "), names) for half in halves.groups())
    shared = tuple(code for code in codes(left) if code in codes(right))
    if shared:  # "B54 (Weizhong)": the name disambiguates the code
        return left if codes(left) == shared else outcome_of(typed, shared, names)
    both = codes(left) + codes(right)
    if codes(left) and codes(right):
        return outcome_of(typed, both, names, "The code and the name do not agree. ")
    reason = "the two halves do not agree" if both else ""
    return unknown(typed, names, both, reason)


def _half(plain: str, names: Index) -> Outcome:
    found = by_code(plain, plain, names) or _by_name(plain, plain, names)
    return found or unknown(plain, names)


def _many(typed: str, plain: str, names: Index) -> Outcome:
    members = list(_members(plain))
    parts = [_one(member, normal(member), names) for member in members]
    meant = [p for p in parts if isinstance(p, Found | Ambiguous)]
    if len(members) == 1 or len(meant) < len(parts):
        return unknown(typed, names, *_hints(plain, parts, names))
    distinct = tuple({codes(part): part for part in meant}.values())
    return distinct[0] if len(distinct) == 1 else Several(typed, distinct)


def _members(plain: str) -> Iterator[str]:
    """Split a list, repeating letters: B53, B54 for ``b 53 and 54``; keep names."""
    letters = ""
    for item in _LIST_SEPARATOR.split(plain):
        member = letters + item if NUMBER.fullmatch(item) else item
        ends = re.fullmatch(RANGE, member)
        yield from _members_of_range(member, ends) if ends else [_as_code(member)]
        match = CODE.match(without_separators(member))
        letters = match[1] if match else ""


def _as_code(member: str) -> str:
    bare = without_separators(member)
    return bare.upper() if CODE.fullmatch(bare) else member


def _members_of_range(item: str, ends: re.Match[str]) -> list[str]:
    first, last = without_separators(ends[1]), without_separators(ends[3] or ends[1])
    low, high = int(ends[2]), int(ends[4])
    same = first == last or LETTERS.get(first, "") == LETTERS.get(last)
    if not same or not low < high <= max(COUNTS.values()):
        return [item]
    # "BL47-B54": if one end is ambiguous, the whole range is.
    letters = last if last in DOUBTFUL_LETTERS else first
    return [f"{letters}{number}".upper() for number in range(low, high + 1)]


def _hints(
    plain: str, parts: Iterable[Outcome | None], names: Index
) -> tuple[tuple[str, ...], str]:
    """Return suggestions, and the reason: which member of a list is not a point."""
    for part in parts:
        if isinstance(part, Unknown):
            reason = f"{quoted(part.typed)} is not one"
            return part.suggestions or alike(plain, names), reason
    return alike(plain, names), ""


def _tables() -> Iterator[tuple[str, str]]:
    for name, meant in SHARED_NAMES.items():
        yield from ((name, code) for code in meant)
    yield from OTHER_SPELLINGS.items()


def _names_of(points: Iterable[Point]) -> Iterator[tuple[str, str]]:
    for point in points:
        own = (point.code, point.name, point.pinyin, point.pinyin_toned, point.hanzi)
        yield from ((name, point.code) for name in (*own, *point.aliases))
