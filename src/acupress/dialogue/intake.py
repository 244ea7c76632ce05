"""
Intake: from the first question to an agreed plan, interactive or from options.

The order is fixed for safety: pregnancy and its consequences, warning signs, body
cautions, and only then a plan. No answer is stored.
"""

from __future__ import annotations

from collections.abc import Sequence

from acupress.dialogue import questions
from acupress.dialogue.plan_screen import (
    AgreedPlan,
    IntakeTerminal,
    Request,
    StopHereError,
    agree,
)
from acupress.dialogue.questions import Asker
from acupress.dialogue.short_form import ask_together
from acupress.errors import NotStartedError
from acupress.model import Offer, Routine
from acupress.session.playhead import STALE_SECONDS
from acupress.session.screening import (
    Answers,
    PregnancyAnswer,
    Screened,
    WarningSigns,
    runnable,
    screen,
)
from acupress.terminal import keys
from acupress.text import plan_pages, routine_pages, safety
from acupress.text.layout import Line, Page

_QUIT = "q"

_MOST_OFFERED = 9  # since one digit chooses


def converse(
    terminal: IntakeTerminal,
    request: Request,
    wanted: Routine | Offer | None,
    routines: Sequence[Routine],
) -> AgreedPlan:
    """
    Ask the open questions, show the plan, and return what was agreed.

    Where the request is for the short form, they are asked together, unless one is
    answered already, or a partner is pressed, who may never have read the long form.

    Raises StopHereError if nothing may start; NotStartedError if a question was not
    answered, or the answers are over STALE_SECONDS old.
    """
    began = terminal.now()
    routine = _routine(terminal, wanted, routines)
    partner = routine.partner
    known = request if partner else _known(terminal, request)
    _stop_at(known.signs, known.pregnancy)
    pregnancy, remark = _pregnancy(terminal, known.pregnancy, partner=partner)
    answers = Answers(pregnancy, request.always | (request.cautions or frozenset()))
    wish = request.wish
    if pregnancy is not PregnancyAnswer.NO:
        screened = screen(routine, answers, wish)
        others = [each for each in routines if each is not routine]
        offered = runnable(others, answers, wish.elsewhere)[:_MOST_OFFERED]
        chosen = _confirm_maternity(terminal, screened, remark, offered, pregnancy)
        wish = wish if chosen is routine else wish.elsewhere
        routine = chosen
    partner = partner or routine.partner  # the answers are about the same person
    if partner:
        known = request  # what was answered together was about oneself
    _stop_at(known.signs or questions.ask_signs(terminal, partner=partner))
    today = known.cautions
    if today is None:
        today = questions.ask_cautions(terminal, request.always, partner=partner)
    answers = Answers(pregnancy, request.always | today)
    screened = screen(routine, answers, wish)
    if not screened.runs:
        # The answers are about the person here: no offer to press somebody else.
        same = [each for each in routines if partner or not each.partner]
        offered = _nearest(routine, runnable(same, answers, wish.elsewhere))
        routine = _choose_instead(terminal, screened, answers, offered)
        wish = wish.elsewhere
        screened = screen(routine, answers, wish)
    request = _resuming(request, screened, wish.since)
    agreed = agree(terminal, screened, request, partner=partner)
    if terminal.now() - began > STALE_SECONDS:
        raise NotStartedError(safety.STALE_ANSWERS)
    return agreed


def decide(
    request: Request, routine: Routine, routines: Sequence[Routine]
) -> tuple[AgreedPlan, Page]:
    """
    Return the plan for answers given as options, and the page to print before it.

    Raises as :func:`converse` does; NotStartedError also if an answer is missing.
    """
    if request.pregnancy is None or request.signs is None or request.cautions is None:
        raise NotStartedError(safety.NOT_ANSWERED)
    _stop_at(request.signs)
    answers = Answers(request.pregnancy, request.always | request.cautions)
    screened = screen(routine, answers, request.wish)
    _require(screened, answers, runnable(routines, answers, request.wish.elsewhere))
    made = request.plan(screened, request.minutes)
    agreed = AgreedPlan(made, bool(request.gated), request.pain)
    return agreed, safety.maternity(answers.pregnancy)


def _resuming(request: Request, screened: Screened, since: str) -> Request:
    """Return *request* with what the plan says where it goes on from *since*."""
    if not since:
        return request
    told = plan_pages.going_on(screened, since)
    return request._replace(known=" ".join(filter(None, (request.known, told))))


def _known(terminal: Asker, request: Request) -> Request:
    """Return *request*, with the answers of the short form if that is due and taken."""
    given = request.pregnancy, request.signs, request.cautions
    if not request.short or any(each is not None for each in given):
        return request
    answers = ask_together(terminal, request.always)
    return request._replace(**answers._asdict()) if answers else request


