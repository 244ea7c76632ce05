"""What the shipped data says: the tables that decided it stand here once more."""

from __future__ import annotations

import ast
import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from pathlib import Path

import pytest

import acupress
from acupress.catalogue.bundled import (
    read_points,
    read_reference,
    read_routines,
    read_sources,
)
from acupress.catalogue.nodes import Node
from acupress.catalogue.reference import RESTS_ON, Basis
from acupress.catalogue.strictyaml import read_yaml
from acupress.lookup.resolve import Ambiguous, Found, codes, fold, index, resolve
from acupress.lookup.tables import COUNTS, SHARED_NAMES
from acupress.model import (
    LONGEST_HOLD,
    NEVER_PRESSED,
    ONLY_TOLD_OF,
    Body,
    BreathDirection,
    Dose,
    Pattern,
    Point,
    PointKind,
    PregnancyLevel,
    Pressure,
    Reach,
    Routine,
    Sides,
    Step,
    Tag,
    Tier,
)
from acupress.paths import bundled
from acupress.session.screening import (
    FLOOR,
    Answers,
    Caution,
    PregnancyAnswer,
    level,
    screen,
)
from acupress.text import safety
from support.catalogue import EVERY

DATA = bundled()
SOURCES = read_sources(DATA)
POINTS = read_points(DATA, SOURCES)
ROUTINES = read_routines(DATA, POINTS, SOURCES)
REFERENCE = read_reference(DATA, POINTS, SOURCES)
RECORDS: tuple[Point | Routine, ...] = (*EVERY.values(), *ROUTINES)
NAMES = index(POINTS.values())
ALL_NAMES = index(EVERY.values())
TAUGHT = {
    code: point for code, point in POINTS.items() if point.kind is PointKind.TAUGHT
}

with (Path(__file__).parent / "who361.csv").open(encoding="utf-8", newline="") as who:
    ALL_361 = {row["code"]: row for row in csv.DictReader(who)}

every_point = pytest.mark.parametrize("point", POINTS.values(), ids=POINTS)
every_routine = pytest.mark.parametrize(
    "routine", ROUTINES, ids=[routine.id for routine in ROUTINES]
)


def rows(table: str) -> list[list[str]]:
    """Return the cells of a table whose columns are parted by bars."""
    lines = [line for line in table.splitlines() if line.strip()]
    return [[cell.strip() for cell in line.split("|")] for line in lines]


# The decisions, each with where it was made

# The article's range and reviews name a point, or our extra care leaves it out.
LEVELS = """
CV6  | avoid   | named
BL23 | avoid   | extra-care
BL52 | avoid   | extra-care
GV4  | avoid   | extra-care
BL60 | avoid   | named
LR3  | caution | extra-care
BL40 | caution | extra-care
GB21 | avoid   | named
BL10 | ok      | none
GB10 | ok      | none
TE3  | ok      | none
LI4  | avoid   | named
KI27 | ok      | none
GV14 | ok      | none
SI15 | caution | extra-care
GB20 | ok      | none
GB30 | caution | extra-care
PC6  | ok      | none
HT7  | ok      | none
SP6  | avoid   | named
SI3  | ok      | none
EX-HN3 | ok    | none
ANMIAN | caution | extra-care
ST36 | caution | extra-care
KI3  | caution | extra-care
GV20 | ok      | none
BL53 | avoid   | extra-care
TE5  | ok      | none
BL57 | caution | extra-care
LI10 | caution | extra-care
"""

# Every point that no file can make less than avoid, in the catalogue or not.
NEVER_LOOSER = """
CV3 CV4 CV5 CV6 CV7 CV12 GV3 GV4 BL23 BL25 BL26 BL27 BL28 BL29 BL30 BL31 BL32
BL33 BL34 BL52 BL53 BL54 BL60 BL67 GB21 LI4 LU7 SP1 SP2 SP6 SP10 SP15 ST12 ST25
"""
AVOID = set(NEVER_LOOSER.split())

# The WHO's names; simplified and variant characters are what aliases are for.
WHO = """
CV6  | Qihai        | qì hǎi         | 氣海   | 气海             | middle
BL23 | Shenshu      | shèn shù       | 腎俞   | 肾俞             | both
BL52 | Zhishi       | zhì shì        | 志室   |                  | both
GV4  | Mingmen      | mìng mén       | 命門   | 命门             | middle
BL60 | Kunlun       | kūn lún        | 崑崙   | 昆仑 昆侖 昆崙   | both
LR3  | Taichong     | tài chōng      | 太衝   | 太冲 太沖        | both
BL40 | Weizhong     | wěi zhōng      | 委中   |                  | both
GB21 | Jianjing     | jiān jǐng      | 肩井   |                  | both
BL10 | Tianzhu      | tiān zhù       | 天柱   |                  | both
GB10 | Fubai        | fú bái         | 浮白   |                  | both
TE3  | Zhongzhu     | zhōng zhǔ      | 中渚   |                  | both
LI4  | Hegu         | hé gǔ          | 合谷   |                  | both
KI27 | Shufu        | shù fǔ         | 俞府   |                  | both
GV14 | Dazhui       | dà zhuī        | 大椎   |                  | middle
SI15 | Jianzhongshu | jiān zhōng shù | 肩中俞 |                  | both
GB20 | Fengchi      | fēng chí       | 風池   | 风池             | both
GB30 | Huantiao     | huán tiào      | 環跳   | 环跳             | both
PC6  | Neiguan      | nèi guān       | 內關   | 内关 内關        | both
HT7  | Shenmen      | shén mén       | 神門   | 神门             | both
SP6  | Sanyinjiao   | sān yīn jiāo   | 三陰交 | 三阴交           | both
SI3  | Houxi        | hòu xī         | 後谿   | 后溪 後溪        | both
EX-HN3 | Yintang    | yìn táng       | 印堂   |                  | middle
ANMIAN | Anmian     | ān mián        | 安眠   |                  | both
ST36 | Zusanli      | zú sān lǐ      | 足三里 |                  | both
KI3  | Taixi        | tài xī         | 太谿   | 太溪             | both
GV20 | Baihui       | bǎi huì        | 百會   | 百会             | middle
BL53 | Baohuang     | bāo huāng      | 胞肓   |                  | both
TE5  | Waiguan      | wài guān       | 外關   | 外关             | both
BL57 | Chengshan    | chéng shān     | 承山   |                  | both
LI10 | Shousanli    | shǒu sān lǐ    | 手三里 |                  | both
"""

