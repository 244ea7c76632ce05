"""
From the first question to a plan: at a terminal, or with all answers given.

The order is that of safety: pregnancy first and what it means, warning signs,
body cautions, and only then a plan. Nothing here keeps an answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from acupress.dialogue import questions
from acupress.dialogue.questions import Asker
from acupress.errors import NotStartedError
from acupress.model import AS_WRITTEN, Routine, Tempo
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
from acupress.text import pages, safety
from acupress.text.layout import Line, Page, Tone

_QUIT = "q"

_MOST_OFFERED = 9  # routines that are chosen by one digit

KNOWN_AFTER = 3
"""Finished sessions of a routine after which its points are found without waiting."""


@dataclass(frozen=True, slots=True)
class Request:
    """
    What was asked for on the command line; ``None`` is still to be asked.

    *always* are the cautions of every day: they are added to whatever is answered.
    *note* is what there is to tell about it before anything begins. *gated* is whether
    to wait at each point; ``None`` waits until the routine is known, which *finished*
    tells: how often each was done to its end. *known* is what the journal has to say
    before this session.
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
        """Whether any of the three questions is still to be asked."""
        return None in (self.pregnancy, self.signs, self.cautions)

    def plan(self, screened: Screened, minutes: int | None) -> Plan:
        """Return what *screened* becomes within *minutes*, in the way asked for."""
        return plan(screened, minutes, starter=self.starter, tempo=self.tempo)


@dataclass(frozen=True, slots=True)
class AgreedPlan:
    """What came of it: a plan, whether to wait at each point, and the pain now."""

    plan: Plan
    gated: bool
    pain: int | None = None


class StopHereError(Exception):
    """Nothing starts; *page* says why, and *code* is how the program ends."""

    def __init__(self, page: Page, code: int = NotStartedError.exit_code) -> None:
        """Keep the page: where questions were asked, it never leaves their screen."""
        super().__init__(code)
        self.page = page
        self.code = code


class IntakeTerminal(Asker, Protocol):
    """A terminal that can also wait for a single key, and knows the time."""

    def now(self) -> float:
        """Return seconds that go on, whatever sleeps or is stopped."""

    def key(
        self, page: Page, prompt: str, allowed: Sequence[str], *, again: bool = False
    ) -> str | None:
        """
        Show *page* and return a key among *allowed*; ``None`` at the end.

        *again*, it is shown already, and what was typed meanwhile counts.
        """


def converse(
    terminal: IntakeTerminal,
    request: Request,
    routine: Routine | None,
    routines: Sequence[Routine],
) -> AgreedPlan:
    """
    Ask what is still to be asked, and agree on a plan.

    Raises StopHereError where nothing may start, and NotStartedError where a
    question was not answered, or so long ago that it may not be true any more.
    """
    began = terminal.now()
    routine = routine or _where(terminal, routines)
    partner = routine.partner
    pregnancy, remark = _pregnancy(terminal, request, partner=partner)
    answers = Answers(pregnancy, request.always | (request.cautions or frozenset()))
    wish = request.wish
    if pregnancy is not PregnancyAnswer.NO:
        screened = screen(routine, answers, wish)
        page = (*remark, *pages.screened_page(screened, pregnancy))
        others = [each for each in routines if each is not routine]
        offered = runnable(others, answers, wish.elsewhere)[:_MOST_OFFERED]
        meant = _told(terminal, screened, page, offered, pregnancy)
        wish = wish if meant is routine else wish.elsewhere
        routine = meant
    partner = partner or routine.partner  # whom the first answer was about, remains
    _heed(request.signs or questions.ask_signs(terminal, partner=partner))
    if request.cautions is None:
        today = questions.ask_cautions(terminal, request.always, partner=partner)
        answers = Answers(pregnancy, request.always | today)
    screened = screen(routine, answers, wish)
    if not screened.runs:
        # What was answered is about whoever sat here: nobody else is pressed with it.
        same = [each for each in routines if partner or not each.partner]
        offered = _near(routine, runnable(same, answers, wish.elsewhere))
        routine = _instead(terminal, screened, answers, offered)
        screened = screen(routine, answers, wish.elsewhere)
    agreed = _agree(terminal, screened, request, partner=partner)
    if terminal.now() - began > STALE_SECONDS:
        raise NotStartedError(safety.STALE_ANSWERS)
    return agreed


def decide(
    request: Request, routine: Routine, routines: Sequence[Routine]
) -> tuple[AgreedPlan, Page]:
    """
    Agree on a plan where every answer was given, with what to say beforehand.

    Raises as :func:`converse` does; NotStartedError when an answer is missing.
    """
    if request.pregnancy is None or request.signs is None or request.cautions is None:
        raise NotStartedError(safety.NOT_ANSWERED)
    _heed(request.signs)
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


def _where(terminal: Asker, routines: Sequence[Routine]) -> Routine:
    page = pages.routines_page(routines)
    which = questions.ask_which(terminal, page, [routine.id for routine in routines])
    if which is None:
        raise NotStartedError(safety.NOT_ANSWERED)
    return routines[which]


def _told(
    terminal: IntakeTerminal,
    screened: Screened,
    page: Page,
    others: Sequence[Routine],
    pregnancy: PregnancyAnswer,
) -> Routine:
    """Show what *yes* or *unsure* means, and return the routine to go on with."""
    signs = safety.maternity(pregnancy)
    if screened.runs:
        if terminal.key(page, "Enter goes on, q stops", [keys.ENTER, _QUIT]) != (
            keys.ENTER
        ):
            raise StopHereError((*safety.URGENT_REMINDER, Line(), *signs))
        return screened.routine
    offer = pages.instead_page(others, numbered=True)
    if not others:
        raise StopHereError((*page, *offer, Line(), *safety.URGENT_REMINDER))
    ending = (*safety.URGENT_REMINDER, Line(), *signs, Line(), *safety.SELF_CARE)
    return _chosen(terminal, (*page, *offer), others, ending)


