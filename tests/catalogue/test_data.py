"""The shipped data, compared with the tables of what was decided for it."""

from __future__ import annotations

import ast
import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from functools import cache
from itertools import zip_longest
from pathlib import Path

import acupress
from acupress.catalogue.bundled import ACHE, SOURCE
from acupress.catalogue.charts import CHART, EXTRA_POINT
from acupress.catalogue.entries import citation
from acupress.catalogue.points import POINT, TECHNIQUE
from acupress.catalogue.records import Field, Fields
from acupress.catalogue.reference import REFERENCE_POINT, RESTS_ON, Basis
from acupress.catalogue.routines import ROUTINE, STEP
from acupress.lookup.resolve import (
    Ambiguous,
    Found,
    Index,
    codes,
    fold,
    index,
    resolve,
)
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
    Source,
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
from support.catalogue import ACHES, EVERY, POINTS, REFERENCE, ROUTINES, SOURCES

DATA = bundled()
RECORDS: tuple[Point | Routine, ...] = (*EVERY.values(), *ROUTINES)
NAMES = index(POINTS.values())
ALL_NAMES = index(EVERY.values())
TAUGHT = {
    code: point for code, point in POINTS.items() if point.kind is PointKind.TAUGHT
}

with (Path(__file__).parent / "who361.csv").open(encoding="utf-8", newline="") as who:
    ALL_361 = {row["code"]: row for row in csv.DictReader(who)}


def rows(table: str) -> list[list[str]]:
    """Return the cells of a table whose columns are separated by bars."""
    lines = [line for line in table.splitlines() if line.strip()]
    return [[cell.strip() for cell in line.split("|")] for line in lines]


# The decisions

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
NEVER_BELOW_AVOID = """
CV3 CV4 CV5 CV6 CV7 CV12 GV3 GV4 BL23 BL25 BL26 BL27 BL28 BL29 BL30 BL31 BL32
BL33 BL34 BL52 BL53 BL54 BL60 BL67 GB21 LI4 LU7 SP1 SP2 SP6 SP10 SP15 ST12 ST25
"""
AVOID = set(NEVER_BELOW_AVOID.split())

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


def test_every_point_has_a_row_in_every_table() -> None:
    """Each table of points here has one row for each point, and no other."""
    tables = {"LEVELS": LEVELS, "WHO": WHO, "CARE": CARE, "LANDMARKS": LANDMARKS}

    assert dict.fromkeys(tables, sorted(POINTS)) == {
        name: sorted(code for code, *_ in rows(table)) for name, table in tables.items()
    }


def test_levels_in_pregnancy() -> None:
    """Each point has the level and the tier that were decided, and says why."""
    expected = {
        code: (PregnancyLevel(word), None if tier == "none" else Tier(tier))
        for code, word, tier in rows(LEVELS)
    }

    assert expected == {
        code: (point.pregnancy, point.pregnancy_tier) for code, point in POINTS.items()
    }
    assert [c for c, p in POINTS.items() if p.pregnancy is not level(p)] == []
    assert [c for c, p in POINTS.items() if not p.pregnancy_note] == []


def test_the_floor_is_the_whole_list_of_avoid() -> None:
    """The list in the code that no file can loosen has every point to avoid."""
    assert AVOID == FLOOR
    assert {code for code, word, _ in rows(LEVELS) if word == "avoid"} <= AVOID


def test_names_and_sides() -> None:
    """Codes, pinyin, characters and sides are those of the WHO."""
    expected = {
        code: (
            *(pinyin, toned.replace(" ", ""), hanzi, Sides(sides)),
            set(variants.split()),
        )
        for code, pinyin, toned, hanzi, variants, sides in rows(WHO)
    }

    assert expected == {
        code: (
            *(point.pinyin, point.pinyin_toned, point.hanzi, point.sides),
            {alias for alias in point.aliases if not alias[0].isascii()},
        )
        for code, point in POINTS.items()
    }


def test_cautions_reach_and_pressure() -> None:
    """What lies under a point, who presses it and how firmly is as was decided."""
    expected = {
        code: (set(tags.split()), Reach(reach), Pressure(firmly) if firmly else None)
        for code, tags, reach, firmly in rows(CARE)
    }

    assert expected == {
        code: (
            {tag.value for tag in point.cautions},
            point.reach,
            point.technique.pressure if point.technique else None,
        )
        for code, point in POINTS.items()
    }


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