# What lies under a point, who can press it and how firmly; no dose for GB10.
# GB30 is pressed more lightly than a finger might, because a ball presses it; it and
# BL53 lie on a hip that may be an artificial one, HT7 beside a nerve of the wrist.
CARE = """
CV6  | abdomen                          | self    | light
BL23 | kidney-area bone                 | either  | medium
BL52 | kidney-area bone                 | either  | medium
GV4  | spine-midline bone               | partner | light
GV14 | spine-midline bone neck          | partner | light
BL60 | leg-veins                        | self    | medium
LR3  | leg-veins                        | self    | light
BL40 | leg-veins knee-hollow strong-nerve | self  | light
GB21 | neck                             | self    | medium
BL10 | neck                             | self    | light
TE3  |                                  | self    | medium
LI4  |                                  | self    | medium
KI27 | bone chest-device                | self    | light
SI15 | neck bone                        | either  | medium
GB10 |                                  | self    |
GB20 | neck                             | self    | light
GB30 | strong-nerve hip                 | self    | light
PC6  | strong-nerve                     | self    | light
HT7  | strong-nerve                     | self    | light
SP6  | leg-veins                        | self    | medium
SI3  |                                  | self    | medium
EX-HN3 |                                | self    | light
ANMIAN | neck                           | self    | light
ST36 | leg-veins                        | self    | medium
KI3  | leg-veins strong-nerve           | self    | light
GV20 |                                  | self    | light
BL53 | bone hip                         | either  | medium
TE5  |                                  | self    | medium
BL57 | leg-veins                        | self    | light
LI10 |                                  | self    | medium
"""

# The routines in the order of lists.
ORDER = (
    *("lower-back", "lower-back-gentle", "lower-back-partner"),
    *("upper-back", "upper-back-partner", "neck", "desk-break", "leg-pain", "hip"),
    *("relaxing", "sleep", "quiet", "nausea"),
)
# Point, pattern, hold, repetitions, setup, rest, switch, first switch, rank,
# pressure. Nought where the pattern has no such gap.
DOSES = {
    "lower-back": """
CV6    | middle         |  60 | 2 | 15 | 30 |  0 |  0 | 5 | light
BL23   | both           |  60 | 2 | 15 | 30 |  0 |  0 | 1 | medium
BL40   | one-then-other |  30 | 4 | 15 |  5 | 10 | 10 | 2 | light
BL60   | one-then-other |  30 | 3 | 15 |  5 | 10 | 10 | 3 | medium
LR3    | one-then-other |  30 | 3 | 15 |  5 | 10 | 10 | 4 | light
""",
    "lower-back-gentle": """
EX-HN3 | middle         |  60 | 2 | 15 | 30 |  0 |  0 | 1 | light
GB20   | both           |  30 | 2 | 15 | 10 |  0 |  0 | 2 | light
KI27   | both           |  60 | 2 | 15 | 30 |  0 |  0 | 3 | light
""",
    "lower-back-partner": """
BL23   | both           |  60 | 2 | 20 | 30 |  0 |  0 | 1 | medium
BL52   | both           |  60 | 1 | 20 |  0 |  0 |  0 | 3 | medium
GV4    | middle         |  60 | 1 | 20 |  0 |  0 |  0 | 5 | light
BL40   | both           |  30 | 4 | 20 | 10 |  0 |  0 | 2 | light
BL60   | both           |  30 | 3 | 20 | 10 |  0 |  0 | 4 | medium
""",
    "upper-back": """
KI27   | both           | 120 | 1 | 15 |  0 |  0 |  0 | 5 | light
GB21   | one-then-other |   5 | 5 | 15 |  2 |  5 |  5 | 1 | medium
BL10   | both           |  60 | 2 | 15 | 30 |  0 |  0 | 2 | light
TE3    | one-then-other |   5 | 5 | 15 |  2 |  5 |  5 | 4 | medium
LI4    | one-then-other |  10 | 3 | 15 |  2 |  5 |  5 | 3 | medium
""",
    "upper-back-partner": """
GV14   | middle         |  60 | 1 | 20 |  0 |  0 |  0 | 5 | light
SI15   | both           |  60 | 1 | 20 |  0 |  0 |  0 | 2 | medium
GB21   | both           |   5 | 5 | 20 |  3 |  0 |  0 | 1 | medium
BL10   | both           |  60 | 2 | 20 | 30 |  0 |  0 | 3 | light
KI27   | both           | 120 | 1 | 20 |  0 |  0 |  0 | 4 | light
""",
    "neck": """
GB20   | both           |  30 | 2 | 15 | 10 |  0 |  0 | 1 | light
LI10   | one-then-other |  30 | 2 | 15 | 10 |  5 |  5 | 4 | medium
BL10   | both           |  60 | 1 | 15 |  0 |  0 |  0 | 3 | light
SI3    | one-then-other |  60 | 1 | 15 |  0 |  5 |  5 | 2 | medium
""",
    "desk-break": """
GB20   | both           |  30 | 2 | 15 | 10 |  0 |  0 | 1 | light
GB21   | one-then-other |   5 | 3 | 15 |  2 |  5 |  5 | 2 | medium
TE3    | one-then-other |   5 | 3 | 15 |  2 |  5 |  5 | 4 | medium
LI4    | one-then-other |  10 | 2 | 15 |  2 |  5 |  5 | 3 | medium
EX-HN3 | middle         |  40 | 1 | 15 |  0 |  0 |  0 | 5 | light
""",
    "leg-pain": """
GB30   | one-then-other |  30 | 2 | 15 | 10 | 10 | 10 | 1 | light
BL40   | one-then-other |  30 | 4 | 30 |  5 | 10 | 10 | 2 | light
BL60   | one-then-other |  30 | 3 | 15 |  5 | 10 | 10 | 3 | medium
""",
    "hip": """
BL53   | one-then-other |  30 | 2 | 15 | 10 | 10 | 10 | 2 | medium
GB30   | one-then-other |  30 | 2 | 15 | 10 | 10 | 10 | 1 | light
""",
    "relaxing": """
EX-HN3 | middle         | 180 | 1 | 15 |  0 |  0 |  0 | 1 | light
ANMIAN | one-then-other | 180 | 1 | 15 |  0 |  5 |  5 | 5 | light
HT7    | one-then-other | 180 | 1 | 15 |  0 |  5 |  5 | 2 | light
SP6    | one-then-other | 180 | 1 | 15 |  0 |  5 |  5 | 3 | medium
LR3    | one-then-other | 180 | 1 | 15 |  0 |  5 |  5 | 4 | light
""",
    "sleep": """
PC6    | one-then-other | 120 | 1 | 15 |  0 |  5 |  5 | 3 | light
HT7    | one-then-other | 120 | 1 | 15 |  0 |  5 |  5 | 1 | light
SP6    | one-then-other | 120 | 1 | 15 |  0 |  5 |  5 | 2 | medium
""",
    "nausea": """
PC6    | one-then-other | 150 | 1 | 15 |  0 |  5 |  5 | 1 | light
""",
    "quiet": """
PC6    | one-then-other |  60 | 1 | 15 |  0 |  5 |  5 | 2 | light
KI27   | both           | 120 | 1 | 15 |  0 |  0 |  0 | 1 | light
GB20   | both           |  60 | 1 | 15 |  0 |  0 |  0 | 3 | light
TE3    | one-then-other |   5 | 5 | 15 |  2 |  5 |  5 | 5 | medium
SI3    | one-then-other |  60 | 1 | 15 |  0 |  5 |  5 | 6 | medium
EX-HN3 | middle         |  60 | 1 | 15 |  0 |  0 |  0 | 4 | light
""",
}
# What stands in for points that are left out for pregnancy.
REPLACEMENTS = {
    "desk-break": "PC6    | one-then-other |  30 | 1 | 15 |  0 |  5 |  5 | 3 | light",
    "sleep": "EX-HN3 | middle         | 120 | 1 | 15 |  0 |  0 |  0 | 2 | light",
}
# How a step is done, where it is not done sitting with a finger. Each of these leaves
# a step out for somebody, so that a key lost from a file must not go unseen.
BALL = {("leg-pain", "GB30"), ("hip", "GB30")}
STANDING = {("leg-pain", "GB30"), ("hip", "GB30")}
PRONE = {
    *(("lower-back-partner", "BL23"), ("lower-back-partner", "BL52")),
    *(("lower-back-partner", "GV4"), ("lower-back-partner", "BL40")),
    ("lower-back-partner", "BL60"),
}
# Where one presses in as the breath goes out.
OUT = {"CV6", "BL23", "BL52", "BL53"}
# Where a helper's finger gets there in another way than one's own. GV4 and GV14 are
# only ever told to a helper, and those in no routine for two need no second way.
FOR_A_HELPER = {
    *("BL10", "BL23", "BL40", "BL52", "BL53", "BL60", "GB21", "KI27", "SI15"),
}
# How often at most: once a day where the holds are long, or where a trial says so.
THREE_A_DAY = "At most three times a day, three hours apart."
HOW_OFTEN = {
    "lower-back-gentle": "Once a day, as in the trial.",
    "relaxing": "Once a day, as in most of the trials.",
    "sleep": (
        "Once a day at most; the protocol behind it says three times a week, by day."
    ),
    "nausea": (
        "At most three times a day, three hours apart; the hospital says several times "
        "a day."
    ),
}
HOW_OFTEN_A_POINT = {
    **dict.fromkeys(("ANMIAN", "HT7", "SP6"), "Once a day."),
    **dict.fromkeys(("GV4", "GV14"), f"Once in a session, a{THREE_A_DAY[1:]}"),
    "CV6": f"{THREE_A_DAY} Wait an hour after a meal.",
}
# Who published a hold that is longer than our own limit.
PUBLISHED = {"relaxing": "ccnm-relaxing", "nausea": "mskcc-pc6"}
TOTALS = {
    "lower-back": (1075, 840),
    "lower-back-gentle": (415, 300),
    "lower-back-partner": (630, 450),
    "upper-back": (560, 400),
    "upper-back-partner": (527, 385),
    "neck": (460, 360),
    "desk-break": (320, 200),
    "leg-pain": (700, 540),
    "hip": (330, 240),
    "relaxing": (1715, 1620),
    "sleep": (780, 720),
    "nausea": (320, 300),
    "quiet": (651, 530),
}
# The same when the answer about pregnancy is yes or unsure; what is not here does not
# run then.
REMAINS = {
    "lower-back-gentle": ("EX-HN3 GB20 KI27", 415, 300),
    "upper-back": ("KI27 BL10 TE3", 386, 290),
    "upper-back-partner": ("GV14 BL10 KI27", 390, 300),
    "neck": ("GB20 BL10 SI3", 300, 240),
    "desk-break": ("GB20 TE3 EX-HN3, and PC6", 278, 190),
    "sleep": ("PC6 HT7, and EX-HN3", 655, 600),
    "nausea": ("PC6", 320, 300),
    "quiet": ("PC6 KI27 GB20 TE3 SI3 EX-HN3", 651, 530),
}


