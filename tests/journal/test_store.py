"""The journal as a file: what is kept, and what happens to it in every failure."""

from __future__ import annotations

import os
import random
import re
import select
import shutil
import signal
import sqlite3
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from types import FrameType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from acupress import files
from acupress.errors import StorageError
from acupress.journal.aside import places, set_aside
from acupress.journal.store import (
    ONE_POINT,
    Entry,
    by_hand,
    clean,
    erase,
    read_entries,
    record,
    summarise,
)
from acupress.session.planning import plan
from acupress.session.screening import Answers, PregnancyAnswer, screen
from acupress.session.timeline import lay_out
from support.factories import point, routine, step
from support.journals import TODAY, performed
from support.plans import SHORT
from support.terminal import needs_unix

if sys.platform != "win32":
    import resource

ROOT = sys.platform != "win32" and os.geteuid() == 0
ENTRY = Entry(TODAY, "lower-back", 600, finished=True, before=6, after=4, note="a note")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return where a journal will be."""
    return tmp_path / "data" / "acupress" / "journal.db"


@pytest.fixture
def written(file: Path) -> Path:
    """Return a journal with three sessions."""
    for number in range(3):
        record(file, ENTRY._replace(pressed=number))
    return file


def copied(journal: Path, name: str) -> Path:
    """Return a copy of *journal* in a folder of its own."""
    copy = journal.parent.parent / name / journal.name
    copy.parent.mkdir(0o700)
    shutil.copy(journal, copy)
    return copy


def snapshot(folder: Path) -> dict[str, bytes | str]:
    """Return all that is in *folder*, by name."""
    return {
        each.name: str(each.readlink())
        if each.is_symlink()
        else each.read_bytes()
        if each.is_file()
        else "something else"
        for each in folder.iterdir()
    }


def mode(path: Path) -> int:
    """Return who may do what with *path*."""
    needs_unix()
    return stat.S_IMODE(path.stat().st_mode)


def in_child(act: Callable[[], object]) -> int:
    """Do *act* in a process of its own and return that process's id."""
    needs_unix()
    if pid := os.fork():
        return pid
    try:
        act()
    except BaseException:  # noqa: BLE001 - a child may not go on as a test
        os._exit(1)
    os._exit(0)


def code_of(pid: int) -> int:
    """Wait for the end of *pid* and return how it ended."""
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


# What is kept


def test_nothing_else_is_kept() -> None:
    """When, routine, seconds, finished or not, before, after, note; and no more."""
    names = list(Entry._fields)

    assert " ".join(names) == "started routine pressed finished before after note"


def test_a_session_played_to_its_end() -> None:
    """The seconds really pressed are kept, in whole ones."""
    entry = summarise(performed(SHORT), TODAY, 6, 4, " a \n note ")
    expected = ENTRY._replace(routine="a-routine", pressed=120)

    assert expected == entry


def test_a_session_cut_short() -> None:
    """What was pressed counts, never more than that."""
    entry = summarise(performed(SHORT, 70.7), TODAY)

    assert (entry.pressed, entry.finished) == (45, False)
    assert (entry.before, entry.after, entry.note) == (None, None, "")


def test_a_point_practised_alone_is_not_named() -> None:
    """The journal never holds a point."""
    assert ONE_POINT == "one-point"
    for code in ("TE3", "BL60"):
        alone = routine(step(point(code)), name=code)
        made = plan(screen(alone, Answers(PregnancyAnswer.NO)))
        entry = summarise(performed(lay_out(made)), TODAY)

        assert entry.routine == ONE_POINT


texts = st.text(max_size=80).map(clean)
moments = st.datetimes(timezones=st.just(UTC) | st.just(TODAY.tzinfo)).map(
    lambda moment: moment.replace(microsecond=0)
)
entries = st.builds(
    Entry,
    moments,
    texts,
    st.integers(0, 100_000),
    st.booleans(),
    st.none() | st.integers(0, 10),
    st.none() | st.integers(0, 10),
    texts,
)


@settings(
    derandomize=True,
    max_examples=25,
    deadline=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
    ],
)
@given(entries)
def test_what_is_recorded_is_read(file: Path, entry: Entry) -> None:
    """Whatever fits into an entry comes back as it was."""
    record(file, entry)

    assert entry == read_entries(file)[-1]


