"""``acupress journal``: pages, documents, drawings, and what mends a journal."""

from __future__ import annotations

import csv
import json
import os
import signal
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from io import StringIO
from pathlib import Path
from shutil import copytree

import pytest

from acupress.errors import StorageError
from acupress.journal.export import ENTRY_KEYS, as_csv, session_documents
from acupress.journal.store import Entry, read_entries, record
from support.command import complaint, home_in, invoke
from support.journals import TODAY
from support.terminal import ACUPRESS, Left
from support.terminal_sessions import PtySession

KEYS = [
    *("started", "routine", "pressed_seconds", "finished", "before", "after", "note"),
    *("week", "weeks_in_a_row"),
]


@pytest.fixture
def full(thirty: Path, tmp_path: Path) -> Path:
    """Return the journal of someone who has had thirty sessions."""
    file = tmp_path / "acupress" / "journal.db"
    copytree(thirty.parent, file.parent)
    return file


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Path]:
    """Stand in an empty folder."""
    before = Path.cwd()
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    os.chdir(folder)
    yield folder
    os.chdir(before)


@pytest.mark.usefixtures("full")
def test_the_keys_of_the_contract(tmp_path: Path) -> None:
    """Every session is a document, the oldest first; nothing given is null."""
    documents = json.loads(invoke("journal", "--json", **home_in(tmp_path)).stdout)

    assert [list(each) for each in documents] == [KEYS] * 30
    assert [documents[n]["weeks_in_a_row"] for n in (0, -1)] == [1, 6]
    assert documents[0]["started"] == "2025-05-05T19:00:00+02:00"
    assert (documents[0]["before"], documents[0]["note"]) == (7, None)
    assert documents[2]["note"] == "long drive"
    assert documents[4]["after"] is None
    assert documents[4]["finished"] is False


@pytest.mark.usefixtures("full")
def test_filters(tmp_path: Path) -> None:
    """Days and routine choose, on the page and in JSON alike."""
    home = home_in(tmp_path)
    upper = invoke("journal", "--json", "--routine", "upper-back", **home)
    recent = invoke("journal", "--json", "--days", "1", **home)
    page = invoke("journal", "--days", "9999", "--routine", "upper-back", **home)
    unknown = invoke("journal", "--routine", "\x1b[2J", **home)

    assert {each["routine"] for each in json.loads(upper.stdout)} == {"upper-back"}
    assert len(json.loads(upper.stdout)) == 12
    assert json.loads(recent.stdout) == []
    assert page.stdout.startswith("Since 6 May 2025: 12 sessions")
    assert unknown.stdout == (
        'No session of "\\x1b[2J" is recorded, only of lower-back, upper-back.\n'
    )


def test_without_a_journal(tmp_path: Path) -> None:
    """Every command has something to say, and makes no file."""
    said = {
        "": "Nothing is recorded yet: a session is kept here when it ends.\n",
        "--json": "[]\n",
        "export --csv": f"{','.join(KEYS)}\n",
        "erase": "There is no journal to erase.\n",
    }

    assert said == {
        words: invoke("journal", *words.split(), **home_in(tmp_path)).stdout
        for words in said
    }
    assert list(tmp_path.iterdir()) == []


def test_export(tmp_path: Path, full: Path) -> None:
    """Both formats hold every session, on standard output or in a new file."""
    home = home_in(tmp_path)
    entries = read_entries(full)
    shown = invoke("journal", "--json", **home).stdout
    as_json = invoke("journal", "export", "--json", **home).stdout
    in_rows = invoke("journal", "export", "--csv", **home).stdout
    rows = list(csv.reader(StringIO(in_rows)))
    target = tmp_path / "mine.csv"
    saved = invoke("journal", "export", "--csv", str(target), **home)
    again = invoke("journal", "export", "--csv", str(target), **home)

    assert json.loads(as_json) == json.loads(shown)
    assert rows[0] == KEYS
    assert len(rows) == len(entries) + 1
    assert rows[5][3:] == ["false", "5", "", "", "2025-W19", "1"]
    assert saved.stdout == "saved ~/mine.csv: 30 sessions\n"
    assert in_rows == target.read_text("utf-8")
    assert in_rows == invoke("journal", "export", "--csv", "-", **home).stdout
    assert not Path("-").exists()
    assert (again.returncode, again.stdout) == (5, "")
    assert again.stderr.startswith("acupress: ~/mine.csv: is there already")


