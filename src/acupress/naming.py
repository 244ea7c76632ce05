"""
What was typed: one point, or the candidates, or suggestions; never a guess.

A text is tried as a code, as a name, as a code with its name and as a range
or list, in this order, so that no name or alias can take over what a code
means. Where two points are possible, both come back with their place on the
body. The rules stand here, their tables in ``numbering``; nothing depends on
which points the catalogue holds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias
from unicodedata import category, normalize

from acupress.model import Point
from acupress.numbering import (
    COUNTS,
    DOUBTFUL_LETTERS,
    EXTRA,
    FOREIGN,
    LETTERS,
    MISREAD,
    OLD_OF_WHO,
    OTHER_SPELLINGS,
    PLACES,
    SHARED_NAMES,
    TITLES,
    VERTEBRAE,
    WHO_OF_OLD,
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A point that may be meant: its code, its pinyin and where it lies."""

    code: str
    name: str
    place: str


@dataclass(frozen=True, slots=True)
class Found:
    """Exactly one point; *remark* is a clause worth saying beside it."""

    point: Point
    remark: str | None = None


@dataclass(frozen=True, slots=True)
class NotInCatalogue:
    """A real point, by its canonical code, that this catalogue lacks."""

    code: str
    remark: str | None = None


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """At least two points; *advice* says where each lies and what to type."""

    typed: str
    candidates: tuple[Candidate, ...]
    advice: str


