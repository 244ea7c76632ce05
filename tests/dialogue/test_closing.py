"""The end of a session: what is asked, kept and said, in a pipe and at a terminal."""

from __future__ import annotations

import json
import re
import signal
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import typer

from acupress.commands import guiding
from acupress.dialogue.closing import (
    Done,
    close,
    keep,
    pain_after,
    session_closing_page,
)
from acupress.dialogue.intake import converse
from acupress.dialogue.plan_screen import AgreedPlan, Request
from acupress.errors import StorageError
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
from acupress.terminal.keys import BACKSPACE, ENTER, STOPPING
from acupress.terminal.system import keyboard as system_keyboard
from acupress.text.layout import plain_text
from support.catalogue import REAL, ROUTINES
from support.command import home_in, invoke
from support.journals import TODAY, performed, thirty_sessions
from support.plans import SHORT
from support.stage import FakeTerminal
from support.terminal import ACUPRESS, DEADLINE, Left, PtyTerminal, needs_unix
from support.terminal_sessions import ANSWERS, PtySession, seconds_left

# No sound: the programs that play one keep files of their own in a home.
QUIET = (*ACUPRESS, "session", "upper-back", "--sound=off", "--picture=none")
TWO = (*QUIET, "--only=KI27,TE3")
PAIN_NOW = "How is the pain right now?"


def summed_up(home: Path) -> list[tuple[object, ...]]:
    """Return the sessions kept in *home*, without when and how long they were."""
    ran = invoke("journal", "--json", **home_in(home))
    documents: list[dict[str, Any]] = json.loads(ran.stdout)
    kept = ("routine", "finished", "before", "after", "note")

    assert (ran.returncode, ran.stderr) == (0, "")
    return [tuple(each[key] for key in kept) for each in documents]


# Before


def conversed(
    *pressed: str, lines: Sequence[str] = (), pain: int | None = None
) -> tuple[int | None, str, FakeTerminal]:
    """Return the pain and the note agreed on by keys and *lines* typed after digits."""
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
    terminal = FakeTerminal(lines, [*pressed, ENTER])
    agreed = converse(terminal, request, REAL["upper-back"], ROUTINES)
    return agreed.pain, agreed.remark, terminal


def test_a_digit_on_the_plan_begins_a_small_field() -> None:
    """What follows is of the pain or a note, never a command; an empty line leaves."""
    for digit, rest, expected in (
        ("0", "", (0, "")),
        ("7", "", (7, "")),
        ("1", "0", (10, "")),
        ("3", "/10", (3, "")),
        ("1", "0/10 after gardening", (10, "after gardening")),
        ("3", " / 10", (3, "")),
        ("3", " out of 10, better", (3, "better")),
        ("3", " slept badly", (3, "slept badly")),
        ("3", " worse today, q w", (3, "worse today, q w")),
        ("3", "\uff0f\uff11\uff10", (3, "")),
    ):
        pain, note, _ = conversed(digit, lines=[rest])
        assert (digit, rest, (pain, note)) == (digit, rest, expected)


def test_what_cannot_be_a_pain_is_asked_again() -> None:
    """It is said, what was typed stands there still, and nothing else is recorded."""
    for digit, rest in (
        *(("3", ",5"), ("3", ".5"), ("1", "1"), ("7", "3"), ("3", "/5"), ("3", "-4")),
        *(("3", " 1/2"), ("3", " of 5"), ("3", " to 4"), ("3", " 5"), ("0", "4")),
        *(("3", "x"), ("1", "00"), ("3", "½"), ("3", " /5")),
    ):
        pain, note, terminal = conversed(digit, lines=[rest, "3"])

        assert ((pain, note), digit + rest) == ((3, ""), digit + rest)
        assert "whole number from 0 to 10" in terminal.troubles[-1]


def test_a_field_that_is_left_changes_nothing() -> None:
    """Escape leaves the pain as it was; backspace on the plan takes it back."""
    assert conversed("5")[:2] == (None, "")
    assert conversed("5", pain=6)[:2] == (6, "")
    assert conversed("5", BACKSPACE, lines=[" a note"])[:2] == (None, "")


def test_the_plan_shows_what_it_noted() -> None:
    """The prompt, which is always in sight, says the pain; the page has the note."""
    _, _, terminal = conversed("1", BACKSPACE, lines=["0 stiff"])
    shown = [prompt.rpartition("  ")[2] for prompt in terminal.asked]

    assert shown == [
        "0-10 pain now",
        "0-10 pain now, then a note; Enter takes it, Esc does not",
        "pain now: 10",
        "0-10 pain now",
    ]
    assert "Your note: stiff" in plain_text(terminal.pages[2], 80)
    assert all(len(prompt) < 79 for prompt in terminal.asked)


