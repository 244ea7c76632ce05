"""The end of a session: what is asked, kept and said, in a pipe and at a terminal."""

from __future__ import annotations

import csv
import json
import os
import re
import signal
import sqlite3
import subprocess
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
import typer

from acupress.commands import session
from acupress.dialogue.closing import close, keep, pain_after, session_closing_page
from acupress.dialogue.intake import Request, converse
from acupress.errors import StorageError
from acupress.journal.export import ENTRY_KEYS, as_csv, entry_document
from acupress.journal.remarks import WORSE_ADVICE
from acupress.journal.store import (
    LEAST_PRESSED,
    Entry,
    RecordedEntry,
    read_entries,
    record,
    summarise,
    where,
    whole_seconds,
)
from acupress.session.playhead import Ended, Quit
from acupress.session.screening import PointChoice, PregnancyAnswer, WarningSigns
from acupress.terminal.keys import BACKSPACE, ENTER, HUNG_UP
from acupress.terminal.system import keyboard as system_keyboard
from acupress.text.layout import plain_text
from support.catalogue import REAL, ROUTINES
from support.command import acupress_, complaint
from support.journals import TODAY, performed, thirty_sessions
from support.plans import SHORT
from support.stage import FakeTerminal
from support.terminal import ACUPRESS, DEADLINE, Left, PtyTerminal, needs_unix