def test_every_point_of_the_who_is_there_once() -> None:
    """All 361 are in the data, each once, and six extra points."""
    assert len(ALL_361) == 361
    assert ALL_361.keys() <= EVERY.keys()
    assert EVERY.keys() - ALL_361.keys() <= {
        *("EX-HN3", "ANMIAN", "EX-B2", "EX-B7", "EX-B8", "EX-UE7")
    }
    assert set() == REFERENCE.keys() & POINTS.keys()


def test_how_many_points_each_meridian_has() -> None:
    """The table beside the tests numbers each meridian without a gap, as the WHO."""
    assert {name: list(range(1, count + 1)) for name, count in COUNTS.items()} == {
        name: [int(code[2:]) for code in ALL_361 if code[:2] == name] for name in COUNTS
    }


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
    """A decision of its own comes first, then the region; the rest is caution."""
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
    """No reference point of the list in the code has a level below avoid."""
    assert {c for c in AVOID if c in EVERY} <= {
        code for code, point in EVERY.items() if point.pregnancy is PregnancyLevel.AVOID
    }


def test_an_unrated_point_says_that_it_is_not_rated() -> None:
    """The note says so where neither a decision nor the region gives the level."""
    unrated = {
        code for code, point in REFERENCE.items() if "not rated" in point.pregnancy_note
    }

    assert (
        set(REFERENCE) - {c for c, *_ in rows(LISTED)} - set(REGION.split()) == unrated
    )


def test_points_at_the_artery_of_the_neck() -> None:
    """Six reference points have the warning never to press them."""
    assert {"ST9", "ST10", "LI17", "LI18", "SI16", "SI17"} == NEVER_PRESSED
    assert {c for c, point in EVERY.items() if point.never_press} == NEVER_PRESSED
    assert set(REFERENCE) >= NEVER_PRESSED
    assert all(Tag.NECK in REFERENCE[code].cautions for code in NEVER_PRESSED)


# Points that are never taught, and what lies there.
ONLY_TOLD = """
the eye                 | BL1 ST1
the windpipe            | CV22 ST11
the throat              | CV23 TE16
a large artery          | HT1 LR10 LR12 SP11 SP12 ST12 ST30
thin, delicate skin     | CV1 GV1 GV28
"""


def test_points_that_no_file_can_teach() -> None:
    """Sixteen more are reference points only, and data/README.md lists them."""
    told = {c: what for what, codes in rows(ONLY_TOLD) for c in codes.split()}

    assert told == {code: what.lower() for code, what in ONLY_TOLD_OF.items()}
    assert set(told) <= set(REFERENCE)
    paragraph = readme().split("**Do not press.**")[1].split("\n\n")[0]
    listed = paragraph.split("lies there:")[1].split("\n")[0]
    assert set(re.findall(r"[A-Z]{2}[0-9]+", listed)) == set(told)


def test_reference_points_have_no_technique() -> None:
    """A reference point has no dose and can be no step."""
    assert {PointKind.REFERENCE} == {point.kind for point in REFERENCE.values()}
    assert {None} == {point.technique for point in REFERENCE.values()}


def test_places_are_plain_words() -> None:
    """Each place is a sentence without a word that only a textbook uses."""
    found = {c: JARGON.findall(point.where) for c, point in REFERENCE.items()}

    assert {code: words for code, words in found.items() if words} == {}
    assert {
        code: point.where
        for code, point in REFERENCE.items()
        if not re.fullmatch(r"[A-Z].*\.", point.where)
    } == {}


def test_places_are_all_different() -> None:
    """Two points do not lie in the same place."""
    places = [point.where for point in EVERY.values()]

    assert len(places) == len(set(places))


def test_places_name_points_that_exist() -> None:
    """A code in a place or a note is that of a point of the WHO."""
    named = {
        code
        for point in REFERENCE.values()
        for text in (point.where, point.pregnancy_note, *point.notes)
        for code in re.findall(r"\b[A-Z]{2}[0-9]+\b", text)
    }

    assert named <= set(ALL_361)


def test_tags_of_a_region() -> None:
    """What lies under a whole region is tagged at every reference point of it."""
    regions = {
        Tag.ABDOMEN: {Body.BELLY},
        Tag.NECK: {Body.NECK},
        Tag.LEG_VEINS: {Body.KNEE, Body.LOWER_LEG, Body.ANKLE, Body.FOOT},
        Tag.BONE: {Body.CHEST, Body.UPPER_BACK, Body.LOWER_BACK},
    }

    assert [
        (tag, code)
        for tag, bodies in regions.items()
        for code, point in REFERENCE.items()
        if point.body in bodies and tag not in point.cautions
    ] == []


