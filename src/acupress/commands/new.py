"""``acupress new``: makes a routine of one's own, by questions or from options."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Annotated

import typer

from acupress.catalogue.loading import (
    bundled_routines,
    load_index,
    load_points,
    load_routines,
    load_words,
    read_routine_text,
)
from acupress.catalogue.ownroutines import (
    own_routine,
    own_step,
    own_text,
    title_fault,
)
from acupress.commands import completion, options
from acupress.commands.ownroutines import at_terminal, file_of, free_id, keep
from acupress.dialogue.composing import (
    Found,
    Given,
    Tools,
    compose,
    refusal,
    title_for,
)
from acupress.errors import NotStartedError, StorageError, WrongUseError, quoted
from acupress.lookup import resolve
from acupress.lookup.search import find
from acupress.model import Dose, Point, Region, Routine, Step
from acupress.terminal.printing import print_page
from acupress.terminal.system import both_ends
from acupress.text import words
from acupress.text.composing_pages import preview_page
from acupress.text.layout import Line

_MOST_OFFERED = 9
_MOST_COMPLETED = 8

_NO_TERMINAL = (
    "without a terminal nothing is asked; write `acupress new --ache neck "
    "--points GB20,TE3`, with your own"
)


def run(
    *,
    ache: Annotated[
        Region | None,
        typer.Option(
            metavar="|".join(each.value for each in Region), help="What it is for."
        ),
    ] = None,
    points: Annotated[
        str | None,
        typer.Option(
            metavar="POINT,...",
            autocompletion=completion.point_list,
            help="Its points, each with its own dose; then nothing is asked.",
        ),
    ] = None,
    title: Annotated[
        str | None, typer.Option(metavar="TITLE", help="What it is called.")
    ] = None,
    partner: Annotated[
        bool, typer.Option("--partner", help="Somebody else presses.")
    ] = False,
    plain: options.Plain = None,
) -> None:
    """Make a routine of your own: points, doses, order and title; write its file."""
    # These raise before any question what would end it after the last one.
    load_routines()
    file_of("routine")
    if title is not None and (why := title_fault(title)):
        raise WrongUseError(f"--title: {why}")
    if points is not None:
        if ache is None:
            message = "--points says which points: say what for with --ache"
            raise WrongUseError(message)
        routine = _from_options(points, ache, title, partner=partner)
        print_page((*preview_page(routine), Line()))
    elif not both_ends():
        raise NotStartedError(_NO_TERMINAL)
    else:
        given = Given(ache, title, partner)
        talk = partial(compose, tools=tools(partner=partner), given=given)
        routine = at_terminal(talk, plain=plain)
    text = own_text(routine, bundled_routines())
    try:
        keep(routine, text.encode("utf-8"))
    except StorageError:
        print(text, end="")  # or all that was typed would be lost
        raise


def tools(*, partner: bool) -> Tools:
    """Return what the questions need of the catalogue and of a person's own files."""
    return Tools(_look, _completed, _step, _maker(partner=partner))


def _from_options(
    typed: str, region: Region, title: str | None, *, partner: bool
) -> Routine:
    """Return a routine of the points *typed*, each as its own file presses it."""
    steps = []
    for part in typed.split(","):
        outcome = resolve.resolve(part, load_index())
        if not isinstance(outcome, resolve.Found):
            raise WrongUseError(f"--points: {resolve.sentence(outcome)}")
        if why := refusal(outcome.point, partner=partner):
            raise WrongUseError(f"--points: {why}")
        steps.append(_step(outcome.point))
    made = _maker(partner=partner)
    try:
        return made(title_for(region) if title is None else title, region, steps)
    except ValueError as error:
        raise WrongUseError(f"--points: {error}") from None


def _look(typed: str) -> Found:
    """Return the point *typed*, or those that a search of it finds."""
    outcome = resolve.resolve(typed, load_index())
    match outcome:
        case resolve.Found(point):
            return Found((point,), exact=True)
        case resolve.Unknown(told=""):
            found = find(typed, load_index().points, load_words())
        case _:
            raise ValueError(resolve.sentence(outcome))
    taught = tuple(each for each in found if each.technique)[:_MOST_OFFERED]
    if taught:
        return Found(taught, exact=False)
    message = f"Nothing fits {quoted(typed)}: try a part of the body, or fewer words."
    if found:
        message = f"Only points without a dose fit {quoted(typed)}: none can be used."
    raise ValueError(message)


def _completed(typed: str) -> tuple[str, str]:
    """Return *typed* as far as all names go on that begin with it, and their points."""
    fits: dict[str, Point] = {}
    for point in load_points().values():
        for name in (point.code, point.pinyin, point.name):
            if point.technique and name.lower().startswith(typed.lower()):
                fits[name] = point
    if not typed or not fits:
        return typed, "Type how a point begins." if fits else "No point begins so."
    first, last = (end(name.lower() for name in fits) for end in (min, max))
    differ = (
        at for at, pair in enumerate(zip(first, last, strict=False)) if len({*pair}) > 1
    )
    shared = next(differ, len(first))
    named = list(dict.fromkeys(map(words.name_of, fits.values())))
    more = len(named) - _MOST_COMPLETED
    listed = ", ".join(named[:_MOST_COMPLETED])
    whole = next(iter(fits))[:shared]
    return whole, f"{listed} and {more} more" if more > 0 else listed


def _step(point: Point, dose: Dose | None = None) -> Step:
    given = {} if dose is None else dose._asdict()
    return own_step(point, bundled_routines(), **given)


def _maker(*, partner: bool) -> Callable[[str, Region, Sequence[Step]], Routine]:
    """Return a function that makes a routine, or raises ValueError."""

    def made(title: str, region: Region, steps: Sequence[Step]) -> Routine:
        ranked = (step._replace(rank=rank) for rank, step in enumerate(steps, 1))
        values = {"id": free_id(title), "title": title, "region": region}
        routine = own_routine(tuple(ranked), **values, partner=partner)
        text = own_text(routine, bundled_routines()).encode("utf-8")
        found, faults = read_routine_text(text, "routine", own=True)
        if found is None:
            raise ValueError(faults[0].message)
        return found

    return made