ANSWERS = ("--pregnancy=no", "--warning-signs=none", "--cautions=none")
# No sound: the programs that play one keep files of their own in a home.
QUIET = (*ACUPRESS, "session", "upper-back", "--sound=off")
ONE = (*QUIET, "--only=TE3")
TWO = (*QUIET, "--only=KI27,TE3")
LONG = TWO
KEYS = ["started", "routine", "pressed_seconds", "finished", "before", "after", "note"]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return where the program keeps its journal when *tmp_path* is its home."""
    return tmp_path / "acupress" / "journal.db"


@pytest.fixture
def full(thirty: Path, file: Path) -> Path:
    """Return the journal of someone who has had thirty sessions."""
    copytree(thirty.parent, file.parent)
    return file


def at(home: Path) -> dict[str, str]:
    """Return the environment of someone whose data is in *home*."""
    return {"HOME": str(home), "XDG_DATA_HOME": str(home)}


def listed(home: Path) -> list[dict[str, Any]]:
    """Return what the program says about the sessions of someone."""
    ran = acupress_("journal", "--json", **at(home))

    assert (ran.returncode, ran.stderr) == (0, "")
    documents: list[dict[str, Any]] = json.loads(ran.stdout)
    return documents


def summed_up(home: Path) -> list[tuple[object, ...]]:
    """Return the sessions of someone, without when and how long they were."""
    kept = ("routine", "finished", "before", "after", "note")
    return [tuple(each[key] for key in kept) for each in listed(home)]


# Before


def conversed(*pressed: str, pain: int | None = None) -> tuple[int | None, list[str]]:
    """Return the pain that is agreed on by pressing keys, and all prompts."""
    request = Request(
        PregnancyAnswer.NO,
        WarningSigns.NONE,
        frozenset(),
        PointChoice(),
        minutes=None,
        starter=False,
        gated=False,
        pain=pain,
    )
    terminal = FakeTerminal((), [*pressed, ENTER])
    agreed = converse(terminal, request, REAL["upper-back"], ROUTINES)
    return agreed.pain, terminal.asked


@pytest.mark.parametrize(
    ("pressed", "expected"),
    [
        ("", None),
        ("0", 0),
        ("7", 7),
        ("10", 10),
        ("73", 3),
        ("1-0", 10),
        ("100", 0),
        ("w4w", 4),
        ("4x", 4),
    ],
)
def test_digits_on_the_plan_note_the_pain(pressed: str, expected: int | None) -> None:
    """The last digit counts, and 1 and 0 are ten; other keys do what they do."""
    assert expected == conversed(*pressed)[0]


def test_the_plan_shows_what_it_noted() -> None:
    """The prompt, which is always in sight, says it; backspace takes it back."""
    pain, prompts = conversed("1", "0", BACKSPACE)
    shown = [prompt.rpartition("  ")[2] for prompt in prompts]

    assert pain is None
    assert shown == [
        "0-10 pain now",
        "pain now: 1",
        "pain now: 10",
        "0-10 pain now",
    ]
    assert all(len(prompt) < 79 for prompt in prompts)


def test_an_option_is_only_where_it_begins() -> None:
    """What was given on the command line stands on the plan and can be changed."""
    assert conversed(pain=6)[0] == 6
    assert conversed("5", pain=6)[0] == 5


def test_the_plan_says_what_the_journal_knows(tmp_path: Path, file: Path) -> None:
    """It stands there until Enter, whatever is pressed, and not without a journal."""
    now = datetime.now(UTC).astimezone()
    for _ in range(3):
        record(file, Entry(now, "sleep", 600, finished=True, before=3, after=6))
    known = "3 sessions today, and worse after the last 3: leave it, and see someone."
    with PtyTerminal((*ONE, *ANSWERS), (80, 60), at(tmp_path)) as term:
        term.see_all(known, "Enter begins")
        term.type("7")
        term.see_all(known, "pain now: 7")
        term.type("w")
        term.see_all(known, "w wait: off")
        term.type("q")

        assert Left(0) == term.left()
    for way in ("--no-journal", "--rehearse"):
        with PtyTerminal((*ONE, *ANSWERS, way), (80, 60), at(tmp_path)) as term:
            term.see("Enter begins")

            assert "today" not in term.text.partition("q stops at any")[2]

    file.write_text("garbage", "utf-8")
    with PtyTerminal((*ONE, *ANSWERS), (80, 60), at(tmp_path)) as term:
        term.see("Enter begins")

        assert "acupress" not in term.text
    piped = acupress_("session", "KI27", *ANSWERS, "--rehearse", **at(tmp_path))

    assert piped.stderr == ""


@pytest.mark.parametrize("pain", ["11", "٣"])
def test_pain_is_a_whole_number(pain: str) -> None:
    """Anything else is refused before anything starts."""
    said = complaint("session", "upper-back", *ANSWERS, f"--pain={pain}", code=2)

    assert "write a whole number from 0 to 10" in said


# After


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([""], (None, "")),
        (["4"], (4, "")),
        (["11", "x" * 300], (None, "x" * 200)),
        (["11", "12", "4 better"], (4, "better")),
        (["11", "12", "13"], (None, "")),
        (["q"], (None, "")),
        ([" Quit "], (None, "")),
        ([], (None, "")),
    ],
)
def test_the_question_after(lines: list[str], expected: tuple[object, str]) -> None:
    """Enter skips it; three tries that are no number, and q, skip it, too."""
    terminal = FakeTerminal(lines)

    assert expected == pain_after(terminal, partner=False)
    assert set(terminal.asked) <= {"0-10"}


@pytest.mark.parametrize(
    ("until", "before", "kept", "asked"),
    [
        (None, None, True, 1),
        (None, 6, True, 1),
        (None, 6, False, 1),
        (None, None, False, 0),
        (70.0, 6, True, 0),
    ],
)
def test_who_is_asked(
    until: float | None,
    before: int | None,
    kept: bool,  # noqa: FBT001
    asked: int,
) -> None:
    """Not who has stopped, and not where the answer would be for nothing."""
    terminal = FakeTerminal([""])
    with system_keyboard(None, lambda: None) as keyboard:
        closed = close(performed(SHORT, until), TODAY, before, keyboard, terminal, kept)

    assert asked == len(terminal.asked)
    assert (closed.signal, closed.trouble) == (None, None)


def test_ended_by_a_signal() -> None:
    """Nobody is asked then, and the signal is what the program dies of."""
    done = performed(SHORT, 70.0)
    done = replace(done, head=replace(done.head, ending=Ended(HUNG_UP)))
    terminal = FakeTerminal([""])
    with system_keyboard(None, lambda: None) as keyboard:
        closed = close(done, TODAY, None, keyboard, terminal, False)  # noqa: FBT003

    assert (terminal.asked, closed.signal) == ([], HUNG_UP)


@pytest.mark.parametrize(
    ("ending", "code"), [(Quit.STALE, 3), (Quit.ASKED, 0), (None, 0)]
)
def test_nobody_was_there(
    ending: Quit | None, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """More than an hour away is no success, though what was pressed is kept."""
    done = performed(SHORT, 70.0 if ending else None)
    done = replace(done, head=replace(done.head, ending=ending))
    before = len(read_entries(where()))
    with system_keyboard(None, lambda: None) as keyboard:
        closed = close(done, TODAY, None, keyboard, None, True)  # noqa: FBT003
    ended = 0
    try:
        session._end(closed, rehearsal=False)  # noqa: SLF001 - nobody waits an hour
    except typer.Exit as left:
        ended = left.exit_code

    assert code == ended
    assert len(read_entries(where())) == before + 1
    assert ("More than an hour" in capsys.readouterr().out) == (code == 3)


def test_a_signal_while_it_is_kept() -> None:
    """A signal that comes then is not forgotten: first the record, then the end."""
    with system_keyboard(None, lambda: None) as keyboard:
        signal.raise_signal(signal.SIGTERM)
        closed = close(performed(SHORT), TODAY, None, keyboard, None, True)  # noqa: FBT003

    assert (closed.signal, closed.trouble) == (signal.SIGTERM, None)


def test_what_can_not_be_kept_is_told(tmp_path: Path) -> None:
    """The one line has the file, what is wrong with it, and the session."""
    (tmp_path / "journal.db").write_text("garbage", "utf-8")
    entry = summarise(performed(SHORT), TODAY, 6, 4)
    with pytest.raises(StorageError) as caught:
        keep(entry, lambda: tmp_path / "journal.db")

    assert "journal.db: is damaged" in str(caught.value)
    assert "To keep it by hand: 2025-06-14T20:00:00+02:00, a-routine, 120" in str(
        caught.value
    )


def test_the_closing_page() -> None:
    """What was done, how the pain was, how often, and what is next."""
    entries = thirty_sessions()
    entry = summarise(performed(SHORT), TODAY, 4, 3)
    kept = RecordedEntry(first=False, entries=(*entries, entry))
    text = plain_text(session_closing_page(performed(SHORT), entry, kept), 80)

    assert text.startswith(
        "Done: A routine, 2 minutes of pressing.\n"
        "Pain 4 before, 3 after.\n"
        "Seventh this week; second today: leave three hours; "
        "pain before sessions 6.2 →\n3.7.\n"
    )
    assert text.endswith("Next: acupress show TE3")


def test_the_closing_page_when_it_is_worse() -> None:
    """Then there is advice, and nothing to try next."""
    entry = summarise(performed(SHORT), TODAY, 4, 6)
    text = plain_text(session_closing_page(performed(SHORT), entry, None), 80)

    assert WORSE_ADVICE in text
    assert "Next" not in text


# The whole program, at a terminal


def begin(term: PtyTerminal, *keys: str) -> None:
    """Press *keys* at the plan, and Enter."""
    term.read_plan()
    for key in keys:
        term.type(key)
    term.type("\r")
    term.see("FIND IT")


def press(*terms: PtyTerminal) -> None:
    """Begin at each of *terms*, and wait until more than ten seconds were pressed."""
    for term in terms:
        begin(term, "5")
        term.type("\r")
    for term in terms:
        term.see("3:15 left")


def test_whatever_ends_a_session_it_counts(tmp_path: Path) -> None:
    """
    The keys, the question after, every signal, and a window that was closed.

    The first time says where it is kept and how not to. Where the journal fails,
    the session is summed up, and its record is a line to keep by hand.
    """
    needs_unix()
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)
    file = tmp_path / "b" / "acupress" / "journal.db"
    file.parent.mkdir(parents=True)
    file.write_text("garbage", "utf-8")
    with ExitStack() as stack:

        def sit(home: str = "a") -> PtyTerminal:
            environment = at(tmp_path / home)
            return stack.enter_context(
                PtyTerminal((*LONG, *ANSWERS), (200, 60), environment)
            )

        stopped, asked, broken, closed = sit(), sit(), sit(), sit()
        failed = sit("b"), sit("b")
        ended = [(number, sit()) for number in numbers]
        press(stopped, asked, broken, closed, *failed, *(term for _, term in ended))
        stopped.type("qq")

        assert Left(0) == stopped.left()
        assert "Kept in ~/acupress/journal.db" in stopped.text
        assert "--no-journal" in stopped.text
        assert "How is the pain" not in stopped.text

        for number, term in ended:
            term.send(number)

            assert Left(-number) == term.left()
            assert "Kept in" not in term.text

        for term, typed in ((asked, "11\r"), (broken, "\x03")):
            term.skip()
            term.see("How is the pain right now?")
            term.type(typed)
        asked.see("a whole number from 0 to 10")
        asked.type("8 not my day\r")

        assert Left(0) == asked.left()
        assert "Pain 5 before, 8 after." in asked.text
        assert WORSE_ADVICE in asked.text
        assert Left(-signal.SIGINT) == broken.left()

        closed.vanish()
        closed.turn_away(closed.ended, DEADLINE)

        assert closed.code == -signal.SIGHUP

        for term, typed, code in zip(
            failed, ("qq", "\x03"), (5, -signal.SIGINT), strict=True
        ):
            term.type(typed)

            assert Left(code) == term.left()
            assert term.text.startswith("Stopped after ")
            assert "acupress: ~/acupress/journal.db: is damaged" in term.text
            assert re.search(r"by hand: .*, upper-back,\s1\d seconds", term.text)

    assert file.read_text("utf-8") == "garbage"
    assert summed_up(tmp_path / "a") == [
        *[("upper-back", False, 5, None, None)] * 6,
        ("upper-back", False, 5, 8, "not my day"),
        ("upper-back", False, 5, None, None),
    ]


@pytest.mark.parametrize(
    ("keys", "said"), [("qq", ""), ("\x03", ""), ("", "8 so so\r"), ("", "\x03")]
)
@pytest.mark.parametrize("option", ["--picture=auto", "--plain"])
def test_of_next_to_nothing_nothing_is_kept(
    tmp_path: Path, keys: str, said: str, option: str
) -> None:
    """Under ten seconds pressed is no session: it is said, and no file is made."""
    broken = "\x03" in keys + said
    for _ in range(2):
        with PtyTerminal(
            (*TWO, *ANSWERS, "--pain=6", option), (80, 60), at(tmp_path)
        ) as term:
            term.see("Enter begins")
            term.type("\r")
            term.see("to get there")
            if keys:
                term.type(keys)
            else:
                term.skip()
                term.see("How is the pain right now?")
                term.type(said)

            assert Left(-signal.SIGINT if broken else 0) == term.left()
            assert (
                "Pressed for less than 10 seconds: nothing of it is kept."
                in " ".join(term.text.split())
            )
            assert "today" not in term.text.partition("Pressed for")[0]
            assert "Kept in" not in term.text

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("until", "kept"), [(24.9, False), (25.0, True)])
def test_ten_seconds_are_enough(until: float, kept: bool) -> None:  # noqa: FBT001
    """From the tenth second on there was a session, and it is kept and counted."""
    before = len(read_entries(where()))
    done = performed(SHORT, until)
    with system_keyboard(None, lambda: None) as keyboard:
        closed = close(done, TODAY, None, keyboard, None, True)  # noqa: FBT003
    text = plain_text(closed.page, 80)

    assert kept == (whole_seconds(done) >= LEAST_PRESSED)
    assert len(read_entries(where())) == before + kept
    assert ("this week" in text, "nothing of it is kept" in text) == (kept, not kept)


def test_nothing_is_kept_of_a_rehearsal(tmp_path: Path) -> None:
    """It asks nothing at its end and writes nothing anywhere."""
    rehearsal = (*TWO, *ANSWERS, "--rehearse", "--speed=1", "--pain=5")
    with PtyTerminal(rehearsal, (80, 24), at(tmp_path)) as term:
        begin(term)
        term.skip()

        assert Left(0) == term.left()
        assert term.text.startswith("Skipped to the end after 0:")

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("how", ["option", "config"])
def test_nothing_is_kept_without_a_journal(tmp_path: Path, how: str) -> None:
    """It still compares what was given, and writes nothing anywhere."""
    config = tmp_path / "config" / "acupress" / "config.toml"
    environment = {**at(tmp_path / "home"), "XDG_CONFIG_HOME": str(tmp_path / "config")}
    config.parent.mkdir(parents=True)
    config.write_text(f"journal = {str(how == 'option').lower()}\n", "utf-8")
    command = (*TWO, *ANSWERS, "--pain=5", *["--no-journal"][: how == "option"])
    with PtyTerminal(command, (80, 24), environment) as term:
        begin(term)
        term.skip()
        term.see("How is the pain right now?")
        term.type("4\r")

        assert Left(0) == term.left()
        assert "Pain 5 before, 4 after." in term.text
        assert "this week" not in term.text

    assert [each.name for each in tmp_path.iterdir()] == ["config"]
    assert list(config.parent.iterdir()) == [config]


def test_in_a_pipe(tmp_path: Path) -> None:
    """Without a terminal the pain comes by its option, and nothing is asked."""
    command = [*ONE, *ANSWERS, "--pain", "3", "--get-ready", "5"]
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, env=at(tmp_path)
    ) as program:
        assert program.stdout
        while b"(3 of 5)" not in (line := program.stdout.readline()):
            assert line
        program.terminate()
        said = program.stdout.read().decode()

    assert program.returncode == -signal.SIGTERM
    assert "First this week" in said
    assert summed_up(tmp_path) == [("upper-back", False, 3, None, None)]


# Privacy


def everything(home: Path) -> bytes:
    """Return the names and the bytes of all files under *home*."""
    files = [each for each in home.rglob("*") if each.is_file()]
    return b"\n".join(str(f).encode() + f.read_bytes() for f in files).lower()


def answered(term: PtyTerminal, answer: str) -> None:
    """Answer *answer* at a terminal, as far as the plan."""
    term.see("could you be pregnant")
    term.type(f"{answer}\r")
    if answer != "no":
        term.see("Enter goes on")
        term.type("\r")
    term.see("Does any of this fit")
    term.type("no\r")
    term.see("Do any of these fit")
    term.type("3\r")


def test_no_answer_no_point_and_no_reason_is_kept(tmp_path: Path) -> None:
    """Whatever was answered, what is kept is the same, but for the time."""
    homes = [tmp_path / name for name in ("a", "b", "c")]
    with ExitStack() as stack:
        terms = []
        for home, answer in zip(homes, ("yes", "unsure", "no"), strict=True):
            home.mkdir()
            terms.append(stack.enter_context(PtyTerminal(LONG, (80, 60), at(home))))
            answered(terms[-1], answer)
        press(*terms)
        for term in terms:
            term.type("qq")

            assert Left(0) == term.left()

    for home in homes:
        kept = everything(home).replace(str(tmp_path).encode().lower(), b"")

        assert [word for word in UNSAID if word.lower().encode() in kept] == []

    assert len({str(summed_up(home)) for home in homes}) == 1
    assert [{"acupress", "acupress/journal.db"}] * 3 == [
        {str(each.relative_to(home)) for each in home.rglob("*")} for home in homes
    ]


UNSAID = (
    *("yes", "unsure", "pregnan", "avoid", "veins", "caution", "screen"),
    *("reason", "asked", "signal", "quit", "left"),
    *sorted({step.point.code for each in ROUTINES for step in each.steps}),
)


# The commands


@pytest.mark.usefixtures("full")
def test_the_keys_of_the_contract(tmp_path: Path) -> None:
    """Every session is a document, the oldest first; nothing given is null."""
    documents = listed(tmp_path)

    assert [list(each) for each in documents] == [KEYS] * 30
    assert documents[0]["started"] == "2025-05-05T19:00:00+02:00"
    assert (documents[0]["before"], documents[0]["note"]) == (7, None)
    assert documents[2]["note"] == "long drive"
    assert documents[4]["after"] is None
    assert documents[4]["finished"] is False


@pytest.mark.usefixtures("full")
def test_filters(tmp_path: Path) -> None:
    """Days and routine choose, on the page and in JSON alike."""
    upper = acupress_("journal", "--json", "--routine", "upper-back", **at(tmp_path))
    recent = acupress_("journal", "--json", "--days", "1", **at(tmp_path))
    page = acupress_(
        "journal", "--days", "9999", "--routine", "upper-back", **at(tmp_path)
    )
    unknown = acupress_("journal", "--routine", "\x1b[2J", **at(tmp_path))

    assert {each["routine"] for each in json.loads(upper.stdout)} == {"upper-back"}
    assert len(json.loads(upper.stdout)) == 12
    assert json.loads(recent.stdout) == []
    assert page.stdout.startswith("Since 6 May 2025: 12 sessions")
    assert unknown.stdout == (
        'No session of "\\x1b[2J" is recorded, only of lower-back, upper-back.\n'
    )


def test_without_a_journal(tmp_path: Path) -> None:
    """Every command has something to say, and makes no file."""
    said = [
        acupress_(*arguments, **at(tmp_path)).stdout
        for arguments in (
            ["journal"],
            ["journal", "--json"],
            ["journal", "export", "--csv"],
            ["journal", "erase"],
        )
    ]

    assert said == [
        "Nothing is recorded yet. A session is, when it ends.\n",
        "[]\n",
        f"{','.join(KEYS)}\n",
        "There is no journal to erase.\n",
    ]
    assert list(tmp_path.iterdir()) == []


def test_export(tmp_path: Path, full: Path) -> None:
    """Both formats hold every session, on standard output or in a new file."""
    entries = read_entries(full)
    as_json = acupress_("journal", "export", "--json", **at(tmp_path)).stdout
    as_csv = acupress_("journal", "export", "--csv", **at(tmp_path)).stdout
    rows = list(csv.reader(StringIO(as_csv)))
    target = tmp_path / "mine.csv"
    saved = acupress_("journal", "export", "--csv", str(target), **at(tmp_path))
    again = acupress_("journal", "export", "--csv", str(target), **at(tmp_path))

    assert json.loads(as_json) == listed(tmp_path)
    assert rows[0] == KEYS
    assert len(rows) == len(entries) + 1
    assert rows[5][3:] == ["false", "5", "", ""]
    assert saved.stdout == "saved ~/mine.csv: 30 sessions\n"
    assert as_csv == target.read_text("utf-8")
    assert target.stat().st_mode & 0o777 == 0o600
    assert (again.returncode, again.stdout) == (5, "")
    assert again.stderr.startswith("acupress: ~/mine.csv: is there already")


@pytest.mark.parametrize("note", ["=1+1", "+1", "-1", "@x", '=HYPERLINK("x")', "a,b"])
def test_no_cell_is_a_formula(note: str) -> None:
    """A spreadsheet shows what was written, and computes nothing."""
    entry = Entry(TODAY, "lower-back", 1, finished=True, note=note)
    text = as_csv([entry_document(entry)], ENTRY_KEYS)
    cell = list(csv.reader(StringIO(text)))[1][-1]

    assert cell.removeprefix("'") == note
    assert cell[0] not in "=+-@"


@pytest.mark.usefixtures("full")
def test_a_drawing(tmp_path: Path) -> None:
    """It is a new file for its owner, and never written over another."""
    save = ("journal", "--days", "9999", "--save", str(tmp_path / "visit.svg"))
    first, second = acupress_(*save, **at(tmp_path)), acupress_(*save, **at(tmp_path))

    assert (first.returncode, first.stdout) == (0, "saved ~/visit.svg\n")
    assert (tmp_path / "visit.svg").read_text("utf-8").startswith("<svg ")
    assert (second.returncode, second.stdout) == (5, "")


@pytest.mark.usefixtures("full")
@pytest.mark.parametrize(
    ("command", "name"),
    [
        ("show GB21 --save=", "gb21.svg"),
        ("plan sleep --pregnancy no --save=", "sheet.html"),
        ("journal --days 9999 --save=", "visit.svg"),
        ("journal export --csv ", "mine.csv"),
    ],
)
def test_the_home_is_meant(tmp_path: Path, command: str, name: str) -> None:
    """No shell expands ``--save=~/x``: it is what it says, and no folder called ~."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    environment = {**os.environ, **at(tmp_path)}
    ran = [
        subprocess.run(
            (*ACUPRESS, *f"{command}{home}/{name}".split()),
            cwd=elsewhere,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        for home in ("~", "~nobody-here")
    ]

    assert (ran[0].returncode, (tmp_path / name).exists()) == (0, True)
    assert f"saved ~/{name}" in ran[0].stdout
    assert (ran[1].returncode, ran[1].stdout) == (5, "")
    assert ran[1].stderr == (
        f"acupress: ~nobody-here/{name}: there is no such home: write the whole name\n"
    )
    assert list(elsewhere.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--save", "x.png"], "give it a name that ends in .svg"),
        (["--save", "x.svg"], "no session is recorded that fits"),
        (["--save", "x.svg", "--json"], "exclude each other: give one"),
        (["--days", "3", "export", "--csv"], "these options go with `acupress"),
        (["export"], "add --csv for a spreadsheet, or --json for other programs: `"),
        (
            ["exprt"],
            'no command called "exprt" here; there are export, erase and set-aside',
        ),
        (["erase", "all"], '"all" is too much for `acupress journal erase`; see'),
    ],
)
def test_wrong_use(tmp_path: Path, arguments: list[str], expected: str) -> None:
    """Each is one line that says what to write."""
    ran = acupress_("journal", *arguments, **at(tmp_path))

    assert (ran.returncode, ran.stdout) == (2, "")
    assert len(ran.stderr.splitlines()) == 1
    assert expected in ran.stderr


