"""Offers to go on with a session that was stopped, closed or killed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from acupress.dialogue.questions import Asker, ask_resume
from acupress.journal import resume
from acupress.journal.resume import ResumePoint
from acupress.model import Routine
from acupress.text import routine_pages


def offer(
    asker: Asker,
    reached: ResumePoint,
    wanted: Routine | None,
    routines: Sequence[Routine],
    now: datetime,
) -> Routine | None:
    """
    Ask whether to go on from *reached*; return the routine if the answer is yes.

    Nothing is asked, and ``None`` returned, where another routine is *wanted*, or where
    the routine is gone or was changed. Raises NotStartedError if the question is left.
    """
    if wanted is not None and wanted.id != reached.routine:
        return None
    for routine in routines:
        points = {step.point.code: step.point for step in routine.steps}
        if routine.id == reached.routine and resume.state_of(routine) == reached.state:
            if reached.point not in points:
                return None
            minutes = int((now - reached.written).total_seconds()) // 60
            page = routine_pages.resume_page(routine, points[reached.point], minutes)
            return routine if ask_resume(asker, page) else None
    return None
