"""
The timeline: a plan laid out second by second, as segments and cues.

Segments are contiguous, so what happens at second *t* is a lookup (by bisection).
Cues are positions with a sound. Positions are seconds from the start, whole ones in
the timeline; only the playhead has fractions.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from enum import Enum
from typing import NamedTuple

from acupress.model import LONGEST_SIDE, BreathDirection, Phase, Point, Side, Step
from acupress.session.planning import Plan
from acupress.session.screening import PlannedStep

COUNT_IN = 3
"""Seconds of the count-in (three-two-one) before a press, if the gap is long enough."""

# In seconds, and our own choices: a count-in needs room before it, short holds would
# beep all the time with ticks at their end, and half of a short hold needs no cue.
_SHORTEST_COUNTED_GAP = 5
_LONGEST_UNTICKED_HOLD = 10
_SHORTEST_HALVED_HOLD = 30
_LAST_TICKS = 3

_BREATH_IN, _BREATH_OUT = 4, 6
_SHORTEST_BREATHING_HOLD = 30


class CueSound(Enum):
    """The kind of a cue; the stage decides what it sounds like."""

    GET_READY = "get ready"
    THREE = "three"
    TWO = "two"
    ONE = "one"
    PRESS = "press"
    HALFWAY = "halfway"
    LAST_SECONDS = "last seconds"
    RELEASE = "release"
    CHANGE_SIDES = "change sides"
    DONE = "done"


_OPENING = {
    Phase.READY: CueSound.GET_READY,
    Phase.PRESS: CueSound.PRESS,
    Phase.REST: CueSound.RELEASE,
    Phase.SWITCH: CueSound.CHANGE_SIDES,
}


class Cue(NamedTuple):
    """A sound at a position."""

    at: int
    sound: CueSound


class Breath(NamedTuple):
    """One breath in or out, from *start* for *seconds*."""

    way: BreathDirection
    start: int
    seconds: int


class Segment(NamedTuple):
    """
    *seconds* of one phase at one point, the *number*-th of the plan, from 1.

    A gap has the side and the round (from 1) of the hold that follows it.
    """

    phase: Phase
    start: int
    seconds: int
    planned: PlannedStep
    number: int
    side: Side
    round: int

    @property
    def end(self) -> int:
        """Where the next segment starts."""
        return self.start + self.seconds

    @property
    def step(self) -> Step:
        """The step that is done, or that comes next."""
        return self.planned.step

    @property
    def point(self) -> Point:
        """The point that is pressed, or that comes next."""
        return self.step.point

    @property
    def rounds(self) -> int:
        """How many holds each side of this point gets."""
        return self.step.dose.repetitions

    @property
    def opening(self) -> CueSound:
        """The cue at the start of this segment."""
        return _OPENING[self.phase]

    @property
    def halfway(self) -> int | None:
        """The position of half this hold, or ``None`` in gaps and short holds."""
        long = self.phase is Phase.PRESS and self.seconds >= _SHORTEST_HALVED_HOLD
        return self.start + self.seconds // 2 if long else None

    @property
    def counted_in(self) -> bool:
        """Whether this is a gap long enough to end in a count-in."""
        return self.phase is not Phase.PRESS and self.seconds >= _SHORTEST_COUNTED_GAP

    @property
    def breaths(self) -> tuple[Breath, ...]:
        """
        The breathing guide of a hold, if that is long enough; the last may be cut.

        It begins with the direction that the point's own text presses in on.
        """
        if self.phase is not Phase.PRESS or self.seconds < _SHORTEST_BREATHING_HOLD:
            return ()
        technique = self.point.technique
        first = technique.breath if technique else BreathDirection.IN
        return tuple(_breaths(self.start, self.end, first))


def _start(segment: Segment) -> int:
    return segment.start


class Timeline(NamedTuple):
    """
    The whole session: contiguous segments from second 0, and cues in order.

    If *gated*, it waits for the person at the beginning of each point.
    """

    plan: Plan
    segments: tuple[Segment, ...]
    cues: tuple[Cue, ...]
    gated: bool = False

    @property
    def duration(self) -> int:
        """The length of the session in seconds, if no key is pressed."""
        return self.segments[-1].end

    @property
    def pressing(self) -> int:
        """How many seconds of it are spent pressing."""
        return sum(each.seconds for each in self.segments if each.phase is Phase.PRESS)

    @property
    def steps(self) -> int:
        """How many points there are."""
        return self.segments[-1].number

    @property
    def arrivals(self) -> tuple[int, ...]:
        """The positions at which the points begin."""
        return tuple(each.start for each in self.segments if each.phase is Phase.READY)

    @property
    def gates(self) -> tuple[int, ...]:
        """The positions at which it waits: all arrivals, or none."""
        return self.arrivals if self.gated else ()

    def index_at(self, position: float) -> int:
        """Return the index of the segment at *position*; the last one at the end."""
        return max(0, bisect_right(self.segments, position, key=_start) - 1)

    def at(self, position: float) -> Segment:
        """Return the segment at *position*."""
        return self.segments[self.index_at(position)]

    def after(self, position: float) -> Segment | None:
        """Return the segment after the one at *position*, if any."""
        following = self.index_at(position) + 1
        return self.segments[following] if following < len(self.segments) else None

    def cues_in(self, before: float, after: float) -> tuple[Cue, ...]:
        """Return the cues in the half-open interval (*before*, *after*]."""
        return tuple(cue for cue in self.cues if before < cue.at <= after)

    def moment(self, at: int) -> tuple[CueSound, ...]:
        """Return every sound at second *at*, in order, such as release and done."""
        return tuple(cue.sound for cue in self.cues if cue.at == at)

    def breath(self, position: float) -> Breath | None:
        """Return the breath at *position*, or ``None`` without a guide there."""
        breaths = self.at(position).breaths
        return next((b for b in reversed(breaths) if b.start <= position), None)


def lay_out(plan: Plan, *, gated: bool = False) -> Timeline:
    """Return the timeline of *plan*: every gap and press, with their cues."""
    segments = tuple(_contiguous(_segments(plan)))
    return Timeline(plan, segments, tuple(_cues(segments)), gated)


def lengthen(timeline: Timeline, position: float, seconds: int) -> Timeline:
    """
    Return *timeline* with the segment at *position* longer by up to *seconds*.

    A hold grows no further than its step's longest hold, and its side no further
    than ``LONGEST_SIDE``; at the limit the result equals *timeline*.
    """
    index = timeline.index_at(position)
    here = timeline.segments[index]
    longer = here.seconds + min(seconds, _room(timeline, here))
    changed = list(timeline.segments)
    changed[index] = here._replace(seconds=longer)
    segments = tuple(_contiguous(changed))
    return timeline._replace(segments=segments, cues=tuple(_cues(segments)))


def _room(timeline: Timeline, here: Segment) -> int:
    """Return the seconds by which *here* may still grow."""
    if here.phase is not Phase.PRESS:
        return here.planned.longest_hold
    spent = sum(
        each.seconds
        for each in timeline.segments
        if each.phase is Phase.PRESS
        and (each.number, each.side) == (here.number, here.side)
    )
    return max(0, min(here.planned.longest_hold - here.seconds, LONGEST_SIDE - spent))


def _segments(plan: Plan) -> Iterator[Segment]:
    for number, planned in enumerate(plan.steps, 1):
        step = planned.step
        gaps = ((Phase.READY, step.setup), *step.gaps)
        for (phase, gap), (side, round_) in zip(gaps, step.dose.presses, strict=True):
            yield Segment(phase, 0, gap, planned, number, side, round_)
            hold = step.dose.hold
            yield Segment(Phase.PRESS, 0, hold, planned, number, side, round_)


def _contiguous(segments: Iterable[Segment]) -> Iterator[Segment]:
    """Yield *segments* with their starts set, each at the end of the one before."""
    now = 0
    for segment in segments:
        yield segment._replace(start=now)
        now += segment.seconds


def _cues(segments: tuple[Segment, ...]) -> Iterator[Cue]:
    for before, segment in zip((None, *segments), segments, strict=False):
        if before and before.phase is Phase.PRESS and segment.phase is not Phase.REST:
            yield Cue(segment.start, CueSound.RELEASE)
        yield Cue(segment.start, segment.opening)
        if segment.phase is Phase.PRESS:
            yield from _cues_of_hold(segment)
        elif segment.counted_in:
            beats = (CueSound.THREE, CueSound.TWO, CueSound.ONE)
            first = segment.end - COUNT_IN
            yield from (Cue(first + beat, sound) for beat, sound in enumerate(beats))
    yield Cue(segments[-1].end, CueSound.RELEASE)
    yield Cue(segments[-1].end, CueSound.DONE)


def _cues_of_hold(hold: Segment) -> Iterator[Cue]:
    if hold.halfway is not None:
        yield Cue(hold.halfway, CueSound.HALFWAY)
    if hold.seconds > _LONGEST_UNTICKED_HOLD:
        ticks = range(hold.end - _LAST_TICKS, hold.end)
        yield from (Cue(at, CueSound.LAST_SECONDS) for at in ticks)


def _breaths(start: int, end: int, first: BreathDirection) -> Iterator[Breath]:
    ways = ((BreathDirection.IN, _BREATH_IN), (BreathDirection.OUT, _BREATH_OUT))
    now = start
    while now < end:
        for way, seconds in ways if first is BreathDirection.IN else reversed(ways):
            if now < end:
                yield Breath(way, now, min(seconds, end - now))
            now += seconds