@pytest.mark.parametrize(
    "arguments",
    [[], ["--save", "x.svg"], ["export", "--csv"], ["erase", "--yes"]],
)
def test_a_journal_that_can_not_be_read(
    tmp_path: Path, full: Path, arguments: list[str]
) -> None:
    """Code 5, one line with the file, nothing on standard output, nothing changed."""
    base = sqlite3.connect(full)
    base.execute("PRAGMA user_version = 7")
    base.close()
    before = full.read_bytes()
    ran = acupress_("journal", *arguments, **at(tmp_path))

    assert (ran.returncode, ran.stdout) == (5, "")
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
        ran = acupress_(*words.split(), **at(tmp_path))

        assert (ran.returncode, ran.stdout) == (5, "")
        assert ran.stderr == (
            "acupress: ~/acupress/journal.db: is not as acupress made it; it was left "
            "as it is: `acupress journal set-aside` moves it away\n"
        )
    assert before == full.read_bytes()
    assert [full] == list(full.parent.iterdir())


@pytest.mark.parametrize("spoilt", [b"", b"garbage"])
def test_the_way_out(tmp_path: Path, full: Path, spoilt: bytes) -> None:
    """It is said where it went, that a new one begins, and that erasing leaves it."""
    full.write_bytes(spoilt)
    failed = acupress_("journal", **at(tmp_path))
    moved = acupress_("journal", "set-aside", **at(tmp_path))
    (place,) = full.parent.iterdir()
    shown = f"~/acupress/{place.name}"
    none = acupress_("journal", "set-aside", **at(tmp_path))
    empty = acupress_("journal", **at(tmp_path))
    erased = acupress_("journal", "erase", "--yes", **at(tmp_path))
    record(full, Entry(TODAY, "lower-back", 600, finished=True))
    sound = acupress_("journal", "set-aside", **at(tmp_path))

    assert failed.returncode == 5
    assert "`acupress journal set-aside` moves it away" in failed.stderr
    assert moved.returncode == 0
    assert moved.stdout == (
        f"Set aside as it was, in {shown}. The next session begins a new journal.\n"
    )
    assert (place / "journal.db").read_bytes() == spoilt
    assert none.stdout == "There is no journal to set aside.\n"
    assert empty.stdout == "Nothing is recorded yet. A session is, when it ends.\n"
    assert erased.stdout == (
        f"There is no journal to erase.\nNot erased, since it was set aside: {shown}\n"
    )
    assert sound.stdout == (
        "Nothing is wrong with ~/acupress/journal.db: it was left where it is.\n"
    )
    assert len(read_entries(full)) == 1


