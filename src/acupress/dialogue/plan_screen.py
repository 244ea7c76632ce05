"""
The plan screen: the plan is shown, changed by keys, and agreed on.

Also what the questions before it and this screen share: what was asked for, what the
terminal has to be able to do, and how a session ends before it begins.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, Protocol

from acupress.dialogue.questions import Asker
from acupress.errors import NotStartedError
from acupress.journal import remarks
from acupress.model import AS_WRITTEN, Routine, Tempo
from acupress.session.planning import Plan, TooShortError, plan, whole_minutes
from acupress.session.screening import (
    Caution,
    PointChoice,
    PregnancyAnswer,
    Screened,
    WarningSigns,
)
from acupress.session.timeline import Timeline, lay_out
from acupress.terminal import keys
from acupress.terminal.layouts import narrow
from acupress.text import plan_pages, safety
from acupress.text.layout import Line, Page, Tone

if TYPE_CHECKING:
    from rich.text import Text

    from acupress.terminal.pager import Aside

_QUIT = "q"

KNOWN_AFTER = 3
"""Finished sessions of a routine after which it no longer waits at each point."""


MapOf = Callable[[Sequence[str], int, int], Sequence["Text"]]
"""Draws points by their codes within columns and rows; nothing if it cannot."""


def no_map(_codes: Sequence[str], _columns: int, _rows: int) -> Sequence[Text]:
    """Return nothing: the map where there are no pictures."""
    return ()


class Request(NamedTuple):
    """
    What the command line and the configuration ask for; ``None`` is still to be asked.

    *always* are cautions added to every answer. *gated* is whether to wait at each
    point; ``None`` decides by *finished*, the finished sessions by routine id. *note*,
    *known* (from the journal) and a map are shown with the plan. *short* asks the
    questions in their short form.
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
    finished: Mapping[str, int] = MappingProxyType({})
    known: str = ""
    short: bool = False
    map_of: MapOf = no_map

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


class AgreedPlan(NamedTuple):
    """The plan, whether to wait at each point, the pain now (0-10) and a note on it."""

    plan: Plan
    gated: bool
    pain: int | None = None
    remark: str = ""

    @property
    def timeline(self) -> Timeline:
        """Every second of the session."""
        return lay_out(self.plan, gated=self.gated)


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
        self,
        page: Page,
        prompt: str,
        allowed: Sequence[str],
        *,
        again: bool = False,
        aside: Aside | None = None,
    ) -> str | None:
        """
        Show *page* and return the next key in *allowed*; ``None`` at end of input.

        With *again* the page is on the screen already, and typed-ahead keys count.
        *aside* is shown where there is room.
        """

    def field(
        self,
        page: Page,
        prompt: str,
        typed: str,
        *,
        trouble: str = "",
        aside: Aside | None = None,
    ) -> str | None:
        """Edit the line *typed* below *page* until Enter; ``None`` if it is left."""


def agree(
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
        aside = partial(request.map_of, [step.point.code for step in made.steps])
        key = terminal.key(page, prompt, allowed, again=again, aside=aside)
        match key:
            case keys.ENTER:
                return AgreedPlan(made, gated, pain, remark)
            case str() if key in _DIGITS:
                ask = partial(terminal.field, page, aside=aside)
                if (typed := _pain_field(ask, key, partner=partner)) is None:
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
    ask: Callable[..., str | None], typed: str, *, partner: bool
) -> tuple[int | None, str] | None:
    """Return the pain and the note that *typed* begins, or ``None`` if it was left."""
    prompt = f"{_pain_now(partner=partner)}, then a note; Enter takes it, Esc does not"
    trouble = ""
    while line := ask(prompt, typed, trouble=trouble):
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
