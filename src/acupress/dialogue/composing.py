"""
The questions of ``acupress new``: for what ache, which points, what doses, which title.

None is a safety question, and nothing that is typed says anything about a person: a
session of the routine asks as any other does. What leaves a question leaves them all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple, cast

from acupress.dialogue.fields import (
    Answer,
    Complete,
    Composer,
    LeftError,
    ask,
    one_of,
    read_line,
    whole,
)
from acupress.errors import shortened
from acupress.model import (
    LONGEST_HOLD,
    LONGEST_ROUTINE,
    LONGEST_SIDE,
    Body,
    Dose,
    Pattern,
    Point,
    Reach,
    Region,
    Routine,
    Sides,
    Step,
    Technique,
)
from acupress.terminal.layouts import narrow
from acupress.text import composing_pages as pages
from acupress.text import words
from acupress.text.layout import Line, Tone

_MOST_STEPS, _MOST_TIMES = 20, 20

# One hand presses the other there, so that nobody alone can press both at once.
_ONE_HAND = {Body.UPPER_ARM, Body.FOREARM, Body.WRIST, Body.HAND}


class Found(NamedTuple):
    """The points that words lead to; *exact* if they name just this one."""

    points: tuple[Point, ...]
    exact: bool


class Tools(NamedTuple):
    """
    What the questions need of the catalogue.

    *look* finds points by words, *complete* goes on with one, *step* makes a step with
    a dose, *made* a routine of a title, a region and steps, as its file will have it.
    *look* and *made* raise ValueError with what is wrong.
    """

    look: Callable[[str], Found]
    complete: Complete
    step: Callable[[Point, Dose], Step]
    made: Callable[[str, Region, Sequence[Step]], Routine]


class Given(NamedTuple):
    """What options have said already; ``None`` is asked for."""

    region: Region | None = None
    title: str | None = None
    partner: bool = False


def compose(terminal: Composer, tools: Tools, given: Given) -> Routine:
    """
    Ask for a routine, show its plan, and return it once that is agreed.

    Raises LeftError at q or no, NotStartedError at the end of input.
    """
    region = given.region or ask(terminal, pages.ache_page(), "1-6", _region)
    usual = title_for(region)
    steps: list[Step] = []
    while True:
        steps = _points(terminal, tools, region, steps, partner=given.partner)
        made = partial(_titled, tools, region, steps, usual)
        if given.title is not None:
            routine = made(given.title)
        else:
            page = pages.title_page(steps, region)
            routine = ask(terminal, page, f"Title (Enter: {usual})", made)
        page = pages.agreement_page(routine)
        match ask(terminal, page, "Write it? yes / no / back", one_of(*Answer)):
            case Answer.YES:
                return routine
            case Answer.NO:
                raise LeftError
            case Answer.BACK:
                usual = routine.title


def _titled(
    tools: Tools, region: Region, steps: Sequence[Step], usual: str, typed: str
) -> Routine:
    return tools.made(typed or usual, region, steps)


def title_for(region: Region) -> str:
    """Return the title of a routine that is given none."""
    ache = "" if region is Region.GENERAL else f" {pages.AN_ACHE[region]}"
    return f"My{ache} routine"


def refusal(point: Point, *, partner: bool) -> str:
    """Return why *point* can not be in the routine, in the catalogue's words, or ""."""
    if point.technique is None:
        return f"{words.name_of(point)} is in no routine. {pages.only_told_of(point)}"
    if point.reach is Reach.PARTNER and not partner:
        return (
            f"{words.name_of(point)} needs somebody else to press it: "
            "`acupress new --partner` makes a routine for two."
        )
    return ""


def _points(
    terminal: Composer,
    tools: Tools,
    region: Region,
    steps: list[Step],
    *,
    partner: bool,
) -> list[Step]:
    """Ask for points after *steps*, one by one, until Enter says that all are there."""
    offered: tuple[Point, ...] = ()
    page, trouble = pages.draft_page(steps, region), ""
    while True:
        typed = read_line(terminal, page, "Point", trouble, tools.complete)
        note = ""
        if not typed and steps and not offered:
            return steps
        try:
            if not typed:
                offered = _back(offered)
            elif (arranged := _arranged(typed, steps)) is not None:
                steps, offered = arranged, ()
            else:
                found = _found(typed, offered, tools.look)
                if not found.exact:
                    offered = found.points
                else:
                    point = _accepted(found.points[0], steps, partner=partner)
                    steps, note = _added(terminal, tools, steps, point)
                    offered = ()
        except ValueError as error:
            trouble = str(error)
            continue
        trouble = ""
        page = pages.draft_page(steps, region, note)
        if offered:
            page = pages.offer_page(shortened(typed), offered)


