"""
Resolves point codes: letters and a number, as the WHO and other charts write them.

The first rule in ``_RULES`` that applies decides; the data is in ``tables``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from unicodedata import category

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
    DOUBTFUL_LETTERS,
    EXTRA,
    FOREIGN,
    LETTERS,
    MISREAD,
    OLD_OF_WHO,
    TITLES,
    VERTEBRAE,
    WHO_OF_OLD,
)

_SPLIT_NUMBER = re.compile("[0-9][^0-9a-z]+[0-9]")
DASHES = "\\-\u2010-\u2015\u2212"
_IN_CODE = f"[a-z][a-z '.{DASHES}]*"
RANGE = re.compile(f"({_IN_CODE})([0-9]+) *(?:[{DASHES}]| to ) *({_IN_CODE})?([0-9]+)")


def by_code(typed: str, plain: str, names: Index) -> Outcome | None:
    """Resolve *plain*, which is *typed* normalised; ``None`` if it is not a code."""
    match = CODE.fullmatch(without_separators(plain))
    if not match or RANGE.fullmatch(plain) or category(plain[-1]) == "Pd":
        return None  # CV3-7 and CV3- are ranges, but look like codes without the dash
    code = _Code(typed, match[1], int(match[2]))
    if _is_yintang(code, plain):
        return the_point(typed, "EX-HN3", names)
    outcomes = (rule(code, names) for rule in _RULES)
    outcome = next((outcome for outcome in outcomes if outcome), None)
    if _SPLIT_NUMBER.search(plain) and isinstance(outcome, Found):
        # "CV1 7" may be CV17 or two points, so CV17 is only suggested.
        return unknown(typed, names, codes(outcome))
    return outcome


@dataclass(frozen=True, slots=True)
class _Code:
    """Parsed input: letters and a number, not yet resolved to a meridian."""

    typed: str
    letters: str
    number: int

    @property
    def meridian(self) -> str | None:
        """The WHO's letters for this meridian; ``None`` if *letters* are unknown."""
        return LETTERS.get(self.letters)

    @property
    def misread(self) -> str | None:
        """The code that is meant if the leading 1 is a capital i: LI4 for L14."""
        meridian, digits = MISREAD.get(self.letters), str(self.number)
        if meridian and digits[0] == "1" and _exists(meridian, int(digits[1:] or 0)):
            return f"{meridian}{int(digits[1:])}"
        return None


def _exists(meridian: str, number: int) -> bool:
    return 1 <= number <= COUNTS[meridian]


def _is_yintang(code: _Code, plain: str) -> bool:
    if code.meridian == "GV":  # 24.5 and 29 are no WHO numbers
        half = code.number == 245 and plain.endswith("24.5")  # noqa: PLR2004
        return half or code.number == COUNTS["GV"] + 1
    return f"{code.letters}{code.number}" in EXTRA


def _vertebra(code: _Code, names: Index) -> Outcome | None:
    # L and S are also spellings of LU and ST, but C7, T3, L2 and S2 are vertebrae
    # too. Those that exist, L1-L5 and S1-S5, are never read as points: having to
    # type LU2 costs less than a wrong point. L6 and S6 are points.
    if not 1 <= code.number <= VERTEBRAE.get(code.letters, 0):
        return None
    meridian = code.meridian or FOREIGN.get(code.letters)
    suggestions = [f"{meridian}{code.number}"] if meridian else []
    return unknown(code.typed, names, suggestions, "that is a bone of the spine")


def _foreign_letters(code: _Code, names: Index) -> Outcome | None:
    meridian = FOREIGN.get(code.letters)
    if not meridian:
        return None
    suggestions = [f"{meridian}{code.number}"] if _exists(meridian, code.number) else []
    if meridian == "BL" and code.number in WHO_OF_OLD:
        suggestions.append(f"BL{WHO_OF_OLD[code.number]}")
    reason = f"the {TITLES[meridian]} meridian is {meridian} here"
    return unknown(code.typed, names, suggestions, reason)


def _ambiguous_bladder(code: _Code, names: Index) -> Outcome | None:
    if code.letters not in DOUBTFUL_LETTERS or code.number not in WHO_OF_OLD:
        return None
    old = candidate(f"BL{WHO_OF_OLD[code.number]}", names)
    who = candidate(f"BL{code.number}", names)
    places = f"Older books: {whereabouts(old)}. WHO: {whereabouts(who)}."
    return ambiguous(code.typed, (old, who), places)


def _out_of_range(code: _Code, names: Index) -> Outcome | None:
    if not code.meridian or _exists(code.meridian, code.number):
        return None
    suggestions = [code.misread] if code.misread else []
    if code.letters == "p" and _exists("LU", code.number):
        # French and Italian charts write P for the Lung, which has eleven points.
        suggestions = [f"LU{code.number}"]
    title, last = TITLES[code.meridian], COUNTS[code.meridian]
    reason = f"the {title} points are {code.meridian}1 to {code.meridian}{last}"
    return unknown(code.typed, names, suggestions, reason)


def _who_code(code: _Code, names: Index) -> Outcome | None:
    if not code.meridian:
        return None
    canonical = f"{code.meridian}{code.number}"
    if code.misread and code.letters == "l":  # L11: LU11 and LI1 both exist
        return outcome_of(code.typed, (canonical, code.misread), names)
    if code.misread:
        remark = f"read as {canonical}; {code.misread} is another point"
        return the_point(code.typed, canonical, names, remark)
    return the_point(code.typed, canonical, names, _older_number_remark(code, names))


def _older_number_remark(code: _Code, names: Index) -> str | None:
    if code.meridian != "BL" or code.number not in OLD_OF_WHO:
        return None
    other = candidate(f"BL{WHO_OF_OLD[code.number]}", names)
    return (
        f"older books call this point B{OLD_OF_WHO[code.number]};"
        f" their B{code.number} is {other.code} {other.name}"
    )


_RULES: tuple[Callable[[_Code, Index], Outcome | None], ...] = (
    _vertebra,
    _foreign_letters,
    _ambiguous_bladder,
    _out_of_range,
    _who_code,
)
