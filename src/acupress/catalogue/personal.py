"""
Loads the user's own points and routines, which may add to the catalogue only.

The format is that of ``data/``, except that a key missing from a routine's step
defaults to its point's dose. A code or name that already resolves to a point is
an error, and nothing in these files can make a point *ok* in pregnancy.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import TypeVar

from acupress.catalogue.contents import OwnFiles
from acupress.catalogue.entries import Sources, check_dose, hyphenated
from acupress.catalogue.nodes import Node
from acupress.catalogue.points import Taken, check_names, names_of, point_from, taken_by
from acupress.catalogue.records import (
    FieldReader,
    Record,
    boolean,
    list_of,
    one_of,
    read_record_file,
    text,
    whole,
)
from acupress.catalogue.routines import check_routine
from acupress.errors import FileError
from acupress.files import require_trust
from acupress.lookup.resolve import (
    Found,
    Index,
    Unknown,
    add_point,
    growing,
    resolve,
    sentence,
)
from acupress.model import (
    LONGEST_HOLD,
    Dose,
    Origin,
    Pattern,
    Point,
    Pressure,
    Region,
    Routine,
    Source,
    Step,
    Technique,
)
from acupress.text import safety

T = TypeVar("T")
Build = Callable[[Node, list[FileError]], T | None]

OWN_SOURCE = Source("own", "Your own note", "", "what you know yourself")
"""The source id that user files may cite for their own statements."""

_LAST = 100
_CODE = re.compile(r"[A-Z][A-Z0-9-]{1,9}")

# Default seconds of a user's step, those of the bundled routines: a rest after a
# short hold is brief, after a longer one it lets the arms recover.
_SETUP, _SWITCH, _FIRST_SWITCH = 15, 5, 10
_SHORT_HOLD, _SHORT_REST, _REST = 10, 2, 10


def own_files(folder: Path) -> tuple[list[Path], list[Path], list[Path]]:
    """Return the point files, the routine files and the ignored files of *folder*."""
    points, routines = _listed(folder / "points"), _listed(folder / "routines")
    return (
        [path for path in points if _is_record(path)],
        [path for path in routines if _is_record(path)],
        [path for path in (*points, *routines) if not _is_record(path)],
    )


def distrusted(folder: Path) -> list[FileError]:
    """
    Return a fault for each file or folder in *folder* that other users can write to.

    These files say where to press, so an untrusted one is not even parsed.
    """
    faults = []
    places = [folder, folder / "points", folder / "routines"]
    for path in (*places, *(each for place in places[1:] for each in _listed(place))):
        try:
            require_trust(path)
        except FileError as error:
            faults.append(error)
    return faults


def sorted_files(
    paths: Iterable[Path],
) -> tuple[list[Path], list[Path], list[Path]]:
    """
    Sort files, and the files in folders, as :func:`own_files` does, but by content.

    A file with the key ``id`` or ``steps`` is a routine, wherever it is.
    """
    every = [each for path in paths for each in (_listed(path) or [path])]
    records = [path for path in every if _is_record(path)]
    routines = [path for path in records if _is_routine(path)]
    return (
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


def _listed(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise FileError(str(folder), 1, 1, f"cannot be read: {reason}") from None


def read_own(
    files: tuple[list[Path], list[Path], list[Path]],
    bundled: Index,
    routines: Iterable[Routine],
    sources: Sources,
) -> OwnFiles:
    """
    Read *files* and check them against all *bundled* points and *routines*.

    Raises nothing: every fault of every file is in the result.
    """
    point_files, routine_files, ignored = files
    faults: list[FileError] = []
    names = growing(bundled)
    own = _points(point_files, names, {**sources, "own": OWN_SOURCE}, faults)
    taken = {routine.id for routine in routines}
    loaded = _routines(routine_files, names, taken, faults)
    count = len(point_files) + len(routine_files)
    return OwnFiles(tuple(own), tuple(loaded), tuple(faults), tuple(ignored), count)


def _is_record(path: Path) -> bool:
    return path.suffix == ".yaml" and not path.name.startswith(".")


def _points(
    files: Iterable[Path], names: Index, sources: Sources, faults: list[FileError]
) -> list[Point]:
    """Return the points in *files*, and add them to *names*."""
    own: dict[str, Point] = {}
    file_of: dict[str, str] = {}
    for path in files:
        read = partial(_point, sources, names, file_of)
        point = _read(path, read, faults)
        if point is not None:
            add_point(names, point)
            own[point.code], file_of[point.code] = point, path.name
    return list(own.values())


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


def _new_code(names: Index) -> FieldReader[str]:
    """Return a reader for a code that resolves to no point yet."""

    def reader(node: Node) -> str:
        code = text(10)(node)
        if not _CODE.fullmatch(code):
            raise node.error("write two to ten of A-Z, 0-9 and hyphens, a letter first")
        outcome = resolve(code, names)
        if not isinstance(outcome, Unknown):
            raise node.error(f"is taken: {sentence(outcome)}")
        return code

    return reader


def _routine(
    names: Index, taken: set[str], node: Node, faults: list[FileError]
) -> Routine | None:
    record = Record(node, faults)
    nodes = record.take("steps", list_of(lambda node: node, most=20)) or ()
    steps = [_step(names, rank, each, faults) for rank, each in enumerate(nodes, 1)]
    routine = Routine(
        id=record.take("id", _new_id(taken)),
        title=record.take("title", text(80)),
        about=record.optional("about", text(300), default="A routine of your own."),
        region=record.take("region", one_of(Region)),
        order=_LAST,
        partner=record.optional("partner", boolean, default=False),
        evidence=safety.OWN_EVIDENCE,
        how_often=record.optional("how_often", text(200), default=safety.HOW_OFTEN),
        steps=tuple(step for step in steps if step is not None),
        replacements=(),
        citations=(),
        origin=Origin.OWN,
    )
    record.close()
    if not faults:
        check_routine(record, routine)
    return None if faults else routine


def _new_id(taken: set[str]) -> FieldReader[str]:
    def reader(node: Node) -> str:
        name = hyphenated(node)
        if name in taken:
            raise node.error(f"{name} is taken by another routine: write another id")
        return name

    return reader


def _step(names: Index, rank: int, node: Node, faults: list[FileError]) -> Step | None:
    before = len(faults)
    record = Record(node, faults)
    point = record.take("point", _taught_point(names))
    technique = point.technique if point else None
    dose = _dose(record, technique)
    rest = _SHORT_REST if (dose.hold or 0) <= _SHORT_HOLD else _REST
    pressure = technique.pressure if technique else Pressure.LIGHT
    seconds = whole(1, 60)
    switch = record.optional("switch", seconds, default=_SWITCH)
    step = Step(
        point=point,
        dose=dose,
        setup=record.optional("setup", whole(5, 60), default=_SETUP),
        rest=record.optional("rest", seconds, default=rest),
        switch=switch,
        first_switch=record.optional("first_switch", seconds, default=_FIRST_SWITCH),
        rank=record.optional("rank", whole(1, 20), default=rank),
        pressure=record.optional("pressure", one_of(Pressure), default=pressure),
        posture=record.optional("posture", text(200), default="As is comfortable."),
        hand=record.optional(
            "hand", text(400), default=technique.hand if technique else ""
        ),
        ball=record.optional("ball", boolean, default=False),
        basis="a choice of your own",
        published_hold=None,
        standing=record.optional("standing", boolean, default=False),
        prone=record.optional("prone", boolean, default=False),
    )
    record.close()
    if len(faults) > before:
        return None
    check_dose(record, "hold", step.point, step.dose)
    return step


def _dose(record: Record, technique: Technique | None) -> Dose:
    dose = technique.dose if technique else Dose(Pattern.BOTH, 30, 1)
    return Dose(
        record.optional("pattern", one_of(Pattern), default=dose.pattern),
        record.optional("hold", whole(1, LONGEST_HOLD), default=dose.hold),
        record.optional("repetitions", whole(1, 20), default=dose.repetitions),
    )


def _taught_point(names: Index) -> FieldReader[Point]:
    """Return a reader for a code or name that resolves to one taught point."""

    def reader(node: Node) -> Point:
        outcome = resolve(text(200)(node), names)
        if not isinstance(outcome, Found):
            raise node.error(sentence(outcome).rstrip("."))
        if outcome.point.technique is None:
            code = outcome.point.code
            raise node.error(f"{code} is a reference point and can not be a step")
        return outcome.point

    return reader
