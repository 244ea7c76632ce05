"""Reads a file of ``data/routines`` as a routine, and checks routines as a whole."""

from __future__ import annotations

from acupress.catalogue.entries import (
    Points,
    Sources,
    check_dose,
    citations,
    hyphenated,
    point_code,
    source_of,
)
from acupress.catalogue.nodes import Node
from acupress.catalogue.records import (
    FieldReader,
    Record,
    boolean,
    list_of,
    one_of,
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
    Reach,
    Region,
    Routine,
    Step,
)

_STATEMENTS_OF_ROUTINE = frozenset({"dose", "evidence"})

# Only these may exceed LONGEST_HOLD, up to the hold that a cited source publishes.
_MAY_HOLD_LONGER = frozenset({"relaxing", "nausea"})


def routine_from(
    node: Node, points: Points, sources: Sources, faults: list[FileError]
) -> Routine | None:
    """Return the routine in *node*, or ``None`` if *faults* is not empty."""
    record = Record(node, faults)
    partner = record.take("partner", boolean)
    listed = list_of(lambda node: node, most=20)
    none: tuple[Node, ...] = ()
    steps, replacements = (
        [_step(node, points, sources, faults) for node in nodes or none]
        for nodes in (
            record.take("steps", listed),
            record.optional("replacements", listed, default=none),
        )
    )
    values = (
        record.take("id", hyphenated),
        record.take("title", text(80)),
        record.take("about", text(300)),
        record.take("region", one_of(Region)),
        record.take("order", whole(1, 99)),
        partner,
        record.take("evidence", text(400)),
        record.take("how_often", text(200)),
        tuple(step for step in steps if step is not None),
        tuple(step for step in replacements if step is not None),
        citations(record, sources, _STATEMENTS_OF_ROUTINE),
    )
    record.close()
    if faults:
        return None
    routine = Routine(*values, Origin.BUNDLED)
    check_routine(record, routine)
    return routine


def _step(
    node: Node, points: Points, sources: Sources, faults: list[FileError]
) -> Step | None:
    before = len(faults)
    record = Record(node, faults)
    pattern = record.take("pattern", one_of(Pattern))
    published = record.optional("published_hold", source_of(sources), default=None)
    exceeds = "published_hold" in record.entries
    most = LONGEST_PUBLISHED_HOLD if exceeds else LONGEST_HOLD
    hold = record.take("hold", whole(1, most))
    repetitions = record.take("repetitions", whole(1, 20))
    rest, switch, first_switch = _gaps(record, pattern, repetitions)
    values = (
        record.take("point", _point_of(points)),
        Dose(pattern, hold, repetitions),
        record.take("setup", whole(5, 60)),
        rest,
        switch,
        first_switch,
        record.take("rank", whole(1, 20)),
        record.take("pressure", one_of(Pressure)),
        record.take("posture", text(200)),
        record.take("hand", text(400)),
        record.optional("ball", boolean, default=False),
        record.take("basis", text(300)),
        published,
        record.optional("standing", boolean, default=False),
        record.optional("prone", boolean, default=False),
    )
    record.close()
    if len(faults) > before:
        return None
    step = Step(*values)
    check_dose(record, "hold", step.point, step.dose)
    return step


def _gaps(
    record: Record, pattern: Pattern | None, repetitions: int | None
) -> tuple[int, int, int]:
    """
    Return rest, switch and first switch in seconds, 0 where *pattern* has none.

    A gap that *pattern* does not have is left untaken, and so an unknown key. If
    the pattern or the repetitions are invalid, any gap is accepted.
    """
    seconds = whole(1, 60)
    if pattern is None or repetitions is None:
        for key in ("rest", "switch", "first_switch"):
            record.optional(key, seconds, default=0)
        return 0, 0, 0
    alternating = pattern is Pattern.ALTERNATE
    one_sided = pattern in {Pattern.MIDDLE, Pattern.BOTH}
    rest = 0
    if not alternating and repetitions > 1:
        rest = record.take("rest", seconds)
    if one_sided:
        return rest, 0, 0
    switch = record.take("switch", seconds)
    return rest, switch, record.optional("first_switch", seconds, default=switch)


def _point_of(points: Points) -> FieldReader[Point]:
    def reader(node: Node) -> Point:
        code = point_code(node)
        if code not in points:
            raise node.error(f"{code} is not in the catalogue")
        if points[code].technique is None:
            raise node.error(f"{code} is a reference point and can not be a step")
        return points[code]

    return reader


def check_routine(record: Record, routine: Routine) -> None:
    """Append the faults that span several keys or steps of *routine*."""
    if not routine.steps:
        record.fault_at("steps", "has no steps: write at least one")
    every = (*routine.steps, *routine.replacements)
    codes = [step.point.code for step in every]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        record.fault_at("steps", f"{code} is given twice")
    may_exceed = routine.origin is Origin.BUNDLED and routine.id in _MAY_HOLD_LONGER
    for step in every:
        if step.published_hold and not may_exceed:
            message = f"{step.point.code} may not have a published_hold in this routine"
            record.fault_at("steps", message)
        if step.point.reach is Reach.PARTNER and not routine.partner:
            message = f"{step.point.code} needs a partner: write `partner: true`"
            record.fault_at("partner", message)
    if sum(map(_seconds, every)) > LONGEST_ROUTINE:
        minutes = LONGEST_ROUTINE // 60
        record.fault_at("steps", f"last more than {minutes} minutes: take some out")


def _seconds(step: Step) -> int:
    return step.seconds
