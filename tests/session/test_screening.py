"""Which points are left out for whom; the answers are the safety of this program."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acupress.model import Origin, Point, PregnancyLevel, Routine, Tag
from acupress.session.screening import (
    FLOOR,
    Answers,
    Caution,
    KeptStep,
    PointChoice,
    PregnancyAnswer,
    Reason,
    Screened,
    Why,
    level,
    runnable,
    screen,
)
from support.catalogue import POINTS, ROUTINES
from support.factories import point, routine, step
from support.strategies import answers, points, routines

CAREFUL = [PregnancyAnswer.YES, PregnancyAnswer.UNSURE]
# The points that may be pressed when care is taken; GB10 is never pressed.
OK = set("BL10 TE3 KI27 GV14 GB20 PC6 HT7 SI3 EX-HN3 GV20 TE5".split())  # noqa: SIM905


def added(some: Routine) -> set[str]:
    """Return the codes that may stand in for others."""
    return {each.point.code for each in some.replacements}


def real(name: str) -> Routine:
    """Return the bundled routine *name*."""
    return next(each for each in ROUTINES if each.id == name)


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
        ("desk-break", ["GB20", "TE3", "EX-HN3", "PC6"]),
        ("leg-pain", []),
        ("relaxing", ["EX-HN3", "HT7"]),
        ("sleep", ["PC6", "HT7", "EX-HN3"]),
        ("nausea", ["PC6"]),
        ("quiet", ["PC6", "KI27", "GB20", "TE3", "SI3", "EX-HN3"]),
    ],
)
@pytest.mark.parametrize("answer", CAREFUL)
def test_what_stays_of_the_real_routines(
    name: str, expected: list[str], answer: PregnancyAnswer
) -> None:
    """Yes and unsure leave exactly what was decided, and the same for both."""
    assert expected == kept(screen(real(name), Answers(answer)))


@settings(derandomize=True, max_examples=300)
@given(routines, answers)
def test_nothing_but_a_bundled_ok_stays_when_care_is_taken(
    some: Routine, given_answers: Answers
) -> None:
    """With yes or unsure no step is a point that is not known to be ok."""
    if given_answers.pregnancy is PregnancyAnswer.NO:
        given_answers = replace(given_answers, pregnancy=PregnancyAnswer.UNSURE)
    staying = [each.step.point for each in screen(some, given_answers).kept]

    assert [
        each.code
        for each in staying
        if level(each) is not PregnancyLevel.OK
        or each.origin is not Origin.BUNDLED
        or each.code in FLOOR
    ] == []


@pytest.mark.parametrize("shipped", ROUTINES, ids=lambda each: each.id)
@pytest.mark.parametrize("answer", CAREFUL)
def test_nothing_but_ok_stays_with_any_pair_of_cautions(
    shipped: Routine, answer: PregnancyAnswer
) -> None:
    """Whatever the cautions, the real routines keep only points that are ok."""
    pairs = [frozenset(pair) for pair in combinations(Caution, 2)]
    staying = {
        each.step.point.code
        for cautions in [frozenset[Caution](), *pairs]
        for each in screen(shipped, Answers(answer, cautions)).kept
    }

    assert staying <= OK


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
        for answer in (PregnancyAnswer.YES, PregnancyAnswer.UNSURE, PregnancyAnswer.NO)
    )

    assert yes == unsure
    assert set(yes) - added(some) <= set(no)
    assert not set(no) & added(some)


@settings(derandomize=True, max_examples=200)
@given(routines, answers)
def test_every_step_is_either_kept_or_left_out(
    some: Routine, given_answers: Answers
) -> None:
    """Nothing is lost and nothing is invented; all parts keep their order."""
    screened = screen(some, given_answers)
    out = [each.point.code for each in screened.left_out]
    every = [each.point.code for each in some.steps]
    whole = [*every, *(each.point.code for each in some.replacements)]
    own = [code for code in kept(screened) if code in every]

    assert sorted(every) == sorted([*own, *out])
    assert [code for code in whole if code in kept(screened)] == kept(screened)
    assert all(each.reasons for each in screened.left_out)


@settings(derandomize=True, max_examples=300)
@given(routines, answers)
def test_something_stands_in_only_where_pregnancy_left_something_out(
    some: Routine, given_answers: Answers
) -> None:
    """With no, or with nothing left out for pregnancy, there is no replacement."""
    screened = screen(some, given_answers)
    if added(some) & set(kept(screened)):
        assert given_answers.pregnancy is not PregnancyAnswer.NO
        assert screened.maternity


# Doses of a minute or more, since two minutes of pressing are the least that runs.
REPLACING = step(point("PC6"), hold=60, repetitions=1)
LEFT_OUT = step(point("LI4", pregnancy=PregnancyLevel.AVOID), hold=60, repetitions=1)
STAYING = [step(point(code), hold=60, repetitions=1) for code in ("TE3", "SI3")]


@pytest.mark.parametrize("answer", CAREFUL)
def test_a_replacement_makes_the_third_point(answer: PregnancyAnswer) -> None:
    """Two points and half of the pressing run once a third has been added."""
    bare = routine(LEFT_OUT, *STAYING)
    some = bare._replace(replacements=(REPLACING,))

    assert not screen(bare, Answers(answer)).runs
    assert kept(screen(some, Answers(answer))) == ["TE3", "SI3", "PC6"]
    assert screen(some, Answers(answer)).runs
    assert kept(screen(some, Answers(PregnancyAnswer.NO))) == ["LI4", "TE3", "SI3"]


def test_a_replacement_does_not_count_towards_half_of_the_pressing() -> None:
    """What is added never makes up for what was left out."""
    long = step(point("LI4", pregnancy=PregnancyLevel.AVOID), hold=120, repetitions=2)
    more = step(point("PC6"), hold=120, repetitions=1)
    some = routine(long, *STAYING, replacements=(more,))
    screened = screen(some, Answers(PregnancyAnswer.YES))

    assert kept(screened) == ["TE3", "SI3", "PC6"]
    assert not screened.runs


@pytest.mark.parametrize(
    ("instead", "wish", "cautions"),
    [
        (point("GB20", cautions=(Tag.NECK,)), PointChoice(), {Caution.NECK}),
        (point("PC6", pregnancy=PregnancyLevel.CAUTION), PointChoice(), set[Caution]()),
        (point("SP6"), PointChoice(), set[Caution]()),
        (point("PC6", origin=Origin.OWN), PointChoice(), set[Caution]()),
        (point("PC6"), PointChoice(without=frozenset({"PC6"})), set[Caution]()),
        (point("PC6"), PointChoice(only=frozenset({"TE3", "LI4"})), set[Caution]()),
        (point("TE3"), PointChoice(without=frozenset({"TE3"})), set[Caution]()),
        (point("TE3", cautions=(Tag.BONE,)), PointChoice(), {Caution.BONES}),
    ],
)
def test_a_replacement_is_screened_like_any_step(
    instead: Point, wish: PointChoice, cautions: set[Caution]
) -> None:
    """No level, caution or wish is got round, nor a point of the routine brought in."""
    some = routine(LEFT_OUT, *STAYING, replacements=(step(instead),))
    answered = Answers(PregnancyAnswer.UNSURE, frozenset(cautions))

    assert step(instead) not in [e.step for e in screen(some, answered, wish).kept]


def test_a_replacement_is_gentle_where_a_caution_asks_for_it() -> None:
    """A caution that softens points softens what stands in for others as well."""
    some = routine(LEFT_OUT, *STAYING, replacements=(REPLACING,))
    faint = Answers(PregnancyAnswer.YES, frozenset({Caution.FAINT}))

    assert screen(some, faint).kept[-1].gentle == (Caution.FAINT,)


def test_only_can_name_a_replacement() -> None:
    """A session that was stopped can be taken up with what stood in for others."""
    wish = PointChoice(only=frozenset({"PC6"}))
    careful = screen(real("desk-break"), Answers(PregnancyAnswer.YES), wish)
    free = screen(real("desk-break"), Answers(PregnancyAnswer.NO), wish)

    assert (kept(careful), careful.runs) == (["PC6"], True)
    assert (kept(free), free.runs) == ([], False)


@pytest.mark.parametrize("code", sorted(FLOOR))
def test_the_floor_outweighs_what_a_file_says(code: str) -> None:
    """A file that says ok does not loosen a point on the list in the code."""
    assert level(point(code, pregnancy=PregnancyLevel.OK)) is PregnancyLevel.AVOID


@settings(derandomize=True, max_examples=100)
@given(points)
def test_a_level_is_never_below_its_own_word(some: Point) -> None:
    """The level that is used is the stricter of the file's and the floor's."""
    order = [PregnancyLevel.OK, PregnancyLevel.CAUTION, PregnancyLevel.AVOID]

    assert order.index(level(some)) >= order.index(some.pregnancy)


def test_a_point_of_ones_own_does_not_count_as_ok() -> None:
    """Only bundled points are known to be ok."""
    own = routine(step(point(origin=Origin.OWN)))
    screened = screen(own, Answers(PregnancyAnswer.UNSURE))

    assert kept(screened) == []
    assert (Reason(Why.EXTRA_CARE),) == screened.left_out[0].reasons


# What a caution skips, and what it makes gentle.
SKIPS = {
    Caution.THINNERS: {"CV6", "GB21", "BL10", "GV14", "SI15", "GB20", "ANMIAN"},
    Caution.CLOT: {"BL60", "LR3", "BL40", "SP6", "ST36", "KI3", "BL57"},
    Caution.VEINS: {"BL40"},
    Caution.BONES: {"BL23", "BL52", "GV4", "GV14", "KI27", "SI15", "BL53"},
    Caution.SURGERY: {
        *("BL23", "BL52", "GV4", "GV14", "KI27", "SI15", "BL53", "GB30"),
        *("BL60", "LR3", "BL40", "SP6", "ST36", "KI3", "BL57"),  # the legs
    },
    Caution.HIP: {"GB30", "BL53"},
    Caution.KIDNEYS: {"BL23", "BL52"},
    Caution.ABDOMEN: {"CV6", "BL40"},
    Caution.MEAL: {"CV6"},
    Caution.NECK: {"GB21", "BL10", "GV14", "SI15", "GB20", "ANMIAN"},
    Caution.FAINT: set[str](),
    Caution.DEVICE: {"KI27"},
    Caution.NUMB: {"BL40", "GB30", "PC6", "KI3", "HT7"},
}
GENTLE = {
    Caution.VEINS: {"BL60", "LR3", "SP6", "ST36", "KI3", "BL57"},
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
    screened = screen(
        routine(*steps), Answers(PregnancyAnswer.NO, frozenset({caution}))
    )
    stays = set(kept(screened))
    softened = {each.step.point.code for each in screened.kept if each.gentle}
    gentle = GENTLE.get(caution, set())

    assert {each.code for each in taught} - SKIPS[caution] == stays
    assert (stays if gentle is None else gentle) == softened


BALL = {
    Caution.THINNERS,
    Caution.BONES,
    Caution.SURGERY,
    Caution.HIP,
    Caution.NUMB,
}


@pytest.mark.parametrize("caution", Caution)
def test_how_a_step_is_done_can_rule_it_out(caution: Caution) -> None:
    """A ball bruises or breaks, standing makes faint, lying face down hurts a belly."""
    no = Answers(PregnancyAnswer.NO, frozenset({caution}))
    without = {
        "ball": kept(screen(routine(step(ball=True), step(point("LI4"))), no)),
        "standing": kept(screen(routine(step(standing=True), step(point("LI4"))), no)),
        "prone": kept(screen(routine(step(prone=True), step(point("LI4"))), no)),
    }

    assert (without["ball"] == ["LI4"]) is (caution in BALL)
    assert (without["standing"] == ["LI4"]) is (caution is Caution.FAINT)
    assert (without["prone"] == ["LI4"]) is (caution is Caution.ABDOMEN)


def test_skipping_beats_gentle() -> None:
    """A point that one caution skips and another softens is skipped."""
    some = real("lower-back")
    both = frozenset({Caution.CLOT, Caution.VEINS})

    assert kept(screen(some, Answers(PregnancyAnswer.NO, both))) == ["CV6", "BL23"]


def test_a_wish_leaves_out_and_keeps() -> None:
    """Points can be left out, or all but some, for reasons of one's own."""
    some = real("upper-back")
    no = Answers(PregnancyAnswer.NO)
    without = screen(some, no, PointChoice(without=frozenset({"GB21"})))
    only = screen(some, no, PointChoice(only=frozenset({"TE3", "LI4"})))

    assert kept(without) == ["KI27", "BL10", "TE3", "LI4"]
    assert kept(only) == ["TE3", "LI4"]
    assert (Reason(Why.WISH),) == without.left_out[0].reasons


