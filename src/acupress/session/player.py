"""
The player moves a playhead over a timeline and never meets the world itself.

All that a session needs of the world is behind :class:`Stage`: a clock that can
wait for a key, a picture, and a bell. A stage whose waiting takes no time plays a
whole session in a moment, which is how the tests do it.
"""

from __future__ import annotations

from math import inf
from typing import Protocol

from acupress.session.playhead import (
    Event,
    Key,
    Pause,
    Performance,
    Playhead,
    begin,
    elapse,
    landing,
    over,
    react,
    until_next_look,
)
from acupress.session.timeline import Cue, Timeline

# A key held down repeats some thirty times a second; one jump is what is meant.
_REPEAT = 0.25
_JUMPS = (Key.NEXT, Key.BACK)

# Drawing that takes longer than this is not slow: the program did not run.
_SLOWEST_DRAWING = 10.0


class Stage(Protocol):
    """The world as a session needs it."""

    def now(self) -> float:
        """Return seconds on a clock that also counts time asleep."""

    def wait(self, seconds: float) -> Event | None:
        """Wait for an event, but not longer than *seconds*, which may be inf."""

    def show(self, timeline: Timeline, head: Playhead) -> float:
        """
        Show the session as it stands at *head*; return how long drawing it took.

        Not part of that are seconds in which nobody took what was written, or in
        which the machine slept: those count as time away.
        """

    def cue(self, timeline: Timeline, cue: Cue) -> None:
        """Make *cue* of *timeline* heard."""


def play(
    timeline: Timeline, stage: Stage, *, speed: float = 1.0, gated: bool = False
) -> Performance:
    """
    Perform *timeline* on *stage* and return how it went.

    *speed* is session seconds per real second. When *gated*, the head stands at
    the beginning of each point until Enter.
    """
    performance = begin(timeline, gated=gated)
    stage.cue(performance.timeline, landing(performance))
    then = stage.now()
    event: Event | None = None
    jumped = -inf
    while not over(performance):
        drawing = min(
            stage.show(performance.timeline, performance.head), _SLOWEST_DRAWING
        )
        asked = until_next_look(performance) / speed
        if event in _JUMPS:
            jumped = stage.now()
            event = _without_repeats(stage)
        else:
            event = None
        event = event or stage.wait(asked)
        now = stage.now()
        moved = elapse(performance, now - then, asked + drawing, speed, gated=gated)
        _ring(stage, performance, moved)
        repeated = event in _JUMPS and now - jumped < _REPEAT
        performance = react(moved, None if repeated else event, gated=gated)
        if performance.head.position != moved.head.position:
            _ring_landing(stage, performance)
        then = now
    stage.show(performance.timeline, performance.head)
    return performance


def _without_repeats(stage: Stage) -> Event | None:
    """
    Drop the jump keys that are waiting already; return another event, if one is.

    They were pressed before anybody saw where the last one led. However long it took
    to read that one and to draw, they belong to it.
    """
    while (event := stage.wait(0.0)) in _JUMPS:
        pass
    return event


def _ring(stage: Stage, before: Performance, after: Performance) -> None:
    if not after.head.muted:
        for cue in after.timeline.cues_in(before.head.position, after.head.position):
            stage.cue(after.timeline, cue)


def _ring_landing(stage: Stage, performance: Performance) -> None:
    """Ring one cue after a jump; nothing while the session is paused."""
    standing = (
        performance.head.pause in (None, Pause.GATE) and not performance.head.helping
    )
    if standing and not performance.head.muted:
        stage.cue(performance.timeline, landing(performance))
