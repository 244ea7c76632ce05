"""``acupress plan ROUTINE``: prints or saves a session without starting it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from acupress.catalogue.loading import load_routines
from acupress.commands import options
from acupress.commands.choosing import chosen, wished
from acupress.config import load_config, tempo_of
from acupress.errors import NotStartedError, WrongUseError
from acupress.model import Point, Routine, Side, Tempo
from acupress.session.planning import Plan, TooShortError, plan
from acupress.session.screening import (
    Answers,
    PointChoice,
    PregnancyAnswer,
    Screened,
    WarningSigns,
    runnable,
    screen,
)
from acupress.session.timeline import lay_out
from acupress.terminal.paging import paging
from acupress.terminal.printing import print_page, print_rows, width
from acupress.text.layout import Line, Page
from acupress.text.plan_pages import emptied_page, plan_page, screened_page
from acupress.text.routine_pages import instead_page, others_page
from acupress.text.safety import URGENT_REMINDER, maternity, signpost

if TYPE_CHECKING:
    from acupress.page.outcomes import MakePlan
    from acupress.page.sessionpage import Drawn


def run(  # noqa: PLR0913 - an option each
    name: options.Name = None,
    *,
    minutes: options.Minutes = None,
    without: options.Without = None,
    only: options.Only = None,
    starter: options.Starter = False,
    get_ready: options.GetReady = None,
    change_sides: options.ChangeSides = None,
    save: Annotated[
        Path | None,
        typer.Option(metavar="FILE.html", help="Save it as a sheet to print."),
    ] = None,
    play: Annotated[
        bool,
        typer.Option("--play", help="Save a page that asks and plays it, on a phone."),
    ] = False,
    no_pager: options.NoPager = False,
    as_json: options.Json = False,
    pregnancy: options.PregnancyOption = None,
    warning_signs: options.SignsOption = None,
    cautions: options.Cautions = None,
) -> None:
    """Print a session step by step, with what is left out and why; start nothing."""
    routines = load_routines()
    routine = chosen(" ".join(name or ()), routines, "plan")
    wish = wished(without, only, routine)
    if save and as_json:
        message = "--save and --json exclude each other: give one"
        raise WrongUseError(message)
    tempo = tempo_of(get_ready, change_sides)
    if play:
        if pregnancy or warning_signs or cautions:
            message = "--play asks whoever opens the page: give it no answers"
            raise WrongUseError(message)
        make = partial(_fitted, minutes=minutes, starter=starter, tempo=tempo)
        save_page(routine, make, wish, save)
        return
    _stop_at(options.single_value(warning_signs, "--warning-signs"), as_json=as_json)
    answer, cautioned = (
        options.single_value(pregnancy, "--pregnancy"),
        options.cautions_in(cautions),
    )
    expecting, remark = (answer, ()) if answer else _ask(partner=routine.partner)
    usual = load_config().cautions
    answers = Answers(expecting, usual | (cautioned or frozenset()))
    screened = screen(routine, answers, wish)
    if not screened.runs:
        instead = runnable(routines, answers, wish.elsewhere)
        _print_nothing(screened, answers, instead, remark, as_json=as_json)
        raise typer.Exit(NotStartedError.exit_code)
    planned = plan(screened, minutes, starter=starter, tempo=tempo)
    timeline = lay_out(planned)
    if save is not None:
        _save(planned, save)
        return
    if as_json:
        from acupress.text.documents import plan_document, written  # noqa: PLC0415

        print(written(plan_document(planned, timeline)))
        return
    with paging(allowed=not no_pager):
        signs = maternity(expecting)
        gap = (Line(),) if signs else ()
        print_page((*remark, *signs, *gap, *plan_page(planned, timeline)))
        if sys.stdout.isatty():
            _print_map([planned_step.point.code for planned_step in planned.steps])


def _stop_at(signs: WarningSigns | None, *, as_json: bool) -> None:
    """
    Print where to turn with *signs*, and exit as a session does, if there are any.

    Nothing is asked here: a plan starts nothing.
    """
    if signs is None or signs is WarningSigns.NONE:
        return
    print_page(signpost(signs), sys.stderr if as_json else sys.stdout)
    raise typer.Exit(NotStartedError.exit_code)


def _print_map(codes: list[str]) -> None:
    """Print where the steps are, by their numbers."""
    from acupress.terminal.pictures import pictures  # noqa: PLC0415 - lazy import
    from acupress.terminal.render import picture_rows  # noqa: PLC0415

    drawn = pictures(load_config().picture).routine_map(codes, width())
    if drawn:
        legend = "  ".join(f"{number} {code}" for number, code in drawn.legend)
        print_rows(["", *picture_rows(drawn.rows)])
        print_page((Line(legend),))


def _fitted(
    screened: Screened, *, minutes: int | None, starter: bool, tempo: Tempo
) -> Plan:
    """Return the plan within *minutes*, or the shortest if these are too few for it."""
    try:
        return plan(screened, minutes, starter=starter, tempo=tempo)
    except TooShortError as least:
        return plan(screened, least.shortest, starter=starter, tempo=tempo)


def save_page(
    routine: Routine, make: MakePlan, wish: PointChoice, path: Path | None
) -> None:
    """
    Save a page that asks the questions, and plays the plan of the answers.

    *make* is called with what each set of answers leaves of *routine*.
    """
    from acupress.page.sessionpage import Wanted, session_page  # noqa: PLC0415
    from acupress.paths import bundled  # noqa: PLC0415

    if path is None:
        message = "--play makes a page: say where with --save FILE.html"
        raise WrongUseError(message)
    folder = bundled() / "sounds"
    sounds = {each.stem: each.read_bytes() for each in sorted(folder.glob("*.wav"))}
    wanted = Wanted(make, load_config().cautions, wish, _today())
    _write(path, lambda: session_page(routine, wanted, _drawn, sounds), "to play it")


def _drawn(point: Point) -> Drawn:
    """Return the picture of *point*, with what is said under it for either side."""
    from acupress.page.sessionpage import Drawn  # noqa: PLC0415
    from acupress.terminal.pictures import drawing, figures  # noqa: PLC0415

    if not figures().figure_for(point.code):
        return Drawn("", "", "")
    left, right = (
        figures().scene(point.code, side).caption for side in (Side.LEFT, Side.RIGHT)
    )
    return Drawn(drawing(point), left, right)


def _save(planned: Plan, path: Path) -> None:
    from acupress.page.sheet import sheet  # noqa: PLC0415 - lazy import
    from acupress.terminal.pictures import drawing  # noqa: PLC0415

    _write(path, lambda: sheet(planned, drawing, _today()), "to print it")


def _write(path: Path, content: Callable[[], str], use: str) -> None:
    from acupress.files import display_path, expanded, save_new  # noqa: PLC0415

    if path.suffix.lower() != ".html":
        message = "--save saves a sheet or a page: give it a name that ends in .html"
        raise WrongUseError(message)
    path = expanded(path)
    save_new(path, content())
    print(f"saved {display_path(path)}: open it in a browser {use}")


def _today() -> date:
    return datetime.now(UTC).astimezone().date()


def _ask(*, partner: bool) -> tuple[PregnancyAnswer, Page]:
    """Ask at the terminal; raises NotStartedError if there is none."""
    from acupress.terminal.system import both_ends  # noqa: PLC0415

    if not both_ends():
        message = "without a terminal nothing is asked: add --pregnancy no|yes|unsure"
        raise NotStartedError(message)
    from acupress.dialogue.questions import ask_pregnancy  # noqa: PLC0415
    from acupress.terminal.device import Terminal  # noqa: PLC0415

    with Terminal(full=True) as terminal:
        return ask_pregnancy(terminal, partner=partner)


def _print_nothing(
    screened: Screened,
    answers: Answers,
    instead: tuple[Routine, ...],
    remark: Page,
    *,
    as_json: bool,
) -> None:
    if as_json:
        from acupress.text.documents import nothing_document, written  # noqa: PLC0415

        print(written(nothing_document(screened, instead)))
    elif screened.maternity:
        offer = instead_page(instead, numbered=False)
        page = screened_page(screened, answers.pregnancy, offer)
        print_page((*remark, *page, Line(), *URGENT_REMINDER))
    else:
        offer = others_page(instead, numbered=False)
        print_page((*emptied_page(screened), *offer))
