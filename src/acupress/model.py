"""
The nouns: points, routines and the closed sets of words they are told in.

All values are frozen and are made from the files in ``data/`` and a person's own.
Times are whole seconds. The values of the enums are the words used in YAML, in JSON
and on the command line alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

# The limits are our own, inside what the article and the trials used; where each
# comes from is told in data/README.md, section "Limits".
LONGEST_HOLD = 120
"""Seconds that any hold may last."""

LONGEST_PUBLISHED_HOLD = 180
"""Seconds that a hold may last where a bundled routine names who published it."""

GENTLE_HOLD = 30
"""Seconds that a hold may last where a caution makes a point gentle."""

LONGEST_SIDE = 180
"""Seconds of pressing that one side of a point may get in a session."""

LONGEST_ROUTINE = 1800
"""Seconds that a routine may last."""

NEVER_PRESSED = frozenset({"ST9", "ST10", "LI17", "LI18", "SI16", "SI17"})
"""Points over the carotid artery: told of, never taught, never pressed."""

ONLY_TOLD_OF = {
    **dict.fromkeys(("BL1", "ST1"), "The eye"),
    **dict.fromkeys(("CV22", "ST11"), "The windpipe"),
    **dict.fromkeys(("CV23", "TE16"), "The throat"),
    **dict.fromkeys(
        ("HT1", "LR10", "LR12", "SP11", "SP12", "ST12", "ST30"), "A large artery"
    ),
    **dict.fromkeys(("CV1", "GV1", "GV28"), "Thin, delicate skin"),
}
"""Points that are told of, never taught, and what lies there that nobody presses."""


class PregnancyLevel(Enum):
    """How a point stands in pregnancy; nothing is ever called safe."""

    OK = "ok"
    CAUTION = "caution"
    AVOID = "avoid"


class Tier(Enum):
    """How well known it is that a point is left out in pregnancy."""

    NAMED = "named"
    EXTRA_CARE = "extra-care"


class PointKind(Enum):
    """How much is told about a point."""

    TAUGHT = "taught"
    REFERENCE = "reference"


class Sides(Enum):
    """Where a point lies: once on each side, or once on the midline."""

    BOTH = "both"
    MIDDLE = "middle"


class Side(Enum):
    """What one press presses."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"
    MIDDLE = "middle"


class Pattern(Enum):
    """In which order the sides of a point are pressed."""

    MIDDLE = "middle"
    BOTH = "both"
    ALTERNATE = "alternate"
    ONE_THEN_OTHER = "one-then-other"


class Phase(Enum):
    """What a person does during a stretch of a session."""

    READY = "ready"
    PRESS = "press"
    REST = "rest"
    SWITCH = "switch"


class Reach(Enum):
    """Who can press a point: oneself, either, or only a partner."""

    SELF = "self"
    EITHER = "either"
    PARTNER = "partner"


class Pressure(Enum):
    """How firmly; there is no *hard*."""

    LIGHT = "light"
    MEDIUM = "medium"


class BreathDirection(Enum):
    """Which way the breath goes."""

    IN = "in"
    OUT = "out"


class Region(Enum):
    """The ache that a point or a routine is used for."""

    LOWER_BACK = "lower-back"
    UPPER_BACK = "upper-back"
    NECK = "neck"
    LEG = "leg"
    HEAD = "head"
    GENERAL = "general"


class Body(Enum):
    """The part of the body that a point lies on."""

    HEAD = "head"
    FACE = "face"
    NECK = "neck"
    SHOULDER = "shoulder"
    UPPER_ARM = "upper-arm"
    CHEST = "chest"
    BELLY = "belly"
    UPPER_BACK = "upper-back"
    LOWER_BACK = "lower-back"
    BUTTOCK = "buttock"
    FOREARM = "forearm"
    WRIST = "wrist"
    HAND = "hand"
    THIGH = "thigh"
    KNEE = "knee"
    LOWER_LEG = "lower-leg"
    ANKLE = "ankle"
    FOOT = "foot"


class Meridian(Enum):
    """The fourteen channels of the WHO nomenclature, and the extra points."""

    LU = "LU"
    LI = "LI"
    ST = "ST"
    SP = "SP"
    HT = "HT"
    SI = "SI"
    BL = "BL"
    KI = "KI"
    PC = "PC"
    TE = "TE"
    GB = "GB"
    LR = "LR"
    GV = "GV"
    CV = "CV"
    EX = "EX"


class Tag(Enum):
    """What lies under a point that a caution may be about."""

    ABDOMEN = "abdomen"
    LEG_VEINS = "leg-veins"
    KNEE_HOLLOW = "knee-hollow"
    NECK = "neck"
    SPINE_MIDLINE = "spine-midline"
    KIDNEY_AREA = "kidney-area"
    BONE = "bone"
    CHEST_DEVICE = "chest-device"
    STRONG_NERVE = "strong-nerve"
    HIP = "hip"


class Origin(Enum):
    """Who wrote a record; only bundled ones count when care is taken."""

    BUNDLED = "bundled"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Source:
    """Where something was read: a title and an address."""

    id: str
    title: str
    url: str
    good_for: str


