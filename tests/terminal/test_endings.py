"""Whatever ends, stops or starts it: people get their terminal back as it was."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

import acupress
from acupress.paths import bundled
from support.desktop import BUS, GNOME, HELD, LET_GO, desktop, needs_a_bus
from support.programs import until
from support.terminal import ACUPRESS, AWAY, DEADLINE, Left, PtyTerminal, look
from support.terminal_sessions import (
    ANSWERS,
    PAUSED,
    PtySession,
    begin,
    pause,
    rehearsal,
    session,
)

if sys.platform != "win32":
    import termios

SHELL = ("bash", "--norc", "--noediting", "-i")
UNSURE = ("--pregnancy=unsure", *ANSWERS[1:])
KEYS = ("", " ", "?", "+", "r", "m", "b", "\x1b[C")

# A bug that nobody knows of, in what draws the session: half a minute into it.
BUG = """
_sound = session_rows


def session_rows(timeline, head, look):
    return _sound(timeline, head, look) if head.position < 30 else 1 / 0
"""


@pytest.fixture
def faulty(tmp_path: Path) -> dict[str, str]:
    """Put a bug into a copy of the program and return how to run that copy."""
    package = tmp_path / "acupress"
    shutil.copytree(Path(acupress.__file__).parent, package)
    shutil.copytree(bundled(), package / "data", dirs_exist_ok=True)
    with (package / "stage" / "screen.py").open("a", encoding="utf-8") as file:
        file.write(BUG)
    return {"PYTHONPATH": str(tmp_path)}


def left_on(raw: bytes) -> set[bytes]:
    """Return the modes that *raw* switches last to what they do not begin as."""
    last = dict(re.findall(rb"\x1b\[\?([0-9;]+)([hl])", raw))
    return {mode for mode, now in last.items() if (now == b"h") != (mode == b"25")}


def test_every_ending() -> None:
    """
    Left by q, or ended by a signal in whatever state: all is switched back.

    A program that is ended by a signal dies of it, and a session says what was done
    first, also where a second signal comes at once, or while it is stopped.
    """
    chance = random.Random(1)  # noqa: S311 - only to be the same each time
    with ExitStack() as stack:

        def start(*command: str) -> PtyTerminal:
            return stack.enter_context(PtySession(command))

        asked, planned = start(*session()), start(*rehearsal(10))
        hit, paused, left, twice = (start(*rehearsal(10)) for _ in range(4))
        asked.see("unsure: _")
        planned.see("Enter begins")
        begin(hit, paused, left, twice)
        pause(paused)
        for term in (hit, left):
            for _ in range(4):
                term.type(chance.choice(KEYS))
                look((hit, left), 0.01)
        twice.send(signal.SIGSTOP)
        twice.send(signal.SIGTERM)
        twice.send(signal.SIGINT)
        twice.send(signal.SIGCONT)
        asked.send(signal.SIGINT)
        planned.send(signal.SIGTERM)
        hit.send(signal.SIGHUP)
        paused.send(signal.SIGQUIT)
        left.type("xqq")

        assert Left(-signal.SIGINT) == asked.left()
        assert Left(-signal.SIGTERM) == planned.left()
        assert Left(-signal.SIGHUP) == hit.left()
        assert Left(-signal.SIGQUIT) == paused.left()
        assert Left(0) == left.left()
        assert twice.left() in {Left(-signal.SIGINT), Left(-signal.SIGTERM)}
        for term in (asked, planned):
            assert "Stopped after" not in term.text
        for term in (hit, paused, left, twice):
            assert "Stopped after" in term.text
            assert "Next: acupress session" in term.text
        for term in (asked, planned, hit, paused, left, twice):
            assert b"\x1b[?1049h" in term.raw
            assert left_on(term.raw) == set()
            said = re.sub(rb"\x1b\](11;\?|1337;ReportCellSize)\x1b\\", b"", term.raw)
            assert b"\x1b]" not in said  # no title, no clipboard, no notice


def test_the_terminal_goes_away() -> None:
    """A program whose terminal has gone is gone, too."""
    running = rehearsal(1, "--plain")
    with PtySession(session()) as asked, PtySession(running) as playing:
        asked.see("unsure:")
        playing.read_plan()
        playing.type("\r")
        playing.see("to get there")
        for term in (asked, playing):
            term.vanish()
            term.turn_away(term.ended, DEADLINE)

            assert term.code == -signal.SIGHUP


def test_a_bug_while_drawing(faulty: dict[str, str]) -> None:
    """The terminal is given back first; then one line, without what was said."""
    term, left = bug_in_a_session(faulty)

    assert Left(1) == left
    assert " ".join(term.text.split()).startswith(
        "acupress: something went wrong that nobody foresaw (ZeroDivisionError). "
    )
    assert left_on(term.raw) == set()
    told = term.raw.partition(b"acupress: ")[2]
    assert b"\x1b[?1049l" not in told
    assert b"unsure" not in told.lower()


def test_a_bug_says_on_demand_where_it_was(faulty: dict[str, str]) -> None:
    """With ACUPRESS_TRACEBACK come the lines of code, and no text of the error."""
    term, left = bug_in_a_session({**faulty, "ACUPRESS_TRACEBACK": "1"})
    told = term.raw.partition(b"\x1b[?1049l")[2]

    assert Left(1) == left
    assert b"ZeroDivisionError:" in told
    assert b"in play" in told
    assert b"division by zero" not in told
    assert b"unsure" not in told.lower()


def bug_in_a_session(environment: dict[str, str]) -> tuple[PtyTerminal, Left]:
    """Return the terminal of a session that a bug has ended, and what is left."""
    command = (*ACUPRESS, "session", "upper-back", *UNSURE, "--rehearse", "--speed=50")
    with PtyTerminal(command, environment=environment) as term:
        term.see("Enter goes on")
        term.type("\r")
        term.read_plan()
        term.type("\r")
        term.play_until(term.ended, "the end")
        return term, term.left()


OPENED = """\
from acupress.exit import end_with
def run():
    answer = "unsure"
    try:
        {}[answer]
    except KeyError:
        open("/none/" + answer)
