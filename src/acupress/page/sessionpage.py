"""
Renders a routine as a page that asks the questions and plays the session, offline.

It contains each plan that an answer can lead to, once, and a table that leads there.
Without a script it shows the sheet of the plan for somebody who may be pregnant.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from acupress.journal import remarks
from acupress.journal.store import LEAST_PRESSED, ONE_POINT
from acupress.model import Phase, Point, Pressure, Routine, Side, Sides
from acupress.page import html, sheet
from acupress.page.outcomes import MakePlan, Outcomes, every_outcome
from acupress.session.planning import Plan
from acupress.session.screening import (
    Caution,
    PlannedStep,
    PointChoice,
    PregnancyAnswer,
    WarningSigns,
)
from acupress.session.timeline import Segment, lay_out
from acupress.text import plan_pages, safety, session_words, speech, words
from acupress.text.layout import Line, Page, Tone
from acupress.text.point_pages import how_to_press, labelled

_MOST_COUNTED = 100  # minutes or points in what is said

# The colour of a point in the pictures, which marks nothing else.
_MARK = re.compile(r'<circle cx="([0-9.]+)"(?=[^>]*#c62828)')


class Drawn(NamedTuple):
    """The picture of a point as SVG, and what is said under it for left and right."""

    svg: str
    left: str
    right: str


Draw = Callable[[Point], Drawn]


class Wanted(NamedTuple):
    """What to make a page of, besides the routine; *always* is added to each answer."""

    make: MakePlan
    always: frozenset[Caution]
    wish: PointChoice
    made: date


def session_page(
    routine: Routine, wanted: Wanted, draw: Draw, sounds: Mapping[str, bytes]
) -> str:
    """Return the page; *sounds* are the files by name, without an ending."""
    every = every_outcome(routine, wanted.always, wanted.wish, wanted.make)
    tables = _Tables(draw, wanted.made)
    document = {
        **_answers(every, tables),
        "routine": ONE_POINT if _is_one_point(routine) else routine.id,
        "leastPressed": LEAST_PRESSED,
        "pages": {
            name: tables.blocks(page) for name, page in _pages(routine, wanted).items()
        },
        "words": _words(partner=routine.partner),
        "sounds": {name: _base64(wav) for name, wav in sounds.items()},
    }
    document |= {"blocks": tables.block_items, "cards": tables.cards}
    document["timings"] = [json.loads(each) for each in tables.timings]
    careful = every.outcomes[every.choices[len(every.choices) // 2]].plan
    drawn = {step.point for step in careful.steps} if careful else set()
    return html.document(
        routine.title,
        _without_script(careful, tables),
        html.file("controls.html"),
        tables.templates(drawn) + _script_data(document),
    )


def _is_one_point(routine: Routine) -> bool:
    return any(step.point.code == routine.id for step in routine.steps)


class _Tables:
    """
    What plans share: each paragraph, block, step and picture once, by number.

    Mutable, since the numbers are given while the plans are gone through.
    """

    def __init__(self, draw: Draw, made: date) -> None:
        """Draw points by *draw*; the page is dated *made*."""
        self.draw = draw
        self.origin = (
            "For one person, from what was answered on this page. Anyone else, or "
            "another day: answer its questions again. "
            f"(The page was made on {made.isoformat()}.)"
        )
        self.items: dict[str, int] = {}
        self.block_numbers: dict[tuple[int, ...], int] = {}
        self.steps: dict[PlannedStep, int] = {}
        self.cards: list[tuple[int, list[int]]] = []
        self.timings: dict[str, int] = {}
        self.pictures: dict[Point, str] = {}

    @property
    def block_items(self) -> list[tuple[int, ...]]:
        return list(self.block_numbers)

    def blocks(self, page: Page) -> list[int]:
        """Return the numbers of the blocks of *page*."""
        return [self._block(block) for block in html.blocks(page)]

    def _block(self, block: html.Block) -> int:
        items = tuple(self._items(block))
        return self.block_numbers.setdefault(items, len(self.block_numbers))

    def _items(self, block: html.Block) -> list[int]:
        return [self.items.setdefault(item, len(self.items)) for item in block]

    def plan(self, made: Plan) -> dict[str, Any]:
        """Return *made* as the script reads it."""
        timeline = lay_out(made)
        partner = made.routine.partner
        told = (
            Line("The plan", Tone.TITLE),  # the page has the routine's title
            *plan_pages.steps_page(made, timeline, brief=True)[1:],
            Line(),
            *how_to_press(),
            labelled("how sure", made.routine.evidence),
        )
        return {
            "steps": [
                self._step(step, timeline.segments, number, partner=partner)
                for number, step in enumerate(made.steps, 1)
            ],
            "told": self.blocks(told),
            "before": self.blocks(sheet.before(made, self.origin)),
            "after": self.blocks(sheet.after(made)),
        }

    def _step(
        self,
        step: PlannedStep,
        segments: Iterable[Segment],
        number: int,
        *,
        partner: bool,
    ) -> int:
        if step not in self.steps:
            self.steps[step] = len(self.steps)
            own = [each for each in segments if each.number == number]
            timing = html.data(_timing(step, own, self.draw(step.point)))
            at = self.timings.setdefault(timing, len(self.timings))
            self.cards.append((at, self._items(sheet.card(step, partner=partner))))
        return self.steps[step]

    def picture(self, point: Point) -> str:
        """Return the picture of *point*, with its marks and its caption named."""
        if point not in self.pictures:
            drawn = self.draw(point)
            caption = drawn.svg.rfind("<text ")
            named = drawn.svg
            if caption >= 0:
                named = f"{named[:caption]}<text data-caption {named[caption + 6 :]}"
            self.pictures[point] = _with_sides(named) if _paired(point) else named
        return self.pictures[point]

    def templates(self, shown: set[Point]) -> str:
        """Return what the script copies, without the pictures that are *shown*."""
        points = {step.point for step in self.steps} - shown
        pictures = (
            html.figure(point.code, self.picture(point))
            for point in sorted(points, key=lambda point: point.code)
        )
        parts = {"items": self.items, "pictures": pictures}
        return "".join(
            f'<template id="{name}">{"".join(elements)}</template>\n'
            for name, elements in parts.items()
        )


def _answers(every: Outcomes, tables: _Tables) -> dict[str, Any]:
    """Return the table of answers, and the plans that it leads to."""
    numbers = {caution: at for at, caution in enumerate(safety.NUMBERED, 1)}
    plans: list[dict[str, Any]] = []
    known: dict[object, int] = {}
    outcomes = []
    for made, page in every.outcomes:
        if made is None:
            at = -1
        elif (at := known.setdefault(made.steps, len(plans))) == len(plans):
            plans.append(tables.plan(made))
        outcomes.append([at, *tables.blocks(page)])
    return {
        "cautions": len(numbers),
        "bearing": [numbers[caution] for caution in every.bearing],
        "choices": every.choices,
        "outcomes": outcomes,
        "plans": plans,
    }


def _timing(step: PlannedStep, segments: list[Segment], drawn: Drawn) -> dict[str, Any]:
    point, technique = step.point, step.point.technique
    sides = {each.side: each for each in segments}
    captions = {"left": drawn.left, "right": drawn.right}
    return {
        "point": point.code,
        "name": words.name_of(point),
        "title": point.name,
        "longest": step.longest_hold,
        "rounds": step.step.dose.repetitions,
        "light": step.step.pressure is Pressure.LIGHT,
        "breath": technique.breath.value if technique else "in",
        "captions": captions if drawn.left != drawn.right else None,
        "places": {side.value: words.place(point.body, side) for side in sides},
        "spoken": {
            side.value: speech.place_to_press(each) for side, each in sides.items()
        },
        "segments": [
            (each.phase.value, each.seconds, each.side.value, each.round)
            for each in segments
        ],
    }


def _paired(point: Point) -> bool:
    return point.sides is Sides.BOTH


def _with_sides(svg: str) -> str:
    """Name the marks of a point on both sides; the left one is on the left."""
    places = sorted(set(_MARK.findall(svg)), key=float)
    if len(places) != len(("left", "right")):
        return svg
    names = dict(zip(places, ("left", "right"), strict=True))
    return _MARK.sub(
        lambda found: f'<circle data-mark="{names[found[1]]}"{found[0][7:]}', svg
    )


def _pages(routine: Routine, wanted: Wanted) -> dict[str, Page]:
    """Return the pages of words that are the same for every plan."""
    whose = safety.FOR_PARTNER if routine.partner else ()
    urgent = safety.signpost(WarningSigns.URGENT)
    emergency = Line(safety.EMERGENCY, Tone.WARNING)
    care = tuple(map(Line, safety.AFTER_CARE))
    often = Line(f"How often: {routine.how_often}")
    return {
        "pregnancy": (
            *safety.NOTICE[:-1],  # without the line about typing
            Line(),
            *whose,
            *safety.PREGNANCY_QUESTION[:3],
        ),
        "signs": (*whose, *safety.SIGNS_QUESTION),
        "cautions": (
            *whose,
            *safety.as_always(wanted.always),
            safety.CAUTIONS_QUESTION[0],
        ),
        "yes": safety.maternity(PregnancyAnswer.YES),
        "unsure": safety.maternity(PregnancyAnswer.UNSURE),
        "urgent": urgent,
        "see-someone": safety.signpost(WarningSigns.SEE_SOMEONE),
        "reminder": safety.URGENT_REMINDER,
        "stale": (Line(safety.STALE_ANSWERS, Tone.WARNING),),
        "finished": (*care, Line(), often),
        "stopped": (*care, emergency, Line(), often),
    }


def _words(*, partner: bool) -> dict[str, Any]:
    pain = "Their pain now" if partner else "Your pain now"
    scale = "0 is none, 10 the worst you can imagine; you may leave it out"
    question = remarks.THEIR_PAIN_QUESTION if partner else remarks.PAIN_QUESTION
    return {
        "sides": {side.value: words.SIDES[side] for side in Side},
        "doing": {phase.value: session_words.DOING[phase] for phase in Phase},
        "numbers": [speech.number(whole) for whole in range(_MOST_COUNTED)],
        "cautions": [
            "none of them",
            *(safety.CAUTIONS[caution] for caution in safety.NUMBERED),
        ],
        "cautionsPrompt": 'Tick all that fit, or "none of them".',
        "cautionsAgain": 'Please tick what fits, or else only "none of them".',
        "pauses": {
            "asked": "Paused.",
            "gap": "Paused while you were away.",
            "gate": 'Tap "I\'m there" when your finger is there.',
            "leaving": "Stop? Any other button goes on.",
        },
        "notes": {
            "nothing": "Nothing to do: press on.",
            "longest": "Already as long as it may be.",
            "only point": "The only point there is.",
        },
        "stop": safety.STOP_SHORT.rpartition(",")[0],  # without the key
        "pain": f"{pain}: {scale}",
        "painAfter": f"{question[0].text} {scale}.",
        "journal": (
            "This page keeps nothing. To have the session in your journal, run this "
            "where acupress is:"
        ),
        "notKept": remarks.NOT_KEPT[0].text,
    }


def _without_script(careful: Plan | None, tables: _Tables) -> str:
    """Return the sheet for somebody who may be pregnant, which needs no question."""
    note = html.written(
        (
            Line(
                "This page asks three questions before it plays, and needs its script "
                "for them. Without it you see only what it would show to somebody who "
                "is or could be pregnant.",
                Tone.QUIET,
            ),
        )
    )
    if careful is None:
        nothing = Line("Nothing of this routine is for everybody.", Tone.TITLE)
        return note + html.written((nothing, Line(), *sheet.warning_signs()))
    return note + sheet.steps_and_all(careful, tables.picture, tables.origin)


def _script_data(document: dict[str, Any]) -> str:
    text = html.data(document)
    return f'<script type="application/json" id="data">{text}</script>\n'


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode()
