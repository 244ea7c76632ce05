"""What is pressed for how long, to the second."""

from __future__ import annotations

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


@pytest.mark.parametrize(
    ("name", "total", "pressing"),
    [
        ("lower-back", 1075, 840),
        ("lower-back-gentle", 415, 300),
        ("lower-back-partner", 630, 450),
        ("upper-back", 560, 400),
        ("upper-back-partner", 527, 385),
        ("neck", 460, 360),
        ("desk-break", 320, 200),
        ("leg-pain", 700, 540),
        ("hip", 330, 240),
        ("relaxing", 1715, 1620),
        ("sleep", 780, 720),
        ("nausea", 320, 300),
        ("quiet", 651, 530),
    ],
)
def test_the_totals_of_the_real_routines(name: str, total: int, pressing: int) -> None:
    """Every routine lasts exactly as long as was worked out by hand."""
    made = planned(name)

    assert (total, pressing) == (made.seconds, made.pressing)


@pytest.mark.parametrize(
    ("name", "total", "pressing"),
    [
        ("lower-back-gentle", 415, 300),
        ("upper-back", 386, 290),
        ("upper-back-partner", 390, 300),
        ("neck", 300, 240),
        ("desk-break", 278, 190),
        ("sleep", 655, 600),
        ("nausea", 320, 300),
        ("quiet", 651, 530),
    ],
)
@pytest.mark.parametrize("answer", [PregnancyAnswer.YES, PregnancyAnswer.UNSURE])
def test_the_totals_when_care_is_taken(
    name: str, total: int, pressing: int, answer: PregnancyAnswer
) -> None:
    """What remains lasts exactly as long as was worked out by hand."""
    made = planned(name, given_answers=Answers(answer))

    assert (total, pressing) == (made.seconds, made.pressing)


@pytest.mark.parametrize(
    "name", ["lower-back", "lower-back-partner", "leg-pain", "hip", "relaxing"]
)
@pytest.mark.parametrize("answer", [PregnancyAnswer.YES, PregnancyAnswer.UNSURE])
def test_what_does_not_run_when_care_is_taken(
    name: str, answer: PregnancyAnswer
) -> None:
    """There is no shorter session of these: they are refused."""
    with pytest.raises(NothingLeftError):
        planned(name, given_answers=Answers(answer))


@pytest.mark.parametrize(
    ("name", "minutes", "expected"),
    [
        *zip(
            ["lower-back"] * 8,
            [18, 17, 15, 12, 10, 8, 5, 4],
            [1075, 1005, 845, 705, 540, 475, 230, 230],
            strict=True,
        ),
        *zip(
            ["upper-back"] * 7,
            [10, 9, 8, 7, 6, 4, 3],
            [560, 532, 428, 414, 293, 235, 147],
            strict=True,
        ),
    ],
)
def test_fewer_minutes_take_away_in_the_right_order(
    name: str, minutes: int, expected: int
) -> None:
    """Repetitions go first, then whole steps, and no hold is ever shortened."""
    made = planned(name, minutes)
    holds = {each.point.code: each.step.dose.hold for each in made.steps}
    full = {each.point.code: each.dose.hold for each in REAL[name].steps}

    assert expected == made.seconds
    assert holds.items() <= full.items()


def test_too_few_minutes_are_refused_with_the_fewest_that_work() -> None:
    """The message says which number to give."""
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


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (Pattern.MIDDLE, "MM"),
        (Pattern.BOTH, "BB"),
        (Pattern.ALTERNATE, "LRLR"),
        (Pattern.ONE_THEN_OTHER, "LLRR"),
    ],
)
def test_the_order_of_sides(pattern: Pattern, expected: str) -> None:
    """Left comes first; each side gets every repetition."""
    pressed = step(pattern=pattern, repetitions=2).dose.presses

    assert expected == "".join(side.value[0].upper() for side, _ in pressed)


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


def test_the_longest_hold_is_the_sources_only_where_there_is_one() -> None:
    """Three minutes with a source, two without, half a minute where gentle."""
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
    for real in ROUTINES:
        for each in real.steps:
            for side in Side:
                times = [at for where, at in each.dose.presses if where is side]

                assert len(times) * each.dose.hold <= LONGEST_SIDE


def test_planning_takes_only_what_was_screened() -> None:
    """A raw routine is refused when run, as it is when type-checked."""
    with pytest.raises(TypeError):
        plan(routine())  # type: ignore[arg-type]


def test_nothing_left_is_an_error_and_never_an_empty_plan() -> None:
    """There is no session of nothing."""
    with pytest.raises(NothingLeftError):
        planned("lower-back", given_answers=Answers(PregnancyAnswer.UNSURE))


@pytest.mark.parametrize(("seconds", "expected"), [(60, 1), (61, 2), (540, 9)])
def test_minutes_are_rounded_up(seconds: int, expected: int) -> None:
    """The number of minutes shown is always one that works."""
    assert expected == whole_minutes(seconds)


def test_a_single_point_keeps_its_own_step() -> None:
    """With one step there is nothing to drop but repetitions."""
    one = routine(step(point("BL60"), hold=30, repetitions=3))

    assert plan(screen(one, NO), 2).seconds == 15 + 60 + 10


@pytest.mark.parametrize("name", sorted(REAL))
@pytest.mark.parametrize("tempo", [Tempo(20), Tempo(None, 8), Tempo(60, 30)])
def test_a_tempo_of_ones_own(name: str, tempo: Tempo) -> None:
    """The gaps are those asked for, no hold changes, and the totals agree."""
    screened = screen(REAL[name], NO)
    usual, made = plan(screened), plan(screened, tempo=tempo)
    timeline = lay_out(made)
    gaps = {
        phase: {each.seconds for each in timeline.segments if each.phase is phase}
        for phase in (Phase.READY, Phase.SWITCH)
    }

    assert made.seconds == timeline.duration <= LONGEST_ROUTINE
    assert made.pressing == timeline.pressing <= usual.pressing
    assert made.pressing == usual.pressing or made.seconds > LONGEST_ROUTINE - 300
    assert not tempo.get_ready or gaps[Phase.READY] == {tempo.get_ready}
    assert not tempo.change_sides or gaps[Phase.SWITCH] <= {tempo.change_sides}


def test_a_tempo_is_within_the_minutes() -> None:
    """More time to get ready leaves less to press, and never more minutes."""
    screened = screen(REAL["lower-back"], NO)
    made = plan(screened, 10, tempo=Tempo(60, 30))

    assert made.seconds <= 600
    assert made.pressing < plan(screened, 10).pressing
