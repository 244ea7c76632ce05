"""
Reads the reference points, many in one file, which are documented but not taught.

A record omits what a rule implies: kind, plain pinyin, sides, tier, most sources.
"""

from __future__ import annotations

from enum import Enum

from acupress.catalogue.contents import Sources
from acupress.catalogue.entries import SLUG, source_of
from acupress.catalogue.nodes import Node
from acupress.catalogue.points import POINT, sides_of
from acupress.catalogue.records import BOOLEAN, Fields, Record, one_of, optional
from acupress.errors import FileError
from acupress.lookup.resolve import fold
from acupress.model import (
    NEVER_PRESSED,
    Citation,
    Origin,
    Point,
    PointKind,
    PregnancyLevel,
    Source,
    Tier,
)

REFERENCE = "reference.yaml"
"""The file of all reference points; every other file holds one record."""


class Basis(Enum):
    """Why a reference point has its level in pregnancy."""

    NAMED = "named"
    LISTED = "listed"
    REGION = "region"
    UNRATED = "unrated"


# The level and the note that a basis implies; with LISTED the record has its own.
_RULES = {
    Basis.NAMED: (
        PregnancyLevel.AVOID,
        (
            "Traditionally left out in pregnancy; several professional lists agree. "
            "Studies of needling have not shown harm; this tool stays on the careful "
            "side."
        ),
    ),
    Basis.REGION: (
        PregnancyLevel.AVOID,
        (
            "The belly, the groin and pelvic floor, and the lower back down to the "
            "tailbone are left out in pregnancy. The rule was written for needles; we "
            "follow it as extra care."
        ),
    ),
    Basis.UNRATED: (
        PregnancyLevel.CAUTION,
        "We have not rated this point, so it is not used in pregnancy.",
    ),
}

_WHO, _SECOND, _OURS = "who-2008", "wikipedia-points", "acupress"
_FOR_LEVEL = {
    Basis.NAMED: (
        ("article", "Its list for pregnancy names the point."),
        ("carr-2015", "Discusses the points that lists name; read as an abstract."),
    ),
    Basis.REGION: (("who-1999", "Leaves these parts of the body out, for needles."),),
}
RESTS_ON = (
    _WHO,
    _SECOND,
    _OURS,
    *("takoda-pregnancy", "st17-general"),
    *(n for uses in _FOR_LEVEL.values() for n, _ in uses),
)


_AS_IN_A_FILE = ("code", "name", "pinyin_toned", "hanzi", "body", "reach", "cautions")

REFERENCE_POINT: Fields = {
    **{key: POINT[key] for key in (*_AS_IN_A_FILE, "pregnancy", "where")},
    **{key: optional(POINT[key]) for key in ("aliases", "notes", "pregnancy_note")},
    "pregnancy_basis": one_of(Basis),
    "never_press": optional(BOOLEAN),
    "source": optional(SLUG),
    "name_source": optional(SLUG),
}
"""What a reference point has; the rest follows from it."""


def reference_from(
    node: Node, sources: Sources, faults: list[FileError]
) -> Point | None:
    """Return the reference point in *node*, or ``None`` if *faults* is not empty."""
    record = Record(node, faults)
    cited = optional(source_of(sources))
    fields: Fields = {**REFERENCE_POINT, "source": cited, "name_source": cited}
    values = record.take(fields)
    basis = values.pop("pregnancy_basis")
    _check_level(record, basis, values["pregnancy"])
    record.close()
    if faults:
        return None
    code, marked = values["code"], values.pop("never_press", False)
    if marked is not (code in NEVER_PRESSED):
        wanted = "write" if not marked else "take out"
        record.fault_at("code", f"{wanted} `never_press: true` at {code}")
    english = values.get("source", sources[_SECOND])
    place = values.pop("source", sources[_WHO])
    named = values.pop("name_source", english)
    if basis is not Basis.LISTED:
        values["pregnancy_note"] = _RULES[basis][1]
    tier = Tier.NAMED if basis is Basis.NAMED else Tier.EXTRA_CARE
    return Point(
        kind=PointKind.REFERENCE,
        pinyin=fold(values["pinyin_toned"]).capitalize(),
        regions=(),
        traditional=(),
        sides=sides_of(code),
        pregnancy_tier=None if values["pregnancy"] is PregnancyLevel.OK else tier,
        find=values["where"],
        technique=None,
        citations=_citations(basis, place.id, named.id, sources),
        origin=Origin.BUNDLED,
        **{"aliases": (), "notes": (), **values},
    )


def _check_level(
    record: Record, basis: Basis | None, level: PregnancyLevel | None
) -> None:
    if basis is Basis.LISTED:
        record.require("pregnancy_note")
    elif basis is not None:
        wanted, _ = _RULES[basis]
        if level is not None and level is not wanted:
            message = f"write {wanted.value}, or another pregnancy_basis"
            record.fault_at("pregnancy", message)
        if "pregnancy_note" in record.entries:
            message = f"take the pregnancy_note out: {basis.value} has one of its own"
            record.fault_at("pregnancy_note", message)


def _citations(
    basis: Basis, place: str, named: str, sources: Sources
) -> tuple[Citation, ...]:
    """Return the citations of a point, given the source ids of its place and name."""
    uses = [
        (place, "names where find", "Gives the name, the characters and the place.")
    ]
    if place == _WHO:  # the second list ends with the meridians
        uses.append((_SECOND, "names", "Pinyin and characters were compared with it."))
    ours = "The English name is the sense of the characters."
    uses.append((named, "names", ours if named == _OURS else "Gives the English name."))
    uses += [(name, "pregnancy", says) for name, says in _FOR_LEVEL.get(basis, ())]
    uses.append((_OURS, "pregnancy cautions", "Level, note and tags are our choice."))
    names = dict.fromkeys(name for name, _, _ in uses)
    return tuple(
        _citation(sources[name], [each for each in uses if each[0] == name])
        for name in names
    )


def _citation(source: Source, uses: list[tuple[str, str, str]]) -> Citation:
    supports = dict.fromkeys(what for _, each, _ in uses for what in each.split())
    return Citation(source, tuple(supports), " ".join(says for *_, says in uses))
