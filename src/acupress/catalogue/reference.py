"""
Reads the reference points, many in one file, which are documented but not taught.

A record omits what a rule implies: kind, plain pinyin, sides, tier, most sources.
"""

from __future__ import annotations

from enum import Enum

from acupress.catalogue.entries import Sources, point_code, source_of
from acupress.catalogue.nodes import Node
from acupress.catalogue.points import sides_of
from acupress.catalogue.records import Record, boolean, list_of, one_of, text
from acupress.errors import FileError
from acupress.lookup.resolve import fold
from acupress.model import (
    NEVER_PRESSED,
    Body,
    Citation,
    Origin,
    Point,
    PointKind,
    PregnancyLevel,
    Reach,
    Source,
    Tag,
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


def reference_from(
    node: Node, sources: Sources, faults: list[FileError]
) -> Point | None:
    """Return the reference point in *node*, or ``None`` if *faults* is not empty."""
    record = Record(node, faults)
    none: tuple[str, ...] = ()
    code = record.take("code", point_code)
    name = record.take("name", text(60))
    toned = record.take("pinyin_toned", text(40))
    hanzi = record.take("hanzi", text(10))
    aliases = record.optional("aliases", list_of(text(60)), default=none)
    body = record.take("body", one_of(Body))
    reach = record.take("reach", one_of(Reach))
    pregnancy, tier, basis, note = _pregnancy(record)
    cautions = record.take("cautions", list_of(one_of(Tag)))
    where = record.take("where", text(300))
    notes = record.optional("notes", list_of(text(400)), default=none)
    place = record.optional("source", source_of(sources), default=sources[_WHO])
    english = place if "source" in record.entries else sources[_SECOND]
    named = record.optional("name_source", source_of(sources), default=english)
    marked = record.optional("never_press", boolean, default=False)
    record.close()
    if faults:
        return None
    if marked is not (code in NEVER_PRESSED):
        wanted = "write" if not marked else "take out"
        record.fault_at("code", f"{wanted} `never_press: true` at {code}")
    return Point(
        code=code,
        kind=PointKind.REFERENCE,
        name=name,
        pinyin=fold(toned).capitalize(),
        pinyin_toned=toned,
        hanzi=hanzi,
        aliases=aliases,
        regions=(),
        body=body,
        traditional=(),
        sides=sides_of(code),
        reach=reach,
        pregnancy=pregnancy,
        pregnancy_tier=tier,
        pregnancy_note=note,
        cautions=cautions,
        where=where,
        find=where,
        technique=None,
        notes=notes,
        citations=_citations(basis, place.id, named.id, sources),
        origin=Origin.BUNDLED,
    )


def _pregnancy(record: Record) -> tuple[PregnancyLevel, Tier | None, Basis, str]:
    level = record.take("pregnancy", one_of(PregnancyLevel))
    basis = record.take("pregnancy_basis", one_of(Basis))
    if basis in _RULES:
        wanted, note = _RULES[basis]
        if level is not None and level is not wanted:
            message = f"write {wanted.value}, or another pregnancy_basis"
            record.fault_at("pregnancy", message)
    elif basis is Basis.LISTED:
        note = record.take("pregnancy_note", text(400))
    else:  # an unreadable basis: its note is not a fault as well
        note = record.optional("pregnancy_note", text(400), default="")
    named = Tier.NAMED if basis is Basis.NAMED else Tier.EXTRA_CARE
    return level, None if level is PregnancyLevel.OK else named, basis, note


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
