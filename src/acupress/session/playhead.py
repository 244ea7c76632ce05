"""
The playhead: the state of a session, and how time and keys change it.

Pure functions on frozen values. A pause stops the head, a jump sets its position;
the seconds really pressed are counted beside it.
"""

from __future__ import annotations

from enum import Enum
from math import floor, inf
from typing import NamedTuple

from acupress.model import Phase
from acupress.session.timeline import COUNT_IN, Cue, CueSound, Timeline, lengthen

GAP = 2.0
"""Real seconds a wake-up may be late before the session pauses (``Pause.GAP``)."""

STALE_SECONDS = 3600.0
"""Real seconds away after which the answers expire and the session ends."""

LONGER = 10
"""Seconds that ``+`` adds."""

# A shorter wait may be rounded away in a large clock value: a loop without progress.
_SHORTEST_WAIT = 0.001

# Within this many seconds of a point's start, *back* goes to the point before it.
_BACK_WINDOW = 2.0

# Session seconds for which a note is shown.
_NOTE_SECONDS = 2.0


class Key(Enum):
    """The commands a person can give during a session; OTHER has no effect."""

    ENTER = "enter"
    PAUSE = "pause"
    NEXT = "next"
    BACK = "back"
    LONGER = "longer"
    AGAIN = "again"
    MUTE = "mute"
    HELP = "help"
    QUIT = "quit"
    OTHER = "other"


class DeviceEvent(Enum):
    """Events of the terminal and the system, besides keys and fatal signals."""

    RESIZED = "resized"
    RESUMED = "resumed"
    LONG_AWAY = "long away"
    TOO_SMALL = "too small"


class Ended(NamedTuple):
    """The session was ended by *signal*."""

    signal: int


Event = Key | DeviceEvent | Ended


class Pause(Enum):
    """Why the head is paused."""

    ASKED = "asked"
    GAP = "gap"
    GATE = "gate"
    TOO_SMALL = "too small"
    LEAVING = "leaving"


class Note(Enum):
    """Why the last key had no effect."""

    NOTHING = "nothing"
    LONGEST = "longest"
    ONLY_POINT = "only point"


class Quit(Enum):
    """Why a session ended early, other than by a signal."""

    ASKED = "asked"
    STALE = "stale"


class Playhead(NamedTuple):
    """
    Where a session stands, and what has really been pressed; in session seconds.

    *held* is the seconds pressed of each segment, *elapsed* the time that ran, jumps
    excluded; *done* the indices of holds completed. *helping* is the open page of the
    help, from 1; 0 is closed. *stood* is the pause to return to if the question
    whether to quit is declined. *noted_at* is the position at which *note* was made.
    """

    position: float
    held: tuple[float, ...]
    elapsed: float = 0.0
    done: frozenset[int] = frozenset()
    pause: Pause | None = None
    muted: bool = False
    helping: int = 0
    ending: Quit | Ended | None = None
    stood: Pause | None = None
    note: Note | None = None
    noted_at: float = 0.0

    @property
    def visible_note(self) -> Note | None:
        """The note, until it expires."""
        return self.note if self.position < self.noted_at + _NOTE_SECONDS else None

    @property
    def moving(self) -> bool:
        """Whether time is running."""
        return self.pause is None and not self.helping


class Performance(NamedTuple):
    """A timeline, which ``+`` may have lengthened, and its playhead."""

    timeline: Timeline
    head: Playhead

    @property
    def pressed(self) -> float:
        """Seconds really pressed."""
        return sum(self.head.held)

    @property
    def finished(self) -> bool:
        """Whether every hold was completed."""
        holds = {
            index
            for index, segment in enumerate(self.timeline.segments)
            if segment.phase is Phase.PRESS
        }
        return holds <= self.head.done


def begin(timeline: Timeline) -> Performance:
    """Return *timeline* with the head at its beginning."""
    head = Playhead(0.0, (0.0,) * len(timeline.segments))
    return Performance(timeline, _stop_at_gate(timeline, head))


def over(performance: Performance) -> bool:
    """Tell whether the session was ended or has reached its end."""
    ended = performance.head.ending is not None
    return ended or performance.head.position >= performance.timeline.duration


