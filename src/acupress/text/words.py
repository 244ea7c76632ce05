"""
Formats the values of a session as words, for every kind of output.

Times are given in seconds, and formatted as ``3:20`` or in words.
"""

from __future__ import annotations

from collections.abc import Sequence

from acupress.model import (
    Body,
    BreathDirection,
    Dose,
    Meridian,
    Pattern,
    Phase,
    Point,
    PregnancyLevel,
    Pressure,
    Routine,
    Side,
    Sides,
    Step,
    Tag,
)
from acupress.session.planning import PlannedStep
from acupress.session.playhead import Note, Pause, Performance, Playhead
from acupress.session.screening import Caution, Reason, Why, level
from acupress.session.timeline import Breath, CueSound, Segment, Timeline
from acupress.text import safety

DOING = {
    Phase.READY: "find it",
    Phase.PRESS: "press",
    Phase.REST: "release",
    Phase.SWITCH: "change sides",
}

SIDES = {
    Side.LEFT: "LEFT",
    Side.RIGHT: "RIGHT",
    Side.BOTH: "BOTH SIDES",
    Side.MIDDLE: "MIDDLE",
}

MERIDIANS = {
    Meridian.LU: "Lung",
    Meridian.LI: "Large Intestine",
    Meridian.ST: "Stomach",
    Meridian.SP: "Spleen",
    Meridian.HT: "Heart",
    Meridian.SI: "Small Intestine",
    Meridian.BL: "Bladder",
    Meridian.KI: "Kidney",
    Meridian.PC: "Pericardium",
    Meridian.TE: "Triple Energizer",
    Meridian.GB: "Gallbladder",
    Meridian.LR: "Liver",
    Meridian.GV: "Governor Vessel",
    Meridian.CV: "Conception Vessel",
    Meridian.EX: "extra point",
}

_LEVELS = {
    PregnancyLevel.AVOID: "AVOID in pregnancy",
    PregnancyLevel.CAUTION: "Not used in pregnancy, to be careful",
    PregnancyLevel.OK: "In pregnancy: not on the main lists",
}

_REASONS = {
    Why.NAMED: "left out in pregnancy: professional lists name it",
    Why.EXTRA_CARE: "left out in pregnancy: our extra care",
    Why.WISH: "left out as you asked",
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
    Note.NOTHING: "that key does nothing here: ? shows the keys",
    Note.LONGEST: "already as long as it may be",
    Note.ONLY_POINT: "the only point there is: q stops",
}
_NOTES_BRIEFLY = {
    Note.NOTHING: "not a key here: ? helps",
    Note.LONGEST: "already as long as it may be",
    Note.ONLY_POINT: "the only point: q stops",
}

PRESSURES = {
    Pressure.LIGHT: "light",
    Pressure.MEDIUM: "firm, never sore",
}

CONCERNS = {
    Tag.ABDOMEN: "a full stomach, or something wrong in the belly",
    Tag.LEG_VEINS: "a leg clot or varicose veins",
    Tag.KNEE_HOLLOW: "an aneurysm",
    Tag.NECK: "a neck injury or dizziness",
    Tag.SPINE_MIDLINE: "back surgery",
    Tag.KIDNEY_AREA: "kidney trouble",
    Tag.BONE: "weak bones",
    Tag.CHEST_DEVICE: "a pacemaker or port",
    Tag.STRONG_NERVE: "numb hands or feet",
    Tag.HIP: "an artificial hip",
}
"""What a session asks about because of each tag of a point."""

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
    ("+", "10 s more"),
    ("r", "again"),
    ("m", "mute"),
    ("?", "help"),
    ("q", "stop"),
)

PLAN_KEYS = (
    ("Enter", "begins the session, once you have seen the whole plan"),
    ("- and +", "make it shorter and longer"),
    ("w", "has it wait at each point until you press Enter, or not"),
    ("0 to 10", "notes your pain now: 0 is none, 10 the worst you can imagine"),
    ("q", "stops, and nothing starts"),
)

HELP = (
    ("Enter", "I'm there: straight to three-two-one"),
    ("space", "pause, and go on"),
    ("n or right", "on to the next point"),
    ("b or left", "back to this point's beginning, then to the one before"),
    ("+", "ten more seconds"),
    ("r", "back to the start of this hold, or of the one just done"),
    ("m", "sound off, and on"),
    ("?", "this help"),
    ("q", "stop: asks once more, and says what was done"),
    ("q or Esc", "here: back to the session"),
)


