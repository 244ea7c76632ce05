"""A file of ``data/routines`` as a routine: its points, doses and gaps."""

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
    list_of,
    one_of,
    text,
    truth,
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

# Only these may hold a point for as long as a source says, beyond our own limit.
_MAY_HOLD_LONGER = frozenset({"relaxing", "nausea"})


def routine_from(
    node: Node, points: Points, sources: Sources, faults: list[FileError]
) -> Routine | None:
    """Return the routine that *node* holds, or nothing once *faults* has any."""
    record = Record(node, faults)
    partner = record.take("partner", truth)
    listed = list_of(lambda node: node, most=20)
    none: tuple[Node, ...] = ()
    steps, replacements = (
        [_step(node, points, sources, faults) for node in nodes or none]
        for nodes in (
            record.take("steps", listed),
            record.maybe("replacements", listed, otherwise=none),
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
    published = record.maybe("published_hold", source_of(sources), otherwise=None)
    longer = "published_hold" in record.entries
    most = LONGEST_PUBLISHED_HOLD if longer else LONGEST_HOLD
    hold = record.take("hold", whole(1, most))
    repetitions = record.take("repetitions", whole(1, 20))
    rest, switch, first = _gaps(record, pattern, repetitions)
    values = (
        record.take("point", _point_of(points)),
        Dose(pattern, hold, repetitions),
        record.take("setup", whole(5, 60)),
        rest,
        switch,
        first,
        record.take("rank", whole(1, 20)),
        record.take("pressure", one_of(Pressure)),
        record.take("posture", text(200)),
        record.take("hand", text(400)),
        record.maybe("ball", truth, otherwise=False),
        record.take("basis", text(300)),
        published,
        record.maybe("standing", truth, otherwise=False),
        record.maybe("prone", truth, otherwise=False),
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
    Take the gaps that *pattern* has; any other is an unknown key.

    Where the pattern or the repetitions could not be read, any gap may be there.
    """
    seconds = whole(1, 60)
    if pattern is None or repetitions is None:
        for key in ("rest", "switch", "first_switch"):
            record.maybe(key, seconds, otherwise=0)
        return 0, 0, 0
    alternating = pattern is Pattern.ALTERNATE
    one_sided = pattern in {Pattern.MIDDLE, Pattern.BOTH}
    rest = 0
    if not alternating and repetitions > 1:
        rest = record.take("rest", seconds)
    if one_sided:
        return rest, 0, 0
    switch = record.take("switch", seconds)
    return rest, switch, record.maybe("first_switch", seconds, otherwise=switch)


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
    """Note what is wrong with *routine* beyond its single keys."""
    if not routine.steps:
        record.fault_at("steps", "has no steps: write at least one")
    every = (*routine.steps, *routine.replacements)
    codes = [step.point.code for step in every]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        record.fault_at("steps", f"{code} is given twice")
    bundled_one = routine.origin is Origin.BUNDLED and routine.id in _MAY_HOLD_LONGER
    for step in every:
        if step.published_hold and not bundled_one:
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