@pytest.mark.parametrize("answer", CAREFUL)
def test_wishing_for_points_does_not_bring_them_back(answer: PregnancyAnswer) -> None:
    """A wish for exactly the points that are left out leaves nothing."""
    some = real("upper-back")
    screened = screen(
        some, Answers(answer), PointChoice(only=frozenset({"GB21", "LI4"}))
    )

    assert kept(screened) == []
    assert not screened.runs


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        (PointChoice(), True),
        (PointChoice(only=frozenset({"KI27"})), True),
        (PointChoice(without=frozenset({"KI27"})), False),
        (PointChoice(without=frozenset({"GB21", "LI4", "TE3"})), True),
    ],
)
def test_when_a_careful_routine_still_runs(
    wish: PointChoice, *, expected: bool
) -> None:
    """It runs with all that was wanted, or three points and half the pressing."""
    some = real("upper-back")

    assert expected is screen(some, Answers(PregnancyAnswer.YES), wish).runs


@pytest.mark.parametrize("answer", CAREFUL)
@pytest.mark.parametrize(("left_out", "expected"), [(90, True), (91, False)])
def test_exactly_half_of_the_pressing_is_enough(
    answer: PregnancyAnswer, left_out: int, *, expected: bool
) -> None:
    """Three points that keep 180 of 360 seconds run; 180 of 362 do not."""
    long = step(
        point("LI4", pregnancy=PregnancyLevel.AVOID), hold=left_out, repetitions=2
    )
    some = routine(long, *STAYING, step(point("TE5"), hold=60, repetitions=1))

    assert expected is screen(some, Answers(answer)).runs