def test_which_points_there_are() -> None:
    """Every point is taught but GB10, which is there to lead to BL10."""
    assert {"GB10"} == set(POINTS) - set(TAUGHT)


@pytest.mark.parametrize("table", ["LEVELS", "WHO", "CARE", "LANDMARKS"])
def test_what_was_decided_was_decided_for_every_point(table: str) -> None:
    """A point without a row in one of the tables here was not looked at twice."""
    told = [code for code, *_ in rows(globals()[table])]

    assert sorted(POINTS) == sorted(told)


@pytest.mark.parametrize(("code", "word", "tier"), rows(LEVELS))
def test_levels_in_pregnancy(code: str, word: str, tier: str) -> None:
    """Each point stands in pregnancy as was decided, and says why."""
    point = POINTS[code]
    expected = (PregnancyLevel(word), None if tier == "none" else Tier(tier))

    assert expected == (point.pregnancy, point.pregnancy_tier)
    assert point.pregnancy is level(point)
    assert point.pregnancy_note


def test_floor() -> None:
    """The list in the code that no file can loosen is the whole list of avoid."""
    assert AVOID == FLOOR
    assert {code for code, word, _ in rows(LEVELS) if word == "avoid"} <= AVOID


@pytest.mark.parametrize(
    ("code", "pinyin", "toned", "hanzi", "variants", "sides"), rows(WHO)
)
def test_names_and_sides(
    code: str, pinyin: str, toned: str, hanzi: str, variants: str, sides: str
) -> None:
    """Codes, pinyin, characters and sides are those of the WHO."""
    point = POINTS[code]
    expected = (pinyin, toned.replace(" ", ""), hanzi, Sides(sides))

    assert expected == (point.pinyin, point.pinyin_toned, point.hanzi, point.sides)
    assert set(variants.split()) == {a for a in point.aliases if not a[0].isascii()}


@pytest.mark.parametrize(("code", "tags", "reach", "pressure"), rows(CARE))
def test_care(code: str, tags: str, reach: str, pressure: str) -> None:
    """What lies under a point, who presses it and how firmly is as was decided."""
    point = POINTS[code]

    assert set(tags.split()) == {tag.value for tag in point.cautions}
    assert Reach(reach) is point.reach
    firmly = point.technique.pressure if point.technique else None
    assert (Pressure(pressure) if pressure else None) is firmly


