"""Weeks in a row with enough sessions, and what followed a routine."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from acupress.journal import remarks
from acupress.journal.export import session_documents
from acupress.journal.report import journal_page
from acupress.journal.stats import (
    Change,
    Followed,
    Trend,
    choose,
    followed,
    largest_clear,
)
from acupress.journal.store import Entry
from acupress.journal.weeks import ENOUGH, rows, weeks_in_a_row
from acupress.text.layout import Page, Tone

MONDAY = date(2025, 6, 2)
PARIS = ZoneInfo("Europe/Paris")
DAYS = st.dates(date(1990, 1, 1), date(2060, 1, 1))


def session(day: date, routine: str = "lower-back", hour: int = 18) -> Entry:
    """Return a session on *day*, by the clock on the wall."""
    started = datetime(day.year, day.month, day.day, hour, tzinfo=PARIS)
    return Entry(started, routine, 600, finished=True)


def on(*days: int) -> list[Entry]:
    """Return a session for each of *days* after a Monday."""
    return [session(MONDAY + timedelta(days=day)) for day in days]


def test_a_missed_day_breaks_nothing() -> None:
    """Only the number of sessions in a week counts, not on which days they were."""
    every_day = on(*range(21))
    without_some = on(0, 2, 6, 7, 8, 9, 17, 19, 20)

    assert weeks_in_a_row(every_day, MONDAY + timedelta(days=20)) == 3
    assert weeks_in_a_row(without_some, MONDAY + timedelta(days=20)) == 3


def test_a_week_with_two_sessions_ends_the_row() -> None:
    """A week that is over and had fewer than three begins it anew."""
    entries = on(0, 1, 2, 7, 8, 14, 15, 16)

    assert weeks_in_a_row(entries, MONDAY + timedelta(days=20)) == 1


def test_the_running_week_counts_once_it_is_reached() -> None:
    """Until it is over it ends nothing; with its third session it counts."""
    past = on(0, 1, 2, 7, 8, 9)
    wednesday = MONDAY + timedelta(days=16)

    assert weeks_in_a_row(past, wednesday) == 2
    assert weeks_in_a_row([*past, *on(14, 15)], wednesday) == 2
    assert weeks_in_a_row([*past, *on(14, 15, 16)], wednesday) == 3
    assert weeks_in_a_row(past, MONDAY + timedelta(days=20)) == 2
    assert weeks_in_a_row(past, MONDAY + timedelta(days=21)) == 0


def test_what_is_still_to_come_does_not_count() -> None:
    """A record of a clock that was wrong does not make a week."""
    assert weeks_in_a_row(on(0, 1, 5), MONDAY + timedelta(days=3)) == 0


def test_next_to_nothing_is_no_session() -> None:
    """What was stopped in the first hold does not count towards the three."""
    first, *others = on(0, 1, 2)
    stopped = first._replace(pressed=9)

    assert weeks_in_a_row([stopped, *others], MONDAY) == 0
    assert weeks_in_a_row([], MONDAY) == 0


def reached(entries: list[Entry]) -> set[tuple[int, int]]:
    """Return the ISO years and weeks with enough sessions."""
    weeks = [entry.started.date().isocalendar()[:2] for entry in entries]
    return {week for week in weeks if weeks.count(week) >= ENOUGH}


def counted_back(entries: list[Entry], today: date) -> int:
    """Count weeks by the calendar of ISO 8601, one by one."""
    weeks, day = reached([e for e in entries if e.started.date() <= today]), today
    if day.isocalendar()[:2] not in weeks:
        day -= timedelta(days=7)
    number = 0
    while day.isocalendar()[:2] in weeks:
        number += 1
        day -= timedelta(days=7)
    return number


@given(DAYS, st.lists(st.integers(0, 60), max_size=60), st.integers(0, 70))
def test_weeks_are_those_of_the_calendar(
    first: date, after: list[int], today: int
) -> None:
    """Whatever the year's end and its week 53, a week is one of ISO 8601."""
    entries = [session(first + timedelta(days=each)) for each in after]
    until = first + timedelta(days=today)

    assert weeks_in_a_row(entries, until) == counted_back(entries, until)


@given(DAYS, st.integers(1, 80))
def test_no_end_of_a_year_ends_a_row(first: date, weeks: int) -> None:
    """Three sessions a week for so many weeks are as many in a row."""
    begin = first - timedelta(days=first.weekday())
    entries = [
        session(begin + timedelta(days=7 * week + day))
        for week in range(weeks)
        for day in (0, 3, 6)
    ]
    last = begin + timedelta(days=7 * weeks - 1)

    assert weeks_in_a_row(entries, last) == weeks
    assert max(rows(entries).values()) == weeks


OFFSETS = st.integers(-14 * 60, 14 * 60).map(
    lambda minutes: timezone(timedelta(minutes=minutes))
)
TWO_MONTHS = (datetime(2020, 1, 1), datetime(2020, 3, 1))  # noqa: DTZ001 - the wall's


@given(st.lists(st.datetimes(*TWO_MONTHS, timezones=OFFSETS), max_size=30))
def test_a_session_counts_on_its_own_wall(when: list[datetime]) -> None:
    """Whatever the offset, summer time or a journey: it is the date where one was."""
    entries = [Entry(each, "lower-back", 600, finished=True) for each in when]
    until = date(2020, 3, 1)

    assert weeks_in_a_row(entries, until) == counted_back(entries, until)