def test_who_can_reach_a_reference_point() -> None:
    """The spine and the place between the shoulder blades need someone else."""
    spine = {f"GV{number}" for number in range(2, 14)} | {"EX-B2", "EX-B8"}
    between = {f"BL{number}" for number in (*range(11, 18), *range(41, 47))}
    partner = {c for c, p in REFERENCE.items() if p.reach is Reach.PARTNER}

    assert (spine | between | {"SI11", "SI13"}) & set(REFERENCE) == partner


def test_no_two_points_share_a_code_or_an_alias() -> None:
    """Codes, aliases and characters are unique, however they are spelt."""
    spelt = [
        {fold(name) for name in (point.code, point.hanzi, *point.aliases)}
        for point in EVERY.values()
    ]

    assert sum(map(len, spelt)) == len(set().union(*spelt))


def misled(
    points: Iterable[Point], names: Index, shared: Mapping[str, tuple[str, ...]]
) -> list[tuple[str, str]]:
    """
    Return each code and name of *points* that does not find its own point.

    A name in *shared* (its folded form) must be ambiguous, between those codes.
    """
    wrong = []
    for point in points:
        own = (point.code, point.code.lower(), point.name, point.hanzi, *point.aliases)
        for name in (*own, point.pinyin, point.pinyin.lower(), point.pinyin_toned):
            outcome = resolve(name, names)
            if meant := shared.get(fold(name)):
                right = isinstance(outcome, Ambiguous) and codes(outcome) == meant
                right = right and point.code in meant
            else:
                right = isinstance(outcome, Found) and outcome.point is point
            if not right:
                wrong.append((point.code, name))
    return wrong


def test_every_name_of_all_finds_its_point() -> None:
    """Code, names and characters find their own point, or both that share a name."""
    shared = {fold(name): tuple(meant) for name, meant in SHARED_NAMES.items()}

    assert misled(EVERY.values(), ALL_NAMES, shared) == []


def test_what_is_found_among_the_few_is_found_among_all() -> None:
    """Reading the long list only on a miss never changes what a name means."""
    names = {
        name
        for point in EVERY.values()
        for name in (point.code, point.name, point.pinyin, point.hanzi, *point.aliases)
    }
    changed = []
    for name in sorted(names | set(SHARED_NAMES)):
        few, every = resolve(name, NAMES), resolve(name, ALL_NAMES)
        same = few == every if isinstance(few, Found) else True
        if not same or not set(codes(few)) <= set(codes(every)):
            changed.append((name, codes(few), codes(every)))

    assert changed == []


def test_readme_tells_of_the_long_list() -> None:
    """Counts, words and disagreements are told in data/README.md."""
    section = readme().split("## Reference points")[1].split("\n## ")[0]
    levels = [point.pregnancy for point in REFERENCE.values()]
    whole = re.sub(r"\s+", " ", section)

    assert f"{len(REFERENCE)} points" in whole
    counted = [f"{levels.count(each)} `{each.value}`" for each in PregnancyLevel]
    assert [each for each in counted if each not in whole] == []
    assert [each for each in Basis if f"`{each.value}`" not in section] == []
    assert [code for code in NEVER_PRESSED if code not in section] == []


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


def test_doses() -> None:
    """Every step has the dose, the gaps, the rank and the pressure decided on."""
    assert {name: rows(DOSES[name]) for name in ORDER} == {
        routine.id: doses(routine.steps) for routine in ROUTINES
    }
    assert {name: rows(REPLACEMENTS.get(name, "")) for name in ORDER} == {
        routine.id: doses(routine.replacements) for routine in ROUTINES
    }


STEPS = {
    (routine.id, step.point.code): step
    for routine in ROUTINES
    for step in (*routine.steps, *routine.replacements)
}


def test_published_holds() -> None:
    """A hold beyond our own limit names its source, and no other hold does."""
    expected = {
        (name, code): (PUBLISHED.get(name), name in PUBLISHED) for name, code in STEPS
    }

    assert expected == {
        key: (
            step.published_hold.id if step.published_hold else None,
            step.dose.hold > LONGEST_HOLD,
        )
        for key, step in STEPS.items()
    }


