"""Sessions for the journal: played on a stage without time, really recorded."""

from __future__ import annotations

import random
from datetime import datetime, timedelta, timezone
from functools import cache
from pathlib import Path

from acupress.journal.store import Entry, record, summarise
from acupress.session.player import play
from acupress.session.playhead import Key, Performance
from acupress.session.timeline import Timeline, lay_out
from support.plans import planned
from support.stage import FakeStage

ZONE = timezone(timedelta(hours=2))
TODAY = datetime(2025, 6, 14, 20, 0, tzinfo=ZONE)
"""A Saturday, six weeks after the first of the thirty sessions."""

_BEGIN = datetime(2025, 5, 5, 18, 30, tzinfo=ZONE)
_DAYS = (0, 1, 3, 5, 6, 7, 8, 10, 12, 14, 15, 16, 17, 19, 20)
_LATER = (21, 22, 24, 26, 28, 29, 30, 32, 33, 35, 36, 37, 38, 39, 40)
_BEFORE = (7, 6, 7, 6, 5, 6, 7, 6, 5, 6, 5, 6, 5, 5, 6)
_BEFORE_LATER = (5, 4, 5, 5, 4, 5, 4, 4, 3, 4, 4, 3, 4, 4, 3)
_NOTES = {2: "long drive", 11: "gardening", 27: "first good night in weeks"}


def performed(timeline: Timeline, until: float | None = None) -> Performance:
    """Return *timeline* as it went, stopped after *until* seconds where given."""
    script = {} if until is None else {until: Key.QUIT, until + 1: Key.QUIT}
    return play(timeline, FakeStage(script))


@cache
def thirty_sessions() -> tuple[Entry, ...]:
    """Return six weeks of someone's evenings, the same each time."""
    chance = random.Random(4)  # noqa: S311 - only to be the same each time
    names = ("lower-back", "upper-back")
    timelines = {name: lay_out(planned(name)) for name in names}
    # Only four sessions are different: each routine, done and stopped.
    played = {
        (name, until): performed(timeline, until)
        for name, timeline in timelines.items()
        for until in (None, 200.0)
    }
    entries = []
    days = (*_DAYS, *_LATER)
    for number, before in enumerate((*_BEFORE, *_BEFORE_LATER)):
        started = _BEGIN + timedelta(days=days[number], minutes=chance.randrange(90))
        stopped = number in {4, 18}
        name = "upper-back" if number % 5 in {1, 4} else "lower-back"
        done = played[name, 200.0 if stopped else None]
        after = None if stopped else before - chance.choice((0, 1, 1, 2))
        note = _NOTES.get(number, "")
        entries.append(summarise(done, started, before, after, note))
    return tuple(entries)


def demonstration(file: Path) -> tuple[Entry, ...]:
    """Record the thirty sessions in *file* and return them."""
    for entry in (entries := thirty_sessions()):
        record(file, entry)
    return entries