@given(st.text())
def test_a_clean_text_steers_no_terminal(text: str) -> None:
    """No control or bidi character is left; a clean text stays as it is."""
    bare = " ".join(text.split())

    assert clean(text).isprintable()
    assert clean(clean(text)) == clean(text)
    assert (clean(text) == bare) is bare.isprintable()


def test_text_that_somebody_else_put_there(written: Path) -> None:
    """What was written into the file by hand is shown spelt out."""
    base = sqlite3.connect(written)
    base.execute("UPDATE session SET note = ?, routine = ?", ("\x1b[2J\u202e", "\x9b"))
    base.commit()
    base.close()

    assert (read_entries(written)[0].note, read_entries(written)[0].routine) == (
        "\\x1b[2J\\u202e",
        "\\x9b",
    )


def test_the_order_is_that_of_recording(file: Path) -> None:
    """A clock that was set back does not turn the sessions round."""
    days = [5, 3, 36500, -36500]
    for day in days:
        record(file, ENTRY._replace(started=TODAY + timedelta(days=day)))

    assert days == [(entry.started - TODAY).days for entry in read_entries(file)]


def test_only_the_first_time_is_the_first(file: Path) -> None:
    """Recording says whether it was the first time, and returns all entries."""
    first, second = record(file, ENTRY), record(file, ENTRY)

    assert (first.first, second.first) == (True, False)
    assert (first.entries, second.entries) == ((ENTRY,), (ENTRY, ENTRY))


def test_by_hand() -> None:
    """An entry that could not be saved is written as one line, to keep by hand."""
    assert by_hand(ENTRY) == (
        "2025-06-14T20:00:00+02:00, lower-back, 600 seconds pressed, finished, "
        "pain before 6, pain after 4, a note"
    )
    assert by_hand(
        ENTRY._replace(before=None, after=None, finished=False, note="")
    ) == ("2025-06-14T20:00:00+02:00, lower-back, 600 seconds pressed, not finished")


# Who may read it


def test_modes(tmp_path: Path) -> None:
    """Folder and file are for their owner alone, whatever the umask."""
    for mask in (0o000, 0o022, 0o077, 0o777):
        file = tmp_path / oct(mask) / "acupress" / "journal.db"

        def act(file: Path = file, mask: int = mask) -> None:
            os.umask(mask)
            record(file, ENTRY)

        assert code_of(in_child(act)) == 0, oct(mask)
        assert (mode(file.parent), mode(file)) == (0o700, 0o600), oct(mask)


def test_it_is_tightened(written: Path) -> None:
    """What others could read or write is made private again."""
    for act in (lambda: read_entries(written), lambda: record(written, ENTRY)):
        written.parent.chmod(0o777)
        written.chmod(0o644)
        act()

        assert (mode(written.parent), mode(written)) == (0o700, 0o600)


@pytest.mark.skipif(not ROOT, reason="only root can give files away")
def test_what_belongs_to_someone_else(written: Path) -> None:
    """A journal of someone else is not read, not written and not taken over."""
    for which in ("file", "folder"):
        journal = copied(written, which)
        theirs = journal if which == "file" else journal.parent
        os.chown(theirs, 65534, 65534)
        before = snapshot(journal.parent)
        refused = refusals(journal)

        assert before == snapshot(journal.parent), which
        assert all("belongs to another user" in each for each in refused), which


# What is no journal of ours


def garbage(file: Path) -> None:
    """Write what no program wrote."""
    file.write_bytes(os.urandom(5000))


def nothing(file: Path) -> None:
    """Leave no byte of it."""
    file.write_bytes(b"")


def nothing_beside_a_log(file: Path) -> None:
    """Leave no byte of it, but a log beside it."""
    file.write_bytes(b"")
    file.with_name(file.name + "-wal").write_bytes(b"log")


def half_a_line(file: Path) -> None:
    """Write another format, cut off."""
    file.write_bytes(b'[{"started": "20')


def truncated(file: Path) -> None:
    """Cut off its end."""
    file.write_bytes(file.read_bytes()[:-1000])


def a_page_overwritten(file: Path) -> None:
    """Damage its last page."""
    data = bytearray(file.read_bytes())
    data[-4096:] = b"\xff" * 4096
    file.write_bytes(data)


