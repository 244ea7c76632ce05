"""Points by what they are called, where they lie and what they are used for."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from acupress.lookup.search import find
from acupress.model import PointKind
from support.catalogue import POINTS
from support.factories import point


def found(words: str) -> list[str]:
    """Return the codes that *words* find."""
    return [each.code for each in find(words, POINTS.values())]


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

    assert [taught, reference] == find("bright", [reference, taught])


def test_every_point_is_found_by_its_own_names() -> None:
    """Searching for a point's code finds it first, and its name finds it, too."""
    assert {code: code for code in POINTS} == {code: found(code)[0] for code in POINTS}
    assert [
        (code, point.name)
        for code, point in POINTS.items()
        if find(point.name, [point]) != [point]
    ] == []


SOME = [POINTS[code] for code in ("BL60", "EX-HN3", "GB10", "GB21", "LR3", "PC6")]


@settings(derandomize=True, max_examples=200, deadline=None)
@given(st.text(max_size=30))
def test_any_text_can_be_searched_for(words: str) -> None:
    """No text makes a search fail, and nothing is found twice."""
    codes = [each.code for each in find(words, SOME)]

    assert len(codes) == len(set(codes))