def _near(routine: Routine, others: Sequence[Routine]) -> tuple[Routine, ...]:
    """Return as many of *others* as one digit can choose, the same ache first."""
    near = sorted(others, key=lambda other: other.region is not routine.region)
    return tuple(near[:_MOST_OFFERED])


def _instead(
    terminal: IntakeTerminal,
    screened: Screened,
    answers: Answers,
    others: Sequence[Routine],
) -> Routine:
    """
    Say what has left too little of a routine, and return one that does run.

    All was answered by then, and the answers hold for it, too.
    """
    page = _too_little(screened, answers, others, numbered=True)
    reminder = safety.URGENT_REMINDER if screened.maternity else ()
    if not others:
        raise StopHereError((*page, Line(), *reminder))
    return _chosen(terminal, page, others, reminder)


def _too_little(
    screened: Screened, answers: Answers, others: Sequence[Routine], *, numbered: bool
) -> Page:
    """Return why too little remains, and what does run; with no word too many."""
    if not screened.maternity:
        offer = pages.others_page(others, numbered=numbered)
        return (*pages.emptied_page(screened), *offer)
    page = pages.screened_page(screened, answers.pregnancy)
    return (*page, *pages.instead_page(others, numbered=numbered))


def _chosen(
    terminal: IntakeTerminal, page: Page, others: Sequence[Routine], ending: Page
) -> Routine:
    """Return the one of *others* to go on with, by one key; *ending* if none is."""
    numbers = [str(number) for number in range(1, len(others) + 1)]
    named = (f"{at} {each.id}" for at, each in enumerate(others, 1))
    prompt = f"Go on with {'  '.join(named)}  q stops"
    chosen = terminal.key(page, prompt, [*numbers, _QUIT])
    if chosen not in numbers:
        raise StopHereError(ending)
    return others[numbers.index(chosen)]


def _heed(signs: WarningSigns) -> None:
    if signs is not WarningSigns.NONE:
        raise StopHereError(safety.signpost(signs))


def _require(screened: Screened, answers: Answers, others: Sequence[Routine]) -> None:
    """Stop where too little is left, saying what it was that left it out."""
    if screened.runs:
        return
    page = _too_little(screened, answers, others, numbered=False)
    reminder = (Line(), *safety.URGENT_REMINDER) if screened.maternity else ()
    raise StopHereError((*page, *reminder))


def _agree(
    terminal: IntakeTerminal, screened: Screened, request: Request, *, partner: bool
) -> AgreedPlan:
    """Show the plan, make it shorter or longer, and wait for Enter."""
    made, note = _fitted(screened, request)
    gated, pain = request.waits(screened.routine), request.pain
    learning = gated and request.gated is None
    key = None
    while True:
        page = _plan_screen(made, request.known, note)
        page = (*page, *[Line(safety.WAITS)] * (gated and learning))
        helping = key == "?"
        page = (*(pages.plan_keys_page() if helping else ()), *page)
        wait, leave = "on" if gated else "off", "back" if helping else "stops"
        begin = f"Enter begins  - shorter  + longer  w wait: {wait}  ? help  q {leave}"
        prompt = f"{begin}  {_pain_told(pain, partner=partner)}"
        allowed = [keys.ENTER, "-", "+", "w", "?", _QUIT, *_PAIN_KEYS]
        allowed += [keys.ESCAPE] * helping
        note, again = "", key in _PAIN_KEYS
        key = terminal.key(page, prompt, allowed, again=again)
        match key:
            case keys.ENTER:
                return AgreedPlan(made, gated, pain)
            case str() if key in _PAIN_KEYS:
                pain = _pain_noted(pain, key)
            case "w":
                gated = not gated
            case "-":
                made, note = _refit(made, screened, request, -1)
            case "+":
                made, note = _refit(made, screened, request, +1)
            case _ if key is None or (key == _QUIT and not helping):
                raise StopHereError((), 0)


def _fitted(screened: Screened, request: Request) -> tuple[Plan, str]:
    """Return the plan within the minutes asked for, or the shortest there is."""
    try:
        return request.plan(screened, request.minutes), request.note
    except TooShortError as least:
        note = f"{least.shortest} minutes is the shortest that is worth doing."
        return request.plan(screened, least.shortest), note


_PAIN_KEYS = (*"0123456789", keys.BACKSPACE)


def _pain_noted(pain: int | None, key: str) -> int | None:
    """Return the pain once *key* is typed: the last digit, or 10 for 1 and 0."""
    if key == keys.BACKSPACE:
        return None
    return 10 if (pain, key) == (1, "0") else int(key)


def _pain_told(pain: int | None, *, partner: bool) -> str:
    whose = "their pain now" if partner else "pain now"
    return f"0-10 {whose}" if pain is None else f"{whose}: {pain}"


def _plan_screen(made: Plan, *notes: str) -> Page:
    page = pages.plan_page(made, lay_out(made), brief=True)
    allowed = "Nothing you told me rules this out."
    if made.left_out or any(step.gentle for step in made.steps):
        allowed = "What is left is what your answers allow."
    closing = (Line(), Line(f"q stops at any time. {allowed}"))
    warnings = (Line(note, Tone.WARNING) for note in notes if note)
    return (*page, *closing, *warnings)


def _refit(
    made: Plan, screened: Screened, request: Request, by: int
) -> tuple[Plan, str]:
    """Return the next plan that is really shorter or longer, if there is one."""
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
