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
from seat import ACUPRESS, Left, Seat, look
from test_cli import acupress_
from test_terminal import ANSWERS, STOPPING, begin, rehearsal, session
from writing import TODAY

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
    with (package / "screen.py").open("a", encoding="utf-8") as file:
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
        seats = {
            ending: stack.enter_context(Seat(rehearsal(chance.choice((2, 10)))))
            for ending in (0, *STOPPING)
        }
        finished = stack.enter_context(Seat(rehearsal(100, "--only=CV6")))
        every = (*seats.values(), finished)
        for seat in every:
            seat.read_plan()
            seat.type("\r")
        for ending, seat in chance.sample(list(seats.items()), len(seats)):
            seat.see("step 1 of")
            for _ in range(chance.randrange(5)):
                seat.type(chance.choice(KEYS))
                look(every, chance.random() / 10)
            if ending:
                seat.send(ending)
            else:
                seat.type("xqq")

        assert Left(0) == finished.left()
        for ending, seat in seats.items():
            assert Left(-ending) == seat.left()
        for seat in every:
            assert b"\x1b[?1049h" in seat.raw
            assert left_on(seat.raw) == set()
            assert b"\x1b]" not in seat.raw  # no title, no clipboard, no notice


def test_a_bug_while_drawing(faulty: dict[str, str]) -> None:
    """The terminal is given back first; then the traceback, without what was said."""
    command = (*ACUPRESS, "session", "upper-back", *UNSURE, "--rehearse", "--speed=50")
    with Seat(command, environment=faulty) as seat:
        seat.see("Enter goes on")
        seat.type("\r")
        seat.read_plan()
        seat.type("\r")

        assert Left(1, traceback=True) == seat.left()
        assert seat.text.endswith("ZeroDivisionError: division by zero")
        assert left_on(seat.raw) == set()
        told = seat.raw.partition(b"Traceback")[2]
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
        with Seat(command, (80, 70), home) as seat:
            seat.see("Enter begins")
            planned = seat.text
            seat.type("\r")
            seat.see("FIND IT")
            seat.type("\r")
            if number == signal.SIGTERM:  # enough is pressed to be kept
                seat.see("17:14 left")
            seat.send(number)
            seat.wait(seat.ended, "end")

            assert seat.code == -number
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
    with Seat(told) as seat:
        seat.wait(lambda: b" acupress.text.layout\r" in seat.raw, "loading")
        seat.send(number)

        assert Left(-number) == seat.left()


def test_deaf_to_control_c() -> None:
    """Whoever starts it deaf to Ctrl-C, as ``nohup`` does, has it stay deaf."""
    deaf = f"trap '' INT; {' '.join(rehearsal(10))}"
    with Seat(("bash", "--norc", "-c", deaf)) as seat:
        begin(seat)
        seat.type("\x03")
        seat.stay(0.2)
        seat.type(" ")
        seat.see("paused: space goes on")
        seat.type("qq")

        assert Left(0) == seat.left()


def test_in_the_background() -> None:
    """It stops before it asks anything; brought back, it asks, and hears the answer."""
    with Seat(SHELL, environment={"PS1": "> "}) as seat:
        seat.see(">")
        tell(seat, " ".join((*session(), "&")), "Stopped")
        tell(seat, "bg", "Stopped")
        assert b"\x1b[?" not in seat.raw
        assert seat.modes == termios.tcgetattr(seat.slave)
        seat.type("fg\r")
        seat.see("unsure: _")
        seat.type("y")
        seat.see("unsure: y_")
        seat.type("\x03")
        seat.wait(lambda: seat.display.main is None, "the main screen")
        seat.type("exit\r")

        assert Left(130) == seat.left()


def tell(seat: Seat, typed: str, news: str) -> None:
    """
    Type to the shell, and again and again what brings it to look for *news* of jobs.

    On a busy machine it misses that a job has ended until a later one does, so each
    time it starts one.
    """
    since = len(seat.raw)

    def come() -> bool:
        if news.encode() not in seat.raw[since:]:
            seat.type("(:)\r")
            seat.stay(0.1)
        return news.encode() in seat.raw[since:]

    seat.type(f"{typed}\r")
    seat.wait(come, news)


@pytest.mark.parametrize("options", [(), ("--plain",)])
def test_ended_in_the_background(options: tuple[str, ...]) -> None:
    """Stopped by Ctrl-Z or by the system, it can be ended, and draws nothing over."""
    with Seat(SHELL, environment={"PS1": "> "}) as seat:
        seat.see(">")
        tell(seat, " ".join((*session(*options), "&")), "Stopped")
        tell(seat, "kill %1", "Terminated")
        assert "pregnant" not in seat.raw.decode()

        seat.type(" ".join(("clear;", *rehearsal(10, *options), "\r")))
        seat.read_plan()
        seat.type("\r")
        seat.see("find it" if options else "FIND IT")
        tell(seat, "\x1a", "Stopped")
        tell(seat, "bg", "Stopped")
        before = len(seat.raw)
        tell(seat, "kill %1", "Terminated")
        assert b"\x1b[?" not in seat.raw[before:]
        assert b"Stopped after " in seat.raw[before:]
        assert seat.modes == termios.tcgetattr(seat.slave)
        seat.type("exit\r")

        assert Left(0) == seat.left()


@pytest.mark.skipif(not shutil.which("script"), reason="there is no script(1) here")
def test_a_terminal_within_a_terminal() -> None:
    """Recorded by ``script``, all keys and both sizes are what they are without."""
    command = ("script", "-qec", " ".join(rehearsal(3)), "/dev/null")
    with Seat(command) as seat:
        begin(seat)
        seat.type("\x1b[C")
        seat.see("step 2 of 5")
        seat.resize(60, 20)
        seat.wait(lambda: seat.text.startswith("BL23 Kidney Shu  REHEARSAL"), "rows")
        seat.type("qq")

        assert Left(0) == seat.left()
