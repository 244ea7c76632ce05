"""Which points are left out for whom; the answers are the safety of this program."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acupress.catalogue import bundled, read_points, read_routines, read_sources
from acupress.model import Origin, Point, Pregnancy, Routine, Tag, Tier
from acupress.screening import (
    FLOOR,
    Answers,
    Caution,
    Expecting,
    Kept,
    Reason,
    Screened,
    Why,
    Wish,
    level,
    runnable,
    screen,
)
from making import point, routine, step

SOURCES = read_sources(bundled())
POINTS = read_points(bundled(), SOURCES)
ROUTINES = read_routines(bundled(), POINTS, SOURCES)
CAREFUL = [Expecting.YES, Expecting.UNSURE]

answers = st.builds(
    Answers, st.sampled_from(Expecting), st.frozensets(st.sampled_from(Caution))
)
points = st.builds(
    point,
    st.sampled_from(["TE3", "LI4", "KI27", "BL60", "SI3", "XX1", "GB21"]),
    pregnancy=st.sampled_from(Pregnancy),
    tier=st.sampled_from([Tier.NAMED, Tier.EXTRA_CARE, None]),
    cautions=st.lists(st.sampled_from(Tag), max_size=3, unique=True).map(tuple),
    origin=st.sampled_from(Origin),
)
routines = st.lists(points, min_size=1, max_size=6, unique_by=lambda p: p.code).map(
    lambda chosen: routine(*(step(each, rank=at) for at, each in enumerate(chosen, 1)))
)


def kept(screened: Screened) -> list[str]:
    """Return the codes that stay, in order."""
    return [each.step.point.code for each in screened.kept]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("lower-back", []),
        ("lower-back-partner", []),
        ("upper-back", ["KI27", "BL10", "TE3"]),
        ("upper-back-partner", ["GV14", "BL10", "KI27"]),
    ],
)
@pytest.mark.parametrize("answer", CAREFUL)
def test_what_stays_of_the_real_routines(
    name: str, expected: list[str], answer: Expecting
) -> None:
    """Yes and unsure leave exactly what the design says, and the same for both."""
    real = next(each for each in ROUTINES if each.id == name)

    assert expected == kept(screen(real, Answers(answer)))


@settings(derandomize=True, max_examples=300)
@given(routines, answers)
def test_nothing_but_a_bundled_ok_stays_when_care_is_taken(
    some: Routine, given_answers: Answers
) -> None:
    """With yes or unsure no step is a point that is not known to be ok."""
    if given_answers.pregnancy is Expecting.NO:
        given_answers = replace(given_answers, pregnancy=Expecting.UNSURE)
    staying = [each.step.point for each in screen(some, given_answers).kept]

    assert [
        each.code
        for each in staying
        if level(each) is not Pregnancy.OK
        or each.origin is not Origin.BUNDLED
        or each.code in FLOOR
    ] == []


@pytest.mark.parametrize("real", ROUTINES, ids=lambda each: each.id)
@pytest.mark.parametrize("answer", CAREFUL)
def test_nothing_but_ok_stays_with_any_pair_of_cautions(
    real: Routine, answer: Expecting
) -> None:
    """Whatever the cautions, the real routines keep only points that are ok."""
    pairs = [frozenset(pair) for pair in combinations(Caution, 2)]
    staying = {
        each.step.point.code
        for cautions in [frozenset[Caution](), *pairs]
        for each in screen(real, Answers(answer, cautions)).kept
    }

    assert staying <= {"KI27", "BL10", "TE3", "GV14"}


@settings(derandomize=True, max_examples=300)
@given(routines, answers, st.sampled_from(Caution))
def test_a_further_caution_never_adds_a_point(
    some: Routine, given_answers: Answers, caution: Caution
) -> None:
    """Saying more about oneself can only make a session smaller."""
    more = replace(given_answers, cautions=given_answers.cautions | {caution})

    assert set(kept(screen(some, more))) <= set(kept(screen(some, given_answers)))


@settings(derandomize=True, max_examples=200)
@given(routines, st.frozensets(st.sampled_from(Caution)))
def test_yes_and_unsure_leave_the_same_and_less_than_no(
    some: Routine, cautions: frozenset[Caution]
) -> None:
    """Unsure is treated exactly as yes, and neither keeps more than no."""
    yes, unsure, no = (
        kept(screen(some, Answers(answer, cautions)))
        for answer in (Expecting.YES, Expecting.UNSURE, Expecting.NO)
    )

    assert yes == unsure
    assert set(yes) <= set(no)


@settings(derandomize=True, max_examples=200)
@given(routines, answers)
def test_every_step_is_either_kept_or_left_out(
    some: Routine, given_answers: Answers
) -> None:
    """Nothing is lost and nothing is invented; both parts keep their order."""
    screened = screen(some, given_answers)
    out = [each.point.code for each in screened.left_out]
    every = [each.point.code for each in some.steps]

    assert sorted(every) == sorted([*kept(screened), *out])
    assert [code for code in every if code in kept(screened)] == kept(screened)
    assert all(each.reasons for each in screened.left_out)


@pytest.mark.parametrize("code", sorted(FLOOR))
def test_the_floor_outweighs_what_a_file_says(code: str) -> None:
    """A file that says ok does not loosen a point on the list in the code."""
    assert level(point(code, pregnancy=Pregnancy.OK)) is Pregnancy.AVOID


@settings(derandomize=True, max_examples=100)
@given(points)
def test_a_level_is_never_below_its_own_word(some: Point) -> None:
    """The level that is used is the stricter of the file's and the floor's."""
    order = [Pregnancy.OK, Pregnancy.CAUTION, Pregnancy.AVOID]

    assert order.index(level(some)) >= order.index(some.pregnancy)


def test_a_point_of_ones_own_does_not_count_as_ok() -> None:
    """Only bundled points are known to be ok."""
    own = routine(step(point(origin=Origin.OWN)))
    screened = screen(own, Answers(Expecting.UNSURE))

    assert kept(screened) == []
    assert (Reason(Why.EXTRA_CARE),) == screened.left_out[0].reasons


# safety.md 3.2 as it stands: what a caution skips, and what it makes gentle.
SKIPS = {
    Caution.THINNERS: {"CV6", "GB21", "BL10", "SI15"},
    Caution.CLOT: {"BL60", "LR3", "BL40"},
    Caution.VEINS: {"BL40"},
    Caution.BONES: {"BL23", "BL52", "GV4", "GV14", "KI27", "SI15"},
    Caution.ABDOMEN: {"CV6"},
    Caution.MEAL: {"CV6"},
    Caution.NECK: {"GB21", "BL10", "SI15"},
    Caution.FAINT: set[str](),
    Caution.DEVICE: {"KI27"},
    Caution.NUMB: {"BL40"},
}
GENTLE = {
    Caution.VEINS: {"BL60", "LR3"},
    Caution.THINNERS: None,
    Caution.BONES: None,
    Caution.FAINT: None,
    Caution.NUMB: None,
}


@pytest.mark.parametrize("caution", Caution)
def test_each_caution_skips_and_softens_what_the_table_says(caution: Caution) -> None:
    """Over all taught points a caution does what its row says, and no more."""
    taught = [each for each in POINTS.values() if each.technique]
    steps = [step(each) for each in taught]
    screened = screen(routine(*steps), Answers(Expecting.NO, frozenset({caution})))
    stays = set(kept(screened))
    softened = {each.step.point.code for each in screened.kept if each.gentle}
    gentle = GENTLE.get(caution, set())

    assert {each.code for each in taught} - SKIPS[caution] == stays
    assert (stays if gentle is None else gentle) == softened


@pytest.mark.parametrize("caution", [Caution.BONES, Caution.NUMB])
def test_a_step_with_a_ball_is_skipped_where_bones_or_feeling_are_weak(
    caution: Caution,
) -> None:
    """A ball presses harder than a thumb can feel."""
    some = routine(step(ball=True), step(point("LI4")))
    answered = Answers(Expecting.NO, frozenset({caution}))

    assert kept(screen(some, answered)) == ["LI4"]


def test_skipping_beats_gentle() -> None:
    """A point that one caution skips and another softens is skipped."""
    real = next(each for each in ROUTINES if each.id == "lower-back")
    both = frozenset({Caution.CLOT, Caution.VEINS})

    assert kept(screen(real, Answers(Expecting.NO, both))) == ["CV6", "BL23"]


def test_a_wish_leaves_out_and_keeps() -> None:
    """Points can be left out, or all but some, for reasons of one's own."""
    real = next(each for each in ROUTINES if each.id == "upper-back")
    no = Answers(Expecting.NO)
    without = screen(real, no, Wish(without=frozenset({"GB21"})))
    only = screen(real, no, Wish(only=frozenset({"TE3", "LI4"})))

    assert kept(without) == ["KI27", "BL10", "TE3", "LI4"]
    assert kept(only) == ["TE3", "LI4"]
    assert (Reason(Why.WISH),) == without.left_out[0].reasons


