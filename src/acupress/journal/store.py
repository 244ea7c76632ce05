"""
The journal: what was done, when, and how the pain was, in one file of one's own.

An entry has no place for an answer to a question, for a point, or for a reason.
It is born when a session ends, by :func:`summarise`; it is written in the only
transaction of that session, by :func:`record`; and it is gone when its owner says
so, by :func:`erase`.

The file is SQLite with a rollback journal and not a write-ahead log: one writer,
one short transaction a session, homes that may lie on a network, and nothing left
beside the file. What is not exactly such a file is refused and never touched: a
trigger that somebody planted would run at our next write, and a view at our next
look. :func:`acupress.journal.aside.set_aside` is the way out.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from acupress import files
from acupress.errors import StorageError, UnusableError
from acupress.paths import data_folder
from acupress.session.playhead import Performance

if TYPE_CHECKING:
    from sqlite3 import Connection

ONE_POINT = "one-point"
"""What the journal calls the practice of a single point, which is not named."""

LEAST_PAIN, MOST_PAIN = 0, 10
"""No pain, and the worst imaginable."""

LEAST_PRESSED = 10
"""Seconds of pressing below which there was no session: nothing of it is kept."""

LONGEST_NOTE = 200
"""Characters of a note that are kept."""

# Seconds to wait for another program that is using the file: two is what a person
# at the end of a session puts up with, and a little of it is for what follows.
_PATIENCE = 1.8

# How often the file may be erased under a record before that is given up.
_ATTEMPTS = 3

_VERSION = 1
_APPLICATION = int.from_bytes(b"acup")
_MAGIC = b"SQLite format 3\0"
_HEADER = 100

_TABLE = f"""
    CREATE TABLE session (
        number   INTEGER PRIMARY KEY,
        started  TEXT    NOT NULL,
        routine  TEXT    NOT NULL,
        pressed  INTEGER NOT NULL CHECK (pressed >= 0),
        finished INTEGER NOT NULL CHECK (finished IN (0, 1)),
        before   INTEGER CHECK (before BETWEEN {LEAST_PAIN} AND {MOST_PAIN}),
        after    INTEGER CHECK (after BETWEEN {LEAST_PAIN} AND {MOST_PAIN}),
        note     TEXT    NOT NULL
    )
    """
_SCHEMA = (
    f"PRAGMA application_id = {_APPLICATION}",
    f"PRAGMA user_version = {_VERSION}",
    _TABLE,
)
_COLUMNS = "started, routine, pressed, finished, before, after, note"

_WAY_OUT = "it was left as it is: `acupress journal set-aside` moves it away"
_DAMAGED = f"is damaged, or not a journal of acupress; {_WAY_OUT}"
_EMPTY = f"is empty, so it is damaged; {_WAY_OUT}"
_CHANGED = f"is not as acupress made it; {_WAY_OUT}"
_ALONE = "is of a journal that is gone: `acupress journal set-aside` moves it away"
_COMPANIONS = ("-journal", "-wal", "-shm")


@dataclass(frozen=True, slots=True)
class Entry:
    """
    One session: all that is ever kept of it.

    *started* has its offset from UTC, *pressed* is whole seconds, *before* and
    *after* are the pain from 0 to 10 or ``None``, *note* is empty for none.
    """

    started: datetime
    routine: str
    pressed: int
    finished: bool
    before: int | None = None
    after: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class RecordedEntry:
    """What came of recording: whether it was the first time, and all entries."""

    first: bool
    entries: tuple[Entry, ...]


def summarise(
    performance: Performance,
    started: datetime,
    before: int | None = None,
    after: int | None = None,
    note: str = "",
) -> Entry:
    """Return what is kept of *performance*, which began at *started*."""
    routine = performance.timeline.plan.routine
    codes = {step.point.code for step in routine.steps}
    return Entry(
        started=started.replace(microsecond=0),
        routine=ONE_POINT if routine.id in codes else routine.id,
        pressed=whole_seconds(performance),
        finished=performance.finished,
        before=before,
        after=after,
        note=clean(note)[:LONGEST_NOTE],
    )


def whole_seconds(performance: Performance) -> int:
    """Return the seconds really pressed, which are a sum of many small parts."""
    return int(performance.pressed + 0.001)


def where() -> Path:
    """Return the file of the journal; raises StorageError without a home."""
    return data_folder(os.environ) / "journal.db"


def record(file: Path, entry: Entry) -> RecordedEntry:
    """
    Add *entry* to *file*, which is made when it is missing.

    Raises StorageError, with the file as it was.
    """
    for _ in range(_ATTEMPTS):
        if _made(file, entry):
            return RecordedEntry(first=True, entries=(entry,))
        which = files.identity(file)
        try:
            entries = _added(file, entry)
        except StorageError:
            if files.identity(file) == which:
                raise
        else:
            if files.identity(file) == which:
                return RecordedEntry(first=False, entries=entries)
    raise files.refused(file, "was taken away again and again")


def read_entries(file: Path) -> tuple[Entry, ...]:
    """Return the entries in the order they were recorded; none without a file."""
    if not files.ensure_private(file):
        return ()
    with _opened(file) as base, _transaction(base, "DEFERRED"):
        return _entries(file, base)


def erase(file: Path) -> bool:
    """
    Overwrite and remove *file* and what lies beside it; ``False``: none was there.

    A session that ends meanwhile either comes before or begins a new file.
    """
    if not files.ensure_private(file):
        return False
    with files.storage_errors(file):
        if sys.platform == "win32":
            _erase_aside(file)
        else:
            _erase_in_place(file)
        for left in file.parent.glob(f"{file.name}.*.new*"):
            left.unlink(missing_ok=True)
        files.sync(file.parent)
    return True


def _erase_in_place(file: Path) -> None:
    which = files.identity(file)
    with _opened(file) as base:
        while files.identity(file) == which:
            _empty(file, base)
            # Only in a transaction without changes is there no file beside it; and
            # only in one can no session end between its emptiness and its removal.
            with _transaction(base, "EXCLUSIVE"):
                if not _entries(file, base):
                    file.unlink()


def _erase_aside(file: Path) -> None:
    """
    Empty *file*, move it aside, and empty it again before it goes.

    Windows removes no open file, and moves none that anybody has open: so a session
    that ends meanwhile comes before the move, or begins a new file.
    """
    with _opened(file) as base:
        _empty(file, base)
    aside = file.with_name(f"{file.name}.{os.urandom(8).hex()}.new")
    file.rename(aside)
    with _connected(aside, file) as base:
        _empty(file, base)
    aside.unlink()


def _empty(file: Path, base: Connection) -> None:
    with _transaction(base, "EXCLUSIVE"):
        _entries(file, base)
        base.execute("DELETE FROM session")


def clean(text: str) -> str:
    """Return *text* in one line, with what could steer a terminal spelt out."""
    line = " ".join(text.split())
    if line.isprintable():
        return line
    return "".join(each if each.isprintable() else ascii(each)[1:-1] for each in line)


def by_hand(entry: Entry) -> str:
    """Return *entry* as one line that can be kept by hand."""
    parts = [
        entry.started.isoformat(),
        entry.routine,
        f"{entry.pressed} seconds pressed",
        "finished" if entry.finished else "not finished",
    ]
    if entry.before is not None:
        parts.append(f"pain before {entry.before}")
    if entry.after is not None:
        parts.append(f"pain after {entry.after}")
    return ", ".join([*parts, entry.note] if entry.note else parts)


# Making and opening the file


def _made(file: Path, entry: Entry) -> bool:
    """Make *file* with *entry* in it unless it is there; tell whether that was so."""
    files.private_folder(file.parent)
    if files.ensure_private(file):
        return False
    left = [each for each in sqlite_companions(file) if each.exists()]
    if left and not file.exists():
        # SQLite would take it for the end of a transaction of the new file.
        raise files.refused(left[0], _ALONE, UnusableError)

    def fill(other: Path) -> None:
        with _connected(other, file) as base, _transaction(base, "EXCLUSIVE"):
            for sentence in _SCHEMA:
                base.execute(sentence)
            _insert(base, entry)

    return files.make(file, fill)


def sqlite_companions(file: Path) -> list[Path]:
    """Return the names of what SQLite may have left beside *file*."""
    return [file.with_name(file.name + ending) for ending in _COMPANIONS]


@contextmanager
def _opened(file: Path) -> Iterator[Connection]:
    _require_journal(file)
    with _connected(file, file) as base:
        yield base


def _require_journal(file: Path) -> None:
    """
    Raise UnusableError for what SQLite had better not open.

    It would take an empty file for a new one, and write into a newer one that has
    a log beside it; so the header is read before (sqlite.org/fileformat2.html 1.3).
    """
    with files.storage_errors(file):
        descriptor = os.open(file, files.READ_ONLY)
        try:
            header = os.read(descriptor, _HEADER)
        finally:
            os.close(descriptor)
    version, application = header[60:64], header[68:72]
    if not header:
        raise files.refused(file, _EMPTY, UnusableError)
    if not header.startswith(_MAGIC) or int.from_bytes(application) != _APPLICATION:
        raise files.refused(file, _DAMAGED, UnusableError)
    if int.from_bytes(version) > _VERSION:
        why = "was written by a newer acupress: update acupress; it was left as it is"
        raise files.refused(file, why, UnusableError)
    if int.from_bytes(version) < _VERSION or header[18:20] != b"\1\1":
        raise files.refused(file, _DAMAGED, UnusableError)


@contextmanager
def _connected(path: Path, file: Path) -> Iterator[Connection]:
    """Open *path*; whatever is wrong with it is told of *file*."""
    try:
        import sqlite3  # noqa: PLC0415 - only a journal needs it
    except ImportError as error:
        raise files.refused(file, "this Python comes without sqlite3") from error
    address = f"{path.as_uri()}?mode=rw"
    try:
        base = sqlite3.connect(
            address, timeout=_PATIENCE, isolation_level=None, uri=True
        )
        try:
            for setting in _SETTINGS:
                base.execute(f"PRAGMA {setting}")
            yield base
        finally:
            base.close()
    except sqlite3.Error as error:
        if (reason := _reason(error)) is None:
            raise files.refused(file, _DAMAGED, UnusableError) from error
        raise files.refused(file, reason) from error


# On the disk before it counts, also in a power cut; what is deleted is overwritten.
_SETTINGS = ("synchronous = EXTRA", "secure_delete = ON", "trusted_schema = OFF")

_REASONS = {
    "SQLITE_BUSY": "another program has been using it for two seconds: try again",
    "SQLITE_FULL": "the disk is full",
    "SQLITE_READONLY": "it can not be written here",
    "SQLITE_CANTOPEN": "it can not be opened here",
    "SQLITE_IOERR": "the system could not read or write it",
    "SQLITE_PERM": "it can not be read or written here",
}


# What SQLite says of a file that is at fault itself; of some it gives no name.
_DAMAGE = {
    *("", "SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_ERROR", "SQLITE_FORMAT"),
    *("SQLITE_CONSTRAINT", "SQLITE_MISMATCH", "SQLITE_TOOBIG", "SQLITE_RANGE"),
}


def _reason(error: Exception) -> str | None:
    """Return what SQLite's error means, by its family; ``None`` is a damaged file."""
    name: str = getattr(error, "sqlite_errorname", "")
    family = "_".join(name.split("_")[:2])
    if family in _DAMAGE:
        return None
    return _REASONS.get(family, f"it can not be used just now ({family})")


