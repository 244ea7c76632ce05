"""
Stores finished sessions in the user's journal, a private SQLite file.

:func:`summarise` makes the entry of a session, which has no field for an answer, a
point or a reason. :func:`record` stores it, and :func:`erase` deletes the journal.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from acupress import files
from acupress.errors import StorageError, UnusableError
from acupress.paths import data_folder

if TYPE_CHECKING:
    from sqlite3 import Connection

    from acupress.session.playhead import Performance

# Theory of operation. A session is one INSERT in one EXCLUSIVE transaction. The file
# has a rollback journal rather than a write-ahead log, which needs shared memory (a
# home may be on a network) and leaves files behind. `synchronous = EXTRA` makes SQLite
# fsync file and folder at COMMIT, `secure_delete` overwrites deleted rows. A new file
# is filled under a temporary name and then linked into place (`files.make`).
#
# A file that is not exactly ours is refused and never modified, since a planted trigger
# would run at the next write, and a view at the next read. The header is checked before
# SQLite opens the file; schema, pages and values in the transaction that uses them.
#
# `erase` may run while another process records: `record` compares the file's identity
# (device and inode) before and after, and retries if the file was replaced.

ONE_POINT = "one-point"
"""The routine of a session of a single point, whose code is not recorded."""

LEAST_PAIN, MOST_PAIN = 0, 10
"""The ends of the pain scale: none, and the worst imaginable."""

LEAST_PRESSED = 10
"""Seconds of pressing below which a session is not recorded."""

LONGEST_NOTE = 200
"""Characters to which a note is truncated."""

# SQLite's busy timeout in seconds: the user is to wait two at most, all in all.
_BUSY_TIMEOUT = 1.8

# Tries to record, if another process erases the file during each of them.
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

_SET_ASIDE = (
    "`acupress journal set-aside` moves it away, whole, and the next session begins "
    "a new journal"
)
_WAY_OUT = f"it was left as it is: {_SET_ASIDE}"
_DAMAGED = f"is damaged, or not a journal of acupress; {_WAY_OUT}"
_EMPTY = f"is empty, so it is damaged; {_WAY_OUT}"
_CHANGED = f"is not as acupress made it; {_WAY_OUT}"
_ALONE = f"is of a journal that is gone: {_SET_ASIDE}"
_COMPANIONS = ("-journal", "-wal", "-shm")


class Entry(NamedTuple):
    """
    A recorded session.

    *started* is timezone-aware, *pressed* is in seconds, *before* and *after* are
    pain from 0 to 10, or ``None`` if it was not given.
    """

    started: datetime
    routine: str
    pressed: int
    finished: bool
    before: int | None = None
    after: int | None = None
    note: str = ""


class RecordedEntry(NamedTuple):
    """The result of recording: whether the file was created, and all its entries."""

    first: bool
    entries: tuple[Entry, ...]


def summarise(
    performance: Performance,
    started: datetime,
    before: int | None = None,
    after: int | None = None,
    note: str = "",
) -> Entry:
    """Return the entry of *performance*, which began at *started*."""
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
    """Return the seconds pressed, rounded down but for floating-point error."""
    return int(performance.pressed + 0.001)


def where() -> Path:
    """Return the path of the journal; raises StorageError if there is no home."""
    return data_folder(os.environ) / "journal.db"


def record(file: Path, entry: Entry) -> RecordedEntry:
    """
    Append *entry* to *file*, which is created if it is missing.

    Raises StorageError, with the file unchanged.
    """
    for _ in range(_ATTEMPTS):
        if _created(file, entry):
            return RecordedEntry(first=True, entries=(entry,))
        identity = files.identity(file)
        try:
            entries = _appended(file, entry)
        except StorageError:
            if files.identity(file) == identity:
                raise
        else:
            if files.identity(file) == identity:
                return RecordedEntry(first=False, entries=entries)
    raise files.refused(file, "was taken away again and again")


def read_entries(file: Path) -> tuple[Entry, ...]:
    """Return the entries in the order of recording; none if there is no file."""
    if not _ensure_private(file):
        return ()
    with _opened(file) as db, _transaction(db, "DEFERRED"):
        return _entries(file, db)


def erase(file: Path) -> bool:
    """
    Overwrite and delete *file* and its temporary files; ``False`` if there is none.

    A session recorded meanwhile is either erased with it or starts a new file.
    """
    if not _ensure_private(file):
        return False
    with files.storage_errors(file):
        if sys.platform == "win32":
            _erase_aside(file)
        else:
            _erase_in_place(file)
        for leftover in file.parent.glob(f"{file.name}.*.new*"):
            leftover.unlink(missing_ok=True)
        files.sync(file.parent)
    return True


def _erase_in_place(file: Path) -> None:
    identity = files.identity(file)
    with _opened(file) as db:
        while files.identity(file) == identity:
            _empty(file, db)
            # In a second transaction: it locks out writers from the check that the
            # table is empty to the unlink, and without changes has no rollback journal.
            with _transaction(db, "EXCLUSIVE"):
                if not _entries(file, db):
                    file.unlink()


def _erase_aside(file: Path) -> None:
    """
    Empty *file*, rename it, empty it again and delete it.

    Windows neither deletes nor renames an open file, so a session recorded meanwhile
    is in it before the rename, or starts a new file.
    """
    with _opened(file) as db:
        _empty(file, db)
    aside = file.with_name(f"{file.name}.{os.urandom(8).hex()}.new")
    file.rename(aside)
    with _connected(aside, file) as db:
        _empty(file, db)
    aside.unlink()


def _empty(file: Path, db: Connection) -> None:
    with _transaction(db, "EXCLUSIVE"):
        _entries(file, db)
        db.execute("DELETE FROM session")


def clean(text: str) -> str:
    """Return *text* in one line, with unprintable characters escaped."""
    line = " ".join(text.split())
    if line.isprintable():
        return line
    return "".join(each if each.isprintable() else ascii(each)[1:-1] for each in line)


def by_hand(entry: Entry) -> str:
    """Return *entry* as a line of text, for when it could not be stored."""
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


def _created(file: Path, entry: Entry) -> bool:
    """Create *file* with *entry*, unless it exists; return whether it was created."""
    files.private_folder(file.parent)
    if _ensure_private(file):
        return False
    leftovers = [each for each in sqlite_companions(file) if each.exists()]
    if leftovers and not file.exists():
        # SQLite would roll it back into the new file, as a hot journal.
        raise files.refused(leftovers[0], _ALONE, UnusableError)

    def fill(other: Path) -> None:
        with _connected(other, file) as db, _transaction(db, "EXCLUSIVE"):
            for statement in _SCHEMA:
                db.execute(statement)
            _insert(db, entry)

    return files.make(file, fill)


def _ensure_private(file: Path) -> bool:
    """Make *file* private, if there is one; an error has a way out, if there is one."""
    try:
        return files.ensure_private(file)
    except UnusableError as error:
        if file.is_symlink() or not file.is_file():
            raise UnusableError(f"{error}; {_WAY_OUT}") from error
        raise  # it is another user's


def sqlite_companions(file: Path) -> list[Path]:
    """Return the paths of what SQLite may have left beside *file*."""
    return [file.with_name(file.name + ending) for ending in _COMPANIONS]


@contextmanager
def _opened(file: Path) -> Iterator[Connection]:
    _require_journal(file)
    with _connected(file, file) as db:
        yield db


def _require_journal(file: Path) -> None:
    """
    Raise UnusableError unless *file* has the header of a journal of ours.

    SQLite would initialise an empty file, and write a log beside a newer one back
    into it, so this comes before opening (sqlite.org/fileformat2.html 1.3).
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
    """Connect to *path*; errors name *file*."""
    try:
        import sqlite3  # noqa: PLC0415 - lazy import
    except ImportError as error:
        raise files.refused(file, "this Python comes without sqlite3") from error
    address = f"{path.as_uri()}?mode=rw"
    try:
        db = sqlite3.connect(
            address, timeout=_BUSY_TIMEOUT, isolation_level=None, uri=True
        )
        try:
            for setting in _SETTINGS:
                db.execute(f"PRAGMA {setting}")
            yield db
        finally:
            db.close()
    except sqlite3.Error as error:
        if (reason := _reason(error)) is None:
            raise files.refused(file, _DAMAGED, UnusableError) from error
        raise files.refused(file, reason) from error