@dataclass(frozen=True, slots=True)
class Citation:
    """What one source says, and which statements of a record rest on it."""

    source: Source
    supports: tuple[str, ...]
    says: str


@dataclass(frozen=True, slots=True)
class Dose:
    """How a point is pressed: *repetitions* are per side, *hold* in seconds."""

    pattern: Pattern
    hold: int
    repetitions: int

    @property
    def presses(self) -> tuple[tuple[Side, int], ...]:
        """Every press in order, as the side and its repetition from 1."""
        times = range(1, self.repetitions + 1)
        match self.pattern:
            case Pattern.MIDDLE:
                return tuple((Side.MIDDLE, time) for time in times)
            case Pattern.BOTH:
                return tuple((Side.BOTH, time) for time in times)
            case Pattern.ALTERNATE:
                return tuple((side, time) for time in times for side in _EACH)
            case Pattern.ONE_THEN_OTHER:
                return tuple((side, time) for side in _EACH for time in times)

    @property
    def pressing(self) -> int:
        """Seconds of pressing in all, gaps not counted."""
        return self.hold * len(self.presses)


# Left first, as in the published protocol that data/README.md names.
_EACH = (Side.LEFT, Side.RIGHT)


@dataclass(frozen=True, slots=True)
class Technique:
    """
    How to press a taught point, in words for the finger.

    *spoken* is where it lies, in a few words for the ear. *stop* is when to stop at
    this point, besides the rule for all of them. *find_partner* is how a helper finds
    it on somebody else, where that needs words of its own. *breath* is the way the
    breath goes as the pressure grows.
    """

    spoken: str
    hand: str
    press: str
    stop: str
    pressure: Pressure
    dose: Dose
    how_often: str
    find_partner: str = ""
    breath: BreathDirection = BreathDirection.IN


@dataclass(frozen=True, slots=True)
class Point:
    """One acupressure point; *technique* is ``None`` for a reference point."""

    code: str
    kind: PointKind
    name: str
    pinyin: str
    pinyin_toned: str
    hanzi: str
    aliases: tuple[str, ...]
    regions: tuple[Region, ...]
    body: Body
    traditional: tuple[str, ...]
    sides: Sides
    reach: Reach
    pregnancy: PregnancyLevel
    pregnancy_tier: Tier | None
    pregnancy_note: str
    cautions: tuple[Tag, ...]
    where: str
    find: str
    technique: Technique | None
    notes: tuple[str, ...]
    citations: tuple[Citation, ...]
    origin: Origin

    @property
    def meridian(self) -> Meridian:
        """The channel that the code begins with."""
        return Meridian(self.code[:2]) if self.code[:2] in _CODES else Meridian.EX

    @property
    def never_press(self) -> bool:
        """Whether nobody should press here; no file can say otherwise."""
        return self.code in NEVER_PRESSED


_CODES = frozenset(meridian.value for meridian in Meridian)


@dataclass(frozen=True, slots=True)
class Step:
    """
    One point of a routine, with its dose and its gaps in seconds.

    *rest* lies between holds on the same side, *switch* between sides, and
    *first_switch* replaces the first of them, for the way to another limb.
    *rank* 1 is kept longest when time is short. *published_hold* is the source of
    a hold that may be longer than our own. *standing* steps are not for people who
    faint easily, and *prone* ones, face down, not for a sore or operated belly.
    """

    point: Point
    dose: Dose
    setup: int
    rest: int
    switch: int
    first_switch: int
    rank: int
    pressure: Pressure
    posture: str
    hand: str
    ball: bool
    basis: str
    published_hold: Source | None
    standing: bool = False
    prone: bool = False

    @property
    def gaps(self) -> tuple[tuple[Phase, int], ...]:
        """What lies between one press and the next, in order, with its seconds."""
        sides = [side for side, _ in self.dose.presses]
        switches = iter((self.first_switch,))
        return tuple(
            (Phase.REST, self.rest)
            if before is after
            else (Phase.SWITCH, next(switches, self.switch))
            for before, after in pairwise(sides)
        )

    @property
    def seconds(self) -> int:
        """How long the step takes: setting up, pressing and the gaps between."""
        return self.setup + self.dose.pressing + sum(gap for _, gap in self.gaps)


@dataclass(frozen=True, slots=True)
class Tempo:
    """
    How many seconds a person wants the gaps to last; ``None`` as the routine says.

    *change_sides* is every change of sides, also the first.
    """

    get_ready: int | None = None
    change_sides: int | None = None


AS_WRITTEN = Tempo()
"""The gaps of the routine."""


@dataclass(frozen=True, slots=True)
class Routine:
    """
    A row of steps for one ache; a partner's is worded to the helper.

    *replacements* follow the steps that stay when pregnancy has left some out.
    """

    id: str
    title: str
    about: str
    region: Region
    order: int
    partner: bool
    evidence: str
    how_often: str
    steps: tuple[Step, ...]
    replacements: tuple[Step, ...]
    citations: tuple[Citation, ...]
    origin: Origin
