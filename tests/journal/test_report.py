"""The journal as a page and a drawing, and what is concluded from it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

from hypothesis import given, settings
from hypothesis import strategies as st

from acupress.journal import remarks
from acupress.journal.report import journal_page, scale
from acupress.journal.stats import (
    Change,
    Chosen,
    Pain,
    Trend,
    by_routine,
    by_week,
    choose,
    monday,
    rounded_minutes,
    session_counts,
    trend,
    worse,
)
from acupress.journal.store import Entry, read_entries
from acupress.journal.svg import journal_svg
from acupress.journal.weeks import weeks_in_a_row
from acupress.text.layout import Page, Tone, encodable, plain_text, wrap
from support.journals import TODAY, ZONE, thirty_sessions

Golden = Callable[[str, str], None]
MONDAY = datetime(2025, 6, 2, 18, 0, tzinfo=ZONE)
THIRTY = thirty_sessions()


def entry(
    days: float = 0, before: int | None = None, after: int | None = None
) -> Entry:
    """Return a session so many *days* after a Monday evening."""
    started = MONDAY + timedelta(days=days)
    return Entry(started, "lower-back", 600, finished=True, before=before, after=after)


def weekly(*averages: tuple[int, int]) -> list[Entry]:
    """Return two sessions a week, with these numbers before."""
    return [
        entry(7 * week + 2 * which, number)
        for week, numbers in enumerate(averages)
        for which, number in enumerate(numbers)
    ]


def chosen(*entries: Entry, days: int | None = None) -> Chosen:
    """Return *entries* as they are looked at six weeks after the first day."""
    return choose(entries, TODAY.date(), days)


def said(page: Page) -> str:
    """Return *page* as one line."""
    return " ".join(line.text for line in page)


def test_the_demonstration_is_really_recorded(golden: Golden, thirty: Path) -> None:
    """Thirty sessions over six weeks: played, recorded, read and drawn."""
    entries = read_entries(thirty)

    assert entries == THIRTY
    in_a_row = weeks_in_a_row(entries, TODAY.date())
    golden("journal-80", plain_text(journal_page(chosen(*entries), 80, in_a_row), 80))


def test_a_narrow_page(golden: Golden) -> None:
    """Where the charts do not fit beside each other, one is above the other."""
    for width in (40, 60):
        page = journal_page(chosen(*THIRTY), width)
        golden(f"journal-{width}", plain_text(page, width))


def test_a_page_in_ascii(golden: Golden) -> None:
    """A terminal that has only ASCII shows the same charts with other marks."""
    page = encodable(journal_page(chosen(*THIRTY), 80), "ascii")
    text = plain_text(page, 80)

    assert text.isascii()
    golden("journal-80-ascii", text)


def test_one_session_and_no_numbers(golden: Golden) -> None:
    """The first page of a journal is short, and concludes nothing."""
    first = entry(12)._replace(finished=False, note="stopped for the doorbell")

    golden("journal-first", plain_text(journal_page(chosen(first), 80), 80))


def test_nothing_to_show() -> None:
    """A window without sessions says so, and how to look further back."""
    text = plain_text(journal_page(chosen(entry(-400)), 80), 80)

    assert "No session is recorded since 5 May 2025." in text
    assert "--days 365" in text


def test_a_date_to_come_is_left_out_and_said() -> None:
    """A session with a date in the future is counted apart, and not drawn."""
    text = plain_text(journal_page(chosen(entry(), entry(36500)), 80), 80)

    assert "1 session, 10 min of pressing" in text
    assert "Left out: 1 session with a date still to come." in text


def test_years_of_weeks_are_not_all_drawn() -> None:
    """Half a year is drawn; what came before is counted."""
    page = journal_page(chosen(*weekly(*[(5, 5)] * 2), entry(-3000), days=9999), 80)
    text = plain_text(page, 80)

    assert "earlier weeks, 1 session." in text
    assert len(text.splitlines()) < 50


@settings(derandomize=True, max_examples=150)
@given(st.integers(20, 120), st.integers(0, 30))
def test_no_row_is_too_wide_for_the_page(width: int, number: int) -> None:
    """Whatever the width, the charts fit into it, or are wrapped."""
    page = journal_page(chosen(*THIRTY[:number]), width)

    assert all(len(row.plain) <= width for row in wrap(page, width))


PAINS = st.none() | st.integers(0, 100)


@given(PAINS, PAINS)
def test_a_scale_shows_what_there_is(before: int | None, after: int | None) -> None:
    """Both marks are at their place; where they meet, before stands for both."""
    drawn = scale(Pain(before, after, uneven=False))

    assert len(drawn) == 21
    assert (before is not None) == ("●" in drawn)
    if before is not None:
        assert drawn.index("●") == (2 * before + 5) // 10
    if after is not None:
        assert drawn[(2 * after + 5) // 10] in "○●"


def test_the_rule() -> None:
    """Clear only at two points and 30 %, from six sessions on, and not below 3."""
    rows = (
        ([(7, 7), (5, 5)], Trend(Change.TOO_EARLY)),
        ([(6, 6), (5, 5), (4, 4)], Trend(Change.CLEAR, 60, 40)),
        ([(7, 7), (5, 5), (5, 5)], Trend(Change.SMALL, 70, 50)),
        ([(7, 6), (5, 5), (4, 4)], Trend(Change.CLEAR, 65, 40)),
        ([(8, 8), (7, 7), (6, 6)], Trend(Change.SMALL, 80, 60)),
        ([(6, 6), (5, 5), (5, 5)], Trend(Change.SMALL, 60, 50)),
        ([(6, 6), (2, 2), (6, 6)], Trend(Change.NONE, 60, 60)),
        ([(4, 4), (5, 5), (6, 6)], Trend(Change.CLEAR, 40, 60)),
        ([(9, 9), (9, 9), (10, 10)], Trend(Change.SMALL, 90, 100)),
        ([(3, 3), (2, 2), (0, 0)], Trend(Change.NUMBERS_ONLY, 30, 0)),
        ([(2, 3), (5, 5), (8, 8)], Trend(Change.NUMBERS_ONLY, 25, 80)),
    )

    assert [
        (averages, found)
        for averages, expected in rows
        if (found := trend(weekly(*averages))) != expected
    ] == []


def test_a_single_session_in_a_week_concludes_nothing() -> None:
    """A week with one session is not compared, however many there were before."""
    many = [entry(day, 8) for day in range(7)]

    assert Trend(Change.TOO_EARLY) == trend([*many, entry(7, 1)])
    assert Change.CLEAR is trend([*many, entry(7, 1), entry(9, 1)]).change


def test_sessions_without_a_number_conclude_nothing() -> None:
    """Only sessions with the pain before them count towards the six."""
    silent = [entry(day) for day in range(0, 30, 2)]

    assert Trend(Change.TOO_EARLY) == trend([*silent, *weekly((7, 7), (4, 4))])


def test_rises_are_told_as_plainly_as_falls() -> None:
    """The same words for both ways, and once why it is no proof."""
    rows = (
        ([(6, 6), (5, 5), (4, 4)], "Clear change: pain before sessions fell"),
        ([(7, 7), (5, 5), (5, 5)], "fell from 7 to 5: not a clear change, may be"),
        ([(4, 4), (5, 5), (6, 6)], "Clear change: pain before sessions rose"),
        ([(6, 6), (5, 5), (5, 5)], "fell from 6 to 5: small, may be chance"),
        ([(5, 5), (5, 5), (6, 6)], "rose from 5 to 6: small, may be chance"),
        ([(3, 3), (2, 2), (1, 1)], "first week and last: 3 → 1."),
        ([(6, 6), (6, 6), (6, 6)], "stayed about the same: 6 → 6."),
        ([(6, 6)], "Too early to say anything"),
    )
    for averages, expected in rows:
        told = said(remarks.verdict(trend(weekly(*averages))))

        assert expected in told
        assert told.count("what happened, not why") == (len(averages) > 1)


def test_a_rise_over_weeks_is_a_reason_to_see_someone() -> None:
    """After a rise of two points it says to leave it, also below 3."""
    for first in (2, 4, 7):
        numbers = [(first, first), (first, first), (first + 2, first + 2)]
        page = remarks.verdict(trend(weekly(*numbers)))

        assert "leave it, and see someone" in said(page), first


def closing(*entries: Entry) -> str:
    """Return what is said after the last of *entries*."""
    return said(remarks.closing(entries[-1], entries))


def test_the_closing_line() -> None:
    """It counts this week and today, and compares weeks, not sessions."""
    sessions = weekly((6, 6), (5, 5), (4, 4))

    assert closing(entry()) == "First this week."
    assert closing(entry(), entry(0.2)) == (
        "Second this week; second today: leave three hours."
    )
    assert "third today: that is plenty" in closing(entry(), entry(0.1), entry(0.2))
    assert "4 today" not in closing(*[entry(hour / 48) for hour in range(4)])
    assert "fourth today: three a day is plenty" in closing(
        *[entry(hour / 48) for hour in range(4)]
    )
    assert closing(*sessions, entry(18, 4), entry(19, 4)) == (
        "Fourth this week; pain before sessions 6 → 4."
    )


def test_the_closing_line_after_a_week_of_many() -> None:
    """From the eighth session on the count is written in digits."""
    ends = {11: "11th", 12: "12th", 21: "21st", 22: "22nd", 23: "23rd", 8: "8th"}

    assert ends == {
        number: closing(*[entry(n / 4) for n in range(number)])[: len(word)]
        for number, word in ends.items()
    }


def test_next_to_nothing_is_not_counted() -> None:
    """What was stopped in the first hold is not counted as a session."""
    for pressed in (0, 1, 9):
        nothing = entry()._replace(pressed=pressed)

        assert closing(nothing) == "", pressed
        assert session_counts(entry(), [nothing, entry()]) == (1, 1), pressed


PastSessions = list[tuple[float, int | None, int | None]]


def test_what_is_known_beforehand() -> None:
    """Three today, and worse after the last ones that were noted this past week."""
    rows: list[tuple[PastSessions, str]] = [
        ([], ""),
        ([(0, 6, 4), (0, 6, 4)], ""),
        ([(0, 6, 4)] * 3, "3 sessions today: three a day is plenty."),
        ([(0, None, None)] * 4, "4 sessions today: three a day is plenty."),
        ([(0, 4, 6)], "Worse after the last one: leave it, and see someone."),
        ([(0, 4, 5)], ""),
        ([(-6, 4, 6)], "Worse after the last one: leave it, and see someone."),
        ([(-7, 4, 6)], ""),
        ([(-2, 4, 6), (-1, 4, 4)], ""),
        ([(-2, 4, 6), (-1, 4, None)], "Worse after the last one"),
        ([(-3, 4, 4), (-2, 4, 6), (-1, 4, 7)], "Worse after the last 2"),
        (
            [(-2, 1, 3), *[(0, 5, 7)] * 3],
            "3 sessions today, and worse after the last 4",
        ),
        ([(1, 4, 6)], ""),
        ([(1, 4, 4)] * 3, ""),
    ]
    for sessions, expected in rows:
        past = [
            entry(20 + day)._replace(before=before, after=after)
            for day, before, after in sessions
        ]
        known = remarks.beforehand(past, entry(20).started.date())

        assert known.startswith(expected), sessions
        assert bool(known) == bool(expected), sessions
        assert len(known) < 80, sessions


def test_next_to_nothing_is_not_known_beforehand() -> None:
    """An entry of an earlier release that was stopped at once does not count here."""
    past = [entry(20)._replace(pressed=9, before=1, after=9)] * 5

    assert remarks.beforehand(past, entry(20).started.date()) == ""


@given(st.lists(st.integers(0, 4000), min_size=1, max_size=30))
def test_minutes_add_up(pressed: list[int]) -> None:
    """The minutes of weeks and of routines add up to those of all."""
    past = [
        entry(3 * n)._replace(pressed=seconds, routine=f"r{n % 3}")
        for n, seconds in enumerate(pressed)
    ]
    (whole,) = rounded_minutes([sum(pressed)])
    weeks = by_week(past, MONDAY.date())

    assert whole == sum(week.minutes for week in weeks)
    assert whole == sum(share.minutes for share in by_routine(past))
    assert abs(whole - sum(pressed) / 60) <= 0.5
    assert all(abs(week.minutes - week.pressed / 60) < 1 for week in weeks)


def test_half_a_minute_is_rounded_up() -> None:
    """Three minutes in one week and a minute and a half in the next are five."""
    past = [entry(n)._replace(pressed=60) for n in range(3)]
    past.append(entry(7)._replace(pressed=90))
    page = said(journal_page(choose(past, entry(7).started.date()), 80))

    assert "4 sessions, 5 min of pressing" in page
    assert re.search(r"━  3 ", page)
    assert re.search(r"━  2 ", page)


def test_the_week_begins_on_monday_on_the_wall() -> None:
    """A session counts on the date of its own time zone."""
    sunday = entry(-1 + 5.9 / 24)
    elsewhere = sunday._replace(
        started=sunday.started.astimezone(tz=None).replace(tzinfo=ZONE)
    )

    assert monday(sunday.started.date()) == MONDAY.date() - timedelta(days=7)
    assert session_counts(entry(), [elsewhere, entry()]) == (1, 1)


def test_what_one_session_did() -> None:
    """One session is numbers; only two points more are a reason for advice."""
    advice = remarks.WORSE_ADVICE
    said_after = {
        (6, 4): "Pain 6 before, 4 after. First this week.",
        (4, 5): "Pain 4 before, 5 after. First this week.",
        (4, 6): f"Pain 4 before, 6 after. {advice} First this week.",
        (0, 10): f"Pain 0 before, 10 after. {advice} First this week.",
        (None, 6): "First this week.",
        (6, None): "First this week.",
    }

    assert said_after == {pain: closing(entry(0, *pain)) for pain in said_after}
    assert {pain: advice in each for pain, each in said_after.items()} == {
        pain: worse(entry(0, *pain)) for pain in said_after
    }


def test_the_advice_is_a_warning() -> None:
    """The advice after a session that made it worse has the tone of a warning."""
    page = remarks.closing(entry(0, 4, 6), ())

    assert [line.tone for line in page] == [Tone.PLAIN, Tone.WARNING]


def test_what_is_typed_after_the_last_point() -> None:
    """A whole number from 0 to 10, a note, both, or nothing; no number is guessed."""
    typed = {
        "": (None, ""),
        "4": (4, ""),
        " 10 ": (10, ""),
        "0": (0, ""),
        "3 slept badly": (3, "slept badly"),
        "3, slept badly": (3, "slept badly"),
        "7/10": (7, ""),
        "7 / 10 again": (7, "again"),
        "8 not my day": (8, "not my day"),
        "2 4 hours of sleep": (2, "4 hours of sleep"),
        "slept badly": (None, "slept badly"),
        **dict.fromkeys(("11", "-1", "+1", "3.5", "7/5", "3-4", "04", "４", "٣")),
    }

    assert typed == {line: remarks.parse_pain_and_note(line) for line in typed}


def test_every_week_is_there() -> None:
    """A week without a session is there, with no sessions and no pain."""
    weeks = by_week([entry(0, 5, 4), entry(22)], TODAY.date() + timedelta(days=14))

    assert [week.sessions for week in weeks] == [1, 0, 0, 1]
    assert [Pain(50, 40, uneven=False)] == [w.pain for w in weeks if w.pain.before]


def test_days_are_counted_with_today() -> None:
    """Usually six weeks from their Monday; else exactly so many days."""
    daily = [entry(-day) for day in range(-11, 90)]
    counts = {None: 40, 1: 0, 2: 1, 9: 8, 42: 41}

    assert counts == {n: len(chosen(*daily, days=n).entries) for n in counts}


def test_the_svg(golden: Golden) -> None:
    """The drawing is a text that can be compared, and well-formed."""
    drawn = journal_svg(chosen(*THIRTY))
    ET.fromstring(drawn)  # noqa: S314 - it is our own

    golden("journal-svg", drawn)


def test_the_svg_fetches_nothing_and_holds_no_note() -> None:
    """The only address is the name of the format; a note is not in the drawing."""
    noted = entry(0, 5, 4)._replace(note="a private note", routine="<b>&")
    drawn = journal_svg(chosen(noted, entry(7)))

    assert re.findall(r"[\w.]+://[^\"'<\s]*", drawn) == ["http://www.w3.org/2000/svg"]
    assert not {"href", "script", "import", "url("} & set(re.split(r"[\s<>=]", drawn))
    assert "private" not in drawn
    assert "&lt;b&gt;&amp;" in drawn


@settings(derandomize=True, max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 400), PAINS, PAINS), min_size=1))
def test_any_journal_can_be_drawn(
    numbers: list[tuple[int, int | None, int | None]],
) -> None:
    """Few or many, with or without numbers: a page and a well-formed drawing."""
    entries = [entry(-day, b and b // 10, a and a // 10) for day, b, a in numbers]
    looked_at = chosen(*entries, days=500)

    assert plain_text(journal_page(looked_at, 80), 80)
    ET.fromstring(journal_svg(looked_at))  # noqa: S314 - it is our own
