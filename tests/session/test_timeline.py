"""A plan laid out as a timeline, without a gap and to the second."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from acupress.model import (
    LONGEST_SIDE,
    BreathDirection,
    Pattern,
    Phase,
    Pressure,
    Routine,
    Side,
)
from acupress.session.planning import plan
from acupress.session.screening import Answers, Caution, PregnancyAnswer, screen
from acupress.session.timeline import CueSound, Timeline, lay_out, lengthen
from support.catalogue import REAL
from support.factories import SOURCE, point, routine, step
from support.plans import planned, timeline_of
from support.strategies import routines


def one(**dose: object) -> Timeline:
    """Return the timeline of a routine of one step."""
    return timeline_of(routine(step(**dose)))  # type: ignore[arg-type]


def spelt(timeline: Timeline) -> list[tuple[str, str, int, int]]:
    """Return each segment as phase, side, start and end."""
    return [
        (each.phase.value, each.side.value, each.start, each.end)
        for each in timeline.segments
    ]


def test_the_worked_example() -> None:
    """BL60, left and right in turn, is laid out as worked out by hand."""
    made = one(
        pattern=Pattern.ALTERNATE,
        hold=30,
        repetitions=3,
        setup=10,
        switch=5,
        first_switch=10,
    )

    assert spelt(made) == [
        ("ready", "left", 0, 10),
        ("press", "left", 10, 40),
        ("switch", "right", 40, 50),
        ("press", "right", 50, 80),
        ("switch", "left", 80, 85),
        ("press", "left", 85, 115),
        ("switch", "right", 115, 120),
        ("press", "right", 120, 150),
        ("switch", "left", 150, 155),
        ("press", "left", 155, 185),
        ("switch", "right", 185, 190),
        ("press", "right", 190, 220),
    ]


def test_one_side_and_then_the_other() -> None:
    """Between the holds on one side are rests, and between the sides one change."""
    made = one(pattern=Pattern.ONE_THEN_OTHER, hold=5, repetitions=2, rest=2, switch=5)

    assert [phase for phase, *_ in spelt(made)] == [
        "ready",
        "press",
        "rest",
        "press",
        "switch",
        "press",
        "rest",
        "press",
    ]
    assert [side for _, side, *_ in spelt(made)] == ["left"] * 4 + ["right"] * 4


def test_the_real_routines_last_what_their_plans_say() -> None:
    """A timeline is as long, and presses as much, as its plan."""
    plans = {name: planned(name) for name in REAL}
    timelines = {name: lay_out(made) for name, made in plans.items()}

    assert {name: (made.seconds, made.pressing) for name, made in plans.items()} == {
        name: (made.duration, made.pressing) for name, made in timelines.items()
    }


@settings(derandomize=True, max_examples=150)
@given(routines)
def test_segments_tile_the_time_exactly(some: Routine) -> None:
    """No second of a session is missing, and none happens twice."""
    made = timeline_of(some)

    assert made.segments[0].start == 0
    assert all(before.end == after.start for before, after in pairwise(made.segments))
    assert sum(each.seconds for each in made.segments) == made.duration
    assert all(made.at(at).start <= at < made.at(at).end for at in range(made.duration))


@settings(derandomize=True, max_examples=150)
@given(routines)
def test_every_press_is_opened_and_released_once(some: Routine) -> None:
    """There is one press cue where a hold begins and one release where it ends."""
    made = timeline_of(some)
    holds = [each for each in made.segments if each.phase is Phase.PRESS]

    assert [each.start for each in holds] == at(made, CueSound.PRESS)
    assert [each.end for each in holds] == at(made, CueSound.RELEASE)
    assert [made.duration] == at(made, CueSound.DONE)


def at(made: Timeline, sound: CueSound) -> list[int]:
    """Return the seconds at which *sound* is rung."""
    return [cue.at for cue in made.cues if cue.sound is sound]


def test_sides_alternate_evenly() -> None:
    """At no moment has one side had more than one hold more than the other."""
    made = one(pattern=Pattern.ALTERNATE, repetitions=4)
    lead = 0
    for each in made.segments:
        if each.phase is Phase.PRESS:
            lead += 1 if each.side is Side.LEFT else -1

            assert abs(lead) <= 1
    assert lead == 0


def test_short_holds_have_fewer_cues() -> None:
    """The halfway cue needs a hold of 30 seconds, the last three need more than ten."""
    cues = {5: (0, 0), 10: (0, 0), 11: (0, 3), 30: (1, 3)}
    lines = {hold: one(hold=hold, repetitions=1) for hold in cues}

    assert cues == {
        hold: (len(at(made, CueSound.HALFWAY)), len(at(made, CueSound.LAST_SECONDS)))
        for hold, made in lines.items()
    }


def test_three_two_one_needs_five_seconds() -> None:
    """A gap shorter than five seconds goes straight to the press."""
    assert {
        gap: at(one(setup=gap, repetitions=1), CueSound.THREE) for gap in (4, 5)
    } == {4: [], 5: [2]}


def test_the_breath_is_four_in_and_six_out() -> None:
    """A hold of half a minute has three whole breaths, beginning with it."""
    hold = one(setup=10, hold=30, repetitions=1).segments[1]

    assert [(each.way, each.start, each.seconds) for each in hold.breaths] == [
        (BreathDirection.IN, 10, 4),
        (BreathDirection.OUT, 14, 6),
        (BreathDirection.IN, 20, 4),
        (BreathDirection.OUT, 24, 6),
        (BreathDirection.IN, 30, 4),
        (BreathDirection.OUT, 34, 6),
    ]


def test_breaths_fill_the_hold() -> None:
    """The breaths of a hold are as long as it: the last one may be cut short."""
    holds = [30, 37, 60, 120]
    breaths = [one(hold=hold, repetitions=1).segments[1].breaths for hold in holds]

    assert holds == [sum(each.seconds for each in every) for every in breaths]


def test_short_holds_have_no_breathing_guide() -> None:
    """A hold of less than 30 seconds has no breathing guide, nor has a gap."""
    made = one(hold=29, repetitions=1)

    assert made.breath(made.segments[1].start) is None
    assert one(hold=30).breath(0) is None


def test_lengthening_moves_all_that_follows() -> None:
    """Ten seconds more are ten seconds more for everything after them."""
    made = one(setup=10, hold=30, repetitions=2, rest=10)
    longer = lengthen(made, 12, 10)

    assert [each.start for each in longer.segments[1:]] == [10, 50, 60]
    assert made.duration + 10 == longer.duration
    assert at(longer, CueSound.PRESS) == [10, 60]


def lengthened(made: Timeline) -> int:
    """Return how long the first hold is once it was asked to be ten seconds longer."""
    return lengthen(made, made.segments[1].start, 10).segments[1].seconds


def test_a_hold_never_grows_past_its_limits() -> None:
    """A hold grows to two minutes at most, and all holds of a side to three."""
    doses = {(60, 1): 70, (115, 1): 120, (85, 2): 95}

    assert doses == {
        (hold, repetitions): lengthened(one(hold=hold, repetitions=repetitions))
        for hold, repetitions in doses
    }


def test_a_published_hold_may_grow_to_three_minutes() -> None:
    """Where a source has longer holds, three minutes is the limit."""
    holds = {150: 160, 175: 180, 180: 180}

    assert holds == {
        hold: lengthened(one(hold=hold, repetitions=1, published_hold=SOURCE))
        for hold in holds
    }


def test_pressing_again_and_again_stays_within_the_limits() -> None:
    """However often it is asked for, neither a hold nor a side gets too long."""
    made = one(pattern=Pattern.ALTERNATE, hold=60, repetitions=2)
    for _ in range(50):
        for index in range(len(made.segments)):
            made = lengthen(made, made.segments[index].start, 10)

    assert max(pressed(made, Side.LEFT)) <= 120
    assert (
        LONGEST_SIDE == sum(pressed(made, Side.LEFT)) == sum(pressed(made, Side.RIGHT))
    )


def pressed(made: Timeline, side: Side) -> list[int]:
    """Return the seconds of each hold on *side*."""
    holds = [each for each in made.segments if each.phase is Phase.PRESS]
    return [each.seconds for each in holds if each.side is side]


def test_a_gentle_hold_never_grows_past_half_a_minute() -> None:
    """A hold that a caution makes gentle stays within half a minute, and light."""
    gentle = Answers(PregnancyAnswer.NO, frozenset({Caution.FAINT}))
    made = lay_out(plan(screen(routine(step(hold=25)), gentle)))
    longer = lengthen(made, made.segments[1].start, 10)

    assert longer.segments[1].seconds == 30
    assert Pressure.LIGHT is longer.segments[1].step.pressure


def test_what_comes_next() -> None:
    """`after` gives the segment that follows a second; the last has none."""
    made = timeline_of(routine(step(point("TE3")), step(point("LI4"))))
    last = made.segments[-1]

    assert made.segments[1] == made.after(0)
    assert made.after(last.start) is None


@settings(derandomize=True, max_examples=50)
@given(routines, st.integers(0, 500))
def test_lengthening_never_loses_a_segment(some: Routine, position: int) -> None:
    """A lengthened timeline has the same presses in the same order."""
    made = timeline_of(some)
    longer = lengthen(made, min(position, made.duration), 10)

    assert [(each.phase, each.side, each.point) for each in made.segments] == [
        (each.phase, each.side, each.point) for each in longer.segments
    ]
    assert all(b.end == a.start for b, a in pairwise(longer.segments))
