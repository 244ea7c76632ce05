"""Reads a file of ``data/points`` as a point, and checks that its names are unique."""

from __future__ import annotations

import re
from typing import Any

from acupress.catalogue.contents import Sources
from acupress.catalogue.entries import (
    POINT_CODE,
    check_dose,
    citations_of,
    read_citations,
)
from acupress.catalogue.nodes import Node
from acupress.catalogue.records import (
    Field,
    Fields,
    Record,
    exact,
    list_of,
    one_of,
    optional,
    text,
    whole,
    word_of,
)
from acupress.errors import FileError
from acupress.lookup.resolve import fold, index, reads_as_code
from acupress.model import (
    LONGEST_HOLD,
    NEVER_PRESSED,
    ONLY_TOLD_OF,
    Body,
    BreathDirection,
    Dose,
    Origin,
    Pattern,
    Point,
    PointKind,
    PregnancyLevel,
    Pressure,
    Reach,
    Region,
    Sides,
    Tag,
    Technique,
    Tier,
)

Taken = dict[str, tuple[str, str]]
"""By folded name: the key that has it, and the point and file that own it."""

# The names that other books give to a WHO point, and those of two points.
_IN_BOOKS = index(()).names

_MIDDLE = re.compile(r"(?:GV|CV)[0-9]+|EX-HN3|EX-B8")

_STATEMENTS = ("names", "where", "find", "pregnancy", "cautions", "traditional")
_STATEMENTS_OF_TAUGHT = (*_STATEMENTS, "hand", "press", "dose", "how_often")

POINT: Fields = {
    "code": POINT_CODE,
    "kind": one_of(PointKind),
    "name": text(60),
    "pinyin": text(40),
    "pinyin_toned": text(40),
    "hanzi": text(10),
    "aliases": list_of(text(60)),
    "regions": list_of(one_of(Region)),
    "body": one_of(Body),
    "traditional": list_of(text(60)),
    "sides": one_of(Sides),
    "reach": one_of(Reach),
    "pregnancy": exact(one_of(PregnancyLevel)),
    "pregnancy_tier": exact(
        word_of({**{tier.value: tier for tier in Tier}, "none": None})
    ),
    "pregnancy_note": text(400),
    "cautions": list_of(one_of(Tag)),
    "where": text(300),
    "find": text(700),
    "notes": list_of(text(400)),
    "sources": citations_of(*_STATEMENTS_OF_TAUGHT),
}
"""What every point has that has a file of its own."""

TECHNIQUE: Fields = {
    "spoken": text(90),
    "hand": text(400),
    "press": text(400),
    "stop": text(160),
    "find_partner": optional(text(700)),
    "breath": optional(one_of(BreathDirection)),
    "pressure": one_of(Pressure),
    "hold_seconds": whole(1, LONGEST_HOLD),
    "repetitions": whole(1, 20),
    "pattern": one_of(Pattern),
    "how_often": text(300),
}
"""What a taught point has besides."""

OWN_CODE = exact(
    text(
        10,
        "[A-Z][A-Z0-9-]{1,9}",
        "write two to ten of A-Z, 0-9 and hyphens, a letter first",
    )
)

# ``stop`` was not a key in earlier releases.
OWN_POINT: Fields = {**POINT, "code": OWN_CODE}
OWN_TECHNIQUE: Fields = {**TECHNIQUE, "stop": optional(TECHNIQUE["stop"])}
_STOP = "Stop if it turns sharp, shoots, tingles or goes numb."


def point_from(
    node: Node,
    sources: Sources,
    faults: list[FileError],
    *,
    own_code: Field[str] | None = None,
) -> Point | None:
    """
    Return the point in *node*, or ``None`` if *faults* is not empty.

    *own_code* reads the code of a user's point, whose ``sides`` are not checked.
    """
    record = Record(node, faults)
    values = record.take({**POINT, "code": own_code or POINT_CODE})
    kind = values["kind"]
    unread = kind is None and "hand" in record.entries  # do not fault its keys too
    taught = unread or kind is PointKind.TAUGHT
    technique = record.take(OWN_TECHNIQUE if own_code else TECHNIQUE) if taught else {}
    wanted = frozenset(_STATEMENTS_OF_TAUGHT if taught else _STATEMENTS)
    citations = read_citations(record, values.pop("sources"), sources, wanted)
    record.close()
    if faults:
        return None
    point = Point(
        technique=_technique(**technique) if taught else None,
        citations=citations,
        origin=Origin.OWN if own_code else Origin.BUNDLED,
        **values,
    )
    _check_point(record, point)
    return point


def _technique(
    pattern: Pattern,
    hold_seconds: int,
    repetitions: int,
    stop: str = _STOP,
    **values: Any,  # noqa: ANN401 - each checked by its field
) -> Technique:
    dose = Dose(pattern, hold_seconds, repetitions)
    return Technique(dose=dose, stop=stop, **values)


def _check_point(record: Record, point: Point) -> None:
    if point.origin is Origin.BUNDLED and point.sides is not sides_of(point.code):
        record.fault_at("sides", f"write {sides_of(point.code).value}")
    if fold(point.pinyin_toned) != fold(point.pinyin):
        record.fault_at("pinyin_toned", f"write {point.pinyin} with its tones")
    if (point.pregnancy is PregnancyLevel.OK) is not (point.pregnancy_tier is None):
        record.fault_at("pregnancy_tier", "write none for ok, and a tier otherwise")
    if point.technique is None:
        return
    if point.code in NEVER_PRESSED:
        record.fault_at("kind", "write reference: an artery of the neck lies here")
    if point.code in ONLY_TOLD_OF:
        what = ONLY_TOLD_OF[point.code].lower()
        record.fault_at("kind", f"write reference: {what} lies here")
    check_dose(record, "hold_seconds", point, point.technique.dose)


def sides_of(code: str) -> Sides:
    """Return the sides of the bundled point *code*, which follow from the code."""
    return Sides.MIDDLE if _MIDDLE.fullmatch(code) else Sides.BOTH


def check_names(node: Node, point: Point, taken: Taken) -> None:
    """
    Raise FileError if a name of *point* is *taken* or resolves to another point.

    Two points may share only their pinyin without tones: ``lookup`` then returns
    both as candidates.
    """
    for alias in point.aliases:
        meant = _IN_BOOKS.get(fold(alias), (point.code,))
        if meant != (point.code,):
            message = f"{alias!r} means {' or '.join(meant)}: take it out"
            raise node.error_at("aliases", message)
        if reads_as_code(alias):
            raise node.error_at("aliases", f"{alias!r} reads as a code: take it out")
    for name, key in sorted(names_of(point).items()):
        theirs, owner = taken.get(name, ("", ""))
        if owner and not key == theirs == "pinyin":
            raise node.error_at(key, f"{name!r} already names {owner}")


def taken_by(point: Point, file: str = "") -> Taken:
    """Return the names of *point*, to be merged into the taken ones."""
    owner = f"{point.code}, in {file or point.code + '.yaml'}"
    return {name: (key, owner) for name, key in names_of(point).items()}


def names_of(point: Point) -> dict[str, str]:
    """Return the key in the file of each folded name of *point*."""
    keys = {fold(alias): "aliases" for alias in point.aliases}
    keys |= {fold(point.pinyin): "pinyin", fold(point.hanzi): "hanzi"}
    return keys | {fold(point.name): "name", fold(point.code): "code"}
