"""How ``acupress session`` goes on with an earlier session, and can be gone on with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from acupress.config import load_config, tempo_of
from acupress.dialogue.plan_screen import AgreedPlan, Request
from acupress.dialogue.questions import Asker
from acupress.dialogue.resuming import offer
from acupress.errors import StorageError
from acupress.journal import resume
from acupress.journal.resume import ResumePoint, SessionOptions
from acupress.model import Offer, Routine
from acupress.session.screening import PointChoice

if TYPE_CHECKING:
    from acupress.journal.resume_writer import ResumeWriter


def shaped(request: Request, options: SessionOptions, *, rehearse: bool) -> Request:
    """Return *request* with *options*, or else the preferences."""
    wait = load_config().wait if options.wait is None else options.wait
    return request._replace(
        minutes=options.minutes,
        starter=bool(options.starter),
        gated=False if wait is None and rehearse else wait,
        tempo=tempo_of(options.get_ready, options.change_sides),
    )


@dataclass
class Resuming:
    """
    Whether a session resumes an earlier one, and what is kept of it meanwhile.

    *options* are those of the command, and with them those of the session resumed.
    Without a journal that is *kept* no file is read or written. Where points were
    *chosen* by --without or --only, nothing is resumed, and no point is written: those
    would have to be written, too, or come back.
    """

    options: SessionOptions
    now: Callable[[], datetime]
    kept: bool
    chosen: bool
    resumed: tuple[str, str] = "", ""

    def offered(
        self,
        asker: Asker,
        request: Request,
        wanted: Routine | Offer | None,
        routines: Sequence[Routine],
    ) -> tuple[Request, Routine | Offer | None]:
        """
        Offer to go on where that is possible; return the request and what is wanted.

        A resume file that cannot be used is told of on the plan.
        """
        if not self.kept or self.chosen or isinstance(wanted, Offer):
            return request, wanted
        try:
            reached = resume.read(resume.where(), self.now())
        except StorageError as error:
            told = f"{error}; until that is put right no session can be resumed."
            return request._replace(known=f"{request.known} {told}".strip()), wanted
        routine = reached and offer(asker, reached, wanted, routines, self.now())
        if not reached or not routine:
            return request, wanted
        self.resumed = routine.id, reached.point
        self.options = self.options.filled(reached.options)
        request = request._replace(wish=PointChoice(since=reached.point))
        return shaped(request, self.options, rehearse=False), routine

    def writer(self, agreed: AgreedPlan) -> AbstractContextManager[ResumeWriter | None]:
        """Return what keeps the point that the session of *agreed* reaches."""
        if not self.kept:
            return nullcontext()
        from acupress.journal.resume_writer import ResumeWriter  # noqa: PLC0415 - threads

        routine = agreed.plan.routine
        own = () if self.chosen else (step.point.code for step in routine.steps)
        since = self.resumed[1] if routine.id == self.resumed[0] else ""
        state = resume.state_of(routine)
        first = ResumePoint(self.now(), routine.id, state, since, self.options)
        return ResumeWriter(first, frozenset(own), self.now)
