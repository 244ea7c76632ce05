"""
The domain model: points, routines and their enums, as frozen values.

They are read from ``data/`` and from the user's own files. Times are whole seconds.
The enum values are the words used in YAML, in JSON and on the command line.
"""

from __future__ import annotations

from enum import Enum
from itertools import pairwise
from typing import NamedTuple

# The limits are our own, within what the published trials used; data/README.md,
# section "Limits", has the source of each.
LONGEST_HOLD = 120
"""The most seconds of a hold, with the exceptions below."""

LONGEST_PUBLISHED_HOLD = 180
"""The most seconds of a hold for which a bundled routine cites a publication."""

GENTLE_HOLD = 30
"""The most seconds of a hold that a caution makes gentle."""

LONGEST_SIDE = 180
"""The most seconds of pressing on one side of a point in a session."""

LONGEST_ROUTINE = 1800
"""The most seconds of a routine."""

NEVER_PRESSED = frozenset({"ST9", "ST10", "LI17", "LI18", "SI16", "SI17"})
"""Points over the carotid artery: described as reference points, never taught."""

ONLY_TOLD_OF = {
    **dict.fromkeys(("BL1", "ST1"), "The eye"),
    **dict.fromkeys(("CV22", "ST11"), "The windpipe"),
    **dict.fromkeys(("CV23", "TE16"), "The throat"),
    **dict.fromkeys(
        ("HT1", "LR10", "LR12", "SP11", "SP12", "ST12", "ST30"), "A large artery"
    ),
    **dict.fromkeys(("CV1", "GV1", "GV28"), "Thin, delicate skin"),
}
"""Other reference points that are never taught, with what lies there."""


class PregnancyLevel(Enum):
    """How to treat a point in pregnancy; none is ever called safe."""

    OK = "ok"
    CAUTION = "caution"
    AVOID = "avoid"


class Tier(Enum):
    """Why a point is left out in pregnancy: sources name it, or as our extra care."""

    NAMED = "named"
    EXTRA_CARE = "extra-care"


class PointKind(Enum):
    """Whether a point is taught, or only described."""

    TAUGHT = "taught"
    REFERENCE = "reference"


class Sides(Enum):
    """Where a point lies: once on each side, or once on the midline."""

    BOTH = "both"
    MIDDLE = "middle"


class Side(Enum):
    """The side of one press."""

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
    """What a person does during a segment of a session."""

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
    """How firmly to press; *hard* is left out on purpose."""

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


class Purpose(Enum):
    """What a person comes to a routine for."""

    ACHE = "ache"
    SLEEP = "sleep"
    QUEASINESS = "queasiness"


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
    """A property of a point's place that a caution may apply to."""

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
    """Where a record is from; in safety decisions only BUNDLED is trusted."""

    BUNDLED = "bundled"
    OWN = "own"


class Source(NamedTuple):
    """A publication, and the kind of statement it is *good_for*."""

    id: str
    title: str
    url: str
    good_for: str


class Citation(NamedTuple):
    """What one source says, and the keys of the record that it supports."""

    source: Source
    supports: tuple[str, ...]
    says: str


class Dose(NamedTuple):
    """How long and how often a point is pressed; *repetitions* are per side."""

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
                return tuple(
                    (side, time) for time in times for side in _LEFT_THEN_RIGHT
                )
            case Pattern.ONE_THEN_OTHER:
                return tuple(
                    (side, time) for side in _LEFT_THEN_RIGHT for time in times
                )

    @property
    def pressing(self) -> int:
        """The total seconds of pressing, without gaps."""
        return self.hold * len(self.presses)


# Left first, as in the published protocol that data/README.md names.
_LEFT_THEN_RIGHT = (Side.LEFT, Side.RIGHT)


class Technique(NamedTuple):
    """
    How to press a taught point.

    *spoken* is its place in a few words, for the voice. *stop* is when to stop at this
    point, in addition to the general rule. *find_partner* is how to find it on
    somebody else, if that differs. *breath* is the direction to press in on.
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


class Point(NamedTuple):
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
        """The channel in the code; EX for extra points."""
        return _MERIDIANS.get(self.code[:2], Meridian.EX)

    @property
    def never_press(self) -> bool:
        """Whether the point must not be pressed; no data file can override it."""
        return self.code in NEVER_PRESSED


_MERIDIANS = {meridian.value: meridian for meridian in Meridian}


class Step(NamedTuple):
    """
    One point of a routine, with its dose and its gaps in seconds.

    *rest* is between holds on the same side, *switch* between sides, *first_switch*
    instead of the first switch, to reach another limb. When time is short, the highest
    *rank* is dropped first. *published_hold* is the source of a hold longer than
    LONGEST_HOLD. Cautions may skip *standing* steps, and *prone* ones (face down).
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
    basis: str
    published_hold: Source | None
    ball: bool = False
    standing: bool = False
    prone: bool = False

    @property
    def gaps(self) -> tuple[tuple[Phase, int], ...]:
        """The gaps between presses, in order: REST or SWITCH, and its seconds."""
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
        """The length of the step: setup, pressing and gaps."""
        return self.setup + self.dose.pressing + sum(gap for _, gap in self.gaps)


class Tempo(NamedTuple):
    """
    The seconds of the gaps that the user prefers; ``None`` keeps the routine's.

    *get_ready* replaces the setup, *change_sides* every switch, the first included.
    """

    get_ready: int | None = None
    change_sides: int | None = None


AS_WRITTEN = Tempo()
"""The tempo that changes nothing."""


class Routine(NamedTuple):
    """
    A sequence of steps for one ache; a *partner* routine addresses the helper.

    *replacements* are added at the end if any step is left out for pregnancy.
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
    purpose: Purpose = Purpose.ACHE


class Ache(NamedTuple):
    """
    What people call an ache, and the ids of the routines that serve, if any.

    *says* is a sentence on why there are none, or why these; *source* is its basis.
    """

    called: tuple[str, ...]
    routines: tuple[str, ...]
    says: str = ""
    source: Source | None = None


class Offer(NamedTuple):
    """
    The routines that serve for what was typed, which is the name of none of them.

    *says* is a sentence on that, or empty. Which is meant is asked, never guessed.
    """

    says: str
    routines: tuple[Routine, ...]
