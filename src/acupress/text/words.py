"""
Formats the values of a session as words, for every kind of output.

Times are given in seconds, and formatted as ``3:20`` or in words.
"""

from __future__ import annotations

from collections.abc import Sequence

from acupress.lookup.tables import TITLES
from acupress.model import (
    Body,
    Dose,
    Pattern,
    Point,
    PregnancyLevel,
    Pressure,
    Side,
    Sides,
    Step,
    Tag,
)
from acupress.session.screening import Caution, PlannedStep, Reason, Why, level
from acupress.text import safety

SIDES = {
    Side.LEFT: "LEFT",
    Side.RIGHT: "RIGHT",
    Side.BOTH: "BOTH SIDES",
    Side.MIDDLE: "MIDDLE",
}


ANY_POSTURE = "As is comfortable."
"""The posture of a step that has none of its own."""

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
    title = TITLES.get(point.meridian.value)
    return f"{title} meridian" if title else "extra point"


def heading(text: str) -> str:
    """Return *text*, such as ``lower-back``, as a heading: ``Lower back``."""
    return f"{text[:1].upper()}{text[1:]}".replace("-", " ")


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
            return f"{holds} on the left, then on the right"


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
