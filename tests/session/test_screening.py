"""Which points are left out after which answers."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acupress.model import Origin, Point, PregnancyLevel, Routine, Step, Tag
from acupress.session.screening import (
    FLOOR,
    Answers,
    Caution,
    PlannedStep,
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
# The points that may be pressed after yes or unsure; GB10 is never pressed.
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


def test_what_stays_of_the_real_routines() -> None:
    """Yes and unsure leave exactly what was decided, and the same for both."""
    expected = {
        "lower-back": [],
        "lower-back-partner": [],
        "upper-back": ["KI27", "BL10", "TE3"],
        "upper-back-partner": ["GV14", "BL10", "KI27"],
        "desk-break": ["GB20", "TE3", "EX-HN3", "PC6"],
        "leg-pain": [],
        "relaxing": ["EX-HN3", "HT7"],
        "sleep": ["PC6", "HT7", "EX-HN3"],
        "nausea": ["PC6"],
        "quiet": ["PC6", "KI27", "GB20", "TE3", "SI3", "EX-HN3"],
    }
    for answer in CAREFUL:
        stays = {name: kept(screen(real(name), Answers(answer))) for name in expected}

        assert expected == stays, answer


@settings(derandomize=True, max_examples=300)
@given(routines, answers)
def test_nothing_but_a_bundled_ok_stays_when_care_is_taken(
    some: Routine, given_answers: Answers
) -> None:
    """With yes or unsure no step is a point that is not known to be ok."""
    if given_answers.pregnancy is PregnancyAnswer.NO:
        given_answers = given_answers._replace(pregnancy=PregnancyAnswer.UNSURE)
    staying = [each.step.point for each in screen(some, given_answers).kept]

    assert [
        each.code
        for each in staying
        if level(each) is not PregnancyLevel.OK
        or each.origin is not Origin.BUNDLED
        or each.code in FLOOR
    ] == []


def test_nothing_but_ok_stays_with_any_pair_of_cautions() -> None:
    """Whatever the cautions, the real routines keep only points that are ok."""
    pairs = [frozenset(pair) for pair in combinations(Caution, 2)]

    assert [
        (shipped.id, answer, cautions, code)
        for shipped in ROUTINES
        for answer in CAREFUL
        for cautions in [frozenset[Caution](), *pairs]
        for code in kept(screen(shipped, Answers(answer, cautions)))
        if code not in OK
    ] == []


@settings(derandomize=True, max_examples=300)
@given(routines, answers, st.sampled_from(Caution))
def test_a_further_caution_never_adds_a_point(
    some: Routine, given_answers: Answers, caution: Caution
) -> None:
    """Saying more about oneself can only make a session smaller."""
    more = given_answers._replace(cautions=given_answers.cautions | {caution})

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


def test_a_replacement_makes_the_third_point() -> None:
    """Two points and half of the pressing run once a third has been added."""
    bare = routine(LEFT_OUT, *STAYING)
    some = bare._replace(replacements=(REPLACING,))

    for answer in CAREFUL:
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


def test_a_replacement_is_screened_like_any_step() -> None:
    """Level, cautions and wish count for it, and it is no point of the routine."""
    everything, none = PointChoice(), set[Caution]()
    for instead, wish, cautions in (
        (point("GB20", cautions=(Tag.NECK,)), everything, {Caution.NECK}),
        (point("PC6", pregnancy=PregnancyLevel.CAUTION), everything, none),
        (point("SP6"), everything, none),
        (point("PC6", origin=Origin.OWN), everything, none),
        (point("PC6"), PointChoice(without=frozenset({"PC6"})), none),
        (point("PC6"), PointChoice(only=frozenset({"TE3", "LI4"})), none),
        (point("TE3"), PointChoice(without=frozenset({"TE3"})), none),
        (point("TE3", cautions=(Tag.BONE,)), everything, {Caution.BONES}),
    ):
        some = routine(LEFT_OUT, *STAYING, replacements=(step(instead),))
        answered = Answers(PregnancyAnswer.UNSURE, frozenset(cautions))

        assert step(instead) not in [e.step for e in screen(some, answered, wish).kept]


def test_a_replacement_is_gentle_where_a_caution_asks_for_it() -> None:
    """A caution that softens points softens what stands in for others as well."""
    some = routine(LEFT_OUT, *STAYING, replacements=(REPLACING,))
    faint = Answers(PregnancyAnswer.YES, frozenset({Caution.FAINT}))

    assert screen(some, faint).kept[-1].gentle == (Caution.FAINT,)


def test_only_can_name_a_replacement() -> None:
    """A choice of points may have a replacement in it, which stays after yes only."""
    wish = PointChoice(only=frozenset({"PC6"}))
    careful = screen(real("desk-break"), Answers(PregnancyAnswer.YES), wish)
    free = screen(real("desk-break"), Answers(PregnancyAnswer.NO), wish)

    assert (kept(careful), careful.runs) == (["PC6"], True)
    assert (kept(free), free.runs) == ([], False)


def test_the_floor_outweighs_what_a_file_says() -> None:
    """A file that says ok does not loosen a point on the list in the code."""
    assert dict.fromkeys(FLOOR, PregnancyLevel.AVOID) == {
        code: level(point(code, pregnancy=PregnancyLevel.OK)) for code in FLOOR
    }


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


# The points that a caution skips, and those that it makes gentle.
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


def test_each_caution_skips_and_softens_what_the_table_says() -> None:
    """Over all taught points a caution does what its row says, and no more."""
    taught = {code: step(each) for code, each in POINTS.items() if each.technique}
    every = routine(*taught.values())
    for caution in Caution:
        screened = screen(every, Answers(PregnancyAnswer.NO, frozenset({caution})))
        stays = set(kept(screened))
        softened = {each.step.point.code for each in screened.kept if each.gentle}
        gentle = GENTLE.get(caution, set())

        assert taught.keys() - SKIPS[caution] == stays, caution
        assert (stays if gentle is None else gentle) == softened, caution


BALL = {
    Caution.THINNERS,
    Caution.BONES,
    Caution.SURGERY,
    Caution.HIP,
    Caution.NUMB,
}


def test_how_a_step_is_done_can_rule_it_out() -> None:
    """A step with a ball, standing or face down is left out for certain cautions."""
    other = step(point("LI4"))

    def ruled_out(some: Step) -> set[Caution]:
        """Return the cautions with which only the *other* step stays."""
        return {
            caution
            for caution in Caution
            for answered in [Answers(PregnancyAnswer.NO, frozenset({caution}))]
            if kept(screen(routine(some, other), answered)) == ["LI4"]
        }

    assert ruled_out(step(ball=True)) == BALL
    assert ruled_out(step(standing=True)) == {Caution.FAINT}
    assert ruled_out(step(prone=True)) == {Caution.ABDOMEN}


def test_skipping_beats_gentle() -> None:
    """A point that one caution skips and another softens is skipped."""
    some = real("lower-back")
    both = frozenset({Caution.CLOT, Caution.VEINS})

    assert kept(screen(some, Answers(PregnancyAnswer.NO, both))) == ["CV6", "BL23"]


def test_a_wish_leaves_out_and_keeps() -> None:
    """A choice of points leaves points out, or all others; the reason is a wish."""
    some = real("upper-back")
    no = Answers(PregnancyAnswer.NO)
    without = screen(some, no, PointChoice(without=frozenset({"GB21"})))
    only = screen(some, no, PointChoice(only=frozenset({"TE3", "LI4"})))

    assert kept(without) == ["KI27", "BL10", "TE3", "LI4"]
    assert kept(only) == ["TE3", "LI4"]
    assert (Reason(Why.WISH),) == without.left_out[0].reasons


def test_wishing_for_points_does_not_bring_them_back() -> None:
    """A wish for exactly the points that are left out leaves nothing."""
    wish = PointChoice(only=frozenset({"GB21", "LI4"}))
    for answer in CAREFUL:
        screened = screen(real("upper-back"), Answers(answer), wish)

        assert kept(screened) == []
        assert not screened.runs


def test_when_a_careful_routine_still_runs() -> None:
    """It runs with all that was wanted, or three points and half the pressing."""
    runs = {
        PointChoice(): True,
        PointChoice(only=frozenset({"KI27"})): True,
        PointChoice(without=frozenset({"KI27"})): False,
        PointChoice(without=frozenset({"GB21", "LI4", "TE3"})): True,
    }
    some, yes = real("upper-back"), Answers(PregnancyAnswer.YES)

    assert runs == {wish: screen(some, yes, wish).runs for wish in runs}


def test_exactly_half_of_the_pressing_is_enough() -> None:
    """Three points that keep 180 of 360 seconds run; 180 of 362 do not."""
    left_out = point("LI4", pregnancy=PregnancyLevel.AVOID)
    last = step(point("TE5"), hold=60, repetitions=1)
    for hold, expected in ((90, True), (91, False)):
        some = routine(step(left_out, hold=hold, repetitions=2), *STAYING, last)
        for answer in CAREFUL:
            assert expected is screen(some, Answers(answer)).runs, hold


def test_three_points_with_too_little_pressing_do_not_run() -> None:
    """Three points that keep less than half of the pressing are not enough."""
    long = step(point("LI4", pregnancy=PregnancyLevel.AVOID), hold=120, repetitions=1)
    short = [step(point(code), hold=5, repetitions=1) for code in ("TE3", "SI3", "TE5")]
    screened = screen(routine(long, *short), Answers(PregnancyAnswer.YES))

    assert kept(screened) == ["TE3", "SI3", "TE5"]
    assert not screened.runs


def test_after_no_one_point_may_be_enough() -> None:
    """With no, one remaining point is still a session, if it is pressed long enough."""
    some = real("lower-back")
    cautions = frozenset({Caution.SURGERY})
    screened = screen(some, Answers(PregnancyAnswer.NO, cautions))

    assert kept(screened) == ["CV6"]
    assert screened.runs
    assert not screened.maternity


def test_two_minutes_of_pressing_are_the_least() -> None:
    """A routine with a point left out needs two minutes; a whole one always runs."""
    no_meal = Answers(PregnancyAnswer.NO, frozenset({Caution.MEAL}))
    out = step(point("CV6", cautions=(Tag.ABDOMEN,)))
    for hold, expected in ((120, True), (119, False)):
        stays = step(point("LI4"), hold=hold, repetitions=1)

        assert screen(routine(out, stays), no_meal).runs is expected, hold
        assert screen(routine(stays), no_meal).runs, hold


def test_the_two_minutes_are_counted_as_cautions_shorten_them() -> None:
    """A hold of two minutes that a caution makes gentle counts for half a minute."""
    device = step(point("KI27", cautions=(Tag.CHEST_DEVICE,)))
    stays = step(point("LI4"), hold=120, repetitions=1)
    some = routine(device, stays)
    faint = frozenset({Caution.DEVICE, Caution.FAINT})

    assert screen(some, Answers(PregnancyAnswer.NO, frozenset({Caution.DEVICE}))).runs
    assert not screen(some, Answers(PregnancyAnswer.NO, faint)).runs


def test_the_routines_that_run_are_read_from_the_data() -> None:
    """
    The routines that are offered instead are those that screening lets run.

    Unless the answer is no, those that are for no ache come first, since an ache may
    be a warning sign; among both, those first of which nothing is left out.
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
    forged = (PlannedStep(step(), ()),)

    with pytest.raises(TypeError):
        Screened(routine(), forged, (), runs=True, seal=object())


def test_a_screened_can_not_be_changed_afterwards() -> None:
    """What was screened can not be copied with more steps, nor made to run."""
    screened = screen(ROUTINES[0], Answers(PregnancyAnswer.YES))
    more = (PlannedStep(ROUTINES[0].steps[0], ()),)

    with pytest.raises(TypeError):
        screened._replace(kept=more)
    with pytest.raises(TypeError):
        screened._replace(runs=True)


def test_words_are_no_answers() -> None:
    """A plain word instead of an enum is refused, since nothing would compare to it."""
    with pytest.raises(TypeError):
        Answers("yes")  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        Answers(PregnancyAnswer.NO, frozenset({"neck"}))  # type: ignore[arg-type]