def test_how_a_step_is_done() -> None:
    """Ball, standing and lying face down are written where they were decided."""
    assert len(STEPS) == sum(len(r.steps) + len(r.replacements) for r in ROUTINES)
    assert {key for key, step in STEPS.items() if step.ball} == BALL
    assert {key for key, step in STEPS.items() if step.standing} == STANDING
    assert {key for key, step in STEPS.items() if step.prone} == PRONE


def test_a_posture_says_what_its_keys_say() -> None:
    """The words of a step say standing, face down and ball where its keys do."""
    assert {
        key: (step.standing, step.prone, step.ball) for key, step in STEPS.items()
    } == {
        key: (
            "tanding" in step.posture,
            "face down" in step.posture,
            "ball" in step.hand,
        )
        for key, step in STEPS.items()
    }


def test_which_points_are_pressed_as_the_breath_goes_out() -> None:
    """Four points say to breathe out while pressing, all others to breathe in."""
    out = {
        code
        for code, point in TAUGHT.items()
        if point.technique and point.technique.breath is BreathDirection.OUT
    }

    assert out == OUT


def test_which_points_a_helper_finds_in_another_way() -> None:
    """Every point of a routine for two has words of its own for the helper."""
    told = {
        code
        for code, point in TAUGHT.items()
        if point.technique and point.technique.find_partner
    }
    pressed = {s.point.code for r in ROUTINES if r.partner for s in r.steps}

    assert told == FOR_A_HELPER
    assert pressed <= FOR_A_HELPER | {"GV4", "GV14"}


def test_how_often_a_routine() -> None:
    """A routine is done as often as was published, and three times a day otherwise."""
    assert {name: HOW_OFTEN.get(name, THREE_A_DAY) for name in ORDER} == {
        routine.id: routine.how_often for routine in ROUTINES
    }


TECHNIQUES = {
    code: point.technique for code, point in TAUGHT.items() if point.technique
}


def test_how_often_a_point() -> None:
    """A point alone is pressed as often as was decided."""
    assert {code: HOW_OFTEN_A_POINT.get(code, THREE_A_DAY) for code in TAUGHT} == {
        code: technique.how_often for code, technique in TECHNIQUES.items()
    }


def test_every_point_says_when_to_stop() -> None:
    """Each taught point has a sentence of its own that begins with Stop or Leave."""
    sentence = re.compile(r"(Stop|Leave)\b.*\.")

    assert TECHNIQUES.keys() == TAUGHT.keys()
    assert {
        code: each.stop
        for code, each in TECHNIQUES.items()
        if not sentence.fullmatch(each.stop)
    } == {}


def test_replacements_are_never_left_out_for_pregnancy() -> None:
    """What stands in for a point is ok, and some point of that routine is not."""
    replaced = [routine for routine in ROUTINES if routine.replacements]
    levels = {
        (routine.id, step.point.code): level(step.point)
        for routine in replaced
        for step in routine.replacements
    }

    assert dict.fromkeys(levels, PregnancyLevel.OK) == levels
    assert [
        routine.id
        for routine in replaced
        if all(level(step.point) is PregnancyLevel.OK for step in routine.steps)
    ] == []


def totals(steps: Iterable[Step]) -> tuple[int, int]:
    """Return how many seconds *steps* last, and how many of them are pressing."""
    every = list(steps)
    seconds = sum(step.seconds for step in every)
    return seconds, sum(step.dose.pressing for step in every)


def test_totals() -> None:
    """A routine lasts, and presses, as long as data/README.md says."""
    expected = []
    for routine in ROUTINES:
        points = " ".join(step.point.code for step in routine.steps)
        total, pressing = TOTALS[routine.id]
        expected.append(f"| `{routine.id}` | {points} | {pressing} s | {total} s |")

    assert {each.id: totals(each.steps) for each in ROUTINES} == TOTALS
    assert [row for row in expected if row not in readme()] == []


