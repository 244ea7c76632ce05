"""``acupress session``: asks the questions, shows the plan, runs the session."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from acupress.catalogue.loading import load_routines
from acupress.commands import options
from acupress.commands.choosing import NoRoutineError, chosen, wished
from acupress.commands.resuming import Resuming, shaped
from acupress.config import load_config
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
from acupress.errors import (
    AcupressError,
    EndedBySignalError,
    NotStartedError,
    WrongUseError,
    printable,
)
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

_REHEARSAL_SPEED = 10


def run(  # noqa: PLR0913 - an option each
    name: options.Name = None,
    *,
    minutes: options.Minutes = None,
    without: options.Without = None,
    only: options.Only = None,
    starter: options.Starter = False,
    wait: Annotated[
        bool | None,
        typer.Option("--wait/--no-wait", help="Wait for Enter before each point."),
    ] = None,
    get_ready: options.GetReady = None,
    change_sides: options.ChangeSides = None,
    sound: options.SoundOption = None,
    voice: options.Speaking = None,
    picture: options.PictureOption = None,
    plain: Annotated[
        bool | None,
        typer.Option(
            "--plain/--no-plain", help="A line for each change, as for a screen reader."
        ),
    ] = None,
    pain: Annotated[
        int | None,
        typer.Option(
            parser=options.whole_number(0, 10),
            metavar="NUMBER",
            help="Your pain right now, 0 to 10: 10 is the worst you can imagine.",
        ),
    ] = None,
    no_journal: Annotated[
        bool, typer.Option("--no-journal", help="Keep nothing of this session.")
    ] = False,
    rehearse: Annotated[
        bool,
        typer.Option(
            "--rehearse", help="Play it ten times faster, to see it; nothing is kept."
        ),
    ] = False,
    speed: Annotated[
        int | None,
        typer.Option(
            parser=options.whole_number(1, 100),
            metavar="NUMBER",
            help="With --rehearse: so many times faster, 1 to 100.",
        ),
    ] = None,
    pregnancy: options.PregnancyOption = None,
    warning_signs: options.SignsOption = None,
    cautions: options.Cautions = None,
) -> None:
    """
    Ask three questions, show the plan, and guide the timed session.

    Without a name it asks what to do. While it runs, ? shows the keys, q stops.
    """
    if speed is not None and not rehearse:
        message = "--speed goes with --rehearse only: add --rehearse to it"
        raise WrongUseError(message)
    routines = load_routines()
    typed = " ".join(name or ())
    may_ask = both_ends() and not (without or only)
    wanted = _wanted(typed, routines, may_ask=may_ask)
    routine = wanted if isinstance(wanted, Routine) else None
    wish = wished(without, only, routine) if routine else PointChoice()
    config = load_config()
    terminal = routine is None or both_ends()
    lines = not terminal or (config.plain if plain is None else plain)
    shown = presentation(
        (speed or _REHEARSAL_SPEED) if rehearse else None,
        None if lines else picture or config.picture,
        sound or config.sound,
        speaking=config.voice if voice is None else voice,
        config=config,
    )
    keep = config.journal and not (no_journal or rehearse)
    past = past_sessions() if keep else ()
    given = SessionOptions(minutes, starter or None, wait, get_ready, change_sides)
    resuming = Resuming(given, _now, keep, chosen=bool(without or only))
    request = Request(
        pregnancy=options.single_value(pregnancy, "--pregnancy"),
        signs=options.single_value(warning_signs, "--warning-signs"),
        cautions=options.cautions_in(cautions),
        wish=wish,
        minutes=None,
        starter=False,
        gated=None,
        pain=pain,
        always=config.cautions,
        note=shown.note,
        finished=finished_sessions(past),
        known=beforehand(past, _now().date()),
        short=is_due(past, _now()),
    )
    request = shaped(request, given, rehearse=rehearse)
    if routine is None or terminal:
        _at_a_terminal(request, wanted, routines, shown, resuming)
    else:
        _in_a_pipe(request, routine, routines, shown, resuming)


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


def _wanted(
    typed: str, routines: Sequence[Routine], *, may_ask: bool
) -> Routine | Offer | None:
    """Return the routine *typed*, or what is still to be asked if that is possible."""
    if not typed and may_ask:
        return None
    try:
        return chosen(typed, routines)
    except NoRoutineError as missing:
        if may_ask and missing.offer.routines:
            return missing.offer
        raise


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
    if None in (request.pregnancy, request.signs, request.cautions):
        raise NotStartedError(_answers_missing(request))
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


_CHOICES = {
    "--pregnancy": "no|yes|unsure",
    "--warning-signs": "none|urgent|see-someone",
    "--cautions": "none|KEY,...",
}


def _answers_missing(request: Request) -> str:
    """Return the error with the command as typed, and blanks for missing answers."""
    given = (request.pregnancy, request.signs, request.cautions)
    missing = [
        key for key, answer in zip(_CHOICES, given, strict=True) if answer is None
    ]
    blanks = " ".join(f"{option} ___" for option in missing)
    values = ", ".join(f"{option} {_CHOICES[option]}" for option in missing)
    typed = printable(shlex.join(sys.argv[1:]))
    return (
        "without a terminal nothing is asked; fill the blanks in "
        f"`acupress {typed} {blanks}` ({values})"
    )
