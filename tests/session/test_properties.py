"""What holds for every plan, and for a session whatever happens and is pressed."""

from __future__ import annotations

from collections import Counter
from math import inf
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from acupress.journal.store import summarise
from acupress.model import (
    GENTLE_HOLD,
    LONGEST_HOLD,
    LONGEST_SIDE,
    Pattern,
    Phase,
    Routine,
    Side,
    Sides,
    Step,
)
from acupress.session.planning import Plan, TooShortError, plan
from acupress.session.player import play
from acupress.session.playhead import (
    GAP,
    STALE_SECONDS,
    DeviceEvent,
    Ended,
    Event,
    Key,
    Pause,
    Performance,
    Playhead,
    Quit,
    begin,
    elapse,
    over,
    react,
    until_next_look,
)
from acupress.session.screening import (
    Answers,
    Caution,
    PointChoice,
    PregnancyAnswer,
    screen,
)
from acupress.session.timeline import Cue, CueSound, Segment, Timeline, lay_out
from support.factories import point, routine, step
from support.journals import TODAY

CODES = ("TE3", "KI27", "SI3", "PC6", "BL10", "GV14")
SIDES = {
    Pattern.MIDDLE: {Side.MIDDLE},
    Pattern.BOTH: {Side.BOTH},
    Pattern.ALTERNATE: {Side.LEFT, Side.RIGHT},
    Pattern.ONE_THEN_OTHER: {Side.LEFT, Side.RIGHT},
}