def test_letters_are_right_in_a_spreadsheet(tmp_path: Path, full: Path) -> None:
    """A file with more than ASCII has the mark that Excel needs; a pipe has not."""
    record(full, Entry(TODAY, "lower-back", 600, finished=True, note="müde"))
    target, other = tmp_path / "mine.csv", tmp_path / "mine.json"
    for words in (("--csv", str(target)), ("--json", str(other)), ("--csv",)):
        ran = invoke("journal", "export", *words, **home_in(tmp_path))

    assert target.read_bytes().startswith(b"\xef\xbb\xbfstarted,")
    assert other.read_bytes().startswith(b"[")
    assert ran.stdout.startswith("started,")
    assert target.read_text("utf-8-sig") == ran.stdout


def test_no_cell_is_a_formula() -> None:
    """A spreadsheet shows what was written, and computes nothing."""
    for note in ("=1+1", "+1", "-1", "@x", '=HYPERLINK("x")', "a,b"):
        entry = Entry(TODAY, "lower-back", 1, finished=True, note=note)
        text = as_csv(session_documents([entry], []), ENTRY_KEYS)
        cell = list(csv.reader(StringIO(text)))[1][KEYS.index("note")]

        assert cell.removeprefix("'") == note
        assert cell[0] not in "=+-@"


@pytest.mark.usefixtures("full")
def test_a_drawing(tmp_path: Path) -> None:
    """It is a new file for its owner, and never written over another."""
    save = ("journal", "--days", "9999", "--save", str(tmp_path / "visit.svg"))
    first, second = (invoke(*save, **home_in(tmp_path)) for _ in range(2))

    assert (first.returncode, first.stdout) == (0, "saved ~/visit.svg\n")
    assert (tmp_path / "visit.svg").read_text("utf-8").startswith("<svg ")
    assert (second.returncode, second.stdout) == (5, "")


@pytest.mark.usefixtures("full")
def test_the_home_is_meant(tmp_path: Path, elsewhere: Path) -> None:
    """No shell expands ``--save=~/x``: it is what it says, and no folder called ~."""
    for command, name in (
        ("show GB21 --save=", "gb21.svg"),
        ("plan sleep --pregnancy no --save=", "sheet.html"),
        ("journal --days 9999 --save=", "visit.svg"),
        ("journal export --csv ", "mine.csv"),
    ):
        saved, refused = (
            invoke(*f"{command}{home}/{name}".split(), **home_in(tmp_path))
            for home in ("~", "~nobody-here")
        )

        assert (name, saved.returncode) == (name, 0)
        assert (tmp_path / name).exists()
        assert f"saved ~/{name}" in saved.stdout
        assert (name, refused.returncode, refused.stdout) == (name, 5, "")
        assert refused.stderr == (
            f"acupress: ~nobody-here/{name}: there is no such home: "
            "write the whole name\n"
        )
    assert list(elsewhere.iterdir()) == []


WRONG_USE = {
    "--save x.png": "give it a name that ends in .svg",
    "--save x.svg": "no session is recorded that fits",
    "--save x.svg --json": "exclude each other: give one",
    "--days 3 export --csv": "these options go with `acupress",
    "export": "add --csv for a spreadsheet, or --json for other programs: `",
    "exprt": "there are add, export, erase and set-aside",
    "erase all": '"all" is too much for `acupress journal erase`; see',
}


def test_wrong_use_of_a_journal() -> None:
    """Each is one line that says what to write."""
    for words, expected in WRONG_USE.items():
        assert expected in complaint("journal", *words.split(), code=2), words


def test_a_journal_that_can_not_be_read(tmp_path: Path, full: Path) -> None:
    """Code 5, one line with the file, nothing on standard output, nothing changed."""
    base = sqlite3.connect(full)
    base.execute("PRAGMA user_version = 7")
    base.close()
    before = full.read_bytes()
    for words in ("", "--save x.svg", "export --csv", "erase --yes"):
        ran = invoke("journal", *words.split(), **home_in(tmp_path))

        assert (words, ran.returncode, ran.stdout) == (words, 5, "")
        assert ran.stderr == (
            "acupress: ~/acupress/journal.db: was written by a newer acupress: "
            "update acupress; it was left as it is\n"
        )
        assert before == full.read_bytes()


