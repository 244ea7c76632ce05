"""Reads a file of ``data/points`` as a point, and checks that its names are unique."""

from __future__ import annotations

import re

from acupress.catalogue.entries import (
    NO_POINTS,
    Sources,
    check_dose,
    citations,
    point_code,
)
from acupress.catalogue.nodes import Node
from acupress.catalogue.records import FieldReader, Record, list_of, one_of, text, whole
from acupress.errors import FileError
from acupress.lookup.resolve import Unknown, codes, fold, resolve
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

_STATEMENTS = frozenset(
    ["names", "where", "find", "pregnancy", "cautions", "traditional"]
)
_STATEMENTS_OF_TAUGHT = _STATEMENTS | frozenset(["hand", "press", "dose", "how_often"])

_MIDDLE = re.compile(r"(?:GV|CV)[0-9]+|EX-HN3|EX-B8")


def point_from(
    node: Node,
    sources: Sources,
    faults: list[FileError],
    *,
    own_code: FieldReader[str] | None = None,
) -> Point | None:
    """
    Return the point in *node*, or ``None`` if *faults* is not empty.

    *own_code* reads the code of a user's point, whose ``sides`` are not checked.
    """
    record = Record(node, faults)
    kind = record.take("kind", one_of(PointKind))
    unread = kind is None and "hand" in record.entries  # do not fault its keys too
    taught = unread or kind is PointKind.TAUGHT
    technique = _technique(record, own=own_code is not None) if taught else None
    wanted = _STATEMENTS_OF_TAUGHT if technique else _STATEMENTS
    values = (
        record.take("code", own_code or point_code),
        kind,
        record.take("name", text(60)),
        record.take("pinyin", text(40)),
        record.take("pinyin_toned", text(40)),
        record.take("hanzi", text(10)),
        record.take("aliases", list_of(text(60))),
        record.take("regions", list_of(one_of(Region))),
        record.take("body", one_of(Body)),
        record.take("traditional", list_of(text(60))),
        record.take("sides", one_of(Sides)),
        record.take("reach", one_of(Reach)),
        record.take("pregnancy", one_of(PregnancyLevel)),
        record.take("pregnancy_tier", _tier),
        record.take("pregnancy_note", text(400)),
        record.take("cautions", list_of(one_of(Tag))),
        record.take("where", text(300)),
        record.take("find", text(700)),
        technique,
        record.take("notes", list_of(text(400))),
        citations(record, sources, wanted),
    )
    record.close()
    if faults:
        return None
    point = Point(*values, Origin.OWN if own_code else Origin.BUNDLED)
    _check_point(record, point)
    return point


# Default for users' points: ``stop`` was not a key in earlier releases.
_STOP = "Stop if it turns sharp, shoots, tingles or goes numb."


def _technique(record: Record, *, own: bool) -> Technique:
    spoken = record.take("spoken", text(90))
    hand = record.take("hand", text(400))
    press = record.take("press", text(400))
    stop = text(160)
    stop_text = (
        record.optional("stop", stop, default=_STOP)
        if own
        else record.take("stop", stop)
    )
    find_partner = record.optional("find_partner", text(700), default="")
    breath = record.optional(
        "breath", one_of(BreathDirection), default=BreathDirection.IN
    )
    pressure = record.take("pressure", one_of(Pressure))
    dose = Dose(
        record.take("pattern", one_of(Pattern)),
        record.take("hold_seconds", whole(1, LONGEST_HOLD)),
        record.take("repetitions", whole(1, 20)),
    )
    how_often = record.take("how_often", text(300))
    return Technique(
        spoken=spoken,
        hand=hand,
        press=press,
        stop=stop_text,
        pressure=pressure,
        dose=dose,
        how_often=how_often,
        find_partner=find_partner,
        breath=breath,
    )


def _tier(node: Node) -> Tier | None:
    if node.value == "none":
        return None
    try:
        return one_of(Tier)(node)
    except FileError as error:
        raise node.error(f"{error.message}, none") from None


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
        outcome = resolve(alias, NO_POINTS)
        if not isinstance(outcome, Unknown) and codes(outcome) != (point.code,):
            meant = " or ".join(codes(outcome))
            raise node.error_at("aliases", f"{alias!r} means {meant}: take it out")
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
