"""
The playhead: where a session stands, and how time and keys move it.

All of it is arithmetic on values. Pausing is not moving the head, skipping is
moving it further; what was really pressed is kept beside it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from math import floor, inf

from acupress.model import Phase
from acupress.session.timeline import COUNT_IN, Cue, CueSound, Timeline, lengthen

GAP = 2.0
"""Real seconds a wake-up may be late before the time counts as lost."""

STALE_SECONDS = 3600.0
"""Real seconds away after which what was answered before no longer counts."""

LONGER = 10
"""Seconds that ``+`` adds."""

# Less than this may be lost in the rounding of a large clock, and never end.
_SHORTEST_WAIT = 0.001

# Within this many seconds of a point's beginning, *back* means the point before.
_SECOND_THOUGHTS = 2.0

# Session seconds for which is told why a key has done nothing.
_NOTED = 2.0


class Key(Enum):
    """What a person can ask for while a session runs."""

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
    """What can happen to a session besides keys."""

    RESIZED = "resized"
    RESUMED = "resumed"
    LONG_AWAY = "long away"
    TOO_SMALL = "too small"


@dataclass(frozen=True, slots=True)
class Ended:
    """The session is ended from outside, by *signal*."""

    signal: int


Event = Key | DeviceEvent | Ended


class Pause(Enum):
    """Why the head stands still."""

    ASKED = "asked"
    GAP = "gap"
    GATE = "gate"
    TOO_SMALL = "too small"
    LEAVING = "leaving"


class Note(Enum):
    """Why a key has done nothing; told for a moment, or until the next one."""

    NOTHING = "nothing"
    LONGEST = "longest"
    ONLY_POINT = "only point"


class Quit(Enum):
    """Why a session ended before its end, when no signal did it."""

    ASKED = "asked"
    STALE = "stale"


@dataclass(frozen=True, slots=True)
class Playhead:
    """
    Where a session stands, and what has really been pressed.

    *elapsed* are the session seconds that have really passed, and
    *held* has the seconds really pressed for each segment of the timeline;
    *helping* is the page of the help that is read, from 1, or nothing;
    *done* the segments whose hold was held to its end. *stood* is why it stood still
    before it was asked whether to leave; *noted* where the last *note* was made.
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
        """The note that is still to be seen."""
        return self.note if self.position < self.noted_at + _NOTED else None

    @property
    def moving(self) -> bool:
        """Whether time is running."""
        return self.pause is None and not self.helping


@dataclass(frozen=True, slots=True)
class Performance:
    """A timeline, which ``+`` may have lengthened, and where its head is."""

    timeline: Timeline
    head: Playhead

    @property
    def pressed(self) -> float:
        """Seconds really pressed."""
        return sum(self.head.held)

    @property
    def finished(self) -> bool:
        """Whether every hold was held to its end."""
        holds = {
            index
            for index, segment in enumerate(self.timeline.segments)
            if segment.phase is Phase.PRESS
        }
        return holds <= self.head.done


def begin(timeline: Timeline, *, gated: bool) -> Performance:
    """Return *timeline* with the head at its beginning."""
    head = Playhead(0.0, (0.0,) * len(timeline.segments))
    return Performance(timeline, _gate(timeline, head, gated=gated))


def over(performance: Performance) -> bool:
    """Tell whether there is nothing left to do."""
    ended = performance.head.ending is not None
    return ended or performance.head.position >= performance.timeline.duration


def until_next_look(performance: Performance) -> float:
    """Return for how many session seconds the picture stays true."""
    position = performance.head.position
    if not performance.head.moving:
        return inf
    second = floor(position) + 1.0
    left = min(second, performance.timeline.at(position).end) - position
    return max(left, _SHORTEST_WAIT)


