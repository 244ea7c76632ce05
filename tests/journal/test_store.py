"""The journal on a disk: what is kept, and that it survives whatever happens."""

from __future__ import annotations

import os
import random
import select
import signal
import sqlite3
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
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
        record(file, replace(ENTRY, pressed=number))
    return file


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
    names = [field.name for field in fields(Entry)]

    assert " ".join(names) == "started routine pressed finished before after note"


def test_a_session_played_to_its_end() -> None:
    """The seconds really pressed are kept, in whole ones."""
    entry = summarise(performed(SHORT), TODAY, 6, 4, " a \n note ")
    expected = replace(ENTRY, routine="a-routine", pressed=120)

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
    suppress_health_check=[HealthCheck.function_scoped_fixture],
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
        record(file, replace(ENTRY, started=TODAY + timedelta(days=day)))

    assert days == [(entry.started - TODAY).days for entry in read_entries(file)]


def test_only_the_first_time_is_the_first(file: Path) -> None:
    """Whoever recorded first is told so, and gets all entries each time."""
    first, second = record(file, ENTRY), record(file, ENTRY)

    assert (first.first, second.first) == (True, False)
    assert (first.entries, second.entries) == ((ENTRY,), (ENTRY, ENTRY))


def test_by_hand() -> None:
    """What could not be saved fits into a line."""
    assert by_hand(ENTRY) == (
        "2025-06-14T20:00:00+02:00, lower-back, 600 seconds pressed, finished, "
        "pain before 6, pain after 4, a note"
    )
    assert by_hand(
        replace(ENTRY, before=None, after=None, finished=False, note="")
    ) == ("2025-06-14T20:00:00+02:00, lower-back, 600 seconds pressed, not finished")


# Who may read it


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077, 0o777])
def test_modes(file: Path, mask: int) -> None:
    """Folder and file are for their owner alone, whatever the umask."""

    def act() -> None:
        os.umask(mask)
        record(file, ENTRY)

    assert code_of(in_child(act)) == 0
    assert (mode(file.parent), mode(file)) == (0o700, 0o600)


def test_it_is_tightened(written: Path) -> None:
    """What others could read or write is made private again."""
    for act in (lambda: read_entries(written), lambda: record(written, ENTRY)):
        written.parent.chmod(0o777)
        written.chmod(0o644)
        act()

        assert (mode(written.parent), mode(written)) == (0o700, 0o600)


@pytest.mark.skipif(not ROOT, reason="only root can give files away")
@pytest.mark.parametrize("which", ["file", "folder"])
def test_what_belongs_to_someone_else(written: Path, which: str) -> None:
    """A journal of someone else is not read, not written and not taken over."""
    theirs = written if which == "file" else written.parent
    os.chown(theirs, 65534, 65534)
    before = snapshot(written.parent)
    refused = refusals(written)

    assert before == snapshot(written.parent)
    assert all("belongs to another user" in each for each in refused)


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
    """Return what is said when *file* is read, written and erased."""
    said = []
    for act in (
        lambda: read_entries(file),
        lambda: record(file, ENTRY),
        lambda: erase(file),
    ):
        with pytest.raises(StorageError) as caught:
            act()
        said.append(str(caught.value))
    return said


@pytest.mark.parametrize("how", SPOILT)
def test_what_is_no_journal_is_never_touched(written: Path, how: str) -> None:
    """It is named in one line, and every byte in its folder stays as it was."""
    spoil, expected = SPOILT[how]
    spoil(written)
    before = snapshot(written.parent)
    refused = refusals(written)

    assert before == snapshot(written.parent)
    assert all(expected in each and "journal.db" in each for each in refused)
    assert not any("delete" in each or "\n" in each for each in refused)


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


def test_the_rest_of_a_journal_that_is_gone(written: Path) -> None:
    """A log without its journal would be played into the new one; so it is told."""
    only_a_log(written)
    before = snapshot(written.parent)
    with pytest.raises(StorageError, match="set-aside` moves it away"):
        record(written, ENTRY)

    assert before == snapshot(written.parent)


# The way out


DAY = TODAY.date()


@pytest.mark.parametrize("how", SPOILT)
def test_set_aside_it_is_whole_and_the_next_one_begins(written: Path, how: str) -> None:
    """Whatever lay there lies in a private folder, byte for byte; then all is new."""
    SPOILT[how][0](written)
    before = snapshot(written.parent)
    place = set_aside(written, DAY)

    assert place == written.parent / "journal-2025-06-14"
    assert mode(place) == 0o700
    assert before == {**snapshot(place), **others(written, "other")}
    assert record(written, ENTRY).first
    assert list(read_entries(written)) == [ENTRY]


def others(file: Path, *names: str) -> dict[str, bytes | str]:
    """Return what is beside *file* under one of *names*."""
    return {name: it for name, it in snapshot(file.parent).items() if name in names}


def test_the_rest_of_a_journal_is_set_aside_too(written: Path) -> None:
    """What a journal left behind goes, and the next session begins a new one."""
    only_a_log(written)
    before = snapshot(written.parent)
    place = set_aside(written, DAY)

    assert place
    assert before == snapshot(place)
    assert record(written, ENTRY).first


def test_nothing_is_written_over(written: Path) -> None:
    """A second one on the same day has a name of its own, whatever has the first."""
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
    """A sound journal is not moved, nor one that is only busy; nor is what is not."""
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
    """What SQLite needs to undo half a record goes along under its name."""
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
    """However the source is laid out, what 1.0.0 made is not taken for foreign."""
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