def stepped(code: str, pattern: Pattern, hold: int, times: int, gaps: int) -> Step:
    """Return a step that keeps to three minutes a side, its gaps about *gaps*."""
    sides = Sides.MIDDLE if pattern is Pattern.MIDDLE else Sides.BOTH
    return step(
        point(code, sides=sides),
        pattern=pattern,
        hold=min(hold, LONGEST_SIDE // times),
        repetitions=times,
        setup=gaps + 4,
        rest=gaps,
        switch=gaps,
        first_switch=gaps + 1,
    )


def ranked(steps: list[Step]) -> Routine:
    """Return a routine of *steps*, the first of which are kept longest."""
    return routine(*(each._replace(rank=at) for at, each in enumerate(steps, 1)))


steps = st.builds(
    stepped,
    st.sampled_from(CODES),
    st.sampled_from(Pattern),
    st.integers(1, LONGEST_HOLD),
    st.integers(1, 6),
    st.integers(1, 12),
)
routines = st.lists(
    steps, min_size=1, max_size=4, unique_by=lambda each: each.point.code
).map(ranked)
# Short enough that a session of some minutes comes to its end.
brief = st.lists(
    st.builds(
        stepped,
        st.sampled_from(CODES),
        st.sampled_from(Pattern),
        st.sampled_from([1, 5, 12, 31]),
        st.integers(1, 2),
        st.sampled_from([1, 4, 8]),
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda each: each.point.code,
).map(ranked)


def planned(
    some: Routine, cautions: frozenset[Caution], minutes: int | None, *, starter: bool
) -> Plan:
    """Return *some* within *minutes*, or within the fewest that are enough."""
    screened = screen(some, Answers(PregnancyAnswer.NO, cautions))
    try:
        return plan(screened, minutes, starter=starter)
    except TooShortError as least:
        return plan(screened, least.shortest, starter=starter)


plans = st.builds(
    planned,
    routines,
    st.sampled_from([frozenset[Caution](), frozenset({Caution.FAINT})]),
    st.none() | st.integers(1, 30),
    starter=st.booleans(),
)


def holds(timeline: Timeline, number: int) -> list[Segment]:
    """Return the holds of a step of *timeline*, its steps counted from 1."""
    every = [each for each in timeline.segments if each.phase is Phase.PRESS]
    return [each for each in every if each.number == number]


@settings(max_examples=80)
@given(plans)
def test_each_side_gets_the_same(made: Plan) -> None:
    """Every side has each of its holds; where they alternate, none is two ahead."""
    for number, each in enumerate(made.steps, 1):
        dose = each.step.dose
        sides = [hold.side for hold in holds(lay_out(made), number)]
        leads = [sides[:at].count(Side.LEFT) * 2 - at for at in range(len(sides) + 1)]

        assert dict.fromkeys(SIDES[dose.pattern], dose.repetitions) == Counter(sides)
        if dose.pattern is Pattern.ALTERNATE:
            assert set(leads) <= {0, 1}


@settings(max_examples=80)
@given(plans)
def test_no_hold_and_no_side_gets_too_much(made: Plan) -> None:
    """Each hold is as long as its dose, in whole seconds, and within all limits."""
    for number, each in enumerate(made.steps, 1):
        limit = GENTLE_HOLD if each.gentle else LONGEST_HOLD
        found = holds(lay_out(made), number)
        spent: Counter[Side] = Counter()
        for hold in found:
            spent[hold.side] += hold.seconds

        assert {each.step.dose.hold} == {hold.seconds for hold in found}
        assert all(1 <= hold.seconds <= limit for hold in found)
        assert max(spent.values()) <= LONGEST_SIDE


@settings(max_examples=80)
@given(plans)
def test_a_timeline_has_every_second_once(made: Plan) -> None:
    """Segments touch, last as long as the plan, and each hold is opened and closed."""
    timeline = lay_out(made)
    pressed = [each for each in timeline.segments if each.phase is Phase.PRESS]
    cues = [(cue.sound, cue.at) for cue in timeline.cues]
    ends = [0, *(each.end for each in timeline.segments)]

    assert ends[:-1] == [each.start for each in timeline.segments]
    assert (made.seconds, made.pressing) == (timeline.duration, timeline.pressing)
    assert Counter((CueSound.PRESS, each.start) for each in pressed) == Counter(
        cue for cue in cues if cue[0] is CueSound.PRESS
    )
    assert Counter((CueSound.RELEASE, each.end) for each in pressed) == Counter(
        cue for cue in cues if cue[0] is CueSound.RELEASE
    )
    assert timeline == lay_out(made)


# The player


_GOING_NOWHERE = (Key.PAUSE, Key.HELP, Key.MUTE, Key.ENTER, Key.QUIT, Key.OTHER)
_STILL = {Key.MUTE, Key.HELP, *DeviceEvent}
_STOPS = {Key.HELP, DeviceEvent.RESUMED, DeviceEvent.TOO_SMALL}


class Turn(NamedTuple):
    """One turn of the player's loop: what it waited for, and what it should ring."""

    passed: float
    event: Event | None
    passing: list[Cue]
    jumped: Performance | None


class Turns:
    """A stage on which exactly *turns* happen; it keeps what is rung in each."""

    def __init__(self, turns: list[Turn]) -> None:
        """Begin before the first of them."""
        self.turns = turns
        self.clock = 0.0
        self.rung: list[list[Cue]] = [[]]

    def now(self) -> float:
        """Return the second the clock stands at."""
        return self.clock

    def wait(self, seconds: float) -> Event | None:
        """
        Let the next turn happen; after the last one it is ended from outside.

        Nothing is ever waiting already, which is what a wait for no time asks.
        """
        if not seconds:
            return None
        at = len(self.rung) - 1
        self.rung.append([])
        if at == len(self.turns):
            return Ended(15)
        self.clock += self.turns[at].passed
        return self.turns[at].event

    def show(self, performance: Performance) -> float:  # noqa: ARG002
        """Show nothing, in no time."""
        return 0.0

    def cue(self, _performance: Performance, cue: Cue) -> None:
        """Keep what is rung."""
        self.rung[-1].append(cue)


soon = st.floats(0.0, 1.0)
jumps = st.sampled_from([Key.NEXT, Key.BACK, Key.AGAIN])


class Session(RuleBasedStateMachine):
    """
    A person, a clock and a window, at a session that is taken turn by turn.

    Each rule is something that happens; after it the head must be where the rules
    of the session say. In the end the player plays all of it once more by itself.
    """

    @initialize(some=brief, gated=st.booleans(), speed=st.sampled_from([1, 10]))
    def begins(self, some: Routine, speed: int, *, gated: bool) -> None:
        """Begin, with one of the points left out where there are more."""
        codes = [each.point.code for each in some.steps]
        wish = PointChoice(without=frozenset(codes[1:2]))
        made = plan(screen(some, Answers(PregnancyAnswer.NO), wish))
        self.kept = set(codes) - wish.without
        self.scene = begin(lay_out(made, gated=gated))
        self.gated, self.speed = gated, speed
        self.first = self.scene
        self.clock = self.forward = 0.0
        self.jumped = -inf
        self.turns: list[Turn] = []

    # What happens

    @rule(number=st.integers(1, 40), late=st.sampled_from([0.0, 0.0, 0.7]))
    def time_passes(self, number: int, late: float) -> None:
        """Go on, and wake up when the picture changes or *late*, so many times."""
        self.go_on()
        for _ in range(number):
            self.turn(self.asked + late if self.head.moving else 5.0)
            self.go_on()

    def go_on(self) -> None:
        """Do what it takes for time to pass."""
        if self.head.helping:
            self.turn(1.0, Key.ENTER)
        if self.head.pause is Pause.LEAVING:
            self.turn(1.0, Key.OTHER)
        if self.head.pause is Pause.TOO_SMALL:
            self.turn(1.0, DeviceEvent.RESIZED)
        if self.head.pause:
            self.turn(1.0, Key.PAUSE)

    @rule(late=st.floats(0.0, GAP))
    def late(self, late: float) -> None:
        """Wake up a little late, as on a busy machine."""
        self.turn(self.asked + late if self.head.moving else late)

    @rule(gap=st.floats(GAP, STALE_SECONDS, exclude_min=True))
    def gap(self, gap: float) -> None:
        """Wake up so late that nobody can have pressed."""
        self.turn(self.asked + gap if self.head.moving else gap)

    @rule(back=st.floats(0.0, 1e6))
    def clock_goes_back(self, back: float) -> None:
        """Wake up before one went to sleep."""
        self.turn(-back)

    @rule(key=st.sampled_from(_GOING_NOWHERE), after=soon)
    def key(self, key: Key, after: float) -> None:
        """Press a key that goes nowhere."""
        self.turn(min(after, self.asked), key)

    @rule(key=jumps, after=soon, apart=st.sampled_from([0.0, 0.03, 0.3]))
    def jump(self, key: Key, after: float, apart: float) -> None:
        """Jump, twice in a row."""
        self.turn(min(after, self.asked), key)
        self.turn(min(apart, self.asked), key)

    @rule(times=st.integers(1, 20))
    def lengthen(self, times: int) -> None:
        """Ask for more time, again and again."""
        for _ in range(times):
            self.turn(0.0, Key.LONGER)

    @rule(happening=st.sampled_from([DeviceEvent.RESUMED, DeviceEvent.TOO_SMALL]))
    def happens(self, happening: DeviceEvent) -> None:
        """Be stopped for a while, or have a window that is too small."""
        self.turn(0.0, happening)

    @rule()
    def resized(self) -> None:
        """Have a window that is large enough."""
        self.turn(0.0, DeviceEvent.RESIZED)

    @precondition(lambda self: self.head.moving)
    @rule(seconds=st.floats(0.0, 86_400.0))
    def rests(self, seconds: float) -> None:
        """Pause for however long: nothing has moved then."""
        there = self.head._replace(note=None)
        self.turn(0.0, Key.PAUSE)
        self.turn(seconds)
        self.turn(0.0, Key.PAUSE)

        here = self.head._replace(note=None)
        assert here in {there, there._replace(pause=Pause.GATE)}

    @precondition(lambda self: self.head.moving and not over(self.scene))
    @precondition(lambda self: len(self.turns) > 20)
    @rule(
        event=st.sampled_from([Key.QUIT, DeviceEvent.LONG_AWAY, Ended(2)]) | st.none(),
        more=st.sampled_from([*Key, *DeviceEvent]),
    )
    def ends(self, event: Event | None, more: Event) -> None:
        """End it, in each of the ways there are; then no key changes anything."""
        if event is Key.QUIT:
            self.turn(0.0, event)
        self.turn(self.asked + 2 * STALE_SECONDS if event is None else 0.0, event)

        assert self.head.ending
        assert self.scene == react(self.scene, more)

    # One turn of the loop, and what must be true of it

    @property
    def head(self) -> Playhead:
        """Where it stands."""
        return self.scene.head

    @property
    def asked(self) -> float:
        """How long the player waits for something to happen, at the most."""
        return until_next_look(self.scene) / self.speed

    def turn(self, passed: float, event: Event | None = None) -> None:
        """Let *passed* real seconds pass, and then *event* happen."""
        if over(self.scene):
            return
        before, then = self.scene, self.clock
        self.clock += passed
        self.forward += max(0.0, passed)
        moved = elapse(before, self.clock - then, self.asked, self.speed)
        self.check_time(before.head, moved.head, self.clock - then, self.asked)
        jumps = event in {Key.NEXT, Key.BACK}
        repeated = jumps and self.clock - self.jumped < 0.25
        self.jumped = self.clock if jumps else self.jumped
        if repeated:
            after = moved
        else:
            after = react(moved, event)
            self.check_event(moved, after, event)
        self.turns.append(Turn(passed, event, *self.rings(before, moved, after)))
        self.scene = after

    def rings(
        self, before: Performance, moved: Performance, after: Performance
    ) -> tuple[list[Cue], Performance | None]:
        """Return the cues that time passes, and where a jump is to be heard."""
        start, end = before.head.position, moved.head.position
        silent = moved.head.muted
        passing = [c for c in moved.timeline.cues if start < c.at <= end and not silent]
        still = after.head.pause not in {None, Pause.GATE} or after.head.helping
        heard = after.head.position != end and not (still or after.head.muted)
        return passing, after if heard else None

    def check_time(
        self, before: Playhead, moved: Playhead, passed: float, asked: float
    ) -> None:
        """Require that time moves the head by itself, and by nothing more."""
        timeline = self.scene.timeline
        if not before.moving or passed <= 0:
            assert before == moved
        elif passed - asked > STALE_SECONDS:
            assert before._replace(ending=Quit.STALE) == moved
        elif passed - asked > GAP:
            assert before._replace(pause=Pause.GAP) == moved
        else:
            ends = [timeline.duration, *self.gates(timeline)]
            stop = min(end for end in ends if end > before.position)
            over_it = {
                index: min(each.end, moved.position) - max(each.start, before.position)
                for index, each in enumerate(timeline.segments)
                if each.phase is Phase.PRESS
                and each.start < moved.position
                and each.end > before.position
            }
            done = {i for i in over_it if timeline.segments[i].end <= moved.position}

            assert min(before.position + passed * self.speed, stop) == moved.position
            assert list(moved.held) == pytest.approx(
                [held + over_it.get(i, 0) for i, held in enumerate(before.held)]
            )
            assert before.done | done == moved.done
            assert (moved.pause is Pause.GATE) is (moved.position in ends[1:])
            assert moved.elapsed == pytest.approx(
                before.elapsed + moved.position - before.position
            )
            for index in done:
                assert moved.held[index] >= timeline.segments[index].seconds - 1e-6

    def gates(self, timeline: Timeline) -> list[int]:
        """Return where it waits for somebody."""
        ready = (each.start for each in timeline.segments if each.phase is Phase.READY)
        return list(ready) if self.gated else []

    def check_event(
        self, before: Performance, after: Performance, event: Event | None
    ) -> None:
        """Require that nothing that happens is pressing, and does what it is for."""
        old, new, line = before.head, after.head, before.timeline
        kept = ("held", "done", "elapsed")
        answering = old.helping or old.pause is Pause.LEAVING
        muting = event is Key.MUTE and not (answering or old.ending)

        assert [getattr(old, it) for it in kept] == [getattr(new, it) for it in kept]
        assert (old.muted is not new.muted) is muting
        if event is None or (old.ending and not isinstance(event, Ended)):
            assert before == after
        elif isinstance(event, Ended) or event is DeviceEvent.LONG_AWAY:
            assert new.ending
            assert old.position == new.position
        elif old.pause is Pause.LEAVING and isinstance(event, Key) and not old.helping:
            stayed = old._replace(pause=old.stood, stood=None, note=None)
            left = old._replace(ending=Quit.ASKED, note=None)
            assert after == before._replace(head=left if event is Key.QUIT else stayed)
        elif event is Key.QUIT and not old.helping:
            asked = old._replace(pause=Pause.LEAVING, stood=old.pause, note=None)
            assert after == before._replace(head=asked)
        elif old.helping or new.note or event in _STILL:
            assert (line, old.position) == (after.timeline, new.position)
            assert not new.moving or event not in _STOPS
        elif event in {Key.NEXT, Key.BACK, Key.AGAIN}:
            self.check_jump(line, old.position, new.position, event)
        elif event is Key.LONGER:
            self.check_longer(line, after.timeline, old.position)
        else:
            here = line.at(old.position)
            assert old.position <= new.position <= here.end
            assert here.phase is not Phase.PRESS or old.position == new.position

    def check_jump(
        self, line: Timeline, before: float, after: float, event: Event
    ) -> None:
        """Require that a jump goes to the beginning of something, and the right way."""
        points = [each.start for each in line.segments if each.phase is Phase.READY]
        presses = [each.start for each in line.segments if each.phase is Phase.PRESS]

        match event:
            case Key.NEXT:
                later = [at for at in points if at > before]
                assert after == min(later, default=line.duration)
            case Key.BACK:
                earlier = [at for at in points if at <= before]
                assert after in earlier[-2:]
                assert after == earlier[-1] or before - earlier[-1] < 2
            case _:
                assert after == max((at for at in presses if at <= before), default=0)

    def check_longer(self, line: Timeline, longer: Timeline, at: float) -> None:
        """Require that a hold grows within its limits, and nothing else changes."""
        here = longer.at(at)
        same = zip(line.segments, longer.segments, strict=True)
        grown = [(a.seconds, b.seconds) for a, b in same if a.seconds != b.seconds]
        spent = [
            each.seconds
            for each in holds(longer, here.number)
            if each.side is here.side
        ]

        assert line.duration <= longer.duration <= line.duration + 10
        assert len(grown) <= 1
        if here.phase is Phase.PRESS:
            assert here.seconds <= LONGEST_HOLD
            assert sum(spent) <= LONGEST_SIDE

    # What is always true

    @invariant()
    def on_the_timeline(self) -> None:
        """Require the head to be on the timeline, at a point that is kept."""
        assert 0 <= self.head.position <= self.scene.timeline.duration
        assert self.scene.timeline.at(self.head.position).point.code in self.kept

    @invariant()
    def no_time_is_invented(self) -> None:
        """Require that nobody has pressed for longer than time has passed."""
        pressed = summarise(self.scene, TODAY).pressed

        assert pressed <= sum(self.head.held) + 0.01
        assert sum(self.head.held) <= self.head.elapsed + 1e-6
        assert self.head.elapsed <= self.forward * self.speed + 1e-6

    def teardown(self) -> None:
        """Have the player play it: it comes to the same, and rings what it should."""
        if not hasattr(self, "first"):
            return
        stage = Turns(self.turns)
        done = play(self.first.timeline, stage, speed=self.speed)
        ended = self.scene
        if not over(ended):
            ended = react(ended, Ended(15))

        assert ended == done
        assert len(stage.rung[0]) == 1
        for turn, rung in zip(self.turns, stage.rung[1:], strict=False):
            assert turn.passing == rung[: len(turn.passing)]
            self.check_landing(turn, rung[len(turn.passing) :])

    def check_landing(self, turn: Turn, rung: list[Cue]) -> None:
        """Require one cue after a jump: for the beginning of where it has led."""
        if turn.jumped is None:
            assert rung == []
            return
        at, line = turn.jumped.head.position, turn.jumped.timeline
        here = line.at(at)
        wanted = {Cue(here.start, here.opening)}
        if at >= line.duration:
            wanted = {Cue(line.duration, CueSound.DONE)}
        elif at > here.start:
            wanted |= {Cue(int(at), CueSound.THREE)}

        assert len(rung) == 1
        assert rung[0] in wanted


def test_whatever_happens_in_a_session() -> None:
    """Time is kept, nothing is skipped or invented, and each cue rings once."""
    run_state_machine_as_test(
        Session, settings=settings(max_examples=120, stateful_step_count=40)
    )
