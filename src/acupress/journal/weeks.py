"""
Counts the weeks in a row that have enough sessions.

A week counts as a whole: it does not matter on which of its days the sessions were.
Weeks are those of ISO 8601, by the local date on which a session began.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from acupress.journal.stats import sessions
from acupress.journal.store import Entry

ENOUGH = 3
"""Sessions from which on a week counts."""

_DAYS = 7


def weeks_in_a_row(entries: Iterable[Entry], today: date) -> int:
    """
    Return how many weeks in a row, up to *today*, have ENOUGH sessions each.

    The current week counts once it has them; until it is over, it ends no row.
    """
    found = rows([e for e in entries if e.started.date() <= today])
    current = _number(today)
    return found.get(current) or found.get(current - 1, 0)


def weeks_until(entry: Entry, found: Mapping[int, int]) -> int:
    """Return, of *found* by :func:`rows`, the row that the week of *entry* ends."""
    return found.get(_number(entry.started.date()), 0)


def rows(entries: Iterable[Entry]) -> Mapping[int, int]:
    """Return, for each week with ENOUGH sessions, the length of the row it ends."""
    counts = Counter(_number(e.started.date()) for e in sessions(entries))
    found: dict[int, int] = {}
    for week in sorted(week for week, number in counts.items() if number >= ENOUGH):
        found[week] = found.get(week - 1, 0) + 1
    return found


def _number(day: date) -> int:
    """Return the number of the week of *day*; the first day of all was a Monday."""
    return (day.toordinal() - 1) // _DAYS
