"""What is pressed for how long, to the second."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acupress.errors import WrongUseError
from acupress.model import (
    GENTLE_HOLD,
    LONGEST_ROUTINE,
    LONGEST_SIDE,
    Pattern,
    Phase,
    Pressure,
    Routine,
    Side,
    Tempo,
)
from acupress.session.planning import NothingLeftError, plan, whole_minutes
from acupress.session.screening import Answers, Caution, PregnancyAnswer, screen
from acupress.session.timeline import lay_out
from support.catalogue import REAL, ROUTINES
from support.factories import point, routine, step
from support.plans import NO, planned
from support.strategies import answers, routines

CAREFUL = (PregnancyAnswer.YES, PregnancyAnswer.UNSURE)


def totals(names: Iterable[str], given_answers: Answers = NO) -> dict[str, object]:
    """Return how long each of the real routines lasts, and how much is pressing."""
    plans = {name: planned(name, given_answers=given_answers) for name in names}
    return {name: (made.seconds, made.pressing) for name, made in plans.items()}


def test_the_totals_of_the_real_routines() -> None:
    """Every routine lasts exactly as long as was worked out by hand."""
    assert totals(REAL) == {
        "lower-back": (1075, 840),
        "lower-back-gentle": (415, 300),
        "lower-back-partner": (630, 450),
        "upper-back": (560, 400),
        "upper-back-partner": (527, 385),
        "neck": (460, 360),
        "desk-break": (320, 200),
        "leg-pain": (700, 540),
        "hip": (330, 240),
        "relaxing": (1715, 1620),
        "sleep": (780, 720),
        "nausea": (320, 300),
        "quiet": (651, 530),
    }


def test_the_totals_after_yes_or_unsure() -> None:
    """What remains lasts exactly as long as was worked out by hand."""
    expected = {
        "lower-back-gentle": (415, 300),
        "upper-back": (386, 290),
        "upper-back-partner": (390, 300),
        "neck": (300, 240),
        "desk-break": (278, 190),
        "sleep": (655, 600),
        "nausea": (320, 300),
        "quiet": (651, 530),
    }
    for answer in CAREFUL:
        assert expected == totals(expected, Answers(answer)), answer


def test_what_does_not_run_after_yes_or_unsure() -> None:
    """These routines have no shorter session: they are refused, and no others are."""
    refused = set()
    for name in REAL:
        for answer in CAREFUL:
            try:
                planned(name, given_answers=Answers(answer))
            except NothingLeftError:
                refused.add((name, answer))

    assert refused == {
        (name, answer)
        for name in ("lower-back", "lower-back-partner", "leg-pain", "hip", "relaxing")
        for answer in CAREFUL
    }


def test_fewer_minutes_take_away_in_the_right_order() -> None:
    """Repetitions go first, then whole steps, and no hold is ever shortened."""
    lower = {18: 1075, 17: 1005, 15: 845, 12: 705, 10: 540, 8: 475, 5: 230, 4: 230}
    upper = {10: 560, 9: 532, 8: 428, 7: 414, 6: 293, 4: 235, 3: 147}
    for name, seconds in (("lower-back", lower), ("upper-back", upper)):
        plans = {minutes: planned(name, minutes) for minutes in seconds}
        full = {(each.point.code, each.dose.hold) for each in REAL[name].steps}

        assert seconds == {minutes: made.seconds for minutes, made in plans.items()}
        assert {
            (each.point.code, each.step.dose.hold)
            for made in plans.values()
            for each in made.steps
        } <= full


def test_too_few_minutes_are_refused_with_the_fewest_that_work() -> None:
    """The message says the smallest number of minutes that works."""
    with pytest.raises(WrongUseError, match="4 minutes is the shortest"):
        planned("lower-back", 3)


@settings(derandomize=True, max_examples=200)
@given(routines, answers, st.integers(1, 40))
def test_a_fitted_plan_fits_and_keeps_only_what_was_kept(
    some: Routine, given_answers: Answers, minutes: int
) -> None:
    """A plan never lasts longer than asked, nor adds anything."""
    screened = screen(some, given_answers)
    if not screened.runs:
        with pytest.raises(NothingLeftError):
            plan(screened, minutes)
        return
    stays = {each.step.point.code for each in screened.kept}
    try:
        made = plan(screened, minutes)
    except WrongUseError:
        return

    assert made.seconds <= minutes * 60
    assert {each.point.code for each in made.steps} <= stays
    assert made == plan(screened, minutes)


def test_the_order_of_sides() -> None:
    """Left comes first; each side gets every repetition."""
    presses = {each: step(pattern=each, repetitions=2).dose.presses for each in Pattern}

    assert {
        pattern: "".join(side.value[0].upper() for side, _ in pressed)
        for pattern, pressed in presses.items()
    } == {
        Pattern.MIDDLE: "MM",
        Pattern.BOTH: "BB",
        Pattern.ALTERNATE: "LRLR",
        Pattern.ONE_THEN_OTHER: "LLRR",
    }


@settings(derandomize=True, max_examples=100)
@given(
    st.sampled_from(Pattern),
    st.integers(1, 120),
    st.integers(1, 9),
    st.integers(1, 60),
    st.integers(1, 30),
    st.integers(1, 30),
    st.integers(1, 30),
)
def test_a_step_lasts_what_the_formula_says(
    pattern: Pattern,
    hold: int,
    times: int,
    setup: int,
    rest: int,
    switch: int,
    first: int,
) -> None:
    """Setting up, pressing and the gaps add up for all four side patterns."""
    some = step(
        pattern=pattern,
        hold=hold,
        repetitions=times,
        setup=setup,
        rest=rest,
        switch=switch,
        first_switch=first,
    )
    match pattern:
        case Pattern.MIDDLE | Pattern.BOTH:
            expected = setup + times * hold + (times - 1) * rest
        case Pattern.ALTERNATE:
            expected = setup + 2 * times * hold + first + (2 * times - 2) * switch
        case Pattern.ONE_THEN_OTHER:
            expected = setup + 2 * times * hold + 2 * (times - 1) * rest + first

    assert expected == some.seconds


def test_a_caution_makes_holds_short_and_light() -> None:
    """A gentle point is pressed lightly, for half a minute at most."""
    faint = Answers(PregnancyAnswer.NO, frozenset({Caution.FAINT}))
    steps = planned("lower-back", given_answers=faint).steps

    assert all(each.step.dose.hold <= GENTLE_HOLD for each in steps)
    assert {Pressure.LIGHT} == {each.step.pressure for each in steps}


def test_the_longest_hold() -> None:
    """It is three minutes with a source, two without, half a minute where gentle."""
    faint = Answers(PregnancyAnswer.NO, frozenset({Caution.FAINT}))
    longest = [
        {each.longest_hold for each in planned(name, given_answers=answered).steps}
        for name, answered in [("relaxing", NO), ("sleep", NO), ("relaxing", faint)]
    ]

    assert longest == [{180}, {120}, {30}]


def test_the_first_days_are_gentler() -> None:
    """A starter holds for half a minute and twice at most."""
    steps = planned("lower-back", starter=True).steps

    assert [(each.step.dose.hold, each.step.dose.repetitions) for each in steps] == [
        (30, 2)
    ] * 5


def test_no_side_of_a_real_routine_gets_too_much() -> None:
    """Each side of each point stays within three minutes."""
    assert [
        (real.id, each.point.code, side)
        for real in ROUTINES
        for each in real.steps
        for side in Side
        if [where for where, _ in each.dose.presses].count(side) * each.dose.hold
        > LONGEST_SIDE
    ] == []


def test_planning_takes_only_what_was_screened() -> None:
    """A routine that was not screened is refused, also at run time."""
    with pytest.raises(TypeError):
        plan(routine())  # type: ignore[arg-type]


def test_nothing_left_is_an_error_and_never_an_empty_plan() -> None:
    """Where nothing is left, planning raises an error."""
    with pytest.raises(NothingLeftError):
        planned("lower-back", given_answers=Answers(PregnancyAnswer.UNSURE))


def test_minutes_are_rounded_up() -> None:
    """The number of minutes shown is always one that works."""
    assert [whole_minutes(seconds) for seconds in (60, 61, 540)] == [1, 2, 9]


def test_a_single_point_keeps_its_own_step() -> None:
    """With one step there is nothing to drop but repetitions."""
    one = routine(step(point("BL60"), hold=30, repetitions=3))

    assert plan(screen(one, NO), 2).seconds == 15 + 60 + 10


def test_a_tempo_of_ones_own() -> None:
    """The gaps are those asked for, no hold changes, and the totals agree."""
    for name, real in REAL.items():
        screened = screen(real, NO)
        usual = plan(screened)
        for tempo in (Tempo(20), Tempo(None, 8), Tempo(60, 30)):
            made = plan(screened, tempo=tempo)
            timeline = lay_out(made)
            ready, switch = (
                {each.seconds for each in timeline.segments if each.phase is phase}
                for phase in (Phase.READY, Phase.SWITCH)
            )
            full = made.pressing == usual.pressing

            assert made.seconds == timeline.duration <= LONGEST_ROUTINE, (name, tempo)
            assert made.pressing == timeline.pressing <= usual.pressing, (name, tempo)
            assert full or made.seconds > LONGEST_ROUTINE - 300, (name, tempo)
            assert not tempo.get_ready or ready == {tempo.get_ready}, (name, tempo)
            assert not tempo.change_sides or switch <= {tempo.change_sides}, name


def test_a_tempo_is_within_the_minutes() -> None:
    """A longer time to get ready takes from the pressing and adds no minutes."""
    screened = screen(REAL["lower-back"], NO)
    made = plan(screened, 10, tempo=Tempo(60, 30))

    assert made.seconds <= 600
    assert made.pressing < plan(screened, 10).pressing