@pytest.mark.parametrize("answer", CAREFUL)
def test_wishing_for_points_does_not_bring_them_back(answer: Expecting) -> None:
    """A wish for exactly the points that are left out leaves nothing."""
    real = next(each for each in ROUTINES if each.id == "upper-back")
    screened = screen(real, Answers(answer), Wish(only=frozenset({"GB21", "LI4"})))

    assert kept(screened) == []
    assert not screened.runs


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        (Wish(), True),
        (Wish(only=frozenset({"KI27"})), True),
        (Wish(without=frozenset({"KI27"})), False),
        (Wish(without=frozenset({"GB21", "LI4", "TE3"})), True),
    ],
)
def test_when_a_careful_routine_still_runs(wish: Wish, *, expected: bool) -> None:
    """It runs with all that was wanted, or three points and half the pressing."""
    real = next(each for each in ROUTINES if each.id == "upper-back")

    assert expected is screen(real, Answers(Expecting.YES), wish).runs


def test_three_points_with_too_little_pressing_do_not_run() -> None:
    """Three short points out of a long routine are not the routine any more."""
    long = step(point("LI4", pregnancy=Pregnancy.AVOID), hold=120, repetitions=1)
    short = [step(point(code), hold=5, repetitions=1) for code in ("TE3", "SI3", "TE5")]
    screened = screen(routine(long, *short), Answers(Expecting.YES))

    assert kept(screened) == ["TE3", "SI3", "TE5"]
    assert not screened.runs


def test_cautions_alone_leave_whatever_they_leave() -> None:
    """With no, one remaining point is still a session."""
    real = next(each for each in ROUTINES if each.id == "upper-back")
    cautions = frozenset({Caution.NECK, Caution.DEVICE})
    screened = screen(real, Answers(Expecting.NO, cautions))

    assert kept(screened) == ["TE3", "LI4"]
    assert screened.runs
    assert not screened.maternity


def test_the_routines_that_run_are_read_from_the_data() -> None:
    """What is offered instead is whatever screening lets run."""
    offered = runnable(ROUTINES, Answers(Expecting.YES))

    assert [each.id for each in offered] == ["upper-back", "upper-back-partner"]


def test_a_screened_can_not_be_made_by_hand() -> None:
    """Only screening makes what planning takes."""
    forged = (Kept(step(), ()),)

    with pytest.raises(TypeError):
        Screened(routine(), forged, (), runs=True, _seal=object())