def test_what_remains_after_yes_or_unsure() -> None:
    """Points and seconds are those of the files, and data/README.md has them, too."""
    table = readme().split("about pregnancy is yes or unsure:\n\n")[1].split("\n\n")[0]
    remains = {}
    for routine in ROUTINES:
        screened = screen(routine, Answers(PregnancyAnswer.YES))
        same = screen(routine, Answers(PregnancyAnswer.UNSURE))
        assert (same.kept, same.runs) == (screened.kept, screened.runs), routine.id
        if screened.runs:
            steps = [kept.step for kept in screened.kept]
            remains[routine.id] = ([s.point.code for s in steps], *totals(steps))
    rows_told = [
        f"| `{name}` | {points} | {pressing} s | {total} s |"
        for name, (points, total, pressing) in REMAINS.items()
    ]
    without = [f"`{name}`" for name in ORDER if name not in REMAINS]
    rows_told.append(f"| {', '.join(without)} | not run | | |")

    assert remains == {
        name: (points.replace(", and", "").split(), total, pressing)
        for name, (points, total, pressing) in REMAINS.items()
    }
    assert sorted(rows_told) == sorted(table.splitlines()[2:])


def seconds_by_formula(row: list[str]) -> int:
    """Return how long a step of the table of doses lasts, worked out from the row."""
    hold, times, setup, rest, switch, first = map(int, row[2:8])
    match row[1]:
        case "middle" | "both":
            return setup + times * hold + (times - 1) * rest
        case "alternate":
            return setup + 2 * times * hold + first + (2 * times - 2) * switch
        case _:
            return setup + 2 * times * hold + 2 * (times - 1) * rest + first


def test_totals_by_hand() -> None:
    """The seconds of a routine are those of the formulas beside the decisions."""
    assert {name: total for name, (total, _) in TOTALS.items()} == {
        name: sum(map(seconds_by_formula, rows(table))) for name, table in DOSES.items()
    }


def test_ranks() -> None:
    """The ranks of a routine are 1, 2, 3 …, so that none is shared or missing."""
    assert {each.id: list(range(1, len(each.steps) + 1)) for each in ROUTINES} == {
        each.id: sorted(step.rank for step in each.steps) for each in ROUTINES
    }


def test_dose_of_a_point() -> None:
    """
    A point is taught with the dose of the first routine that has it.

    A hold that only a routine may have is cut to our own limit; a point in no
    routine has half a minute, twice.
    """
    wrong = []
    for code, technique in TECHNIQUES.items():
        steps = [s for each in ROUTINES for s in each.steps if s.point.code == code]
        taught = technique.dose
        if not steps:
            right = (taught.hold, taught.repetitions) == (30, 2)
        else:
            first = steps[0].dose
            right = taught == first._replace(hold=min(first.hold, LONGEST_HOLD))
            right = right and {technique.pressure} == {step.pressure for step in steps}
        if not right:
            wrong.append((code, technique.dose, technique.pressure))

    assert wrong == []


def test_which_points_are_pressed_on_both_sides_at_once_alone() -> None:
    """Without a helper only points that two hands can reach have both sides at once."""
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
BL23 | bump you meet, second bump, tops of the hips
BL52 | bump you meet, second bump, tops of the hips
GV4  | bump you meet, second bump, tops of the hips
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


def test_landmarks_are_named() -> None:
    """The words on finding a point name the landmarks that its picture shows."""
    assert [
        (code, each)
        for code, words in rows(LANDMARKS)
        for each in words.split(", ")
        if each not in POINTS[code].find
    ] == []


def test_no_dose_for_gb10() -> None:
    """GB10 is a reference point, and BL10 is pressed as it would be."""
    assert POINTS["GB10"].technique is None
    assert Dose(Pattern.BOTH, 60, 2) == POINTS["BL10"].technique.dose  # type: ignore[union-attr]


# Sources


# What the levels of single reference points rest on: told in data/README.md, where no
# record has room to cite it.
ON_REFERENCE = {"takoda-pregnancy", "st17-general"}


def test_every_source_is_used() -> None:
    """Every source is cited by a file or by a notice, and there are no others."""
    cited = {citation.source.id for record in RECORDS for citation in record.citations}
    cited |= {ache.source.id for ache in ACHES if ache.source}
    for name in ("charts", "extra-points"):
        tables = (DATA / f"{name}.yaml").read_text("utf-8")
        for listed in re.findall(r"sources: \[([a-z0-9, -]+)\]", tables):
            cited |= set(listed.split(", "))

    assert set(SOURCES) == cited | set(safety.SOURCES) | set(RESTS_ON)
    assert set(SOURCES) - cited - set(safety.SOURCES) == ON_REFERENCE
    section = readme().split("## Reference points")[1]
    assert [each for each in ON_REFERENCE if f"`{each}`" not in section] == []


