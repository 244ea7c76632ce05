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
    stale = performance.head.ending is Quit.STALE
    routine = performance.timeline.plan.routine
    first, *others = session_words.summary(performance, routine)
    care, how_often = routine.region in _BACK, routine.how_often
    if asked is not None:  # the name of a routine could reveal an answer
        first, others = session_words.summary_alone(performance), []
        care, how_often = True, safety.HOW_OFTEN
    again = asked or _next_command(performance)
    return (
        Line(first, Tone.TITLE),
        *map(Line, others),
        *[Line(safety.STALE_ANSWERS, Tone.WARNING)] * stale,
        *remarks,
        *map(Line, safety.AFTER_CARE),
        *[Line(safety.EMERGENCY, Tone.WARNING)] * (not performance.finished),
        *(CARE_BRIEFLY if care else ()),
        Line(f"How often: {how_often}"),
        *[Line(f"Next: {again}", Tone.QUIET)] * onward,
    )


_BACK = {Region.LOWER_BACK, Region.UPPER_BACK}


def _next_command(performance: Performance) -> str:
    """Return the command to go on with: what is left, or the session again."""
    plan = performance.timeline.plan
    again = f"acupress session {plan.routine.id}"
    left = session_words.unfinished(performance.timeline, performance.head.done)
    if 0 < len(left) < len(plan.steps):
        return f"{again} --only {','.join(left)}"
    unwanted = ",".join(left_out_by_wish(plan))
    return f"{again} --without {unwanted}" if unwanted else again
