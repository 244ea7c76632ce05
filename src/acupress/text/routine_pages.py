"""Pages and tables of routines: what each is, and which others there are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from acupress.model import Point, Purpose, Routine, Step
from acupress.session.planning import whole_minutes
from acupress.text import safety, words
from acupress.text.layout import Line, Page, Tone, next_line
from acupress.text.point_pages import labelled, sources


def minutes(routine: Routine) -> int:
    """Return the minutes that *routine* takes, rounded up."""
    return whole_minutes(sum(step.seconds for step in routine.steps))


def routine_page(routine: Routine) -> Page:
    """Return *routine* as it is before any screening."""
    seconds = sum(step.seconds for step in routine.steps)
    pressing = sum(step.dose.pressing for step in routine.steps)
    return (
        Line(routine.title, Tone.TITLE),
        Line(routine.about),
        Line(f"{total_time(seconds, pressing, routine)} {routine.how_often}"),
        Line(),
        *(
            line
            for step in routine.steps
            for line in (
                Line(
                    f"{words.name_of(step.point)}: {words.lies(step.point)}",
                    Tone.HEADING,
                ),
                Line(step_dose(step), label="  ", indent=2),
            )
        ),
        Line(),
        labelled("how sure", routine.evidence),
        Line(),
        *sources(routine.citations),
        *next_line(f"acupress session {routine.id}"),
    )


def instead_page(routines: Sequence[Routine], *, numbered: bool) -> Page:
    """Return self-care in three lines, and the routines that run instead."""
    gap = (Line(),) if routines else ()
    return (*gap, *safety.SELF_CARE, *others_page(routines, numbered=numbered))


def others_page(routines: Sequence[Routine], *, numbered: bool) -> Page:
    """Return the routines that run with the answers given."""
    if not routines:
        return (Line(), Line("No other routine here runs with these answers."))
    return (
        Line(),
        Line("These run with your answers:", Tone.HEADING),
        *(
            Line(
                f"{routine.id}: {routine.title} ({minutes(routine)} minutes)",
                label=f"{number:>4}  " if numbered else "  - ",
                indent=6 if numbered else 4,
            )
            for number, routine in enumerate(routines, 1)
        ),
    )


def served_lines(says: str, routines: Sequence[Routine]) -> Page:
    """Return what is said of an ache, and how to begin the *routines* that serve."""
    begin = (
        Line(
            f"acupress session {routine.id}: {routine.title}, "
            f"{minutes(routine)} minutes",
            label="  - ",
            indent=4,
        )
        for routine in routines
    )
    heading = (Line("Sessions for this:", Tone.HEADING),) if routines else ()
    return (*((Line(says),) if says else ()), *heading, *begin)


def begin_page(says: str, routine: Routine) -> Page:
    """Return the question whether to begin *routine*, which was not named itself."""
    return (
        *((Line(says), Line()) if says else ()),
        Line(f"Begin {routine.id}?", Tone.TITLE),
        Line(f"{routine.title}, {minutes(routine)} minutes. {routine.about}"),
        Line(),
        Line("Type yes or no and press Enter; q leaves, and nothing starts."),
    )


def resume_page(routine: Routine, point: Point, minutes: int) -> Page:
    """Return the question whether to go on from *point*, so many *minutes* later."""
    ago = f"{words.count(minutes, 'minute')} ago" if minutes else "a moment ago"
    return (
        Line(f"Go on from {words.name_of(point)}?", Tone.TITLE),
        Line(f"{routine.title} had come to it {ago}."),
        Line(),
        Line("yes goes on from there; every question is asked again."),
        Line("no, or only Enter, begins a new session."),
        Line("q leaves, and nothing starts."),
    )


def routines_page(routines: Sequence[Routine], says: str = "") -> Page:
    """Return the numbered menu of routines, after what is said of an ache."""
    return (
        *((Line(says), Line()) if says else ()),
        Line("What would you like to do?", Tone.TITLE),
        Line(),
        *_menu(routines),
        Line(),
        Line("Type its number and press Enter; q leaves, and nothing starts."),
    )


PURPOSES = {
    Purpose.ACHE: "For an ache",
    Purpose.SLEEP: "For calm and sleep",
    Purpose.QUEASINESS: "For queasiness",
}
"""The headings under which routines stand."""


def _menu(routines: Sequence[Routine]) -> Iterator[Line]:
    """Yield the numbered *routines*, each group of them below its heading."""
    last = None
    for number, routine in enumerate(routines, 1):
        if routine.purpose is not last:
            yield Line(PURPOSES[routine.purpose], Tone.HEADING)
            last = routine.purpose
        text = f"{routine.title} ({minutes(routine)} minutes)"
        yield Line(text, label=f"{number:>4}  ", indent=6)


def total_time(seconds: int, pressing: int, routine: Routine) -> str:
    """Return how long it takes, how much of it is pressing, and how often."""
    who = "With a partner. " if routine.partner else ""
    total, pressed = words.clock(seconds), words.clock(pressing)
    return f"{who}{total} in all, {pressed} of it pressing."


def step_dose(step: Step) -> str:
    """Return the dose and the pressure of *step*."""
    return f"{words.dose(step.dose)}; {words.PRESSURES[step.pressure]}"
