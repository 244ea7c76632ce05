"""
Intake: from the first question to an agreed plan, interactive or from options.

The order is fixed for safety: pregnancy and its consequences, warning signs, body
cautions, and only then a plan. No answer is stored.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from acupress.dialogue import questions
from acupress.dialogue.questions import Asker
from acupress.errors import NotStartedError
from acupress.journal import remarks
from acupress.model import AS_WRITTEN, Offer, Routine, Tempo
from acupress.session.planning import Plan, TooShortError, plan, whole_minutes
from acupress.session.playhead import STALE_SECONDS
from acupress.session.screening import (
    Answers,
    Caution,
    PointChoice,
    PregnancyAnswer,
    Screened,
    WarningSigns,
    runnable,
    screen,
)
from acupress.session.timeline import lay_out
from acupress.terminal import keys
from acupress.terminal.layouts import narrow
from acupress.text import plan_pages, routine_pages, safety
from acupress.text.layout import Line, Page, Tone

_QUIT = "q"

_MOST_OFFERED = 9  # since one digit chooses

KNOWN_AFTER = 3
"""Finished sessions of a routine after which it no longer waits at each point."""


@dataclass(frozen=True, slots=True)
class Request:
    """
    What the command line and the configuration ask for; ``None`` is still to be asked.

    *always* are cautions added to every answer. *gated* is whether to wait at each
    point; ``None`` decides by *finished*, the finished sessions by routine id. *note*
    and *known* (from the journal) are shown with the plan.
    """

    pregnancy: PregnancyAnswer | None
    signs: WarningSigns | None
    cautions: frozenset[Caution] | None
    wish: PointChoice
    minutes: int | None
    starter: bool
    gated: bool | None
    pain: int | None = None
    always: frozenset[Caution] = frozenset()
    tempo: Tempo = AS_WRITTEN
    note: str = ""
    finished: Mapping[str, int] = field(default_factory=dict)
    known: str = ""

    def waits(self, routine: Routine) -> bool:
        """Tell whether a session of *routine* waits for Enter at each point."""
        if self.gated is not None:
            return self.gated
        return self.finished.get(routine.id, 0) < KNOWN_AFTER

    @property
    def asks(self) -> bool:
        """Whether any of the three questions is still open."""
        return None in (self.pregnancy, self.signs, self.cautions)

    def plan(self, screened: Screened, minutes: int | None) -> Plan:
        """Return the plan of *screened* within *minutes*, with these settings."""
        return plan(screened, minutes, starter=self.starter, tempo=self.tempo)


@dataclass(frozen=True, slots=True)
class AgreedPlan:
    """The plan, whether to wait at each point, the pain now (0-10) and a note on it."""

    plan: Plan
    gated: bool
    pain: int | None = None
    remark: str = ""


class StopHereError(Exception):
    """
    Nothing starts: *page* says why, *code* is the exit code.

    If any question was asked, the page is only ever shown on the alternate screen.
    """

    def __init__(self, page: Page, code: int = NotStartedError.exit_code) -> None:
        """Keep both."""
        super().__init__(code)
        self.page = page
        self.code = code


class IntakeTerminal(Asker, Protocol):
    """An Asker that can also wait for a single key, and has a clock."""

    def now(self) -> float:
        """Return seconds on a clock that also counts sleep and time stopped."""

    def key(
        self, page: Page, prompt: str, allowed: Sequence[str], *, again: bool = False
    ) -> str | None:
        """
        Show *page* and return the next key in *allowed*; ``None`` at end of input.

        With *again* the page is on the screen already, and typed-ahead keys count.
        """

    def field(
        self, page: Page, prompt: str, typed: str, *, trouble: str = ""
    ) -> str | None:
        """Edit the line *typed* below *page* until Enter; ``None`` if it is left."""


def converse(
    terminal: IntakeTerminal,
    request: Request,
    wanted: Routine | Offer | None,
    routines: Sequence[Routine],
) -> AgreedPlan:
    """
    Ask the open questions, show the plan, and return what was agreed.

    Raises StopHereError if nothing may start; NotStartedError if a question was not
    answered, or the answers are over STALE_SECONDS old.
    """
    began = terminal.now()
    routine = _routine(terminal, wanted, routines)
    partner = routine.partner
    pregnancy, remark = _pregnancy(terminal, request, partner=partner)
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
    _stop_at(request.signs or questions.ask_signs(terminal, partner=partner))
    if request.cautions is None:
        today = questions.ask_cautions(terminal, request.always, partner=partner)
        answers = Answers(pregnancy, request.always | today)
    screened = screen(routine, answers, wish)
    if not screened.runs:
        # The answers are about the person here: no offer to press somebody else.
        same = [each for each in routines if partner or not each.partner]
        offered = _nearest(routine, runnable(same, answers, wish.elsewhere))
        routine = _choose_instead(terminal, screened, answers, offered)
        screened = screen(routine, answers, wish.elsewhere)
    agreed = _agree(terminal, screened, request, partner=partner)
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


def _pregnancy(
    terminal: Asker, request: Request, *, partner: bool
) -> tuple[PregnancyAnswer, Page]:
    if request.pregnancy is not None:
        return request.pregnancy, ()
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


def _stop_at(signs: WarningSigns) -> None:
    if signs is not WarningSigns.NONE:
        raise StopHereError(safety.signpost(signs))


def _require(screened: Screened, answers: Answers, others: Sequence[Routine]) -> None:
    """Raise StopHereError, with the reasons, if *screened* does not run."""
    if screened.runs:
        return
    page = _too_little(screened, answers, others, numbered=False)
    reminder = (Line(), *safety.URGENT_REMINDER) if screened.maternity else ()
    raise StopHereError((*page, *reminder))


def _agree(
    terminal: IntakeTerminal, screened: Screened, request: Request, *, partner: bool
) -> AgreedPlan:
    """Show the plan and adjust it by keys until Enter; raise StopHereError on q."""
    made, note = _fitted(screened, request)
    gated = request.waits(screened.routine)
    pain, remark = request.pain, ""
    learning = gated and request.gated is None
    key = None
    while True:
        page = _plan_screen(made, request.known, note)
        page = (*page, *[Line(safety.WAITS)] * (gated and learning))
        page = (*page, *[Line(f"Your note: {remark}")] * bool(remark))
        helping = key == "?"
        page = (*(plan_pages.plan_keys_page() if helping else ()), *page)
        wait, leave = "on" if gated else "off", "back" if helping else "stops"
        begin = f"Enter begins  - shorter  + longer  w wait: {wait}  ? help  q {leave}"
        prompt = f"{begin}  {_pain_prompt(pain, partner=partner)}"
        allowed = [keys.ENTER, *"-+wp?", _QUIT, *_DIGITS, keys.BACKSPACE]
        allowed += [keys.ESCAPE] * helping
        note, again = "", key in {*_DIGITS, keys.BACKSPACE}
        key = terminal.key(page, prompt, allowed, again=again)
        match key:
            case keys.ENTER:
                return AgreedPlan(made, gated, pain, remark)
            case str() if key in _DIGITS:
                if (typed := _pain_field(terminal, page, key, partner=partner)) is None:
                    continue
                pain, remark = typed
            case keys.BACKSPACE:
                pain, remark = None, ""
            case "w":
                gated = not gated
            case "p":
                note = safety.ON_A_PHONE.format(screened.routine.id)
            case "-" | "+":
                made, note = _refit(made, screened, request, _MINUTES[key])
            case _ if key is None or (key == _QUIT and not helping):
                raise StopHereError((), 0)


def _fitted(screened: Screened, request: Request) -> tuple[Plan, str]:
    """Return the plan within the minutes asked for, else the shortest, and a note."""
    try:
        return request.plan(screened, request.minutes), request.note
    except TooShortError as least:
        note = f"{least.shortest} minutes is the shortest that is worth doing."
        return request.plan(screened, least.shortest), note


_MINUTES = {"-": -1, "+": 1}
_DIGITS = tuple("0123456789")


def _pain_field(
    terminal: IntakeTerminal, page: Page, typed: str, *, partner: bool
) -> tuple[int | None, str] | None:
    """Return the pain and the note that *typed* begins, or ``None`` if it was left."""
    prompt = f"{_pain_now(partner=partner)}, then a note; Enter takes it, Esc does not"
    trouble = ""
    while line := terminal.field(page, prompt, typed, trouble=trouble):
        if answer := remarks.parse_pain_and_note(narrow(line)):
            return answer
        typed, trouble = line, remarks.PAIN_MISTYPED
    return None


def _pain_now(*, partner: bool) -> str:
    return "0-10 their pain now" if partner else "0-10 pain now"


def _pain_prompt(pain: int | None, *, partner: bool) -> str:
    asked = _pain_now(partner=partner)
    return asked if pain is None else f"{asked.removeprefix('0-10 ')}: {pain}"


def _plan_screen(made: Plan, *notes: str) -> Page:
    page = plan_pages.plan_page(made, lay_out(made), brief=True)
    allowed = "Nothing you told me rules this out."
    if made.left_out or any(step.gentle for step in made.steps):
        allowed = "What is left is what your answers allow."
    closing = (Line(), Line(f"q stops at any time. {allowed}"))
    warnings = (Line(note, Tone.WARNING) for note in notes if note)
    return (*page, *closing, *warnings)


def _refit(
    made: Plan, screened: Screened, request: Request, by: int
) -> tuple[Plan, str]:
    """Step minutes *by* ±1 until the plan changes; else return it and a note."""
    minutes = whole_minutes(made.seconds)
    fullest = request.plan(screened, None)
    if by > 0 and made.seconds == fullest.seconds:
        return made, "This is all of it."
    try:
        while (minutes := minutes + by) > 0:
            fitted = request.plan(screened, minutes)
            if fitted.seconds != made.seconds:
                return fitted, ""
    except TooShortError:
        pass
    return made, "This is the shortest that is worth doing."
