"""
What was typed, as a point or a routine of the catalogue.

Whatever does not name exactly one ends in a line that says what to type instead.
"""

from __future__ import annotations

from collections.abc import Sequence

from acupress.catalogue.loading import load_aches, load_index, load_routines, own_fault
from acupress.errors import FileError, WrongUseError, quoted, shortened
from acupress.exit import complain
from acupress.lookup.results import (
    Found,
    Outcome,
    Several,
    Unknown,
    codes,
    either,
    sentence,
)
from acupress.lookup.search import aches_like
from acupress.model import Body, Offer, Point, Reach, Region, Routine, Step, Technique
from acupress.session.screening import PointChoice
from acupress.text import safety, words

NOTHING = Offer("", ())
"""What is offered where no ache is named."""


def found(typed: str) -> Found:
    """Return the one point that *typed* names; raises WrongUseError otherwise."""
    outcome = _resolved(typed, complete=False)
    if isinstance(outcome, Found):
        return outcome
    if fault := own_fault():
        raise fault  # what was typed may be named there
    name = _id(typed)
    if name in {routine.id for routine in load_routines()}:
        message = f"{name} is a routine, not a point: write `acupress session {name}`"
        raise WrongUseError(f"{message}, or `acupress plan {name}` to read it first")
    outcome = _apart(typed, outcome)
    if isinstance(outcome, Unknown) and not outcome.told:
        if name in {body.value for body in Body}:
            message = f"{typed} is a part of the body, not a point"
            raise WrongUseError(f"{message}: write `acupress list --body {name}`")
        if (offer := serving(typed, load_routines())) != NOTHING:
            raise NoPointError(typed, offer)
    raise WrongUseError(sentence(outcome))


def warn_of_own_fault() -> None:
    """Say on standard error that a faulty file of one's own is left out."""
    if fault := own_fault():
        complain(f"{fault}; it is left out here", FileError.exit_code)


def codes_of(typed: str) -> tuple[str, ...]:
    """Return the codes of the points that *typed* may mean; none if it means none."""
    return codes(_resolved(typed))


class NoPointError(WrongUseError):
    """An ache was *typed* for a point; *offer* is what serves."""

    def __init__(self, typed: str, offer: Offer) -> None:
        """Say what is known of the ache, and where its points and sessions are."""
        commands = [f"`acupress session {each.id}`" for each in offer.routines]
        if commands:
            commands.insert(0, f"`acupress find {shortened(typed)}`")
        instead = f"write {either(commands)}" if commands else ""
        missing = f"no point called {quoted(typed)}"
        told = filter(None, (missing, _clause(offer.says), instead))
        super().__init__("; ".join(told))


def _clause(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:].rstrip(".")


class NoRoutineError(WrongUseError):
    """Nothing is called *typed*; *offer* is what to write after *command* instead."""

    def __init__(self, typed: str, what: str, command: str, offer: Offer) -> None:
        """Say what to write instead."""
        ids = [routine.id for routine in offer.routines]
        if len(ids) == 1:
            instead = f"write `acupress {command} {ids[0]}`"
        else:
            instead = f"did you mean {either(ids)}?" if ids else ""
        missing = f"no {what} called {quoted(typed)}"
        super().__init__(
            "; ".join(filter(None, (missing, _clause(offer.says), instead)))
        )
        self.offer = offer


def serving(typed: str, routines: Sequence[Routine]) -> Offer:
    """Return the *routines* for the ache that *typed* names, and what to say of it."""
    aches = aches_like(typed, load_aches(), routines)
    ids = {name for ache in aches for name in ache.routines}
    says = " ".join(ache.says for ache in aches if ache.says)
    return Offer(says, tuple(each for each in routines if each.id in ids))


def chosen(
    typed: str, routines: Sequence[Routine], command: str = "session"
) -> Routine:
    """
    Return the routine called *typed*, or the practice of a single point.

    Raises NoRoutineError where an ache is typed, and WrongUseError otherwise.
    """
    if not typed.strip():
        ids = ", ".join(routine.id for routine in routines)
        raise WrongUseError(f"which routine? write one of: {ids}")
    name = _id(typed)
    for routine in routines:
        if routine.id == name:
            return routine
    outcome = _resolved(typed)
    if isinstance(outcome, Found):
        return _practice(outcome.point, routines)
    outcome = _apart(typed, outcome)
    if isinstance(outcome, Unknown):
        offer = serving(typed, routines)
        if offer != NOTHING:
            raise NoRoutineError(typed, "routine or point", command, offer)
        if not outcome.suggestions:
            raise WrongUseError(_no_routine(typed, routines, "routine or point"))
    raise WrongUseError(sentence(outcome))


