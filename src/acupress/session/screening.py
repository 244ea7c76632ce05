"""
Which points are not for this person today, and why.

A session can only be planned from a ``Screened``, and only :func:`screen` makes
one. Whatever is not known to be all right is left out: a point without a bundled
``ok`` when the answer about pregnancy is *yes* or *unsure*, a point whose tags
meet a caution. A list in this file, which no data file can loosen, stands below
the levels in the catalogue. What replaces points left out for pregnancy goes
through the same screening.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum

from acupress.model import (
    GENTLE_HOLD,
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
    """Which list of warning signs fits, if one does."""

    NONE = "none"
    URGENT = "urgent"
    SEE_SOMEONE = "see-someone"


class Caution(Enum):
    """What a person can say about their body today."""

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


@dataclass(frozen=True, slots=True)
class Answers:
    """What was answered for this one run; nothing keeps it."""

    pregnancy: PregnancyAnswer
    cautions: frozenset[Caution] = frozenset()

    def __post_init__(self) -> None:
        """Refuse what only looks like an answer: it would be passed over."""
        strangers = [each for each in self.cautions if not isinstance(each, Caution)]
        if strangers or not isinstance(self.pregnancy, PregnancyAnswer):
            message = "answers are members of Expecting and Caution"
            raise TypeError(message)


@dataclass(frozen=True, slots=True)
class PointChoice:
    """Points left out for reasons of one's own; *only* empty keeps them all."""

    without: frozenset[str] = frozenset()
    only: frozenset[str] = frozenset()

    @property
    def elsewhere(self) -> PointChoice:
        """What of it holds in another routine: what *only* kept was of this one."""
        return PointChoice(without=self.without)


class Why(Enum):
    """The kinds of reason for leaving a point out."""

    NAMED = "named"
    EXTRA_CARE = "extra-care"
    CAUTION = "caution"
    WISH = "wish"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one point is left out; *caution* only when a caution is the reason."""

    why: Why
    caution: Caution | None = None


@dataclass(frozen=True, slots=True)
class KeptStep:
    """A step that stays; *gentle* names the cautions that make it light and short."""

    step: Step
    gentle: tuple[Caution, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A point that is not for this person today."""

    point: Point
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class _Seal:
    """What :func:`screen` has looked at; a copy with other contents has none."""

    kept: tuple[KeptStep, ...]
    runs: bool


@dataclass(frozen=True, slots=True)
class Screened:
    """
    A routine that has been through :func:`screen`; made nowhere else.

    What replaces points left out for pregnancy comes last in *kept*.
    """

    routine: Routine
    kept: tuple[KeptStep, ...]
    left_out: tuple[LeftOut, ...]
    runs: bool
    _seal: object = field(repr=False, compare=False)

    def __post_init__(self) -> None:
        """Refuse to exist unless :func:`screen` is the maker."""
        if self._seal != _Seal(self.kept, self.runs):
            message = "only screen() makes a Screened"
            raise TypeError(message)

    @property
    def maternity(self) -> bool:
        """Whether anything was left out for the answer about pregnancy."""
        return any(map(_for_pregnancy, self.left_out))


_MATERNITY = frozenset({Why.NAMED, Why.EXTRA_CARE})

# Source: the levels of data/README.md, section "Pregnancy". Data files and
# people's own files can only be stricter than this list.
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


@dataclass(frozen=True, slots=True)
class _Rule:
    """What one caution does; *gentle* ``None`` means every point that stays."""

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
    # Healing bone and tissue, and the clots that are commoner for weeks afterwards.
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
"""Seconds of pressing below which what is left is no session."""


def level(point: Point) -> PregnancyLevel:
    """
    Return how *point* stands in pregnancy: its own word, or what is stricter.

    Stricter are the floor, and that nobody's own word makes a point *ok*.
    """
    floor = PregnancyLevel.AVOID if point.code in FLOOR else PregnancyLevel.OK
    ours = (
        PregnancyLevel.OK if point.origin is Origin.BUNDLED else PregnancyLevel.CAUTION
    )
    return max(point.pregnancy, floor, ours, key=_STRICTNESS.__getitem__)


