"""
Data for the lookup: letters, numbers and names that other charts use for WHO points.

A canonical code is that of the WHO (1993, 2008): two letters and a number. The
tables are checked against the sources that the project names. Letters are in lower
case without spaces, places in lay words.
"""

from __future__ import annotations

COUNTS = {
    "LU": 11,
    "LI": 20,
    "ST": 45,
    "SP": 21,
    "HT": 9,
    "SI": 19,
    "BL": 67,
    "KI": 27,
    "PC": 9,
    "TE": 23,
    "GB": 44,
    "LR": 14,
    "GV": 28,
    "CV": 24,
}
"""The number of WHO points on each meridian: 361 in all."""

TITLES = {
    "LU": "Lung",
    "LI": "Large Intestine",
    "ST": "Stomach",
    "SP": "Spleen",
    "HT": "Heart",
    "SI": "Small Intestine",
    "BL": "Bladder",
    "KI": "Kidney",
    "PC": "Pericardium",
    "TE": "Triple Energizer",
    "GB": "Gallbladder",
    "LR": "Liver",
    "GV": "Governor Vessel",
    "CV": "Conception Vessel",
}
"""The name of each meridian as the WHO prints it."""

# What English books write; data/charts.yaml has what others do.
_LETTERS = {
    "LU": "lu l lung",
    "LI": "li co colon largeintestine",
    "ST": "st s stomach",
    "SP": "sp spleen",
    "HT": "ht h he heart",
    "SI": "si smallintestine",
    "BL": "bl b ub bladder urinarybladder",
    "KI": "ki k kid kd kidney",
    "PC": "pc p hc hp cx pericardium",
    "TE": "te tw th tb sj sanjiao tripleenergizer tripleenergiser"
    " tripleburner triplewarmer tripleheater",
    "GB": "gb g gallbladder",
    "LR": "lr lv liv liver",
    "GV": "gv du vg dumai governingvessel governorvessel",
    "CV": "cv ren rn vc renmai conceptionvessel",
}

LETTERS = {
    letters: meridian
    for meridian, spellings in _LETTERS.items()
    for letters in spellings.split()
}
"""The WHO's letters for every spelling of a meridian that English books use."""

VERTEBRAE = {"c": 7, "t": 12, "l": 5, "s": 5}
"""The number of vertebrae of each region, by its letter in the location texts."""

MISREAD = {"l": "LI", "k": "KI", "s": "SI"}
"""Letters before a capital i, which may be misread as 1: L14 for LI4."""

EXTRA = {"extra1", "ex1", "exhn3", "hn3"}
"""Spellings of EX-HN3 Yintang, which other charts also number GV24.5 or GV29."""

DOUBTFUL_LETTERS = {"b", "ub", "bladder", "urinarybladder"}
"""Letters with which either of the two Bladder numberings may be meant."""

_BLADDER = (
    # WHO number, older number, name, place
    (36, 50, "Chengfu", "fold under the buttock"),
    (37, 51, "Yinmen", "back of the thigh"),
    (38, 52, "Fuxi", "just above the outer end of the knee crease"),
    (39, 53, "Weiyang", "outer end of the knee crease"),
    (40, 54, "Weizhong", "back of the knee"),
    (41, 36, "Fufen", "upper back, beside the top of the shoulder blade"),
    (42, 37, "Pohu", "upper back, beside the ridge of the shoulder blade"),
    (43, 38, "Gaohuang", "upper back, beside the upper shoulder blade"),
    (44, 39, "Shentang", "upper back, beside the middle of the shoulder blade"),
    (45, 40, "Yixi", "upper back, beside the lower shoulder blade"),
    (46, 41, "Geguan", "upper back, beside the tip of the shoulder blade"),
    (47, 42, "Hunmen", "mid-back, two bumps below the shoulder blade"),
    (48, 43, "Yanggang", "mid-back, three bumps below the shoulder blade"),
    (49, 44, "Yishe", "mid-back, four bumps below the shoulder blade"),
    (50, 45, "Weicang", "mid-back, level with the last rib"),
    (51, 46, "Huangmen", "lower back, just above the waist"),
    (52, 47, "Zhishi", "lower back at the waist, four fingers from the spine"),
    (53, 48, "Baohuang", "buttock, level with the back dimples"),
    (54, 49, "Zhibian", "buttock"),
)