def test_the_hour_that_comes_twice() -> None:
    """On the night to winter time Sunday's sessions are still of the week before."""
    sunday = date(2025, 10, 26)
    late = [session(sunday, hour=hour) for hour in (1, 2, 23)]

    assert {e.started.utcoffset() for e in late} == {
        timedelta(hours=1),
        timedelta(hours=2),
    }
    assert weeks_in_a_row(late, sunday) == 1


@given(st.lists(st.integers(0, 60), max_size=60), st.integers(0, 60))
def test_another_session_never_takes_a_week_away(days: list[int], more: int) -> None:
    """A session more can only lengthen the row."""
    today = MONDAY + timedelta(days=60)
    before = weeks_in_a_row(on(*days), today)

    assert weeks_in_a_row(on(*days, more), today) >= before


def test_as_json_each_session_has_its_week() -> None:
    """The week of ISO 8601, and how many in a row it ends."""
    days = (date(2020, 12, 28), date(2020, 12, 31), date(2021, 1, 3))
    later = tuple(day + timedelta(days=7) for day in days)
    entries = [session(day) for day in (*days, *later, date(2021, 1, 11))]
    told = session_documents(entries, entries)

    assert [(each["week"], each["weeks_in_a_row"]) for each in told] == [
        *[("2020-W53", 1)] * 3,
        *[("2021-W01", 2)] * 3,
        ("2021-W02", 0),
    ]


def said(page: Page) -> str:
    """Return *page* as one line."""
    return " ".join(line.text for line in page)


def test_it_is_said_from_two_weeks_on() -> None:
    """In words up to ten, and nothing at all of a single week."""
    entries = on(0)

    begun = [said(remarks.enough_weeks(n)).split(" in a")[0] for n in (0, 1, 2, 10, 11)]

    assert begun == ["", "", "Two weeks", "Ten weeks", "11 weeks"]
    assert said(remarks.closing(entries[0], entries, 5)) == (
        "First this week. Five weeks in a row with three sessions or more."
    )
    page = said(journal_page(choose(entries, MONDAY), 80, 5))
    assert "Five weeks in a row with three sessions or more." in page
    assert "in a row" not in said(journal_page(choose(entries, MONDAY), 80, 1))


def noted(
    routine: str, before: int, after: int | None, number: int = 6, *, gap: int = 2
) -> list[Entry]:
    """Return so many sessions of *routine*, *gap* days apart."""
    return [
        session(MONDAY + timedelta(days=gap * each), routine)._replace(
            before=before,
            after=after,
        )
        for each in range(number)
    ]


def test_what_followed_a_routine_is_told_by_the_rule() -> None:
    """Six sessions with both numbers, in two weeks with two each; else nothing."""
    rows: tuple[tuple[list[Entry], tuple[Followed, ...]], ...] = (
        (noted("a", 6, 4), (Followed("a", Trend(Change.CLEAR, 60, 40)),)),
        (noted("a", 7, 5), (Followed("a", Trend(Change.SMALL, 70, 50)),)),
        (noted("a", 3, 0), (Followed("a", Trend(Change.NUMBERS_ONLY, 30, 0)),)),
        (noted("a", 6, 4, 5), ()),
        (noted("a", 6, None), ()),
        (noted("a", 6, 4, gap=1), ()),
    )

    for entries, expected in rows:
        assert followed(entries) == expected


def conclusions(*groups: list[Entry]) -> Page:
    """Return what is concluded from the sessions of all *groups*."""
    entries = [entry for group in groups for entry in group]
    return remarks.verdict(Trend(Change.TOO_EARLY), followed(entries))


def test_the_largest_change_is_named_with_its_warning() -> None:
    """It is one of several, clear by the rule, and no proof of anything."""
    page = said(conclusions(noted("quiet", 8, 5), noted("neck", 6, 4)))

    assert (
        "Of your routines, quiet was followed by the largest clear change: pain fell "
        "from 8 to 5."
    ) in page
    assert page.count(remarks.NOT_PROOF) == 1


def test_no_routine_is_named_without_a_clear_and_larger_change() -> None:
    """Not when it is the only one, not when two are as large, not below the rule."""
    rows = (
        [noted("quiet", 8, 5)],
        [noted("quiet", 8, 5), noted("neck", 7, 4)],
        [noted("quiet", 7, 5), noted("neck", 6, 5)],
        [noted("quiet", 3, 0), noted("neck", 6, 4)],
        [noted("quiet", 8, 5), noted("neck", 6, 4, 5)],
    )

    for groups in rows:
        assert "largest" not in said(conclusions(*groups))
    assert largest_clear(()) is None


def test_a_rise_after_a_routine_is_a_warning() -> None:
    """Two points more after it: leave it, whatever else there is."""
    page = conclusions(noted("quiet", 9, 6), noted("neck", 2, 4))
    warned = [line.text for line in page if line.tone is Tone.WARNING]

    assert warned == [
        "After neck the pain rose from 2 to 4: leave it, and see someone."
    ]
    assert "quiet was followed by the largest" in said(page)


def test_a_rise_is_never_the_largest_change_without_advice() -> None:
    """The largest change, if it is a rise, is told as the warning that it is."""
    page = conclusions(noted("quiet", 4, 7), noted("neck", 6, 5))

    assert "largest" not in said(page)
    assert "After quiet the pain rose from 4 to 7: leave it" in said(page)
