"""
A person's own points and routines: they add and tighten, and never loosen.

The format is that of ``data/``, with less to write in a routine: what a step
leaves out is taken from its point. A code or a name that already means a point
is refused, and no word in these files makes a point *ok* in pregnancy.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TypeVar

from acupress.catalogue.contents import OwnFiles
from acupress.catalogue.entries import Points, Sources, check_dose, hyphenated
from acupress.catalogue.nodes import Node
from acupress.catalogue.points import Taken, check_names, point_from, taken_by
from acupress.catalogue.records import (
    FieldReader,
    Record,
    list_of,
    one_of,
    read_record_file,
    text,
    truth,
    whole,
)
from acupress.catalogue.routines import check_routine
from acupress.errors import FileError
from acupress.files import require_trust
from acupress.lookup.resolve import (
    Found,
    Index,
    Unknown,
    index,
    one_more,
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
"""The source that a person's own statements may name."""

_LAST = 100
_CODE = re.compile(r"[A-Z][A-Z0-9-]{1,9}")

# What a step of one's own need not say. The gaps are those of the bundled
# routines: short holds are a moment apart, long ones let the arms rest.
_SETUP, _SWITCH, _FIRST_SWITCH = 15, 5, 10
_SHORT_HOLD, _SHORT_REST, _REST = 10, 2, 10


def own_files(folder: Path) -> tuple[list[Path], list[Path], list[Path]]:
    """Return the files of points, of routines, and those that are passed over."""
    points, routines = _listed(folder / "points"), _listed(folder / "routines")
    return (
        [path for path in points if _is_record(path)],
        [path for path in routines if _is_record(path)],
        [path for path in (*points, *routines) if not _is_record(path)],
    )


def distrusted(folder: Path) -> list[FileError]:
    """
    Return a fault of each file or folder in *folder* that others could have written.

    What they say is where to press: so it is not even read.
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
    Return the files at *paths*, and in folders there, as :func:`own_files` does.

    What has an id or steps is a routine, wherever it lies: no point has either.
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
    points: Points,
    routines: Iterable[Routine],
    sources: Sources,
) -> OwnFiles:
    """
    Read *files* beside the bundled *points* (all of them) and *routines*.

    Nothing is raised: every fault of every file is in what comes back.
    """
    point_files, routine_files, ignored = files
    faults: list[FileError] = []
    own = _points(point_files, points, {**sources, "own": OWN_SOURCE}, faults)
    names = index((*points.values(), *own))
    taken = {routine.id for routine in routines}
    made = _routines(routine_files, names, taken, faults)
    count = len(point_files) + len(routine_files)
    return OwnFiles(tuple(own), tuple(made), tuple(faults), tuple(ignored), count)


def _is_record(path: Path) -> bool:
    return path.suffix == ".yaml" and not path.name.startswith(".")


def _points(
    files: Iterable[Path], points: Points, sources: Sources, faults: list[FileError]
) -> list[Point]:
    taken: Taken = {}
    for known in points.values():
        taken |= taken_by(known)
    names = index(points.values())
    own: list[Point] = []
    for path in files:
        point = _read(path, partial(_point, sources, names, taken), faults)
        if point is not None:
            taken |= taken_by(point, path.name)
            names = one_more(names, point)
            own.append(point)
    return own


def _point(
    sources: Sources, names: Index, taken: Taken, node: Node, faults: list[FileError]
) -> Point | None:
    point = point_from(node, sources, faults, own_code=_new_code(names))
    if point is not None:
        check_names(node, point, taken)
    return point


def _routines(
    files: Iterable[Path], names: Index, taken: set[str], faults: list[FileError]
) -> list[Routine]:
    made: list[Routine] = []
    for path in files:
        routine = _read(path, partial(_routine, names, taken), faults)
        if routine is not None:
            taken.add(routine.id)
            made.append(routine)
    return made


def _read(path: Path, build: Build[T], faults: list[FileError]) -> T | None:
    """Return what *build* makes of *path*; its faults are added to all *faults*."""
    found: list[FileError] = []
    try:
        made = build(read_record_file(path), found)
    except FileError as error:
        made, found = None, [error]
    faults += sorted(found, key=lambda fault: (fault.line, fault.column))
    return None if found else made


def _new_code(names: Index) -> FieldReader[str]:
    """Read a code that means no point yet."""

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
        about=record.maybe("about", text(300), otherwise="A routine of your own."),
        region=record.take("region", one_of(Region)),
        order=_LAST,
        partner=record.maybe("partner", truth, otherwise=False),
        evidence=safety.OWN_EVIDENCE,
        how_often=record.maybe("how_often", text(200), otherwise=safety.HOW_OFTEN),
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
    point = record.take("point", _pressed(names))
    technique = point.technique if point else None
    dose = _dose(record, technique)
    rest = _SHORT_REST if (dose.hold or 0) <= _SHORT_HOLD else _REST
    usual = technique.pressure if technique else Pressure.LIGHT
    seconds = whole(1, 60)
    switch = record.maybe("switch", seconds, otherwise=_SWITCH)
    step = Step(
        point=point,
        dose=dose,
        setup=record.maybe("setup", whole(5, 60), otherwise=_SETUP),
        rest=record.maybe("rest", seconds, otherwise=rest),
        switch=switch,
        first_switch=record.maybe("first_switch", seconds, otherwise=_FIRST_SWITCH),
        rank=record.maybe("rank", whole(1, 20), otherwise=rank),
        pressure=record.maybe("pressure", one_of(Pressure), otherwise=usual),
        posture=record.maybe("posture", text(200), otherwise="As is comfortable."),
        hand=record.maybe(
            "hand", text(400), otherwise=technique.hand if technique else ""
        ),
        ball=record.maybe("ball", truth, otherwise=False),
        basis="a choice of your own",
        published_hold=None,
        standing=record.maybe("standing", truth, otherwise=False),
        prone=record.maybe("prone", truth, otherwise=False),
    )
    record.close()
    if len(faults) > before:
        return None
    check_dose(record, "hold", step.point, step.dose)
    return step


def _dose(record: Record, technique: Technique | None) -> Dose:
    usual = technique.dose if technique else Dose(Pattern.BOTH, 30, 1)
    return Dose(
        record.maybe("pattern", one_of(Pattern), otherwise=usual.pattern),
        record.maybe("hold", whole(1, LONGEST_HOLD), otherwise=usual.hold),
        record.maybe("repetitions", whole(1, 20), otherwise=usual.repetitions),
    )


def _pressed(names: Index) -> FieldReader[Point]:
    """Read whatever a point may be called, once it means exactly one."""

    def reader(node: Node) -> Point:
        outcome = resolve(text(200)(node), names)
        if not isinstance(outcome, Found):
            raise node.error(sentence(outcome).rstrip("."))
        if outcome.point.technique is None:
            code = outcome.point.code
            raise node.error(f"{code} is a reference point and can not be a step")
        return outcome.point

    return reader
