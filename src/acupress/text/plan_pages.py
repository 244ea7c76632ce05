"""Pages of a plan: its steps, what is left out, and why nothing may remain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from acupress.model import Phase, Point, Routine
from acupress.session.planning import Plan
from acupress.session.screening import (
    LeftOut,
    PlannedStep,
    PregnancyAnswer,
    Reason,
    Screened,
    Why,
)
from acupress.session.timeline import Timeline
from acupress.text import safety, words
from acupress.text.layout import Line, Page, Tone
from acupress.text.point_pages import how_to_press, labelled
from acupress.text.routine_pages import step_dose, total_time

PLAN_KEYS = (
    ("Enter", "begins the session, once you have seen the whole plan"),
    ("- and +", "make it shorter and longer"),
    ("w", "waits at each point until you press Enter, or no longer does"),
    ("0 to 10", "your pain now, 10 is the worst; a note may follow, Enter ends it"),
    ("p", "says how to take this session to a phone or a tablet"),
    ("q, Ctrl-C", "leaves, and nothing starts"),
)


def plan_page(plan: Plan, timeline: Timeline, *, brief: bool = False) -> Page:
    """
    Return *plan* with the time at which each step begins, and how to press.

    If *brief*, posture and hand are omitted.
    """
    return (
        *steps_page(plan, timeline, brief=brief),
        *changes_page(plan),
        Line(),
        *how_to_press(),
        labelled("how sure", plan.routine.evidence),
    )


def steps_page(plan: Plan, timeline: Timeline, *, brief: bool) -> Page:
    """Return the first part of the plan: what it is, and its steps."""
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
    )


def changes_page(plan: Plan) -> Page:
    """Return the second part: what of the routine is not done, and why."""
    return (
        *_left_out(plan.left_out),
        *_dropped(plan.dropped),
        *_many_skipped(plan),
    )


def plan_keys_page() -> Page:
    """Return what each key does while a plan is shown."""
    width = max(len(key) for key, _ in PLAN_KEYS) + 2
    keys = (Line(text, label=key.ljust(width), indent=width) for key, text in PLAN_KEYS)
    return (*keys, Line())


def screened_page(
    screened: Screened, answer: PregnancyAnswer, offer: Page = ()
) -> Page:
    """
    Return the effect on a routine of the answer *yes* or *unsure* on pregnancy.

    It has the warning signs, what remains, the *offer* of other routines, and only
    then why points are left out, by tier: the choice is seen before a page scrolls.
    """
    routine = screened.routine
    steps = [each.step for each in screened.kept]
    kept = _names(step.point for step in steps if step not in routine.replacements)
    instead = _names(step.point for step in steps if step in routine.replacements)
    return (
        *safety.maternity(answer),
        Line(),
        *_what_remains(routine, kept),
        *([Line(f"In place of what is left out: {instead}.")] if instead else []),
        *([Line(safety.TOO_LITTLE)] if steps and not screened.runs else []),
        *offer,
        *_left_out(screened.left_out),
    )


def _what_remains(routine: Routine, names: str) -> Page:
    if not names:
        return (Line(f"Nothing in {routine.title} suits you today.", Tone.TITLE),)
    title = Line(f"{routine.title}: what is left for you", Tone.TITLE)
    return (title, Line(f"What remains: {names}."))


def going_on(screened: Screened, since: str) -> str:
    """Return where a session that was resumed at the point *since* goes on."""
    codes = [step.point.code for step in screened.routine.steps]
    first = screened.kept[0].point
    if first.code in codes[: codes.index(since)]:
        return (
            "Nothing that was still to come suits you today: this is all of it again."
        )
    return f"Goes on from {words.name_of(first)}; what comes before is not repeated."


def left_out_by_wish(plan: Plan) -> list[str]:
    """Return the codes of the points left out by --only or --without."""
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


def _totals(plan: Plan) -> str:
    return total_time(plan.seconds, plan.pressing, plan.routine)


def _step_lines(planned: PlannedStep, begins: int, *, brief: bool) -> Iterator[Line]:
    step = planned.step
    name = f"{words.name_of(step.point)}: {words.lies(step.point)}"
    yield Line(name, Tone.HEADING, label=words.clock(begins).rjust(6), indent=8)
    yield Line(step_dose(step), label=" " * 8, indent=8)
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
