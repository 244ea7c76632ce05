"""
Reads a routine that somebody else has made, and trusts nothing in it.

It is read twice: against the bundled points alone, since its author knew none of a
person's own, and beside these, which must leave every name in it the point it was.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, cast

from acupress.catalogue.loading import load_index, read_routine_text
from acupress.catalogue.nodes import Node
from acupress.catalogue.strictyaml import parse, read_bytes
from acupress.errors import FileError
from acupress.lookup.resolve import codes, resolve
from acupress.model import Pressure, Routine, Step


class Shared(NamedTuple):
    """What a file holds, and its routine, or every fault."""

    data: bytes = b""
    routine: Routine | None = None
    faults: tuple[FileError, ...] = ()


def read_shared(file: Path) -> Shared:
    """Read *file*, once; raises FileError only for a fault in a file of one's own."""
    try:
        data = read_bytes(file)
        entries = parse(data, str(file)).value
    except FileError as error:
        return Shared(faults=(error,))
    if isinstance(entries, dict) and "code" in entries and "steps" not in entries:
        # It could say of any place on the body how to press it.
        return Shared(faults=(entries["code"].error(_A_POINT),))
    routine, faults = read_routine_text(data, str(file), own=False)
    if routine is not None:
        faults = _faults_here(routine, data, str(file))
    return Shared(data, None if faults else routine, tuple(faults))


_A_POINT = (
    "is a point: only routines are copied, of points that everybody has; "
    "data/README.md tells how to write a point yourself"
)


def names_points(name: str) -> bool:
    """Tell whether the id *name* is how somebody may type points, not a routine."""
    spellings = (name, name.replace("-", " "))
    return any(codes(resolve(each, load_index())) for each in spellings)


def _faults_here(routine: Routine, data: bytes, name: str) -> list[FileError]:
    """Return what is wrong with *routine* beside a person's own files."""
    entries = cast("dict[str, Node]", parse(data, name).value)
    if names_points(routine.id):
        return [entries["id"].error("names a point: write another id")]
    nodes = cast("tuple[Node, ...]", entries["steps"].value)
    here, faults = read_routine_text(data, name, own=True)
    if here is not None:
        each = zip(nodes, routine.steps, here.steps, strict=True)
        faults += [fault for one in each for fault in _faults_of(*one)]
    return faults


def _faults_of(node: Node, step: Step, here: Step) -> Iterator[FileError]:
    """Yield what is wrong with a *step* that is *here* beside a person's own files."""
    if here != step:
        message = "has a name that is one of your own points': write WHO codes"
        yield node.error_at("point", message)
    usual = step.point.technique
    if usual and (usual.pressure, step.pressure) == (Pressure.LIGHT, Pressure.MEDIUM):
        message = f"{step.point.code} is only pressed lightly: take it out"
        yield node.error_at("pressure", message)
