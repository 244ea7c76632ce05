"""Pages on a routine that is being made, or that somebody else has made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from acupress.model import (
    ONLY_TOLD_OF,
    Pattern,
    Point,
    PregnancyLevel,
    Region,
    Routine,
    Step,
)
from acupress.session.planning import plan
from acupress.session.screening import (
    Answers,
    PlannedStep,
    PregnancyAnswer,
    level,
    screen,
)
from acupress.session.timeline import lay_out
from acupress.text import safety, words
from acupress.text.layout import Line, Page, Tone
from acupress.text.plan_pages import steps_page
from acupress.text.point_pages import short_body, short_heading
from acupress.text.routine_pages import minutes, step_dose

LEAVES = "q and Enter, or Ctrl-C, leaves, and nothing is written."

_NUMBER = 5  # columns of a number, so that what follows lines up

AN_ACHE = {
    Region.LOWER_BACK: "lower back",
    Region.UPPER_BACK: "upper back",
    Region.NECK: "neck",
    Region.LEG: "leg",
    Region.HEAD: "head",
    Region.GENERAL: "nothing in particular",
}
"""What a routine can be for, as a person would say it."""


def ache_page() -> Page:
    """Return the question what a new routine is for."""
    return (
        Line("A routine of your own", Tone.TITLE),
        Line("Which ache is it for?"),
        *_numbered(AN_ACHE.values()),
        Line(),
        Line(f"Type a number and press Enter. {LEAVES}"),
    )


def draft_page(steps: Sequence[Step], region: Region, note: str = "") -> Page:
    """Return the points so far, a *note* on the last, and what can be typed."""
    return (
        Line(f"The points, for: {AN_ACHE[region]}", Tone.TITLE),
        *(_draft_lines(steps) if steps else (Line("None yet."),)),
        *((Line(note, Tone.WARNING),) if note else ()),
        Line(),
        Line(
            "Type a point, such as BL23 or Kunlun: Tab completes it. Or type words to "
            "search for, such as calf or stiff neck."
        ),
        *((Line(_CHANGING),) if steps else ()),
        Line(LEAVES),
    )


_CHANGING = (
    "2 up and 2 down move a point, 2 out takes it out. Enter alone goes on to the "
    "title when all are there."
)


def _draft_lines(steps: Sequence[Step]) -> Iterator[Line]:
    for number, step in enumerate(steps, 1):
        place = f"{words.name_of(step.point)}: {words.lies(step.point)}"
        yield _numbered_line(number, place)
        text = f"{step_dose(step)}. {words.mark(step.point)}."
        yield Line(text, Tone.QUIET, label=" " * _NUMBER, indent=_NUMBER)
    seconds = sum(step.seconds for step in steps)
    pressing = sum(step.dose.pressing for step in steps)
    yield Line(
        f"{words.clock(seconds)} in all, {words.clock(pressing)} of it pressing."
    )


def offer_page(typed: str, points: Sequence[Point]) -> Page:
    """Return the *points* that may be meant by what was *typed*, by number."""
    return (
        Line(f"Points for {typed}", Tone.TITLE),
        *_numbered(
            f"{words.name_of(each)}: {words.lies(each)}. {words.mark(each)}."
            for each in points
        ),
        Line(),
        Line("Type its number, or another point; Enter alone goes back."),
        Line(LEAVES),
    )


def dose_page(point: Point) -> Page:
    """Return how *point* stands and is dosed, before its dose is asked."""
    body = (line for line in short_body(point) if line.label in _ON_DOSES)
    return (*short_heading(point), *body)


_ON_DOSES = {"where", "hold", "stop", "care"}


_SIDES = {
    Pattern.BOTH: "both sides at once",
    Pattern.ALTERNATE: "left and right in turn",
    Pattern.ONE_THEN_OTHER: "all of the left, then all of the right",
}


def sides_page(point: Point, patterns: Sequence[Pattern]) -> Page:
    """Return the *patterns* to choose from for *point*."""
    title = Line(words.name_of(point), Tone.TITLE)
    return (title, *_numbered(_SIDES[each] for each in patterns))


def title_page(steps: Sequence[Step], region: Region) -> Page:
    """Return the finished list of points, before a title is asked."""
    title = Line(f"The points, for: {AN_ACHE[region]}", Tone.TITLE)
    asked = Line("What shall it be called? Its id is made of the title.")
    return (title, *_draft_lines(steps), Line(), asked)


def only_told_of(point: Point) -> str:
    """Return why a reference *point* is in no routine."""
    if point.never_press:
        return safety.NEVER_PRESS
    if what := ONLY_TOLD_OF.get(point.code):
        return safety.not_here(what)
    return "It is a reference point: told of, with no dose here."


def agreement_page(routine: Routine) -> Page:
    """Return all of a new *routine*, before it is written."""
    begin = f"Its id will be {routine.id}."
    return (*preview_page(routine), Line(), Line(begin), Line(_AGREEING))


_AGREEING = "yes writes it, no or q does not, back goes back to the points."


def preview_page(routine: Routine) -> Page:
    """
    Return *routine* as a session has it, and what pregnancy leaves of it.

    Nobody has answered anything: it is the plan for no caution at all.
    """
    screened = screen(routine, Answers(PregnancyAnswer.NO))
    planned = plan(screened)
    return (
        *steps_page(planned, lay_out(planned), brief=True),
        Line(),
        Line("In pregnancy, or where one is unsure", Tone.HEADING),
        *_in_pregnancy(routine),
    )


def _in_pregnancy(routine: Routine) -> Iterator[Line]:
    """Yield the points left out then, why, and whether the rest would run."""
    screened = screen(routine, Answers(PregnancyAnswer.UNSURE))
    for out in screened.left_out:
        yield Line(words.name_of(out.point), label="  x ", indent=4, struck=True)
        yield Line(out.point.pregnancy_note, Tone.QUIET, label="    ", indent=4)
    if not screened.left_out:
        yield Line("All of it stays.")
    elif not screened.kept:
        yield Line("Nothing of it stays, so that it does not run.")
    elif not screened.runs:
        yield Line(f"Too little stays, so that it does not run: {_kept(screened.kept)}")
    else:
        yield Line(f"What stays: {_kept(screened.kept)}")


def _kept(kept: Iterable[PlannedStep]) -> str:
    return f"{', '.join(words.name_of(each.point) for each in kept)}."


def review_page(routine: Routine) -> Page:
    """Return all that is to be known of a *routine* that somebody else has made."""
    return (
        Line(_THEIR_WORDS, Tone.WARNING),
        Line(),
        *preview_page(routine),
        Line(),
        Line("What it has you press", Tone.HEADING),
        *(line for step in routine.steps for line in _review_lines(step)),
        Line(),
        Line(
            "A session of it asks the three questions first and leaves out what is "
            f"not for you, as of any routine. It takes {minutes(routine)} minutes."
        ),
    )


_THEIR_WORDS = (
    "Somebody else made this. Its title and whatever it says of itself, of posture and "
    "of the hand are their words, which nobody has checked. What is said of the points "
    "is ours."
)


def _review_lines(step: Step) -> Iterator[Line]:
    point, indent = step.point, 4
    yield Line(
        f"{words.name_of(point)}: {words.lies(point)}",
        Tone.PLAIN,
        label="  - ",
        indent=indent,
    )
    tone = Tone.PLAIN if level(point) is PregnancyLevel.OK else Tone.WARNING
    for text, how in (
        (f"{words.mark(point)}. {point.pregnancy_note}", tone),
        (_asked(point), Tone.PLAIN),
        (_stop(point), Tone.PLAIN),
        (_unlike(step), Tone.WARNING),
        (_theirs(step), Tone.WARNING),
    ):
        if text:
            yield Line(text, how, label=" " * indent, indent=indent)


def _asked(point: Point) -> str:
    if not point.cautions:
        return ""
    return f"The session asks first: {words.concerns(point.cautions)}?"


def _stop(point: Point) -> str:
    return point.technique.stop if point.technique else ""


def _theirs(step: Step) -> str:
    """Return how to sit and press, where these are not the words of the point."""
    ours = {words.ANY_POSTURE, step.point.technique and step.point.technique.hand}
    theirs = [each for each in (step.posture, step.hand) if each not in ours]
    return f"In their words: {' '.join(theirs)}" if theirs else ""


def _unlike(step: Step) -> str:
    """Return in what the step goes beyond the dose that the point has here."""
    technique = step.point.technique
    if technique is None:
        return ""
    beyond = []
    if step.dose.hold > technique.dose.hold:
        beyond.append("longer at a time")
    if step.dose.repetitions > technique.dose.repetitions:
        beyond.append("more often")
    if not beyond:
        return ""
    usual = words.dose(technique.dose)
    return f"Pressed {' and '.join(beyond)} than we say for it: {usual}."


def _numbered(texts: Iterable[str]) -> Iterator[Line]:
    return (_numbered_line(number, text) for number, text in enumerate(texts, 1))


def _numbered_line(number: int, text: str) -> Line:
    return Line(text, label=f"{number:>3}  ", indent=_NUMBER)
