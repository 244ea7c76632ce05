"""Reminders: read by a library for calendars, and by what schedulers say of a time."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import UTC, datetime, time, timedelta, timezone
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
from dateutil.rrule import rrulestr  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

from acupress.text.reminders import DAYS, Reminder, calendar, schedules
from support.catalogue import REAL
from support.command import invoke
from support.factories import point, routine, step

BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")
NOW = datetime(2026, 3, 24, 12, 0, tzinfo=BERLIN)
"""A Tuesday, in the week that ends with the change to summer time."""

BREAK = REAL["desk-break"]
WORKDAYS = (0, 1, 2, 3, 4)
WISH = Reminder(BREAK, WORKDAYS, (time(11), time(15)))
DESK_BREAK = ("remind", "desk-break", "--at", "11:00")


def read(reminder: Reminder, now: datetime = NOW) -> Any:  # noqa: ANN401 - the library's
    """Return the calendar of *reminder*, as the library reads it."""
    return icalendar.Calendar.from_ical(calendar(reminder, now).encode())


def events(reminder: Reminder, now: datetime = NOW) -> list[Any]:
    """Return the events of *reminder*, none of which has an error."""
    found: list[Any] = read(reminder, now).walk("VEVENT")
    assert not any(each.errors for each in found)
    return found


def alarms(event: Any, number: int) -> list[datetime]:  # noqa: ANN401
    """Return the first *number* of local times at which *event* alarms."""
    (alarm,) = event.walk("VALARM")
    rule = event["RRULE"].to_ical().decode()
    wall = rrulestr(rule, dtstart=event["DTSTART"].dt)
    return [wall[n] + alarm["TRIGGER"].dt for n in range(number)]


def test_an_event_for_each_time() -> None:
    """Each has what the format asks for, and says what to type."""
    whole = read(WISH)
    first, second = events(WISH)

    assert (whole["VERSION"], whole["PRODID"]) == (
        *("2.0", "-//acupress//reminders//EN"),
    )
    assert not whole.errors
    assert [each["SUMMARY"] for each in (first, second)] == (
        ["acupress session desk-break"] * 2
    )
    assert first["DTSTART"].dt == datetime(2026, 3, 25, 11)  # noqa: DTZ001 - floating
    assert second["DTSTART"].dt == datetime(2026, 3, 24, 15)  # noqa: DTZ001
    assert first["DTSTAMP"].dt == NOW.astimezone(UTC)
    assert first["DURATION"].dt == timedelta(minutes=6)
    (alarm,) = first.subcomponents
    assert (alarm.name, alarm["ACTION"]) == ("VALARM", "DISPLAY")
    assert alarm["DESCRIPTION"] == "acupress session desk-break"


def test_it_alarms_at_the_time_on_the_wall_all_year() -> None:
    """A change to summer time and back moves no alarm by an hour."""
    for zone, until in ((BERLIN, 200), (NEW_YORK, 200)):
        coming = alarms(events(WISH)[0], until)
        local = [each.replace(tzinfo=zone) for each in coming]

        assert {each.time() for each in local} == {time(11)}
        assert len({each.utcoffset() for each in local}) == 2
        days = [(after - before).days for before, after in pairwise(coming)]
        assert {*days} == {1, 3}  # over the weekend, too


def test_a_time_that_the_change_leaves_out() -> None:
    """Half past two on the night of the change is still one alarm, and no error."""
    night = Reminder(BREAK, tuple(range(7)), (time(2, 30),))
    coming = alarms(events(night)[0], 10)
    around = [each for each in coming if each.date().day in {28, 29, 30}]

    assert [each.day for each in around] == [28, 29, 30]
    assert {each.time() for each in coming} == {time(2, 30)}


def test_the_same_wish_replaces_itself() -> None:
    """The identifiers are the same on another day, and others for another wish."""

    def identifiers(reminder: Reminder, now: datetime = NOW) -> set[str]:
        return {str(each["UID"]) for each in events(reminder, now)}

    later = NOW + timedelta(days=40)
    same = identifiers(WISH)
    others = [
        WISH._replace(routine=REAL["quiet"]),
        WISH._replace(days=(0, 1)),
        WISH._replace(times=(time(9),)),
    ]

    assert len(same) == 2
    assert same == identifiers(WISH, later)
    assert same == identifiers(WISH._replace(limit=4))  # a change of the same
    assert [same & identifiers(each) for each in others] == [set()] * 3


def test_minutes_are_what_to_type_and_how_long() -> None:
    """They are part of the command, and the length of the event."""
    (event, _) = events(WISH._replace(limit=4))

    assert event["SUMMARY"] == "acupress session desk-break --minutes 4"
    assert event["DURATION"].dt == timedelta(minutes=4)


TEXTS = st.text(
    st.characters(exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp")), min_size=1
).map(lambda text: " ".join(text.split()) or "x")
DAY_SETS = st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days)))
TIMES = st.sets(
    st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    min_size=1,
    max_size=3,
).map(lambda times: tuple(sorted(times)))
OFFSETS = st.integers(-14 * 60, 14 * 60).map(
    lambda minutes: timezone(timedelta(minutes=minutes))
)
NOWS = st.datetimes(
    datetime(2000, 1, 1),  # noqa: DTZ001 - a zone is added
    datetime(2100, 1, 1),  # noqa: DTZ001
    timezones=OFFSETS,
)


@given(TEXTS, TEXTS, DAY_SETS, TIMES, NOWS)
def test_whatever_the_title_the_file_is_read_as_it_was_meant(
    title: str,
    often: str,
    days: tuple[int, ...],
    times: tuple[time, ...],
    now: datetime,
) -> None:
    """Any letters come through, and every alarm is on a day that was asked for."""
    some = routine(step(point("TE3")))._replace(title=title, how_often=often)
    reminder = Reminder(some, days, times)
    text = calendar(reminder, now)
    found = events(reminder, now)

    assert all(len(row.encode()) <= 75 for row in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    assert len(found) == len(times)
    for event, at in zip(found, times, strict=True):
        begun = event["DTSTART"].dt
        first, *_ = coming = alarms(event, 2 * len(days))
        assert f"{title}, " in event["DESCRIPTION"]
        assert str(event["DESCRIPTION"]).endswith(f"first. {often}")
        assert first == begun > now.replace(tzinfo=None)
        assert begun - now.replace(tzinfo=None) <= timedelta(days=7)
        assert [each.time() for each in coming] == [at] * len(coming)
        assert {each.weekday() for each in coming} == {*days}


def test_nothing_of_an_answer_is_in_it(tmp_path: Path) -> None:
    """It is the routine, when, and what to type; the same on every machine."""
    saved = tmp_path / "breaks.ics"
    ran = invoke(*DESK_BREAK, "--save", str(saved))
    text = re.sub(r"\r\n ", "", saved.read_bytes().decode())
    keys = {line.partition(":")[0] for line in text.split("\r\n") if line}

    assert ran.returncode == 0
    assert keys == {
        *("BEGIN", "END", "VERSION", "PRODID", "UID", "DTSTAMP", "DTSTART"),
        *("DURATION", "RRULE", "SUMMARY", "DESCRIPTION", "CLASS", "TRANSP"),
        *("ACTION", "TRIGGER"),
    }
    assert "CLASS:PRIVATE" in text
    assert not re.search(
        r"pregnan|caution|veins|unsure|[A-Z]{2}[0-9]", text.split("UID")[0]
    )
    assert [each.name for each in tmp_path.iterdir()] == ["breaks.ics"]


DAY_WORDS = {
    "mon-fri": (0, 1, 2, 3, 4),
    "mon,wed,fri": (0, 2, 4),
    "fri, mon": (0, 4),
    "Monday-Wednesday": (0, 1, 2),
    "tues,thurs": (1, 3),
    "mondays": (0,),
    "mo-tu": (0, 1),
    "fri-mon": (0, 4, 5, 6),
    "sun-sun": (6,),
    "daily": tuple(range(7)),
    "weekend": (5, 6),
    "weekdays": (0, 1, 2, 3, 4),
    "weekend,mon": (0, 5, 6),
}


def days_told(text: str) -> tuple[int, ...]:
    """Return the days that the rule in *text* names."""
    (found,) = re.findall(r"BYDAY=([A-Z,]+)", text)
    names = [day[:2].upper() for day in DAYS]
    return tuple(names.index(each) for each in found.split(","))


def test_days_are_read_as_people_write_them() -> None:
    """Names, ranges, lists and groups; a range may go over the weekend."""
    found = {
        typed: days_told(invoke(*DESK_BREAK, "--save=-", "--days", typed).stdout)
        for typed in DAY_WORDS
    }

    assert found == DAY_WORDS
    assert days_told(invoke(*DESK_BREAK, "--save=-").stdout) == tuple(range(7))


def test_times_are_told_once_and_in_order() -> None:
    """An hour may have one digit."""
    told = invoke("remind", "quiet", "--at", "15:00, 9:05,09:05", "--save=-").stdout
    (first, second) = re.findall(r"DTSTART:\d{8}T(\d{6})\r?\n", told)

    assert (first, second) == ("090500", "150000")


WRONG = {
    "--days monn --save=-": "--days: write days such as mon-fri, or mon,wed,fri, ",
    "--days= --save=-": "--days: write days such as",
    "--days mon- --save=-": "--days: write days such as",
    "--days mon-weekend --save=-": "--days: write days such as",
    "--days daily-fri --save=-": "--days: write days such as",
    "--days t --save=-": "--days: write days such as",
    "--at 24:00 --save=-": "--at: write times from 00:00 to 23:59, such as 11:00,15:00",
    "--at 11 --save=-": "--at: write times from",
    "--at 11am --save=-": "--at: write times from",
    "--at 11:60 --save=-": "--at: write times from",
    "--at 11:00, --save=-": "--at: write times from",
    "--at ١١:00 --save=-": "--at: write times from",
    "--at 1:00,5:00,9:00,13:00 --cron": "--at: write three times at most: three times",
    "--minutes 61 --cron": "--minutes: write a whole number from 1 to 60",
    "--save a.ics --cron": "give one of --save breaks.ics, for a calendar, and --cron",
    "": "give one of --save breaks.ics, for a calendar, and --cron",
    "--save a.txt": "--save saves a calendar: give it a name that ends in .ics",
}


def test_what_is_wrong_is_one_line() -> None:
    """Exit code 2, what to write, and no file."""
    for typed, expected in WRONG.items():
        at = () if "--at" in typed else ("--at", "11:00")
        ran = invoke("remind", "desk-break", *at, *typed.split())

        assert (typed, ran.returncode, ran.stdout) == (typed, 2, "")
        assert ran.stderr.startswith(f"acupress: {expected}"), typed
        assert ran.stderr.count("\n") == 1
    missing = invoke("remind", "desk-break", "--cron")

    assert missing.stderr.startswith("acupress: --at is missing")
    assert not Path("a.txt").exists()


def test_names_are_those_of_plan(tmp_path: Path) -> None:
    """A partner routine, a point and one's own are named as for a plan."""
    folder = tmp_path / "acupress" / "routines"
    folder.mkdir(parents=True)
    (folder / "mine.yaml").write_text(
        "id: evening\ntitle: Evening\nregion: neck\nsteps:\n  - point: TE3\n", "utf-8"
    )
    home = {"XDG_CONFIG_HOME": str(tmp_path)}
    told = {
        name: invoke("remind", *name.split(), "--at=9:00", "--save=-", **home)
        for name in ("Lower-Back-Partner", "evening", "sp6", "he gu", "desk break")
    }
    unknown = invoke("remind", "nonsense", "--at=9:00", "--save=-", **home)
    ache = invoke("remind", "migraine", "--at=9:00", "--save=-", **home)

    assert [
        re.findall("SUMMARY:(.*)", each.stdout)[0].strip() for each in told.values()
    ] == [
        f"acupress session {name}"
        for name in ("lower-back-partner", "evening", "SP6", "LI4", "desk-break")
    ]
    assert (unknown.returncode, ache.returncode) == (2, 2)
    assert unknown.stderr.startswith('acupress: no routine or point called "nonsense"')
    assert ache.stderr.endswith("write `acupress remind desk-break`\n")


