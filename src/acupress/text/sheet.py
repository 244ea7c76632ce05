"""
Renders a plan as a self-contained HTML document to print, with a picture a step.

It loads no URL and prints in black and white. It contains the steps that are kept,
and nothing that reveals an answer.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from html import escape

from acupress.model import Point, PregnancyLevel
from acupress.session.planning import Plan
from acupress.session.screening import PlannedStep, level, skipped_by
from acupress.text import safety, words
from acupress.text.layout import Line, Page, Tone

_STEPS_A_PAGE = 2

DrawPoint = Callable[[Point], str]
"""Returns the picture of a point as SVG, or an empty string if there is none."""

# A page of A4 or Letter has two steps, of which the first breaks the page.
_STYLE = """
@page { margin: 1.2cm; }
body { font: 9.5pt/1.35 Georgia, serif; color: #111; background: #fff;
  max-width: 19cm; margin: 0 auto; }
h1 { font-size: 18pt; margin: 0; }
h2 { font-size: 12pt; margin: 0 0 0.2em; }
p { margin: 0.2em 0; }
section { display: grid; grid-template-columns: 6.6cm 1fr; gap: 0.5cm;
  border-top: 1px solid #999; padding: 0.3cm 0; break-inside: avoid; }
section svg { width: 100%; height: auto; max-height: 11cm; }
.first { break-before: page; }
.dose { font-weight: bold; }
.box { border: 2px solid #111; padding: 0.2cm 0.4cm; margin: 0.3cm 0;
  break-inside: avoid; }
.small { font-size: 8.5pt; }
"""


def sheet(plan: Plan, draw: DrawPoint, made: date) -> str:
    """Return *plan* as an HTML document, dated *made*."""
    routine = plan.routine
    title = escape(routine.title)
    total, pressing = words.clock(plan.seconds), words.clock(plan.pressing)
    length = f"{total} in all, {pressing} of it pressing."
    body = [
        f"<h1>{title}</h1>",
        f"<p>{escape(routine.about)}</p>",
        f"<p>{length} {escape(_partner_note(plan))} {escape(routine.how_often)}</p>",
        f'<div class="box small">{_signs()}</div>',
        *_restrictions(plan, made),
        f'<p class="box">{escape(safety.STOP)}</p>',
        *(
            f"<p>{escape(line)}</p>"
            for line in (safety.PRESSURE, safety.SKIN, safety.REACH)
        ),
        *(
            _section(number, step, plan, draw(step.point))
            for number, step in enumerate(plan.steps, 1)
        ),
        *(f"<p>{escape(line)}</p>" for line in safety.AFTER_CARE),
        f'<p class="small">{escape(routine.evidence)}</p>',
    ]
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        + "\n".join(body)
        + "\n</body>\n</html>\n"
    )


def _partner_note(plan: Plan) -> str:
    return "With a partner: the words speak to the helper." * plan.routine.partner


def _restrictions(plan: Plan, made: date) -> list[str]:
    """Return for whom the sheet is, and for whom its points are unsuitable."""
    steps = [planned.step for planned in plan.steps]
    pregnant = any(level(step.point) is not PregnancyLevel.OK for step in steps)
    others = [safety.CAUTIONS[caution] for caution in skipped_by(steps)]
    paragraphs = [
        (
            f"Made on {made.isoformat()} for one person, from what was answered that "
            "day. Anyone else, or another day: answer the questions of acupress first."
        ),
        *(["Not for anyone who is or could be pregnant."] if pregnant else []),
        *([f"Not with: {'; '.join(others)}."] if others else []),
    ]
    content = "".join(f"<p>{escape(text)}</p>" for text in paragraphs)
    return [f'<div class="box">{content}</div>']


def _section(number: int, planned: PlannedStep, plan: Plan, picture: str) -> str:
    step, point = planned.step, planned.point
    partner = plan.routine.partner
    lines = [
        ("dose", f"{words.dose(step.dose)}; {words.PRESSURES[step.pressure]}"),
        ("where", f"{words.lies(point).capitalize()}. {point.where}"),
        ("find", words.finding(point, partner=partner)),
        ("hand", f"{step.posture} {step.hand}"),
        ("press", words.pressing(step)),
        ("dose", point.technique.stop if point.technique else ""),
        ("small", f"{words.mark(point)}. {point.pregnancy_note}"),
    ]
    paragraphs = "".join(
        f'<p class="{name}">{escape(text)}</p>' for name, text in lines if text
    )
    heading = f"<h2>{number}. {escape(words.name_of(point))}</h2>"
    first = ' class="first"' if number % _STEPS_A_PAGE else ""
    columns = f"<div>{picture}</div><div>{heading}{paragraphs}</div>"
    return f"<section{first}>{columns}</section>"


def _signs() -> str:
    """Return the warning signs, each list with whom to call."""
    urgent, see_someone = safety.URGENT_LIST, safety.SEE_SOMEONE_LIST
    question = (Line("Before you start: does any of this fit?", Tone.TITLE),)
    lists = (
        *urgent,
        *safety.URGENT,
        *see_someone,
        *safety.SEE_SOMEONE,
        *safety.IF_WORSE,
    )
    return _html((*question, *lists))


def _html(page: Page) -> str:
    """Return *page* as paragraphs, a label in bold before its text."""
    return "".join(
        f"<p><b>{escape(line.text)}</b></p>"
        if line.tone in {Tone.TITLE, Tone.HEADING}
        else f"<p><b>{escape(line.label.strip())}</b> {escape(line.text)}</p>"
        for line in page
        if line.text
    )
