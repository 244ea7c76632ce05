"""
Resolves point codes: letters and a number, as the WHO and other charts write them.

The WHO's own letters mean what the WHO says. Other letters may be used for another
meridian in each language: if more than one of these has a point of that number, all
are told, with the languages, and none is chosen.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from unicodedata import category

from acupress.lookup.charts import ENGLISH
from acupress.lookup.folding import CODE, without_separators
from acupress.lookup.results import (
    Found,
    Index,
    Outcome,
    ambiguous,
    candidate,
    codes,
    outcome_of,
    the_point,
    unknown,
    whereabouts,
)
from acupress.lookup.tables import (
    COUNTS,
    EXTRA,
    LETTERS,
    MISREAD,
    OLD_OF_WHO,
    TITLES,
    VERTEBRAE,
    WHO_OF_OLD,
)

_SPLIT_NUMBER = re.compile("[0-9][^0-9a-z]+[0-9]")
DASHES = "\\-\u2010-\u2015\u2212"
_IN_CODE = rf"3?[^\W\d_](?:[^\W\d_]|[ '.{DASHES}])*"
RANGE = f"({_IN_CODE})([0-9]+) *(?:[{DASHES}]| to ) *({_IN_CODE})?([0-9]+)"


def by_code(typed: str, plain: str, names: Index) -> Outcome | None:
    """Resolve *plain*, which is *typed* normalised; ``None`` if it is not a code."""
    match = CODE.fullmatch(without_separators(plain))
    if not match or re.fullmatch(RANGE, plain) or category(plain[-1]) == "Pd":
        return None  # CV3-7 and CV3- are ranges, but look like codes without the dash
    code = _Code(typed, match[1], int(match[2]))
    if _is_yintang(code, plain):
        return the_point(typed, "EX-HN3", names)
    own = code.letters not in LETTERS and names.points.get(code.as_written)
    if own:  # what a file of one's own calls so comes before other charts
        return Found(own)
    outcome = _vertebra(code, names) or _by_meridian(code, names)
    if _SPLIT_NUMBER.search(plain) and isinstance(outcome, Found):
        # "CV1 7" may be CV17 or two points, so CV17 is only suggested.
        return unknown(typed, names, codes(outcome))
    return outcome


class _Code(NamedTuple):
    """Parsed input: letters and a number, not yet resolved to a meridian."""

    typed: str
    letters: str
    number: int

    @property
    def misread(self) -> str | None:
        """The code that is meant if the leading 1 is a capital i: LI4 for L14."""
        meridian, digits = MISREAD.get(self.letters), str(self.number)
        if meridian and digits[0] == "1" and _exists(meridian, int(digits[1:] or 0)):
            return f"{meridian}{int(digits[1:])}"
        return None

    @property
    def as_written(self) -> str:
        """The letters and the number, as a code is written."""
        return f"{self.letters.upper()}{self.number}"

    @property
    def is_who(self) -> bool:
        """Whether *letters* are the WHO's own."""
        return self.letters.upper() in COUNTS


def _languages(code: _Code, names: Index) -> dict[str, list[str]]:
    """Return the meridians that the letters are used for, with the languages."""
    used: dict[str, list[str]] = {}
    if english := LETTERS.get(code.letters):
        used[english] = [ENGLISH]
    for meridian, languages in names.charts.letters.get(code.letters, {}).items():
        used[meridian] = [*used.get(meridian, ()), *languages]
    return used


def _exists(meridian: str, number: int) -> bool:
    return 1 <= number <= COUNTS[meridian]


def _is_yintang(code: _Code, plain: str) -> bool:
    if LETTERS.get(code.letters) == "GV":  # 24.5 and 29 are no WHO numbers
        half = code.number == 245 and plain.endswith("24.5")  # noqa: PLR2004
        return half or code.number == COUNTS["GV"] + 1
    return f"{code.letters}{code.number}" in EXTRA


