"""
What will be pressed: the steps that stay, with their doses fitted to the time.

The side patterns are those of the routine, and so are the pauses, unless a person
wants others. All else that changes are fewer repetitions or fewer steps when time is
short, shorter and lighter holds where a caution asks for it, and a gentler start for
beginners.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from acupress.errors import NotStartedError, WrongUseError
from acupress.model import (
    AS_WRITTEN,
    GENTLE_HOLD,
    LONGEST_HOLD,
    LONGEST_PUBLISHED_HOLD,
    LONGEST_ROUTINE,
    Dose,
    Point,
    Pressure,
    Routine,
    Step,
    Tempo,
)
from acupress.session.screening import Caution, KeptStep, LeftOut, Screened

_STARTER_HOLD = 30
_STARTER_REPETITIONS = 2
_SHORT_HOLD, _SHORT_LEAST = 10, 3
_MIDDLING_HOLD, _MIDDLING_LEAST = 30, 2
_FEWEST_STEPS = 2


class TooShortError(WrongUseError):
    """Fewer minutes than even the least takes; :attr:`shortest` are enough."""

    def __init__(self, shortest: int) -> None:
        """Take the fewest minutes that work."""
        unit = "minute" if shortest == 1 else "minutes"
        more = f"give --minutes {shortest} or more"
        super().__init__(f"{shortest} {unit} is the shortest: {more}")
        self.shortest = shortest


class NothingLeftError(NotStartedError):
    """Too little of the routine is left to be a session."""


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """A step as it will be done, and the cautions that made it gentle."""

    step: Step
    gentle: tuple[Caution, ...]

    @property
    def point(self) -> Point:
        """The point that is pressed."""
        return self.step.point

    @property
    def longest_hold(self) -> int:
        """Seconds beyond which no hold of this step may be lengthened."""
        if self.gentle:
            return GENTLE_HOLD
        return LONGEST_PUBLISHED_HOLD if self.step.published_hold else LONGEST_HOLD

    @property
    def least(self) -> int:
        """The repetitions below which this step would be a token."""
        dose = self.step.dose
        if dose.hold <= _SHORT_HOLD:
            return min(dose.repetitions, _SHORT_LEAST)
        return min(
            dose.repetitions, _MIDDLING_LEAST if dose.hold <= _MIDDLING_HOLD else 1
        )


@dataclass(frozen=True, slots=True)
class Plan:
    """A session on paper: what is done in which order, and what is not."""

    routine: Routine
    steps: tuple[PlannedStep, ...]
    left_out: tuple[LeftOut, ...]
    dropped: tuple[Point, ...]

    @property
    def seconds(self) -> int:
        """How long the session lasts if nobody touches a key."""
        return _total(self.steps)

    @property
    def pressing(self) -> int:
        """How many of those seconds are spent pressing."""
        return sum(step.step.dose.pressing for step in self.steps)


def plan(
    screened: Screened,
    minutes: int | None = None,
    *,
    starter: bool = False,
    tempo: Tempo = AS_WRITTEN,
) -> Plan:
    """
    Return what *screened* becomes within *minutes*, all of it if ``None``.

    The gaps are the routine's, unless *tempo* has others; even then it is never
    longer than a routine may be.

    Raises :class:`NothingLeftError` when too little is left to run, and
    :class:`TooShortError` when *minutes* are too few.
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
    staying = {step.point.code for step in fitted}
    dropped = tuple(step.point for step in steps if step.point.code not in staying)
    return Plan(screened.routine, tuple(fitted), screened.left_out, dropped)


def whole_minutes(seconds: int) -> int:
    """Round up, so that the number shown is always one that works."""
    return -(-seconds // 60)


def _planned(kept: KeptStep, tempo: Tempo, *, starter: bool) -> PlannedStep:
    step = _paced(kept.step, tempo)
    if starter:
        hold = min(step.dose.hold, _STARTER_HOLD)
        repetitions = min(step.dose.repetitions, _STARTER_REPETITIONS)
        step = replace(step, dose=Dose(step.dose.pattern, hold, repetitions))
    if kept.gentle:
        dose = replace(step.dose, hold=min(step.dose.hold, GENTLE_HOLD))
        step = replace(step, dose=dose, pressure=Pressure.LIGHT)
    return PlannedStep(step, kept.gentle)


def _paced(step: Step, tempo: Tempo) -> Step:
    """Return *step* with the gaps of *tempo*, where it has any such gap."""
    change = tempo.change_sides
    return replace(
        step,
        setup=tempo.get_ready or step.setup,
        switch=change if change and step.switch else step.switch,
        first_switch=change if change and step.first_switch else step.first_switch,
    )


def _fit(steps: list[PlannedStep], seconds: int) -> list[PlannedStep]:
    """Drop whole steps only while even the least of all is too much."""
    staying = list(steps)
    fewest = min(_FEWEST_STEPS, len(steps))
    while _total(map(_at_least, staying)) > seconds:
        if len(staying) == fewest:
            shortest = whole_minutes(_total(map(_at_least, staying)))
            raise TooShortError(shortest)
        staying.remove(max(staying, key=_rank))
    while _total(staying) > seconds:
        most = max(staying, key=lambda step: (_to_give(step), _rank(step)))
        staying[staying.index(most)] = _fewer(most)
    return staying


def _fewer(step: PlannedStep) -> PlannedStep:
    return _repeated(step, step.step.dose.repetitions - 1)


def _at_least(step: PlannedStep) -> PlannedStep:
    return _repeated(step, step.least)


def _repeated(step: PlannedStep, repetitions: int) -> PlannedStep:
    dose = replace(step.step.dose, repetitions=repetitions)
    return replace(step, step=replace(step.step, dose=dose))


def _to_give(step: PlannedStep) -> int:
    return step.step.dose.repetitions - step.least


def _rank(step: PlannedStep) -> int:
    return step.step.rank


def _total(steps: Iterable[PlannedStep]) -> int:
    return sum(step.step.seconds for step in steps)