@pytest.mark.parametrize("what", ["file", "link", "dangling"])
def test_a_folder_that_is_none(tmp_path: Path, what: str) -> None:
    """A folder that is a file or a link is refused, and so is what it leads to."""
    folder, other = tmp_path / "acupress", tmp_path / "other"
    if what == "file":
        folder.write_text("mine", "utf-8")
    else:
        if what == "link":
            other.mkdir()
        folder.symlink_to(other)
    with pytest.raises(StorageError):
        record(folder / "journal.db", ENTRY)

    assert ({"other", "acupress"} if what == "link" else {"acupress"}) == set(
        snapshot(tmp_path)
    )
    assert not other.exists() or list(other.iterdir()) == []


@pytest.mark.parametrize("place", ["/proc/acupress", "/dev/null/acupress"])
def test_a_home_that_can_not_be_written(place: str) -> None:
    """Even root can write there nothing; it is one line that names the folder."""
    with pytest.raises(StorageError, match=place):
        record(Path(place) / "journal.db", ENTRY)


@pytest.mark.parametrize("act", [read_entries, lambda file: record(file, ENTRY), erase])
def test_a_link_that_comes_at_the_last_moment(
    written: Path, act: Callable[[Path], object]
) -> None:
    """A link put there between the look at it and the opening is not followed."""
    other = written.with_name("other")
    before = written.read_bytes()

    def swap(called: object) -> None:
        if called is os.open and not other.exists():
            written.rename(other)
            written.symlink_to(other)

    with watching(swap), pytest.raises(StorageError, match=r"journal\.db"):
        act(written)

    assert before == other.read_bytes()


@contextmanager
def watching(tell: Callable[[object], None]) -> Iterator[None]:
    """Tell of each function of the system, in C, that is about to be called."""

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
            record(written, replace(ENTRY, note="x" * 200, pressed=number))

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
    """It is not waited for without end: the session is told by hand."""
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


def test_two_sessions_end_together(file: Path) -> None:
    """Twenty times at once, from the very first on: forty records."""
    for number in range(20):

        def act(number: int = number) -> None:
            record(file, replace(ENTRY, pressed=number))

        both = [in_child(act), in_child(act)]

        assert [code_of(pid) for pid in both] == [0, 0]

    assert sorted([*range(20)] * 2) == sorted(
        entry.pressed for entry in read_entries(file)
    )


def saving(file: Path, told: int, begin: int) -> Callable[[], None]:
    """Return what records sessions without end, and tells each that is kept."""

    def act() -> None:
        for number in range(begin, begin + 1000):
            record(file, replace(ENTRY, pressed=number, note="n" * (number % 150)))
            os.write(told, b".")

    return act


def lives(chance: random.Random) -> Iterator[tuple[int, float]]:
    """Yield after how many records, and seconds more, each process is killed."""
    for number in range(100):
        yield number % 3, chance.random() ** 2 * 0.02


def test_killed_at_a_hundred_moments(tmp_path: Path) -> None:
    """``kill -9`` at any moment: readable, and what was acknowledged is there."""
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

        acknowledged += len(os.read(ready, 1000))
        os.close(ready)
        pressed = [entry.pressed for entry in read_entries(file)]

        assert list(range(len(pressed))) == pressed
        assert kept + acknowledged <= len(pressed) <= kept + acknowledged + 1

        kept = len(pressed)


# Erasing


def test_erasing_overwrites(written: Path) -> None:
    """The file goes, and so does what was in it, for whoever finds its pages."""
    record(written, replace(ENTRY, note="very private"))
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
    """A record waits, or stands alone in a new file; none of them is half."""

    def sessions() -> None:
        for number in range(30):
            record(file, replace(ENTRY, pressed=number))

    def erasing() -> None:
        for _ in range(30):
            erase(file)

    pids = [in_child(sessions), in_child(erasing)]

    assert [code_of(pid) for pid in pids] == [0, 0]

    left = [entry.pressed for entry in read_entries(file)]

    assert left == list(range(30))[30 - len(left) :]


# Other files


def test_a_new_file_is_whole_and_private(tmp_path: Path) -> None:
    """What is saved is readable by its owner, and never written over."""
    target = tmp_path / "out.csv"
    files.save_new(target, "first")
    with pytest.raises(StorageError, match="nothing is overwritten"):
        files.save_new(target, "second")

    assert (target.read_bytes(), mode(target)) == (b"first", 0o600)
    assert [target] == list(tmp_path.iterdir())


@pytest.mark.parametrize("target", ["", "..", "missing/out.csv", "dangling", "x" * 250])
def test_a_file_that_can_not_be_made(tmp_path: Path, target: str) -> None:
    """It is one line, and nothing is left behind."""
    (tmp_path / "dangling").symlink_to("nowhere")
    place = tmp_path / target if target else Path()
    with pytest.raises(StorageError):
        files.save_new(place, "text")

    assert [each.name for each in tmp_path.iterdir()] == ["dangling"]


def test_a_copy_where_there_are_no_links(tmp_path: Path) -> None:
    """A memory stick gets a copy, which is not written over anything either."""
    source, target = tmp_path / "source", tmp_path / "target"
    source.write_text("text", "utf-8")

    assert files.copy_new(source, target)
    assert not files.copy_new(source, target)
    assert (target.read_bytes(), mode(target)) == (b"text", 0o600)


def test_the_name_of_a_file_is_harmless() -> None:
    """Whatever a folder is called, its name does nothing to a terminal."""
    assert files.display_path(Path("/a\x1b[2J\n\udcff")) == "/a\\x1b[2J\\n\\udcff"


def test_an_entry_has_its_offset(file: Path) -> None:
    """The time on the wall is kept with its offset from UTC."""
    record(file, ENTRY)

    assert (
        datetime.fromisoformat("2025-06-14T18:00:00+00:00")
        == read_entries(file)[0].started
    )
    assert read_entries(file)[0].started.utcoffset() == timedelta(hours=2)