def test_a_trigger_in_the_journal(tmp_path: Path, full: Path) -> None:
    """Nothing of ours sets it off: each command refuses, and no byte changes."""
    base = sqlite3.connect(full)
    base.execute(
        "CREATE TRIGGER t AFTER INSERT ON session BEGIN DELETE FROM session; END"
    )
    base.commit()
    base.close()
    before = full.read_bytes()
    with pytest.raises(StorageError, match="is not as acupress made it"):
        record(full, Entry(TODAY, "lower-back", 600, finished=True))
    for words in ("journal", "journal export --csv", "journal erase --yes"):
        ran = invoke(*words.split(), **home_in(tmp_path))

        assert (ran.returncode, ran.stdout) == (5, "")
        assert ran.stderr == (
            "acupress: ~/acupress/journal.db: is not as acupress made it; it was left "
            "as it is: `acupress journal set-aside` moves it away, whole, and the next "
            "session begins a new journal\n"
        )
    assert before == full.read_bytes()
    assert [full] == list(full.parent.iterdir())


@pytest.mark.parametrize("spoilt", [b"", b"garbage"])
def test_a_journal_that_is_set_aside(tmp_path: Path, full: Path, spoilt: bytes) -> None:
    """It is said where it went, that a new one begins, and that erasing leaves it."""
    home = home_in(tmp_path)
    full.write_bytes(spoilt)
    failed = invoke("journal", **home)
    moved = invoke("journal", "set-aside", **home)
    (place,) = full.parent.iterdir()
    shown = f"~/acupress/{place.name}"
    none = invoke("journal", "set-aside", **home)
    empty = invoke("journal", **home)
    erased = invoke("journal", "erase", "--yes", **home)
    record(full, Entry(TODAY, "lower-back", 600, finished=True))
    sound = invoke("journal", "set-aside", **home)

    assert failed.returncode == 5
    assert "`acupress journal set-aside` moves it away" in failed.stderr
    assert moved.returncode == 0
    assert moved.stdout == (
        f"Set aside as it was, in {shown}. The next session begins a new journal.\n"
    )
    assert (place / "journal.db").read_bytes() == spoilt
    assert none.stdout == "There is no journal to set aside.\n"
    assert (
        empty.stdout
        == "Nothing is recorded yet: a session is kept here when it ends.\n"
    )
    assert erased.stdout == (
        f"There is no journal to erase.\nNot erased, since it was set aside: {shown}\n"
    )
    assert sound.stdout == (
        "Nothing is wrong with ~/acupress/journal.db: it was left where it is.\n"
    )
    assert len(read_entries(full)) == 1


def test_where_the_journal_is(tmp_path: Path) -> None:
    """A folder that is stated counts where it is absolute, even if it is none."""
    file = tmp_path / ".local" / "share" / "acupress" / "journal.db"
    file.parent.mkdir(parents=True)
    file.write_text("garbage", "utf-8")
    for stated, place in (
        ("", "~/.local/share"),
        ("relative", "~/.local/share"),
        ("~/x", "~/.local/share"),
        ("/dev/null", "/dev/null"),
    ):
        ran = invoke("journal", HOME=str(tmp_path), XDG_DATA_HOME=stated)

        assert (stated, ran.returncode, ran.stdout) == (stated, 5, "")
        assert ran.stderr.startswith(f"acupress: {place}/acupress"), stated


def test_erasing_needs_a_word(tmp_path: Path, full: Path) -> None:
    """Where nobody can be asked it needs its option; then it says what it leaves."""
    home = home_in(tmp_path)
    refused = invoke("journal", "erase", typed="yes\n", **home)

    assert (refused.returncode, refused.stdout, len(read_entries(full))) == (3, "", 30)
    assert "add --yes" in refused.stderr

    erased = invoke("journal", "erase", "--yes", **home)

    assert erased.returncode == 0
    assert "What it can not reach: backups" in erased.stdout
    assert list(full.parent.iterdir()) == []


def test_erasing_asks(tmp_path: Path, full: Path) -> None:
    """Only yes is yes."""
    for answer, code in (("\r", 0), ("\x03", -signal.SIGINT), ("yes\r", 0)):
        command = (*ACUPRESS, "journal", "erase")
        with PtySession(command, (80, 24), home_in(tmp_path)) as term:
            term.see("Erase the whole journal, 30 sessions in ~/acupress/journal.db?")
            term.type(answer)

            assert (answer, Left(code)) == (answer, term.left())

        assert (answer != "yes\r") == full.exists()


