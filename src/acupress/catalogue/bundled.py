"""
The files in ``data/`` as checked values: sources, points and routines.

What is checked across files: names and codes are nobody else's, files are called
after what they hold, and nothing is given twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TypeVar

from acupress.catalogue.charts import read_charts
from acupress.catalogue.contents import Catalogue, Points, Sources
from acupress.catalogue.entries import SLUG, WEB_ADDRESS, source_of
from acupress.catalogue.nodes import Node
from acupress.catalogue.points import Taken, check_names, point_from, taken_by
from acupress.catalogue.records import (
    Fields,
    Record,
    list_of,
    optional,
    read_record_file,
    records_of,
    text,
    word_of,
)
from acupress.catalogue.reference import (
    REFERENCE,
    REFERENCE_POINT,
    RESTS_ON,
    reference_from,
)
from acupress.catalogue.routines import routine_from
from acupress.errors import FileError
from acupress.lookup.resolve import index
from acupress.lookup.search import word_index
from acupress.model import Ache, Point, Routine, Source

T = TypeVar("T")

SOURCE: Fields = {
    "id": SLUG,
    "title": text(200),
    "url": WEB_ADDRESS,
    "good_for": text(300),
}
_SOURCES: Fields = {"sources": records_of(SOURCE, most=300)}
ACHE: Fields = {
    "called": list_of(text(40), least=1),
    "routines": list_of(SLUG, most=9),
    "says": optional(text(200)),
    "source": optional(SLUG),
}
_ACHES: Fields = {"aches": records_of(ACHE, most=100)}
_REFERENCE: Fields = {"points": records_of(REFERENCE_POINT, most=500)}


def read_catalogue(folder: Path) -> Catalogue:
    """Read all that *folder* holds, strictly; raises FileError."""
    sources = read_sources(folder)
    points = read_points(folder, sources)
    reference = read_reference(folder, points, sources)
    routines = {each.id: each for each in read_routines(folder, points, sources)}
    every = (*points.values(), *reference.values())
    names = index(every, read_charts(folder, sources, every))
    words = partial(word_index, every)
    aches = {
        each.called[0]: each for each in read_aches(folder, routines.values(), sources)
    }
    return Catalogue(sources, points, routines, names, words, aches)


def read_sources(folder: Path) -> Sources:
    """Read the sources in *folder*, by their id; raises FileError."""
    faults: list[FileError] = []
    record = Record(read_record_file(folder / "sources.yaml"), faults)
    listed = record.take(_SOURCES)["sources"] or ()
    record.close()
    sources: dict[str, Source] = {}
    for node in listed:
        source = _source(node, faults)
        if source.id in sources:
            faults.append(node.error_at("id", f"{source.id!r} is given twice"))
        sources[source.id] = source
    _raise_first(faults)
    return sources


def read_points(folder: Path, sources: Sources) -> Points:
    """
    Read the points in *folder* that have a file each, by their code.

    Raises FileError. The many others are read by :func:`read_reference`.
    """
    points: dict[str, Point] = {}
    taken: Taken = {}
    for path in _files(folder / "points"):
        if path.name == REFERENCE:
            continue
        node = read_record_file(path)
        point = _checked(partial(point_from, node, sources))
        if path.stem != point.code:
            raise node.error_at("code", f"this file must be called {point.code}.yaml")
        points[point.code] = point
        check_names(node, point, taken)
        taken |= taken_by(point)
    return points


def read_reference(folder: Path, points: Points, sources: Sources) -> Points:
    """
    Read the reference points that *folder* has besides *points*, by their code.

    Raises FileError.
    """
    node = read_record_file(folder / "points" / REFERENCE)
    faults: list[FileError] = []
    record = Record(node, faults)
    listed = record.take(_REFERENCE)["points"] or ()
    record.close()
    faults += [
        node.error(f"rests on the source {name!r}: add it to sources.yaml")
        for name in RESTS_ON
        if name not in sources
    ]
    _raise_first(faults)
    found: dict[str, Point] = {}
    taken: Taken = {}
    for point in points.values():
        taken |= taken_by(point)
    for node in listed:
        point = _checked(partial(reference_from, node, sources))
        if point.code in points or point.code in found:
            where = "has a file of its own" if point.code in points else "is here twice"
            message = f"{point.code} {where}: take this entry out"
            raise node.error_at("code", message)
        check_names(node, point, taken)
        taken |= taken_by(point, REFERENCE)
        found[point.code] = point
    return found


def read_routines(
    folder: Path, points: Points, sources: Sources
) -> tuple[Routine, ...]:
    """Read the routines in *folder*, in the order they give themselves."""
    routines = []
    for path in _files(folder / "routines"):
        node = read_record_file(path)
        routine = _checked(partial(routine_from, node, points, sources))
        if path.stem != routine.id:
            raise node.error_at("id", f"this file must be called {routine.id}.yaml")
        routines.append(routine)
    return tuple(sorted(routines, key=lambda routine: (routine.order, routine.id)))


def read_aches(
    folder: Path, routines: Iterable[Routine], sources: Sources
) -> tuple[Ache, ...]:
    """Read what people call an ache; raises FileError for a routine that is none."""
    faults: list[FileError] = []
    record = Record(read_record_file(folder / "aches.yaml"), faults)
    nodes = record.take(_ACHES)["aches"] or ()
    record.close()
    _raise_first(faults)
    known = word_of({routine.id: routine.id for routine in routines})
    fields: Fields = {
        **ACHE,
        "routines": list_of(known, most=9),
        "source": optional(source_of(sources)),
    }
    return tuple(_checked(partial(_ache, node, fields)) for node in nodes)


def _ache(node: Node, fields: Fields, faults: list[FileError]) -> Ache | None:
    record = Record(node, faults)
    values = record.take(fields)
    if "says" in values or values["routines"] == ():
        record.require("says")
        record.require("source")
    record.close()
    return None if faults else Ache(**values)


def _files(folder: Path) -> list[Path]:
    # Hidden files are what editors and systems leave behind, never a record.
    found = sorted(p for p in folder.glob("*.yaml") if not p.name.startswith("."))
    if not found:
        message = "has no YAML files: the installation is damaged, install it again"
        raise FileError(str(folder), 1, 1, message)
    return found


def _checked(build: Callable[[list[FileError]], T | None]) -> T:
    """Return what *build* makes when it notes no fault, else raise the first."""
    faults: list[FileError] = []
    value = build(faults)
    _raise_first(faults)
    if value is None:
        message = "a record without faults has a value"
        raise AssertionError(message)
    return value


def _raise_first(faults: list[FileError]) -> None:
    if faults:
        raise min(faults, key=lambda fault: (fault.line, fault.column))


def _source(node: Node, faults: list[FileError]) -> Source:
    record = Record(node, faults)
    source = Source(**record.take(SOURCE))
    record.close()
    return source