def test_every_citation_supports_something() -> None:
    """Each citation supports a statement, and no record cites a source twice."""
    cited = {
        record_id(record): [citation.source.id for citation in record.citations]
        for record in RECORDS
    }

    assert {name: ids for name, ids in cited.items() if len(ids) > len(set(ids))} == {}
    assert [
        record_id(record)
        for record in RECORDS
        for citation in record.citations
        if not citation.supports
    ] == []


def record_id(record: Point | Routine | Source) -> str:
    """Return the code of a point, or the id of a routine or a source."""
    return record.code if isinstance(record, Point) else record.id


def test_addresses_are_all_different() -> None:
    """Two sources are not the same page under two names."""
    addresses = [source.url for source in SOURCES.values() if source.url]

    assert len(addresses) == len(set(addresses))


def test_names_and_places_rest_on_the_who() -> None:
    """Name and place rest on the WHO's standard, but for the two extra points."""
    extra = {"EX-HN3", "ANMIAN"}

    assert {c: set() if c in extra else {"names", "where"} for c in POINTS} == {
        code: {
            what
            for citation in point.citations
            if citation.source.id == "who-2008"
            for what in citation.supports
        }
        for code, point in POINTS.items()
    }


# Words

# Words of a promise, a diagnosis or a treatment, whatever the sentence around them.
BANNED = re.compile(
    r"\b(?:treat(?:s|ed|ing|ments?)?|reliev(?:e|es|ed|ing)|relief|cur(?:e|es|ed|ing)"
    r"|heal(?:s|ed|ing|er)?|inflammat(?:ion|ory)|endorphins?|sciatica?|herniat(?:ed|ion)"
    r"|spondyl(?:osis|itis)|safe(?:ly|r|st)?|harmless|therap(?:y|ies|eutic)|toxins?"
    r"|detox\w*|strengthen(?:s|ed|ing)?|immun(?:e|ity)|remed(?:y|ies)|diagnos(?:is|e)"
    r"|guarantee[sd]?|proven|effective(?:ly|ness)?|miracul\w+|miscarriages?"
    r"|alleviat(?:e|es|ed|ing)|prevents?|benefits?|beneficial|rehabilitat\w+)\b",
    re.IGNORECASE,
)
# Sentences that ask, or send to someone else, and so promise nothing: the list of
# warning signs asks after illness, a pharmacist is asked about medicine, and an arm
# that swells since cancer treatment is never pressed. Nothing else may use these words.
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
        case Source(good_for=good_for):
            yield good_for
        case tuple() | list() | frozenset() as items:
            for each in items:
                yield from words_of(each)


def test_banned_words_are_found() -> None:
    """The list of claims finds the article's own."""
    claims = (
        "It relieves sciatica. CURES a herniated disc; heals the body; releases "
        "endorphins, reduces inflammation; safe, therapeutic, beneficial to cervical "
        "spondylosis. Most effective! Flushes toxins. Treats pain, long-term relief."
    )

    assert len(BANNED.findall(claims)) == 15
    assert BANNED.findall("a treatise on healthy, unsafely secure relievers") == []


def test_no_claims_in_the_data() -> None:
    """No record promises what a point does, nor calls anything safe."""
    assert [
        (record_id(record), word, text)
        for record in (*RECORDS, *SOURCES.values())
        for text in words_of(record)
        for word in BANNED.findall(text)
    ] == []


def texts_in(path: Path) -> Iterator[str]:
    """Yield every text in a module but for its docstrings."""
    tree = ast.parse(path.read_text("utf-8"))
    docstrings = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in docstrings:
            yield from words_of(node.value)


@cache
def texts_of_the_program() -> dict[str, list[str]]:
    """Return the texts of every module, by the module's path in the package."""
    package = Path(acupress.__file__).parent
    return {
        path.relative_to(package).as_posix(): list(texts_in(path))
        for path in sorted(package.rglob("*.py"))
    }


def test_no_claims_in_the_program() -> None:
    """No sentence of the program promises anything either."""
    asked = re.compile("|".join(map(re.escape, ASKED)))

    # People search for sciatica; acupress compares the word and never says it.
    searched = ("lookup/search.py", "sciatica")

    assert "text/safety.py" in texts_of_the_program()
    assert [
        (module, word, text)
        for module, texts in texts_of_the_program().items()
        for text in texts
        for word in BANNED.findall(asked.sub("", text))
        if (module, text) != searched
    ] == []


