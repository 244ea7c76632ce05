"""
Renders a plan as a self-contained HTML document to print, with a picture a step.

It loads no URL and prints in black and white. It contains the steps that are kept,
and nothing that reveals an answer.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from acupress.model import Point, PregnancyLevel
from acupress.page import html
from acupress.session.planning import Plan
from acupress.session.screening import PlannedStep, level, skipped_by
from acupress.text import safety, words
from acupress.text.layout import Line, Page, Tone

DrawPoint = Callable[[Point], str]
"""Returns the picture of a point as SVG, or an empty string if there is none."""


def sheet(plan: Plan, draw: DrawPoint, made: date) -> str:
    """Return *plan* as an HTML document, dated *made*."""
    origin = (
        f"Made on {made.isoformat()} for one person, from what was answered that day. "
        "Anyone else, or another day: answer the questions of acupress first."
    )
    return html.document(plan.routine.title, steps_and_all(plan, draw, origin))


def steps_and_all(plan: Plan, draw: DrawPoint, origin: str) -> str:
    """Return the steps of *plan* with all that is said before and after them."""
    partner = plan.routine.partner
    return "\n".join(
        (
            html.written(before(plan, origin)),
            *(
                _section(step.point, draw(step.point), card(step, partner=partner))
                for step in plan.steps
            ),
            html.written(after(plan)),
        )
    )


def before(plan: Plan, origin: str) -> Page:
    """
    Return what comes before the steps: the warning signs first.

    *origin* is whose answers the plan is from, and when they were given.
    """
    routine = plan.routine
    total, pressing = words.clock(plan.seconds), words.clock(plan.pressing)
    who = "With a partner: the words speak to the helper. " * routine.partner
    return (
        Line(routine.about),
        Line(f"{total} in all, {pressing} of it pressing. {who}{routine.how_often}"),
        Line(),
        *warning_signs(),
        Line(),
        *_restrictions(plan, origin),
        Line(),
        Line(safety.STOP, Tone.CAUTION),
        Line(),
        *map(Line, (safety.PRESSURE, safety.SKIN, safety.REACH)),
    )


def warning_signs() -> Page:
    """Return the warning signs, each list with whom to call."""
    return (
        Line("Before you start: does any of this fit?", Tone.TITLE),
        *safety.URGENT_LIST,
        *safety.URGENT,
        *safety.SEE_SOMEONE_LIST,
        *safety.SEE_SOMEONE,
        *safety.IF_WORSE,
    )


def after(plan: Plan) -> Page:
    """Return what comes after the steps."""
    return (
        *map(Line, safety.AFTER_CARE),
        Line(plan.routine.evidence, Tone.QUIET),
    )


def _restrictions(plan: Plan, origin: str) -> Page:
    """Return for whom the sheet is, and for whom its points are unsuitable."""
    steps = [planned.step for planned in plan.steps]
    pregnant = any(level(step.point) is not PregnancyLevel.OK for step in steps)
    others = [safety.CAUTIONS[caution] for caution in skipped_by(steps)]
    texts = (
        origin,
        "Not for anyone who is or could be pregnant." if pregnant else "",
        f"Not with: {'; '.join(others)}." if others else "",
    )
    return tuple(Line(text, Tone.CAUTION) for text in texts if text)


def _section(point: Point, picture: str, lines: html.Block) -> str:
    figure = html.figure(point.code, picture)
    return f"<section>{figure}<div>{''.join(lines)}</div></section>"


def card(planned: PlannedStep, *, partner: bool) -> html.Block:
    """Return what is said of one step."""
    step, point = planned.step, planned.point
    gentle = words.gentle(planned)
    lines = [
        ("name", words.name_of(point)),
        ("dose", f"{words.dose(step.dose)}; {words.PRESSURES[step.pressure]}"),
        ("caution", f"Gentle: {gentle}." if gentle else ""),
        ("where", f"{words.lies(point).capitalize()}. {point.where}"),
        ("find", words.finding(point, partner=partner)),
        ("hand", f"{step.posture} {step.hand}"),
        ("press", words.pressing(step)),
        ("caution", point.technique.stop if point.technique else ""),
        ("quiet", f"{words.mark(point)}. {point.pregnancy_note}"),
    ]
    return tuple(html.paragraph(text, kind) for kind, text in lines if text)