def named(typed: str, routines: Sequence[Routine]) -> Routine:
    """Return the routine called *typed*; raises WrongUseError."""
    for routine in routines:
        if routine.id == _id(typed):
            return routine
    offer = serving(typed, routines)
    if offer != NOTHING:
        raise NoRoutineError(typed, "routine", "routines", offer)
    raise WrongUseError(_no_routine(typed, routines, "routine"))


def wished(without: str | None, only: str | None, routine: Routine) -> PointChoice:
    """Return the wish that two options spell; raises WrongUseError."""
    wish = PointChoice(_codes(without, routine), _codes(only, routine))
    if both := sorted(wish.without & wish.only):
        message = f"--only and --without both name {', '.join(both)}: choose one"
        raise WrongUseError(message)
    return wish


def _practice(point: Point, routines: Sequence[Routine]) -> Routine:
    """
    Return a routine of *point* alone, as the first routine that has it.

    A hold that only that routine may have gives way to the point's own.
    """
    for routine in routines:
        for step in routine.steps:
            if step.point.code == point.code:
                return _alone(routine, step)
    if point.technique is None:
        message = f"{point.code} is in no session, it is only told of: "
        raise WrongUseError(f"{message}`acupress show {point.code}`")
    return _of_its_own(point, point.technique)


# Seconds for a point that no routine has: as in most steps of those that there are.
_SETUP, _REST, _SWITCH, _FIRST_SWITCH = 15, 10, 5, 10


def _of_its_own(point: Point, technique: Technique) -> Routine:
    """Return a routine of *point* alone, with the dose that its own file gives."""
    step = Step(
        point=point,
        dose=technique.dose,
        setup=_SETUP,
        rest=_REST,
        switch=_SWITCH,
        first_switch=_FIRST_SWITCH,
        rank=1,
        pressure=technique.pressure,
        posture=words.ANY_POSTURE,
        hand=technique.hand,
        ball=False,
        basis="the point's own dose",
        published_hold=None,
    )
    return Routine(
        id=point.code,
        title=words.name_of(point),
        about="One point alone.",
        region=point.regions[0] if point.regions else Region.GENERAL,
        order=1,
        partner=point.reach is Reach.PARTNER,
        evidence=safety.EVIDENCE,
        how_often=technique.how_often,
        steps=(step,),
        replacements=(),
        citations=(),
        origin=point.origin,
    )


def _alone(routine: Routine, step: Step) -> Routine:
    point = step.point
    if step.published_hold and point.technique:
        # Its one repetition may have had no gaps to write down.
        step = step._replace(
            dose=point.technique.dose,
            rest=step.rest or _REST,
            switch=step.switch or _SWITCH,
            first_switch=step.first_switch or _FIRST_SWITCH,
            published_hold=None,
        )
    return Routine(
        id=point.code,
        title=f"{point.code} {point.name}",
        about=f"One point alone, as in {routine.id}.",
        region=routine.region,
        order=routine.order,
        partner=routine.partner,
        evidence=routine.evidence,
        how_often=point.technique.how_often if point.technique else "",
        steps=(step,),
        replacements=(),
        citations=routine.citations,
        origin=routine.origin,
    )


def _resolved(typed: str, *, complete: bool = True) -> Outcome:
    from acupress.lookup.resolve import resolve  # noqa: PLC0415 - not for a routine

    return resolve(typed, load_index(complete=complete))


def _id(typed: str) -> str:
    return "-".join(typed.split()).lower()


def _apart(typed: str, outcome: Outcome) -> Outcome:
    """Return *outcome*, or the points that the words of *typed* name one by one."""
    words_ = typed.split()
    if not isinstance(outcome, Unknown) or len(words_) <= 1:
        return outcome
    listed = _resolved(", ".join(words_))
    return listed if isinstance(listed, Several) else outcome


def _no_routine(typed: str, routines: Sequence[Routine], what: str) -> str:
    ids = ", ".join(routine.id for routine in routines)
    return f"no {what} called {quoted(typed)}; the routines are {ids}"


def _codes(typed: str | None, routine: Routine) -> frozenset[str]:
    if typed is None:
        return frozenset()
    meant: set[str] = set()
    for part in typed.split(","):
        outcome = _resolved(part)
        if not isinstance(outcome, Found | Several):
            raise WrongUseError(sentence(outcome))
        meant.update(codes(outcome))
    known = (*routine.steps, *routine.replacements)
    strangers = meant - {step.point.code for step in known}
    if strangers:
        those = ", ".join(step.point.code for step in routine.steps)
        message = f"not in {routine.id}: {', '.join(sorted(strangers))}"
        raise WrongUseError(f"{message}; its points are {those}")
    return frozenset(meant)
