"""
Safety screening: which points are left out for this person today, and why.

Only :func:`screen` makes a ``Screened``, and only that can be planned. It fails
closed: where the answer about pregnancy is *yes* or *unsure*, only points with a
bundled level of ``ok`` stay; a point with a tag that a caution skips is left out.
``FLOOR`` is in the code so that no data file can loosen it.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Any, NamedTuple, Self

from acupress.model import (
    GENTLE_HOLD,
    LONGEST_HOLD,
    LONGEST_PUBLISHED_HOLD,
    Origin,
    Point,
    PregnancyLevel,
    Region,
    Routine,
    Step,
    Tag,
    Tier,
)


class PregnancyAnswer(Enum):
    """The answer to *could you be pregnant?*; there is no default."""

    NO = "no"
    YES = "yes"
    UNSURE = "unsure"


class WarningSigns(Enum):
    """Which list of warning signs applies, if any."""

    NONE = "none"
    URGENT = "urgent"
    SEE_SOMEONE = "see-someone"


class Caution(Enum):
    """Conditions of the body that a person can name."""

    THINNERS = "thinners"
    CLOT = "clot"
    VEINS = "veins"
    BONES = "bones"
    SURGERY = "surgery"
    HIP = "hip"
    KIDNEYS = "kidneys"
    ABDOMEN = "abdomen"
    MEAL = "meal"
    NECK = "neck"
    FAINT = "faint"
    DEVICE = "device"
    NUMB = "numb"


class _Answers(NamedTuple):
    pregnancy: PregnancyAnswer
    cautions: frozenset[Caution]


class Answers(_Answers):
    """The answers for this one run; never stored."""

    __slots__ = ()

    def __new__(
        cls, pregnancy: PregnancyAnswer, cautions: frozenset[Caution] = frozenset()
    ) -> Self:
        """Raise TypeError for strings and the like: no rule would match them."""
        members = all(isinstance(each, Caution) for each in cautions)
        if not (members and isinstance(pregnancy, PregnancyAnswer)):
            message = "answers are members of PregnancyAnswer and Caution"
            raise TypeError(message)
        return super().__new__(cls, pregnancy, cautions)

    @classmethod
    def _make(cls, iterable: Iterable[Any]) -> Self:  # type: ignore[override]
        """Check what ``_replace`` makes as well."""
        return cls(*iterable)


class PointChoice(NamedTuple):
    """
    The points, by code, that a person leaves out; an empty *only* keeps all.

    *since* is the point that a resumed session goes on from: what comes before it in
    the routine is done.
    """

    without: frozenset[str] = frozenset()
    only: frozenset[str] = frozenset()
    since: str = ""

    @property
    def elsewhere(self) -> PointChoice:
        """The part that applies to another routine: the rest is about this one."""
        return PointChoice(without=self.without)


class Why(Enum):
    """The kinds of reason for leaving a point out."""

    NAMED = "named"
    EXTRA_CARE = "extra-care"
    CAUTION = "caution"
    WISH = "wish"


class Reason(NamedTuple):
    """Why one point is left out; *caution* only when a caution is the reason."""

    why: Why
    caution: Caution | None = None


class PlannedStep(NamedTuple):
    """A step that stays; *gentle* are the cautions that make it light and short."""

    step: Step
    gentle: tuple[Caution, ...]

    @property
    def point(self) -> Point:
        """The point that is pressed."""
        return self.step.point

    @property
    def longest_hold(self) -> int:
        """The most seconds that a hold of this step may be lengthened to."""
        if self.gentle:
            return GENTLE_HOLD
        return LONGEST_PUBLISHED_HOLD if self.step.published_hold else LONGEST_HOLD


class LeftOut(NamedTuple):
    """A point that is left out, with every reason."""

    point: Point
    reasons: tuple[Reason, ...]


class _Seal(NamedTuple):
    """The contents that :func:`screen` approved, to detect a changed copy."""

    kept: tuple[PlannedStep, ...]
    runs: bool


class _Screened(NamedTuple):
    routine: Routine
    kept: tuple[PlannedStep, ...]
    left_out: tuple[LeftOut, ...]
    runs: bool
    seal: object


class Screened(_Screened):
    """
    The result of :func:`screen`; *runs* is whether enough is left for a session.

    Replacements for points left out for pregnancy come last in *kept*.
    """

    __slots__ = ()

    def __new__(
        cls,
        routine: Routine,
        kept: tuple[PlannedStep, ...],
        left_out: tuple[LeftOut, ...],
        runs: bool,  # noqa: FBT001 - a field of the tuple
        seal: object,
    ) -> Self:
        """Raise TypeError unless :func:`screen` made exactly this."""
        if not isinstance(seal, _Seal) or seal != _Seal(kept, runs):
            message = "only screen() makes a Screened"
            raise TypeError(message)
        return super().__new__(cls, routine, kept, left_out, runs, seal)

    @classmethod
    def _make(cls, iterable: Iterable[Any]) -> Self:  # type: ignore[override]
        """Check what ``_replace`` makes as well."""
        return cls(*iterable)

    @property
    def maternity(self) -> bool:
        """Whether anything was left out because of pregnancy."""
        return any(map(_for_pregnancy, self.left_out))


_MATERNITY = frozenset({Why.NAMED, Why.EXTRA_CARE})

# Points that are always AVOID; data files can only be stricter. Source: the levels
# of data/README.md, section "Pregnancy".
FLOOR = frozenset(
    f"{meridian}{number}"
    for meridian, numbers in {
        "BL": (23, *range(25, 35), 52, 53, 54, 60, 67),
        "CV": (3, 4, 5, 6, 7, 12),
        "GB": (21,),
        "GV": (3, 4),
        "LI": (4,),
        "LU": (7,),
        "SP": (1, 2, 6, 10, 15),
        "ST": (12, 25),
    }.items()
    for number in numbers
)

_STRICTNESS = {PregnancyLevel.OK: 0, PregnancyLevel.CAUTION: 1, PregnancyLevel.AVOID: 2}


class _Rule(NamedTuple):
    """
    What one caution does to a routine.

    Steps with a tag of *skip* are left out, those with a tag of *gentle* get light and
    short; *gentle* ``None`` is every step that stays.
    """

    skip: frozenset[Tag] = frozenset()
    gentle: frozenset[Tag] | None = frozenset()
    skip_ball: bool = False
    skip_standing: bool = False
    skip_prone: bool = False


_RULES = {
    Caution.THINNERS: _Rule(
        frozenset({Tag.ABDOMEN, Tag.NECK}), gentle=None, skip_ball=True
    ),
    Caution.CLOT: _Rule(frozenset({Tag.LEG_VEINS, Tag.KNEE_HOLLOW})),
    Caution.VEINS: _Rule(frozenset({Tag.KNEE_HOLLOW}), frozenset({Tag.LEG_VEINS})),
    Caution.BONES: _Rule(
        frozenset({Tag.BONE, Tag.SPINE_MIDLINE, Tag.KIDNEY_AREA}),
        gentle=None,
        skip_ball=True,
    ),
    # Bone and tissue heal, and clots are more frequent for weeks afterwards.
    Caution.SURGERY: _Rule(
        frozenset(
            {
                Tag.BONE,
                Tag.SPINE_MIDLINE,
                Tag.KIDNEY_AREA,
                Tag.HIP,
                Tag.LEG_VEINS,
                Tag.KNEE_HOLLOW,
            }
        ),
        skip_ball=True,
    ),
    Caution.HIP: _Rule(frozenset({Tag.HIP}), skip_ball=True),
    Caution.KIDNEYS: _Rule(frozenset({Tag.KIDNEY_AREA})),
    # An aneurysm of the belly often goes with one behind the knee.
    Caution.ABDOMEN: _Rule(frozenset({Tag.ABDOMEN, Tag.KNEE_HOLLOW}), skip_prone=True),
    Caution.MEAL: _Rule(frozenset({Tag.ABDOMEN})),
    Caution.NECK: _Rule(frozenset({Tag.NECK})),
    Caution.FAINT: _Rule(gentle=None, skip_standing=True),
    Caution.DEVICE: _Rule(frozenset({Tag.CHEST_DEVICE})),
    Caution.NUMB: _Rule(frozenset({Tag.STRONG_NERVE}), gentle=None, skip_ball=True),
}

_FEWEST_POINTS = 3

LEAST_PRESSING = 120
"""The fewest seconds of pressing that a cut routine must keep to run."""


def level(point: Point) -> PregnancyLevel:
    """
    Return the effective level of *point*: the strictest of three.

    They are its own, the floor's, and CAUTION for a point from a person's own file.
    """
    floor = PregnancyLevel.AVOID if point.code in FLOOR else PregnancyLevel.OK
    bundled = point.origin is Origin.BUNDLED
    trusted = PregnancyLevel.OK if bundled else PregnancyLevel.CAUTION
    return max(point.pregnancy, floor, trusted, key=_STRICTNESS.__getitem__)


def screen(
    routine: Routine, answers: Answers, wish: PointChoice | None = None
) -> Screened:
    """
    Divide *routine* into steps that stay and points left out, with every reason.

    The replacements for pregnancy are screened alike. Points left out by *wish* do
    not count against the part that must remain (see :func:`_runs`). Whether it runs is
    decided of the whole routine, also where a session only goes on with the rest.
    """
    wish = wish or PointChoice()
    kept, left_out = _divide(routine.steps, answers, wish)
    replacements: list[PlannedStep] = []
    if any(map(_for_pregnancy, left_out)):
        known = {step.point.code for step in routine.steps}
        new = [each for each in routine.replacements if each.point.code not in known]
        replacements, _ = _divide(new, answers, wish)
    wanted = [step for step in routine.steps if not _unwanted(step, wish)]
    runs = _runs(kept, replacements, wanted, answers.pregnancy)
    staying = to_come((*kept, *replacements), routine, wish.since)
    seal = _Seal(staying, runs)
    return Screened(routine, staying, tuple(left_out), runs, seal)


def to_come(
    steps: tuple[PlannedStep, ...], routine: Routine, since: str
) -> tuple[PlannedStep, ...]:
    """
    Return those of *steps* that do not come before *since* in *routine*.

    Replacements come after every step. Where none is to come, or *since* is no point of
    the routine, all of them are returned: a session cannot go on with nothing.
    """
    codes = [step.point.code for step in routine.steps]
    done = {*codes[: codes.index(since)]} if since in codes else set()
    return tuple(step for step in steps if step.point.code not in done) or steps


def runnable(
    routines: Iterable[Routine], answers: Answers, wish: PointChoice | None = None
) -> tuple[Routine, ...]:
    """
    Return those of *routines* that run with *answers* and *wish*, in order of offer.

    Unless the answer about pregnancy is *no*, general routines come before those for
    an ache, which may be a warning sign then, and in each group the complete ones.
    """
    screened = [screen(each, answers, wish) for each in routines]
    running = [each for each in screened if each.runs]
    if answers.pregnancy is not PregnancyAnswer.NO:
        running.sort(key=_maternity_order)
    return tuple(each.routine for each in running)


def _maternity_order(screened: Screened) -> tuple[bool, bool]:
    ache = screened.routine.region is not Region.GENERAL
    return ache, bool(screened.left_out)


def skipped_by(steps: Iterable[Step]) -> tuple[Caution, ...]:
    """Return the cautions that would leave out at least one of *steps*."""
    every = tuple(steps)
    return tuple(
        caution for caution in Caution if any(_skips(caution, step) for step in every)
    )


def bearing_on(routine: Routine) -> tuple[Caution, ...]:
    """
    Return the cautions that change anything of *routine*: all others do nothing to it.

    They skip or make gentle at least one of its steps or replacements.
    """
    every = (*routine.steps, *routine.replacements)
    return tuple(
        caution
        for caution in Caution
        if any(
            _skips(caution, step) or _softens(_RULES[caution], step.point)
            for step in every
        )
    )


def _divide(
    steps: Iterable[Step], answers: Answers, wish: PointChoice
) -> tuple[list[PlannedStep], list[LeftOut]]:
    kept, left_out = [], []
    for step in steps:
        if reasons := tuple(_reasons(step, answers, wish)):
            left_out.append(LeftOut(step.point, reasons))
        else:
            kept.append(PlannedStep(step, _gentle(step, answers.cautions)))
    return kept, left_out


def _for_pregnancy(out: LeftOut) -> bool:
    return any(reason.why in _MATERNITY for reason in out.reasons)


def _reasons(step: Step, answers: Answers, wish: PointChoice) -> Iterable[Reason]:
    if answers.pregnancy is not PregnancyAnswer.NO and not _known_ok(step.point):
        named = step.point.pregnancy_tier is Tier.NAMED
        yield Reason(Why.NAMED if named else Why.EXTRA_CARE)
    for caution in Caution:
        if caution in answers.cautions and _skips(caution, step):
            yield Reason(Why.CAUTION, caution)
    if _unwanted(step, wish):
        yield Reason(Why.WISH)


def _known_ok(point: Point) -> bool:
    return level(point) is PregnancyLevel.OK


def _skips(caution: Caution, step: Step) -> bool:
    rule = _RULES[caution]
    return (
        not rule.skip.isdisjoint(step.point.cautions)
        or (rule.skip_ball and step.ball)
        or (rule.skip_standing and step.standing)
        or (rule.skip_prone and step.prone)
    )


def _gentle(step: Step, cautions: frozenset[Caution]) -> tuple[Caution, ...]:
    return tuple(
        caution
        for caution in Caution
        if caution in cautions and _softens(_RULES[caution], step.point)
    )


def _softens(rule: _Rule, point: Point) -> bool:
    return rule.gentle is None or not rule.gentle.isdisjoint(point.cautions)


def _unwanted(step: Step, wish: PointChoice) -> bool:
    code = step.point.code
    return code in wish.without or (bool(wish.only) and code not in wish.only)


def _runs(
    kept: list[PlannedStep],
    replacements: list[PlannedStep],
    wanted: list[Step],
    pregnancy: PregnancyAnswer,
) -> bool:
    """
    Tell whether enough is left for a session.

    All steps *wanted* are always enough. Otherwise ``LEAST_PRESSING`` seconds must
    remain, as shortened by cautions; unless *pregnancy* is *no*, also half of the
    pressing time wanted, and three points, replacements included.
    """
    staying = len(kept) + len(replacements)
    if not staying:
        return False
    if len(kept) == len(wanted):
        return True
    if sum(map(_shortened_pressing, (*kept, *replacements))) < LEAST_PRESSING:
        return False
    if pregnancy is PregnancyAnswer.NO:
        return True
    half = 2 * _pressing(each.step for each in kept) >= _pressing(wanted)
    return staying >= _FEWEST_POINTS and half


def _shortened_pressing(kept: PlannedStep) -> int:
    """Return the seconds of pressing of *kept*, with gentle holds cut short."""
    dose = kept.step.dose
    hold = min(dose.hold, GENTLE_HOLD) if kept.gentle else dose.hold
    return hold * len(dose.presses)


def _pressing(steps: Iterable[Step]) -> int:
    return sum(step.dose.pressing for step in steps)
