"""
What the records of the catalogue share: codes, ids, sources, doses.

A field of this module checks the form of a value; one that is made by a function also
checks it against what was read before.
"""

from __future__ import annotations

import re
from typing import Any

from acupress.catalogue.contents import Sources
from acupress.catalogue.nodes import Node
from acupress.catalogue.records import (
    Field,
    Fields,
    Record,
    exact,
    list_of,
    records_of,
    text,
    word_of,
)
from acupress.lookup.tables import COUNTS
from acupress.model import LONGEST_SIDE, Citation, Dose, Pattern, Point, Sides, Source

_CODE = re.compile(
    r"(?:LU|LI|ST|SP|HT|SI|BL|KI|PC|TE|GB|LR|GV|CV)[1-9][0-9]?"
    r"|EX-(?:HN|CA|B|UE|LE)[1-9][0-9]?|ANMIAN"
)

SLUG = text(
    40, "[a-z][a-z0-9]*(-[a-z0-9]+)*", "write lower-case words joined by hyphens"
)
"""Lower-case words joined by hyphens."""

_PATTERN = "https://[^ /.]+[.][^ ]+"
_ADDRESS = text(300, _PATTERN, 'write an https address, or "" where there is none')


def _code(node: Node) -> str:
    code = text(10).read(node)
    last = COUNTS.get(code[:2], 0)
    if not _CODE.fullmatch(code) or (last and int(code[2:]) > last):
        letters = "" if code.isascii() else ", in the letters A to Z"
        raise node.error(f"write a WHO code such as BL60{letters}")
    return code


POINT_CODE = exact(Field(_code, {"type": "string", "pattern": f"^({_CODE.pattern})$"}))
"""A canonical code of a WHO point or an extra point, such as ``EX-HN3``."""

WEB_ADDRESS = Field(
    lambda node: node.value if node.value == "" else _ADDRESS.read(node),
    {"type": "string", "maxLength": 300},
)
"""An https URL or an empty string."""


def citation(*statements: str) -> Fields:
    """Return the fields of a citation that supports some of *statements*."""
    known = word_of({word: word for word in sorted(statements)})
    return {"id": SLUG, "supports": list_of(known), "says": text(240)}


def citations_of(*statements: str) -> Field[Any]:
    """Return a field for citations, each of which supports some of *statements*."""
    return records_of(citation(*statements))


def read_citations(
    record: Record,
    nodes: tuple[Node, ...] | None,
    sources: Sources,
    wanted: frozenset[str],
) -> tuple[Citation, ...]:
    """Return *nodes* as citations that together support every statement *wanted*."""
    if nodes is None:  # a fault already
        return ()
    fault_count = len(record.faults)
    fields: Fields = {**citation(*wanted), "id": source_of(sources)}
    citations = []
    for node in nodes:
        entry = Record(node, record.faults)
        values = entry.take(fields)
        entry.close()
        citations.append(Citation(source=values.pop("id"), **values))
    supported = {what for citation in citations for what in citation.supports or ()}
    if len(record.faults) == fault_count and (missing := sorted(wanted - supported)):
        record.fault_at("sources", f"no source supports: {', '.join(missing)}")
    return tuple(citations)


def source_of(sources: Sources) -> Field[Source]:
    """Return a field for the id of one of *sources*."""

    def read(node: Node) -> Source:
        name = text(40).read(node)
        if name not in sources:
            raise node.error(f"{name!r} is not in sources.yaml: add it there first")
        return sources[name]

    return Field(read, SLUG.schema)


def check_dose(record: Record, hold: str, point: Point, dose: Dose) -> None:
    """Record a fault if *dose* does not suit *point*; *hold* is the key of its hold."""
    middle = point.sides is Sides.MIDDLE
    if middle is not (dose.pattern is Pattern.MIDDLE):
        patterns = "middle" if middle else "both, alternate or one-then-other"
        record.fault_at("pattern", f"{point.code} needs the pattern {patterns}")
    if dose.hold * dose.repetitions > LONGEST_SIDE:
        message = f"more than {LONGEST_SIDE} seconds on one side is too long"
        record.fault_at(hold, message)
