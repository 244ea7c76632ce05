"""
How the program ends, whichever way it ran: exit code, one line, or a signal.

Errors that a person can put right become one line on standard error and the exit
code of their kind; a signal ends the program as that signal. Any other exception is
a bug and keeps its traceback.
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

# What Windows itself ends a program with at Ctrl-C, as the signed number it takes.
_STATUS_CONTROL_C_EXIT = 0xC000013A - (1 << 32)


def end_with(run: Callable[[], int]) -> NoReturn:
    """Run *run* and end the process with the exit code that it returns."""
    nowhere = sys.stdout is None
    if nowhere:
        sys.stdout = open(os.devnull, "w")  # noqa: PTH123, SIM115 - stays open
    sys.stderr = _Complaints(2) if sys.stderr else open(os.devnull, "w")  # noqa: PTH123, SIM115
    if sys.platform != "win32":
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    sys.stdout = _Output(sys.stdout)  # type: ignore[arg-type]
    code = _code(run)
    if nowhere and code == 0:
        code = _not_written("standard output is closed")
    sys.exit(code)


class _NotWrittenError(OSError):
    """Standard output can not be written to; no other file raises this."""


# Bytes that are held back, so that all that a command says is written at once.
_AT_ONCE = 1 << 22


class _Output(io.TextIOWrapper):
    """
    Standard output, which tells its own errors from those of other files.

    Where it is no terminal, whatever is not flushed on purpose is one write at the
    end. With several it would be chance whether a reader that has seen enough, as
    ``head`` has, leaves between two of them, and the program dies of the second.
    """

    def __init__(self, output: io.TextIOWrapper) -> None:
        encoding, lines = output.encoding, output.line_buffering
        through, terminal = output.write_through, output.isatty()
        binary = output.detach()
        if not terminal:
            raw = binary.detach() if hasattr(binary, "detach") else binary
            binary = io.BufferedWriter(raw, _AT_ONCE)  # type: ignore[type-var]
            lines = through = False
        super().__init__(
            binary,
            encoding=encoding,
            errors="replace",
            line_buffering=lines,
            write_through=through,
        )

    def write(self, text: str) -> int:
        try:
            return super().write(text)
        except OSError as error:
            raise _NotWrittenError(error.errno, error.strerror) from error

    def flush(self) -> None:
        try:
            super().flush()
        except OSError as error:
            raise _NotWrittenError(error.errno, error.strerror) from error


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
        die_of(end.number)
    except _NotWrittenError as error:
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


def die_of(number: int) -> NoReturn:
    """
    End this process by the signal *number*, as if it had never been caught.

    On Windows nothing but a number tells how a program has ended.
    """
    if sys.platform != "win32":
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
    sys.exit(code_of(number))


def code_of(number: int) -> int:
    """Return the exit code that tells of the signal *number*."""
    if sys.platform == "win32" and number in {signal.SIGINT, signal.SIGBREAK}:
        return _STATUS_CONTROL_C_EXIT
    return 128 + number
