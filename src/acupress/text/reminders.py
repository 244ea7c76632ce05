"""
Reminders of a session: a calendar file (RFC 5545), and lines for three schedulers.

Times are floating: the clock on the wall, wherever that is and whatever it is set to.
The writer is our own, since a library of half a megabyte would write these lines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import chain
from typing import NamedTuple
from uuid import NAMESPACE_URL, uuid5

from acupress.model import Routine
from acupress.text.routine_pages import minutes

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""The days of the week by their number, Monday first."""

_LONGEST_LINE = 75  # octets of UTF-8, without the line break
_SHORTEST_RANGE = 3


class Reminder(NamedTuple):
    """
    When to be reminded of *routine*: at *times*, on *days* by their number.

    *limit* is the most minutes of the session, if they are limited.
    """

    routine: Routine
    days: tuple[int, ...]
    times: tuple[time, ...]
    limit: int | None = None

    @property
    def command(self) -> str:
        """What to type then."""
        limited = f" --minutes {self.limit}" if self.limit else ""
        return f"acupress session {self.routine.id}{limited}"

    @property
    def minutes(self) -> int:
        """How long the session may take."""
        return self.limit or minutes(self.routine)


def calendar(reminder: Reminder, now: datetime) -> str:
    """Return the calendar made at the local time *now*, an event for each time."""
    events = chain.from_iterable(_event(reminder, at, now) for at in reminder.times)
    lines = (
        *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//acupress//reminders//EN"),
        *events,
        "END:VCALENDAR",
    )
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _event(reminder: Reminder, at: time, now: datetime) -> Iterator[str]:
    """Yield the lines of the event at the time *at*."""
    days = ",".join(DAYS[day][:2].upper() for day in reminder.days)
    command, routine = _escaped(reminder.command), reminder.routine
    # The same wish has the same identifier, so that it replaces itself in a calendar.
    uid = uuid5(NAMESPACE_URL, f"acupress:{routine.id}:{days}:{at:%H%M}")
    about = (
        f"{routine.title}, {reminder.minutes} minutes at most.\n"
        f"Type it in a terminal: {reminder.command}\n"
        f"It asks a few questions first. {routine.how_often}"
    )
    yield from (
        "BEGIN:VEVENT",
        f"UID:{uid}",
        f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART:{_first(reminder.days, at, now):%Y%m%dT%H%M%S}",
        f"DURATION:PT{reminder.minutes}M",
        f"RRULE:FREQ=WEEKLY;BYDAY={days}",
        f"SUMMARY:{command}",
        f"DESCRIPTION:{_escaped(about)}",
        *("CLASS:PRIVATE", "TRANSP:TRANSPARENT"),  # it takes no time from a meeting
        *("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{command}", "TRIGGER:PT0S"),
        *("END:VALARM", "END:VEVENT"),
    )


def _first(days: Sequence[int], at: time, now: datetime) -> datetime:
    """Return the first local time *at* on one of *days* that is still to come."""
    here = now.replace(tzinfo=None)
    coming = (_on(here.date() + timedelta(days=day), at) for day in range(8))
    return next(each for each in coming if each.weekday() in days and each > here)


def _on(day: date, at: time) -> datetime:
    return datetime.combine(day, at)


def _escaped(text: str) -> str:
    for mark, instead in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(mark, instead)
    return text


def _folded(line: str) -> str:
    """Return *line* in rows short enough; each but the first begins with a space."""
    rows, row = [], ""
    for mark in line:
        if len(f"{row}{mark}".encode()) > _LONGEST_LINE:
            rows.append(row)
            row = " "
        row += mark
    return "\r\n".join((*rows, row))


def schedules(reminder: Reminder) -> str:
    """Return lines for cron, for systemd and for the Task Scheduler of Windows."""
    unit = f"acupress-{reminder.routine.id}"
    say = f'notify-send acupress "{reminder.command}"'
    return "\n".join(
        (
            "# Nothing is installed: copy what fits your system.",
            "",
            "# cron, on a Linux desktop: write these lines into `crontab -e`",
            *(_crontab(reminder, at, say) for at in reminder.times),
            "",
            f"# systemd: write this into ~/.config/systemd/user/{unit}.service",
            *("[Unit]", f"Description={reminder.command}", "[Service]"),
            *("Type=oneshot", f"ExecStart={say}"),
            "",
            f"# and this into ~/.config/systemd/user/{unit}.timer,",
            f"# then run `systemctl --user enable --now {unit}.timer`",
            *("[Unit]", f"Description=When to type {reminder.command}", "[Timer]"),
            *(f"OnCalendar={_on_calendar(reminder, at)}" for at in reminder.times),
            *("[Install]", "WantedBy=timers.target"),
            "",
            "# Windows: run these lines; a window opens and asks its questions",
            *(_schtasks(reminder, at) for at in reminder.times),
        )
    )


def _crontab(reminder: Reminder, at: time, say: str) -> str:
    numbers = sorted((day + 1) % len(DAYS) for day in reminder.days)
    days = "*" if len(numbers) == len(DAYS) else _ranges(numbers, str, "-")
    bus = "XDG_RUNTIME_DIR=/run/user/$(id -u)"  # where notify-send finds the desktop
    return f"{at.minute} {at.hour} * * {days} {bus} {say}"


def _on_calendar(reminder: Reminder, at: time) -> str:
    days = _ranges(reminder.days, lambda day: DAYS[day][:3].capitalize(), "..")
    return f"{days} *-*-* {at:%H:%M}:00"


def _schtasks(reminder: Reminder, at: time) -> str:
    days = ",".join(DAYS[day][:3].upper() for day in reminder.days)
    return (
        f'schtasks /create /tn "acupress {reminder.routine.id} {at:%H%M}" /sc weekly '
        f'/d {days} /st {at:%H:%M} /tr "cmd /k {reminder.command}"'
    )


def _ranges(numbers: Sequence[int], name: Callable[[int], str], between: str) -> str:
    """Return the names of *numbers*, with three or more in a row as a range."""
    rows: list[list[int]] = []
    for number in numbers:
        if rows and rows[-1][-1] == number - 1:
            rows[-1].append(number)
        else:
            rows.append([number])
    return ",".join(
        f"{name(row[0])}{between}{name(row[-1])}"
        if len(row) >= _SHORTEST_RANGE
        else ",".join(map(name, row))
        for row in rows
    )
