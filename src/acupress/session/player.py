"""
The session loop: moves a playhead over a timeline, on a stage.

All input and output is behind :class:`Stage`, so a stage whose waiting takes no time
plays a whole session in a moment; the tests use one.
"""

# Theory of operation. Each turn of the loop in play():
#  1. draws the session as it stands, and notes how long drawing took;
#  2. waits for an event, at most until the picture is out of date (the next whole
#     second or the end of the segment; without limit while paused);
#  3. measures the real time that passed, and has elapse() move the head by it, or
#     pause where it is over GAP later than expected (stopped, asleep, starved). The
#     clock is read anew each turn, so timeouts that overrun never add up to drift;
#  4. rings the cues that the head has passed: those in (before, after];
#  5. lets react() apply the event, and rings one landing cue if that moved the head.
# Jump keys are debounced: those queued while the last jump was drawn are drained, and
# those within _REPEAT of it dropped.

from __future__ import annotations

from collections.abc import Callable
from math import inf
from typing import Protocol

from acupress.session.playhead import (
    Event,
    Key,
    Pause,
    Performance,
    begin,
    elapse,
    landing,
    over,
    react,
    until_next_look,
)
from acupress.session.timeline import Cue, Timeline

# Seconds of debounce: a key held down repeats some thirty times a second.
_REPEAT = 0.25
_JUMPS = (Key.NEXT, Key.BACK)

# Most seconds of drawing that count as expected; beyond it the process did not run.
_LONGEST_DRAWING = 10.0


class Stage(Protocol):
    """The clock, keyboard, picture and sound that a session needs."""

    def now(self) -> float:
        """Return seconds on a clock that also counts time asleep."""

    def wait(self, seconds: float) -> Event | None:
        """Return the next event, or ``None`` after *seconds*, which may be inf."""

    def show(self, performance: Performance) -> float:
        """
        Draw *performance* as it stands; return the seconds that drawing took.

        Seconds blocked in writing, or asleep, are left out: they count as time away.
        """

    def cue(self, performance: Performance, cue: Cue) -> None:
        """Make *cue* of *performance* heard."""


def play(
    timeline: Timeline,
    stage: Stage,
    *,
    speed: float = 1.0,
    seen: Callable[[Performance], None] | None = None,
) -> Performance:
    """
    Perform *timeline* on *stage* and return how it went.

    *speed* is session seconds per real second. *seen* is called whenever the session
    is drawn, and must return at once.
    """
    performance = begin(timeline)
    stage.cue(performance, landing(performance))
    then = stage.now()
    event: Event | None = None
    jumped = -inf
    while not over(performance):
        if seen:
            seen(performance)
        drawing = stage.show(performance)
        timeout = until_next_look(performance) / speed
        if event in _JUMPS:
            jumped = stage.now()
            event = _drain_jumps(stage)
        else:
            event = None
        event = event or stage.wait(timeout)
        now = stage.now()
        expected = timeout + min(drawing, _LONGEST_DRAWING)
        moved = elapse(performance, now - then, expected, speed)
        _ring(stage, performance, moved)
        repeated = event in _JUMPS and now - jumped < _REPEAT
        performance = react(moved, None if repeated else event)
        if performance.head.position != moved.head.position:
            _ring_landing(stage, performance)
        then = now
    if seen:
        seen(performance)
    stage.show(performance)
    return performance


def _drain_jumps(stage: Stage) -> Event | None:
    """
    Discard the jump keys queued so far; return the event after them, if any.

    They were pressed before the result of the last jump was on the screen.
    """
    while (event := stage.wait(0.0)) in _JUMPS:
        pass
    return event


def _ring(stage: Stage, before: Performance, after: Performance) -> None:
    if not after.head.muted:
        for cue in after.timeline.cues_in(before.head.position, after.head.position):
            stage.cue(after, cue)


def _ring_landing(stage: Stage, performance: Performance) -> None:
    """Ring one cue after a jump; none while paused, in the help or muted."""
    head = performance.head
    if head.pause in (None, Pause.GATE) and not (head.helping or head.muted):
        stage.cue(performance, landing(performance))
