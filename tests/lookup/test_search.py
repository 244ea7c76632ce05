"""Points by what they are called, where they lie and what they are used for."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acupress.lookup.search import find
from acupress.model import PointKind
from support.catalogue import POINTS
from support.factories import point


def found(words: str) -> list[str]:
    """Return the codes that *words* find."""
    return [each.code for each in find(words, POINTS.values())]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("BL60", "BL60"),
        ("kidney shu", "BL23"),
        ("shenshu", "BL23"),
        ("shén shù", "BL23"),
        ("腎俞", "BL23"),
        ("sholder wel", "GB21"),
        ("knulun", "BL60"),
        ("ankle", "BL60"),
        ("heel pain", "BL57"),
        ("knee crease", "BL40"),
        ("navel", "CV6"),
        ("web of the big toe", "LR3"),
    ],
)
def test_what_fits_best_comes_first(words: str, first: str) -> None:
    """A name, a place, a tradition or a misspelling finds its point."""
    assert first == found(words)[0]


@pytest.mark.parametrize("words", ["", "   ", "the of", "zzzz", "ankle zzzz", "[/]"])
def test_what_fits_nothing_finds_nothing(words: str) -> None:
    """Every word must fit; where one does not, there is no near miss."""
    assert found(words) == []


def test_a_taught_point_comes_before_a_reference_point() -> None:
    """Of two that fit as well, the one that can be pressed comes first."""
    reference = point("BL1", name="Bright", kind=PointKind.REFERENCE)
    taught = point("SI3", name="Bright")

    assert [taught, reference] == find("bright", [reference, taught])


@pytest.mark.parametrize("each", POINTS.values(), ids=lambda each: each.code)
def test_every_point_is_found_by_its_own_names(each: object) -> None:
    """Searching for a point's code or name finds it."""
    code, name = each.code, each.name  # type: ignore[attr-defined]

    assert code == found(code)[0]
    assert code in found(name)


@settings(derandomize=True, max_examples=200, deadline=None)
@given(st.text(max_size=30))
def test_any_text_can_be_searched_for(words: str) -> None:
    """No text makes a search fail, and nothing is found twice."""
    codes = found(words)

    assert len(codes) == len(set(codes))
