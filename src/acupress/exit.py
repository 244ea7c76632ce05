"""
How the program exits: exit code, one-line error message, or death by a signal.

An AcupressError becomes one line on stderr and its exit code; a signal is re-raised
with its default action. Any other exception is a bug: it becomes one line, too, that
says where to report it, without anything that could be an answer.
"""

from __future__ import annotations

import io
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
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
    sys.excepthook = _report
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


def _report(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """
    Say where to report a bug: the hook for exceptions that nobody catches, exit code 1.

    The text of an error may hold an answer, and so may a variable: only its class is
    told, and on demand the lines of code that it passed through.
    """
    if not issubclass(kind, Exception):
        sys.__excepthook__(kind, error, trace)
        return
    if os.environ.get("ACUPRESS_TRACEBACK"):
        print(_traceback(error), end="", file=sys.stderr)
    complain(
        f"something went wrong that nobody foresaw ({kind.__name__}). Please "
        f"report it: {_where_to_report()}. Say what you typed, and leave your answers "
        "out; this line has none. With ACUPRESS_TRACEBACK=1 before the command it also "
        "says where in the program, again without them",
        1,
    )


def _traceback(error: BaseException) -> str:
    """Return the traceback of *error* and of what led to it, without their texts."""
    from traceback import format_tb  # noqa: PLC0415 - for bugs only

    before = error.__cause__ or error.__context__
    earlier = f"{_traceback(before)}then " if before else ""
    lines = "".join(format_tb(error.__traceback__))
    return f"{earlier}{type(error).__name__}:\n{lines}"


def _where_to_report() -> str:
    from importlib.metadata import PackageNotFoundError, metadata  # noqa: PLC0415

    try:
        addresses = metadata("acupress").get_all("Project-URL") or []
    except PackageNotFoundError:
        addresses = []
    pages: dict[str, str] = dict(each.split(", ", 1) for each in addresses)
    return pages.get("Issues", "where you have it from")


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
