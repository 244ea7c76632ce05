"""
Planning: the steps that screening kept, with doses fitted to the time available.

A short time means fewer repetitions, then fewer steps; a caution, shorter and lighter
holds; a beginner, both. Side patterns never change, gaps only on request.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from acupress.errors import NotStartedError, WrongUseError
from acupress.model import (
    AS_WRITTEN,
    GENTLE_HOLD,
    LONGEST_ROUTINE,
    Dose,
    Point,
    Pressure,
    Routine,
    Step,
    Tempo,
)
from acupress.session.screening import LeftOut, PlannedStep, Screened

# Our own choices: the most that a beginner gets, and the fewest repetitions that are
# worth doing of holds of up to so many seconds (of longer ones, one).
_STARTER_HOLD = 30
_STARTER_REPETITIONS = 2
_SHORT_HOLD, _SHORT_LEAST = 10, 3
_MIDDLING_HOLD, _MIDDLING_LEAST = 30, 2
_FEWEST_STEPS = 2


class TooShortError(WrongUseError):
    """The minutes do not fit the shortest plan, which takes :attr:`shortest`."""

    def __init__(self, shortest: int) -> None:
        """Name the fewest whole minutes that fit."""
        unit = "minute" if shortest == 1 else "minutes"
        more = f"give --minutes {shortest} or more"
        super().__init__(f"{shortest} {unit} is the shortest: {more}")
        self.shortest = shortest


class NothingLeftError(NotStartedError):
    """Screening left too little of the routine to run."""


class Plan(NamedTuple):
    """
    The steps of a session in order, and what of the routine is not done.

    Screening has *left_out* points, a lack of time has *dropped* them.
    """

    routine: Routine
    steps: tuple[PlannedStep, ...]
    left_out: tuple[LeftOut, ...]
    dropped: tuple[Point, ...]

    @property
    def seconds(self) -> int:
        """The length of the session, gaps included, if no key is pressed."""
        return _total(self.steps)

    @property
    def pressing(self) -> int:
        """How many of those seconds are pressing."""
        return sum(step.step.dose.pressing for step in self.steps)


def plan(
    screened: Screened,
    minutes: int | None = None,
    *,
    starter: bool = False,
    tempo: Tempo = AS_WRITTEN,
) -> Plan:
    """
    Fit *screened* into *minutes*; ``None`` is as long as LONGEST_ROUTINE allows.

    *starter* caps holds and repetitions for a beginner; *tempo* overrides the gaps.

    Raises :class:`NothingLeftError` if it does not run, :class:`TooShortError` if
    *minutes* are too few, TypeError for anything but a ``Screened``.
    """
    if not isinstance(screened, Screened):
        message = "plan() takes what screen() returns"
        raise TypeError(message)
    if not screened.runs:
        message = f"too little of {screened.routine.id} is left to run"
        raise NothingLeftError(message)
    steps = [_planned(kept, tempo, starter=starter) for kept in screened.kept]
    seconds = LONGEST_ROUTINE if minutes is None else minutes * 60
    fitted = _fit(steps, min(seconds, LONGEST_ROUTINE))
    codes = {step.point.code for step in fitted}
    dropped = tuple(step.point for step in steps if step.point.code not in codes)
    return Plan(screened.routine, tuple(fitted), screened.left_out, dropped)


def whole_minutes(seconds: int) -> int:
    """Round up, so that the number shown always works as ``--minutes``."""
    return -(-seconds // 60)


def _planned(kept: PlannedStep, tempo: Tempo, *, starter: bool) -> PlannedStep:
    step = _with_gaps_of(tempo, kept.step)
    if starter:
        hold = min(step.dose.hold, _STARTER_HOLD)
        repetitions = min(step.dose.repetitions, _STARTER_REPETITIONS)
        step = step._replace(dose=Dose(step.dose.pattern, hold, repetitions))
    if kept.gentle:
        dose = step.dose._replace(hold=min(step.dose.hold, GENTLE_HOLD))
        step = step._replace(dose=dose, pressure=Pressure.LIGHT)
    return kept._replace(step=step)


def _with_gaps_of(tempo: Tempo, step: Step) -> Step:
    """Replace the gaps of *step* by those of *tempo*; a gap of 0 stays 0."""
    change = tempo.change_sides
    return step._replace(
        setup=tempo.get_ready or step.setup,
        switch=change if change and step.switch else step.switch,
        first_switch=change if change and step.first_switch else step.first_switch,
    )


def _fit(steps: list[PlannedStep], seconds: int) -> list[PlannedStep]:
    """
    Return *steps* cut to *seconds*: greedily, by repetitions before whole steps.

    A step is dropped, the highest rank first, only while the fewest repetitions of
    all are too long. Then the step with most repetitions to spare loses one at a time.
    """
    fitted = list(steps)
    fewest = min(_FEWEST_STEPS, len(steps))
    while (shortest := _total(map(_shortest, fitted))) > seconds:
        if len(fitted) == fewest:
            raise TooShortError(whole_minutes(shortest))
        fitted.remove(max(fitted, key=_rank))
    while _total(fitted) > seconds:
        most = max(fitted, key=lambda step: (_spare(step), _rank(step)))
        fewer = _with_repetitions(most, most.step.dose.repetitions - 1)
        fitted[fitted.index(most)] = fewer
    return fitted


def _shortest(step: PlannedStep) -> PlannedStep:
    return _with_repetitions(step, _least(step.step.dose))


def _least(dose: Dose) -> int:
    """Return the fewest repetitions per side that a short time may leave."""
    if dose.hold <= _SHORT_HOLD:
        return min(dose.repetitions, _SHORT_LEAST)
    least = _MIDDLING_LEAST if dose.hold <= _MIDDLING_HOLD else 1
    return min(dose.repetitions, least)


def _with_repetitions(step: PlannedStep, repetitions: int) -> PlannedStep:
    dose = step.step.dose._replace(repetitions=repetitions)
    return step._replace(step=step.step._replace(dose=dose))


def _spare(step: PlannedStep) -> int:
    return step.step.dose.repetitions - _least(step.step.dose)


def _rank(step: PlannedStep) -> int:
    return step.step.rank


def _total(steps: Iterable[PlannedStep]) -> int:
    return sum(step.step.seconds for step in steps)