# The long list of reference points

# What was decided about single points, beyond those with a file of their own.
LISTED = """
CV3  | avoid   | named
CV4  | avoid   | named
CV5  | avoid   | named
CV7  | avoid   | named
BL27 | avoid   | named
BL28 | avoid   | named
BL29 | avoid   | named
BL30 | avoid   | named
BL31 | avoid   | named
BL32 | avoid   | named
BL33 | avoid   | named
BL34 | avoid   | named
BL67 | avoid   | named
LU7  | avoid   | named
SP10 | avoid   | extra-care
SP15 | avoid   | extra-care
BL25 | avoid   | extra-care
BL26 | avoid   | extra-care
BL54 | avoid   | extra-care
GV3  | avoid   | extra-care
ST25 | avoid   | extra-care
CV12 | avoid   | extra-care
ST12 | avoid   | extra-care
BL39 | caution | extra-care
GB41 | caution | extra-care
GB34 | caution | extra-care
KI1  | caution | extra-care
EX-UE7 | caution | extra-care
SI19 | ok      | none
SP1  | avoid   | extra-care
SP2  | avoid   | extra-care
SP3  | caution | extra-care
SP4  | caution | extra-care
SP5  | caution | extra-care
SP7  | caution | extra-care
SP8  | caution | extra-care
SP9  | caution | extra-care
SP11 | caution | extra-care
SP17 | caution | extra-care
SP18 | caution | extra-care
SP19 | caution | extra-care
SP20 | caution | extra-care
SP21 | caution | extra-care
HT9  | caution | extra-care
TE16 | caution | extra-care
ST17 | caution | extra-care
LI2  | caution | extra-care
PC8  | caution | extra-care
GB2  | caution | extra-care
GB9  | caution | extra-care
KI2  | caution | extra-care
KI4  | caution | extra-care
KI7  | caution | extra-care
"""

# Belly, groin and pelvic floor, and the lower back down to the tailbone.
REGION = """
ST19 ST20 ST21 ST22 ST23 ST24 ST25 ST26 ST27 ST28 ST29 ST30
SP12 SP13 SP14 SP15 SP16
BL22 BL24 BL25 BL26 BL27 BL28 BL29 BL30 BL31 BL32 BL33 BL34 BL35 BL51 BL54
KI11 KI12 KI13 KI14 KI15 KI16 KI17 KI18 KI19 KI20 KI21
GB25 GB26 GB27 GB28 LR12 LR13
GV1 GV2 GV3 GV5
CV1 CV2 CV3 CV4 CV5 CV7 CV8 CV9 CV10 CV11 CV12 CV13 CV14 CV15
EX-B2 EX-B7 EX-B8
"""

# Words of anatomy that nobody needs to know to follow a sentence.
JARGON = re.compile(
    r"\b(?:lateral|medial|proximal|distal|anterior|posterior|inferior|superior|radial"
    r"|ulnar?|dorsal|palmar|plantar|malleol\w+|tibi\w+|fibul\w+|patell\w+|clavic\w+"
    r"|scapul\w+|intercostal|spinous|process|foramen|vertebra\w*|sternum|umbilic\w+"
    r"|metacarpal|metatarsal|epicondyle|mastoid|occipital|popliteal|gluteal|axilla\w*"
    r"|mandib\w+|zygoma\w+|trapezius|lumbar|thoracic|cervical|midline|ASIS|MTP|MCP)\b",
    re.IGNORECASE,
)


def test_every_point_of_the_who_is_told_once() -> None:
    """All 361 are here, each once, and six extra points."""
    assert len(ALL_361) == 361
    assert ALL_361.keys() <= EVERY.keys()
    assert EVERY.keys() - ALL_361.keys() <= {
        *("EX-HN3", "ANMIAN", "EX-B2", "EX-B7", "EX-B8", "EX-UE7")
    }
    assert set() == REFERENCE.keys() & POINTS.keys()


@pytest.mark.parametrize("meridian", COUNTS)
def test_how_far_each_meridian_counts(meridian: str) -> None:
    """The table beside the tests counts as the WHO does."""
    told = [int(code[2:]) for code in ALL_361 if code[:2] == meridian]

    assert list(range(1, COUNTS[meridian] + 1)) == told


def test_names_and_sides_of_all() -> None:
    """Pinyin, tones, characters and sides of all points are those of the WHO."""
    told = {
        code: (point.pinyin, point.pinyin_toned, point.hanzi, point.sides.value)
        for code, point in EVERY.items()
        if code in ALL_361
    }
    keys = ("pinyin", "pinyin_toned", "hanzi", "sides")

    assert {c: tuple(ALL_361[c][key] for key in keys) for c in told} == told


def test_levels_of_the_reference_points() -> None:
    """Single decisions first, then the region, and what is not rated is not used."""
    listed = {code: (word, tier) for code, word, tier in rows(LISTED)}
    region = dict.fromkeys(REGION.split(), ("avoid", "extra-care"))
    expected = {
        code: {**region, **listed}.get(code, ("caution", "extra-care"))
        for code in REFERENCE
    }

    assert set(listed) | set(region) <= set(REFERENCE)
    assert expected == {
        code: (level(p).value, p.pregnancy_tier.value if p.pregnancy_tier else "none")
        for code, p in REFERENCE.items()
    }


def test_the_floor_holds_in_the_long_list() -> None:
    """No file and no rule is looser than the list in the code."""
    assert {c for c in AVOID if c in EVERY} <= {
        code for code, point in EVERY.items() if point.pregnancy is PregnancyLevel.AVOID
    }


def test_what_the_note_of_an_unrated_point_says() -> None:
    """That nothing is known of a point is not taken for good news."""
    unrated = {
        code for code, point in REFERENCE.items() if "not rated" in point.pregnancy_note
    }

    assert (
        set(REFERENCE) - {c for c, *_ in rows(LISTED)} - set(REGION.split()) == unrated
    )


def test_where_the_artery_of_the_neck_lies() -> None:
    """Six points are told of with the warning that nobody presses them."""
    assert {"ST9", "ST10", "LI17", "LI18", "SI16", "SI17"} == NEVER_PRESSED
    assert {c for c, point in EVERY.items() if point.never_press} == NEVER_PRESSED
    assert set(REFERENCE) >= NEVER_PRESSED
    assert all(Tag.NECK in REFERENCE[code].cautions for code in NEVER_PRESSED)