def _back(offered: tuple[Point, ...]) -> tuple[Point, ...]:
    if not offered:
        message = "Name at least one point, or leave with q."
        raise ValueError(message)
    return ()


def _arranged(typed: str, steps: Sequence[Step]) -> list[Step] | None:
    """Return *steps* as *typed* moves them; ``None`` if it is about something else."""
    match = re.fullmatch("([0-9]{1,3}) *(up|down|out)", typed.lower())
    if match is None:
        return None
    at = int(match[1]) - 1
    if not 0 <= at < len(steps):
        message = f"There is no point {match[1]}."
        raise ValueError(message)
    arranged = [*steps[:at], *steps[at + 1 :]]
    if match[2] != "out":
        place = at - 1 if match[2] == "up" else at + 1
        arranged.insert(max(0, place), steps[at])
    return arranged


def _found(typed: str, offered: Sequence[Point], look: Callable[[str], Found]) -> Found:
    if not re.fullmatch("[0-9]{1,3}", typed):
        return look(typed)
    if not 0 < int(typed) <= len(offered):
        message = "Type a point, or words to search for, before a number."
        if offered:
            message = f"Type a number from 1 to {len(offered)}, or another point."
        raise ValueError(message)
    return Found((offered[int(typed) - 1],), exact=True)


def _accepted(point: Point, steps: Sequence[Step], *, partner: bool) -> Point:
    """Return *point*; raises ValueError if it can not follow *steps*."""
    if why := refusal(point, partner=partner):
        raise ValueError(why)
    if point.code in {step.point.code for step in steps}:
        message = f"{point.code} is there already."
        raise ValueError(message)
    if len(steps) == _MOST_STEPS:
        message = f"{_MOST_STEPS} points are the most."
        raise ValueError(message)
    return point


def _added(
    terminal: Composer, tools: Tools, steps: list[Step], point: Point
) -> tuple[list[Step], str]:
    """Ask for a dose of *point*; return *steps* with it, or why it does not fit."""
    technique = cast("Technique", point.technique)  # or it was refused
    longer = [*steps, tools.step(point, _dose(terminal, point, technique))]
    if sum(step.seconds for step in longer) <= LONGEST_ROUTINE:
        return longer, ""
    minutes = LONGEST_ROUTINE // 60
    return steps, f"{point.code} was left out: {minutes} minutes are the most."


def _dose(terminal: Composer, point: Point, technique: Technique) -> Dose:
    """Ask for seconds, repetitions and sides; Enter takes those of the point."""
    usual = technique.dose
    brief = (Line(words.name_of(point), Tone.TITLE),)
    hold = ask(
        terminal,
        pages.dose_page(point),
        f"Seconds a hold, 1-{LONGEST_HOLD} (Enter: {usual.hold})",
        whole(LONGEST_HOLD, usual.hold),
    )
    most = min(_MOST_TIMES, LONGEST_SIDE // hold)
    times = min(usual.repetitions, most)
    what = "Holds" if point.sides is Sides.MIDDLE else "Holds a side"
    repetitions = ask(
        terminal, brief, f"{what}, 1-{most} (Enter: {times})", whole(most, times)
    )
    return Dose(_pattern(terminal, point, usual.pattern), hold, repetitions)


def _pattern(terminal: Composer, point: Point, usual: Pattern) -> Pattern:
    """Ask in which order the sides are pressed, if *point* leaves a choice."""
    if point.sides is Sides.MIDDLE:
        return Pattern.MIDDLE
    patterns = [Pattern.ALTERNATE, Pattern.ONE_THEN_OTHER]
    if point.body not in _ONE_HAND or usual is Pattern.BOTH:
        patterns.insert(0, Pattern.BOTH)
    number = ask(
        terminal,
        pages.sides_page(point, patterns),
        f"Sides, 1-{len(patterns)} (Enter: {patterns.index(usual) + 1})",
        whole(len(patterns), patterns.index(usual) + 1),
    )
    return patterns[number - 1]


def _region(typed: str) -> Region:
    every = list(pages.AN_ACHE)
    known = {str(number): each for number, each in enumerate(every, 1)}
    known |= {each.value: each for each in every}
    if found := known.get("-".join(narrow(typed).lower().split())):
        return found
    message = f"Please type a number from 1 to {len(every)}."
    raise ValueError(message)
