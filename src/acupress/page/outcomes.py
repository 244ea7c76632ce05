"""
Screens a routine for every answer that a person could give to the questions.

The page has a table of what came out, and no rule. So it is the program that decides
which points are left out, for whoever opens the page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from acupress.model import Routine
from acupress.session.planning import Plan
from acupress.session.screening import (
    Answers,
    Caution,
    PointChoice,
    PregnancyAnswer,
    Screened,
    bearing_on,
    screen,
)
from acupress.text import plan_pages, safety
from acupress.text.layout import Line, Page

# Screening treats *yes* and *unsure* alike, which a test holds: one half of the table
# is for *no*, the other for both of these.
_HALVES = (PregnancyAnswer.NO, PregnancyAnswer.YES)

MakePlan = Callable[[Screened], Plan]


class Outcome(NamedTuple):
    """The plan for some answers, and what it leaves out; or why nothing runs."""

    plan: Plan | None
    page: Page


class Outcomes(NamedTuple):
    """
    The distinct *outcomes*, and for each answer the *choices*, which one.

    An index into *choices* has a bit for each caution of *bearing*, the lowest for
    the first, and above these one that is set unless the answer on pregnancy is *no*.
    """

    bearing: tuple[Caution, ...]
    choices: tuple[int, ...]
    outcomes: tuple[Outcome, ...]


def every_outcome(
    routine: Routine, always: frozenset[Caution], wish: PointChoice, make: MakePlan
) -> Outcomes:
    """Return what comes of all answers to the questions, with *always* in each."""
    bearing = bearing_on(routine)
    found: dict[object, int] = {}
    outcomes: list[Outcome] = []
    choices = []
    for answers in _every_answer(bearing, always):
        screened = screen(routine, answers, wish)
        key = screened.kept, screened.left_out, screened.runs
        if key not in found:
            found[key] = len(outcomes)
            outcomes.append(_outcome(screened, make))
        choices.append(found[key])
    return Outcomes(bearing, tuple(choices), tuple(outcomes))


def _every_answer(
    bearing: tuple[Caution, ...], always: frozenset[Caution]
) -> Iterator[Answers]:
    for pregnancy in _HALVES:
        for bits in range(1 << len(bearing)):
            today = (each for at, each in enumerate(bearing) if bits >> at & 1)
            yield Answers(pregnancy, always.union(today))


def _outcome(screened: Screened, make: MakePlan) -> Outcome:
    if screened.runs:
        made = make(screened)
        return Outcome(made, plan_pages.changes_page(made))
    return Outcome(None, _refusal(screened))


_ELSEWHERE: Page = (
    Line(),
    Line("`acupress session` says which routines run with your answers."),
)
_INSTEAD: Page = (Line(), *safety.SELF_CARE, *_ELSEWHERE)


def _refusal(screened: Screened) -> Page:
    """Return why nothing runs; the signs of *yes* or *unsure* come before it."""
    if not screened.maternity:
        return (*plan_pages.emptied_page(screened), *_ELSEWHERE)
    return (
        *plan_pages.screened_page(screened, PregnancyAnswer.NO, _INSTEAD),
        Line(),
        *safety.URGENT_REMINDER,
    )