def the_header_alone(file: Path) -> None:
    """Leave what makes it look like a journal."""
    file.write_bytes(file.read_bytes()[:100])


def altered(sentence: str) -> Callable[[Path], None]:
    """Return what runs *sentence* on it."""

    def alter(file: Path) -> None:
        base = sqlite3.connect(file)
        base.execute(sentence)
        base.commit()
        base.close()

    return alter


TRIGGER = "CREATE TRIGGER t AFTER INSERT ON session BEGIN DELETE FROM session; END"


def a_view(file: Path) -> None:
    """Put a view in the place of the table, with the same sessions in it."""
    altered("ALTER TABLE session RENAME TO kept")(file)
    altered("CREATE VIEW session AS SELECT * FROM kept")(file)


def another_definition(file: Path) -> None:
    """Put a table of the same name and columns there, that requires nothing."""
    altered("CREATE TABLE kept AS SELECT * FROM session")(file)
    altered("DROP TABLE session")(file)
    altered("ALTER TABLE kept RENAME TO session")(file)


def a_link(file: Path) -> None:
    """Put a link in its place."""
    other = file.with_name("other")
    file.rename(other)
    file.symlink_to(other)


def a_dangling_link(file: Path) -> None:
    """Put a link to nowhere in its place."""
    file.unlink()
    file.symlink_to("nowhere")


def a_folder(file: Path) -> None:
    """Put a folder in its place."""
    file.unlink()
    file.mkdir()


def a_pipe(file: Path) -> None:
    """Put a pipe in its place, which must never be waited for."""
    needs_unix()
    file.unlink()
    os.mkfifo(file)


def only_a_log(file: Path) -> None:
    """Leave only the log of a transaction."""
    file.rename(file.with_name(file.name + "-journal"))


SPOILT = {
    "garbage": (garbage, "is damaged"),
    "nothing": (nothing, "is empty"),
    "nothing beside a log": (nothing_beside_a_log, "is empty"),
    "half a line": (half_a_line, "is damaged"),
    "truncated": (truncated, "is damaged"),
    "a page overwritten": (a_page_overwritten, "is damaged"),
    "the header alone": (the_header_alone, "is damaged"),
    "newer": (altered("PRAGMA user_version = 2"), "update acupress"),
    "much newer": (altered("PRAGMA user_version = 999"), "update acupress"),
    "no version": (altered("PRAGMA user_version = 0"), "is damaged"),
    "another's": (altered("PRAGMA application_id = 7"), "is damaged"),
    "a log": (altered("PRAGMA journal_mode = WAL"), "is damaged"),
    "no table": (altered("DROP TABLE session"), "is not as"),
    "a trigger": (altered(TRIGGER), "is not as"),
    "a trigger on nothing": (
        altered(f"{TRIGGER}".replace("DELETE FROM session", "SELECT 1")),
        "is not as",
    ),
    "an index": (altered("CREATE INDEX fast ON session (started)"), "is not as"),
    "a view": (altered("CREATE VIEW v AS SELECT * FROM session"), "is not as"),
    "a view in its place": (a_view, "is not as"),
    "a second table": (altered("CREATE TABLE other (x)"), "is not as"),
    "statistics": (altered("ANALYZE"), "is not as"),
    "a column more": (altered("ALTER TABLE session ADD COLUMN x"), "is not as"),
    "a column renamed": (
        altered("ALTER TABLE session RENAME COLUMN note TO remark"),
        "is not as",
    ),
    "nothing required": (another_definition, "is not as"),
    "no time": (altered("UPDATE session SET started = 'then'"), "is damaged"),
    "no zone": (altered("UPDATE session SET started = '2026-01-01'"), "is damaged"),
    "a blob": (altered("UPDATE session SET note = x'ff'"), "is damaged"),
    "words": (altered("UPDATE session SET pressed = 'many'"), "is damaged"),
    "a link": (a_link, "is a link"),
    "a dangling link": (a_dangling_link, "is a link"),
    "a folder": (a_folder, "is not a plain file"),
    "a pipe": (a_pipe, "is not a plain file"),
}


def refusals(file: Path) -> list[str]:
    """Return the errors when *file* is read, written and erased; "" where none is."""
    said = []
    for act in (
        lambda: read_entries(file),
        lambda: record(file, ENTRY),
        lambda: erase(file),
    ):
        try:
            act()
        except StorageError as error:
            said.append(str(error))
        else:
            said.append("")
    return said


