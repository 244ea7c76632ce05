"""Formats what a session shows and says while it runs, for every kind of output."""

from __future__ import annotations

from acupress.model import BreathDirection, Phase, Routine
from acupress.session.playhead import Note, Pause, Performance, Playhead
from acupress.session.timeline import Breath, CueSound, Segment, Timeline
from acupress.text import safety, words
from acupress.text.words import (
    SIDES,
    clock,
    duration,
    finding,
    name_of,
    place,
    pressing,
)

DOING = {
    Phase.READY: "find it",
    Phase.PRESS: "press",
    Phase.REST: "release",
    Phase.SWITCH: "change sides",
}


_PAUSES = {
    Pause.ASKED: "Paused. Press space to go on.",
    Pause.GAP: "Paused while you were away. Press space to go on.",
    Pause.GATE: "Press Enter when your finger is there.",
    Pause.TOO_SMALL: "enlarge the window",
    Pause.LEAVING: "q again stops, any other key goes on",
}


_PAUSES_BRIEFLY = {
    Pause.ASKED: "paused: space goes on",
    Pause.GAP: "paused: space goes on",
    Pause.GATE: "Enter when you are there",
    Pause.TOO_SMALL: "enlarge the window",
    Pause.LEAVING: "q stops, any other goes on",
}


_NOTES = {
    Note.NOTHING: "here: space n b + r m ?, q or Ctrl-C stops",
    Note.LONGEST: "already as long as it may be",
    Note.ONLY_POINT: "the only point there is: q stops",
}


_NOTES_BRIEFLY = {
    Note.NOTHING: "space n ? q Ctrl-C",
    Note.LONGEST: "already as long as it may be",
    Note.ONLY_POINT: "the only point: q stops",
}


CUES = {
    CueSound.GET_READY: "get ready",
    CueSound.THREE: "three",
    CueSound.TWO: "two",
    CueSound.ONE: "one",
    CueSound.PRESS: "press",
    CueSound.HALFWAY: "halfway",
    CueSound.LAST_SECONDS: "last seconds",
    CueSound.RELEASE: "release",
    CueSound.CHANGE_SIDES: "change sides",
    CueSound.DONE: "done",
}


KEYS = (
    ("Enter", "I'm there"),
    ("space", "pause"),
    ("n", "next"),
    ("b", "back"),
    ("+", "longer"),
    ("r", "again"),
    ("m", "mute"),
    ("?", "help"),
    ("q", "stop"),
)


HELP = (
    ("Enter", "I'm there: straight to three-two-one"),
    ("space", "pause, and go on"),
    ("n or right", "on to the next point; so does Page Down"),
    ("b or left", "back to this point's beginning, then to the one before; Page Up"),
    ("+", "ten more seconds"),
    ("r", "back to the start of this hold, or of the one just done"),
    ("m", "sound off, and on"),
    ("?", "this help"),
    ("q", "stop: asks once more, and says what was done; Ctrl-C stops at once"),
    ("q or Esc", "here: back to the session"),
)


def doing(segment: Segment) -> str:
    """Return what to do in *segment*, as one or two words."""
    return DOING[segment.phase]


def paused(why: Pause) -> str:
    """Return the reason for the pause, and the key that ends it."""
    return _PAUSES[why]


def paused_briefly(why: Pause) -> str:
    """Return the same in at most 28 columns."""
    return _PAUSES_BRIEFLY[why]


def noted(why: Note, here: Segment, *, briefly: bool) -> str:
    """Return why a key had no effect, or which have; *briefly* in 28 columns."""
    told = (_NOTES_BRIEFLY if briefly else _NOTES)[why]
    if why is Note.NOTHING and here.phase is not Phase.PRESS:
        return told.replace("space", "Enter space", 1)
    return told


def breath(now: Breath) -> str:
    """Return which way to breathe."""
    return "breathe in" if now.way is BreathDirection.IN else "breathe out"


def coming(timeline: Timeline, position: float) -> str:
    """Return what comes after the segment at *position*."""
    following = timeline.after(position)
    if following is None:
        return "then: done"
    if following.phase is Phase.READY:
        return f"then: {name_of(following.point)}"
    if following.phase is Phase.SWITCH:
        return f"then: change to the {SIDES[following.side]}"
    if following.phase is Phase.REST:
        return "then: release, and once more"
    return f"then: press for {duration(following.seconds)}"


def announcement(timeline: Timeline, segment: Segment) -> tuple[str, ...]:
    """Return the lines that line mode prints when *segment* begins."""
    where = place(segment.point.body, segment.side)
    match segment.phase:
        case Phase.READY:
            return _arrival(timeline, segment)
        case Phase.PRESS:
            times = f" ({segment.round} of {segment.rounds})" * (segment.rounds > 1)
            return (f"{where}: press for {duration(segment.seconds)}{times}",)
        case Phase.REST:
            return (f"release; press again in {duration(segment.seconds)}",)
        case Phase.SWITCH:
            change = f"release, and change to the {SIDES[segment.side]}"
            return (f"{change}; {duration(segment.seconds)} to get there",)


def _arrival(timeline: Timeline, segment: Segment) -> tuple[str, ...]:
    where = place(segment.point.body, segment.side)
    before = (f"  {safety.STOP}",) if segment.start == 0 else ("release",)
    return (
        *before,
        f"{segment.number} of {timeline.steps}: {name_of(segment.point)}, {where}",
        *instructions(timeline, segment),
        f"  {duration(segment.seconds)} to get there",
    )


def instructions(timeline: Timeline, segment: Segment) -> tuple[str, ...]:
    """Return the lines on how to find and press the point of *segment*."""
    step, point = segment.step, segment.point
    partner = timeline.plan.routine.partner
    lines = (
        f"  gentle: {words.gentle(segment.planned)}" if segment.planned.gentle else "",
        f"  where: {point.where}",
        f"  hand: {step.hand} {step.posture}",
        f"  press: {pressing(step)}",
        f"  {point.technique.stop}" if point.technique else "",
        f"  find it: {finding(point, partner=partner)}",
    )
    return tuple(line for line in lines if line)


def lengthened(timeline: Timeline, position: float) -> str:
    """Return the new length of the segment at *position*."""
    here = timeline.at(position)
    what = "hold" if here.phase is Phase.PRESS else "to get there"
    return f"now {duration(here.seconds)} {what}"


def summary(performance: Performance, routine: Routine) -> tuple[str, ...]:
    """Return what was done, in one or two lines."""
    timeline, head = performance.timeline, performance.head
    pressed = f"{duration(round(performance.pressed))} of pressing"
    if performance.finished:
        return (f"Done: {routine.title}, {pressed}.",)
    after = _ended(head)
    left = ", ".join(unfinished(timeline, head.done))
    return (
        f"{after}: {pressed}, of {duration(timeline.pressing)}.",
        f"Not finished: {left}.",
    )


def summary_alone(performance: Performance) -> str:
    """Return the time of pressing, without revealing anything else of the session."""
    how = "Done" if performance.finished else _ended(performance.head)
    return f"{how}: {duration(round(performance.pressed))} of pressing."


def _ended(head: Playhead) -> str:
    verb = "Skipped to the end" if head.ending is None else "Stopped"
    return f"{verb} after {clock(round(head.elapsed))}"


def unfinished(timeline: Timeline, done: frozenset[int]) -> tuple[str, ...]:
    """Return the codes of the points with a hold that was not completed."""
    left = {
        segment.point.code: None
        for index, segment in enumerate(timeline.segments)
        if segment.phase is Phase.PRESS and index not in done
    }
    return tuple(left)
