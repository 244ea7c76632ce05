"""
Field readers that point and routine files share: codes, ids, sources, doses.

Each turns a node into a validated value or raises a FileError.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from acupress.catalogue.nodes import Node
from acupress.catalogue.records import FieldReader, Record, list_of, text
from acupress.errors import FileError
from acupress.lookup.resolve import codes, index, resolve
from acupress.model import LONGEST_SIDE, Citation, Dose, Pattern, Point, Sides, Source

Points = Mapping[str, Point]
Sources = Mapping[str, Source]

_CODE = re.compile(
    r"(?:LU|LI|ST|SP|HT|SI|BL|KI|PC|TE|GB|LR|GV|CV)[1-9][0-9]?"
    r"|EX-(?:HN|CA|B|UE|LE)[1-9][0-9]?|ANMIAN"
)
_SLUG = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_URL = re.compile(r"https://[^\s/.]+\.[^\s]+")
_WHO_CODE = re.compile(r"(?:[A-Z]{2})[1-9][0-9]?")

# An index without points: it resolves codes, older numberings and shared names only.
NO_POINTS = index(())


def hyphenated(node: Node) -> str:
    """Read lower-case words joined by hyphens."""
    word = text(40)(node)
    if not _SLUG.fullmatch(word):
        raise node.error("write lower-case words joined by hyphens")
    return word


def web_address(node: Node) -> str:
    """Read an https URL or an empty string."""
    address = text(300, empty=True)(node)
    if address and not _URL.fullmatch(address):
        raise node.error('write an https address, or "" where there is none')
    return address


def point_code(node: Node) -> str:
    """Read a canonical code of a WHO point or an extra point, such as ``EX-HN3``."""
    code = text(10)(node)
    meant = codes(resolve(code, NO_POINTS))
    if not _CODE.fullmatch(code) or (_WHO_CODE.fullmatch(code) and meant != (code,)):
        raise node.error(_not_a_code(code))
    return code


def _not_a_code(code: str) -> str:
    outcome = resolve(code, NO_POINTS)
    meant = codes(outcome) or getattr(outcome, "suggestions", ())
    hint = f": did you mean {' or '.join(meant)}?" if meant else " such as BL60"
    letters = "" if code.isascii() else ", in the letters A to Z"
    return f"write a WHO code{letters}{hint}"


def citations(
    record: Record, sources: Sources, wanted: frozenset[str]
) -> tuple[Citation, ...]:
    """Take ``sources``, which together must support every statement in *wanted*."""
    fault_count = len(record.faults)
    nodes = record.take("sources", list_of(lambda node: node)) or ()
    citations = [_citation(node, sources, wanted, record.faults) for node in nodes]
    supported = {what for citation in citations for what in citation.supports or ()}
    if len(record.faults) == fault_count and (missing := sorted(wanted - supported)):
        record.fault_at("sources", f"no source supports: {', '.join(missing)}")
    return tuple(citations)


def _citation(
    node: Node, sources: Sources, wanted: frozenset[str], faults: list[FileError]
) -> Citation:
    def statement(node: Node) -> str:
        what = text(40)(node)
        if what not in wanted:
            raise node.error(f"write some of: {', '.join(sorted(wanted))}")
        return what

    record = Record(node, faults)
    citation = Citation(
        record.take("id", source_of(sources)),
        record.take("supports", list_of(statement)),
        record.take("says", text(240)),
    )
    record.close()
    return citation


def source_of(sources: Sources) -> FieldReader[Source]:
    """Return a reader for the id of one of *sources*."""

    def reader(node: Node) -> Source:
        name = text(40)(node)
        if name not in sources:
            raise node.error(f"{name!r} is not in sources.yaml: add it there first")
        return sources[name]

    return reader


def check_dose(record: Record, hold: str, point: Point, dose: Dose) -> None:
    """Record a fault if *dose* does not suit *point*; *hold* is the key of its hold."""
    middle = point.sides is Sides.MIDDLE
    if middle is not (dose.pattern is Pattern.MIDDLE):
        patterns = "middle" if middle else "both, alternate or one-then-other"
        record.fault_at("pattern", f"{point.code} needs the pattern {patterns}")
    if dose.hold * dose.repetitions > LONGEST_SIDE:
        message = f"more than {LONGEST_SIDE} seconds on one side is too long"
        record.fault_at(hold, message)