@contextmanager
def _transaction(base: Connection, kind: str) -> Iterator[None]:
    base.execute(f"BEGIN {kind}")
    try:
        yield
        base.execute("COMMIT")
    except BaseException:
        if base.in_transaction:
            base.execute("ROLLBACK")
        raise


# Entries in and out of the file


def _added(file: Path, entry: Entry) -> tuple[Entry, ...]:
    with _opened(file) as base, _transaction(base, "EXCLUSIVE"):
        entries = _entries(file, base)
        _insert(base, entry)
    return (*entries, entry)


def _insert(base: Connection, entry: Entry) -> None:
    row = (
        entry.started.isoformat(),
        entry.routine,
        entry.pressed,
        entry.finished,
        entry.before,
        entry.after,
        entry.note,
    )
    base.execute(f"INSERT INTO session ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)", row)  # noqa: S608 - constants


def _entries(file: Path, base: Connection) -> tuple[Entry, ...]:
    """
    Return all entries; raises UnusableError where anything is not as we made it.

    All of the file is checked, since what is written next to a damaged page or list
    of free ones may be written over a session.
    """
    _require_schema(file, base)
    if base.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
        raise files.refused(file, _DAMAGED, UnusableError)
    rows = base.execute(f"SELECT {_COLUMNS} FROM session ORDER BY number")  # noqa: S608 - a constant
    try:
        return tuple(_entry(*row) for row in rows)
    except (TypeError, ValueError) as error:
        raise files.refused(file, _DAMAGED, UnusableError) from error


def _require_schema(file: Path, base: Connection) -> None:
    """
    Raise UnusableError unless our table, as we make it, is all that there is.

    To be asked in the transaction that goes on to read or write: so nothing can be
    added in between.
    """
    found = base.execute("SELECT type, name, tbl_name, sql FROM sqlite_master")
    made = [(*names, " ".join(str(sql).split())) for *names, sql in found]
    if made != [("table", "session", "session", " ".join(_TABLE.split()))]:
        raise files.refused(file, _CHANGED, UnusableError)


def _entry(  # noqa: PLR0913, PLR0917 - a column each
    started: Any,  # noqa: ANN401 - a file may hold anything
    routine: Any,  # noqa: ANN401
    pressed: Any,  # noqa: ANN401
    finished: int,
    before: int | None,
    after: int | None,
    note: Any,  # noqa: ANN401
) -> Entry:
    moment = datetime.fromisoformat(started)
    if moment.tzinfo is None or not isinstance(pressed, int):
        raise ValueError(started)
    return Entry(
        moment, clean(routine), pressed, bool(finished), before, after, clean(note)
    )