def clock(seconds: float) -> str:
    """Format *seconds*, rounded up, as ``3:20``."""
    whole = -int(-seconds // 1)
    return f"{whole // 60}:{whole % 60:02}"


def duration(seconds: float) -> str:
    """Format *seconds*, rounded up, as ``3 minutes 20 seconds``."""
    minutes, rest = divmod(-int(-seconds // 1), 60)
    parts = [count(minutes, "minute")] if minutes else []
    if rest or not minutes:
        parts.append(count(rest, "second"))
    return " ".join(parts)


def count(number: int, noun: str) -> str:
    """Format *number* as ``1 hold`` or ``2 holds``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def mark(point: Point) -> str:
    """Return the level of *point* in pregnancy, as words that need no context."""
    return _LEVELS[level(point)]


def name_of(point: Point) -> str:
    """Return the code and the English name."""
    return f"{point.code} {point.name}"


def channel(point: Point) -> str:
    """Return the meridian: ``Bladder meridian``, or ``extra point`` for none."""
    name = MERIDIANS[point.meridian]
    return name if point.meridian is Meridian.EX else f"{name} meridian"


def place(body: Body, side: Side) -> str:
    """Return the part of the body with the side: ``left ankle``."""
    part = body.value.replace("-", " ")
    match side:
        case Side.LEFT | Side.RIGHT:
            return f"{side.value} {part}"
        case Side.BOTH:
            return f"{part}, both sides"
        case Side.MIDDLE:
            return f"{part}, middle"


def lies(point: Point) -> str:
    """Return where on the body *point* lies: ``ankle, on both sides``."""
    part = point.body.value.replace("-", " ")
    return (
        f"{part}, {'on both sides' if point.sides is Sides.BOTH else 'in the middle'}"
    )


def dose(given: Dose) -> str:
    """Format *given* as ``3 holds of 30 seconds a side, left and right in turn``."""
    holds = f"{count(given.repetitions, 'hold')} of {duration(given.hold)}"
    match given.pattern:
        case Pattern.MIDDLE:
            return holds
        case Pattern.BOTH:
            return f"{holds}, both sides at once"
        case Pattern.ALTERNATE:
            return f"{holds} a side, left and right in turn"
        case Pattern.ONE_THEN_OTHER:
            return f"{holds} a side, all of the left and then all of the right"


def reason(why: Reason) -> str:
    """Return the clause for a reason to leave a point out."""
    if why.caution is not None:
        return f"left out for: {safety.CAUTIONS[why.caution]}"
    return _REASONS[why.why]


def reasons(every: Sequence[Reason]) -> str:
    """Return the clauses for *every* reason, with the cautions joined in one."""
    cautions = "; ".join(safety.CAUTIONS[r.caution] for r in every if r.caution)
    others = [reason(each) for each in every if each.caution is None]
    return "; ".join([*([f"left out for: {cautions}"] if cautions else []), *others])


def gentle(step: PlannedStep) -> str:
    """Return how to press a gentle *step*; empty if it is not gentle."""
    if not step.gentle:
        return ""
    extra = {Caution.VEINS: "not on a vein", Caution.FAINT: "get up slowly"}
    extras = [text for caution, text in extra.items() if caution in step.gentle]
    return ", ".join(["very light, half a minute at most", *extras])


def gentle_briefly(step: PlannedStep) -> str:
    """Return the same for a row beside a picture, in at most 47 columns."""
    extra = {Caution.VEINS: "not on a vein", Caution.FAINT: "rise slowly"}
    extras = [text for caution, text in extra.items() if caution in step.gentle]
    light = ["light", "30 s"] if len(extras) > 1 else ["very light", "30 s at most"]
    return f"Gentle: {', '.join([*light, *extras])}"


def pressing(step: Step) -> str:
    """Return pressure and technique; the pressure is the step's, not the point's."""
    technique = step.point.technique
    how = f" {technique.press}" if technique else ""
    level = PRESSURES[step.pressure]
    return f"{level[0].upper()}{level[1:]}.{how}"


def finding(point: Point, *, partner: bool) -> str:
    """Return how to find *point*, for the user or for a *partner*."""
    for_partner = point.technique.find_partner if partner and point.technique else ""
    return for_partner or point.find


def concerns(tags: Sequence[Tag]) -> str:
    """Return what a session asks about because of *tags*."""
    return ", ".join(CONCERNS[tag] for tag in tags)


def doing(segment: Segment) -> str:
    """Return what to do in *segment*, as one or two words."""
    return DOING[segment.phase]


def paused(why: Pause) -> str:
    """Return the reason for the pause, and the key that ends it."""
    return _PAUSES[why]


def paused_briefly(why: Pause) -> str:
    """Return the same in at most 28 columns."""
    return _PAUSES_BRIEFLY[why]


def noted(why: Note, *, briefly: bool) -> str:
    """Return why a key had no effect; *briefly* in at most 28 columns."""
    return (_NOTES_BRIEFLY if briefly else _NOTES)[why]


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
    step, point = segment.step.step, segment.point
    partner = timeline.plan.routine.partner
    lines = (
        f"  gentle: {gentle(segment.step)}" if segment.step.gentle else "",
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