def screen(
    routine: Routine, answers: Answers, wish: PointChoice | None = None
) -> Screened:
    """
    Part *routine* into what stays and what is left out, with every reason.

    *wish* is applied first, so that what a person left out themselves does not
    count against the part of the routine that must remain (see :func:`_runs`).
    """
    wish = wish or PointChoice()
    kept, left_out = _parted(routine.steps, answers, wish)
    replacements: list[KeptStep] = []
    if any(map(_for_pregnancy, left_out)):
        known = {step.point.code for step in routine.steps}
        new = [each for each in routine.replacements if each.point.code not in known]
        replacements, _ = _parted(new, answers, wish)
    wanted = [step for step in routine.steps if not _unwanted(step, wish)]
    runs = _runs(kept, replacements, wanted, answers.pregnancy)
    staying = (*kept, *replacements)
    seal = _Seal(staying, runs)
    return Screened(routine, staying, tuple(left_out), runs, seal)


def runnable(
    routines: Iterable[Routine], answers: Answers, wish: PointChoice | None = None
) -> tuple[Routine, ...]:
    """
    Return those of *routines* that run with these answers and this wish.

    Unless the answer about pregnancy is *no*, the sets that are for no ache come first,
    because an ache may be a sign then; among them, and among the others, those that
    stay whole.
    """
    screened = [screen(each, answers, wish) for each in routines]
    running = [each for each in screened if each.runs]
    if answers.pregnancy is not PregnancyAnswer.NO:
        running.sort(key=_for_an_ache)
    return tuple(each.routine for each in running)


def _for_an_ache(screened: Screened) -> tuple[bool, bool]:
    ache = screened.routine.region is not Region.GENERAL
    return ache, bool(screened.left_out)


def skipped_by(steps: Iterable[Step]) -> tuple[Caution, ...]:
    """Return the cautions that would leave out at least one of *steps*."""
    every = tuple(steps)
    return tuple(
        caution for caution in Caution if any(_skips(caution, step) for step in every)
    )


def _parted(
    steps: Iterable[Step], answers: Answers, wish: PointChoice
) -> tuple[list[KeptStep], list[LeftOut]]:
    kept, left_out = [], []
    for step in steps:
        if reasons := tuple(_reasons(step, answers, wish)):
            left_out.append(LeftOut(step.point, reasons))
        else:
            kept.append(KeptStep(step, _gentle(step, answers.cautions)))
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
    kept: list[KeptStep],
    replacements: list[KeptStep],
    wanted: list[Step],
    pregnancy: PregnancyAnswer,
) -> bool:
    """
    Tell whether what is left is still worth calling a session.

    All that was wanted runs. Otherwise at least ``LEAST_PRESSING`` seconds must
    remain, counted as the cautions shorten them. With *yes* and *unsure* so must half
    of the pressing time, and with the replacements at least three points.
    """
    staying = len(kept) + len(replacements)
    if not staying:
        return False
    if len(kept) == len(wanted):
        return True
    if sum(map(_pressed, (*kept, *replacements))) < LEAST_PRESSING:
        return False
    if pregnancy is PregnancyAnswer.NO:
        return True
    half = 2 * _pressing(each.step for each in kept) >= _pressing(wanted)
    return staying >= _FEWEST_POINTS and half


def _pressed(kept: KeptStep) -> int:
    """Return the seconds of pressing that *kept* comes to, gentle holds cut short."""
    dose = kept.step.dose
    hold = min(dose.hold, GENTLE_HOLD) if kept.gentle else dose.hold
    return hold * len(dose.presses)


def _pressing(steps: Iterable[Step]) -> int:
    return sum(step.dose.pressing for step in steps)
