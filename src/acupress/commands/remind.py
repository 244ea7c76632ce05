"""``acupress remind ROUTINE``: reminders for a calendar or a scheduler."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, time
from itertools import pairwise
from pathlib import Path
from typing import Annotated

import typer

from acupress.catalogue.loading import load_routines
from acupress.commands import options
from acupress.commands.choosing import chosen
from acupress.errors import WrongUseError
from acupress.exit import complain
from acupress.text import words
from acupress.text.reminders import DAYS, Reminder, calendar, schedules

_WEEK = len(DAYS)
_GROUPS = {
    **dict.fromkeys(("daily", "everyday", "all"), range(_WEEK)),
    **dict.fromkeys(("weekday", "weekdays", "workdays"), range(5)),
    **dict.fromkeys(("weekend", "weekends"), range(5, _WEEK)),
}
_SHORTEST_NAME = 2  # of a day: mo
_MOST_A_DAY = 3
_HOURS_BETWEEN = 3
_HOW_OFTEN = "three times a day, three hours apart, is plenty"


def _days(typed: str) -> tuple[int, ...]:
    """Parse days of the week; return their numbers, each once and in order."""
    found: set[int] = set()
    for part in typed.lower().split(","):
        first, dash, last = (each.strip() for each in part.partition("-"))
        if first in _GROUPS and not dash:
            found.update(_GROUPS[first])
            continue
        begin, end = _day(first), _day(last if dash else first)
        if begin is None or end is None:
            message = "write days such as mon-fri, or mon,wed,fri, daily or weekend"
            raise WrongUseError(f"--days: {message}")
        found.update((begin + n) % _WEEK for n in range((end - begin) % _WEEK + 1))
    return tuple(sorted(found))


def _day(name: str) -> int | None:
    name = name.removesuffix("s")  # on mondays; tues
    fits = [number for number, day in enumerate(DAYS) if day.startswith(name)]
    return fits[0] if len(name) >= _SHORTEST_NAME and fits else None


def _times(typed: str) -> tuple[time, ...]:
    """Parse times of the day; return each once, in order."""
    found = [
        re.fullmatch("([01]?[0-9]|2[0-3]):([0-5][0-9])", part.strip(), re.ASCII)
        for part in typed.split(",")
    ]
    times = sorted({time(int(each[1]), int(each[2])) for each in found if each})
    if None in found:
        message = "write times from 00:00 to 23:59, such as 11:00,15:00"
        raise WrongUseError(f"--at: {message}")
    if len(times) > _MOST_A_DAY:
        raise WrongUseError(f"--at: write three times at most: {_HOW_OFTEN}")
    return tuple(times)


def run(  # noqa: PLR0913 - an option each
    name: options.Name = None,
    *,
    at: Annotated[
        str, typer.Option(metavar="TIME,...", help="When, such as 11:00,15:00.")
    ],
    days: Annotated[
        str,
        typer.Option(
            metavar="DAYS",
            show_default=False,
            help="On which days: mon-fri, or mon,wed,fri; without it, daily.",
        ),
    ] = "daily",
    minutes: options.Minutes = None,
    save: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.ics", help="Save it for a calendar; as -, it is written here."
        ),
    ] = None,
    cron: Annotated[
        bool,
        typer.Option(
            "--cron", help="Print lines for cron, systemd and Windows instead."
        ),
    ] = False,
) -> None:
    """Write reminders for a calendar or a scheduler; install and start nothing."""
    routine = chosen(" ".join(name or ()), load_routines(), "remind")
    if cron == (save is not None):
        message = "give one of --save breaks.ics, for a calendar, and --cron"
        raise WrongUseError(message)
    times = _times(at)
    reminder = Reminder(routine, _days(days), times, minutes)
    if save is None:
        print(schedules(reminder))
    else:
        _save(reminder, save)
    if _too_close(times):
        complain(f"these times are close to each other: {_HOW_OFTEN}", 0)


def _save(reminder: Reminder, path: Path) -> None:
    from acupress.files import display_path, expanded, save_new  # noqa: PLC0415

    content = calendar(reminder, datetime.now(UTC).astimezone())
    if str(path) == "-":
        sys.stdout.write(content)
        return
    if path.suffix.lower() != ".ics":
        message = "--save saves a calendar: give it a name that ends in .ics"
        raise WrongUseError(message)
    path = expanded(path)
    save_new(path, content)
    number = words.count(len(reminder.times), "reminder")
    print(f"saved {display_path(path)}: {number} to import into a calendar")


def _too_close(times: Sequence[time]) -> bool:
    """Tell whether two of *times* are less than three hours apart, on one day."""
    minutes = [60 * each.hour + each.minute for each in times]
    gaps = (after - before for before, after in pairwise(minutes))
    return any(gap < 60 * _HOURS_BETWEEN for gap in gaps)