def test_an_option_is_only_where_it_begins() -> None:
    """What was given on the command line stands on the plan and can be changed."""
    assert conversed(pain=6)[0] == 6
    assert conversed("5", lines=[""], pain=6)[0] == 5


KNOWN = "3 sessions today, and worse after the last 3: leave it, and see someone."


def journal_of_today(home: Path) -> Path:
    """Keep three sessions in *home*, after each of which it was worse."""
    file = home / "acupress" / "journal.db"
    now = datetime.now(UTC).astimezone()
    for _ in range(3):
        record(file, Entry(now, "sleep", 600, finished=True, before=3, after=6))
    return file


def test_the_plan_says_what_the_journal_knows(tmp_path: Path) -> None:
    """It stands there until Enter, whatever is pressed."""
    journal_of_today(tmp_path)
    with PtySession((*TWO, *ANSWERS), (80, 60), home_in(tmp_path)) as term:
        term.see_all(KNOWN, "Enter begins")
        term.type("7\r")
        term.see_all(KNOWN, "pain now: 7")
        term.type("w")
        term.see_all(KNOWN, "w wait: on")
        term.type("q")

        assert Left(0) == term.left()


def test_a_session_without_its_journal_says_nothing_of_it(tmp_path: Path) -> None:
    """Neither in a rehearsal, nor with an option, nor where it cannot be read."""
    rehearsed = ("--rehearse", "--speed=100", "--pain=5")
    file = journal_of_today(tmp_path)
    before = file.read_bytes()
    played = invoke(*TWO[3:], *ANSWERS, *rehearsed, **home_in(tmp_path))

    assert (played.returncode, played.stderr) == (0, "")
    assert "KI27" in played.stdout
    assert "today" not in played.stdout.rpartition("Done: ")[2]
    assert (file.read_bytes(), [*file.parent.iterdir()]) == (before, [file])

    for option, spoilt in (("--no-journal", b""), ("--journal", b"garbage")):
        file.write_bytes(spoilt or before)
        command = (*TWO, *ANSWERS, *[option][: option == "--no-journal"])
        with PtySession(command, (80, 60), home_in(tmp_path)) as term:
            term.see("Enter begins")

            assert "today" not in term.text.partition("q stops at any")[2], option
            assert "acupress" not in term.text, option


# After


def test_the_question_after() -> None:
    """Enter skips it; three tries that are no number, and q, skip it, too."""
    for lines, expected in (
        ([""], (None, "")),
        (["4"], (4, "")),
        (["11", "x" * 300], (None, "x" * 200)),
        (["11", "12", "4 better"], (4, "better")),
        (["11", "12", "13"], (None, "")),
        (["q"], (None, "")),
        ([" Quit "], (None, "")),
        ([], (None, "")),
    ):
        terminal = FakeTerminal(lines)

        assert (lines, expected) == (lines, pain_after(terminal, partner=False))
        assert set(terminal.asked) <= {"0-10"}


def agreed(pain: int | None = None) -> AgreedPlan:
    """Return the plan of a session that has been, with the *pain* before it."""
    return AgreedPlan(SHORT.plan, gated=False, pain=pain)


def test_who_is_asked() -> None:
    """Not who has stopped, and not where the answer would be for nothing."""
    for until, before, kept, asked in (
        (None, None, True, 1),
        (None, 6, True, 1),
        (None, 6, False, 1),
        (None, None, False, 0),
        (70.0, 6, True, 0),
    ):
        terminal = FakeTerminal([""])
        done = performed(SHORT, until)
        with system_keyboard(None, lambda: None) as keyboard:
            closed = close(Done(done, TODAY, agreed(before), kept), keyboard, terminal)

        assert (until, before, kept, asked) == (
            until,
            before,
            kept,
            len(terminal.asked),
        )
        assert (closed.signal, closed.trouble) == (None, None)


def test_ended_by_a_signal() -> None:
    """Nobody is asked then, it is kept, and it is what the program dies of."""
    done = performed(SHORT, 70.0)
    for number in STOPPING:
        before = len(read_entries(where()))
        ended = done._replace(head=done.head._replace(ending=Ended(number)))
        terminal = FakeTerminal([""])
        with system_keyboard(None, lambda: None) as keyboard:
            closed = close(Done(ended, TODAY, agreed(), keep=True), keyboard, terminal)

        assert (terminal.asked, closed.signal) == ([], number)
        assert len(read_entries(where())) == before + 1


