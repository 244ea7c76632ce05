"""
Aggregates sessions by week and routine, and classifies the trend of the pain.

Weeks begin on Monday, by the local date of a session's start. Mean pain is in whole
tenths of a point, so that a conclusion agrees with the numbers shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from enum import Enum
from itertools import accumulate, pairwise
from typing import NamedTuple

from acupress.journal.store import LEAST_PRESSED, Entry

WEEK = timedelta(days=7)
USUAL = 5
"""Weeks before the current one that are included by default."""

# Stricter than the sources (Farrar 2001, Ostelo 2008: 2 points or 30 %): both at once,
# of weekly means, from six sessions on, and only if the first mean can fall enough.
FEWEST_SESSIONS = 6
CLEAR_TENTHS = 20
_CLEAR_PERCENT = 30
_LOW_TENTHS = 30
_SMALL_TENTHS = 5

# Rated sessions without which a week does not count: one is no mean.
_FEWEST_A_WEEK = 2

WORSE = 2
"""Rise in pain during a session, in points, from which the advice is to stop."""


class Pain(NamedTuple):
    """Mean pain in tenths of a point; *uneven* if a session has only one of the two."""

    before: int | None
    after: int | None
    uneven: bool


class Week(NamedTuple):
    """Totals of the week from Monday *first*; *pressed* is in seconds."""

    first: date
    sessions: int
    pressed: int
    minutes: int
    pain: Pain


class Share(NamedTuple):
    """Totals of one routine."""

    routine: str
    sessions: int
    minutes: int
    pain: Pain


class Change(Enum):
    """Classes of the change in pain before sessions over the weeks."""

    TOO_EARLY = "too early"
    NUMBERS_ONLY = "numbers only"
    CLEAR = "clear"
    SMALL = "small"
    NONE = "none"


class Trend(NamedTuple):
    """The change in mean pain before sessions between two weeks, in tenths."""

    change: Change
    first: int = 0
    last: int = 0

    @property
    def by(self) -> int:
        """The absolute change, in tenths."""
        return abs(self.last - self.first)

    @property
    def rises(self) -> bool:
        """Whether pain rose by two points or more, whatever its first mean."""
        return self.last - self.first >= CLEAR_TENTHS


class Followed(NamedTuple):
    """The change from before to after, in the sessions of one routine."""

    routine: str
    trend: Trend


class Chosen(NamedTuple):
    """
    The selected sessions from *since* to *today*, in stored order.

    *later* counts those dated in the future, recorded when the clock was wrong.
    """

    entries: tuple[Entry, ...]
    since: date
    today: date
    later: int


def choose(
    entries: Iterable[Entry],
    today: date,
    days: int | None = None,
    routine: str | None = None,
) -> Chosen:
    """
    Select the sessions of the last *days*, and of *routine* if it is given.

    The default is this week and the five before it.
    """
    since = today - timedelta(days=days - 1) if days else monday(today) - USUAL * WEEK
    wanted = [e for e in entries if routine is None or e.routine == routine]
    inside = tuple(e for e in wanted if since <= e.started.date() <= today)
    later = sum(e.started.date() > today for e in wanted)
    return Chosen(inside, since, today, later)


def monday(day: date) -> date:
    """Return the Monday of the week of *day*."""
    return day - timedelta(days=day.weekday())


def by_week(entries: Iterable[Entry], until: date) -> tuple[Week, ...]:
    """Return each week from the first entry to *until*, including empty ones."""
    groups: dict[date, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(monday(entry.started.date()), []).append(entry)
    if not groups:
        return ()
    first, last = min(groups), max(*groups, monday(until))
    mondays = [first + n * WEEK for n in range((last - first) // WEEK + 1)]
    chosen = [groups.get(each, []) for each in mondays]
    seconds = [_pressed(each) for each in chosen]
    rows = zip(mondays, chosen, seconds, rounded_minutes(seconds), strict=True)
    return tuple(
        Week(first, len(group), pressed, minutes, pain(group))
        for first, group, pressed, minutes in rows
    )


def by_routine(entries: Iterable[Entry]) -> tuple[Share, ...]:
    """Return the totals of each routine, the most frequent first."""
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(entry.routine, []).append(entry)
    ordered = sorted(groups.items(), key=lambda each: (-len(each[1]), each[0]))
    minutes = rounded_minutes(_pressed(group) for _, group in ordered)
    return tuple(
        Share(routine, len(group), each, pain(group))
        for (routine, group), each in zip(ordered, minutes, strict=True)
    )


def pain(entries: Sequence[Entry]) -> Pain:
    """Return the mean pain before and after, of the sessions that have it."""
    before = [entry.before for entry in entries if entry.before is not None]
    after = [entry.after for entry in entries if entry.after is not None]
    uneven = any((e.before is None) != (e.after is None) for e in entries)
    return Pain(_tenths(before), _tenths(after), uneven)


def trend(entries: Iterable[Entry]) -> Trend:
    """Compare the mean pain before sessions of the first and the last week."""
    # Only weeks with two or more rated sessions count. With fewer than two such weeks
    # or six rated sessions it is too early; else `_change` compares the two means:
    # a clear change is 2 points and 30 % of the first mean, a small one half a point;
    # from a first mean of 3 or less nothing is concluded.
    rated = [entry for entry in entries if entry.before is not None]
    means = [pain(group).before or 0 for group in _comparable_weeks(rated)]
    if not means:
        return Trend(Change.TOO_EARLY)
    first, last = means[0], means[-1]
    return Trend(_change(first, last), first, last)


def followed(entries: Iterable[Entry]) -> tuple[Followed, ...]:
    """
    Compare mean pain before and after the sessions of each routine.

    Only those with both numbers count. The rule is that of :func:`trend`, and a
    routine for which it is too early is left out.
    """
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        if None not in {entry.before, entry.after}:
            groups.setdefault(entry.routine, []).append(entry)
    found = []
    for routine, group in sorted(groups.items()):
        if _comparable_weeks(group):
            mean = pain(group)
            first, last = mean.before or 0, mean.after or 0
            found.append(Followed(routine, Trend(_change(first, last), first, last)))
    return tuple(found)


def largest_clear(found: Sequence[Followed]) -> Followed | None:
    """
    Return the one of *found* with the largest change, if that change is clear.

    There is none if two are as large, nor if there is only one to compare.
    """
    if len(found) <= 1:
        return None
    second, first = sorted(found, key=lambda each: each.trend.by)[-2:]
    larger = first.trend.by > second.trend.by
    return first if larger and first.trend.change is Change.CLEAR else None


def session_counts(entry: Entry, entries: Iterable[Entry]) -> tuple[int, int]:
    """Return the number of sessions on the day and in the week of *entry*."""
    day = entry.started.date()
    days = [other.started.date() for other in sessions(entries)]
    return days.count(day), sum(monday(other) == monday(day) for other in days)


def sessions(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return the entries that were pressed for long enough to be a session."""
    return tuple(entry for entry in entries if entry.pressed >= LEAST_PRESSED)


