"""Reads a file of ``data/routines`` as a routine, and checks routines as a whole."""

from __future__ import annotations

from typing import Any

from acupress.catalogue.contents import Points, Sources
from acupress.catalogue.entries import (
    POINT_CODE,
    SLUG,
    check_dose,
    citations_of,
    read_citations,
    source_of,
)
from acupress.catalogue.nodes import Node
from acupress.catalogue.records import (
    BOOLEAN,
    Field,
    Fields,
    Record,
    exact,
    one_of,
    optional,
    records_of,
    text,
    whole,
)
from acupress.errors import FileError
from acupress.model import (
    LONGEST_HOLD,
    LONGEST_PUBLISHED_HOLD,
    LONGEST_ROUTINE,
    Dose,
    Origin,
    Pattern,
    Point,
    Pressure,
    Purpose,
    Reach,
    Region,
    Routine,
    Step,
)

_GAP = optional(whole(1, 60))

STEP: Fields = {
    "point": POINT_CODE,
    "pattern": one_of(Pattern),
    "hold": whole(1, LONGEST_HOLD),
    "repetitions": whole(1, 20),
    "published_hold": optional(SLUG),
    "setup": whole(5, 60),
    "rest": _GAP,
    "switch": _GAP,
    "first_switch": _GAP,
    "rank": whole(1, 20),
    "pressure": one_of(Pressure),
    "posture": text(200),
    "hand": text(400),
    "ball": optional(BOOLEAN),
    "standing": optional(BOOLEAN),
    "prone": optional(BOOLEAN),
    "basis": text(300),
}

_STATEMENTS = ("dose", "evidence")

ROUTINE: Fields = {
    "id": SLUG,
    "title": text(80),
    "about": text(300),
    "region": one_of(Region),
    "purpose": one_of(Purpose),
    "order": whole(1, 99),
    "partner": BOOLEAN,
    "evidence": text(400),
    "how_often": text(200),
    "steps": records_of(STEP, most=20, least=1),
    "replacements": optional(records_of(STEP, most=20)),
    "sources": citations_of(*_STATEMENTS),
}


def routine_from(
    node: Node, points: Points, sources: Sources, faults: list[FileError]
) -> Routine | None:
    """Return the routine in *node*, or ``None`` if *faults* is not empty."""
    record = Record(node, faults)
    values = record.take(ROUTINE)
    steps, replacements = (
        [_step(node, points, sources, faults) for node in values.pop(key, None) or ()]
        for key in ("steps", "replacements")
    )
    cited = values.pop("sources")
    citations = read_citations(record, cited, sources, frozenset(_STATEMENTS))
    record.close()
    if faults:
        return None
    routine = Routine(
        steps=tuple(step for step in steps if step is not None),
        replacements=tuple(step for step in replacements if step is not None),
        citations=citations,
        origin=Origin.BUNDLED,
        **values,
    )
    check_routine(record, routine)
    return routine


def _step(
    node: Node, points: Points, sources: Sources, faults: list[FileError]
) -> Step | None:
    before = len(faults)
    record = Record(node, faults)
    exceeds = "published_hold" in record.entries
    most = LONGEST_PUBLISHED_HOLD if exceeds else LONGEST_HOLD
    fields: Fields = {
        **STEP,
        "point": _point_of(points),
        "published_hold": optional(source_of(sources)),
        "hold": whole(1, most),
    }
    values = record.take(fields)
    _check_gaps(record, values["pattern"], values["repetitions"])
    record.close()
    if len(faults) > before:
        return None
    step = step_of({"published_hold": None, "rest": 0, "switch": 0, **values})
    check_dose(record, "hold", step.point, step.dose)
    return step


def step_of(values: dict[str, Any]) -> Step:
    """Return the step that has *values*, which are those of the keys of STEP."""
    dose = Dose(*map(values.pop, ("pattern", "hold", "repetitions")))
    return Step(dose=dose, **{"first_switch": values["switch"], **values})


def _check_gaps(
    record: Record, pattern: Pattern | None, repetitions: int | None
) -> None:
    """
    Append a fault for each gap that *pattern* needs and lacks, or lacks and has.

    If the pattern or the repetitions are invalid, any gap is accepted.
    """
    if pattern is None or repetitions is None:
        return
    two_sided = pattern in {Pattern.ALTERNATE, Pattern.ONE_THEN_OTHER}
    rests = pattern is not Pattern.ALTERNATE and repetitions > 1
    wanted = {"rest": rests, "switch": two_sided, "first_switch": two_sided}
    for key, needed in wanted.items():
        if key in record.entries and not needed:
            record.fault_at(key, f"{key}: take it out, this pattern has none")
        elif needed and key != "first_switch":
            record.require(key)


def _point_of(points: Points) -> Field[Point]:
    def read(node: Node) -> Point:
        code = POINT_CODE.read(node)
        if code not in points:
            raise node.error(f"{code} is not in the catalogue")
        if points[code].technique is None:
            raise node.error(f"{code} is a reference point and can not be a step")
        return points[code]

    return exact(Field(read, POINT_CODE.schema))


def check_routine(record: Record, routine: Routine) -> None:
    """Append the faults that span several keys or steps of *routine*."""
    if not routine.steps:
        record.fault_at("steps", "has no steps: write at least one")
    every = (*routine.steps, *routine.replacements)
    codes = [step.point.code for step in every]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        record.fault_at("steps", f"{code} is given twice")
    for step in every:
        if step.point.reach is Reach.PARTNER and not routine.partner:
            message = f"{step.point.code} needs a partner: write `partner: true`"
            record.fault_at("partner", message)
    if sum(step.seconds for step in every) > LONGEST_ROUTINE:
        minutes = LONGEST_ROUTINE // 60
        record.fault_at("steps", f"last more than {minutes} minutes: take some out")
