"""What charts of other languages call a meridian or a point, as plain values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple
from unicodedata import category, normalize

from acupress.lookup.folding import fold, normal, without_separators

ENGLISH = "English"


class ExtraPoint(NamedTuple):
    """A point of the WHO that is known by name and place, and told no more of."""

    code: str
    pinyin: str
    hanzi: str
    aliases: list[str]
    body: str
    where: str


class Charts(NamedTuple):
    """
    What is known of other charts.

    *letters* has the meridians that a spelling is used for, each with the languages;
    *characters* a form of a character and the one that the names here have; *words*
    what "point" is called; *extra* the points that the catalogue lacks, by code; *read*
    the points that a folded name in Korean or Vietnamese is used for. These names are
    no part of the index, so that no slip is taken for one of them.
    """

    letters: Mapping[str, Mapping[str, list[str]]]
    characters: Mapping[str, str]
    words: list[str]
    extra: Mapping[str, ExtraPoint]
    read: Mapping[str, Sequence[str]] = {}

    def canonical(self, key: str) -> str:
        """Return the folded name *key* with the characters that the names here have."""
        if key.isascii():
            return key
        return "".join(self.characters.get(char, char) for char in key)


NO_CHARTS = Charts({}, {}, [], {})
"""What is known where no data is read: English letters only."""


def spellings(letters: str) -> set[str]:
    """Return the forms in which *letters* are looked up: as they are, and plain."""
    exact = without_separators(normal(letters))
    plain = "".join(c for c in normalize("NFKD", exact) if category(c) != "Mn")
    return {exact, plain}


def letters_of(
    charts: Iterable[tuple[str, Mapping[str, Iterable[str]]]],
) -> dict[str, dict[str, list[str]]]:
    """Return the meridians and languages of each spelling in *charts*, by language."""
    found: dict[str, dict[str, list[str]]] = {}
    for language, meridians in charts:
        for meridian, names in meridians.items():
            for key in sorted({key for name in names for key in spellings(name)}):
                found.setdefault(key, {}).setdefault(meridian, []).append(language)
    return found


def names_of_extra(charts: Charts) -> Iterable[tuple[str, str]]:
    """Yield every name of the extra points, with its code."""
    for point in charts.extra.values():
        for name in (point.code, point.pinyin, point.hanzi, *point.aliases):
            yield name, point.code


Readings = Mapping[str, tuple[str, str]]
"""A character's reading in a language, and that at the beginning of a name."""


def names_read(
    hanzi: Iterable[tuple[str, str]], languages: Iterable[Readings]
) -> dict[str, list[str]]:
    """Return the codes in *hanzi*, pairs of code and name, by each folded reading."""
    found: dict[str, list[str]] = {}
    pairs = list(hanzi)
    for readings in languages:
        for code, name in pairs:
            if all(char in readings for char in name):
                first, *others = (readings[char] for char in name)
                read = "".join((first[1], *(usual for usual, _ in others)))
                codes = found.setdefault(fold(read), [])
                if code not in codes:
                    codes.append(code)
    return found