# Where nobody presses, and what lies there.
ONLY_TOLD = """
the eye                 | BL1 ST1
the windpipe            | CV22 ST11
the throat              | CV23 TE16
a large artery          | HT1 LR10 LR12 SP11 SP12 ST12 ST30
thin, delicate skin     | CV1 GV1 GV28
"""


def test_where_nobody_presses() -> None:
    """Sixteen more are only told of, and no file can teach them."""
    told = {c: what for what, codes in rows(ONLY_TOLD) for c in codes.split()}

    assert told == {code: what.lower() for code, what in ONLY_TOLD_OF.items()}
    assert set(told) <= set(REFERENCE)
    paragraph = readme().split("**Do not press.**")[1].split("\n\n")[0]
    listed = paragraph.split("lies there:")[1].split("\n")[0]
    assert set(re.findall(r"[A-Z]{2}[0-9]+", listed)) == set(told)


def test_reference_points_have_no_technique() -> None:
    """What is only told of has no dose and can be no step."""
    assert {PointKind.REFERENCE} == {point.kind for point in REFERENCE.values()}
    assert {None} == {point.technique for point in REFERENCE.values()}


def test_places_are_plain_words() -> None:
    """No place needs a word that only a textbook uses, or says nothing."""
    found = {c: JARGON.findall(point.where) for c, point in REFERENCE.items()}

    assert {code: words for code, words in found.items() if words} == {}
    assert all(re.fullmatch(r"[A-Z].*\.", p.where) for p in REFERENCE.values())


def test_places_are_all_different() -> None:
    """Two points do not lie in the same place."""
    places = [point.where for point in EVERY.values()]

    assert len(places) == len(set(places))


def test_places_name_points_that_exist() -> None:
    """A place that is told from another point's names one that can be looked up."""
    named = {
        code
        for point in REFERENCE.values()
        for text in (point.where, point.pregnancy_note, *point.notes)
        for code in re.findall(r"\b[A-Z]{2}[0-9]+\b", text)
    }

    assert named <= set(ALL_361)


@pytest.mark.parametrize(
    ("tag", "bodies"),
    [
        (Tag.ABDOMEN, {Body.BELLY}),
        (Tag.NECK, {Body.NECK}),
        (Tag.LEG_VEINS, {Body.KNEE, Body.LOWER_LEG, Body.ANKLE, Body.FOOT}),
        (Tag.BONE, {Body.CHEST, Body.UPPER_BACK, Body.LOWER_BACK}),
    ],
)
def test_tags_of_a_region(tag: Tag, bodies: set[Body]) -> None:
    """What lies under a whole region is tagged at every reference point of it."""
    here = {code for code, point in REFERENCE.items() if point.body in bodies}

    assert here <= {code for code, point in REFERENCE.items() if tag in point.cautions}


def test_who_can_reach_a_reference_point() -> None:
    """The spine and the place between the shoulder blades need someone else."""
    spine = {f"GV{number}" for number in range(2, 14)} | {"EX-B2", "EX-B8"}
    between = {f"BL{number}" for number in (*range(11, 18), *range(41, 47))}
    partner = {c for c, p in REFERENCE.items() if p.reach is Reach.PARTNER}

    assert (spine | between | {"SI11", "SI13"}) & set(REFERENCE) == partner


def test_no_two_points_share_a_code_or_an_alias() -> None:
    """However they are spelt, codes, aliases and characters are nobody else's."""
    spelt = [
        {fold(name) for name in (point.code, point.hanzi, *point.aliases)}
        for point in EVERY.values()
    ]

    assert sum(map(len, spelt)) == len(set().union(*spelt))


@pytest.mark.parametrize("code", EVERY)
def test_every_name_of_all_finds_its_point(code: str) -> None:
    """Code, names and characters lead to their own point, or ask between two."""
    point = EVERY[code]
    shared = {fold(name): meant for name, meant in SHARED_NAMES.items()}
    names = (code, code.lower(), point.name, point.hanzi, *point.aliases)
    for name in (*names, point.pinyin, point.pinyin_toned):
        outcome = resolve(name, ALL_NAMES)
        if fold(name) in shared:
            assert isinstance(outcome, Ambiguous)
            assert shared[fold(name)] == codes(outcome)
            assert code in codes(outcome)
        else:
            assert isinstance(outcome, Found)
            assert point is outcome.point


def test_what_is_found_among_the_few_is_found_among_all() -> None:
    """Reading the long list only on a miss never changes what a name means."""
    names = {
        name
        for point in EVERY.values()
        for name in (point.code, point.name, point.pinyin, point.hanzi, *point.aliases)
    }
    for name in sorted(names | set(SHARED_NAMES)):
        few, every = resolve(name, NAMES), resolve(name, ALL_NAMES)
        if isinstance(few, Found):
            assert few == every
        else:
            assert set(codes(few)) <= set(codes(every))


def test_readme_tells_of_the_long_list() -> None:
    """Counts, words and disagreements are told in data/README.md."""
    section = readme().split("## Reference points")[1].split("\n## ")[0]
    levels = [point.pregnancy for point in REFERENCE.values()]
    whole = re.sub(r"\s+", " ", section)

    assert f"{len(REFERENCE)} points" in whole
    for each in PregnancyLevel:
        assert f"{levels.count(each)} `{each.value}`" in whole
    assert [each for each in Basis if f"`{each.value}`" not in section] == []
    assert all(code in section for code in NEVER_PRESSED)


# Routines


def test_which_routines_there_are() -> None:
    """The thirteen routines come in their order."""
    with_partner = {"lower-back-partner", "upper-back-partner"}

    assert list(ORDER) == [routine.id for routine in ROUTINES]
    assert set(DOSES) == set(TOTALS) == set(ORDER)
    assert with_partner == {routine.id for routine in ROUTINES if routine.partner}
    assert [routine.order for routine in ROUTINES] == list(range(1, 14))


def doses(steps: Sequence[Step]) -> list[list[str]]:
    """Return *steps* as rows of the tables above."""
    return [
        [
            *(step.point.code, step.dose.pattern.value, str(step.dose.hold)),
            *(str(step.dose.repetitions), str(step.setup), str(step.rest)),
            *(str(step.switch), str(step.first_switch), str(step.rank)),
            step.pressure.value,
        ]
        for step in steps
    ]


@every_routine
def test_doses(routine: Routine) -> None:
    """Every step has the dose, the gaps, the rank and the pressure decided on."""
    replacements = REPLACEMENTS.get(routine.id, "")

    assert rows(DOSES[routine.id]) == doses(routine.steps)
    assert rows(replacements) == doses(routine.replacements)


