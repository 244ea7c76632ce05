"""Composes pages, for ``layout`` to wrap, and tables of points and routines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from acupress.model import (
    ONLY_TOLD_OF,
    Citation,
    Phase,
    Point,
    PregnancyLevel,
    Region,
    Routine,
    Step,
    Technique,
)
from acupress.session.planning import Plan, PlannedStep, whole_minutes
from acupress.session.playhead import Performance, Quit
from acupress.session.screening import (
    LeftOut,
    PregnancyAnswer,
    Reason,
    Screened,
    Why,
    level,
)
from acupress.session.timeline import Timeline
from acupress.text import safety, words
from acupress.text.advice import CARE_BRIEFLY
from acupress.text.layout import Line, Page, Tone

_LABEL = 11
Cells = tuple[str, ...]


def point_heading(point: Point, remark: str | None = None) -> Page:
    """Return the names of *point* and its level in pregnancy, after any *remark*."""
    before = (Line(remark, Tone.QUIET), Line()) if remark else ()
    names = (point.pinyin, point.pinyin_toned, point.hanzi)
    tone = Tone.PLAIN if level(point) is PregnancyLevel.OK else Tone.WARNING
    return (
        *before,
        Line(words.name_of(point), Tone.TITLE),
        Line(" · ".join((*names, words.channel(point))), Tone.QUIET),
        Line(),
        *_press_warning(point),
        Line(f"{words.mark(point)}. {point.pregnancy_note}", tone),
        Line(),
    )


def _press_warning(point: Point) -> Iterator[Line]:
    if point.never_press:
        yield Line(safety.NEVER_PRESS, Tone.WARNING)
    elif what := ONLY_TOLD_OF.get(point.code):
        yield Line(safety.not_here(what), Tone.WARNING)


def point_body(point: Point) -> Page:
    """Return where *point* is, how to press it, and where that comes from."""
    return tuple(_point_lines(point))


def point_table(points: Iterable[Point]) -> tuple[Cells, Sequence[Cells]]:
    """Return the header and a row for each of *points*."""
    header = ("point", "name", "used for", "where", "pregnancy")
    rows = [
        (
            point.code,
            point.name,
            ", ".join(region.value for region in point.regions),
            point.body.value,
            level(point).value,
        )
        for point in points
    ]
    return header, rows


def routine_table(routines: Iterable[Routine]) -> tuple[Cells, Sequence[Cells]]:
    """Return the header and a row for each of *routines*."""
    header = ("routine", "minutes", "points", "with", "what it is")
    rows = [
        (
            routine.id,
            str(minutes(routine)),
            str(len(routine.steps)),
            "a partner" if routine.partner else "alone",
            routine.title,
        )
        for routine in routines
    ]
    return header, rows


def minutes(routine: Routine) -> int:
    """Return the minutes that *routine* takes, rounded up."""
    return whole_minutes(sum(step.seconds for step in routine.steps))


def plan_page(plan: Plan, timeline: Timeline, *, brief: bool = False) -> Page:
    """
    Return *plan* with the time at which each step begins, and how to press.

    If *brief*, posture and hand are omitted.
    """
    routine = plan.routine
    begins = {
        segment.number: segment.start
        for segment in reversed(timeline.segments)
        if segment.phase is Phase.READY
    }
    return (
        Line(routine.title, Tone.TITLE),
        Line(routine.about),
        Line(f"{_totals(plan)} {routine.how_often}"),
        Line(),
        *(
            line
            for number, step in enumerate(plan.steps, 1)
            for line in _step_lines(step, begins[number], brief=brief)
        ),
        *_left_out(plan.left_out),
        *_dropped(plan.dropped),
        *_many_skipped(plan),
        Line(),
        *_how_to_press(),
        _labelled("how sure", routine.evidence),
    )


def routine_page(routine: Routine) -> Page:
    """Return *routine* as it is before any screening."""
    seconds = sum(step.seconds for step in routine.steps)
    pressing = sum(step.dose.pressing for step in routine.steps)
    return (
        Line(routine.title, Tone.TITLE),
        Line(routine.about),
        Line(f"{_time(seconds, pressing, routine)} {routine.how_often}"),
        Line(),
        *(
            line
            for step in routine.steps
            for line in (
                Line(
                    f"{words.name_of(step.point)}: {words.lies(step.point)}",
                    Tone.HEADING,
                ),
                Line(_dose(step), label="  ", indent=2),
            )
        ),
        Line(),
        _labelled("how sure", routine.evidence),
        Line(),
        *_sources(routine.citations),
    )


def plan_keys_page() -> Page:
    """Return what each key does while a plan is shown."""
    width = max(len(key) for key, _ in words.PLAN_KEYS) + 2
    keys = (
        Line(text, label=key.ljust(width), indent=width)
        for key, text in words.PLAN_KEYS
    )
    return (*keys, Line())


def screened_page(screened: Screened, answer: PregnancyAnswer) -> Page:
    """
    Return the effect on a routine of the answer *yes* or *unsure* on pregnancy.

    It has the warning signs, what is left out, by tier, and what remains.
    """
    routine = screened.routine
    steps = [each.step for each in screened.kept]
    kept = _names(step.point for step in steps if step not in routine.replacements)
    instead = _names(step.point for step in steps if step in routine.replacements)
    return (
        *safety.maternity(answer),
        Line(),
        Line(f"{routine.title}: what is left for you", Tone.TITLE),
        *_left_out(screened.left_out),
        Line(),
        Line(
            f"What remains: {kept}."
            if kept
            else f"Nothing in {routine.title} suits you today."
        ),
        *([Line(f"In place of what is left out: {instead}.")] if instead else []),
        *([Line(safety.TOO_LITTLE)] if steps and not screened.runs else []),
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
                f"{routine.id}: {routine.title}, {minutes(routine)} minutes at most",
                label=f"{number:>4}  " if numbered else "  - ",
                indent=6 if numbered else 4,
            )
            for number, routine in enumerate(routines, 1)
        ),
    )


def closing_page(
    performance: Performance,
    remarks: Page = (),
    *,
    onward: bool = True,
    asked: str | None = None,
) -> Page:
    """
    Return what was done, *remarks*, after-care and, if *onward*, the next command.

    *asked* is the command by which questions were asked, if any. It is then the next
    command, and the page, which stays on the terminal, reveals no answer.
    """
    if asked is not None:
        return _discreet_page(performance, remarks, asked, onward=onward)
    timeline = performance.timeline
    routine = timeline.plan.routine
    first, *others = words.summary(performance, routine)
    left = words.unfinished(timeline, performance.head.done)
    whole = len(left) == len(timeline.plan.steps)
    unwanted = ",".join(_left_out_by_wish(timeline.plan))
    stale = performance.head.ending is Quit.STALE
    again = f"acupress session {routine.id}"
    again += f" --without {unwanted}" if unwanted else ""
    if performance.finished:
        again = f"acupress show {timeline.plan.steps[0].point.code}"
    elif not whole:
        again = f"acupress session {routine.id} --only {','.join(left)}"
    return (
        Line(first, Tone.TITLE),
        *map(Line, others),
        *(Line(safety.STALE_ANSWERS, Tone.WARNING) for _ in range(stale)),
        *remarks,
        *map(Line, safety.AFTER_CARE),
        *([] if performance.finished else [Line(safety.EMERGENCY, Tone.WARNING)]),
        *(CARE_BRIEFLY if routine.region in _BACK else ()),
        Line(f"How often: {routine.how_often}"),
        *(Line(f"Next: {again}", Tone.QUIET) for _ in range(onward)),
    )


_BACK = {Region.LOWER_BACK, Region.UPPER_BACK}


def _discreet_page(
    performance: Performance, remarks: Page, asked: str, *, onward: bool
) -> Page:
    """Return the page without the routine, whose name could reveal an answer."""
    stale = performance.head.ending is Quit.STALE
    return (
        Line(words.summary_alone(performance), Tone.TITLE),
        *(Line(safety.STALE_ANSWERS, Tone.WARNING) for _ in range(stale)),
        *remarks,
        *map(Line, safety.AFTER_CARE),
        *([] if performance.finished else [Line(safety.EMERGENCY, Tone.WARNING)]),
        *CARE_BRIEFLY,
        Line(f"How often: {safety.HOW_OFTEN}"),
        *(Line(f"Next: {asked}", Tone.QUIET) for _ in range(onward)),
    )


def _left_out_by_wish(plan: Plan) -> list[str]:
    wish = Reason(Why.WISH)
    return [out.point.code for out in plan.left_out if wish in out.reasons]


def emptied_page(screened: Screened) -> Page:
    """Return why too little remains, if pregnancy is not the reason."""
    title = screened.routine.title
    if not screened.kept:
        heading = Line(f"Nothing in {title} suits you today", Tone.TITLE)
        return (heading, *_left_out(screened.left_out))
    return (
        Line(f"{title}: what is left for you", Tone.TITLE),
        *_left_out(screened.left_out),
        Line(),
        Line(f"What remains: {_names(kept.step.point for kept in screened.kept)}."),
        Line(safety.TOO_LITTLE),
    )


def routines_page(routines: Sequence[Routine]) -> Page:
    """Return the numbered menu of routines."""
    return (
        Line("What would you like to do?", Tone.TITLE),
        Line(),
        *(
            Line(
                f"{routine.title} ({minutes(routine)} minutes)",
                label=f"{number:>4}  ",
                indent=6,
            )
            for number, routine in enumerate(routines, 1)
        ),
        Line(),
        Line("Type its number and press Enter; q leaves, and nothing starts."),
    )


def _point_lines(point: Point) -> Iterator[Line]:
    yield _labelled("lies on", words.lies(point))
    yield _labelled("where", point.where)
    if point.find == point.where:  # a reference point has no more
        yield from _reference_lines(point)
    else:
        yield _labelled("find it", point.find)
    if point.technique:
        yield from _technique_lines(point, point.technique)
        yield _labelled("how sure", safety.EVIDENCE)
    elif point.cautions:
        tags = ", ".join(tag.value.replace("-", " ") for tag in point.cautions)
        yield _labelled("lies over", tags)
    if point.regions:
        yield _labelled("used for", ", ".join(r.value for r in point.regions))
    if point.traditional:
        traditional = ", ".join(point.traditional)
        yield _labelled("tradition", f"{traditional} (what tradition says; no claim)")
    for note in point.notes:
        yield _labelled("note", note)
    yield Line()
    yield from _sources(point.citations)


def _sources(citations: Iterable[Citation]) -> Iterator[Line]:
    yield Line("sources", Tone.HEADING)
    for citation in citations:
        text = f"{citation.source.title}: {citation.says}"
        yield Line(text, Tone.QUIET, label="  - ", indent=4)
        if citation.source.url:
            yield Line(citation.source.url, Tone.QUIET, label="    ", indent=4)


def _reference_lines(point: Point) -> Iterator[Line]:
    if " cun" in point.where:
        yield _labelled("a cun", safety.CUN)
    yield _labelled("here", "a reference point: not taught, in no session, no dose")


def _technique_lines(point: Point, technique: Technique) -> Iterator[Line]:
    if technique.find_partner:
        yield _labelled("a helper", technique.find_partner)
    yield _labelled("hand", technique.hand)
    yield _labelled("press", technique.press)
    yield _labelled("stop", technique.stop, Tone.WARNING)
    dose = f"{words.dose(technique.dose)}; {words.PRESSURES[technique.pressure]}"
    yield _labelled("how long", dose)
    yield _labelled("how often", technique.how_often)
    if point.cautions:
        asked = f"{words.concerns(point.cautions)}? The session asks first."
        yield _labelled("take care", asked)
    yield from _how_to_press()


def _how_to_press() -> Iterator[Line]:
    """Yield what applies to every point: how firmly, when not, when to stop."""
    yield _labelled("pressure", safety.PRESSURE)
    yield _labelled("skin", safety.SKIN)
    yield _labelled("reach", safety.REACH)
    yield _labelled("always", safety.STOP, Tone.WARNING)


def _labelled(label: str, text: str, tone: Tone = Tone.PLAIN) -> Line:
    return Line(text, tone, label=label, indent=_LABEL)


def _totals(plan: Plan) -> str:
    return _time(plan.seconds, plan.pressing, plan.routine)


def _time(seconds: int, pressing: int, routine: Routine) -> str:
    who = "With a partner. " if routine.partner else ""
    total, pressed = words.clock(seconds), words.clock(pressing)
    return f"{who}{total} in all, {pressed} of it pressing."


def _dose(step: Step) -> str:
    return f"{words.dose(step.dose)}; {words.PRESSURES[step.pressure]}"


def _step_lines(planned: PlannedStep, begins: int, *, brief: bool) -> Iterator[Line]:
    step = planned.step
    name = f"{words.name_of(step.point)}: {words.lies(step.point)}"
    yield Line(name, Tone.HEADING, label=words.clock(begins).rjust(6), indent=8)
    yield Line(_dose(step), label=" " * 8, indent=8)
    if not brief:
        how = f"{step.posture} {step.hand}"
        yield Line(how, Tone.QUIET, label=" " * 8, indent=8)
    if planned.gentle:
        text = f"gentle: {words.gentle(planned)}"
        yield Line(text, Tone.WARNING, label=" " * 8, indent=8)


_TIERS = {
    Why.NAMED: "Left out in pregnancy: professional lists name it",
    Why.EXTRA_CARE: "Left out in pregnancy: our extra care",
}


def _left_out(left_out: Sequence[LeftOut]) -> Iterator[Line]:
    """Yield the points left out: by tier for pregnancy, then the others."""
    for why, heading in _TIERS.items():
        tier = [out for out in left_out if Reason(why) in out.reasons]
        if tier:
            yield Line()
            yield Line(heading, Tone.HEADING)
            for out in tier:
                yield _struck(out.point)
                yield _because(out.point.pregnancy_note)
    others = [out for out in left_out if not _for_pregnancy(out)]
    if others:
        yield Line()
        yield Line("Left out", Tone.HEADING)
    for out in others:
        yield _struck(out.point)
        yield _because(words.reasons(out.reasons))


def _for_pregnancy(out: LeftOut) -> bool:
    return any(reason.why in _TIERS for reason in out.reasons)


def _struck(point: Point) -> Line:
    return Line(words.name_of(point), label="  x ", indent=4, struck=True)


def _because(text: str) -> Line:
    return Line(text, Tone.QUIET, label="    ", indent=4)


def _dropped(points: Sequence[Point]) -> Iterator[Line]:
    if points:
        yield Line()
        yield Line(f"No time for: {_names(points)}.")


def _names(points: Iterable[Point]) -> str:
    return ", ".join(map(words.name_of, points))


def _many_skipped(plan: Plan) -> Iterator[Line]:
    """Yield the advice to stop if cautions leave out more than half."""
    skipped = [
        out for out in plan.left_out if any(r.why is Why.CAUTION for r in out.reasons)
    ]
    if 2 * len(skipped) > len(plan.routine.steps):
        yield Line()
        yield Line(
            "More than half of this routine is left out for you today. You may "
            "prefer to stop here and ask someone who knows you.",
            Tone.WARNING,
        )
