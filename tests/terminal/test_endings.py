"""Whatever ends, stops or starts it: people get their terminal back as it was."""

from __future__ import annotations

import json
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
from acupress.journal.store import Entry, record
from acupress.paths import bundled
from support.command import acupress_
from support.journals import TODAY
from support.terminal import ACUPRESS, Left, PtyTerminal, look
from support.terminal_sessions import ANSWERS, STOPPING, begin, rehearsal, session

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


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Put a bug into a copy of the program and return how to run that copy."""
    folder = tmp_path_factory.mktemp("faulty")
    package = folder / "acupress"
    shutil.copytree(Path(acupress.__file__).parent, package)
    shutil.copytree(bundled(), package / "data", dirs_exist_ok=True)
    with (package / "stage" / "screen.py").open("a", encoding="utf-8") as file:
        file.write(BUG)
    return {"PYTHONPATH": str(folder)}


def left_on(raw: bytes) -> set[bytes]:
    """Return the modes that *raw* switches last to what they do not begin as."""
    last = dict(re.findall(rb"\x1b\[\?([0-9;]+)([hl])", raw))
    return {mode for mode, now in last.items() if (now == b"h") != (mode == b"25")}


@pytest.mark.parametrize("seed", [1])
def test_every_ending_at_any_moment(seed: int) -> None:
    """Finished, left, ended by a signal: all that was switched is switched back."""
    chance = random.Random(seed)  # noqa: S311 - only to be the same each time
    with ExitStack() as stack:
        terms = {
            ending: stack.enter_context(PtyTerminal(rehearsal(chance.choice((2, 10)))))
            for ending in (0, *STOPPING)
        }
        finished = stack.enter_context(PtyTerminal(rehearsal(100, "--only=CV6")))
        every = (*terms.values(), finished)
        for term in every:
            term.read_plan()
            term.type("\r")
        for ending, term in chance.sample(list(terms.items()), len(terms)):
            term.see("step 1 of")
            for _ in range(chance.randrange(5)):
                term.type(chance.choice(KEYS))
                look(every, chance.random() / 10)
            if ending:
                term.send(ending)
            else:
                term.type("xqq")

        assert Left(0) == finished.left()
        for ending, term in terms.items():
            assert Left(-ending) == term.left()
        for term in every:
            assert b"\x1b[?1049h" in term.raw
            assert left_on(term.raw) == set()
            assert b"\x1b]" not in term.raw  # no title, no clipboard, no notice


def test_a_bug_while_drawing(faulty: dict[str, str]) -> None:
    """The terminal is given back first; then the traceback, without what was said."""
    command = (*ACUPRESS, "session", "upper-back", *UNSURE, "--rehearse", "--speed=50")
    with PtyTerminal(command, environment=faulty) as term:
        term.see("Enter goes on")
        term.type("\r")
        term.read_plan()
        term.type("\r")

        assert Left(1, traceback=True) == term.left()
        assert term.text.endswith("ZeroDivisionError: division by zero")
        assert left_on(term.raw) == set()
        told = term.raw.partition(b"Traceback")[2]
        assert b"\x1b[?1049l" not in told
        assert b"unsure" not in told.lower()


def test_a_file_that_is_missing_is_a_bug() -> None:
    """An error of any other file is not said to be one of standard output."""
    code = (
        "from acupress.exit import end_with; end_with(lambda: open('/none').fileno())"
    )
    ran = subprocess.run(
        (sys.executable, "-c", code), capture_output=True, text=True, check=False
    )

    assert ran.returncode == 1
    assert ran.stderr.endswith("No such file or directory: '/none'\n")
    assert "not written" not in ran.stderr


def test_killed(tmp_path: Path) -> None:
    """``kill -9`` loses the session it ends, and nothing else; the next one starts."""
    home = {"XDG_DATA_HOME": str(tmp_path)}
    command = session(*ANSWERS, "--sound=off")
    record(
        tmp_path / "acupress" / "journal.db",
        Entry(TODAY, "sleep", 600, finished=True),
    )
    for number in (signal.SIGKILL, signal.SIGTERM):
        with PtyTerminal(command, (80, 70), home) as term:
            term.see("Enter begins")
            planned = term.text
            term.type("\r")
            term.see("FIND IT")
            term.type("\r")
            if number == signal.SIGTERM:  # enough is pressed to be kept
                term.see("17:14 left")
            term.send(number)
            term.wait(term.ended, "end")

            assert term.code == -number
            assert planned.startswith("Lower back\n")
    ran = acupress_("journal", "--json", **home)

    assert (ran.returncode, ran.stderr) == (0, "")
    assert [each["routine"] for each in json.loads(ran.stdout)] == [
        "sleep",
        "lower-back",
    ]
    assert [each.name for each in (tmp_path / "acupress").iterdir()] == ["journal.db"]


@pytest.mark.parametrize("number", STOPPING)
def test_a_signal_while_it_is_loaded(number: int) -> None:
    """It ends there and then, by that signal, without a word."""
    told = (sys.executable, "-X", "importtime", *ACUPRESS[1:], "session")
    with PtyTerminal(told) as term:
        term.wait(lambda: b" acupress.text.layout\r" in term.raw, "loading")
        term.send(number)

        assert Left(-number) == term.left()


def test_deaf_to_control_c() -> None:
    """Whoever starts it deaf to Ctrl-C, as ``nohup`` does, has it stay deaf."""
    deaf = f"trap '' INT; {' '.join(rehearsal(10))}"
    with PtyTerminal(("bash", "--norc", "-c", deaf)) as term:
        begin(term)
        term.type("\x03")
        term.stay(0.2)
        term.type(" ")
        term.see("paused: space goes on")
        term.type("qq")

        assert Left(0) == term.left()


def test_in_the_background() -> None:
    """It stops before it asks anything; brought back, it asks, and hears the answer."""
    with PtyTerminal(SHELL, environment={"PS1": "> "}) as term:
        term.see(">")
        tell(term, " ".join((*session(), "&")), "Stopped")
        tell(term, "bg", "Stopped")
        assert b"\x1b[?" not in term.raw
        assert term.modes == termios.tcgetattr(term.slave)
        term.type("fg\r")
        term.see("unsure: _")
        term.type("y")
        term.see("unsure: y_")
        term.type("\x03")
        term.wait(lambda: term.display.main is None, "the main screen")
        term.type("exit\r")

        assert Left(130) == term.left()


def tell(term: PtyTerminal, typed: str, news: str) -> None:
    """
    Type to the shell, and again and again what brings it to look for *news* of jobs.

    On a busy machine it misses that a job has ended until a later one does, so each
    time it starts one.
    """
    since = len(term.raw)

    def come() -> bool:
        if news.encode() not in term.raw[since:]:
            term.type("(:)\r")
            term.stay(0.1)
        return news.encode() in term.raw[since:]

    term.type(f"{typed}\r")
    term.wait(come, news)


@pytest.mark.parametrize("options", [(), ("--plain",)])
def test_ended_in_the_background(options: tuple[str, ...]) -> None:
    """Stopped by Ctrl-Z or by the system, it can be ended, and draws nothing over."""
    with PtyTerminal(SHELL, environment={"PS1": "> "}) as term:
        term.see(">")
        tell(term, " ".join((*session(*options), "&")), "Stopped")
        tell(term, "kill %1", "Terminated")
        assert "pregnant" not in term.raw.decode()

        term.type(" ".join(("clear;", *rehearsal(10, *options), "\r")))
        term.read_plan()
        term.type("\r")
        term.see("find it" if options else "FIND IT")
        tell(term, "\x1a", "Stopped")
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
