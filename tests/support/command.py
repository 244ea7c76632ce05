"""The program run as a command, without a terminal: here, or in its own process."""

from __future__ import annotations

import importlib
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import IO

from acupress import config, files
from acupress.catalogue import loading

PLACE_WORDS = ("find it", "press for", "heel cord", "collarbone")


ANSWERED = ("--pregnancy", "no", "--warning-signs", "none", "--cautions", "none")

_KEPT = (
    *("PATH", "HOME", "XDG_DATA_HOME", "LANG", "LC_ALL", "SYSTEMROOT"),
    "COVERAGE_PROCESS_CONFIG",  # how `make coverage` measures other processes
)

_OF_A_PERSON = (
    config.load_config,
    files.standard_input,
    loading.load_points,
    loading.load_index,
    loading.load_words,
    loading.own_fault,
    loading.load_routines,
    loading.load_own_files,
)
"""What is cached of a person's own files, which lie where the environment says."""


def acupress_(
    *arguments: str, typed: str = "", **environment: str
) -> subprocess.CompletedProcess[str]:
    """
    Run it in a process of its own, with no terminal at either end.

    That costs a quarter of a second of CPU; `invoke` is for all that needs no process.
    """
    ran = subprocess.run(
        [sys.executable, "-m", "acupress", *arguments],
        input=typed,
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
        errors="replace",
        env=_environment({"PYTHONUTF8": "1", **environment}),
    )
    assert "FORCE_COLOR" in environment or "\x1b" not in ran.stdout + ran.stderr
    return ran


def invoke(
    *arguments: str, typed: str = "", **environment: str
) -> subprocess.CompletedProcess[str]:
    """
    Run the program's entry point in this process, as `acupress_` does in another.

    Its standard streams are files of their own, also for what writes to descriptors.
    Environment, signal handlers and caches of a person's files are put back. What
    ends by a signal would end the tests.
    """
    ran = _invoked(arguments, environment, typed)
    assert "FORCE_COLOR" in environment or "\x1b" not in ran.stdout + ran.stderr
    return ran


def invoke_onto(stdout: int, *arguments: str) -> int:
    """Run the entry point with the descriptor *stdout*, and return its exit code."""
    return _invoked(arguments, {}, stdout=stdout).returncode


def _invoked(
    arguments: Sequence[str],
    environment: Mapping[str, str],
    typed: str = "",
    stdout: int | None = None,
) -> subprocess.CompletedProcess[str]:
    before = dict(os.environ)
    with ExitStack() as stack:
        stack.callback(_set_environment, before)
        stack.enter_context(_same_interpreter())
        ends = stack.enter_context(_standard_streams(typed, stdout))
        code = run_entry_point(arguments, _environment(environment))
        out, err = (_read(end) for end in ends)
    return subprocess.CompletedProcess(arguments, code, out, err)


def _environment(changes: Mapping[str, str]) -> dict[str, str]:
    """Return *changes* to as little of our own environment as the program needs."""
    return {
        **{name: os.environ[name] for name in _KEPT if name in os.environ},
        **changes,
    }


def _set_environment(variables: Mapping[str, str]) -> None:
    os.environ.clear()
    os.environ.update(variables)


def run_entry_point(arguments: Sequence[str], environment: Mapping[str, str]) -> int:
    """
    Run ``acupress ARGUMENTS`` in this process as it is, and return its exit code.

    The standard streams are opened anew, and what is cached of a person's files is
    forgotten. Nothing is put back.
    """
    _set_environment(environment)
    for cached in _OF_A_PERSON:
        cached.cache_clear()
    sys.argv = ["acupress", *arguments]
    sys.stdin, sys.stdout, sys.stderr = (
        _text(fd, mode) for fd, mode in enumerate("rww")
    )
    main = importlib.import_module("acupress.__main__").main
    try:
        main()
    except SystemExit as end:
        if sys.stdout:  # as the interpreter does at its end
            sys.stdout.flush()
        return end.code if isinstance(end.code, int) else 0
    raise AssertionError("the program returned instead of ending")


@contextmanager
def _same_interpreter() -> Iterator[None]:
    """Put back what running the program changes in the interpreter."""
    handlers = {number: signal.getsignal(number) for number in signal.valid_signals()}
    argv, hook = sys.argv, sys.excepthook
    streams = sys.stdin, sys.stdout, sys.stderr
    try:
        yield
    finally:
        for cached in _OF_A_PERSON:
            cached.cache_clear()
        sys.argv, sys.excepthook = argv, hook
        sys.stdin, sys.stdout, sys.stderr = streams
        for number, handler in handlers.items():
            if signal.getsignal(number) is not handler:
                signal.signal(number, handler)


@contextmanager
def _standard_streams(
    typed: str, stdout: int | None
) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    """Give the three descriptors to the program; yield the output and the errors."""
    with ExitStack() as stack:
        out = stack.enter_context(tempfile.TemporaryFile())
        err = stack.enter_context(tempfile.TemporaryFile())
        reading, writing = os.pipe()
        stack.callback(os.close, reading)
        assert os.write(writing, typed.encode()) == len(typed.encode())
        os.close(writing)
        ends = (reading, out.fileno() if stdout is None else stdout, err.fileno())
        for fd, end in enumerate(ends):
            saved = os.dup(fd)
            stack.callback(os.close, saved)
            stack.callback(os.dup2, saved, fd)
            os.dup2(end, fd)
        yield out, err


def _text(fd: int, mode: str) -> TextIOWrapper:
    opened = open(fd, mode, encoding="utf-8", closefd=False)  # noqa: SIM115
    assert isinstance(opened, TextIOWrapper)
    return opened


def _read(end: IO[bytes]) -> str:
    end.seek(0)
    return end.read().decode("utf-8", "replace").replace("\r\n", "\n")


def home_in(folder: Path) -> dict[str, str]:
    """Return the environment of someone whose home and data are in *folder*."""
    return {"HOME": str(folder), "XDG_DATA_HOME": str(folder)}


def complaint(*arguments: str, code: int) -> str:
    """Return the one line that *arguments* come to, without its beginning."""
    ran = invoke(*arguments)
    told = f"{arguments} said {ran.stderr!r}"

    assert (code, "") == (ran.returncode, ran.stdout), told
    assert len(ran.stderr.splitlines()) == 1, told
    assert ran.stderr.startswith("acupress: "), told
    return ran.stderr.removeprefix("acupress: ").rstrip("\n")


def without_the_holds(told: str) -> str:
    """
    Return what is printed before and after the holds of a rehearsal.

    In one as quick as those of the tests, a busy machine is late for a gap of a few
    hundredths of a second, and then no line tells of it.
    """
    return re.sub(r"(?s)to get there\n.*Done: ", "", told)