def test_nobody_was_there(capsys: pytest.CaptureFixture[str]) -> None:
    """More than an hour away is no success, though what was pressed is kept."""
    for ending, code in ((Quit.STALE, 3), (Quit.ASKED, 0), (None, 0)):
        done = performed(SHORT, 70.0 if ending else None)
        done = done._replace(head=done.head._replace(ending=ending))
        before = len(read_entries(where()))
        with system_keyboard(None, lambda: None) as keyboard:
            closed = close(Done(done, TODAY, agreed(), keep=True), keyboard, None)
        ended = 0
        try:
            guiding._end(guiding._Ending(closed))  # noqa: SLF001 - nobody waits an hour
        except typer.Exit as left:
            ended = left.exit_code

        assert (ending, code) == (ending, ended)
        assert len(read_entries(where())) == before + 1
        assert ("More than an hour" in capsys.readouterr().out) == (code == 3)


@pytest.mark.usefixtures("signals_as_usual")
def test_a_signal_while_it_is_kept() -> None:
    """A signal that comes then is not forgotten: first the record, then the end."""
    with system_keyboard(None, lambda: None) as keyboard:
        signal.raise_signal(signal.SIGTERM)
        done = Done(performed(SHORT), TODAY, agreed(), keep=True)
        closed = close(done, keyboard, None)

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
        "Six weeks in a row with three sessions or more.\n"
    )
    assert text.endswith("Next: acupress session a-routine")


def test_the_closing_page_when_it_is_worse() -> None:
    """Then there is advice, and nothing to try next."""
    entry = summarise(performed(SHORT), TODAY, 4, 6)
    text = plain_text(session_closing_page(performed(SHORT), entry, None), 80)

    assert WORSE_ADVICE in text
    assert "Next" not in text


def test_ten_seconds_are_enough() -> None:
    """From the tenth second on there was a session, and it is kept and counted."""
    for until, kept in ((24.9, False), (25.0, True)):
        before = len(read_entries(where()))
        done = performed(SHORT, until)
        with system_keyboard(None, lambda: None) as keyboard:
            closed = close(Done(done, TODAY, agreed(), keep=True), keyboard, None)
        text = plain_text(closed.page, 80)

        assert kept == (whole_seconds(done) >= LEAST_PRESSED)
        assert len(read_entries(where())) == before + kept
        assert ("this week" in text, "too short for the journal" in text) == (
            kept,
            not kept,
        )


# The whole program, at a terminal


def begin(*terms: PtyTerminal) -> None:
    """Go from the plan into the session, at each of *terms*."""
    for term in terms:
        term.read_plan()
        term.type("5\r")
        term.see("pain now: 5")
        term.type("\r")
        term.see("FIND IT")


def press(*terms: PtyTerminal) -> None:
    """Begin at each of *terms*, and wait until more than ten seconds were pressed."""
    begin(*terms)
    for term in terms:
        term.type("\r")
    for term in terms:
        term.play_until(lambda: seconds_left(term) <= 195, "3:15 left")  # noqa: B023


def started(
    stack: ExitStack, environment: dict[str, str], *options: str
) -> PtyTerminal:
    """Start a session of two points in a window that breaks no line."""
    command = (*TWO, *ANSWERS, *options)
    return stack.enter_context(PtySession(command, (200, 30), environment))


def test_whatever_ends_a_session_it_counts(tmp_path: Path) -> None:
    """
    The keys, Ctrl-C at the question after, and a window that was closed.

    The first time says where it is kept and how not to. ``kill -9`` loses the session
    it ends, and nothing else.
    """
    needs_unix()
    with ExitStack() as stack:
        terms = [started(stack, home_in(tmp_path)) for _ in range(5)]
        stopped, asked, broken, closed, killed = terms
        press(*terms)
        stopped.type("qq")

        assert Left(0) == stopped.left()
        assert "Kept in ~/acupress/journal.db" in stopped.text
        assert "--no-journal" in stopped.text
        assert PAIN_NOW not in stopped.text

        killed.send(signal.SIGKILL)
        killed.wait(killed.ended, "end")

        assert killed.code == -signal.SIGKILL

        asked.skip(PAIN_NOW)
        asked.type("\x1511\r")
        asked.see("a whole number from 0 to 10")
        asked.type("8 not my day\r")

        assert Left(0) == asked.left()
        assert "Pain 5 before, 8 after." in asked.text
        assert WORSE_ADVICE in asked.text

        broken.skip(PAIN_NOW)
        broken.type("\x03")

        assert Left(-signal.SIGINT) == broken.left()
        assert "Kept in" not in broken.text

        closed.vanish()
        closed.turn_away(closed.ended, DEADLINE)

        assert closed.code == -signal.SIGHUP

    assert summed_up(tmp_path) == [
        ("upper-back", False, 5, None, None),
        ("upper-back", False, 5, 8, "not my day"),
        *[("upper-back", False, 5, None, None)] * 2,
    ]
    assert [each.name for each in (tmp_path / "acupress").iterdir()] == ["journal.db"]