def until_next_look(performance: Performance) -> float:
    """Return the session seconds until the next redraw is due; inf while paused."""
    position = performance.head.position
    if not performance.head.moving:
        return inf
    second = floor(position) + 1.0
    left = min(second, performance.timeline.at(position).end) - position
    return max(left, _SHORTEST_WAIT)


def elapse(
    performance: Performance, real: float, expected: float, speed: float
) -> Performance:
    """
    Advance by *real* seconds times *speed*; if late, pause or end instead.

    Late is by more than GAP or STALE_SECONDS beyond the *expected* real seconds.
    """
    head, late = performance.head, real - expected
    if not head.moving or real <= 0:
        return performance
    if late > STALE_SECONDS:
        head = head._replace(ending=Quit.STALE)
    elif late > GAP:
        head = head._replace(pause=Pause.GAP)
    else:
        head = _advance(performance.timeline, head, real * speed)
    return performance._replace(head=head)


def resume_event(away: float) -> DeviceEvent:
    """Return the event for continuing after *away* real seconds stopped."""
    return DeviceEvent.LONG_AWAY if away > STALE_SECONDS else DeviceEvent.RESUMED


def _advance(timeline: Timeline, head: Playhead, seconds: float) -> Playhead:
    before, after = head.position, head.position + seconds
    after = min([after, *(gate for gate in timeline.gates if before < gate <= after)])
    after = min(after, timeline.duration)
    held, done = list(head.held), set(head.done)
    for index in range(timeline.index_at(before), timeline.index_at(after) + 1):
        segment = timeline.segments[index]
        if segment.phase is Phase.PRESS:
            held[index] += min(after, segment.end) - max(before, segment.start)
            if segment.end <= after:
                done.add(index)
    moved = head._replace(
        position=after,
        held=tuple(held),
        elapsed=head.elapsed + after - before,
        done=frozenset(done),
    )
    return _stop_at_gate(timeline, moved)


def _stop_at_gate(timeline: Timeline, head: Playhead) -> Playhead:
    """Pause a head that has just arrived at the beginning of a point."""
    if head.position in timeline.gates:
        return head._replace(pause=Pause.GATE)
    return head


def landing(performance: Performance) -> Cue:
    """Return the one cue to ring after a jump to the head's position."""
    timeline, position = performance.timeline, performance.head.position
    here = timeline.at(position)
    if position >= timeline.duration:
        return Cue(timeline.duration, CueSound.DONE)
    if here.counted_in and position == here.end - COUNT_IN:
        return Cue(here.end - COUNT_IN, CueSound.THREE)
    return Cue(here.start, here.opening)


def react(performance: Performance, event: Event | None) -> Performance:
    """Apply *event*; once the session has ended, only a signal still counts."""
    ended = performance.head.ending is not None and not isinstance(event, Ended)
    if event is None or ended:
        return performance
    if isinstance(event, Key):
        return _press(performance, event)
    return performance._replace(head=_interrupt(performance.head, event))


def _interrupt(head: Playhead, event: DeviceEvent | Ended) -> Playhead:
    match event:
        case DeviceEvent.RESIZED:
            return _enlarged(head)
        case DeviceEvent.RESUMED:
            return _pause_for(head, Pause.GAP)
        case DeviceEvent.LONG_AWAY:
            return head._replace(ending=Quit.STALE)
        case DeviceEvent.TOO_SMALL:
            return _pause_for(head, Pause.TOO_SMALL)
        case Ended():
            return head._replace(ending=event)


def _pause_for(head: Playhead, why: Pause) -> Playhead:
    """Pause *head*, unless it is paused; keep an open question whether to quit."""
    if head.pause is Pause.LEAVING:
        return head._replace(stood=head.stood or why)
    return head._replace(pause=head.pause or why)


def _enlarged(head: Playhead) -> Playhead:
    """Turn a pause for a small window into one that a key resumes."""
    if head.pause is Pause.LEAVING and head.stood is Pause.TOO_SMALL:
        return head._replace(stood=Pause.ASKED)
    paused = Pause.ASKED if head.pause is Pause.TOO_SMALL else head.pause
    return head._replace(pause=paused)