def test_ten_thousand_sessions(tmp_path: Path) -> None:
    """They are all counted; how long that takes is told by the benchmark."""
    file = tmp_path / "acupress" / "journal.db"
    row = "SELECT NULL, started, routine, pressed, finished, before, after, note"
    for number in range(10):
        record(file, Entry(TODAY, "lower-back", number, finished=True, before=5))
    base = sqlite3.connect(file)
    for _ in range(999):
        base.execute(f"INSERT INTO session {row} FROM session WHERE number <= 10")
    base.commit()
    base.close()
    ran = invoke("journal", "--days", "9999", **home_in(tmp_path))

    assert ran.returncode == 0
    assert "10000 sessions" in ran.stdout


ADDED = {
    "--routine": "upper-back",
    "--at": "2026-11-20T21:05:00+01:00",
    "--pressed": "290",
    "--pain": "5",
    "--after": "3",
}


def test_a_session_of_a_page_is_kept_like_any(tmp_path: Path) -> None:
    """It is in the journal, which says so; the same one twice is refused."""
    words = [word for pair in ADDED.items() for word in pair]
    first = invoke("journal", "add", *words, "--finished", **home_in(tmp_path))
    again = invoke("journal", "add", *words, **home_in(tmp_path))
    (entry,) = read_entries(tmp_path / "acupress" / "journal.db")

    assert (first.returncode, first.stderr) == (0, "")
    assert "Added: 2026-11-20T21:05:00+01:00, upper-back, 290 sec" in first.stdout
    assert "Kept in " in first.stdout
    assert (again.returncode, again.stdout) == (2, "")
    assert "is in the journal already" in again.stderr
    started = datetime.fromisoformat(ADDED["--at"])
    assert entry == Entry(started, "upper-back", 290, finished=True, before=5, after=3)


NOT_ADDED = (
    ("--routine", "lower", "is no routine: `acupress routines` lists them"),
    ("--routine", "UPPER-BACK", "is no routine"),
    ("--at", "2026-11-20", "write the time and its offset as"),
    ("--at", "2026-11-20T21:05:00", "write the time and its offset as"),
    ("--at", "2026-02-30T21:05:00+01:00", "write the time and its offset as"),
    ("--at", "2026-11-20T21:05:00+01:00x", "write the time and its offset as"),
    ("--at", "9026-11-20T21:05:00+01:00", "is still to come"),
    ("--pressed", "9", "write a whole number from 10 to 7200"),
    ("--pressed", "7201", "write a whole number from 10 to 7200"),
    ("--pressed", "290.5", "write a whole number from 10 to 7200"),
    ("--pain", "11", "write a whole number from 0 to 10"),
    ("--after", "-1", "write a whole number from 0 to 10"),
    ("--after", "٣", "write a whole number from 0 to 10"),
)


@pytest.mark.parametrize(("option", "value", "expected"), NOT_ADDED)
def test_what_is_added_is_checked(
    tmp_path: Path, option: str, value: str, expected: str
) -> None:
    """One line that says what to write, exit code 2, and nothing is kept."""
    words = [word for pair in {**ADDED, option: value}.items() for word in pair]
    ran = invoke("journal", "add", *words, **home_in(tmp_path))

    assert (ran.returncode, ran.stdout) == (2, "")
    assert expected in ran.stderr
    assert len(ran.stderr.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("missing", ["--routine", "--at", "--pressed"])
def test_what_is_added_is_whole(tmp_path: Path, missing: str) -> None:
    """Without one of these there is nothing to keep."""
    words = [
        word for key, value in ADDED.items() if key != missing for word in (key, value)
    ]
    ran = invoke("journal", "add", *words, **home_in(tmp_path))

    assert (ran.returncode, ran.stdout) == (2, "")
    assert f"{missing} is missing" in ran.stderr


def test_erasing_takes_what_could_be_resumed(tmp_path: Path) -> None:
    """With a journal and without one, nothing of any session is left."""
    home, folder = home_in(tmp_path), tmp_path / "acupress"
    folder.mkdir(mode=0o700, exist_ok=True)
    for recorded in (False, True):
        if recorded:
            record(folder / "journal.db", Entry(TODAY, "neck", 600, finished=True))
        (folder / "resume.json").write_text("{}", "utf-8")
        ran = invoke("journal", "erase", "--yes", **home)

        assert ran.returncode == 0
        assert list(folder.iterdir()) == []