OLD_OF_WHO = {who: old for who, old, _, _ in _BLADDER}
"""The older Bladder number of each WHO number from 36 to 54."""

WHO_OF_OLD = {old: who for who, old, _, _ in _BLADDER}
"""The WHO's Bladder number of each older number; the two always differ."""

PLACES = {
    **{f"BL{who}": (name, place) for who, _, name, place in _BLADDER},
    "BL23": ("Shenshu", "lower back at the waist, two fingers from the spine"),
    "BL66": ("Zutonggu", "little toe"),
    "CV7": ("Yinjiao", "belly, below the navel"),
    "EX-HN3": ("Yintang", "between the eyebrows"),
    "GB11": ("Touqiaoyin", "behind the ear"),
    "GB12": ("Wangu", "under the bone behind the ear"),
    "GB15": ("Toulinqi", "above the forehead, just inside the hair"),
    "GB29": ("Juliao", "side of the hip"),
    "GB32": ("Zhongdu", "outer thigh"),
    "GB33": ("Xiyangguan", "outer side of the knee"),
    "GB41": ("Zulinqi", "top of the foot"),
    "GB44": ("Zuqiaoyin", "fourth toe"),
    "GV3": ("Yaoyangguan", "lower back, on the spine"),
    "GV28": ("Yinjiao", "inside the upper lip"),
    "KI15": ("Zhongzhu", "belly, below the navel"),
    "KI20": ("Futonggu", "upper belly"),
    "LI1": ("Shangyang", "index finger, beside the nail"),
    "LI10": ("Shousanli", "forearm, below the elbow"),
    "LI13": ("Shouwuli", "upper arm, above the elbow"),
    "LI18": ("Futu", "side of the throat"),
    "LI19": ("Kouheliao", "face, below the nostril"),
    "LR6": ("Zhongdu", "inner shin"),
    "LR10": ("Zuwuli", "inner thigh, near the groin"),
    "LU11": ("Shaoshang", "thumb, beside the nail"),
    "SI4": ("Wangu", "little-finger edge of the wrist"),
    "ST3": ("Juliao", "cheek, below the pupil"),
    "ST32": ("Futu", "front of the thigh"),
    "ST36": ("Zusanli", "shin, below the knee"),
    "TE3": ("Zhongzhu", "back of the hand"),
    "TE22": ("Erheliao", "temple, in front of the ear"),
}
"""Pinyin and place of every point that an ambiguous code or name may mean."""

SHARED_NAMES = {
    # Without tones, six pairs of WHO names are homonyms ...
    "Futu": ("LI18", "ST32"),
    "Juliao": ("ST3", "GB29"),
    "Wangu": ("SI4", "GB12"),
    "Zhongzhu": ("TE3", "KI15"),
    "Zhongdu": ("LR6", "GB32"),
    "Yinjiao": ("CV7", "GV28"),
    # ... seven more if a book drops the prefix (hand, foot, head ...) ...
    "Sanli": ("LI10", "ST36"),
    "Wuli": ("LI13", "LR10"),
    "Tonggu": ("KI20", "BL66"),
    "Yangguan": ("GV3", "GB33"),
    "Linqi": ("GB15", "GB41"),
    "Qiaoyin": ("GB11", "GB44"),
    "Heliao": ("LI19", "TE22"),
    # ... and two English names that Gach and his copyists give to two points.
    "Sea of Vitality": ("BL23", "BL52"),
    "Bearing Support": ("BL36", "BL41"),
}
"""Names of two points each, whether or not the catalogue has them."""

OTHER_SPELLINGS = {
    "Zanzhu": "BL2",
    "Quchai": "BL4",
    "Dashu": "BL11",
    "Gaohuangshu": "BL43",
    "Pushen": "BL61",
    "Qimai": "TE18",
    "Shanzhong": "CV17",
    "Tanzhong": "CV17",
    "Renzhong": "GV26",
    "Chi Hai": "CV6",
    "Tai Chone": "LR3",
}
"""Other spellings of a point's name that books use."""
