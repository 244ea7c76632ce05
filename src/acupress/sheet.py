"""
A routine as one sheet of paper: a picture a step, to hang up or hand to a helper.

The document needs nothing but itself: no address is ever opened, and it prints
in black and white. It holds the steps that are kept and nothing from which an
answer could be read.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from acupress import notices, words
from acupress.layout import Line, Page, Tone
from acupress.model import Point, Pregnancy
from acupress.planning import Plan, PlannedStep
from acupress.screening import level

Draw = Callable[[Point], str]
"""Returns the picture of a point as SVG, or nothing where there is none."""

_STYLE = """
body { font: 11pt/1.4 Georgia, serif; color: #111; background: #fff;
  max-width: 19cm; margin: 1cm auto; padding: 0 0.5cm; }
h1 { font-size: 20pt; margin: 0; }
h2 { font-size: 13pt; margin: 0 0 0.2em; }
p { margin: 0.25em 0; }
ul { margin: 0.2em 0 0.4em; padding-left: 1.2em; }
section { display: grid; grid-template-columns: 7.5cm 1fr; gap: 0.6cm;
  border-top: 1px solid #999; padding: 0.4cm 0; break-inside: avoid; }
section svg { width: 100%; height: auto; }
.dose { font-weight: bold; }
.box { border: 2px solid #111; padding: 0.2cm 0.4cm; margin: 0.4cm 0;
  break-inside: avoid; }
.small { font-size: 9.5pt; }
"""


def sheet(plan: Plan, draw: Draw) -> str:
    """Return *plan* as an HTML document of its own."""
    title = escape(plan.routine.title)
    total, pressing = words.clock(plan.seconds), words.clock(plan.pressing)
    body = [
        f"<h1>{title}</h1>",
        f"<p>{total} in all, {pressing} of it pressing. {escape(_company(plan))}</p>",
        *_not_for(plan),
        f'<p class="box">{escape(notices.STOP)}</p>',
        *(
            _section(number, step, draw(step.point))
            for number, step in enumerate(plan.steps, 1)
        ),
        f'<div class="box small">{_signs()}</div>',
        *(f'<p class="small">{escape(line)}</p>' for line in notices.AFTER_CARE),
        f'<p class="small">{escape(plan.routine.evidence)}</p>',
    ]
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        + "\n".join(body)
        + "\n</body>\n</html>\n"
    )


def _company(plan: Plan) -> str:
    return "With a partner: the words speak to the helper." * plan.routine.partner


def _not_for(plan: Plan) -> list[str]:
    """Return the warning that the points call for, whoever printed the sheet."""
    if all(level(step.point) is Pregnancy.OK for step in plan.steps):
        return []
    return ['<p class="box">Not for anyone who is or could be pregnant.</p>']


def _section(number: int, planned: PlannedStep, picture: str) -> str:
    step, point = planned.step, planned.point
    press = point.technique.press if point.technique else ""
    lines = [
        ("dose", f"{words.dose(step.dose)}; {step.pressure.value} pressure"),
        ("where", f"{words.lies(point).capitalize()}. {point.where}"),
        ("find", point.find),
        ("hand", f"{step.posture} {step.hand}"),
        ("press", press),
        ("small", f"{words.mark(point)}. {point.pregnancy_note}"),
    ]
    paragraphs = "".join(
        f'<p class="{name}">{escape(text)}</p>' for name, text in lines if text
    )
    heading = f"<h2>{number}. {escape(words.name_of(point))}</h2>"
    return f"<section><div>{picture}</div><div>{heading}{paragraphs}</div></section>"


def _signs() -> str:
    """Return the warning signs, each list with whom to call."""
    urgent, see_someone = notices.URGENT_LIST, notices.SEE_SOMEONE_LIST
    question = (Line("Before you start: does any of this fit?", Tone.TITLE),)
    lists = (*urgent, *notices.URGENT, *see_someone, *notices.SEE_SOMEONE)
    return _html((*question, *lists))


def _html(page: Page) -> str:
    """Return *page* as paragraphs."""
    return "".join(
        f"<p><b>{escape(line.text)}</b></p>"
        if line.tone in {Tone.TITLE, Tone.HEADING}
        else f"<p>{escape(line.label.strip())} {escape(line.text)}</p>"
        for line in page
        if line.text
    )
