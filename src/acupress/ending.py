"""
How the program ends, whichever way it ran: exit code, one line, or a signal.

Errors that a person can put right become one line on standard error and the exit
code of their kind; a signal ends the program as that signal.
"""

from __future__ import annotations

import io
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import NoReturn

from acupress.errors import AcupressError, EndedBySignalError, StorageError


def end_with(run: Callable[[], int]) -> NoReturn:
    """Run *run* and end the process with the exit code that it returns."""
    nowhere = sys.stdout is None
    if nowhere:
        sys.stdout = open(os.devnull, "w")  # noqa: PTH123, SIM115 - stays open
    sys.stderr = _Complaints(2) if sys.stderr else open(os.devnull, "w")  # noqa: PTH123, SIM115
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
    code = _code(run)
    if nowhere and code == 0:
        code = _not_written("standard output is closed")
    sys.exit(code)


class _Complaints(io.TextIOWrapper):
    """
    Standard error: what it can not take is lost, and changes no exit code.

    Nothing waits in it, which the interpreter would try to write once more.
    """

    def __init__(self, fd: int) -> None:
        super().__init__(
            open(fd, "wb", buffering=0, closefd=False),  # noqa: SIM115
            encoding=sys.stderr.encoding,
            errors="backslashreplace",
            write_through=True,
        )

    def write(self, text: str) -> int:
        with suppress(OSError):
            super().write(text)
        return len(text)


def _code(run: Callable[[], int]) -> int:
    try:
        code = run()
        sys.stdout.flush()
    except AcupressError as error:
        return complain(str(error), error.exit_code)
    except EndedBySignalError as end:
        _die_of(end.number)
    except OSError as error:
        sys.stdout = None  # nothing more can be written
        return _not_written(error.strerror or "unknown reason")
    return code


def _not_written(reason: str) -> int:
    return complain(f"the output was not written: {reason}", StorageError.exit_code)


def complain(message: str, code: int) -> int:
    """Say *message* in one line on standard error, and return *code*."""
    line = " ".join(message.split()).rstrip(".")
    print(f"acupress: {line}", file=sys.stderr)
    return code


def _die_of(number: int) -> NoReturn:
    signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)
    sys.exit(128 + number)