@dataclass(frozen=True, slots=True)
class Several:
    """A range or list: at least two members, each different, as typed."""

    typed: str
    parts: tuple[Found | NotInCatalogue | Ambiguous, ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """No point; *suggestions* are at most three codes, none of them chosen."""

    typed: str
    suggestions: tuple[str, ...]
    advice: str


Outcome: TypeAlias = Found | NotInCatalogue | Ambiguous | Several | Unknown


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """Points by their code, and the codes that each folded name stands for."""

    points: Mapping[str, Point]
    names: Mapping[str, tuple[str, ...]]


def resolve(text: str, names: Index) -> Outcome:
    """Return what *text* means; total: no text whatever makes this raise."""
    plain = _plain(text)
    if max(len(text), len(plain)) > _LONGEST:
        return _unknown(text, names)
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
    names: dict[str, tuple[str, ...]] = {}
    for name, code in (*_tables(), *_claims(by_code.values())):
        key = fold(name)
        names[key] = _once((*names.get(key, ()), code))
    names.pop("", None)
    return Index(by_code, names)


def fold(text: str) -> str:
    """
    Return *text* without case, tones, spaces, dashes, dots and apostrophes.

    Idempotent. ``v`` is how keyboards write u-umlaut, so it becomes ``u``, but
    never beside a number: LV3 is not LU3. Other accents, and letters of other
    scripts that look alike, stay as they are and so match nothing.
    """
    apart = normalize("NFKD", normalize("NFKD", text).casefold())
    toneless = "".join(mark for mark in apart if mark not in _TONES)
    bare = _squeezed(toneless)
    spelt = bare if _DIGIT.search(bare) else bare.replace("v", "u")
    return normalize("NFKC", spelt)


def codes(outcome: Outcome) -> tuple[str, ...]:
    """Return every code that *outcome* may mean, once each: screen them all."""
    match outcome:
        case Found(point):
            return (point.code,)
        case NotInCatalogue(code):
            return (code,)
        case Ambiguous(_, candidates):
            return tuple(candidate.code for candidate in candidates)
        case Several(_, parts):
            return _once(code for part in parts for code in codes(part))
        case Unknown():
            return ()


def sentence(outcome: Outcome) -> str:
    """Return what there is to say, in one line without control characters."""
    return _printable(_sentence(outcome))


def quoted(text: str) -> str:
    """Return untrusted *text* in quotation marks, escaped, at most 40 long."""
    return f'"{_shown(text)}"'


# Saying it


def _sentence(outcome: Outcome) -> str:
    match outcome:
        case Found(point, remark):
            return f"{point.code} {point.pinyin}{_after(remark)}"
        case NotInCatalogue(code, remark):
            kind = "a WHO point" if code[:2] in COUNTS else "a point"
            return f"{code} is {kind} that is not in this catalogue yet{_after(remark)}"
        case Ambiguous(typed, candidates, advice):
            number = _NUMERALS.get(len(candidates), "several")
            return f"{_shown(typed.strip())} names {number} points. {advice}"
        case Several(typed, parts):
            listed = ", ".join(_part(part) for part in parts)
            return f"{quoted(typed)} names {len(parts)} points, type one: {listed}"
        case Unknown(typed, _, advice):
            return f"no point called {quoted(typed)}; {advice}"


def _after(remark: str | None) -> str:
    return f": {remark}" if remark else ""


def _part(part: Found | NotInCatalogue | Ambiguous) -> str:
    meant = " or ".join(codes(part))
    return f"{part.typed} ({meant})" if isinstance(part, Ambiguous) else meant


def _shown(text: str) -> str:
    escaped = _printable(text[: _SHOWN + 1])  # the last one tells of more
    return escaped if len(escaped) <= _SHOWN else escaped[: _SHOWN - 3] + "..."


def _printable(text: str) -> str:
    return "".join(
        mark if mark.isprintable() else mark.encode("unicode_escape").decode()
        for mark in text
    )


def _or(words: Iterable[str]) -> str:
    *others, last = words
    return f"{', '.join(others)} or {last}" if others else last


# A single code or name


def _one(typed: str, plain: str, names: Index) -> Outcome | None:
    return (
        _by_code(typed, plain, names)
        or _by_name(typed, plain, names)
        or _by_both(typed, plain, names)
    )


def _by_code(typed: str, plain: str, names: Index) -> Outcome | None:
    shape = _CODE.fullmatch(_squeezed(plain))
    if not shape or _RANGE.fullmatch(plain) or category(plain[-1]) == "Pd":
        return None  # CV3-7 and CV3- are ranges, though squeezed they look alike
    code = _Code(typed, shape[1], int(shape[2]))
    if _is_yintang(code, plain):
        return _known("EX-HN3", names)
    outcomes = (rule(code, names) for rule in _RULES)
    outcome = next((outcome for outcome in outcomes if outcome), None)
    if _GAP.search(plain) and isinstance(outcome, Found | NotInCatalogue):
        # "CV1 7" may be CV17 or two points: a number in pieces is only a hint.
        return _unknown(typed, names, codes(outcome))
    return outcome


@dataclass(frozen=True, slots=True)
class _Code:
    """Letters and a number as they were typed, whatever they stand for."""

    typed: str
    letters: str
    number: int

    @property
    def meridian(self) -> str | None:
        """The WHO's letters, if English books use these at all."""
        return LETTERS.get(self.letters)

    @property
    def misread(self) -> str | None:
        """The code that this is if its 1 was a capital i: LI4 for L14."""
        meridian, digits = MISREAD.get(self.letters), str(self.number)
        if meridian and digits[0] == "1" and _exists(meridian, int(digits[1:] or 0)):
            return f"{meridian}{int(digits[1:])}"
        return None


def _exists(meridian: str, number: int) -> bool:
    return 1 <= number <= COUNTS[meridian]


def _is_yintang(code: _Code, plain: str) -> bool:
    if code.meridian == "GV":  # numbers that the WHO does not give
        half = code.number == 245 and plain.endswith("24.5")  # noqa: PLR2004
        return half or code.number == COUNTS["GV"] + 1
    return f"{code.letters}{code.number}" in EXTRA


def _vertebra(code: _Code, names: Index) -> Outcome | None:
    # One table reads L as LU and S as ST, another says that C7, T3, L2 and S2
    # are bones. The second wins for the bones there are, L1-L5 and S1-S5: to
    # have to type LU2 costs less than a wrong point. L6 and S6 are points.
    if not 1 <= code.number <= VERTEBRAE.get(code.letters, 0):
        return None
    meridian = code.meridian or FOREIGN.get(code.letters)
    meant = [f"{meridian}{code.number}"] if meridian else []
    return _unknown(code.typed, names, meant, "that is a bone of the spine")


def _foreign(code: _Code, names: Index) -> Outcome | None:
    meridian = FOREIGN.get(code.letters)
    if not meridian:
        return None
    meant = [f"{meridian}{code.number}"] if _exists(meridian, code.number) else []
    if meridian == "BL" and code.number in WHO_OF_OLD:
        meant.append(f"BL{WHO_OF_OLD[code.number]}")
    reason = f"the {TITLES[meridian]} meridian is {meridian} here"
    return _unknown(code.typed, names, meant, reason)


def _old_number(code: _Code, names: Index) -> Outcome | None:
    if code.letters not in DOUBTFUL_LETTERS or code.number not in WHO_OF_OLD:
        return None
    old = _candidate(f"BL{WHO_OF_OLD[code.number]}", names)
    who = _candidate(f"BL{code.number}", names)
    said = f"Older books: {_where(old)}. WHO: {_where(who)}."
    return _ambiguous(code.typed, (old, who), said)


def _beyond(code: _Code, names: Index) -> Outcome | None:
    if not code.meridian or _exists(code.meridian, code.number):
        return None
    meant = [code.misread] if code.misread else []
    if code.letters == "p" and _exists("LU", code.number):
        # French and Italian charts write P for the Lung, which goes on to 11.
        meant = [f"LU{code.number}"]
    title, last = TITLES[code.meridian], COUNTS[code.meridian]
    reason = f"the {title} points are {code.meridian}1 to {code.meridian}{last}"
    return _unknown(code.typed, names, meant, reason)


def _regular(code: _Code, names: Index) -> Outcome | None:
    if not code.meridian:
        return None
    canonical = f"{code.meridian}{code.number}"
    if code.misread and code.letters == "l":  # L11 alone is right either way
        return _any(code.typed, (canonical, code.misread), names)
    if code.misread:
        remark = f"read as {canonical}; {code.misread} is another point"
        return _known(canonical, names, remark)
    return _known(canonical, names, _two_numberings(code, names))


def _two_numberings(code: _Code, names: Index) -> str | None:
    if code.meridian != "BL" or code.number not in OLD_OF_WHO:
        return None
    other = _candidate(f"BL{WHO_OF_OLD[code.number]}", names)
    return (
        f"older books call this point B{OLD_OF_WHO[code.number]};"
        f" their B{code.number} is {other.code} {other.name}"
    )


_RULES: tuple[Callable[[_Code, Index], Outcome | None], ...] = (
    _vertebra,
    _foreign,
    _old_number,
    _beyond,
    _regular,
)


def _by_name(typed: str, plain: str, names: Index) -> Outcome | None:
    # What looks like a code is none of a name's business, so that neither an
    # alias B54 nor the range CV1-7 is looked up. Accents belong to names: a
    # code with one in it is a look-alike.
    shape = _CODE.fullmatch(_squeezed(plain))
    if shape and (shape[1] in LETTERS or shape[1] in FOREIGN):
        return None
    if _DIGIT.search(plain) and not plain.isascii():
        return None
    return _any(typed, names.names.get(fold(plain), ()), names)


def _by_both(typed: str, plain: str, names: Index) -> Outcome | None:
    """Return the point of ``BL23 (Shenshu)`` if both halves agree on it."""
    halves = _BRACKETED.fullmatch(plain) or _CODE_FIRST.fullmatch(plain)
    if not halves:
        return None
    left, right = (_half(half.strip(" "), names) for half in halves.groups())
    shared = tuple(code for code in codes(left) if code in codes(right))
    if shared:  # "B54 (Weizhong)" is how a careful book says which B54
        return left if codes(left) == shared else _any(typed, shared, names)
    both = codes(left) + codes(right)
    if codes(left) and codes(right):
        return _any(typed, both, names, "The code and the name do not agree. ")
    if isinstance(left, NotInCatalogue):
        return left  # its name cannot be known here
    reason = "the two halves do not agree" if both else ""
    return _unknown(typed, names, both, reason)


def _half(plain: str, names: Index) -> Outcome:
    found = _by_code(plain, plain, names) or _by_name(plain, plain, names)
    return found or _unknown(plain, names)


# A range or a list


def _many(typed: str, plain: str, names: Index) -> Outcome:
    members = list(_members(plain))
    parts = [_one(member, _plain(member), names) for member in members]
    meant = [p for p in parts if isinstance(p, Found | NotInCatalogue | Ambiguous)]
    if len(members) == 1 or len(meant) < len(parts):
        return _unknown(typed, names, *_hints(plain, parts, names))
    distinct = tuple({codes(part): part for part in meant}.values())
    return distinct[0] if len(distinct) == 1 else Several(typed, distinct)


def _members(plain: str) -> Iterator[str]:
    """Yield B53 and B54 of ``b 53 and 54``, and names as they are."""
    letters = ""
    for item in _BETWEEN.split(plain):
        member = letters + item if _NUMBER.fullmatch(item) else item
        reach = _RANGE.fullmatch(member)
        yield from _members_of_range(member, reach) if reach else [_tidy(member)]
        shape = _CODE.match(_squeezed(member))
        letters = shape[1] if shape else ""


def _tidy(member: str) -> str:
    squeezed = _squeezed(member)
    return squeezed.upper() if _CODE.fullmatch(squeezed) else member


def _members_of_range(item: str, reach: re.Match[str]) -> list[str]:
    first, last = _squeezed(reach[1]), _squeezed(reach[3] or reach[1])
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
            return part.suggestions or _nearest(plain, names), reason
    return _nearest(plain, names), ""


# Nothing


def _nearest(plain: str, names: Index) -> tuple[str, ...]:
    """Return the codes of names spelt much like *plain*; never of codes."""
    key = fold(plain)
    if _DIGIT.search(key) or not _FEWEST <= len(key) <= _MOST:
        return ()
    from difflib import get_close_matches  # noqa: PLC0415  dear at start-up

    spelt = [name for name in names.names if not _DIGIT.search(name)]
    close = get_close_matches(key, spelt, n=9, cutoff=_CLOSE)
    found = _once(code for name in close for code in names.names[name])
    return tuple(code for code in found if code in names.points)


def _unknown(
    typed: str, names: Index, meant: Iterable[str] = (), reason: str = ""
) -> Unknown:
    hints = tuple(meant)[:3]
    ask = 'see "acupress list"'
    if hints:
        ask = f"did you mean {_or(_label(code, names) for code in hints)}?"
    return Unknown(typed, hints, f"{reason}; {ask}" if reason else ask)


def _label(code: str, names: Index) -> str:
    return f"{code} {_candidate(code, names).name}".strip()


# One or more codes


def _any(
    typed: str, meant: tuple[str, ...], names: Index, reason: str = ""
) -> Outcome | None:
    if len(meant) <= 1:
        return _known(meant[0], names) if meant else None
    candidates = tuple(_candidate(code, names) for code in meant)
    said = ". ".join(_capital(_where(candidate)) for candidate in candidates)
    return _ambiguous(typed, candidates, f"{reason}{said}.")


def _known(code: str, names: Index, remark: str | None = None) -> Outcome:
    point = names.points.get(code)
    return Found(point, remark) if point else NotInCatalogue(code, remark)


def _ambiguous(typed: str, candidates: tuple[Candidate, ...], said: str) -> Ambiguous:
    either = _or(candidate.code for candidate in candidates)
    return Ambiguous(typed, candidates, f"{said} Type {either}.")


def _candidate(code: str, names: Index) -> Candidate:
    point = names.points.get(code)
    if code in PLACES:
        return Candidate(code, *PLACES[code])
    if point:
        return Candidate(code, point.pinyin, point.body.value.replace("-", " "))
    return Candidate(code, "", f"{TITLES[code[:2]]} meridian")


def _where(candidate: Candidate) -> str:
    return f"{candidate.place} = {candidate.code} {candidate.name}".strip()


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


# Letters


def _tables() -> Iterator[tuple[str, str]]:
    for name, meant in SHARED_NAMES.items():
        yield from ((name, code) for code in meant)
    yield from OTHER_SPELLINGS.items()


def _claims(points: Iterable[Point]) -> Iterator[tuple[str, str]]:
    for point in points:
        own = (point.code, point.name, point.pinyin, point.pinyin_toned, point.hanzi)
        yield from ((name, point.code) for name in (*own, *point.aliases))


def _plain(text: str) -> str:
    return normalize("NFKC", normalize("NFKC", text).casefold()).strip(" ")


def _squeezed(text: str) -> str:
    # Tabs and line ends are no spaces: nobody types them within a name.
    return "".join(
        mark
        for mark in text
        if mark not in _DROPPED and category(mark) not in {"Zs", "Pd"}
    )


def _once(meant: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(meant))


_LONGEST = 200  # characters; no name comes near it
_SHOWN = 40  # characters of what was typed that are said back
_FEWEST, _MOST = 3, 60  # letters of a name worth comparing
_CLOSE = 0.75  # "tai chone" is 0.88 of Taichong; below this, chance begins
_NUMERALS = {2: "two", 3: "three", 4: "four"}

_TONES = frozenset("\u0300\u0301\u0302\u0304\u0306\u0308\u030c")
# Apostrophes, dots and the minus sign; other dashes and spaces go by category.
_DROPPED = frozenset(
    "'`.\u2018\u2019\u02bc\u2032\xb7\u2022\u2027\u2219\u22c5\u30fb\u2212"
)

_DIGIT = re.compile("[0-9]")
_NUMBER = re.compile("[0-9]+")
_CODE = re.compile("([a-z]+)([0-9]+)")
_GAP = re.compile("[0-9][^0-9a-z]+[0-9]")
_DASHES = "\\-\u2010-\u2015\u2212"
_IN_CODE = f"[a-z][a-z '.{_DASHES}]*"
_RANGE = re.compile(
    f"({_IN_CODE})([0-9]+) *(?:[{_DASHES}]| to ) *({_IN_CODE})?([0-9]+)"
)
_BETWEEN = re.compile(" *(?:[,;/&+]| and ) *")
_BRACKETED = re.compile(r"([^()\[\]]+)[(\[]([^()\[\]]+)[)\]]")
_CODE_FIRST = re.compile(f"([^0-9]*[0-9]+)[ :={_DASHES}]+([^0-9]*[^0-9 ])")
