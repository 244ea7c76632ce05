"""
Reads routines of a person's own, and writes them as text that can be passed on.

The format is that of ``data/routines``, but for what only a bundled one may have. A
key missing from a step defaults to its point's dose.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from functools import partial
from typing import Any, NamedTuple, TypeVar, cast

import yaml

from acupress.catalogue.entries import SLUG, check_dose
from acupress.catalogue.nodes import Node
from acupress.catalogue.records import (
    Field,
    Fields,
    Record,
    optional,
    records_of,
    text,
)
from acupress.catalogue.routines import ROUTINE, STEP, check_routine, step_of
from acupress.catalogue.strictyaml import parse
from acupress.errors import FileError
from acupress.lookup.resolve import Found, Index, Several, codes, resolve, sentence
from acupress.model import LONGEST_HOLD, Origin, Point, Routine, Step, Technique
from acupress.text import safety, words

T = TypeVar("T")
Build = Callable[[Node, list[FileError]], T | None]

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


class Scope(NamedTuple):
    """What a routine is read against: names, *bundled* routines, and ids *taken*."""

    names: Index
    bundled: Collection[Routine]
    taken: set[str]


def read_routine(
    data: bytes, name: str, scope: Scope
) -> tuple[Routine | None, list[FileError]]:
    """Return the routine in *data*, read from the file *name*, or every fault of it."""
    faults: list[FileError] = []
    found = built(partial(parse, data, name), partial(routine_in, scope), faults)
    return found, faults


def built(
    parse: Callable[[], Node], build: Build[T], faults: list[FileError]
) -> T | None:
    """Parse and *build* a value; append its faults, sorted by position."""
    found: list[FileError] = []
    try:
        loaded = build(parse(), found)
    except FileError as error:
        loaded, found = None, [error]
    faults += sorted(found, key=lambda fault: (fault.line, fault.column))
    return None if found else loaded


def routine_in(scope: Scope, node: Node, faults: list[FileError]) -> Routine | None:
    """Return the routine in *node*, or ``None`` if *faults* is not empty."""
    record = Record(node, faults)
    values = record.take({**OWN_ROUTINE, "id": _new_id(scope.taken)})
    nodes = enumerate(values.pop("steps") or (), 1)
    steps = [_step(scope, rank, each, faults) for rank, each in nodes]
    record.close()
    if faults:
        return None
    routine = own_routine(tuple(step for step in steps if step is not None), **values)
    check_routine(record, routine)
    return routine


def own_routine(steps: tuple[Step, ...], **values: Any) -> Routine:  # noqa: ANN401
    """Return a routine of a person's own; *values* are those of OWN_ROUTINE."""
    defaults = {
        "about": "A routine of your own.",
        "how_often": safety.HOW_OFTEN,
        "partner": False,
    }
    return Routine(
        steps=steps,
        order=_LAST,
        evidence=safety.OWN_EVIDENCE,
        replacements=(),
        citations=(),
        origin=Origin.OWN,
        **{**defaults, **values},
    )


def _new_id(taken: set[str]) -> Field[str]:
    def read(node: Node) -> str:
        name = SLUG.read(node)
        if name in taken:
            shown = f"which `acupress routines {name}` shows"
            message = f"{name} is taken by another routine, {shown}: write another id"
            raise node.error(message)
        return name

    return Field(read, SLUG.schema)


def _step(scope: Scope, rank: int, node: Node, faults: list[FileError]) -> Step | None:
    before = len(faults)
    record = Record(node, faults)
    values = record.take({**OWN_STEP, "point": _taught_point(scope.names)})
    record.close()
    if len(faults) > before:
        return None
    step = own_step(values.pop("point"), scope.bundled, **{"rank": rank, **values})
    check_dose(record, "hold", step.point, step.dose)
    return step