@every_routine
def test_published_holds(routine: Routine) -> None:
    """A hold beyond our own limit names its source, and no other hold does."""
    longer = PUBLISHED.get(routine.id)
    for step in (*routine.steps, *routine.replacements):
        named = step.published_hold.id if step.published_hold else None

        assert longer == named
        assert (step.dose.hold > LONGEST_HOLD) is (named is not None)


def test_how_a_step_is_done() -> None:
    """Ball, standing and lying face down are written where they were decided."""
    steps = [(r.id, s) for r in ROUTINES for s in (*r.steps, *r.replacements)]

    assert {(name, s.point.code) for name, s in steps if s.ball} == BALL
    assert {(name, s.point.code) for name, s in steps if s.standing} == STANDING
    assert {(name, s.point.code) for name, s in steps if s.prone} == PRONE


def test_a_posture_says_what_its_keys_say() -> None:
    """Whoever is told to stand or to lie face down is in the tables above."""
    for routine in ROUTINES:
        for step in (*routine.steps, *routine.replacements):
            assert step.standing is ("tanding" in step.posture)
            assert step.prone is ("face down" in step.posture)
            assert step.ball is ("ball" in step.hand)


def test_which_points_are_pressed_as_the_breath_goes_out() -> None:
    """The breath goes out where one presses in with it, and in everywhere else."""
    out = {
        code
        for code, point in TAUGHT.items()
        if point.technique and point.technique.breath is BreathDirection.OUT
    }

    assert out == OUT


def test_which_points_a_helper_finds_in_another_way() -> None:
    """Every point of a routine for two is told to the helper, in words of its own."""
    told = {
        code
        for code, point in TAUGHT.items()
        if point.technique and point.technique.find_partner
    }
    pressed = {s.point.code for r in ROUTINES if r.partner for s in r.steps}

    assert told == FOR_A_HELPER
    assert pressed <= FOR_A_HELPER | {"GV4", "GV14"}


@every_routine
def test_how_often(routine: Routine) -> None:
    """A routine is done as often as was published, and three times a day otherwise."""
    assert HOW_OFTEN.get(routine.id, THREE_A_DAY) == routine.how_often


@pytest.mark.parametrize("code", TAUGHT)
def test_how_often_a_point(code: str) -> None:
    """A point alone is pressed as often as was decided."""
    technique = TAUGHT[code].technique
    assert technique
    assert HOW_OFTEN_A_POINT.get(code, THREE_A_DAY) == technique.how_often


@pytest.mark.parametrize("code", TAUGHT)
def test_every_point_says_when_to_stop(code: str) -> None:
    """It is one whole sentence, besides the rule for all of them."""
    technique = TAUGHT[code].technique
    assert technique
    assert re.fullmatch(r"(Stop|Leave)\b.*\.", technique.stop)


@every_routine
def test_replacements_are_never_left_out_for_pregnancy(routine: Routine) -> None:
    """What stands in for a point is ok, and where it stands in, something is not."""
    replacing = [step.point for step in routine.replacements]

    assert all(level(point) is PregnancyLevel.OK for point in replacing)
    if replacing:
        assert any(level(s.point) is not PregnancyLevel.OK for s in routine.steps)


@every_routine
def test_totals(routine: Routine) -> None:
    """A routine lasts, and presses, as long as data/README.md says."""
    total = sum(step.seconds for step in routine.steps)
    pressing = sum(step.dose.pressing for step in routine.steps)

    assert TOTALS[routine.id] == (total, pressing)
    points = " ".join(step.point.code for step in routine.steps)
    row = f"| `{routine.id}` | {points} | {pressing} s | {total} s |"
    assert row in readme()


def test_what_remains_when_care_is_taken() -> None:
    """Points and seconds are those of the files, and data/README.md has them, too."""
    table = readme().split("about pregnancy is yes or unsure:\n\n")[1].split("\n\n")[0]
    told = []
    for routine in ROUTINES:
        screened = screen(routine, Answers(PregnancyAnswer.YES))
        same = screen(routine, Answers(PregnancyAnswer.UNSURE))
        assert (same.kept, same.runs) == (screened.kept, screened.runs)
        assert screened.runs is (routine.id in REMAINS)
        if not screened.runs:
            continue
        points, total, pressing = REMAINS[routine.id]
        steps = [kept.step for kept in screened.kept]
        assert points.replace(", and", "").split() == [s.point.code for s in steps]
        assert total == sum(step.seconds for step in steps)
        assert pressing == sum(step.dose.pressing for step in steps)
        told.append(f"| `{routine.id}` | {points} | {pressing} s | {total} s |")
    without = [f"`{name}`" for name in ORDER if name not in REMAINS]
    told.append(f"| {', '.join(without)} | not run | | |")

    assert sorted(told) == sorted(table.splitlines()[2:])


@every_routine
def test_totals_by_hand(routine: Routine) -> None:
    """The seconds of a step are those of the formulas beside the decisions."""
    total = 0
    for row in rows(DOSES[routine.id]):
        hold, times, setup, rest, switch, first = map(int, row[2:8])
        match row[1]:
            case "middle" | "both":
                total += setup + times * hold + (times - 1) * rest
            case "alternate":
                total += setup + 2 * times * hold + first + (2 * times - 2) * switch
            case _:
                total += setup + 2 * times * hold + 2 * (times - 1) * rest + first

    assert TOTALS[routine.id][0] == total


@every_routine
def test_ranks(routine: Routine) -> None:
    """What is kept when time is short is never in doubt."""
    ranks = sorted(step.rank for step in routine.steps)

    assert list(range(1, len(routine.steps) + 1)) == ranks


@pytest.mark.parametrize("code", TAUGHT)
def test_dose_of_a_point(code: str) -> None:
    """
    A point is taught with the dose of the first routine that has it.

    A hold that only a routine may have gives way to our own limit; a point in no
    routine has half a minute, twice.
    """
    steps = [s for each in ROUTINES for s in each.steps if s.point.code == code]
    technique = POINTS[code].technique
    assert technique
    if not steps:
        assert (technique.dose.hold, technique.dose.repetitions) == (30, 2)
        return
    first = steps[0]
    dose = replace(first.dose, hold=min(first.dose.hold, LONGEST_HOLD))

    assert dose == technique.dose
    assert first.pressure is technique.pressure
    assert {first.pressure} == {step.pressure for step in steps}


def test_alone_the_sides_of_a_helper_are_not_asked_for() -> None:
    """Pressing both sides at once belongs to points that two hands can reach."""
    alone = {
        step.point.code
        for routine in ROUTINES
        if not routine.partner
        for step in routine.steps
        if step.dose.pattern is Pattern.BOTH
    }

    assert {"BL10", "BL23", "GB20", "KI27"} == alone


