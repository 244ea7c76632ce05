"""
The errors that a user can fix, each with its exit code.

Any other exception is a bug: `exit` reports it in one line, exit code 1.
"""

from __future__ import annotations

from typing import ClassVar

_SHOWN = 40  # the most characters of input that a message repeats


class AcupressError(Exception):
    """The base class; its text is one line that says what to do."""

    exit_code: ClassVar[int]


class WrongUseError(AcupressError):
    """Wrong arguments: unknown or ambiguous names, options that do not go together."""

    exit_code = 2


class NotStartedError(AcupressError):
    """Refused to start, for safety: screened out, not answered, no terminal."""

    exit_code = 3


class FileError(AcupressError):
    """
    A catalogue, routine or config file is invalid or unreadable.

    *line* and *column* count from 1.
    """

    exit_code = 4

    def __init__(self, file: str, line: int, column: int, message: str) -> None:
        """Keep the place and the message, which says what to do."""
        super().__init__(file, line, column, message)
        self.file, self.line, self.column = file, line, column
        self.message = message

    def __str__(self) -> str:
        """Return ``FILE:LINE:COLUMN: what is wrong and what to write``."""
        place = f"{printable(self.file)}:{self.line}:{self.column}"
        return f"{place}: {printable(self.message)}"

    def counting(self, others: int) -> FileError:
        """Return this error with the number of *others* that `acupress check` tells."""
        more = f" (and {others} more: `acupress check`)" if others else ""
        return FileError(self.file, self.line, self.column, f"{self.message}{more}")


class EndedBySignalError(Exception):
    """A fatal signal arrived: unwind and tidy up, then die of it."""

    def __init__(self, number: int) -> None:
        """Keep the *number* of the signal."""
        super().__init__(number)
        self.number = number


class StorageError(AcupressError):
    """Reading or writing outside the catalogue failed."""

    exit_code = 5


class UnusableError(StorageError):
    """A file or folder is not what it should be; a retry would not help."""


def quoted(text: str) -> str:
    """Return untrusted *text* escaped, in quotation marks, at most 40 characters."""
    return f'"{shortened(text)}"'


def shortened(text: str) -> str:
    """Return untrusted *text* escaped, truncated to 40 characters."""
    escaped = printable(text[: _SHOWN + 1])  # one more, to detect truncation
    return escaped if len(escaped) <= _SHOWN else escaped[: _SHOWN - 3] + "..."


def printable(text: str) -> str:
    """Return *text* with unprintable characters escaped."""
    return "".join(
        mark if mark.isprintable() else mark.encode("unicode_escape").decode()
        for mark in text
    )