def test_three_points_with_too_little_pressing_do_not_run() -> None:
    """Three short points out of a long routine are not the routine any more."""
    long = step(point("LI4", pregnancy=PregnancyLevel.AVOID), hold=120, repetitions=1)
    short = [step(point(code), hold=5, repetitions=1) for code in ("TE3", "SI3", "TE5")]
    screened = screen(routine(long, *short), Answers(PregnancyAnswer.YES))

    assert kept(screened) == ["TE3", "SI3", "TE5"]
    assert not screened.runs


def test_cautions_alone_leave_whatever_they_leave() -> None:
    """With no, one remaining point is still a session, if it is pressed long enough."""
    some = real("lower-back")
    cautions = frozenset({Caution.SURGERY})
    screened = screen(some, Answers(PregnancyAnswer.NO, cautions))

    assert kept(screened) == ["CV6"]
    assert screened.runs
    assert not screened.maternity


@pytest.mark.parametrize(("hold", "expected"), [(120, True), (119, False)])
def test_two_minutes_of_pressing_are_the_least(hold: int, *, expected: bool) -> None:
    """Once something is left out; all that was wanted always runs."""
    no_meal = Answers(PregnancyAnswer.NO, frozenset({Caution.MEAL}))
    out = step(point("CV6", cautions=(Tag.ABDOMEN,)))
    stays = step(point("LI4"), hold=hold, repetitions=1)

    assert screen(routine(out, stays), no_meal).runs is expected
    assert screen(routine(stays), no_meal).runs


