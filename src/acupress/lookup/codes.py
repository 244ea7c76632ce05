"""
Letters and a number, as this and other charts write them: what they stand for.

The rules are tried in their order; the tables are in ``numbering``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from unicodedata import category

from acupress.lookup.folding import CODE, squeezed
from acupress.lookup.results import (
    Found,
    Index,
    NotInCatalogue,
    Outcome,
    ambiguous,
    any_of,
    candidate,
    codes,
    known,
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

_GAP = re.compile("[0-9][^0-9a-z]+[0-9]")
DASHES = "\\-\u2010-\u2015\u2212"
_IN_CODE = f"[a-z][a-z '.{DASHES}]*"
RANGE = re.compile(f"({_IN_CODE})([0-9]+) *(?:[{DASHES}]| to ) *({_IN_CODE})?([0-9]+)")


def by_code(typed: str, plain: str, names: Index) -> Outcome | None:
    """Return what *plain*, the normal form of *typed*, means as a code, if anything."""
    shape = CODE.fullmatch(squeezed(plain))
    if not shape or RANGE.fullmatch(plain) or category(plain[-1]) == "Pd":
        return None  # CV3-7 and CV3- are ranges, though squeezed they look alike
    code = _Code(typed, shape[1], int(shape[2]))
    if _is_yintang(code, plain):
        return known("EX-HN3", names)
    outcomes = (rule(code, names) for rule in _RULES)
    outcome = next((outcome for outcome in outcomes if outcome), None)
    if _GAP.search(plain) and isinstance(outcome, Found | NotInCatalogue):
        # "CV1 7" may be CV17 or two points: a number in pieces is only a hint.
        return unknown(typed, names, codes(outcome))
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
    return unknown(code.typed, names, meant, "that is a bone of the spine")


def _foreign(code: _Code, names: Index) -> Outcome | None:
    meridian = FOREIGN.get(code.letters)
    if not meridian:
        return None
    meant = [f"{meridian}{code.number}"] if _exists(meridian, code.number) else []
    if meridian == "BL" and code.number in WHO_OF_OLD:
        meant.append(f"BL{WHO_OF_OLD[code.number]}")
    reason = f"the {TITLES[meridian]} meridian is {meridian} here"
    return unknown(code.typed, names, meant, reason)


def _old_number(code: _Code, names: Index) -> Outcome | None:
    if code.letters not in DOUBTFUL_LETTERS or code.number not in WHO_OF_OLD:
        return None
    old = candidate(f"BL{WHO_OF_OLD[code.number]}", names)
    who = candidate(f"BL{code.number}", names)
    said = f"Older books: {whereabouts(old)}. WHO: {whereabouts(who)}."
    return ambiguous(code.typed, (old, who), said)


def _beyond(code: _Code, names: Index) -> Outcome | None:
    if not code.meridian or _exists(code.meridian, code.number):
        return None
    meant = [code.misread] if code.misread else []
    if code.letters == "p" and _exists("LU", code.number):
        # French and Italian charts write P for the Lung, which goes on to 11.
        meant = [f"LU{code.number}"]
    title, last = TITLES[code.meridian], COUNTS[code.meridian]
    reason = f"the {title} points are {code.meridian}1 to {code.meridian}{last}"
    return unknown(code.typed, names, meant, reason)


def _regular(code: _Code, names: Index) -> Outcome | None:
    if not code.meridian:
        return None
    canonical = f"{code.meridian}{code.number}"
    if code.misread and code.letters == "l":  # L11 alone is right either way
        return any_of(code.typed, (canonical, code.misread), names)
    if code.misread:
        remark = f"read as {canonical}; {code.misread} is another point"
        return known(canonical, names, remark)
    return known(canonical, names, _two_numberings(code, names))


def _two_numberings(code: _Code, names: Index) -> str | None:
    if code.meridian != "BL" or code.number not in OLD_OF_WHO:
        return None
    other = candidate(f"BL{WHO_OF_OLD[code.number]}", names)
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
