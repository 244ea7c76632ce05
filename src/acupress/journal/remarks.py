"""
What is said of the journal: at the end of a session, and below its charts.

Nothing is called better or worse by a single session, nothing is said to have
helped, and a rise is told as plainly as a fall. Pain in tenths comes out as
``6`` or ``6.4``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import takewhile

from acupress.journal import stats
from acupress.journal.stats import (
    CLEAR_TENTHS,
    WEEK,
    Change,
    Pain,
    Trend,
    often,
    trend,
    worse,
)
from acupress.journal.store import LEAST_PRESSED, LONGEST_NOTE, Entry
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

_SEE_SOMEONE = "leave it, and see someone."
WORSE_ADVICE = f"That is two points or more worse: {_SEE_SOMEONE}"
NOT_KEPT: Page = (
    Line(
        f"Pressed for less than {LEAST_PRESSED} seconds: nothing of it is kept.",
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

_LEAVING = {"q", "quit"}

# Three a day, three hours apart, is plenty (notices.AFTER_CARE).
_PLENTY = 3


def closing(entry: Entry, entries: Sequence[Entry]) -> Page:
    """
    Return what there is to say after *entry*, the last of *entries*.

    *entries* are the recent ones, or none when nothing is kept.
    """
    lines = [Line(told)] if (told := _change_told(entry)) else []
    if worse(entry):
        lines.append(Line(WORSE_ADVICE, Tone.WARNING))
    if count := _often(entry, entries):
        lines.append(Line(count))
    return tuple(lines)


def beforehand(entries: Sequence[Entry], today: date) -> str:
    """
    Return what *entries* have to say before another session *today*; or nothing.

    That is three sessions today, or that the pain was worse after the last one, or
    the last ones, of this past week that noted it before and after.
    """
    past = [each for each in stats.sessions(entries) if each.started.date() <= today]
    number = sum(each.started.date() == today for each in past)
    rated = [
        each
        for each in past
        if None not in {each.before, each.after} and each.started.date() > today - WEEK
    ]
    worsened = list(takewhile(worse, reversed(rated)))
    said = [f"{number} sessions today"] if number >= _PLENTY else []
    if worsened:
        which = "the last one" if len(worsened) == 1 else f"the last {len(worsened)}"
        said.append(f"worse after {which}")
    if not said:
        return ""
    advice = _SEE_SOMEONE if worsened else "three a day is plenty."
    told = f"{', and '.join(said)}: {advice}"
    return f"{told[0].upper()}{told[1:]}"


def erase_question(number: int, file: str) -> Page:
    """Return the question before *number* sessions in *file* are erased."""
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
    """Return where the journal is, for the first time that something is kept."""
    return (
        Line(
            f"Kept in {file}: `acupress journal` shows it; `--no-journal`, or "
            "`journal = false` in config.toml, keeps nothing.",
            Tone.QUIET,
        ),
    )


def verdict(found: Trend) -> Page:
    """Return what may be said of the weeks, and why it proves nothing."""
    lines = [Line(_verdict(found))]
    if found.rises:
        lines.append(Line("It has risen: leave it, and see someone.", Tone.WARNING))
    if found.change is not Change.TOO_EARLY:
        lines.append(Line(NOT_PROOF, Tone.QUIET))
    return tuple(lines)


def pain_points(tenths: int) -> str:
    """Return *tenths* of a point: ``6.4``, or ``6`` where there is no rest."""
    return f"{tenths / 10:g}"


def from_to(pain: Pain) -> str:
    """Return averages before and after: ``6.4 → 4.0``, or as much as there is."""
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
    """Return *date_* as ``2 Jun``."""
    return f"{date_.day} {_MONTHS[date_.month - 1]}"


def weekday(date_: date) -> str:
    """Return the day of the week, in three letters."""
    return _DAYS[date_.weekday()]


def hours(seconds: int) -> str:
    """Return *seconds*, rounded to minutes, as ``4 h 12 min`` or ``12 min``."""
    (minutes,) = stats.rounded_minutes([seconds])
    whole, rest = divmod(minutes, 60)
    return f"{whole} h {rest} min" if whole else f"{rest} min"


def count_sessions(number: int) -> str:
    """Return ``1 session`` or ``2 sessions``."""
    return words.count(number, "session")


def parse_pain_and_note(line: str) -> tuple[int | None, str] | None:
    """
    Return the pain and the note in *line*, either of which may be missing.

    ``None`` for what begins like a number and is none from 0 to 10. The key that
    leaves everywhere else is no note.
    """
    if line.strip().lower() in _LEAVING:
        return None, ""
    first, _, rest = line.strip().partition(" ")
    number = first.rstrip(",;:.")
    if number in {str(each) for each in range(11)}:
        return int(number), rest.strip()[:LONGEST_NOTE]
    if first.lstrip("+-")[:1].isdigit():
        return None
    return None, line.strip()[:LONGEST_NOTE]


def _change_told(entry: Entry) -> str:
    if entry.before is None or entry.after is None:
        return ""
    return f"Pain {entry.before} before, {entry.after} after."


def _often(entry: Entry, entries: Sequence[Entry]) -> str:
    """Return ``Fourth this week; pain before sessions 6 → 4.``, all of it true."""
    if not entries or entry.pressed < LEAST_PRESSED:
        return ""
    today, this_week = often(entry, entries)
    clauses = [f"{_ordinal(this_week)} this week"]
    if today > _PLENTY:
        clauses.append(f"{_ordinal(today)} today: three a day is plenty")
    elif today == _PLENTY:
        clauses.append("third today: that is plenty")
    elif today > 1:
        clauses.append(f"{_ordinal(today)} today: leave three hours")
    found = trend(entries)
    if found.change is not Change.TOO_EARLY:
        change = f"{pain_points(found.first)} → {pain_points(found.last)}"
        clauses.append(f"pain before sessions {change}")
    told = "; ".join(clauses)
    return f"{told[0].upper()}{told[1:]}."


def _ordinal(number: int) -> str:
    if number <= len(_ORDINALS):
        return _ORDINALS[number - 1]
    teens = number // 10 % 10 == 1
    return f"{number}{'th' if teens else _ENDINGS.get(number % 10, 'th')}"


_ENDINGS = {1: "st", 2: "nd", 3: "rd"}


def _verdict(found: Trend) -> str:
    """Return what the first and the last week say, by the rule of ``weeks``."""
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
