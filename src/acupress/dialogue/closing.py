"""
The end of a session: the pain asked once more, the record, and what there is to say.

All of it happens while signals are still only noted, so that whatever ends the
program does not take the record along. A journal that fails fails no session.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from acupress.dialogue.questions import Asker
from acupress.errors import AcupressError, EndedBySignalError, StorageError
from acupress.files import display_path
from acupress.journal import remarks, store
from acupress.journal.stats import choose, worse
from acupress.journal.store import Entry, RecordedEntry
from acupress.session.playhead import Ended, Performance, Quit
from acupress.terminal.keys import STOPPING, Keyboard, Signalled
from acupress.text import pages
from acupress.text.layout import Page

_TRIES = 3


@dataclass(frozen=True, slots=True)
class Closing:
    """
    What to say at the end, and how the program ends: well, or by *signal*.

    *gone* is whether it ended because nobody was there any more.
    """

    page: Page
    signal: int | None = None
    trouble: StorageError | None = None
    gone: bool = False


def close(  # noqa: PLR0913, PLR0917 - what a session leaves, and whom to ask
    performance: Performance,
    started: datetime,
    before: int | None,
    keyboard: Keyboard,
    asker: Asker | None,
    keep: bool,  # noqa: FBT001 - as the command line has it
    asked: str | None = None,
) -> Closing:
    """
    Ask *asker* for the pain after *performance*, keep the session, and sum it up.

    Nobody is asked who has stopped the session, nor where there is nothing to
    compare with and nothing kept. Nothing is where next to nothing was pressed. Where
    questions were *asked* by a command, what there is to say tells no answer.
    """
    ending = performance.head.ending
    too_short = store.whole_seconds(performance) < store.LEAST_PRESSED
    keep, unkept = keep and not too_short, keep and too_short
    signal = ending.signal if isinstance(ending, Ended) else None
    after, note = None, ""
    if asker and ending is None and (keep or before is not None):
        try:
            partner = performance.timeline.plan.routine.partner
            after, note = pain_after(asker, partner=partner)
        except EndedBySignalError as ended:
            signal = ended.number
    entry = store.summarise(performance, started, before, after, note)
    kept, trouble = _kept(entry) if keep else (None, None)
    unkept_said = remarks.NOT_KEPT if unkept else ()
    page = session_closing_page(performance, entry, kept, unkept_said, asked=asked)
    gone = ending is Quit.STALE
    return Closing(page, signal or _signalled(keyboard), trouble, gone)


def pain_after(asker: Asker, *, partner: bool) -> tuple[int | None, str]:
    """Return the pain and the note that are typed, either of which may be missing."""
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
    """
    Return what is in the journal that *find* names.

    Nothing where it cannot be read: that stops no session.
    """
    try:
        return store.read_entries(find())
    except AcupressError:
        return ()


def finished_sessions(past: Sequence[Entry]) -> Mapping[str, int]:
    """Return how often each routine was done to its end in the *past*."""
    return Counter(entry.routine for entry in past if entry.finished)


def keep(entry: Entry, find: Callable[[], Path] = store.where) -> RecordedEntry:
    """Record *entry* in the file that *find* names; a failure tells it, too."""
    try:
        return store.record(find(), entry)
    except StorageError as error:
        told = f"{error}. To keep it by hand: {store.by_hand(entry)}"
        raise StorageError(told) from error


def session_closing_page(
    performance: Performance,
    entry: Entry,
    kept: RecordedEntry | None,
    first: Page = (),
    *,
    asked: str | None = None,
) -> Page:
    """Return the page at the end, with what the journal adds to it."""
    recent: Sequence[Entry] = ()
    if kept:
        recent = choose(kept.entries, entry.started.date()).entries
    if kept and kept.first:
        first = remarks.kept(display_path(store.where()))
    said = (*remarks.closing(entry, recent), *first)
    onward = not worse(entry)
    return pages.closing_page(performance, said, onward=onward, asked=asked)


def _kept(entry: Entry) -> tuple[RecordedEntry | None, StorageError | None]:
    try:
        return keep(entry), None
    except StorageError as error:
        return None, error


def _signalled(keyboard: Keyboard) -> int | None:
    """Return the signal that came while the session was being kept, if one did."""
    while (came := keyboard.read(0)) is not None:
        if isinstance(came, Signalled) and came.number in STOPPING:
            return came.number
    return None
