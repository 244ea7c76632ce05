"""
What the sessions of a journal add up to, week by week, and what may be concluded.

Weeks begin on Monday, by the date on the wall where a session began. Averages of
pain are whole tenths of a point, so that what is concluded fits what is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from itertools import accumulate, pairwise

from acupress.journal.store import LEAST_PRESSED, Entry

WEEK = timedelta(days=7)
USUAL = 5
"""Weeks before this one that are looked at, unless others are asked for."""

# Stricter than its sources (Farrar 2001, Ostelo 2008: 2
# points or 30 %): both at once, from six sessions on, by weekly averages, and not
# where the first average is so low that little of it can go.
FEWEST_SESSIONS = 6
CLEAR_TENTHS = 20
_CLEAR_PERCENT = 30
_LOW_TENTHS = 30
_SMALL_TENTHS = 5

# A week speaks only with two numbers: nothing is concluded from one session.
_FEWEST_IN_A_WEEK = 2

WORSE = 2
"""Points by which a session that ended worse is one to leave alone."""


@dataclass(frozen=True, slots=True)
class Pain:
    """Averages in tenths of a point; *uneven* when some session gave only one."""

    before: int | None
    after: int | None
    uneven: bool


@dataclass(frozen=True, slots=True)
class Week:
    """The sessions of one week, which begins on Monday *first*; *pressed* seconds."""

    first: date
    sessions: int
    pressed: int
    minutes: int
    pain: Pain


@dataclass(frozen=True, slots=True)
class Share:
    """The sessions of one routine."""

    routine: str
    sessions: int
    minutes: int
    pain: Pain


class Change(Enum):
    """What may be concluded of pain before sessions over the weeks."""

    TOO_EARLY = "too early"
    NUMBERS_ONLY = "numbers only"
    CLEAR = "clear"
    SMALL = "small"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Trend:
    """The change between two weeks' averages of pain before, in tenths."""

    change: Change
    first: int = 0
    last: int = 0

    @property
    def by(self) -> int:
        """How much it has changed, either way."""
        return abs(self.last - self.first)

    @property
    def rises(self) -> bool:
        """Whether it has become two points worse, whatever it began at."""
        return self.last - self.first >= CLEAR_TENTHS


@dataclass(frozen=True, slots=True)
class Chosen:
    """
    The sessions that were asked for, from *since* to *today*, in stored order.

    *later* counts those with a date still to come, from when the clock was wrong.
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
    Return the sessions of the last *days*, of *routine* alone where it is given.

    Without *days* it is this week and the five before it.
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
    """Return every week from the first entry's to that of *until*, empty ones too."""
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
    """Return what each routine came to, the most often played first."""
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
    """Return the averages of the numbers that were given."""
    before = [entry.before for entry in entries if entry.before is not None]
    after = [entry.after for entry in entries if entry.after is not None]
    uneven = any((e.before is None) != (e.after is None) for e in entries)
    return Pain(_tenths(before), _tenths(after), uneven)


def trend(entries: Iterable[Entry]) -> Trend:
    """Return what may be concluded, by the first and the last week that speak."""
    rated = [entry for entry in entries if entry.before is not None]
    groups: dict[date, list[Entry]] = {}
    for entry in rated:
        groups.setdefault(monday(entry.started.date()), []).append(entry)
    spoken = [
        pain(group).before or 0
        for _, group in sorted(groups.items())
        if len(group) >= _FEWEST_IN_A_WEEK
    ]
    if len(rated) < FEWEST_SESSIONS or len(spoken) <= 1:
        return Trend(Change.TOO_EARLY)
    first, last = spoken[0], spoken[-1]
    return Trend(_change(first, last), first, last)


def often(entry: Entry, entries: Iterable[Entry]) -> tuple[int, int]:
    """Return how many sessions there were on the day and in the week of *entry*."""
    day = entry.started.date()
    days = [other.started.date() for other in sessions(entries)]
    return days.count(day), sum(monday(other) == monday(day) for other in days)


def sessions(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return those of *entries* in which enough was pressed to count as a session."""
    return tuple(entry for entry in entries if entry.pressed >= LEAST_PRESSED)


def rounded_minutes(parts: Iterable[int]) -> tuple[int, ...]:
    """
    Return *parts* of seconds in minutes that add up to the minutes of their sum.

    Each is off by less than one; the sum is rounded, halves up.
    """
    marks = [(seconds + 30) // 60 for seconds in (0, *accumulate(parts))]
    return tuple(after - before for before, after in pairwise(marks))


def worse(entry: Entry) -> bool:
    """Tell whether the pain was two points worse after *entry* than before it."""
    if entry.before is None or entry.after is None:
        return False
    return entry.after - entry.before >= WORSE


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
    """Return the average of *numbers* in tenths, halves rounded up."""
    if not numbers:
        return None
    return (20 * sum(numbers) + len(numbers)) // (2 * len(numbers))
