"""
The sentences about the journal, after a session and below the charts.

None draws a conclusion from a single session or claims that pressing helped, and a
rise in pain is stated as plainly as a fall.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import takewhile

from acupress.journal import stats
from acupress.journal.stats import (
    CLEAR_TENTHS,
    WEEK,
    Change,
    Followed,
    Pain,
    Trend,
    largest_clear,
    session_counts,
    trend,
    worse,
)
from acupress.journal.store import LEAST_PRESSED, LONGEST_NOTE, Entry
from acupress.journal.weeks import ENOUGH
from acupress.text import words
from acupress.text.layout import Line, Page, Tone

PAIN_QUESTION: Page = (
    Line("How is the pain right now?", Tone.TITLE),
    Line(),
    Line("0 is no pain, 10 the worst you can imagine. Enter skips this."),
    Line(
        "What you write after the number is kept as a note: 3 slept badly",
        Tone.QUIET,
    ),
)
THEIR_PAIN_QUESTION: Page = (
    Line("How is their pain right now? Ask them.", Tone.TITLE),
    *PAIN_QUESTION[1:],
)
PAIN_PROMPT = "0-10"
PAIN_AGAIN: Page = (
    Line(),
    Line("Please type a whole number from 0 to 10, or only Enter.", Tone.WARNING),
)

PAIN_MISTYPED = "A pain is a whole number from 0 to 10, such as 3 or 3/10."

# A pain, perhaps "of 10", and a note that does not make another number of it: neither
# 3,5 nor 3/5, 3 1/2, 3 of 5, 3-4 or 3 to 4 is a 3.
_PAIN = re.compile(
    r"""
    (?P<pain>10|[0-9]) (?: \s*/\s*10 | \s+(?:out\s+)?of\s+10 )?
    (?: [,;:.]?\s+ (?! [-/+~½¼¾\u2013] | (?:out\s+)?of\b | (?:to|or)\s+[0-9]
                      | [0-9]+\s*[/.,]\s*[0-9] | [0-9]+\s*$ )
        (?P<note>.*)
    | [,;:.]? )
    """,
    re.VERBOSE | re.IGNORECASE,
)

_SEE_SOMEONE = "leave it, and see someone."
WORSE_ADVICE = f"That is two points or more worse: {_SEE_SOMEONE}"
NOT_KEPT: Page = (
    Line(
        f"Pressed for less than {LEAST_PRESSED} seconds: too short for the journal.",
        Tone.QUIET,
    ),
)

NOT_PROOF = (
    "People start when the pain is worst, so it tends to fall anyway, with or without "
    "sessions. This shows what happened, not why."
)
TOO_EARLY = (
    "Too early to say anything: that takes six sessions with the pain noted before "
    "them, in two weeks with at least two each."
)

_MONTHS = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh")
_NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

_QUIT = {"q", "quit"}

# Sessions a day (safety.HOW_OFTEN).
_MOST_A_DAY = 3


def closing(entry: Entry, entries: Sequence[Entry], weeks: int = 0) -> Page:
    """
    Return the remarks on *entry*, the last of the recent *entries*.

    *entries* is empty if no journal is kept. *weeks* is how many in a row had enough
    sessions.
    """
    lines = [Line(change)] if (change := _change_sentence(entry)) else []
    if worse(entry):
        lines.append(Line(WORSE_ADVICE, Tone.WARNING))
    if count := _frequency(entry, entries):
        lines.append(Line(count))
    return (*lines, *enough_weeks(weeks))


def beforehand(entries: Sequence[Entry], today: date) -> str:
    """
    Return a warning before another session *today*, or an empty string.

    It is due after three sessions today, or if the pain was worse after the latest
    sessions of the past week with a number before and after.
    """
    past = [each for each in stats.sessions(entries) if each.started.date() <= today]
    number = sum(each.started.date() == today for each in past)
    rated = [
        each
        for each in past
        if None not in {each.before, each.after} and each.started.date() > today - WEEK
    ]
    worsened = list(takewhile(worse, reversed(rated)))
    warnings = [f"{number} sessions today"] if number >= _MOST_A_DAY else []
    if worsened:
        which = "the last one" if len(worsened) == 1 else f"the last {len(worsened)}"
        warnings.append(f"worse after {which}")
    if not warnings:
        return ""
    advice = _SEE_SOMEONE if worsened else "three a day is plenty."
    text = f"{', and '.join(warnings)}: {advice}"
    return f"{text[0].upper()}{text[1:]}"


def erase_question(number: int, file: str) -> Page:
    """Return the confirmation before *number* sessions in *file* are erased."""
    return (
        Line(
            f"Erase the whole journal, {count_sessions(number)} in {file}?", Tone.TITLE
        ),
        Line(),
        Line(
            "It can not be brought back; `acupress journal export --csv mine.csv` "
            "keeps a copy."
        ),
    )


def kept(file: str) -> Page:
    """Return the notice of where the journal is, for when it is created."""
    return (
        Line(
            f"Kept in {file}: `acupress journal` shows it; `--no-journal`, or "
            "`journal = false` in config.toml, keeps nothing.",
            Tone.QUIET,
        ),
    )


def verdict(found: Trend, routines: Sequence[Followed] = ()) -> Page:
    """Return the conclusions on trend and *routines*, and why they prove nothing."""
    lines = [Line(_verdict(found))]
    if found.rises:
        lines.append(Line("It has risen: leave it, and see someone.", Tone.WARNING))
    largest = largest_clear(routines)
    if largest and not largest.trend.rises:
        clear = f"{largest.routine} was followed by the largest clear change"
        lines.append(Line(f"Of your routines, {clear}: {_moved(largest.trend)}."))
    for routine, change in routines:
        if change.rises:
            risen = f"After {routine} the {_moved(change)}: {_SEE_SOMEONE}"
            lines.append(Line(risen, Tone.WARNING))
    if routines or found.change is not Change.TOO_EARLY:
        lines.append(Line(NOT_PROOF, Tone.QUIET))
    return tuple(lines)


def enough_weeks(number: int) -> Page:
    """Return that so many weeks in a row had enough sessions, from two on."""
    if number <= 1:
        return ()
    known = number - 2 < len(_NUMBERS)
    counted = _NUMBERS[number - 2].capitalize() if known else str(number)
    sessions = f"{_NUMBERS[ENOUGH - 2]} sessions or more"
    return (Line(f"{counted} weeks in a row with {sessions}."),)


def pain_points(tenths: int) -> str:
    """Format *tenths* of a point as ``6.4`` or ``6``."""
    return f"{tenths / 10:g}"


def from_to(pain: Pain) -> str:
    """Format the means before and after as ``6.4 → 4.0``, or the one that is given."""
    match pain.before, pain.after:
        case None, None:
            return ""
        case int(before), None:
            return f"{before / 10}"
        case None, int(after):
            return f"→ {after / 10}"
        case int(before), int(after):
            return f"{before / 10} → {after / 10}{' *' * pain.uneven}"
    return ""


def day(date_: date) -> str:
    """Format *date_* as ``2 Jun``."""
    return f"{date_.day} {_MONTHS[date_.month - 1]}"


def weekday(date_: date) -> str:
    """Return the day of the week, in three letters."""
    return _DAYS[date_.weekday()]


def hours(seconds: int) -> str:
    """Format *seconds*, rounded to minutes, as ``4 h 12 min`` or ``12 min``."""
    (minutes,) = stats.rounded_minutes([seconds])
    whole, rest = divmod(minutes, 60)
    return f"{whole} h {rest} min" if whole else f"{rest} min"


def count_sessions(number: int) -> str:
    """Format *number* as ``1 session`` or ``2 sessions``."""
    return words.count(number, "session")


def parse_pain_and_note(line: str) -> tuple[int | None, str] | None:
    """
    Parse *line* as pain and note, either of which may be missing.

    Return ``None`` if it starts with what is not a whole number from 0 to 10. ``q``,
    the key that quits elsewhere, is not a note.
    """
    if line.strip().lower() in _QUIT:
        return None, ""
    if found := _PAIN.fullmatch(line.strip()):
        return int(found["pain"]), (found["note"] or "").strip()[:LONGEST_NOTE]
    if line.strip().lstrip("+-")[:1].isdigit():
        return None
    return None, line.strip()[:LONGEST_NOTE]


def _change_sentence(entry: Entry) -> str:
    if entry.before is None or entry.after is None:
        return ""
    return f"Pain {entry.before} before, {entry.after} after."


def _frequency(entry: Entry, entries: Sequence[Entry]) -> str:
    """Return counts and trend: ``Fourth this week; pain before sessions 6 → 4.``."""
    if not entries or entry.pressed < LEAST_PRESSED:
        return ""
    today, this_week = session_counts(entry, entries)
    clauses = [f"{_ordinal(this_week)} this week"]
    if today > _MOST_A_DAY:
        clauses.append(f"{_ordinal(today)} today: three a day is plenty")
    elif today == _MOST_A_DAY:
        clauses.append("third today: that is plenty")
    elif today > 1:
        clauses.append(f"{_ordinal(today)} today: leave three hours")
    found = trend(entries)
    if found.change is not Change.TOO_EARLY:
        change = f"{pain_points(found.first)} → {pain_points(found.last)}"
        clauses.append(f"pain before sessions {change}")
    text = "; ".join(clauses)
    return f"{text[0].upper()}{text[1:]}."


def _ordinal(number: int) -> str:
    if number <= len(_ORDINALS):
        return _ORDINALS[number - 1]
    teens = number // 10 % 10 == 1
    return f"{number}{'th' if teens else _SUFFIXES.get(number % 10, 'th')}"


_SUFFIXES = {1: "st", 2: "nd", 3: "rd"}


def _moved(found: Trend) -> str:
    """Return ``pain fell from 6.4 to 4``."""
    moved = "rose" if found.last > found.first else "fell"
    return f"pain {moved} from {pain_points(found.first)} to {pain_points(found.last)}"


def _verdict(found: Trend) -> str:
    """Return the sentence for the result of :func:`stats.trend`."""
    first, last = pain_points(found.first), pain_points(found.last)
    moved = "rose" if found.last > found.first else "fell"
    match found.change:
        case Change.TOO_EARLY:
            return TOO_EARLY
        case Change.NUMBERS_ONLY:
            return f"Pain before sessions, first week and last: {first} → {last}."
        case Change.CLEAR:
            return f"Clear change: pain before sessions {moved} from {first} to {last}."
        case Change.SMALL:
            how = "small" if found.by < CLEAR_TENTHS else "not a clear change"
            change = f"{moved} from {first} to {last}"
            return f"Pain before sessions {change}: {how}, may be chance."
        case Change.NONE:
            return f"Pain before sessions stayed about the same: {first} → {last}."