# What a finger is told to feel for, in the words that the pictures use as well.
LANDMARKS = """
CV6  | navel, pubic bone
BL23 | spine
BL52 | spine
GV4  | spine
BL60 | ankle bone, heel cord
LR3  | bones come together, toe web
BL40 | knee crease
GB21 | neck bump, shoulder tip
BL10 | skull ends
TE3  | ring knuckle, little knuckle
LI4  | index knuckle, wrist
KI27 | breastbone
GV14 | neck bump
SI15 | neck bump
GB10 | ear tip
GB20 | skull ends, bony knob
GB30 | hip bump, top of the buttock cleft
PC6  | wrist crease, elbow crease
HT7  | little-finger side, wrist crease
SP6  | ankle bone
SI3  | little knuckle
EX-HN3 | eyebrow
ANMIAN | ear lobe, hollow under the skull
ST36 | knee dimple, front of the ankle
KI3  | ankle bone, heel cord
GV20 | top of the head
BL53 | middle of the sacrum
TE5  | wrist crease, elbow
BL57 | knee crease
LI10 | elbow crease, thumb side of the wrist
"""


@pytest.mark.parametrize(("code", "words"), rows(LANDMARKS))
def test_landmarks_are_named(code: str, words: str) -> None:
    """The way to a point names the landmarks that a picture of it would."""
    assert [each for each in words.split(", ") if each not in POINTS[code].find] == []


def test_no_dose_for_gb10() -> None:
    """GB10 is told of and never pressed."""
    assert POINTS["GB10"].technique is None
    assert Dose(Pattern.BOTH, 60, 2) == POINTS["BL10"].technique.dose  # type: ignore[union-attr]


# Sources


# What the levels of single reference points rest on: told in data/README.md, where no
# record has room to cite it.
ON_REFERENCE = {"takoda-pregnancy", "st17-general"}


def test_every_source_is_used() -> None:
    """Every source is cited by a file or by a notice, and there are no others."""
    cited = {citation.source.id for record in RECORDS for citation in record.citations}

    assert set(SOURCES) == cited | set(safety.SOURCES) | set(RESTS_ON)
    assert set(SOURCES) - cited - set(safety.SOURCES) == ON_REFERENCE
    section = readme().split("## Reference points")[1]
    assert [each for each in ON_REFERENCE if f"`{each}`" not in section] == []


def test_every_citation_supports_something() -> None:
    """A citation that carries no statement is not there, nor one given twice."""
    for record in RECORDS:
        cited = [citation.source.id for citation in record.citations]

        assert len(cited) == len(set(cited))
        assert all(citation.supports for citation in record.citations)


def test_addresses_are_all_different() -> None:
    """Two sources are not the same page under two names."""
    addresses = [source.url for source in SOURCES.values() if source.url]

    assert len(addresses) == len(set(addresses))


@every_point
def test_place_is_the_whos(point: Point) -> None:
    """Name and place rest on the WHO's standard, but for the two extra points."""
    supports = {
        what
        for citation in point.citations
        if citation.source.id == "who-2008"
        for what in citation.supports
    }
    extra = point.code in {"EX-HN3", "ANMIAN"}

    assert (set() if extra else {"names", "where"}) == supports


# Words

# A promise, a diagnosis or a treatment, whatever the sentence around it.
BANNED = re.compile(
    r"\b(?:treat(?:s|ed|ing|ments?)?|reliev(?:e|es|ed|ing)|relief|cur(?:e|es|ed|ing)"
    r"|heal(?:s|ed|ing|er)?|inflammat(?:ion|ory)|endorphins?|sciatica?|herniat(?:ed|ion)"
    r"|spondyl(?:osis|itis)|safe(?:ly|r|st)?|harmless|therap(?:y|ies|eutic)|toxins?"
    r"|detox\w*|strengthen(?:s|ed|ing)?|immun(?:e|ity)|remed(?:y|ies)|diagnos(?:is|e)"
    r"|guarantee[sd]?|proven|effective(?:ly|ness)?|miracul\w+|miscarriages?"
    r"|alleviat(?:e|es|ed|ing)|prevents?|benefits?|beneficial|rehabilitat\w+)\b",
    re.IGNORECASE,
)
# What is asked, or sent elsewhere, and so promises nothing: the list of warning signs
# asks after illness, a pharmacist is asked about medicine, and an arm that swells since
# cancer treatment is never pressed. Nothing else may use these words.
ASKED = (
    "a weak immune system",
    "Ask a pharmacist about pain relief",
    "since cancer treatment",
)


def words_of(value: object) -> Iterator[str]:
    """Yield every text in *value*, but for the title and address of a source."""
    match value:
        case str() as text:
            yield text
        case Enum():
            pass
        case dict() as entries:
            for key, each in entries.items():
                yield from words_of(key)
                yield from words_of(each)
        case tuple() | list() | frozenset() as items:
            for each in items:
                yield from words_of(each)
        case _ if is_dataclass(value):
            for each in fields(value):
                if each.name not in {"title", "url"} or isinstance(value, Routine):
                    yield from words_of(getattr(value, each.name))


def test_banned_words_are_found() -> None:
    """The list of claims finds the article's own."""
    claims = (
        "It relieves sciatica. CURES a herniated disc; heals the body; releases "
        "endorphins, reduces inflammation; safe, therapeutic, beneficial to cervical "
        "spondylosis. Most effective! Flushes toxins. Treats pain, long-term relief."
    )

    assert len(BANNED.findall(claims)) == 15
    assert BANNED.findall("a treatise on healthy, unsafely secure relievers") == []


@pytest.mark.parametrize(
    "record", [*RECORDS, *SOURCES.values()], ids=lambda each: getattr(each, "code", "")
)
def test_no_claims_in_the_data(record: object) -> None:
    """No record promises what a point does, nor calls anything safe."""
    found = {word: text for text in words_of(record) for word in BANNED.findall(text)}

    assert found == {}


def spoken(path: Path) -> Iterator[str]:
    """Yield every text in a module but for its docstrings."""
    tree = ast.parse(path.read_text("utf-8"))
    silent = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in silent:
            yield from words_of(node.value)


@pytest.mark.parametrize(
    "path",
    sorted(Path(acupress.__file__).parent.rglob("*.py")),
    ids=lambda path: path.stem,
)
def test_no_claims_in_the_program(path: Path) -> None:
    """No sentence of the program promises anything either."""
    found = []
    for text in spoken(path):
        asked = text
        for allowed in ASKED:
            asked = asked.replace(allowed, "")
        found += [(word, text) for word in BANNED.findall(asked)]

    assert found == []