def test_what_is_no_journal_is_never_touched(written: Path) -> None:
    """It is named in one line, and every byte in its folder stays as it was."""
    wrong = {}
    for how, (spoil, expected) in SPOILT.items():
        journal = copied(written, how)
        spoil(journal)
        before = snapshot(journal.parent)
        refused = refusals(journal)
        untouched = before == snapshot(journal.parent)
        named = all(expected in each and "journal.db" in each for each in refused)
        plain = not any("delete" in each or "\n" in each for each in refused)
        if not (untouched and named and plain):
            wrong[how] = (untouched, refused)

    assert wrong == {}


def test_every_way_out_loses_nothing(written: Path) -> None:
    """Each refusal names a command, with which all is kept and a new journal begins."""
    for how, (spoil, _) in SPOILT.items():
        journal = copied(written, how)
        spoil(journal)
        before = snapshot(journal.parent)
        refused = refusals(journal)
        if all("update acupress" in each for each in refused):
            continue  # then nothing is wrong with the file
        asked = ["`acupress journal set-aside` moves it away" in e for e in refused]
        place = set_aside(journal, DAY)

        assert (how, asked) == (how, [True] * 3)
        assert place
        after = {**snapshot(journal.parent), **snapshot(place)}
        assert (how, before) == (how, {name: after[name] for name in before})
        assert record(journal, ENTRY).first


def test_a_newer_journal_with_a_log_is_not_even_opened(written: Path) -> None:
    """Opening it would write the log into it."""
    base = sqlite3.connect(written)
    base.execute("PRAGMA journal_mode = WAL")
    base.execute("PRAGMA user_version = 2")
    base.execute("INSERT INTO session VALUES (9, '', '', 9, 1, 1, 1, '')")
    base.commit()
    before = snapshot(written.parent)
    refused = refusals(written)
    after = snapshot(written.parent)
    base.close()

    assert before == after
    assert len(refused) == 3


def test_a_log_without_its_journal(written: Path) -> None:
    """SQLite would apply the log to a new journal, so none is made beside it."""
    only_a_log(written)
    before = snapshot(written.parent)
    with pytest.raises(StorageError, match="set-aside` moves it away"):
        record(written, ENTRY)

    assert before == snapshot(written.parent)


# Setting a journal aside


DAY = TODAY.date()


def test_set_aside_it_is_whole_and_the_next_one_begins(written: Path) -> None:
    """A file that can not be used is moved to a private folder, byte for byte."""
    for how, (spoil, _) in SPOILT.items():
        journal = copied(written, how)
        spoil(journal)
        before = snapshot(journal.parent)
        place = set_aside(journal, DAY)

        assert place == journal.parent / "journal-2025-06-14", how
        assert mode(place) == 0o700, how
        assert before == {**snapshot(place), **others(journal, "other")}, how
        assert record(journal, ENTRY).first, how
        assert list(read_entries(journal)) == [ENTRY], how


def others(file: Path, *names: str) -> dict[str, bytes | str]:
    """Return what is beside *file* under one of *names*."""
    return {name: it for name, it in snapshot(file.parent).items() if name in names}


def test_a_log_without_its_journal_is_set_aside_too(written: Path) -> None:
    """The log is moved away, and the next session begins a new journal."""
    only_a_log(written)
    before = snapshot(written.parent)
    place = set_aside(written, DAY)

    assert place
    assert before == snapshot(place)
    assert record(written, ENTRY).first


def test_what_was_set_aside_is_not_overwritten(written: Path) -> None:
    """The second and the third journal of one day are numbered."""
    kept = []
    for number in range(3):
        written.write_bytes(b"%d" % number)
        kept.append(set_aside(written, DAY))
    names = [place.name for place in kept if place]

    assert names == [f"journal-2025-06-14{ending}" for ending in ("", "-2", "-3")]
    assert [(place / "journal.db").read_bytes() for place in kept if place] == [
        b"0",
        b"1",
        b"2",
    ]
    assert [place for place in kept if place] == list(places(written))