def elapse(
    performance: Performance, elapsed: float, asked: float, speed: float, *, gated: bool
) -> Performance:
    """Let real time pass, unless so much of it passed that nobody was there."""
    if not performance.head.moving or elapsed <= 0:
        return performance
    if elapsed - asked > STALE_SECONDS:
        return replace(performance, head=replace(performance.head, ending=Quit.STALE))
    if elapsed - asked > GAP:
        return replace(performance, head=replace(performance.head, pause=Pause.GAP))
    return replace(
        performance, head=_advance(performance, elapsed * speed, gated=gated)
    )


def resume_event(away: float) -> DeviceEvent:
    """Return what it means to be back after having been stopped for *away* seconds."""
    return DeviceEvent.LONG_AWAY if away > STALE_SECONDS else DeviceEvent.RESUMED


def _advance(performance: Performance, seconds: float, *, gated: bool) -> Playhead:
    timeline, head = performance.timeline, performance.head
    before, after = head.position, head.position + seconds
    if gated:
        after = min([after, *(g for g in _gates(timeline) if before < g <= after)])
    after = min(after, timeline.duration)
    held, done = list(head.held), set(head.done)
    for index in range(timeline.index(before), timeline.index(after) + 1):
        segment = timeline.segments[index]
        if segment.phase is Phase.PRESS:
            held[index] += min(after, segment.end) - max(before, segment.start)
            if segment.end <= after:
                done.add(index)
    moved = replace(
        head,
        position=after,
        held=tuple(held),
        elapsed=head.elapsed + after - before,
        done=frozenset(done),
    )
    return _gate(timeline, moved, gated=gated)


def _gates(timeline: Timeline) -> tuple[int, ...]:
    return tuple(each.start for each in timeline.segments if each.phase is Phase.READY)


def _gate(timeline: Timeline, head: Playhead, *, gated: bool) -> Playhead:
    """Stop a head that has just come to the beginning of a point."""
    if gated and head.position in _gates(timeline):
        return replace(head, pause=Pause.GATE)
    return head


def landing(performance: Performance) -> Cue:
    """Return the cue for having come to the head's position by a jump."""
    position = performance.head.position
    here = performance.timeline.at(position)
    if position >= performance.timeline.duration:
        return Cue(performance.timeline.duration, CueSound.DONE)
    if here.counted_in and position == here.end - COUNT_IN:
        return Cue(here.end - COUNT_IN, CueSound.THREE)
    return Cue(here.start, here.opening)


def react(performance: Performance, event: Event | None, *, gated: bool) -> Performance:
    """Apply *event*; once the session has ended, only a signal still counts."""
    ended = performance.head.ending is not None and not isinstance(event, Ended)
    if event is None or ended:
        return performance
    return _reacted(performance, event, gated=gated)


def _reacted(performance: Performance, event: Event, *, gated: bool) -> Performance:
    head = performance.head
    match event:
        case DeviceEvent.RESIZED:
            return replace(performance, head=_enlarged(head))
        case DeviceEvent.RESUMED:
            return replace(performance, head=_stand(head, Pause.GAP))
        case DeviceEvent.LONG_AWAY:
            return replace(performance, head=replace(head, ending=Quit.STALE))
        case DeviceEvent.TOO_SMALL:
            return replace(performance, head=_stand(head, Pause.TOO_SMALL))
        case Ended():
            return replace(performance, head=replace(head, ending=event))
        case Key():
            return _press(performance, event, gated=gated)


def _stand(head: Playhead, why: Pause) -> Playhead:
    """Have *head* stand still; what it is asked is still to be answered then."""
    if head.pause is Pause.LEAVING:
        return replace(head, stood=head.stood or why)
    return replace(head, pause=head.pause or why)


def _enlarged(head: Playhead) -> Playhead:
    """Have what a small window has paused wait to be told to go on."""
    if head.pause is Pause.LEAVING and head.stood is Pause.TOO_SMALL:
        return replace(head, stood=Pause.ASKED)
    paused = Pause.ASKED if head.pause is Pause.TOO_SMALL else head.pause
    return replace(head, pause=paused)