def test_what_is_allowed_is_there_and_no_more() -> None:
    """Each exception is one that a sentence needs; the words alone are still found."""
    everything = "\n".join(
        text
        for path in Path(acupress.__file__).parent.rglob("*.py")
        for text in spoken(path)
    )

    assert [allowed for allowed in ASKED if allowed not in everything] == []
    assert BANNED.findall("pain relief, a treatment, immune") == [
        *("relief", "treatment", "immune")
    ]


def test_only_printable_characters() -> None:
    """Every text of the data can be shown as it stands."""
    everything = (*RECORDS, *SOURCES.values())
    texts = [text for record in everything for text in words_of(record)]
    texts += [
        text for source in SOURCES.values() for text in (source.title, source.url)
    ]

    assert [text for text in texts if not text.isprintable()] == []
    assert [text for text in texts if text != " ".join(text.split())] == []


LIMITS = {
    **dict.fromkeys(("name", "aliases", "traditional"), 60),
    **dict.fromkeys(("pinyin", "pinyin_toned"), 40),
    **dict.fromkeys(("pregnancy_note", "hand", "press", "notes", "evidence"), 400),
    **dict.fromkeys(("where", "how_often", "about", "good_for", "basis"), 300),
    "spoken": 90,
    "hanzi": 10,
    **dict.fromkeys(("find", "find_partner"), 700),
    "stop": 160,
    "says": 240,
    "title": 200,
    "url": 300,
    "posture": 200,
}


def lengths(value: object) -> Iterator[tuple[str, int]]:
    """Yield the length of every text in *value* beside the name of its field."""
    if isinstance(value, tuple):
        for item in value:
            yield from lengths(item)
    elif is_dataclass(value):
        for each in fields(value):
            held = getattr(value, each.name)
            items = held if isinstance(held, tuple) else (held,)
            texts = [item for item in items if isinstance(item, str)]
            yield from ((each.name, len(text)) for text in texts)
            yield from lengths(tuple(i for i in items if not isinstance(i, str)))


def test_lengths() -> None:
    """No text is longer than data/README.md allows."""
    found = list(lengths((*RECORDS, *SOURCES.values())))
    too_long = [(name, n) for name, n in found if n > LIMITS.get(name, 60)]

    assert too_long == []
    assert max(len(routine.how_often) for routine in ROUTINES) <= 200
    assert set(LIMITS) <= {name for name, _ in found}


# Names


@every_point
def test_every_name_finds_its_point(point: Point) -> None:
    """Code, name, pinyin, characters and aliases lead to their own point."""
    names = (point.code, point.name, point.pinyin_toned, point.hanzi, *point.aliases)
    homographs = {"zhongzhu", "zhōngzhǔ"}  # TE3 and KI15, alike without tones
    for name in (*names, point.pinyin, point.pinyin.lower(), point.code.lower()):
        outcome = resolve(name, NAMES)
        if name.casefold() in homographs:
            assert isinstance(outcome, Ambiguous)
            assert codes(outcome) == ("TE3", "KI15")
        else:
            assert isinstance(outcome, Found)
            assert point is outcome.point


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("B54", ("BL40", "BL54")),
        ("B47", ("BL52", "BL47")),
        ("LV 3", ("LR3",)),
        ("K 27", ("KI27",)),
        ("Tai Chone", ("LR3",)),
        ("Center Crook", ("BL40",)),
        ("Chi Hai", ("CV6",)),
        ("Hoku", ("LI4",)),
    ],
)
def test_labels_of_the_article(typed: str, expected: tuple[str, ...]) -> None:
    """The article's own labels lead to the points that it means."""
    assert expected == codes(resolve(typed, NAMES))


@pytest.mark.parametrize(("code", "other"), [("GB10", "BL10"), ("BL10", "GB10")])
def test_gb10_and_bl10_tell_of_each_other(code: str, other: str) -> None:
    """Whoever looks up the article's mistaken code is led to the point it means."""
    assert other in " ".join(POINTS[code].notes)


# data/README.md


def readme() -> str:
    """Return the page that explains the data."""
    return (DATA / "README.md").read_text("utf-8")


def keys_of(node: Node) -> set[str]:
    """Return every key of *node* and within it."""
    match node.value:
        case dict() as entries:
            return set(entries).union(*map(keys_of, entries.values()))
        case tuple() as items:
            return set().union(*map(keys_of, items))
        case _:
            return set()


@pytest.mark.parametrize(
    "path",
    [path for path in sorted(DATA.rglob("*.yaml")) if path.parent.name != "figures"],
    ids=lambda path: path.stem,
)
def test_readme_names_every_key(path: Path) -> None:
    """Every key that a file may hold is explained in data/README.md."""
    explained = set(re.findall(r"`([a-z_]+)`", readme()))

    assert set() == keys_of(read_yaml(path)) - explained


@pytest.mark.parametrize(
    "key",
    [
        *("ball", "breath", "find_partner", "first_switch", "prone", "published_hold"),
        *("replacements", "rest", "standing", "stop", "switch", "supports"),
    ],
)
def test_readme_names_the_rare_keys(key: str) -> None:
    """Keys that only some files hold are explained too."""
    assert f"`{key}`" in readme()


@pytest.mark.parametrize(
    "enum",
    [
        Reach,
        Pressure,
        PregnancyLevel,
        Tier,
        Pattern,
        PointKind,
        BreathDirection,
        Caution,
    ],
)
def test_readme_names_every_word(enum: type[Enum]) -> None:
    """Every word of the closed sets is explained in data/README.md."""
    assert [each for each in enum if f"`{each.value}`" not in readme()] == []


def test_readme_lists_the_levels() -> None:
    """The lists of points in data/README.md are those of the files."""
    floor = readme().split("no file can loosen it: ")[1].split(".")[0].split()
    groups = re.findall(r"\| `(avoid|caution|ok)`(.*?) \| ([A-Z0-9 -]+) \|", readme())
    told = {code: word for word, _, listed in groups for code in listed.split()}

    assert set(floor) == AVOID
    assert {code: word for code, word, _ in rows(LEVELS)} == told


def test_readme_lists_the_tags() -> None:
    """The points beside each tag in data/README.md are those that carry it."""
    table = readme().split("## Cautions")[1].split("##")[0]
    told = re.findall(r"\| `([a-z-]+)` \|.*\| ([A-Z0-9 ]+) \|", table)
    expected = {
        tag: {code for code, tags, *_ in rows(CARE) if tag in tags.split()}
        for tag, _ in told
    }

    assert expected == {tag: set(listed.split()) for tag, listed in told}
    assert len(told) == len(Tag) == 10
