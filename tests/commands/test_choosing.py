"""What was typed, as a routine or as the practice of one point."""

from __future__ import annotations

from acupress.commands.choosing import chosen
from support.catalogue import POINTS
from support.factories import SOURCE, routine, step


def test_a_point_alone_has_its_gaps_back() -> None:
    """A step that was one long hold has no gaps; its point's own dose needs some."""
    point = POINTS["TE3"]
    long = step(point, repetitions=1, rest=0, switch=0, published_hold=SOURCE)
    (alone,) = chosen("TE3", [routine(long)]).steps

    assert point.technique
    assert alone.dose == point.technique.dose
    assert alone.dose.repetitions > 1
    assert alone.published_hold is None
    assert [seconds for _, seconds in alone.gaps if seconds <= 0] == []