def test_what_can_be_used_stays(written: Path, tmp_path: Path) -> None:
    """Neither a sound journal is moved, nor a busy one, nor one that is not there."""
    before = snapshot(written.parent)
    base = sqlite3.connect(written, isolation_level=None)
    base.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StorageError, match="another program has been using it"):
        set_aside(written, DAY)
    base.close()

    assert set_aside(written, DAY) is None
    assert set_aside(tmp_path / "no" / "journal.db", DAY) is None
    assert before == snapshot(written.parent)
    assert not (tmp_path / "no").exists()


def test_a_session_that_was_being_kept_is_not_lost(written: Path) -> None:
    """The rollback journal of half a record is set aside beside its database."""
    before = read_entries(written)

    def half_a_record() -> None:
        base = sqlite3.connect(written, isolation_level=None)
        base.execute("PRAGMA cache_size = 1")
        base.execute("BEGIN EXCLUSIVE")
        row = "(NULL, '2025-06-14T20:00:00+02:00', 'x', 9, 1, 1, 1, '')"
        for _ in range(2000):
            base.execute(f"INSERT INTO session VALUES {row}")  # noqa: S608 - a constant
        os.kill(os.getpid(), signal.SIGKILL)

    code_of(in_child(half_a_record))
    assert written.with_name("journal.db-journal").exists()
    written.chmod(0o600)
    data = bytearray(written.read_bytes())
    written.write_bytes(b"x" + data[1:])  # no journal by its first byte
    place = set_aside(written, DAY)

    assert place
    assert sorted(snapshot(place)) == ["journal.db", "journal.db-journal"]

    (place / "journal.db").write_bytes(data)

    assert before == read_entries(place / "journal.db")


def test_a_journal_of_the_first_release_is_ours(file: Path) -> None:
    """The table is still defined as 1.0.0 defined it, but for spaces."""
    record(file, ENTRY)
    base = sqlite3.connect(file)
    (sentence,) = base.execute("SELECT sql FROM sqlite_master").fetchone()
    base.close()

    assert " ".join(sentence.split()) == (
        "CREATE TABLE session ( number INTEGER PRIMARY KEY, started TEXT NOT NULL, "
        "routine TEXT NOT NULL, pressed INTEGER NOT NULL CHECK (pressed >= 0), "
        "finished INTEGER NOT NULL CHECK (finished IN (0, 1)), "
        "before INTEGER CHECK (before BETWEEN 0 AND 10), "
        "after INTEGER CHECK (after BETWEEN 0 AND 10), note TEXT NOT NULL )"
    )


# Folders


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    """A folder that is a file or a link is refused, and so is what it leads to."""
    for what in ("file", "link", "dangling"):
        home = tmp_path / what
        home.mkdir()
        folder, other = home / "acupress", home / "other"
        if what == "file":
            folder.write_text("mine", "utf-8")
        else:
            if what == "link":
                other.mkdir()
            folder.symlink_to(other)
        before = snapshot(home)
        with pytest.raises(StorageError):
            record(folder / "journal.db", ENTRY)

        assert before == snapshot(home), what
        assert not other.exists() or list(other.iterdir()) == [], what


def test_a_home_that_can_not_be_written() -> None:
    """Where not even root can write, the error names the folder."""
    for place in ("/proc/acupress", "/dev/null/acupress"):
        with pytest.raises(StorageError, match=place):
            record(Path(place) / "journal.db", ENTRY)


def test_a_link_that_comes_at_the_last_moment(written: Path) -> None:
    """A link put there between the look at it and the opening is not followed."""
    acts: dict[str, Callable[[Path], object]] = {
        "read": read_entries,
        "record": lambda file: record(file, ENTRY),
        "erase": erase,
    }
    for name, act in acts.items():
        journal = copied(written, name)
        other = journal.with_name("other")

        def swap(called: object, journal: Path = journal, other: Path = other) -> None:
            if called is os.open and not other.exists():
                journal.rename(other)
                journal.symlink_to(other)

        with watching(swap), pytest.raises(StorageError, match=r"journal\.db"):
            act(journal)

        assert written.read_bytes() == other.read_bytes(), name


@contextmanager
def watching(tell: Callable[[object], None]) -> Iterator[None]:
    """Call *tell* with each built-in function that is about to be called."""

    def about_to(_frame: FrameType, event: str, called: object) -> None:
        if event == "c_call":
            tell(called)

    sys.setprofile(about_to)
    try:
        yield
    finally:
        sys.setprofile(None)