def _press(performance: Performance, key: Key, *, gated: bool) -> Performance:
    timeline, head = performance.timeline, replace(performance.head, note=None)
    if (other := _stayed(timeline, head, key)) is not None:
        return Performance(timeline, other)
    match key:
        case Key.ENTER:
            head = _there(timeline, head)
        case Key.PAUSE:
            head = _pause(timeline, head, gated=gated)
        case Key.NEXT | Key.BACK | Key.AGAIN:
            target = _TARGETS[key](timeline, head.position)
            head = _seek(timeline, head, target, gated=gated)
        case Key.LONGER:
            timeline = lengthen(timeline, head.position, LONGER)
        case Key.MUTE:
            head = replace(head, muted=not head.muted)
        case Key.HELP:
            head = replace(head, helping=1)
        case Key.QUIT:
            head = replace(head, pause=Pause.LEAVING, stood=head.pause)
        case Key.OTHER:
            pass
    return Performance(timeline, head)


def _stayed(timeline: Timeline, head: Playhead, key: Key) -> Playhead | None:
    """Return *head* where *key* is an answer to what is shown, or does nothing."""
    if head.helping:
        page = head.helping + 1 if key is Key.HELP else 0
        return replace(head, helping=page)
    if head.pause is Pause.LEAVING:
        return _leave(head, key)
    if note := _in_vain(timeline, head, key):
        return replace(head, note=note, noted_at=head.position)
    return None


def _leave(head: Playhead, key: Key) -> Playhead:
    """End it where *key* says so once more; else let it be as it was before."""
    if key is Key.QUIT:
        return replace(head, ending=Quit.ASKED)
    return replace(head, pause=head.stood, stood=None)


def _in_vain(timeline: Timeline, head: Playhead, key: Key) -> Note | None:
    """Return why *key* does nothing at *head*, if it does not."""
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


def _there(timeline: Timeline, head: Playhead) -> Playhead:
    """Go straight to three-two-one: *I'm there*. Means nothing in a hold."""
    here = timeline.at(head.position)
    if here.phase is Phase.PRESS or head.pause is Pause.TOO_SMALL:
        return head
    count_in = here.end - (COUNT_IN if here.counted_in else 0)
    return replace(head, position=max(head.position, float(count_in)), pause=None)


def _pause(timeline: Timeline, head: Playhead, *, gated: bool) -> Playhead:
    match head.pause:
        case None:
            return replace(head, pause=Pause.ASKED)
        case Pause.GATE:
            return _there(timeline, head)
        case Pause.ASKED | Pause.GAP:
            return _gate(timeline, replace(head, pause=None), gated=gated)
        case Pause.TOO_SMALL | Pause.LEAVING:
            return head


def _seek(
    timeline: Timeline, head: Playhead, position: int, *, gated: bool
) -> Playhead:
    paused = None if head.pause is Pause.GATE else head.pause
    moved = replace(head, position=float(position), pause=paused)
    return moved if paused else _gate(timeline, moved, gated=gated)


def _next_point(timeline: Timeline, position: float) -> int:
    later = (gate for gate in _gates(timeline) if gate > position)
    return next(later, timeline.duration)


def _point_before(timeline: Timeline, position: float) -> int:
    sofar = [gate for gate in _gates(timeline) if gate <= position]
    if len(sofar) > 1 and position - sofar[-1] < _SECOND_THOUGHTS:
        return sofar[-2]
    return sofar[-1]


def _hold_before(timeline: Timeline, position: float) -> int:
    """Return where the hold at *position* began, or the one just done."""
    sofar = timeline.segments[: timeline.index(position) + 1]
    holds = [each for each in sofar if each.phase is Phase.PRESS]
    return holds[-1].start if holds else 0


_TARGETS = {
    Key.NEXT: _next_point,
    Key.BACK: _point_before,
    Key.AGAIN: _hold_before,
}
