"""
Draws the journal as an SVG page, to print or to show to a doctor.

It contains no note and refers to no URL. Lengths are pixels. Before is filled and
solid, after hollow and dashed, so that they differ without colour too.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from html import escape

from acupress.journal.remarks import count_sessions, day, from_to, hours, verdict
from acupress.journal.stats import (
    WEEK,
    Chosen,
    Week,
    by_routine,
    by_week,
    followed,
    trend,
)
from acupress.journal.store import MOST_PAIN, Entry

_WIDTH = 800
_LEFT, _RIGHT = 70, 750
_PAIN_TOP, _PAIN_BOTTOM = 150, 420
_BARS_TOP, _BARS_BOTTOM = 515, 615
_TABLE_TOP = 675
_ROW, _TEXT_ROW = 24, 20
_COLUMNS = 95

_INK, _GREY, _PALE = "#222222", "#666666", "#dddddd"
_BEFORE, _AFTER, _BAR = "#1b5e8c", "#b8560f", "#7a9a8a"
_SECONDS_A_DAY = 86400
_MOST_LABELS = 8
_MOST_DOTS = 400


@dataclass(frozen=True, slots=True)
class _TimeAxis:
    """The time axis: the days of the page, mapped to x."""

    first: date
    days: int

    def x(self, moment: datetime) -> float:
        """Return the x of *moment*, by its local time."""
        since = datetime.combine(self.first, time())
        passed = (moment.replace(tzinfo=None) - since).total_seconds()
        return self.at(passed / _SECONDS_A_DAY)

    def at(self, days: float) -> float:
        """Return the x of the moment *days* after the first midnight."""
        return _LEFT + (_RIGHT - _LEFT) * days / self.days


def journal_svg(chosen: Chosen) -> str:
    """Return the page of *chosen*, which has at least one session."""
    weeks = by_week(chosen.entries, chosen.today)
    axis = _TimeAxis(weeks[0].first, len(weeks) * WEEK.days)
    table = list(_table(chosen.entries))
    bottom = _TABLE_TOP + _ROW * (len(by_routine(chosen.entries)) + 2)
    remarks, height = _remarks(chosen.entries, bottom)
    parts = (
        *_head(chosen),
        *_pain_axes(),
        *_week_lines(weeks, axis),
        *_dots(chosen.entries, axis),
        *_means(weeks, axis),
        *_bars(weeks, axis),
        *table,
        *remarks,
    )
    return "\n".join((_opening(chosen, height), *parts, "</svg>", ""))


def _opening(chosen: Chosen, height: int) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" '
        f'width="{_WIDTH}" height="{height}" font-family="sans-serif" '
        f'font-size="14" fill="{_INK}" role="img">\n'
        f"<title>{escape(_title(chosen))}</title>\n"
        f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>'
    )


def _title(chosen: Chosen) -> str:
    days = [entry.started.date() for entry in chosen.entries]
    first, last = min(days), max(days)
    begin = day(first) if first.year == last.year else f"{day(first)} {first.year}"
    return f"Acupressure sessions, {begin} to {day(last)} {last.year}"


def _head(chosen: Chosen) -> Iterator[str]:
    pressed = hours(sum(entry.pressed for entry in chosen.entries))
    yield _text(_LEFT, 50, _title(chosen), size=22, weight="bold")
    summary = f"{count_sessions(len(chosen.entries))}, {pressed} of pressing."
    yield _text(_LEFT, 76, summary, fill=_GREY)
    yield _text(_LEFT, 125, "Pain right now, 0 (none) to 10 (worst)", weight="bold")
    yield _dot(396, 120, _BEFORE, filled=True)
    yield _text(408, 125, "before a session")
    yield _dot(540, 120, _AFTER, filled=False)
    yield _text(552, 125, "after")
    yield _line((606, 120), (636, 120), _GREY, 2.5)
    yield _text(644, 125, "a week's mean")


def _pain_axes() -> Iterator[str]:
    for number in range(0, MOST_PAIN + 1, 2):
        height = _y(10 * number)
        yield _line((_LEFT, height), (_RIGHT, height), _PALE)
        yield _text(_LEFT - 12, height + 5, str(number), fill=_GREY, anchor="end")


def _week_lines(weeks: Sequence[Week], axis: _TimeAxis) -> Iterator[str]:
    """Yield a thin line at each Monday, and as many dates as fit."""
    every = -(-len(weeks) // _MOST_LABELS)
    for number, week in enumerate(weeks):
        across = axis.at(number * WEEK.days)
        yield _line((across, _PAIN_TOP), (across, _PAIN_BOTTOM + 6), _PALE)
        if number % every == 0:
            yield _text(across + 3, _PAIN_BOTTOM + 22, day(week.first), fill=_GREY)


def _dots(entries: Sequence[Entry], axis: _TimeAxis) -> Iterator[str]:
    """Yield the joined numbers of each session; none if there are too many to see."""
    for entry in entries if len(entries) <= _MOST_DOTS else ():
        across = axis.x(entry.started)
        ends = [_y(10 * n) for n in (entry.before, entry.after) if n is not None]
        if len(ends) > 1:
            yield _line((across, ends[0]), (across, ends[1]), _GREY, 1)
        if entry.before is not None:
            yield _dot(across, _y(10 * entry.before), _BEFORE, filled=True)
        if entry.after is not None:
            yield _dot(across, _y(10 * entry.after), _AFTER, filled=False)


def _means(weeks: Sequence[Week], axis: _TimeAxis) -> Iterator[str]:
    """Yield the mean pain of each week as horizontal lines."""
    for number, week in enumerate(weeks):
        begin, end = axis.at(7 * number + 0.2), axis.at(7 * number + 6.8)
        if week.pain.before is not None:
            height = _y(week.pain.before)
            yield _line((begin, height), (end, height), _BEFORE, 2.5)
        if week.pain.after is not None:
            height = _y(week.pain.after)
            yield _line((begin, height), (end, height), _AFTER, 2.5, "7 4")


def _bars(weeks: Sequence[Week], axis: _TimeAxis) -> Iterator[str]:
    yield _text(_LEFT, _BARS_TOP - 22, "Minutes of pressing a week", weight="bold")
    yield _line((_LEFT, _BARS_BOTTOM), (_RIGHT, _BARS_BOTTOM), _GREY)
    most = max(week.pressed for week in weeks) or 1
    every = -(-len(weeks) // (2 * _MOST_LABELS))
    for number, week in enumerate(weeks):
        begin, end = axis.at(7 * number + 1), axis.at(7 * number + 6)
        tall = (_BARS_BOTTOM - _BARS_TOP) * week.pressed / most
        yield (
            f'<rect x="{begin:.1f}" y="{_BARS_BOTTOM - tall:.1f}" '
            f'width="{end - begin:.1f}" height="{tall:.1f}" fill="{_BAR}"/>'
        )
        if number % every == 0:
            middle, minutes = (begin + end) / 2, str(week.minutes)
            top = _BARS_BOTTOM - tall - 5
            yield _text(middle, top, minutes, fill=_GREY, anchor="middle")


_STOPS = ((_LEFT, "start"), (330, "end"), (430, "end"), (480, "start"))


def _table(entries: Sequence[Entry]) -> Iterator[str]:
    rows = [
        (
            share.routine,
            str(share.sessions),
            str(share.minutes),
            from_to(share.pain),
        )
        for share in by_routine(entries)
    ]
    header = ("By routine", "sessions", "minutes", "mean pain before → after")
    for number, cells in enumerate((header, *rows)):
        height = _TABLE_TOP + number * _ROW
        weight = "normal" if number else "bold"
        for (across, anchor), cell in zip(_STOPS, cells, strict=True):
            yield _text(across, height, cell, weight=weight, anchor=anchor)


def _remarks(entries: Sequence[Entry], top: int) -> tuple[list[str], int]:
    """Return the conclusion, drawn from *top* down, and the height of the page."""
    verdicts = [line.text for line in verdict(trend(entries), followed(entries))]
    source = (
        "Made by acupress from what one person typed, and from the seconds it really "
        "counted. * marks where not every session has both numbers."
    )
    parts = []
    for paragraph in (*verdicts, source):
        for row in textwrap.wrap(paragraph, _COLUMNS):
            fill = _GREY if paragraph is source else _INK
            parts.append(_text(_LEFT, top, row, fill=fill))
            top += _TEXT_ROW
        top += _TEXT_ROW // 2
    return parts, top + _TEXT_ROW


def _y(tenths: int) -> float:
    """Return the y of a pain of *tenths* of a point."""
    share = tenths / (10 * MOST_PAIN)
    return _PAIN_BOTTOM - (_PAIN_BOTTOM - _PAIN_TOP) * share


def _text(  # noqa: PLR0913 - the attributes of an SVG text
    x: float,
    y: float,
    text: str,
    *,
    fill: str = _INK,
    size: int = 14,
    weight: str = "normal",
    anchor: str = "start",
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" fill="{fill}" font-size="{size}" '
        f'font-weight="{weight}" text-anchor="{anchor}">{escape(text)}</text>'
    )


def _line(
    begin: tuple[float, float],
    end: tuple[float, float],
    colour: str,
    thick: float = 1,
    dashes: str = "none",
) -> str:
    return (
        f'<line x1="{begin[0]:.1f}" y1="{begin[1]:.1f}" x2="{end[0]:.1f}" '
        f'y2="{end[1]:.1f}" stroke="{colour}" stroke-width="{thick}" '
        f'stroke-dasharray="{dashes}"/>'
    )


def _dot(x: float, y: float, colour: str, *, filled: bool) -> str:
    fill = colour if filled else "none"
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{fill}" '
        f'stroke="{colour}" stroke-width="1.5"/>'
    )
