"""``acupress session``: the three questions, the plan, and then the session."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

import typer

from acupress import pages
from acupress.commands import options
from acupress.commands.choosing import chosen, load_points, load_routines, wished
from acupress.commands.conversation import (
    Agreed,
    Request,
    StopHereError,
    converse,
    decide,
)
from acupress.commands.printing import print_page
from acupress.commands.recording import Closing, close
from acupress.errors import AcupressError, NotStartedError, WrongUseError
from acupress.keys import Keyboard, die_of
from acupress.model import Routine
from acupress.player import Stage, play
from acupress.playhead import Performance
from acupress.screening import Caution, Wish
from acupress.stage import Lines, Screen
from acupress.terminal import EndedBySignalError, Terminal, both_ends
from acupress.timeline import lay_out

_REHEARSAL_SPEED = 10


@dataclass(frozen=True, slots=True)
class Way:
    """
    How a session is played, and whether it is kept.

    *rate* is a rehearsal's speed, ``None`` for a session itself.
    """

    rate: int | None
    full: bool
    journal: bool


def run(  # noqa: PLR0913 - an option each
    name: options.Name = None,
    *,
    pregnancy: options.Pregnancy = None,
    warning_signs: options.WarningSigns = None,
    cautions: options.Cautions = None,
    minutes: options.Minutes = None,
    without: options.Without = None,
    only: options.Only = None,
    starter: options.Starter = False,
    wait: Annotated[
        bool, typer.Option("--wait/--no-wait", help="Wait for Enter at each point.")
    ] = False,
    plain: Annotated[
        bool, typer.Option("--plain", help="One line for each change, no redrawing.")
    ] = False,
    pain: Annotated[
        int | None,
        typer.Option(
            parser=options.whole_number(0, 10),
            help="The pain right now, 0 for none, 10 for the worst imaginable.",
        ),
    ] = None,
    no_journal: Annotated[
        bool, typer.Option("--no-journal", help="Keep nothing of this session.")
    ] = False,
    rehearse: Annotated[
        bool, typer.Option("--rehearse", help="Play it ten times faster, to see it.")
    ] = False,
    speed: Annotated[
        int | None,
        typer.Option(
            parser=options.whole_number(1, 100), help="How much faster to rehearse."
        ),
    ] = None,
) -> None:
    """Ask three questions, show the plan, and guide the timed session."""
    if speed is not None and not rehearse:
        message = "--speed goes with --rehearse only"
        raise WrongUseError(message)
    points = load_points()
    routines = load_routines(points)
    typed = " ".join(name or ())
    to_ask = not typed and both_ends() and not (without or only)
    routine = None if to_ask else chosen(typed, routines, points)
    wish = wished(without, only, routine, points) if routine else Wish()
    request = Request(
        pregnancy, warning_signs, cautions, wish, minutes, starter, wait, pain
    )
    rate = (speed or _REHEARSAL_SPEED) if rehearse else None
    way = Way(rate, full=not plain, journal=not (no_journal or rehearse))
    if routine is None or both_ends():
        _at_a_terminal(request, routine, routines, way)
    else:
        _in_a_pipe(request, routine, routines, way)


def _at_a_terminal(
    request: Request,
    routine: Routine | None,
    routines: Sequence[Routine],
    way: Way,
) -> None:
    """Hold the conversation and the session; then, tidied up, say how it went."""
    with Terminal(full=way.full) as terminal:
        try:
            agreed = converse(terminal, request, routine, routines)
            started = _now()
            done = _perform(terminal, agreed, way.rate)
            asker = terminal if way.rate is None else None
            ending: Closing | Exception = close(
                done, started, agreed.pain, terminal.keyboard, asker, way.journal
            )
        except (StopHereError, AcupressError, EndedBySignalError) as stop:
            ending = stop
    match ending:
        case Closing():
            _end(ending)
        case StopHereError():
            _stop(ending)
        case EndedBySignalError():
            die_of(ending.number)
        case error:
            raise error


def _in_a_pipe(
    request: Request, routine: Routine, routines: Sequence[Routine], way: Way
) -> None:
    """Run in line mode, where every question has been answered by its option."""
    if None in (request.pregnancy, request.signs, request.cautions):
        raise NotStartedError(_whole_command(request, routine))
    try:
        agreed, before = decide(request, routine, routines)
    except StopHereError as stop:
        _stop(stop)
        return
    print_page((*before, *pages.plan_page(agreed.plan, lay_out(agreed.plan))))
    with Keyboard(None, tidy=lambda: None) as keyboard:
        stage = Lines(keyboard, keyboard.suspend)
        started = _now()
        done = _play(stage, agreed, way.rate)
        ending = close(done, started, agreed.pain, keyboard, None, way.journal)
    _end(ending)


def _perform(terminal: Terminal, agreed: Agreed, rate: int | None) -> Performance:
    stage: Stage
    if terminal.full:
        stage = Screen(terminal, rehearsal=rate is not None)
    else:
        stage = Lines(terminal.keyboard, terminal.suspend)
    return _play(stage, agreed, rate)


def _play(stage: Stage, agreed: Agreed, rate: int | None) -> Performance:
    if rate is not None and isinstance(stage, Lines):
        print(f"REHEARSAL, {rate} times faster than the session itself", flush=True)
    timeline = lay_out(agreed.plan)
    return play(timeline, stage, speed=rate or 1, gated=agreed.gated)


def _now() -> datetime:
    """Return the time on the wall, with its offset from UTC."""
    return datetime.now(UTC).astimezone()


def _end(closing: Closing) -> None:
    """Say what was done; a session ended by a signal then dies of it."""
    print_page(closing.page)
    if closing.signal is None:
        if closing.trouble:
            raise closing.trouble
        return
    if closing.trouble:
        print(f"acupress: {closing.trouble}", file=sys.stderr, flush=True)
    sys.stdout.flush()
    die_of(closing.signal)


def _stop(stop: StopHereError) -> None:
    print_page(stop.page, sys.stderr)
    raise typer.Exit(stop.code)


_CHOICES = {
    "--pregnancy": "no|yes|unsure",
    "--warning-signs": "none|urgent|see-someone",
    "--cautions": "none|KEY,...",
}


def _whole_command(request: Request, routine: Routine) -> str:
    """Return the command to paste, with what is missing as blanks."""
    given = {
        "--pregnancy": request.pregnancy and request.pregnancy.value,
        "--warning-signs": request.signs and request.signs.value,
        "--cautions": _spelt(request.cautions),
    }
    options = " ".join(f"{option} {given[option] or '___'}" for option in _CHOICES)
    blanks = (f"{key} {words}" for key, words in _CHOICES.items() if not given[key])
    return (
        "without a terminal nothing is asked; fill the blanks in "
        f"`acupress session {routine.id} {options}` ({', '.join(blanks)})"
    )


def _spelt(cautions: frozenset[Caution] | None) -> str | None:
    if cautions is None:
        return None
    return ",".join(sorted(each.value for each in cautions)) or "none"