# Disks, locks and other processes


def test_it_is_on_the_disk_before_it_counts(file: Path) -> None:
    """A new journal is synced, named, and its name synced; SQLite waits as well."""
    done: list[str] = []
    told: list[str] = []

    def notice(called: object) -> None:
        if called in {os.fsync, os.link}:
            done.append(called.__name__)
        base = getattr(called, "__self__", None)
        if isinstance(base, sqlite3.Connection):
            base.set_trace_callback(told.append)

    with watching(notice):
        record(file, ENTRY)
        told.clear()
        record(file, ENTRY)

    assert done == ["fsync", "link", "fsync"]
    assert "PRAGMA synchronous = EXTRA" in told[: told.index("BEGIN EXCLUSIVE")]


def test_a_full_disk(written: Path) -> None:
    """Where no more can be written, every byte stays as it was."""
    before = snapshot(written.parent)
    size = written.stat().st_size

    def act() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        for number in range(1000):
            record(written, ENTRY._replace(note="x" * 200, pressed=number))

    def none_at_all() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
        with pytest.raises(StorageError):
            record(written, ENTRY)
        with pytest.raises(StorageError):
            record(written.parent.parent / "new" / "journal.db", ENTRY)

    assert code_of(in_child(none_at_all)) == 0
    assert before == snapshot(written.parent)
    assert list((written.parent.parent / "new").iterdir()) == []
    assert code_of(in_child(act)) == 1
    assert len(read_entries(written)) >= 3
    assert set(snapshot(written.parent)) == {"journal.db"}


def test_a_lock_that_never_ends(written: Path) -> None:
    """Waiting for a lock ends in an error, and the journal stays as it was."""
    ready, told = os.pipe()

    def hold() -> None:
        base = sqlite3.connect(written, isolation_level=None)
        base.execute("BEGIN IMMEDIATE")
        os.write(told, b".")
        signal.pause()

    pid = in_child(hold)
    os.read(ready, 1)
    before = snapshot(written.parent)
    with pytest.raises(StorageError, match="another program has been using it"):
        record(written, ENTRY)
    os.kill(pid, signal.SIGKILL)
    code_of(pid)

    assert before == snapshot(written.parent)
    assert len(read_entries(written)) == 3


def until_free(act: Callable[[], object]) -> None:
    """
    Do *act* again as long as another process is in its way.

    How long the journal waits for others is a number of seconds, and a slow machine
    may take longer. That what was refused was not done, either, is the test's promise.
    """
    while True:
        try:
            act()
        except StorageError as error:
            if not re.search("another program|again and again", str(error)):
                raise
        else:
            return


def test_two_sessions_end_together(file: Path) -> None:
    """Two processes that record at once, twenty times, make forty records."""
    for number in range(20):

        def act(number: int = number) -> None:
            until_free(partial(record, file, ENTRY._replace(pressed=number)))

        both = [in_child(act), in_child(act)]

        assert [code_of(pid) for pid in both] == [0, 0]

    assert sorted([*range(20)] * 2) == sorted(
        entry.pressed for entry in read_entries(file)
    )


def saving(file: Path, told: int, begin: int) -> Callable[[], None]:
    """Return what records sessions until it is killed, each with a byte to *told*."""

    def act() -> None:
        for number in count(begin):
            record(file, ENTRY._replace(pressed=number, note="n" * (number % 150)))
            os.write(told, b".")

    return act


def lives(chance: random.Random) -> Iterator[tuple[int, float]]:
    """Yield after how many records, and seconds more, each process is killed."""
    for number in range(100):
        yield number % 3, chance.random() ** 2 * 0.02


