"""The outcomes of a lookup, and :func:`sentence`, which says one in a line."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple, TypeAlias, TypeVar, cast

from acupress.errors import printable, quoted, shortened
from acupress.lookup.charts import NO_CHARTS, Charts
from acupress.lookup.folding import DIGIT, fold
from acupress.lookup.spelling import nearest
from acupress.lookup.tables import PLACES, TITLES
from acupress.model import Point

_FEWEST, _LONG, _MOST = 4, 10, 60  # length of a name with one slip, with two, at all
T = TypeVar("T")

_NUMERALS = {2: "two", 3: "three", 4: "four"}


class Candidate(NamedTuple):
    """A point that may be meant: its code, its pinyin and its place on the body."""

    code: str
    name: str
    place: str


class Found(NamedTuple):
    """Exactly one point; *remark* is a clause about the name, to be shown with it."""

    point: Point
    remark: str | None = None


class Ambiguous(NamedTuple):
    """Two or more points; *advice* says where each is and what to type."""

    typed: str
    candidates: tuple[Candidate, ...]
    advice: str


class Several(NamedTuple):
    """A range or list of two or more distinct members."""

    typed: str
    parts: tuple[Found | Ambiguous, ...]


class Unknown(NamedTuple):
    """
    No point; *suggestions* are at most three codes.

    *told* is what is known of a point that the catalogue lacks.
    """

    typed: str
    suggestions: tuple[str, ...]
    advice: str
    told: str = ""


Outcome: TypeAlias = Found | Ambiguous | Several | Unknown


def _no_charts() -> Charts:
    return NO_CHARTS


class Index(NamedTuple):
    """Points by code, codes by folded name, and what other charts write."""

    points: Mapping[str, Point]
    names: Mapping[str, tuple[str, ...]]
    read_charts: Callable[[], Charts] = _no_charts

    @property
    def charts(self) -> Charts:
        """What is known of other charts, read when a name is resolved."""
        return self.read_charts()


def combined(names: Index, own: Index) -> Index:
    """Return *own*, whose names have all their codes already, over *names*."""
    return Index(
        ChainMap(_dict(own.points), _dict(names.points)),
        ChainMap(_dict(own.names), _dict(names.names)),
        names.read_charts,
    )


def _dict(known: Mapping[str, T]) -> dict[str, T]:
    """Return *known* as what a ChainMap takes; it is not written to."""
    return cast("dict[str, T]", known)


def codes(outcome: Outcome) -> tuple[str, ...]:
    """Return all codes that *outcome* may mean, without duplicates: screen them all."""
    match outcome:
        case Found(point):
            return (point.code,)
        case Ambiguous(_, candidates):
            return tuple(candidate.code for candidate in candidates)
        case Several(_, parts):
            return unique(code for part in parts for code in codes(part))
        case Unknown():
            return ()


def sentence(outcome: Outcome) -> str:
    """Return *outcome* as one printable line."""
    return printable(_sentence(outcome))


def _sentence(outcome: Outcome) -> str:
    match outcome:
        case Found(point, remark):
            return f"{point.code} {point.pinyin}{_after(remark)}"
        case Ambiguous(typed, candidates, advice):
            number = _NUMERALS.get(len(candidates), "several")
            return f"{shortened(typed.strip())} names {number} points. {advice}"
        case Several(typed, parts):
            listed = ", ".join(_part(part) for part in parts)
            return f"{quoted(typed)} names {len(parts)} points, type one: {listed}"
        case Unknown(told=told) if told:
            return told
        case Unknown(typed, _, advice):
            return f"no point called {quoted(typed)}; {advice}"


def _after(remark: str | None) -> str:
    return f": {remark}" if remark else ""


def _part(part: Found | Ambiguous) -> str:
    meant = " or ".join(codes(part))
    return f"{part.typed} ({meant})" if isinstance(part, Ambiguous) else meant


def either(words: Iterable[str]) -> str:
    """Join *words* as ``a, b or c``."""
    *others, last = words
    return f"{', '.join(others)} or {last}" if others else last


def alike(plain: str, names: Index) -> tuple[str, ...]:
    """
    Return the codes of the names spelt like *plain*; codes are not compared.

    There are none if those names lie on different parts of the body: which part is
    meant is then as unknown as the name, and a suggestion could lead to another.
    """
    key = fold(plain)
    if DIGIT.search(key) or not _FEWEST <= len(key) <= _MOST:
        return ()
    known = (name for name in names.names if not DIGIT.search(name))
    near = nearest(key, known, 1 + (len(key) >= _LONG))
    found = unique(code for name in near for code in names.names[name])
    if len({_part_of_the_body(code, names) for code in found}) != 1:
        return ()
    return tuple(code for code in found if code in names.points)


def _part_of_the_body(code: str, names: Index) -> str:
    """Return the part that *code* lies on; for a point that is unknown, its code."""
    if point := names.points.get(code):
        return point.body.value
    extra = names.charts.extra.get(code)
    return extra.body if extra else code


def unknown(
    typed: str, names: Index, meant: Iterable[str] = (), reason: str = ""
) -> Unknown:
    """Return Unknown, suggesting up to three codes of *meant*; *reason* is a clause."""
    hints = tuple(meant)[:3]
    ask = "see `acupress list`"
    if hints:
        ask = f"did you mean {either(_label(code, names) for code in hints)}?"
    return Unknown(typed, hints, f"{reason}; {ask}" if reason else ask)


def _label(code: str, names: Index) -> str:
    return f"{code} {candidate(code, names).name}".strip()


def outcome_of(
    typed: str, meant: tuple[str, ...], names: Index, reason: str = ""
) -> Outcome | None:
    """Return the point if *meant* is one code, Ambiguous if more, ``None`` if none."""
    if len(meant) <= 1:
        return the_point(typed, meant[0], names) if meant else None
    candidates = tuple(candidate(code, names) for code in meant)
    places = ". ".join(_capital(whereabouts(candidate)) for candidate in candidates)
    return ambiguous(typed, candidates, f"{reason}{places}.")


def the_point(
    typed: str, code: str, names: Index, remark: str | None = None
) -> Found | Unknown:
    """Return Found for *code*, or Unknown for a point that the catalogue lacks."""
    if point := names.points.get(code):
        return Found(point, remark)
    if extra := names.charts.extra.get(code):
        told = (
            f"{code} {extra.pinyin} is an extra point, known here by name and place"
            f" only: {extra.where}"
        )
        return Unknown(typed, (), "", told)
    lacks = f"{code} is a point that this catalogue does not have"
    return unknown(typed, names, (), lacks)


def ambiguous(typed: str, candidates: tuple[Candidate, ...], places: str) -> Ambiguous:
    """Return Ambiguous, advising the *places* and which codes to type."""
    choice = either(candidate.code for candidate in candidates)
    return Ambiguous(typed, candidates, f"{places} Type {choice}.")


def candidate(code: str, names: Index) -> Candidate:
    """Return *code* with its place, even if the catalogue lacks it."""
    point = names.points.get(code)
    if code in PLACES:
        return Candidate(code, *PLACES[code])
    if point:
        return Candidate(code, point.pinyin, point.body.value.replace("-", " "))
    if extra := names.charts.extra.get(code):
        return Candidate(code, extra.pinyin, extra.where)
    return Candidate(code, "", f"{TITLES[code[:2]]} meridian")


def whereabouts(candidate: Candidate) -> str:
    """Format a candidate as ``place = code name``."""
    return f"{candidate.place} = {candidate.code} {candidate.name}".strip()


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def unique(meant: Iterable[str]) -> tuple[str, ...]:
    """Return *meant* without duplicates, in order."""
    return tuple(dict.fromkeys(meant))