# Durable at COMMIT, also in a power cut; deleted content is overwritten.
_SETTINGS = ("synchronous = EXTRA", "secure_delete = ON", "trusted_schema = OFF")

_REASONS = {
    "SQLITE_BUSY": "another program has been using it for two seconds: try again",
    "SQLITE_FULL": "the disk is full",
    "SQLITE_READONLY": "it can not be written here",
    "SQLITE_CANTOPEN": "it can not be opened here",
    "SQLITE_IOERR": "the system could not read or write it",
    "SQLITE_PERM": "it can not be read or written here",
}

# Error names that mean a damaged file; some of these errors have no name.
_DAMAGE = {
    *("", "SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_ERROR", "SQLITE_FORMAT"),
    *("SQLITE_CONSTRAINT", "SQLITE_MISMATCH", "SQLITE_TOOBIG", "SQLITE_RANGE"),
}


def _reason(error: Exception) -> str | None:
    """Return the message for an SQLite error, or ``None`` for a damaged file."""
    name: str = getattr(error, "sqlite_errorname", "")
    family = "_".join(name.split("_")[:2])
    if family in _DAMAGE:
        return None
    return _REASONS.get(family, f"it can not be used just now ({family})")


@contextmanager
def _transaction(db: Connection, kind: str) -> Iterator[None]:
    db.execute(f"BEGIN {kind}")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


# Entries in and out of the file


def _appended(file: Path, entry: Entry) -> tuple[Entry, ...]:
    with _opened(file) as db, _transaction(db, "EXCLUSIVE"):
        entries = _entries(file, db)
        _insert(db, entry)
    return (*entries, entry)


def _insert(db: Connection, entry: Entry) -> None:
    row = (
        entry.started.isoformat(),
        entry.routine,
        entry.pressed,
        entry.finished,
        entry.before,
        entry.after,
        entry.note,
    )
    db.execute(f"INSERT INTO session ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)", row)  # noqa: S608 - constants


def _entries(file: Path, db: Connection) -> tuple[Entry, ...]:
    """
    Return all entries; raises UnusableError if schema, pages or values are invalid.

    The whole file is checked, since writing to one with a damaged page or freelist
    could overwrite a session.
    """
    _require_schema(file, db)
    if db.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
        raise files.refused(file, _DAMAGED, UnusableError)
    rows = db.execute(f"SELECT {_COLUMNS} FROM session ORDER BY number")  # noqa: S608 - a constant
    try:
        return tuple(_entry(*row) for row in rows)
    except (TypeError, ValueError) as error:
        raise files.refused(file, _DAMAGED, UnusableError) from error


def _require_schema(file: Path, db: Connection) -> None:
    """
    Raise UnusableError unless the schema is our table alone.

    Call it in the transaction that goes on to read or write, so that nothing can be
    added in between.
    """
    found = db.execute("SELECT type, name, tbl_name, sql FROM sqlite_master")
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