def own_step(
    point: Point,
    bundled: Iterable[Routine],
    **values: Any,  # noqa: ANN401
) -> Step:
    """
    Return the step of the taught *point* that has *values*, those of OWN_STEP.

    What is missing is as the point has it. With the grip of the point a step is done
    standing, or with a ball, if a *bundled* one is: whatever *values* say, it is then
    left out for the cautions that rule these out.
    """
    technique = _technique(point)
    hold = values.get("hold", technique.dose.hold)
    known = [s for each in bundled for s in each.steps if s.point.code == point.code]
    if "hand" not in values:
        for key in ("ball", "standing"):
            values[key] = values.get(key) or any(getattr(s, key) for s in known)
    defaults = {
        "pattern": technique.dose.pattern,
        "hold": hold,
        "repetitions": technique.dose.repetitions,
        "setup": _SETUP,
        "rest": _SHORT_REST if hold <= _SHORT_HOLD else _REST,
        "switch": _SWITCH,
        "first_switch": _FIRST_SWITCH,
        "rank": 1,
        "pressure": technique.pressure,
        "posture": words.ANY_POSTURE,
        "hand": technique.hand,
        "basis": "a choice of your own",
        "published_hold": None,
    }
    return step_of({"point": point, **defaults, **values})


def _technique(point: Point) -> Technique:
    return cast("Technique", point.technique)


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


def title_fault(title: str) -> str:
    """Return why *title* can not be that of a routine, or ""."""
    try:
        node = parse(_yaml({"title": title}).encode(), "--title")
        ROUTINE["title"].read(cast("dict[str, Node]", node.value)["title"])
    except FileError as error:
        return error.message
    return ""


def own_text(routine: Routine, bundled: Collection[Routine]) -> str:
    """
    Return *routine* as YAML that reads as one of a person's own, as short as it gets.

    Of a step it has the dose, and what else is not as the point has it.
    """
    usual = own_routine((), id=routine.id, title=routine.title, region=routine.region)
    optionals = {
        key: getattr(routine, key)
        for key in ("about", "how_often", "partner", "purpose")
        if getattr(routine, key) != getattr(usual, key)
    }
    if "purpose" in optionals:
        optionals["purpose"] = routine.purpose.value
    head = {"id": routine.id, "title": routine.title, "region": routine.region.value}
    steps = (
        [_step_document(step, rank, bundled)]
        for rank, step in enumerate(routine.steps, 1)
    )
    return f"{_yaml({**head, **optionals})}steps:\n{''.join(map(_yaml, steps))}"


def _yaml(document: dict[str, Any] | list[dict[str, Any]]) -> str:
    """Return *document* as YAML: a list of short keys a line an item."""
    short = isinstance(document, list) and document[0].keys().isdisjoint(_TEXTS)
    written: str = yaml.safe_dump(
        document,
        sort_keys=False,
        allow_unicode=True,
        default_flow_style=None if short else False,
        width=_WIDTH,
    )
    return written


_WIDTH = 88
_TEXTS = {"posture", "hand"}
_WRITTEN = ("setup", "rest", "switch", "first_switch", "rank", "posture")


def _step_document(
    step: Step, rank: int, bundled: Collection[Routine]
) -> dict[str, Any]:
    dose, point = step.dose, step.point
    hand = {"hand": step.hand} if step.hand != _technique(point).hand else {}
    usual = own_step(point, bundled, rank=rank, hold=dose.hold, **hand)
    values = {key: getattr(step, key) for key in _WRITTEN}
    values |= {key: getattr(step, key) for key in ("ball", "standing", "prone")}
    changed = {
        key: value
        for key, value in values.items()
        # A gap of 0 is one that the pattern does not have.
        if value != getattr(usual, key) and (value or isinstance(value, bool))
    }
    if step.pressure is not usual.pressure:
        changed["pressure"] = step.pressure.value
    return {
        "point": point.code,
        "hold": dose.hold,
        "repetitions": dose.repetitions,
        "pattern": dose.pattern.value,
        **changed,
        **hand,
    }


def as_own(routine: Routine) -> Routine:
    """
    Return a bundled *routine* as one of a person's own, under another id.

    It has no replacements, and no hold that only a bundled routine may have: where one
    is cut short, what the routine says of itself may not be true any more.
    """
    steps, kept = [], ["region", "how_often", "partner", "purpose"]
    if all(step.dose.hold <= LONGEST_HOLD for step in routine.steps):
        kept.append("about")
    for step in routine.steps:
        hold = min(step.dose.hold, LONGEST_HOLD)
        shorter = step.dose._replace(hold=hold)
        steps.append(step._replace(dose=shorter, published_hold=None))
    return own_routine(
        tuple(steps),
        id=f"my-{routine.id}",
        title=f"My {routine.title[:1].lower()}{routine.title[1:]}",
        **{key: getattr(routine, key) for key in kept},
    )