def rounded_minutes(parts: Iterable[int]) -> tuple[int, ...]:
    """
    Convert *parts* from seconds to minutes that add up to their rounded sum.

    The running total is rounded half up, so that each part is off by less than one.
    """
    marks = [(seconds + 30) // 60 for seconds in (0, *accumulate(parts))]
    return tuple(after - before for before, after in pairwise(marks))


def worse(entry: Entry) -> bool:
    """Return whether the pain rose by two points or more during *entry*."""
    if entry.before is None or entry.after is None:
        return False
    return entry.after - entry.before >= WORSE


def _comparable_weeks(rated: Sequence[Entry]) -> list[list[Entry]]:
    """Return the weeks of *rated* that count, in order; none if these are too few."""
    groups: dict[date, list[Entry]] = {}
    for entry in rated:
        groups.setdefault(monday(entry.started.date()), []).append(entry)
    weeks = [
        group for _, group in sorted(groups.items()) if len(group) >= _FEWEST_A_WEEK
    ]
    enough = len(rated) >= FEWEST_SESSIONS and len(weeks) > 1
    return weeks if enough else []


def _change(first: int, last: int) -> Change:
    by = abs(last - first)
    if first <= _LOW_TENTHS:
        return Change.NUMBERS_ONLY
    if by >= CLEAR_TENTHS and 100 * by >= _CLEAR_PERCENT * first:
        return Change.CLEAR
    return Change.SMALL if by >= _SMALL_TENTHS else Change.NONE


def _pressed(entries: Iterable[Entry]) -> int:
    return sum(entry.pressed for entry in entries)


def _tenths(numbers: Sequence[int]) -> int | None:
    """Return the mean of *numbers* in tenths, rounded half up; ``None`` for none."""
    if not numbers:
        return None
    return (20 * sum(numbers) + len(numbers)) // (2 * len(numbers))