def test_the_two_minutes_are_counted_as_cautions_shorten_them() -> None:
    """A hold of two minutes that is held for half a minute is half a minute."""
    device = step(point("KI27", cautions=(Tag.CHEST_DEVICE,)))
    stays = step(point("LI4"), hold=120, repetitions=1)
    some = routine(device, stays)
    faint = frozenset({Caution.DEVICE, Caution.FAINT})

    assert screen(some, Answers(PregnancyAnswer.NO, frozenset({Caution.DEVICE}))).runs
    assert not screen(some, Answers(PregnancyAnswer.NO, faint)).runs


def test_the_routines_that_run_are_read_from_the_data() -> None:
    """
    What is offered instead is whatever screening lets run.

    What is for no ache comes first unless the answer is no, since an ache may be a
    sign; within both, the routines of which nothing is left out.
    """
    quiet_ones = ["quiet", "nausea", "sleep"]
    others = ["lower-back-gentle", "upper-back", "upper-back-partner", "neck"]

    for answer in CAREFUL:
        offered = [each.id for each in runnable(ROUTINES, Answers(answer))]
        assert offered == [*quiet_ones, *others, "desk-break"]
    free = [each.id for each in runnable(ROUTINES, Answers(PregnancyAnswer.NO))]
    assert free == [each.id for each in ROUTINES]


def test_a_screened_can_not_be_made_by_hand() -> None:
    """Only screening makes what planning takes."""
    forged = (KeptStep(step(), ()),)

    with pytest.raises(TypeError):
        Screened(routine(), forged, (), runs=True, _seal=object())


def test_a_screened_can_not_be_changed_afterwards() -> None:
    """Nothing is put back into what was screened, nor is it made to run."""
    screened = screen(ROUTINES[0], Answers(PregnancyAnswer.YES))
    more = (KeptStep(ROUTINES[0].steps[0], ()),)

    with pytest.raises(TypeError):
        replace(screened, kept=more)
    with pytest.raises(TypeError):
        replace(screened, runs=True)


@pytest.mark.parametrize(
    "answers",
    [
        lambda: Answers("yes"),  # type: ignore[arg-type]
        lambda: Answers(PregnancyAnswer.NO, frozenset({"neck"})),  # type: ignore[arg-type]
    ],
)
def test_words_are_no_answers(answers: Callable[[], Answers]) -> None:
    """A word that only looks like an answer would be passed over, so it is refused."""
    with pytest.raises(TypeError):
        answers()
