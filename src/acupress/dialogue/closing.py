"""
The end of a session: ask for the pain again, record the session, report it.

It runs while signals are still queued by the keyboard, so that a signal cannot lose
the record. A failure of the journal is reported, and does not fail the session.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from acupress.dialogue.plan_screen import AgreedPlan
from acupress.dialogue.questions import Asker
from acupress.errors import AcupressError, EndedBySignalError, StorageError
from acupress.files import display_path
from acupress.journal import remarks, store
from acupress.journal.stats import choose, worse
from acupress.journal.store import Entry, RecordedEntry
from acupress.journal.weeks import weeks_in_a_row
from acupress.session.playhead import Ended, Performance, Quit
from acupress.terminal.keys import STOPPING, Keyboard, Signalled
from acupress.text import closing_pages
from acupress.text.layout import Page

_TRIES = 3


class Closing(NamedTuple):
    """
    The last page, the *signal* to end the program by, and the journal's error.

    *gone* is whether the session ended because the person was away too long.
    """

    page: Page
    signal: int | None = None
    trouble: StorageError | None = None
    gone: bool = False


class Done(NamedTuple):
    """
    How a session of an *agreed* plan went, and whether to *keep* it.

    *asked* is the command whose questions were answered on the screen, if any: the last
    page then reveals none of the answers.
    """

    performance: Performance
    started: datetime
    agreed: AgreedPlan
    keep: bool
    asked: str | None = None


def close(done: Done, keyboard: Keyboard, asker: Asker | None) -> Closing:
    """
    Ask *asker* for the pain after a session, record it, and report it.

    The question is skipped if the session was stopped, or if there is neither a pain
    before nor a record to make. Less than LEAST_PRESSED seconds are not recorded.
    """
    performance, before = done.performance, done.agreed.pain
    ending = performance.head.ending
    too_short = store.whole_seconds(performance) < store.LEAST_PRESSED
    keeping = done.keep and not too_short
    signal = ending.signal if isinstance(ending, Ended) else None
    after, note = None, ""
    if asker and ending is None and (keeping or before is not None):
        try:
            partner = performance.timeline.plan.routine.partner
            after, note = pain_after(asker, partner=partner)
        except EndedBySignalError as ended:
            signal = ended.number
    note = "; ".join(filter(None, (done.agreed.remark, note)))
    entry = store.summarise(performance, done.started, before, after, note)
    kept, trouble = _kept(entry) if keeping else (None, None)
    first = remarks.NOT_KEPT if done.keep and too_short else ()
    page = session_closing_page(performance, entry, kept, first, asked=done.asked)
    gone = ending is Quit.STALE
    return Closing(page, signal or _signalled(keyboard), trouble, gone)


def pain_after(asker: Asker, *, partner: bool) -> tuple[int | None, str]:
    """Return the pain (0-10) and the note typed; ``None``, "" after three failures."""
    question = remarks.THEIR_PAIN_QUESTION if partner else remarks.PAIN_QUESTION
    again: Page = ()
    for _ in range(_TRIES):
        page = (*question, *again)
        line = asker.ask(page, remarks.PAIN_PROMPT)
        if line is None:
            break
        if (answer := remarks.parse_pain_and_note(line)) is not None:
            return answer
        again = remarks.PAIN_AGAIN
    return None, ""


def past_sessions(find: Callable[[], Path] = store.where) -> Sequence[Entry]:
    """Return the entries of the journal at *find*, none if it cannot be read."""
    try:
        return store.read_entries(find())
    except AcupressError:
        return ()


def finished_sessions(past: Sequence[Entry]) -> Mapping[str, int]:
    """Return how often each routine id was finished in the *past*."""
    return Counter(entry.routine for entry in past if entry.finished)


def keep(entry: Entry, find: Callable[[], Path] = store.where) -> RecordedEntry:
    """Record *entry* in the file at *find*; a StorageError includes the entry."""
    try:
        return store.record(find(), entry)
    except StorageError as error:
        message = f"{error}. To keep it by hand: {store.by_hand(entry)}"
        raise StorageError(message) from error


def session_closing_page(
    performance: Performance,
    entry: Entry,
    kept: RecordedEntry | None,
    first: Page = (),
    *,
    asked: str | None = None,
) -> Page:
    """Return the last page; *kept* adds the journal's remarks, *first* precedes."""
    recent: Sequence[Entry] = ()
    in_a_row = 0
    if kept:
        today = entry.started.date()
        recent = choose(kept.entries, today).entries
        in_a_row = weeks_in_a_row(kept.entries, today)
    if kept and kept.first:
        first = remarks.kept(display_path(store.where()))
    added = (*remarks.closing(entry, recent, in_a_row), *first)
    onward = not worse(entry)
    return closing_pages.closing_page(performance, added, onward=onward, asked=asked)


def _kept(entry: Entry) -> tuple[RecordedEntry | None, StorageError | None]:
    try:
        return keep(entry), None
    except StorageError as error:
        return None, error


def _signalled(keyboard: Keyboard) -> int | None:
    """Return the first fatal signal queued in the meantime, if any."""
    while (read := keyboard.read(0)) is not None:
        if isinstance(read, Signalled) and read.number in STOPPING:
            return read.number
    return None
