"""Points by what they are called, where they lie and what they are used for."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from acupress.lookup.search import aches_like, find, word_index
from acupress.model import Ache, Point, PointKind
from support.catalogue import ACHES, EVERY, POINTS, ROUTINES, WORDS
from support.factories import point

TAUGHT = word_index(POINTS.values())

TYPOS = Path(__file__).with_name("typos.txt").read_text("utf-8").splitlines()
"""What was typed, and what was meant."""

# Words that no point has anything to do with. "window" and "river" are one letter away
# from names in English.
OTHER_WORDS = {
    *("zzzz", "banana", "printer", "laptop", "cat", "dog", "football", "python"),
    *("guitar", "monday", "hello", "coffee", "money", "window", "garden", "music"),
    *("pencil", "summer", "river", "castle"),
}


def found(words: str) -> list[str]:
    """Return the codes that *words* find among the points that have a file each."""
    return [each.code for each in find(words, POINTS, TAUGHT)]


def among(words: str, *points: Point) -> list[Point]:
    """Return those of *points* that *words* find."""
    return find(words, {each.code: each for each in points}, word_index(points))


def test_what_fits_best_comes_first() -> None:
    """A name, a place, a tradition or a misspelling finds its point."""
    first = {
        "BL60": "BL60",
        "kidney shu": "BL23",
        "shenshu": "BL23",
        "shén shù": "BL23",
        "腎俞": "BL23",
        "sholder wel": "GB21",
        "knulun": "BL60",
        "ankle": "BL60",
        "heel pain": "BL57",
        "knee crease": "BL40",
        "navel": "CV6",
        "web of the big toe": "LR3",
    }

    assert first == {words: found(words)[0] for words in first}


def test_what_fits_nothing_finds_nothing() -> None:
    """A point is found only if every word fits it."""
    texts: tuple[str, ...] = ("", "   ", "the of", "zzzz", "ankle zzzz", "[/]")

    assert {words: [] for words in texts} == {words: found(words) for words in texts}


def test_a_taught_point_comes_before_a_reference_point() -> None:
    """Of two that fit as well, the one that can be pressed comes first."""
    reference = point("BL1", name="Bright", kind=PointKind.REFERENCE)
    taught = point("SI3", name="Bright")

    assert [taught, reference] == among("bright", reference, taught)


def test_every_point_is_found_by_its_own_names() -> None:
    """Searching for a point's code finds it first, and its name finds it, too."""
    assert {code: code for code in POINTS} == {code: found(code)[0] for code in POINTS}
    assert [
        (code, point.name)
        for code, point in POINTS.items()
        if among(point.name, point) != [point]
    ] == []


SOME = [POINTS[code] for code in ("BL60", "EX-HN3", "GB10", "GB21", "LR3", "PC6")]


@settings(derandomize=True, max_examples=200, deadline=None)
@given(st.text(max_size=30))
def test_any_text_can_be_searched_for(words: str) -> None:
    """No text makes a search fail, and nothing is found twice."""
    codes = [each.code for each in among(words, *SOME)]

    assert len(codes) == len(set(codes))


def test_misspelt_words_are_found() -> None:
    """Of 53 ordinary slips at least 50 find what was meant."""
    missed = []
    for line in TYPOS:
        typed, meant = line.split("=")
        first = find(meant, EVERY, WORDS)[0]
        if first not in find(typed, EVERY, WORDS):
            missed.append(line)

    assert len(TYPOS) == 53
    assert len(missed) <= 3, missed


def test_words_of_every_day_find_nothing() -> None:
    """A mistake is forgiven, and no more than that: other words find no point."""
    finding = {word for word in OTHER_WORDS if find(word, EVERY, WORDS)}

    assert finding == {"window", "river"}


def test_words_typed_together_or_apart() -> None:
    """Syllables of a name that stand apart, and words run together, are found."""
    for typed, meant in (
        ("he gu", "hegu"),
        ("san yin jiao", "sanyinjiao"),
        ("head ache", "headache"),
        ("stiffneck", "stiff neck"),
    ):
        codes = {each.code for each in find(typed, EVERY, WORDS)}

        assert find(meant, EVERY, WORDS)[0].code in codes, typed


def serving(words: str, *aches: Ache) -> list[str]:
    """Return the routines that *words* lead to, in order."""
    found = aches_like(words, aches or ACHES, ROUTINES)
    return list(dict.fromkeys(name for ache in found for name in ache.routines))


def test_every_name_of_an_ache_leads_to_its_routines() -> None:
    """As it stands, with what is said of any ache, and with one letter left out."""
    spelt = {
        typed: ache
        for ache in ACHES
        if ache.routines
        for name in ache.called
        for typed in (name, f"my {name} hurts", f"{name} pain")
    }
    lost = {
        f"{name[:at]}{name[at + 1 :]}": ache
        for ache in ACHES
        for name in ache.called
        for at in range(2, len(name))
        if len(name) > 7 and " " not in name
    }

    assert {t: list(ache.routines) for t, ache in (spelt | lost).items()} == {
        typed: serving(typed) for typed in spelt | lost
    }


def test_where_nothing_serves_only_the_whole_name_counts() -> None:
    """A part of it leads to no refusal, nor does a longer name that begins with it."""
    chest = Ache(("chest pain",), (), "Call.")
    typed = ("chest pain", "chest pian", "pain in the chest", "chest", "pain", "chests")
    found = [words for words in typed if aches_like(words, [chest], [])]

    assert found == ["chest pain", "chest pian"]


def test_what_says_too_little_leads_nowhere() -> None:
    """A word of many routines, or that of any ache, is no ache."""
    assert {words: serving(words) for words in ("", "pain", "with", "zzz")} == {
        "": [],
        "pain": [],
        "with": [],
        "zzz": [],
    }


def test_a_routine_is_found_by_its_own_words() -> None:
    """Its id and its title lead to it, also one that nobody wrote an ache for."""
    assert {each.id: True for each in ROUTINES} == {
        each.id: each.id in serving(each.title) and each.id in serving(each.id)
        for each in ROUTINES
    }
