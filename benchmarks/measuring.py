"""Measures the CPU time and instructions of a process, in a pipe or on a terminal."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

if sys.platform != "win32":
    import termios

_SIZE = (30, 100)  # rows and columns of the terminal
_COUNT = ("--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null")
_COUNTED = re.compile(r"I\s+refs:\s+([\d,]+)")


@dataclass(frozen=True, slots=True)
class Run:
    """
    A program to be run: its arguments, where, and what it finds set.

    With *check* it must end well; without, what it costs to refuse is measured.
    """

    argv: tuple[str, ...]
    terminal: bool = False
    environment: tuple[tuple[str, str], ...] = ()
    check: bool = True


def cpu(run: Run) -> float:
    """Return the CPU time of *run*, user and system, in seconds."""
    return _measured(run.argv, run)


def instructions(run: Run) -> int | None:
    """Return the number of instructions of *run*; ``None`` without valgrind."""
    valgrind = shutil.which("valgrind")
    if valgrind is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        _measured((valgrind, *_COUNT, f"--log-file={log}", *run.argv), run)
        found = _COUNTED.search(log.read_text())
    return int(found[1].replace(",", "")) if found else None


def _measured(argv: Sequence[str], run: Run) -> float:
    """Run *argv* in the surroundings of *run*; return its CPU time in seconds."""
    reading, writing = os.openpty() if run.terminal else os.pipe()
    if run.terminal:
        termios.tcsetwinsize(writing, _SIZE)
    process = subprocess.Popen(
        argv,
        stdin=writing if run.terminal else subprocess.DEVNULL,
        stdout=writing,
        stderr=subprocess.DEVNULL,
        env=_environment(dict(run.environment)),
    )
    os.close(writing)
    _drain(reading)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if run.check and process.returncode:
        message = f"{' '.join(argv)} ended with {process.returncode}"
        raise SystemExit(message)
    return used.ru_utime + used.ru_stime


def _drain(reading: int) -> None:
    """Read until EOF."""
    try:
        while os.read(reading, 1 << 16):
            pass
    except OSError:  # EIO, which is EOF of a pseudo-terminal
        pass
    finally:
        os.close(reading)


def _environment(changes: Mapping[str, str]) -> dict[str, str]:
    """Return an environment without a home, and so without user files."""
    usual = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "TERM": "xterm-256color"}
    nobody = {"HOME": "/nonexistent", "PYTHONHASHSEED": "0"}
    return {**usual, **nobody, **changes}