def test_a_session_that_is_not_kept(tmp_path: Path) -> None:
    """
    Where the journal fails it is summed up, and its record is a line to keep by hand.

    Without a journal, by option or preference, nothing is written; the pain after is
    still compared with that before.
    """
    needs_unix()
    preferences = tmp_path / "config" / "acupress" / "config.toml"
    preferences.parent.mkdir(parents=True)
    preferences.write_text("journal = false\nwait = false\n", "utf-8")
    file = tmp_path / "b" / "acupress" / "journal.db"
    file.parent.mkdir(parents=True)
    file.write_text("garbage", "utf-8")
    none = home_in(tmp_path / "none")
    with ExitStack() as stack:
        left = started(stack, home_in(tmp_path / "b"))
        broken = started(stack, home_in(tmp_path / "b"))
        by_option = started(stack, none, "--no-journal")
        preferred = started(
            stack, {**none, "XDG_CONFIG_HOME": str(tmp_path / "config")}
        )
        press(left, broken, by_option, preferred)
        for term, typed, code in ((left, "qq", 5), (broken, "\x03", -signal.SIGINT)):
            term.type(typed)

            assert Left(code) == term.left()
            assert term.text.startswith("Stopped after ")
            assert "acupress: ~/acupress/journal.db: is damaged" in term.text
            assert re.search(r"by hand: .*, upper-back,\s\d+ seconds", term.text)

        for term in (by_option, preferred):
            term.skip(PAIN_NOW)
            term.type("\x154\r")

            assert Left(0) == term.left()
            assert "Pain 5 before, 4 after." in term.text
            assert "this week" not in term.text

    assert file.read_text("utf-8") == "garbage"
    assert not (tmp_path / "none").exists()
    assert [preferences] == list(preferences.parent.iterdir())


def test_of_next_to_nothing_nothing_is_kept(tmp_path: Path) -> None:
    """Under ten seconds pressed is no session: it is said, and no file is made."""
    for option, keys, said in (
        ("--plain", "qq", ""),
        ("--plain", "", "\x03"),
        ("--no-plain", "\x03", ""),
        ("--no-plain", "", "8 so so\r"),
    ):
        command = (*TWO, *ANSWERS, "--pain=6", "--get-ready=60", option)
        with PtySession(command, (80, 60), home_in(tmp_path)) as term:
            term.see("Enter begins")
            term.type("\r")
            term.see("to get there")
            if keys:
                term.type(keys)
            else:
                term.skip(PAIN_NOW)
                term.type(f"\x15{said}")

            ended = -signal.SIGINT if "\x03" in keys + said else 0
            assert (option, Left(ended)) == (option, term.left())
            assert (
                "Pressed for less than 10 seconds: too short for the journal."
                in " ".join(term.text.split())
            )
            told_once = " ".join(term.text.split()).count("not kept from going dark")
            assert told_once == (sys.platform != "darwin")  # where there is no desktop
            begun = "Stopped after" if keys else "Skipped to the end after"
            assert term.text.startswith(begun)
            assert "today" not in term.text.partition("Pressed for")[0]
            assert "Kept in" not in term.text

    assert list(tmp_path.iterdir()) == []


# Privacy


def everything(home: Path) -> bytes:
    """Return the names and the bytes of all files under *home*."""
    files = [each for each in home.rglob("*") if each.is_file()]
    return b"\n".join(str(f).encode() + f.read_bytes() for f in files).lower()


def answer(term: PtyTerminal, pregnancy: str) -> None:
    """Answer the three questions, as far as the plan."""
    term.see("could you be pregnant")
    term.type(f"{pregnancy}\r")
    if pregnancy != "no":
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
        for home, pregnancy in zip(homes, ("yes", "unsure", "no"), strict=True):
            home.mkdir()
            terms.append(stack.enter_context(PtySession(TWO, (80, 60), home_in(home))))
            answer(terms[-1], pregnancy)
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
