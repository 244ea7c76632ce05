"""
Loads the user's own points and routines, which may add to the catalogue only.

The format is that of ``data/``; ``ownroutines.py`` reads the routines. A code or name
that already resolves to a point is an error, and nothing in these files can make a
point *ok* in pregnancy.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from acupress.catalogue.contents import Catalogue, OwnFiles, Sources
from acupress.catalogue.nodes import Node
from acupress.catalogue.ownfiles import Listed, is_record, listed
from acupress.catalogue.ownroutines import Build, Scope, built, routine_in
from acupress.catalogue.points import (
    OWN_CODE,
    Taken,
    check_names,
    names_of,
    point_from,
    taken_by,
)
from acupress.catalogue.records import Field, read_record_file
from acupress.errors import FileError
from acupress.lookup.resolve import (
    Index,
    Unknown,
    add_point,
    added_names,
    growing,
    resolve,
    sentence,
)
from acupress.lookup.search import word_index
from acupress.model import Point, Routine, Source

T = TypeVar("T")

OWN_SOURCE = Source("own", "Your own note", "", "what you know yourself")
"""The source id that user files may cite for their own statements."""


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
    scope = Scope(names, base.routines.values(), set(base.routines))
    routines = _routines(files.routines, scope, faults)
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
    files: Iterable[Path], scope: Scope, faults: list[FileError]
) -> list[Routine]:
    loaded: list[Routine] = []
    for path in files:
        routine = _read(path, partial(routine_in, scope), faults)
        if routine is not None:
            scope.taken.add(routine.id)
            loaded.append(routine)
    return loaded


def _read(path: Path, build: Build[T], faults: list[FileError]) -> T | None:
    return built(partial(read_record_file, path), build, faults)


def _new_code(names: Index) -> Field[str]:
    """
    Return a field for a code that resolves to no point yet.

    Letters of charts in other languages are free: a code of one's own comes first.
    """
    english = Index(names.points, names.names)

    def read(node: Node) -> str:
        code = OWN_CODE.read(node)
        outcome = resolve(code, english)
        if not isinstance(outcome, Unknown):
            raise node.error(f"is taken: {sentence(outcome)}")
        return code

    return replace(OWN_CODE, read=read)