end_with(run)
"""


@pytest.mark.parametrize("asked", ["", "1"])
def test_a_bug_tells_where_to_report_it_and_no_answer(asked: str) -> None:
    """One line with the page for it; on demand the lines of code, never a value."""
    ran = subprocess.run(
        (sys.executable, "-c", OPENED),
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "ACUPRESS_TRACEBACK": asked},
    )
    *traceback, line = ran.stderr.splitlines()

    assert (ran.returncode, ran.stdout) == (1, "")
    assert line.startswith(
        "acupress: something went wrong that nobody foresaw (FileNotFoundError). "
    )
    assert "/acupress/issues" in line
    assert "not written" not in line
    assert "unsure" not in ran.stderr
    assert "/none" not in ran.stderr
    assert [part.rstrip(":") for part in traceback if not part.startswith(" ")] == (
        ["KeyError", "then FileNotFoundError"] if asked else []
    )


def test_a_signal_while_it_is_loaded() -> None:
    """It ends there and then, by that signal, without a word."""
    told = (sys.executable, "-X", "importtime", *ACUPRESS[1:], "session")
    for number in (signal.SIGINT, signal.SIGTERM):
        with PtyTerminal(told) as term:
            term.wait(lambda: b" acupress.text.layout\r" in term.raw, "loading")
            term.send(number)

            assert Left(-number) == term.left()


def test_a_signal_that_is_ignored_stays_so() -> None:
    """Whoever starts it with Ctrl-C ignored, as ``nohup`` does, has it stay so."""
    ignoring = f"trap '' INT; {' '.join(rehearsal(10))}"
    with PtyTerminal(("bash", "--norc", "-c", ignoring)) as term:
        begin(term)
        term.type("\x03?")
        term.see("any other key goes on")  # by then the signal had been sent
        term.type("xqq")

        assert Left(0) == term.left()


# At a shell, which stops it and brings it back


def tell(term: PtyTerminal, typed: str, news: str) -> None:
    """
    Type to the shell, and again and again what brings it to look for *news* of jobs.

    On a busy machine it misses that a job has ended until a later one does, so each
    time it starts one.
    """
    since = len(term.raw)
    term.type(f"{typed}\r")
    term.type_until("(:)\r", lambda: news.encode() in term.raw[since:], news)
    term.catch_up()


def press_control_z(term: PtyTerminal) -> None:
    """Stop what runs in the foreground, until the shell has said so."""
    since = len(term.raw)
    term.type("\x1a")
    term.wait(lambda: b"Stopped" in term.raw[since:], "Stopped")
    term.catch_up()


def test_a_question_in_the_background() -> None:
    """
    It stops before it asks anything; brought back, it asks, and hears the answer.

    Back from Ctrl-Z the question is there again, with what was typed and not entered.
    """
    with PtyTerminal(SHELL, environment={"PS1": "> "}) as term:
        term.see(">")
        tell(term, " ".join((*session(), "&")), "Stopped")
        tell(term, "bg", "Stopped")
        assert b"\x1b[?" not in term.raw
        assert term.modes == termios.tcgetattr(term.slave)

        term.type("fg\r")
        term.see("unsure: _")
        # Brought back, it may draw once more, and discards what was typed until then.
        term.type_until("\x15no", lambda: "unsure: no_" in term.text, "no")
        press_control_z(term)
        tell(term, "bg", "Stopped")
        tell(term, "echo as be''fore", "as before")
        assert term.display.main is None

        term.type("fg\r")
        term.see("no / yes / unsure: no_")
        term.type_until("\x15y", lambda: "unsure: y_" in term.text, "y")
        term.type("\x03")
        term.wait(lambda: term.display.main is None, "the main screen")
        term.type("exit\r")

        assert Left(130) == term.left()


@needs_a_bus
def test_a_session_is_stopped_and_goes_on() -> None:
    """
    Ctrl-Z gives the shell its terminal back; fg goes on paused.

    The screen is kept from going dark during the session, but not while it is stopped.
    """
    with (
        desktop(GNOME) as ours,
        PtyTerminal(SHELL, environment={BUS: ours.address, "PS1": "> "}) as term,
    ):
        term.see(">")
        term.type(" ".join((*rehearsal(10), "\r")))
        begin(term)
        until(lambda: ours.log == HELD)
        press_control_z(term)
        away = (term.display.main, term.modes == termios.tcgetattr(term.slave))
        hidden = term.display.cursor.hidden
        tell(term, "echo as be''fore", "as before")
        until(lambda: ours.log == LET_GO)
        term.type("fg\r")
        term.see_all(PAUSED, AWAY)
        until(lambda: ours.log == [*LET_GO, *HELD])
        term.type(" ")
        term.see("then: ")
        term.type("qq")
        term.see("Next: acupress session")
        until(lambda: ours.log == [*LET_GO, *LET_GO])
        term.type("exit\r")

        assert away == (None, True)
        assert not hidden
        assert Left(0) == term.left()


@pytest.mark.parametrize("options", [(), ("--plain",)])
def test_ended_in_the_background(options: tuple[str, ...]) -> None:
    """Stopped by Ctrl-Z or by the system, it can be ended, and draws nothing over."""
    with PtyTerminal(SHELL, environment={"PS1": "> "}) as term:
        term.see(">")
        if not options:
            tell(term, " ".join((*session(), "&")), "Stopped")
            tell(term, "kill %1", "Terminated")
            assert "pregnant" not in term.raw.decode()

        term.type(" ".join(("clear;", *rehearsal(10, *options), "\r")))
        term.read_plan()
        term.type("\r")
        term.see("find it" if options else "FIND IT")
        press_control_z(term)
        tell(term, "bg", "Stopped")
        before = len(term.raw)
        tell(term, "kill %1", "Terminated")
        assert b"\x1b[?" not in term.raw[before:]
        assert b"Stopped after " in term.raw[before:]
        assert term.modes == termios.tcgetattr(term.slave)
        term.type("exit\r")

        assert Left(0) == term.left()


@pytest.mark.skipif(not shutil.which("script"), reason="there is no script(1) here")
def test_a_terminal_within_a_terminal() -> None:
    """Recorded by ``script``, all keys and both sizes are what they are without."""
    command = ("script", "-qec", " ".join(rehearsal(3)), "/dev/null")
    with PtyTerminal(command) as term:
        begin(term)
        term.type("\x1b[C")
        term.see("step 2 of 5")
        term.resize(60, 20)
        term.wait(lambda: term.text.startswith("BL23 Kidney Shu  REHEARSAL"), "rows")
        term.type("qq")

        assert Left(0) == term.left()
