"""
What was typed: one point, or the candidates, or suggestions; never a guess.

A text is tried as a code, as a name, as a code with its name and as a range
or list, in this order, so that no name or alias can take over what a code
means. Where two points are possible, both come back with their place on the
body. Nothing depends on which points the catalogue holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from acupress.errors import quoted
from acupress.lookup.codes import DASHES, RANGE, by_code
from acupress.lookup.folding import CODE, DIGIT, fold, normal, squeezed
from acupress.lookup.results import (
    Ambiguous,
    Candidate,
    Found,
    Index,
    NotInCatalogue,
    Outcome,
    Several,
    Unknown,
    any_of,
    codes,
    nearest,
    sentence,
    unique,
    unknown,
)
from acupress.lookup.tables import (
    COUNTS,
    DOUBTFUL_LETTERS,
    FOREIGN,
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
    "NotInCatalogue",
    "Outcome",
    "Several",
    "Unknown",
    "codes",
    "fold",
    "index",
    "resolve",
    "sentence",
]

_LONGEST = 200  # characters; no name comes near it
NUMBER = re.compile("[0-9]+")
_BETWEEN = re.compile(" *(?:[,;/&+]| and ) *")
_BRACKETED = re.compile(r"([^()\[\]]+)[(\[]([^()\[\]]+)[)\]]")
_CODE_FIRST = re.compile(f"([^0-9]*[0-9]+)[ :={DASHES}]+([^0-9]*[^0-9 ])")


def resolve(text: str, names: Index) -> Outcome:
    """Return what *text* means; total: no text whatever makes this raise."""
    plain = normal(text)
    if max(len(text), len(plain)) > _LONGEST:
        return unknown(text, names)
    return _one(text, plain, names) or _many(text, plain, names)


def index(points: Iterable[Point]) -> Index:
    """
    Return *points* by every name they answer to.

    A name that two points claim keeps both. Of two points with one code the
    first counts; ``catalogue`` refuses such a pair before it gets here.
    """
    by_code: dict[str, Point] = {}
    for point in points:
        by_code.setdefault(point.code, point)
    return _claimed(by_code, {}, (*_tables(), *_claims(by_code.values())))


def one_more(names: Index, point: Point) -> Index:
    """Return *names* with *point* besides; its code is nobody's yet."""
    by_code = {**names.points, point.code: point}
    return _claimed(by_code, names.names, _claims([point]))


def _claimed(
    points: Mapping[str, Point],
    before: Mapping[str, tuple[str, ...]],
    claims: Iterable[tuple[str, str]],
) -> Index:
    names = dict(before)
    for name, code in claims:
        key = fold(name)
        names[key] = unique((*names.get(key, ()), code))
    names.pop("", None)
    return Index(points, names)


def _one(typed: str, plain: str, names: Index) -> Outcome | None:
    return (
        by_code(typed, plain, names)
        or _by_name(typed, plain, names)
        or _by_both(typed, plain, names)
    )


def _by_name(typed: str, plain: str, names: Index) -> Outcome | None:
    # What looks like a code is none of a name's business, so that neither an
    # alias B54 nor the range CV1-7 is looked up. Accents belong to names: a
    # code with one in it is a look-alike.
    shape = CODE.fullmatch(squeezed(plain))
    if shape and (shape[1] in LETTERS or shape[1] in FOREIGN):
        return None
    if DIGIT.search(plain) and not plain.isascii():
        return None
    return any_of(typed, names.names.get(fold(plain), ()), names)


def _by_both(typed: str, plain: str, names: Index) -> Outcome | None:
    """Return the point of ``BL23 (Shenshu)`` if both halves agree on it."""
    halves = _BRACKETED.fullmatch(plain) or _CODE_FIRST.fullmatch(plain)
    if not halves:
        return None
    left, right = (_half(half.strip(" "), names) for half in halves.groups())
    shared = tuple(code for code in codes(left) if code in codes(right))
    if shared:  # "B54 (Weizhong)" is how a careful book says which B54
        return left if codes(left) == shared else any_of(typed, shared, names)
    both = codes(left) + codes(right)
    if codes(left) and codes(right):
        return any_of(typed, both, names, "The code and the name do not agree. ")
    if isinstance(left, NotInCatalogue):
        return left  # its name cannot be known here
    reason = "the two halves do not agree" if both else ""
    return unknown(typed, names, both, reason)


def _half(plain: str, names: Index) -> Outcome:
    found = by_code(plain, plain, names) or _by_name(plain, plain, names)
    return found or unknown(plain, names)


def _many(typed: str, plain: str, names: Index) -> Outcome:
    members = list(_members(plain))
    parts = [_one(member, normal(member), names) for member in members]
    meant = [p for p in parts if isinstance(p, Found | NotInCatalogue | Ambiguous)]
    if len(members) == 1 or len(meant) < len(parts):
        return unknown(typed, names, *_hints(plain, parts, names))
    distinct = tuple({codes(part): part for part in meant}.values())
    return distinct[0] if len(distinct) == 1 else Several(typed, distinct)


def _members(plain: str) -> Iterator[str]:
    """Yield B53 and B54 of ``b 53 and 54``, and names as they are."""
    letters = ""
    for item in _BETWEEN.split(plain):
        member = letters + item if NUMBER.fullmatch(item) else item
        reach = RANGE.fullmatch(member)
        yield from _members_of_range(member, reach) if reach else [_tidy(member)]
        shape = CODE.match(squeezed(member))
        letters = shape[1] if shape else ""


def _tidy(member: str) -> str:
    bare = squeezed(member)
    return bare.upper() if CODE.fullmatch(bare) else member


def _members_of_range(item: str, reach: re.Match[str]) -> list[str]:
    first, last = squeezed(reach[1]), squeezed(reach[3] or reach[1])
    low, high = int(reach[2]), int(reach[4])
    same = first == last or LETTERS.get(first, "") == LETTERS.get(last)
    if not same or not low < high <= max(COUNTS.values()):
        return [item]
    # In "BL47-B54" the doubtful letters make the whole range doubtful.
    letters = last if last in DOUBTFUL_LETTERS else first
    return [f"{letters}{number}".upper() for number in range(low, high + 1)]


def _hints(
    plain: str, parts: Iterable[Outcome | None], names: Index
) -> tuple[tuple[str, ...], str]:
    """Return suggestions, and which member of a range or list is no point."""
    for part in parts:
        if isinstance(part, Unknown):
            reason = f"{quoted(part.typed)} is not one"
            return part.suggestions or nearest(plain, names), reason
    return nearest(plain, names), ""


def _tables() -> Iterator[tuple[str, str]]:
    for name, meant in SHARED_NAMES.items():
        yield from ((name, code) for code in meant)
    yield from OTHER_SPELLINGS.items()


def _claims(points: Iterable[Point]) -> Iterator[tuple[str, str]]:
    for point in points:
        own = (point.code, point.name, point.pinyin, point.pinyin_toned, point.hanzi)
        yield from ((name, point.code) for name in (*own, *point.aliases))