def _pregnancy(
    terminal: Asker, known: PregnancyAnswer | None, *, partner: bool
) -> tuple[PregnancyAnswer, Page]:
    if known is not None:
        return known, ()
    return questions.ask_pregnancy(terminal, partner=partner)


def _routine(
    terminal: Asker, wanted: Routine | Offer | None, routines: Sequence[Routine]
) -> Routine:
    """Return the routine *wanted*, asked for where it is not one yet."""
    match wanted:
        case Routine():
            return wanted
        case Offer(says, (only,)):
            if not questions.ask_yes(terminal, routine_pages.begin_page(says, only)):
                raise StopHereError((), 0)
            return only
        case Offer(says, several):
            return _choose_routine(terminal, several, says)
        case None:
            return _choose_routine(terminal, routines)


def _choose_routine(
    terminal: Asker, routines: Sequence[Routine], says: str = ""
) -> Routine:
    page = routine_pages.routines_page(routines, says)
    which = questions.ask_which(terminal, page, [routine.id for routine in routines])
    if which is None:
        raise NotStartedError(safety.NOT_ANSWERED)
    return routines[which]


def _confirm_maternity(
    terminal: IntakeTerminal,
    screened: Screened,
    remark: Page,
    others: Sequence[Routine],
    pregnancy: PregnancyAnswer,
) -> Routine:
    """Show the consequences of *yes* or *unsure*; return the routine to go on with."""
    signs = safety.maternity(pregnancy)
    offer = () if screened.runs else routine_pages.instead_page(others, numbered=True)
    page = (*remark, *plan_pages.screened_page(screened, pregnancy, offer))
    if screened.runs:
        if terminal.key(page, "Enter goes on, q stops", [keys.ENTER, _QUIT]) != (
            keys.ENTER
        ):
            raise StopHereError((*safety.URGENT_REMINDER, Line(), *signs))
        return screened.routine
    if not others:
        raise StopHereError((*page, Line(), *safety.URGENT_REMINDER))
    ending = (*safety.URGENT_REMINDER, Line(), *signs, Line(), *safety.SELF_CARE)
    return _choose(terminal, page, others, ending)


def _nearest(routine: Routine, others: Sequence[Routine]) -> tuple[Routine, ...]:
    """Return as many of *others* as one digit can choose, the same ache first."""
    near = sorted(others, key=lambda other: other.region is not routine.region)
    return tuple(near[:_MOST_OFFERED])


def _choose_instead(
    terminal: IntakeTerminal,
    screened: Screened,
    answers: Answers,
    others: Sequence[Routine],
) -> Routine:
    """Say why too little is left of a routine; return the one to run instead."""
    page = _too_little(screened, answers, others, numbered=True)
    reminder = safety.URGENT_REMINDER if screened.maternity else ()
    if not others:
        raise StopHereError((*page, Line(), *reminder))
    return _choose(terminal, page, others, reminder)


def _too_little(
    screened: Screened, answers: Answers, others: Sequence[Routine], *, numbered: bool
) -> Page:
    """Return the page on why too little is left, and which *others* do run."""
    if not screened.maternity:
        offer = routine_pages.others_page(others, numbered=numbered)
        return (*plan_pages.emptied_page(screened), *offer)
    offer = routine_pages.instead_page(others, numbered=numbered)
    return plan_pages.screened_page(screened, answers.pregnancy, offer)


def _choose(
    terminal: IntakeTerminal, page: Page, others: Sequence[Routine], ending: Page
) -> Routine:
    """Return the one of *others* chosen by a digit; raise StopHereError(*ending*)."""
    numbers = [str(number) for number in range(1, len(others) + 1)]
    named = (f"{at} {each.id}" for at, each in enumerate(others, 1))
    prompt = f"Go on with {'  '.join(named)}  q stops"
    chosen = terminal.key(page, prompt, [*numbers, _QUIT])
    if chosen not in numbers:
        raise StopHereError(ending)
    return others[numbers.index(chosen)]


def _stop_at(
    signs: WarningSigns | None, pregnancy: PregnancyAnswer | None = None
) -> None:
    """
    Raise StopHereError with the signpost for *signs*, if any of them fits.

    *pregnancy* is the answer whose own signs have not been shown yet.
    """
    if signs in {None, WarningSigns.NONE}:
        return
    also = safety.maternity(pregnancy) if pregnancy else ()
    raise StopHereError((*safety.signpost(signs), *[Line()] * bool(also), *also))


def _require(screened: Screened, answers: Answers, others: Sequence[Routine]) -> None:
    """Raise StopHereError, with the reasons, if *screened* does not run."""
    if screened.runs:
        return
    page = _too_little(screened, answers, others, numbered=False)
    reminder = (Line(), *safety.URGENT_REMINDER) if screened.maternity else ()
    raise StopHereError((*page, *reminder))
