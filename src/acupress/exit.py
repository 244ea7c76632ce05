"""
How the program exits: exit code, one-line error message, or death by a signal.

An AcupressError becomes one line on stderr and its exit code; a signal is re-raised
with its default action. Any other exception is a bug and keeps its traceback.
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

# The exit code of Windows's default Ctrl-C handler, as a signed 32-bit number.
_STATUS_CONTROL_C_EXIT = 0xC000013A - (1 << 32)


def end_with(run: Callable[[], int]) -> NoReturn:
    """Call *run* with guarded stdout and stderr; exit with the code it returns."""
    closed = sys.stdout is None
    if closed:
        sys.stdout = open(os.devnull, "w")  # noqa: PTH123, SIM115 - stays open
    sys.stderr = _LossyStderr(2) if sys.stderr else open(os.devnull, "w")  # noqa: PTH123, SIM115
    if sys.platform != "win32":
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    sys.stdout = _Stdout(sys.stdout)  # type: ignore[arg-type]
    sys.__stdout__ = sys.stdout  # type: ignore[misc]  # get_terminal_size asks this one
    code = _exit_code(run)
    if closed and code == 0:
        code = _not_written("standard output is closed")
    sys.exit(code)


class _NotWrittenError(OSError):
    """Writing to standard output failed; raised for no other file."""


# Large enough for the whole output of a command: it goes out in one write.
_BUFFER_BYTES = 1 << 22


class _Stdout(io.TextIOWrapper):
    """
    Standard output; re-raises its OSErrors as _NotWrittenError.

    If it is no terminal, it is block-buffered with one write at the end: with several,
    it would be a race whether a reader such as ``head`` closes the pipe between two of
    them, and the program dies of SIGPIPE.
    """

    def __init__(self, output: io.TextIOWrapper) -> None:
        encoding, lines = output.encoding, output.line_buffering
        through, terminal = output.write_through, output.isatty()
        binary = output.detach()
        if not terminal:
            raw = binary.detach() if hasattr(binary, "detach") else binary
            binary = io.BufferedWriter(raw, _BUFFER_BYTES)  # type: ignore[type-var]
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


class _LossyStderr(io.TextIOWrapper):
    """
    Standard error; drops what cannot be written, and so changes no exit code.

    It is unbuffered, or the interpreter would retry the write at exit, and fail.
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


def _exit_code(run: Callable[[], int]) -> int:
    try:
        code = run()
        sys.stdout.flush()
    except AcupressError as error:
        return complain(str(error), error.exit_code)
    except EndedBySignalError as end:
        die_of(end.number)
    except _NotWrittenError as error:
        sys.stdout = None  # or the interpreter would flush it again
        return _not_written(error.strerror or "unknown reason")
    return code


def _not_written(reason: str) -> int:
    return complain(f"the output was not written: {reason}", StorageError.exit_code)


def complain(message: str, code: int) -> int:
    """Print *message* as one line on standard error; return *code*."""
    line = " ".join(message.split()).rstrip(".")
    print(f"acupress: {line}", file=sys.stderr)
    return code


def die_of(number: int) -> NoReturn:
    """
    Kill this process by the signal *number*, with its default action.

    On Windows, which reports no signals, exit with the code for it.
    """
    if sys.platform != "win32":
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
    sys.exit(code_of(number))


def code_of(number: int) -> int:
    """Return the exit code for death by the signal *number*, 128 + *number*."""
    if sys.platform == "win32" and number in {signal.SIGINT, signal.SIGBREAK}:
        return _STATUS_CONTROL_C_EXIT
    return 128 + number