def _press(performance: Performance, key: Key) -> Performance:
    timeline, head = performance.timeline, performance.head._replace(note=None)
    if (changed := _without_command(timeline, head, key)) is not None:
        return Performance(timeline, changed)
    match key:
        case Key.ENTER:
            head = _skip_to_count_in(timeline, head)
        case Key.PAUSE:
            head = _toggle_pause(timeline, head)
        case Key.NEXT | Key.BACK | Key.AGAIN:
            target = _TARGETS[key](timeline, head.position)
            head = _seek(timeline, head, target)
        case Key.LONGER:
            timeline = lengthen(timeline, head.position, LONGER)
        case Key.MUTE:
            head = head._replace(muted=not head.muted)
        case Key.HELP:
            head = head._replace(helping=1)
        case Key.QUIT:
            head = head._replace(pause=Pause.LEAVING, stood=head.pause)
        case Key.OTHER:
            pass
    return Performance(timeline, head)


def _without_command(timeline: Timeline, head: Playhead, key: Key) -> Playhead | None:
    """Return the head if *key* pages the help, answers the quit question or is void."""
    if head.helping:
        page = head.helping + 1 if key is Key.HELP else 0
        return head._replace(helping=page)
    if head.pause is Pause.LEAVING:
        return _answer_quit(head, key)
    if note := _no_effect(timeline, head, key):
        return head._replace(note=note, noted_at=head.position)
    return None


def _answer_quit(head: Playhead, key: Key) -> Playhead:
    """End the session if *key* confirms; else restore the pause before the question."""
    if key is Key.QUIT:
        return head._replace(ending=Quit.ASKED)
    return head._replace(pause=head.stood, stood=None)


def _no_effect(timeline: Timeline, head: Playhead, key: Key) -> Note | None:
    """Return why *key* has no effect at *head*, or ``None`` if it has one."""
    match key:
        case Key.OTHER:
            return Note.NOTHING
        case Key.ENTER:
            pressing = timeline.at(head.position).phase is Phase.PRESS
            return Note.NOTHING if pressing else None
        case Key.LONGER:
            longer = lengthen(timeline, head.position, LONGER)
            return Note.LONGEST if longer.duration == timeline.duration else None
        case Key.NEXT:
            return Note.ONLY_POINT if timeline.steps == 1 else None
        case Key.PAUSE | Key.BACK | Key.AGAIN | Key.MUTE | Key.HELP | Key.QUIT:
            return None


def _skip_to_count_in(timeline: Timeline, head: Playhead) -> Playhead:
    """Jump to the count-in, or to the press without one; no-op during a hold."""
    here = timeline.at(head.position)
    if here.phase is Phase.PRESS or head.pause is Pause.TOO_SMALL:
        return head
    count_in = here.end - (COUNT_IN if here.counted_in else 0)
    return head._replace(position=max(head.position, float(count_in)), pause=None)


def _toggle_pause(timeline: Timeline, head: Playhead) -> Playhead:
    match head.pause:
        case None:
            return head._replace(pause=Pause.ASKED)
        case Pause.GATE:
            return _skip_to_count_in(timeline, head)
        case Pause.ASKED | Pause.GAP:
            return _stop_at_gate(timeline, head._replace(pause=None))
        case Pause.TOO_SMALL | Pause.LEAVING:
            return head


def _seek(timeline: Timeline, head: Playhead, position: int) -> Playhead:
    paused = None if head.pause is Pause.GATE else head.pause
    moved = head._replace(position=float(position), pause=paused)
    return moved if paused else _stop_at_gate(timeline, moved)


def _next_point(timeline: Timeline, position: float) -> int:
    later = (each for each in timeline.arrivals if each > position)
    return next(later, timeline.duration)


def _point_before(timeline: Timeline, position: float) -> int:
    passed = [each for each in timeline.arrivals if each <= position]
    if len(passed) > 1 and position - passed[-1] < _BACK_WINDOW:
        return passed[-2]
    return passed[-1]


def _hold_before(timeline: Timeline, position: float) -> int:
    """Return the start of the current or last hold, 0 where there was none yet."""
    passed = timeline.segments[: timeline.index_at(position) + 1]
    holds = [each for each in passed if each.phase is Phase.PRESS]
    return holds[-1].start if holds else 0


_TARGETS = {
    Key.NEXT: _next_point,
    Key.BACK: _point_before,
    Key.AGAIN: _hold_before,
}
