"""
Lays out the journal as a page: weeks, routines and the last sessions.

A row is a week: a bar of the minutes pressed, and the mean pain before and after,
joined by a line, on a scale from 0 to 10. Time runs down the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from acupress.journal.remarks import (
    count_sessions,
    day,
    enough_weeks,
    from_to,
    hours,
    verdict,
    weekday,
)
from acupress.journal.stats import (
    Chosen,
    Pain,
    Week,
    by_routine,
    by_week,
    followed,
    trend,
)
from acupress.journal.store import MOST_PAIN, Entry
from acupress.text.layout import Line, Page, Tone, columns

BEFORE, AFTER = "●", "○"

# Columns of a bar and of one point of pain, which fill a page of 72 columns.
_BAR = 16
_POINT = 2
_WIDE = 72
_LABEL = 8

_MOST_WEEKS = 26
_LAST_COUNT = 5


def journal_page(chosen: Chosen, width: int, in_a_row: int = 0) -> Page:
    """
    Return the page of *chosen*, for a screen of *width* columns.

    *in_a_row* is how many weeks up to now had enough sessions.
    """
    if not chosen.entries:
        return tuple(_empty_page(chosen))
    weeks = by_week(chosen.entries, chosen.today)
    drawn = weeks[-_MOST_WEEKS:]
    wide = width >= _WIDE
    chart = _side_by_side(drawn) if wide else _stacked(drawn)
    return (
        Line(_title(chosen), Tone.TITLE),
        Line(),
        *chart,
        *_earlier_weeks(weeks, drawn),
        *_uneven_note(drawn),
        Line(),
        *enough_weeks(in_a_row),
        *verdict(trend(chosen.entries), followed(chosen.entries)),
        Line(),
        *_routines(chosen.entries, wide=wide),
        Line(),
        *_last_sessions(chosen.entries, wide=wide),
        *_future_note(chosen),
    )


def scale(pain: Pain) -> str:
    """Draw *pain* on a scale from 0 to 10, with before and after joined by a line."""
    cells = list(("·" + " " * (2 * _POINT - 1)) * (MOST_PAIN // 2) + "·")
    places = [
        (tenths * _POINT + 5) // 10
        for tenths in (pain.after, pain.before)
        if tenths is not None
    ]
    for place in range(min(places, default=0), max(places, default=-1) + 1):
        cells[place] = "─"
    for tenths, mark in ((pain.after, AFTER), (pain.before, BEFORE)):
        if tenths is not None:
            cells[(tenths * _POINT + 5) // 10] = mark
    return "".join(cells)


def _title(chosen: Chosen) -> str:
    pressed = hours(sum(entry.pressed for entry in chosen.entries))
    first = min(entry.started.date() for entry in chosen.entries)
    number = count_sessions(len(chosen.entries))
    return f"Since {day(first)} {first.year}: {number}, {pressed} of pressing"


def _empty_page(chosen: Chosen) -> Iterator[Line]:
    yield Line(f"No session is recorded since {day(chosen.since)} {chosen.since.year}.")
    yield Line("`acupress journal --days 365` looks further back.", Tone.QUIET)
    yield from _future_note(chosen)


_NUMBERS = "".join(str(n).ljust(2 * _POINT) for n in range(0, MOST_PAIN, 2))
_AXIS = f"{_NUMBERS[:-1]}{MOST_PAIN}"
_LEGEND = f"pain: {BEFORE} before  {AFTER} after"


def _side_by_side(weeks: Sequence[Week]) -> Iterator[Line]:
    """Yield both charts side by side."""
    bars = _BAR + len("  100   ")
    yield _row("week of", f"{'minutes':<{bars}}{_LEGEND}", Tone.HEADING)
    yield _row("", f"{'':<{bars}}{_AXIS}", Tone.QUIET)
    for week, bar in zip(weeks, _bars(weeks), strict=True):
        pain = f"{scale(week.pain)}   {from_to(week.pain)}"
        yield _row(_label(week), f"{bar:<{bars}}{pain}")


def _stacked(weeks: Sequence[Week]) -> Iterator[Line]:
    """Yield one chart above the other."""
    yield _row("week of", "minutes", Tone.HEADING)
    for week, bar in zip(weeks, _bars(weeks), strict=True):
        yield _row(_label(week), bar)
    yield Line()
    yield _row("week of", _LEGEND, Tone.HEADING)
    yield _row("", _AXIS, Tone.QUIET)
    for week in weeks:
        yield _row(_label(week), scale(week.pain))


def _row(label: str, text: str, tone: Tone = Tone.PLAIN) -> Line:
    return Line(text, tone, label=label, indent=_LABEL)


def _bars(weeks: Sequence[Week]) -> list[str]:
    """Return a bar with the minutes of each week, scaled to the longest."""
    most = max(week.pressed for week in weeks) or 1
    return [
        f"{'━' * _length(week.pressed, most)}  {week.minutes}" if week.minutes else "-"
        for week in weeks
    ]


def _length(seconds: int, most: int) -> int:
    return max(1, round(_BAR * seconds / most))


def _label(week: Week) -> str:
    return day(week.first).rjust(6)


def _earlier_weeks(weeks: Sequence[Week], drawn: Sequence[Week]) -> Iterator[Line]:
    earlier = weeks[: len(weeks) - len(drawn)]
    if earlier:
        number = count_sessions(sum(week.sessions for week in earlier))
        yield Line(f"Not drawn: {len(earlier)} earlier weeks, {number}.", Tone.QUIET)


def _uneven_note(weeks: Iterable[Week]) -> Iterator[Line]:
    if any(w.pain.uneven and None not in {w.pain.before, w.pain.after} for w in weeks):
        yield Line("* not every session here has both numbers", Tone.QUIET)


def _routines(entries: Sequence[Entry], *, wide: bool) -> Iterator[Line]:
    rows = [
        (
            share.routine,
            str(share.sessions).rjust(len("sessions")),
            *[str(share.minutes).rjust(len("minutes"))][:wide],
            from_to(share.pain),
        )
        for share in by_routine(entries)
    ]
    header = ("by routine", "sessions", *["minutes"][:wide], "before → after")
    first, *others = columns(header, rows).splitlines()
    yield Line(first, Tone.HEADING)
    yield from map(Line, others)


def _last_sessions(entries: Sequence[Entry], *, wide: bool) -> Iterator[Line]:
    """Yield the last sessions, the newest first, each with its note."""
    newest = entries[: -_LAST_COUNT - 1 : -1]
    rows = [
        (
            f"{weekday(entry.started)} {day(entry.started):>6}",
            *[f"{entry.started:%H:%M}"][:wide],
            entry.routine,
            *[f"{hours(entry.pressed):>7}"][:wide],
            _one_pain(entry),
            "" if entry.finished else "cut short",
        )
        for entry in newest
    ]
    yield Line("the last sessions", Tone.HEADING)
    table = columns(("",) * len(rows[0]), rows).splitlines()[1:]
    for row, entry in zip(table, newest, strict=True):
        yield Line(row)
        if entry.note:
            yield Line(entry.note, Tone.QUIET, label=" " * 12, indent=12)


def _one_pain(entry: Entry) -> str:
    """Format the pain before and after one session, as it was typed."""
    before = "" if entry.before is None else str(entry.before)
    return before if entry.after is None else f"{before} → {entry.after}".strip()


def _future_note(chosen: Chosen) -> Iterator[Line]:
    if chosen.later:
        number = count_sessions(chosen.later)
        yield Line(f"Left out: {number} with a date still to come.", Tone.QUIET)
