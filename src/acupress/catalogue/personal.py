"""
Loads the user's own points and routines, which may add to the catalogue only.

The format is that of ``data/``, except that a key missing from a routine's step
defaults to its point's dose. A code or name that already resolves to a point is
an error, and nothing in these files can make a point *ok* in pregnancy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from acupress.catalogue.contents import Catalogue, OwnFiles, Sources
from acupress.catalogue.entries import SLUG, check_dose
from acupress.catalogue.nodes import Node
from acupress.catalogue.ownfiles import Listed, is_record, listed
from acupress.catalogue.points import (
    OWN_CODE,
    Taken,
    check_names,
    names_of,
    point_from,
    taken_by,
)
from acupress.catalogue.records import (
    Field,
    Fields,
    Record,
    optional,
    read_record_file,
    records_of,
    text,
)
from acupress.catalogue.routines import ROUTINE, STEP, check_routine, step_of
from acupress.errors import FileError
from acupress.lookup.charts import NO_CHARTS
from acupress.lookup.resolve import (
    Found,
    Index,
    Several,
    Unknown,
    add_point,
    added_names,
    codes,
    growing,
    resolve,
    sentence,
)
from acupress.lookup.search import word_index
from acupress.model import Origin, Point, Routine, Source, Step, Technique
from acupress.text import safety

T = TypeVar("T")
Build = Callable[[Node, list[FileError]], T | None]

OWN_SOURCE = Source("own", "Your own note", "", "what you know yourself")
"""The source id that user files may cite for their own statements."""

_LAST = 100

# Default seconds of a user's step, those of the bundled routines: a rest after a
# short hold is brief, after a longer one it lets the arms recover.
_SETUP, _SWITCH, _FIRST_SWITCH = 15, 5, 10
_SHORT_HOLD, _SHORT_REST, _REST = 10, 2, 10

_OURS = {"published_hold", "basis"}
OWN_STEP: Fields = {
    **{key: optional(field) for key, field in STEP.items() if key not in _OURS},
    "point": text(200),
}
OWN_ROUTINE: Fields = {
    **{key: ROUTINE[key] for key in ("id", "title", "region")},
    **{
        key: optional(ROUTINE[key])
        for key in ("about", "how_often", "partner", "purpose")
    },
    "steps": records_of(OWN_STEP, most=20, least=1),
}


def sorted_files(paths: Iterable[Path]) -> Listed:
    """
    Sort files, and the files in folders, as ``own_files`` does, but by content.

    A file with the key ``id`` or ``steps`` is a routine, wherever it is.
    """
    every = [each for path in paths for each in (listed(path) or [path])]
    records = [path for path in every if is_record(path)]
    routines = [path for path in records if _is_routine(path)]
    return Listed(
        [path for path in records if path not in routines],
        routines,
        [path for path in every if path not in records],
    )


_ROUTINE = {"id", "steps"}


def _is_routine(path: Path) -> bool:
    try:
        node = read_record_file(path)
    except FileError:
        return path.parent.name == "routines"
    return isinstance(node.value, dict) and not node.value.keys().isdisjoint(_ROUTINE)


def read_own(files: Listed, base: Catalogue) -> OwnFiles:
    """
    Read *files* and check them against the bundled catalogue *base*.

    Raises nothing: every fault of every file is in the result.
    """
    faults: list[FileError] = []
    names = growing(base.names)
    points = _points(files.points, names, {**base.sources, "own": OWN_SOURCE}, faults)
    routines = _routines(files.routines, names, set(base.routines), faults)
    catalogue = Catalogue(
        {"own": OWN_SOURCE},
        points,
        {routine.id: routine for routine in routines},
        Index(points, added_names(names)),
        partial(word_index, points.values()),
        {},
    )
    count = len(files.points) + len(files.routines)
    return OwnFiles(catalogue, tuple(faults), tuple(files.ignored), count)


def _points(
    files: Iterable[Path], names: Index, sources: Sources, faults: list[FileError]
) -> dict[str, Point]:
    """Return the points in *files* by code, and add them to *names*."""
    own: dict[str, Point] = {}
    file_of: dict[str, str] = {}
    for path in files:
        read = partial(_point, sources, names, file_of)
        point = _read(path, read, faults)
        if point is not None:
            add_point(names, point)
            own[point.code], file_of[point.code] = point, path.name
    return own


def _point(
    sources: Sources,
    names: Index,
    file_of: Mapping[str, str],
    node: Node,
    faults: list[FileError],
) -> Point | None:
    point = point_from(node, sources, faults, own_code=_new_code(names))
    if point is not None:
        taken: Taken = {}
        for name in names_of(point):
            for code in names.names.get(name, ()):
                if known := names.points.get(code):
                    taken |= taken_by(known, file_of.get(code, ""))
        check_names(node, point, taken)
    return point


def _routines(
    files: Iterable[Path], names: Index, taken: set[str], faults: list[FileError]
) -> list[Routine]:
    loaded: list[Routine] = []
    for path in files:
        routine = _read(path, partial(_routine, names, taken), faults)
        if routine is not None:
            taken.add(routine.id)
            loaded.append(routine)
    return loaded


def _read(path: Path, build: Build[T], faults: list[FileError]) -> T | None:
    """Parse *path* and *build* a value; append its faults, sorted by position."""
    found: list[FileError] = []
    try:
        loaded = build(read_record_file(path), found)
    except FileError as error:
        loaded, found = None, [error]
    faults += sorted(found, key=lambda fault: (fault.line, fault.column))
    return None if found else loaded


def _new_code(names: Index) -> Field[str]:
    """
    Return a field for a code that resolves to no point yet.

    Letters of charts in other languages are free: a code of one's own comes first.
    """
    english = names._replace(charts=NO_CHARTS)

    def read(node: Node) -> str:
        code = OWN_CODE.read(node)
        outcome = resolve(code, english)
        if not isinstance(outcome, Unknown):
            raise node.error(f"is taken: {sentence(outcome)}")
        return code

    return replace(OWN_CODE, read=read)


def _routine(
    names: Index, taken: set[str], node: Node, faults: list[FileError]
) -> Routine | None:
    record = Record(node, faults)
    values = record.take({**OWN_ROUTINE, "id": _new_id(taken)})
    nodes = enumerate(values.pop("steps") or (), 1)
    steps = [_step(names, rank, each, faults) for rank, each in nodes]
    record.close()
    if faults:
        return None
    defaults = {
        "about": "A routine of your own.",
        "how_often": safety.HOW_OFTEN,
        "partner": False,
    }
    routine = Routine(
        steps=tuple(step for step in steps if step is not None),
        order=_LAST,
        evidence=safety.OWN_EVIDENCE,
        replacements=(),
        citations=(),
        origin=Origin.OWN,
        **{**defaults, **values},
    )
    check_routine(record, routine)
    return routine


def _new_id(taken: set[str]) -> Field[str]:
    def read(node: Node) -> str:
        name = SLUG.read(node)
        if name in taken:
            raise node.error(f"{name} is taken by another routine: write another id")
        return name

    return Field(read, SLUG.schema)


def _step(names: Index, rank: int, node: Node, faults: list[FileError]) -> Step | None:
    before = len(faults)
    record = Record(node, faults)
    values = record.take({**OWN_STEP, "point": _taught_point(names)})
    record.close()
    if len(faults) > before:
        return None
    technique: Technique = values["point"].technique
    hold = values.get("hold", technique.dose.hold)
    defaults = {
        "pattern": technique.dose.pattern,
        "hold": hold,
        "repetitions": technique.dose.repetitions,
        "setup": _SETUP,
        "rest": _SHORT_REST if hold <= _SHORT_HOLD else _REST,
        "switch": _SWITCH,
        "first_switch": _FIRST_SWITCH,
        "rank": rank,
        "pressure": technique.pressure,
        "posture": "As is comfortable.",
        "hand": technique.hand,
        "basis": "a choice of your own",
        "published_hold": None,
    }
    step = step_of({**defaults, **values})
    check_dose(record, "hold", step.point, step.dose)
    return step


def _taught_point(names: Index) -> Field[Point]:
    """Return a field for a code or name that resolves to one taught point."""
    name = OWN_STEP["point"]

    def read(node: Node) -> Point:
        outcome = resolve(name.read(node), names)
        if isinstance(outcome, Several):
            each = " and ".join(f"`- point: {code}`" for code in codes(outcome))
            raise node.error(f"a step has one point: write {each}")
        if not isinstance(outcome, Found):
            raise node.error(sentence(outcome).rstrip("."))
        if outcome.point.technique is None:
            code = outcome.point.code
            raise node.error(f"{code} is a reference point and can not be a step")
        return outcome.point

    return Field(read, name.schema)
