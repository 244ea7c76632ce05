"""
Guides a session: from the first question, or from answers given, to its record.

``acupress session`` imports this once nothing is missing on its command line.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import typer

from acupress.commands.options import GivenAnswers
from acupress.commands.resuming import Resuming, shaped
from acupress.config import PictureChoice, SoundChoice, load_config
from acupress.dialogue.closing import (
    Closing,
    Done,
    close,
    finished_sessions,
    past_sessions,
)
from acupress.dialogue.intake import converse, decide
from acupress.dialogue.plan_screen import AgreedPlan, Request, StopHereError
from acupress.dialogue.short_form import is_due
from acupress.errors import AcupressError, EndedBySignalError, NotStartedError
from acupress.exit import complain, die_of
from acupress.journal.remarks import beforehand
from acupress.journal.resume import SessionOptions
from acupress.model import Offer, Routine
from acupress.session.player import play
from acupress.session.playhead import Performance
from acupress.session.screening import PointChoice
from acupress.session.timeline import lay_out
from acupress.stage.presentation import Presentation, presentation
from acupress.terminal import keys
from acupress.terminal.printing import print_page
from acupress.terminal.system import both_ends
from acupress.text import plan_pages, safety
from acupress.text.layout import Line, Page, Tone

if TYPE_CHECKING:
    from acupress.stage.base import BaseStage
    from acupress.stage.hooks import Hooks
    from acupress.stage.inhibit import SleepInhibitor
    from acupress.terminal.device import Terminal


class Settings(NamedTuple):
    """
    What the command line says of a session; ``None`` leaves it to the preferences.

    *shape* is how long and at what pace, *pain* the pain now (0-10). With *keep* the
    journal may record it. *rate* is how many times faster it is rehearsed, if it is.
    """

    shape: SessionOptions
    sound: SoundChoice | None = None
    voice: bool | None = None
    picture: PictureChoice | None = None
    plain: bool | None = None
    pain: int | None = None
    keep: bool = True
    rate: int | None = None


def guide(
    wanted: Routine | Offer | None,
    routines: Sequence[Routine],
    wish: PointChoice,
    answers: GivenAnswers,
    settings: Settings,
) -> None:
    """
    Ask what is still open, and guide the session that follows, if one may.

    Without a terminal *wanted* is a routine, and all *answers* were given.
    """
    config = load_config()
    terminal = both_ends() or not isinstance(wanted, Routine)
    plain = config.plain if settings.plain is None else settings.plain
    shown = presentation(
        settings.rate,
        None if plain or not terminal else settings.picture or config.picture,
        settings.sound or config.sound,
        speaking=config.voice if settings.voice is None else settings.voice,
        config=config,
    )
    rehearsal = settings.rate is not None
    keep = config.journal and settings.keep and not rehearsal
    past = past_sessions() if keep else ()
    resuming = Resuming(
        settings.shape, _now, keep, chosen=bool(wish.without or wish.only)
    )
    request = Request(
        *answers,
        wish=wish,
        minutes=None,
        starter=False,
        gated=None,
        pain=settings.pain,
        always=config.cautions,
        note=shown.note,
        finished=finished_sessions(past),
        known=beforehand(past, _now().date()),
        short=is_due(past, _now()),
    )
    request = shaped(request, settings.shape, rehearse=rehearsal)
    if terminal:
        _at_a_terminal(request, wanted, routines, shown, resuming)
    elif isinstance(wanted, Routine):
        _in_a_pipe(request, wanted, routines, shown, resuming)


def _at_a_terminal(
    request: Request,
    wanted: Routine | Offer | None,
    routines: Sequence[Routine],
    shown: Presentation,
    resuming: Resuming,
) -> None:
    """
    Run the questions and the session, restore the terminal and print the result.

    If questions were asked, nothing that reveals an answer is printed.
    """
    from acupress.terminal.device import Terminal  # noqa: PLC0415 - loads Rich

    asked = _command(wanted) if request.asks else None
    with Terminal(full=shown.picture is not None) as terminal:
        try:
            request = request._replace(map_of=shown.map_at(terminal))
            request, wanted = resuming.offered(terminal, request, wanted, routines)
            agreed = converse(terminal, request, wanted, routines)
        except (StopHereError, AcupressError, EndedBySignalError) as stop:
            ending: _Ending | Exception = _read(terminal, stop) if asked else stop
        else:
            stage_on = partial(shown.at_terminal, terminal)
            ending = _run(stage_on, agreed, shown, resuming, _Asked(terminal, asked))
    match ending:
        case _Ending():
            _end(ending)
        case StopHereError() if asked:
            raise typer.Exit(complain(safety.NOTHING_STARTED, ending.code))
        case StopHereError():
            _stop(ending)
        case error:
            if asked and isinstance(error, EndedBySignalError):
                complain(safety.NOTHING_STARTED, 0)
            raise error


def _command(wanted: Routine | Offer | None) -> str:
    name = f" {wanted.id}" if isinstance(wanted, Routine) else ""
    return f"acupress session{name}"


def _read(terminal: Terminal, stop: Exception) -> Exception:
    """
    Show why nothing starts on the alternate screen, until a key is pressed.

    Return the exception to end with, without the reason, which is not printed.
    """
    match stop:
        case StopHereError():
            page, code = stop.page, stop.code
        case NotStartedError():
            left = str(stop) == safety.NOT_ANSWERED
            page = () if left else (Line(f"{stop}", Tone.WARNING),)
            code = stop.exit_code
        case _:
            return stop
    try:
        if page:
            terminal.key(page, "Enter or q closes this page", [keys.ENTER, "q"])
    except EndedBySignalError as ended:
        return ended
    return StopHereError((), code)


def _in_a_pipe(
    request: Request,
    routine: Routine,
    routines: Sequence[Routine],
    shown: Presentation,
    resuming: Resuming,
) -> None:
    """Run in line mode; raises NotStartedError unless options answer every question."""
    try:
        agreed, before = decide(request, routine, routines)
    except StopHereError as stop:
        _stop(stop)
        return
    print_page((*before, *plan_pages.plan_page(agreed.plan, lay_out(agreed.plan))))
    for note in filter(None, (request.note, request.known)):
        print(f"acupress: {note}", file=sys.stderr)
    from acupress.terminal.system import keyboard as system_keyboard  # noqa: PLC0415

    with system_keyboard(None, lambda: None) as keyboard:
        stage_on = partial(shown.in_pipe, keyboard)
        ending = _run(stage_on, agreed, shown, resuming, _Asked())
    _end(ending)


class _Asked(NamedTuple):
    """Who is asked for the pain after, and the command that asked before, if any."""

    asker: Terminal | None = None
    command: str | None = None


class _Ending(NamedTuple):
    """How to end: with what could not be done, and hooks that may still be running."""

    closing: Closing
    untold: Page = ()
    hooks: Hooks | None = None
    rehearsal: bool = False


def _run(
    stage_on: Callable[[SleepInhibitor], BaseStage],
    agreed: AgreedPlan,
    shown: Presentation,
    resuming: Resuming,
    asked: _Asked,
) -> _Ending:
    """Run the session from its first second to its record."""
    from acupress.stage.inhibit import SleepInhibitor  # noqa: PLC0415

    started, rehearsal = _now(), shown.rate is not None
    with SleepInhibitor() as inhibitor:
        stage = stage_on(inhibitor)
        performance = _play(stage, agreed, shown.rate or 1, resuming)
        troubles = [*stage.announcer.troubles]
        if not rehearsal:  # hands are busy only in a session
            troubles += filter(None, [inhibitor.complaint()])
    done = Done(performance, started, agreed, resuming.kept, asked.command)
    closing = close(done, stage.keyboard, None if rehearsal else asked.asker)
    return _Ending(closing, tuple(map(Line, troubles)), stage.hooks, rehearsal)


def _play(
    stage: BaseStage, agreed: AgreedPlan, speed: int, resuming: Resuming
) -> Performance:
    try:
        with resuming.writer(agreed) as writer:
            seen = writer.see if writer else None
            performance = play(agreed.timeline, stage, speed=speed, seen=seen)
        stage.close()
    except BaseException:
        stage.stop()
        stage.hooks.end(stage.now())
        stage.hooks.finish(stage.keyboard.read)
        raise
    return performance


def _now() -> datetime:
    """Return the local time, timezone-aware."""
    return datetime.now(UTC).astimezone()


def _end(ending: _Ending) -> None:
    """
    Print the closing page, and see the hooks to their end.

    Then raise, or exit by the signal that ended the session.
    """
    closing = ending.closing
    rehearsed = safety.REHEARSED if ending.rehearsal else ()
    print_page((*closing.page, *ending.untold, *rehearsed))
    hooks = ending.hooks
    if hooks and hooks.hooks and (troubles := _finished(hooks)):
        print_page(troubles)
    if closing.signal is None:
        if closing.trouble:
            raise closing.trouble
        if closing.gone:
            raise typer.Exit(NotStartedError.exit_code)
        return
    if closing.trouble:
        print(f"acupress: {closing.trouble}", file=sys.stderr, flush=True)
    sys.stdout.flush()
    die_of(closing.signal)


def _finished(hooks: Hooks) -> Page:
    """Wait for *hooks*, for seconds at most; return which failed."""
    from acupress.terminal.system import keyboard as system_keyboard  # noqa: PLC0415

    sys.stdout.flush()
    with system_keyboard(None, lambda: None) as keyboard:
        return tuple(map(Line, hooks.finish(keyboard.read)))


def _stop(stop: StopHereError) -> None:
    print_page(stop.page, sys.stderr)
    raise typer.Exit(stop.code)
