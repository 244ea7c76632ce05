"""``acupress session``: asks the questions, shows the plan, runs the session."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from acupress.catalogue.loading import load_routines
from acupress.commands import options
from acupress.commands.choosing import NoRoutineError, chosen, wished
from acupress.commands.options import GivenAnswers
from acupress.config import load_config
from acupress.errors import NotStartedError, WrongUseError, printable
from acupress.model import Offer, Routine
from acupress.session.screening import PointChoice
from acupress.terminal.system import both_ends

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
    answers = GivenAnswers(
        options.single_value(pregnancy, "--pregnancy"),
        options.single_value(warning_signs, "--warning-signs"),
        options.cautions_in(cautions),
    )
    load_config()  # so that a fault in it is told before anything is missing
    if routine and not both_ends() and None in answers:
        raise NotStartedError(_answers_missing(answers))
    # Lazy import: three times as much again, and nothing was asked of it so far.
    from acupress.commands.guiding import Settings, guide  # noqa: PLC0415
    from acupress.journal.resume import SessionOptions  # noqa: PLC0415

    settings = Settings(
        SessionOptions(minutes, starter or None, wait, get_ready, change_sides),
        sound=sound,
        voice=voice,
        picture=picture,
        plain=plain,
        pain=pain,
        keep=not no_journal,
        rate=(speed or _REHEARSAL_SPEED) if rehearse else None,
    )
    guide(wanted, routines, wish, answers, settings)


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


_CHOICES = {
    "--pregnancy": "no|yes|unsure",
    "--warning-signs": "none|urgent|see-someone",
    "--cautions": "none|KEY,...",
}


def _answers_missing(given: GivenAnswers) -> str:
    """Return the error with the command as typed, and blanks for missing answers."""
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