def test_killed_at_a_hundred_moments(tmp_path: Path) -> None:
    """After ``kill -9`` the journal is readable and has all that was acknowledged."""
    chance = random.Random(9)  # noqa: S311 - only to be the same each time
    kept = 0
    for number, (records, seconds) in enumerate(lives(chance)):
        file = tmp_path / str(number // 10) / "journal.db"
        kept = 0 if number % 10 == 0 else kept
        ready, told = os.pipe()
        pid = in_child(saving(file, told, kept))
        os.close(told)
        acknowledged = sum(len(os.read(ready, 1)) for _ in range(records))
        select.select([], [], [], seconds)
        os.kill(pid, signal.SIGKILL)

        assert code_of(pid) == -signal.SIGKILL

        with os.fdopen(ready, "rb") as rest:
            acknowledged += len(rest.read())
        pressed = [entry.pressed for entry in read_entries(file)]

        assert list(range(len(pressed))) == pressed
        assert kept + acknowledged <= len(pressed) <= kept + acknowledged + 1

        kept = len(pressed)


# Erasing


def test_erasing_overwrites(written: Path) -> None:
    """The file is removed, and its content is overwritten before."""
    record(written, ENTRY._replace(note="very private"))
    planted = written.with_name(f"{written.name}.0123.new")
    planted.write_text("left by a kill", "utf-8")
    other = written.parent.parent / "another name of the same file"
    os.link(written, other)
    before = other.read_bytes()

    assert erase(written)
    assert b"very private" in before
    assert b"very private" not in other.read_bytes()
    assert b"lower-back" not in other.read_bytes()
    assert list(written.parent.iterdir()) == []


def test_erasing_nothing(file: Path) -> None:
    """Without a journal there is nothing to erase, and nothing is made."""
    assert not erase(file)
    assert not file.parent.exists()


def test_erasing_while_sessions_end(file: Path) -> None:
    """After records and erasures at once, the last records are there, each whole."""

    def sessions() -> None:
        for number in range(30):
            until_free(partial(record, file, ENTRY._replace(pressed=number)))

    def erasing() -> None:
        for _ in range(30):
            until_free(partial(erase, file))

    pids = [in_child(sessions), in_child(erasing)]

    assert [code_of(pid) for pid in pids] == [0, 0]

    left = [entry.pressed for entry in read_entries(file)]

    assert left == list(range(30))[30 - len(left) :]


# Other files


def test_a_new_file_is_whole_and_never_written_over(tmp_path: Path) -> None:
    """What is saved is there at once or not at all, and stays as it is."""
    target = tmp_path / "out.csv"
    files.save_new(target, "first")
    with pytest.raises(StorageError, match="nothing is overwritten"):
        files.save_new(target, "second")

    assert target.read_bytes() == b"first"
    assert [target] == list(tmp_path.iterdir())


def test_a_saved_file_honours_the_umask(tmp_path: Path) -> None:
    """Who may read a file that somebody asked for is theirs to say, by their umask."""
    needs_unix()
    before = os.umask(0)
    try:
        for mask in (0o022, 0o027, 0o077, 0o002):
            os.umask(mask)
            target = tmp_path / oct(mask)
            files.save_new(target, "text")
            copied = tmp_path / f"{mask:o}.copy"
            files.copy_new(target, copied, shared=True)

            assert [mode(target), mode(copied)] == [0o666 & ~mask] * 2, oct(mask)
    finally:
        os.umask(before)


def test_a_file_that_can_not_be_made(tmp_path: Path) -> None:
    """Saving to such a place is an error, and nothing is left behind."""
    (tmp_path / "dangling").symlink_to("nowhere")
    targets = ("..", "missing/out.csv", "dangling", "x" * 250)
    for place in (Path(), *(tmp_path / target for target in targets)):
        with pytest.raises(StorageError):
            files.save_new(place, "text")

        assert [each.name for each in tmp_path.iterdir()] == ["dangling"], place


def test_a_copy_where_there_are_no_links(tmp_path: Path) -> None:
    """Where there are no hard links a copy is made, which overwrites nothing."""
    source, target = tmp_path / "source", tmp_path / "target"
    source.write_text("text", "utf-8")

    assert files.copy_new(source, target)
    assert not files.copy_new(source, target)
    assert (target.read_bytes(), mode(target)) == (b"text", 0o600)


def test_the_name_of_a_file_is_harmless() -> None:
    """The name of a file is shown without control characters."""
    assert files.display_path(Path("/a\x1b[2J\n\udcff")) == "/a\\x1b[2J\\n\\udcff"


def test_an_entry_has_its_offset(file: Path) -> None:
    """The local time is kept with its offset from UTC."""
    record(file, ENTRY)

    assert (
        datetime.fromisoformat("2025-06-14T18:00:00+00:00")
        == read_entries(file)[0].started
    )
    assert read_entries(file)[0].started.utcoffset() == timedelta(hours=2)