def test_a_file_that_is_there_is_not_overwritten(tmp_path: Path) -> None:
    """What was saved before stays as it is; exit code 5."""
    file = tmp_path / "breaks.ics"
    file.write_text("mine", "utf-8")
    ran = invoke(*DESK_BREAK, "--save", str(file))

    assert ran.returncode == 5
    assert "is there already, and nothing is overwritten" in ran.stderr
    assert file.read_text("utf-8") == "mine"


def test_times_that_are_close_are_remarked_on() -> None:
    """They are written all the same, and the remark is on standard error."""
    close = invoke("remind", "quiet", "--at=9:00,11:59", "--save=-")
    apart = invoke("remind", "quiet", "--at=9:00,12:00", "--save=-")

    assert (close.returncode, apart.returncode, apart.stderr) == (0, 0, "")
    assert close.stdout.count("BEGIN:VEVENT") == 2
    assert close.stderr.startswith("acupress: these times are close to each other")


def told_to(reminder: Reminder, begin: str) -> list[str]:
    """Return the lines of the schedules that begin so."""
    return [each for each in schedules(reminder).splitlines() if each.startswith(begin)]


def test_lines_for_a_crontab() -> None:
    """Minute, hour, any day, any month, days from Sunday on, and what to run."""
    rows = {
        WORKDAYS: "1-5",
        tuple(range(7)): "*",
        (6,): "0",
        (5, 6): "0,6",
        (0, 2, 4): "1,3,5",
        (0, 1, 4, 5, 6): "0-2,5,6",
    }
    run = 'notify-send acupress "acupress session desk-break"'
    for days, expected in rows.items():
        (line,) = told_to(Reminder(BREAK, days, (time(9, 5),)), "5 9")

        assert line.startswith(f"5 9 * * {expected} XDG_RUNTIME_DIR="), days
        assert line.endswith(run)
        assert "%" not in line


