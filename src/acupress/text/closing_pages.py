"""Pages at the end of a session: what was done, and what to do now."""

from __future__ import annotations

from acupress.model import Region
from acupress.session.playhead import Performance, Quit
from acupress.text import safety, session_words
from acupress.text.advice import CARE_BRIEFLY
from acupress.text.layout import Line, Page, Tone
from acupress.text.plan_pages import left_out_by_wish


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
    first, *others = session_words.summary(performance, routine)
    left = session_words.unfinished(timeline, performance.head.done)
    whole = len(left) == len(timeline.plan.steps)
    unwanted = ",".join(left_out_by_wish(timeline.plan))
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
        Line(session_words.summary_alone(performance), Tone.TITLE),
        *(Line(safety.STALE_ANSWERS, Tone.WARNING) for _ in range(stale)),
        *remarks,
        *map(Line, safety.AFTER_CARE),
        *([] if performance.finished else [Line(safety.EMERGENCY, Tone.WARNING)]),
        *CARE_BRIEFLY,
        Line(f"How often: {safety.HOW_OFTEN}"),
        *(Line(f"Next: {asked}", Tone.QUIET) for _ in range(onward)),
    )
