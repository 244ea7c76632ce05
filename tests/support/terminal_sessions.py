"""Sessions at a pseudo-terminal: the commands, and how to get to a place in one."""

from __future__ import annotations

import gc
import importlib
import os
import re
import signal
import sys
import traceback
import warnings
from collections.abc import Mapping, Sequence
from functools import cache

from acupress.catalogue import loading
from acupress.catalogue.ownfiles import Listed
from acupress.terminal.pictures import figures
from support.command import run_entry_point
from support.terminal import ACUPRESS, OPEN, PtyTerminal

ANSWERS = ("--pregnancy=no", "--warning-signs=none", "--cautions=none")


HURRIED = ("--sound=bell", "--rehearse", "--speed=100")


STOPPING = [
    number
    for number in signal.Signals
    if number.name in {"SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"}
]


QUESTIONS = ("could you be pregnant", "Does any of this fit", "Do any of these fit")


PAUSED = "paused: space goes on"


_LEFT = re.compile(r"(\d+):(\d\d) left")


class PtySession(PtyTerminal):
    """
    The program at a terminal, forked from this process, which has loaded it already.

    An interpreter that starts and loads costs half a second of CPU more. What only
    that shows, and what is no command of ours, needs a `PtyTerminal`.
    """

    def __init__(
        self,
        argv: Sequence[str],
        size: tuple[int, int] = (80, 24),
        environment: Mapping[str, str] | None = None,
        ahead: str = "",
        answers: Mapping[bytes, bytes] | None = None,
    ) -> None:
        """Load all that a session needs, if it is not yet, and start the program."""
        _load_program()
        super().__init__(argv, size, environment, ahead, answers)

    def _become(self, argv: Sequence[str], environment: dict[str, str]) -> None:
        assert tuple(argv[: len(ACUPRESS)]) == ACUPRESS
        if sys.platform == "darwin":  # where a fork may not go on without exec
            super()._become(argv, environment)
        gc.freeze()  # what is here is not ours to finalise
        warnings.simplefilter("ignore")
        sys.unraisablehook = sys.__unraisablehook__
        self._sit_down()
        for term in (self, *OPEN):  # or no terminal could go away
            os.close(term.master)
        try:
            code = run_entry_point(argv[len(ACUPRESS) :], environment)
        except Exception:  # noqa: BLE001 - as the interpreter does
            traceback.print_exc()
            code = 1
        os._exit(code)


@cache
def _load_program() -> None:
    """Import what a session imports, and read what is bundled, which is cached."""
    for module in ("cli", "commands.session", "commands.guiding"):
        importlib.import_module(f"acupress.{module}")
    loading.check_files(Listed([], [], []))
    figures()


def session(*options: str) -> tuple[str, ...]:
    """Return the command for a lower-back session with *options*, and the bell."""
    return (*ACUPRESS, "session", "lower-back", "--sound=bell", *options)


def rehearsal(speed: int, *options: str) -> tuple[str, ...]:
    """
    Return the command for one that is answered already, *speed* times faster.

    It draws no picture, which costs more than all else, unless *options* ask for it.
    """
    quick = ("--rehearse", f"--speed={speed}", "--picture=none")
    return session(*ANSWERS, *quick, *options)


def ask_for_plan(term: PtyTerminal) -> None:
    """Answer the three questions as on an ordinary day."""
    for question, answer in zip(QUESTIONS, ("no", "no", "0"), strict=True):
        term.see(question)
        term.type(f"{answer}\r")
    term.see("Enter begins")


def begin(*terms: PtyTerminal) -> None:
    """Go from the plan into the first hold, at each of *terms*."""
    for term in terms:
        term.read_plan()
        term.type("\r")
        term.see("FIND IT")
        term.type("\r")
    for term in terms:
        term.reach("PRESS")


def make_too_small(term: PtyTerminal) -> None:
    """
    Make the window too small for a session, and wait until that has paused it.

    It is drawn so before it is paused: only the next drawing tells.
    """
    term.resize(20, 9)
    term.see("Paused. Enlarge the")
    term.resize(39, 9)
    term.see("Enlarge the window to 40 x 10")


def pause(term: PtyTerminal) -> None:
    """
    Have time stand still, by making the window too small for a moment.

    A space would end the pause that a busy machine had caused just before.
    """
    columns, rows = term.size
    make_too_small(term)
    term.resize(columns, rows)
    term.see_all(PAUSED, "q stop")


def seconds_left(term: PtyTerminal) -> int:
    """Return the session seconds that the screen says are left."""
    term.wait(lambda: _LEFT.search(term.text) is not None, "the time that is left")
    minutes, seconds = _LEFT.findall(term.text)[0]
    return 60 * int(minutes) + int(seconds)


def play_seconds(term: PtyTerminal, seconds: int) -> None:
    """Let so many seconds of the session pass, by what the screen says."""
    until = seconds_left(term) - seconds
    term.play_until(lambda: seconds_left(term) <= until, f"{seconds} seconds less")


def wait_for_prompt(term: PtyTerminal, prompt: str) -> None:
    """
    Wait until what is typed at *prompt* counts, and leave nothing typed.

    What comes before the question is drawn, or drawn anew, is forgotten.
    """
    term.type_until("x", lambda: f"{prompt} x" in term.text, f"an x at {prompt!r}")
    term.type("\x15")
    term.wait(lambda: f"{prompt} _" in term.text, "nothing typed")
