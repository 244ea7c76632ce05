"""Plans and timelines of bundled and of small routines."""

from __future__ import annotations

from acupress.model import Point, Routine
from acupress.session.planning import Plan, plan
from acupress.session.screening import Answers, PregnancyAnswer, screen
from acupress.session.timeline import Timeline, lay_out
from acupress.text import point_pages
from acupress.text.layout import Page
from support.catalogue import REAL
from support.factories import point, routine, step

NO = Answers(PregnancyAnswer.NO)


def planned(
    name: str,
    minutes: int | None = None,
    given_answers: Answers = NO,
    *,
    starter: bool = False,
) -> Plan:
    """Return the plan of a real routine."""
    return plan(screen(REAL[name], given_answers), minutes, starter=starter)


def timeline_of(some: Routine) -> Timeline:
    """Return *some* laid out with nothing left out."""
    return lay_out(plan(screen(some, NO)))


SHORT = timeline_of(routine(step(point("TE3")), step(point("LI4"), rank=2)))


def point_page(point: Point) -> Page:
    """Return all that is said of *point*, its heading first."""
    return (*point_pages.point_heading(point), *point_pages.point_body(point))