def test_each_exception_is_needed() -> None:
    """Each exception is in some sentence; without it its words are still found."""
    everything = "\n".join(
        text for texts in texts_of_the_program().values() for text in texts
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
    if not isinstance(value, tuple):
        return
    for name, held in zip_longest(getattr(value, "_fields", ()), value):
        texts = held if type(held) is tuple else (held,)
        if name:
            yield from ((name, len(text)) for text in texts if isinstance(text, str))
        yield from lengths(held)


def test_lengths() -> None:
    """No text is longer than data/README.md allows."""
    found = list(lengths((*RECORDS, *SOURCES.values())))
    too_long = [(name, n) for name, n in found if n > LIMITS.get(name, 60)]

    assert too_long == []
    assert max(len(routine.how_often) for routine in ROUTINES) <= 200
    assert set(LIMITS) <= {name for name, _ in found}


# Names


def test_every_name_finds_its_point() -> None:
    """Code, name, pinyin, characters and aliases find their own point."""
    shared = {"zhongzhu": ("TE3", "KI15")}  # alike without tones

    assert misled(POINTS.values(), NAMES, shared) == []


def test_labels_of_the_article() -> None:
    """The article's own labels lead to the points that it means."""
    labels = {
        "B54": ("BL40", "BL54"),
        "B47": ("BL52", "BL47"),
        "LV 3": ("LR3",),
        "K 27": ("KI27",),
        "Tai Chone": ("LR3",),
        "Center Crook": ("BL40",),
        "Chi Hai": ("CV6",),
        "Hoku": ("LI4",),
    }

    assert labels == {label: codes(resolve(label, NAMES)) for label in labels}


def test_gb10_and_bl10_name_each_other() -> None:
    """Looking up the article's mistaken code leads to the point that it means."""
    assert "BL10" in " ".join(POINTS["GB10"].notes)
    assert "GB10" in " ".join(POINTS["BL10"].notes)


# data/README.md


@cache
def readme() -> str:
    """Return the page that explains the data."""
    return (DATA / "README.md").read_text("utf-8")


TABLES: dict[str, Fields] = {
    "A point": {**POINT, **TECHNIQUE},
    "A routine": ROUTINE,
    "A step": STEP,
    "A citation": citation("dose"),
    "A source": SOURCE,
    "An ache": ACHE,
    "A chart": CHART,
    "An extra point": EXTRA_POINT,
    "Reference points": REFERENCE_POINT,
}
FORTY = 40  # the most items of a list that says nothing else
ELSEWHERE = ("as above", "see *Limits*", "an `id` of `sources.yaml`")


def limits_of(field: Field[object]) -> set[int]:
    """Return the numbers that a page must give for *field*."""
    item = field.schema.get("items", {})
    if item.get("type") == "object":
        return {field.schema["maxItems"]} - {FORTY}
    keys = ("maxLength", "minimum", "maximum")
    return {each[key] for each in (field.schema, item) for key in keys if key in each}


def table_of(title: str) -> list[list[str]]:
    """Return the cells of the first table below the heading *title*, row by row."""
    section = re.split(rf"^##+ {title}$", readme(), flags=re.MULTILINE)[1]
    table = section.split("\n\n| ")[1].split("\n\n")[0]
    return [re.split(r" *\| *", row.strip("| ")) for row in table.splitlines()[2:]]


def test_the_tables_of_the_readme_are_those_of_the_readers() -> None:
    """data/README.md has each key that is read, its limits, and no other."""
    for title, fields in TABLES.items():
        told: list[str] = []
        for row in table_of(title):
            keys = re.findall(r"`([a-z_]+)`", row[0])
            told += keys
            limit = row[2] if len(row) > 2 else ""
            if limit not in ELSEWHERE:
                numbers = set(map(int, re.findall("[0-9]+", limit)))
                wanted = set().union(*(limits_of(fields[key]) for key in keys))
                assert numbers == wanted, (title, keys)

        assert sorted(told) == sorted(fields), title


def test_readme_names_every_word() -> None:
    """Every word of the closed sets is explained in data/README.md."""
    sets: tuple[type[Enum], ...] = (
        *(Reach, Pressure, PregnancyLevel, Tier, Pattern, PointKind),
        *(BreathDirection, Caution),
    )

    assert [
        each for words in sets for each in words if f"`{each.value}`" not in readme()
    ] == []


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