@pytest.mark.parametrize(
    ("stated", "place"),
    [
        ("", "~/.local/share"),
        ("relative", "~/.local/share"),
        ("~/x", "~/.local/share"),
        ("/dev/null", "/dev/null"),
    ],
)
def test_where_the_journal_is(tmp_path: Path, stated: str, place: str) -> None:
    """A folder that is stated counts where it is absolute, even if it is none."""
    file = tmp_path / ".local" / "share" / "acupress" / "journal.db"
    file.parent.mkdir(parents=True)
    file.write_text("garbage", "utf-8")
    ran = acupress_("journal", HOME=str(tmp_path), XDG_DATA_HOME=stated)

    assert (ran.returncode, ran.stdout) == (5, "")
    assert ran.stderr.startswith(f"acupress: {place}/acupress")


def test_erasing_needs_a_word(tmp_path: Path, full: Path) -> None:
    """Where nobody can be asked it needs its option; then it says what it leaves."""
    refused = acupress_("journal", "erase", typed="yes\n", **at(tmp_path))

    assert (refused.returncode, refused.stdout, len(read_entries(full))) == (3, "", 30)
    assert "add --yes" in refused.stderr

    erased = acupress_("journal", "erase", "--yes", **at(tmp_path))

    assert erased.returncode == 0
    assert "What it can not reach: backups" in erased.stdout
    assert list(full.parent.iterdir()) == []


@pytest.mark.parametrize("answer", ["\r", "yes\r", "\x03"])
def test_erasing_asks(tmp_path: Path, full: Path, answer: str) -> None:
    """Only yes is yes."""
    with PtyTerminal((*ACUPRESS, "journal", "erase"), (80, 24), at(tmp_path)) as term:
        term.see("Erase the whole journal, 30 sessions in ~/acupress/journal.db?")
        term.type(answer)

        assert Left(-signal.SIGINT if answer == "\x03" else 0) == term.left()

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
    ran = acupress_("journal", "--days", "9999", **at(tmp_path))

    assert ran.returncode == 0
    assert "10000 sessions" in ran.stdout
