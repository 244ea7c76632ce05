"""Sessions at a pseudo-terminal: the commands, and how to get into a hold."""

from __future__ import annotations

import signal

from support.terminal import ACUPRESS, PtyTerminal

ANSWERS = ("--pregnancy=no", "--warning-signs=none", "--cautions=none")


HURRIED = ("--sound=bell", "--rehearse", "--speed=100")


STOPPING = [
    number
    for number in signal.Signals
    if number.name in {"SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"}
]


QUESTIONS = ("could you be pregnant", "Does any of this fit", "Do any of these fit")


def session(*options: str) -> tuple[str, ...]:
    """Return the command for a lower-back session with *options*, and the bell."""
    return (*ACUPRESS, "session", "lower-back", "--sound=bell", *options)


def rehearsal(speed: int, *options: str) -> tuple[str, ...]:
    """Return the command for one that is answered already, *speed* times faster."""
    return session(*ANSWERS, "--rehearse", f"--speed={speed}", *options)


def ask_for_plan(term: PtyTerminal) -> None:
    """Answer the three questions as on an ordinary day."""
    for question, answer in zip(QUESTIONS, ("no", "no", "0"), strict=True):
        term.see(question)
        term.type(f"{answer}\r")
    term.see("Enter begins")


def begin(term: PtyTerminal) -> None:
    """Go from the plan into the first hold."""
    term.read_plan()
    term.type("\r")
    term.see("FIND IT")
    term.type("\r")
    term.see("PRESS")