def _vertebra(code: _Code, names: Index) -> Outcome | None:
    # L and S are also spellings of LU and ST, but C7, T3, L2 and S2 are vertebrae
    # too. Those that exist, L1-L5 and S1-S5, are never read as points: having to
    # type LU2 costs less than a wrong point. L6 and S6 are points.
    if not 1 <= code.number <= VERTEBRAE.get(code.letters, 0):
        return None
    meant = [f"{name}{code.number}" for name in _existing(code, names)]
    return unknown(code.typed, names, meant, "that is a bone of the spine")


def _existing(code: _Code, names: Index) -> list[str]:
    """Return the meridians that the letters are used for and that count so far."""
    return [name for name in _languages(code, names) if _exists(name, code.number)]


def _by_meridian(code: _Code, names: Index) -> Outcome | None:
    used = _languages(code, names)
    if not used:
        return None
    if code.is_who:
        used = {code.letters.upper(): used[code.letters.upper()]}
    meant = [name for name in used if _exists(name, code.number)]
    match meant:
        case []:
            return _out_of_range(code, next(iter(used)), names)
        case ["BL"] if not code.is_who and code.number in WHO_OF_OLD:
            return _ambiguous_bladder(code, names)
        case [meridian]:
            return _the_only(code, meridian, names)
        case _:
            return _of_several_charts(code, meant, used, names)


def _ambiguous_bladder(code: _Code, names: Index) -> Outcome:
    old = candidate(f"BL{WHO_OF_OLD[code.number]}", names)
    who = candidate(f"BL{code.number}", names)
    places = f"Older books: {whereabouts(old)}. WHO: {whereabouts(who)}."
    return ambiguous(code.typed, (old, who), places)


def _of_several_charts(
    code: _Code, meant: list[str], used: dict[str, list[str]], names: Index
) -> Outcome:
    each = tuple(candidate(f"{name}{code.number}", names) for name in meant)
    places = " ".join(
        f"{_charts(used[name])}: {whereabouts(one)}."
        for name, one in zip(meant, each, strict=True)
    )
    return ambiguous(code.typed, each, places)


def _charts(languages: list[str]) -> str:
    *others, last = languages
    listed = f"{', '.join(others)} and {last}" if others else last
    return f"{listed} charts"


def _out_of_range(code: _Code, meridian: str, names: Index) -> Outcome:
    suggestions = [code.misread] if code.misread else []
    reason = f"the {TITLES[meridian]} points are {meridian}1 to {meridian}"
    return unknown(code.typed, names, suggestions, f"{reason}{COUNTS[meridian]}")


def _the_only(code: _Code, meridian: str, names: Index) -> Outcome | None:
    canonical = f"{meridian}{code.number}"
    if code.misread and code.letters == "l":  # L11: LU11 and LI1 both exist
        return outcome_of(code.typed, (canonical, code.misread), names)
    if code.misread:
        remark: str | None = f"read as {canonical}; {code.misread} is another point"
    else:
        remark = _remark(code, meridian, names)
    return the_point(code.typed, canonical, names, remark)


def _remark(code: _Code, meridian: str, names: Index) -> str | None:
    """Return what another chart means by the letters, or another numbering."""
    used = _languages(code, names)
    if ENGLISH not in used[meridian]:
        return f"as {_charts(used[meridian])} write the {TITLES[meridian]} meridian"
    for other, languages in used.items():
        exists, charts = _exists(other, code.number), _charts(languages)
        if other != meridian and exists:  # which only a code of the WHO leads to
            return f"{meridian}{code.number} is {other}{code.number} in {charts}"
        if other != meridian and not code.is_who:
            meant = f"these letters are the {TITLES[other]} meridian"
            return f"in {charts} {meant}, which has no {code.number}"
    return _older_number_remark(code, names)


def _older_number_remark(code: _Code, names: Index) -> str | None:
    if code.letters != "bl" or code.number not in OLD_OF_WHO:
        return None
    other = candidate(f"BL{WHO_OF_OLD[code.number]}", names)
    return (
        f"older books call this point B{OLD_OF_WHO[code.number]};"
        f" their B{code.number} is {other.code} {other.name}"
    )