def test_lines_for_windows() -> None:
    """A line for each time, each with a name of its own."""
    assert told_to(WISH, "schtasks") == [
        f'schtasks /create /tn "acupress desk-break {hour}00" /sc weekly '
        f"/d MON,TUE,WED,THU,FRI /st {hour}:00 "
        '/tr "cmd /k acupress session desk-break"'
        for hour in (11, 15)
    ]


SYSTEMD = shutil.which("systemd-analyze")


@pytest.mark.skipif(SYSTEMD is None, reason="needs systemd-analyze")
@pytest.mark.parametrize(
    "days", [WORKDAYS, (0, 2, 4), (5, 6), (0, 1, 4, 5, 6), tuple(range(7))]
)
def test_systemd_understands_its_lines(days: tuple[int, ...]) -> None:
    """What it would elapse at is a day and a time that were asked for."""
    reminder = Reminder(BREAK, days, (time(11), time(15, 5)))
    specs = [line.partition("=")[2] for line in told_to(reminder, "OnCalendar=")]
    command = [str(SYSTEMD), "calendar", "--iterations=8", *specs]
    ran = subprocess.run(
        command, capture_output=True, text=True, check=True, env={"TZ": "UTC"}
    )
    found = re.findall(r": (\w{3}) \d{4}-\d\d-\d\d (\d\d:\d\d):00", ran.stdout)

    assert {at for _, at in found} == {"11:00", "15:05"}
    assert {day for day, _ in found} == {DAYS[day][:3].capitalize() for day in days}
