"""
What a person can put right, each with the exit code it ends in.

Anything that is not one of these is a bug and ends in a traceback and code 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

_SHOWN = 40  # characters of what was typed that are said back


class AcupressError(Exception):
    """Something a person can put right; its text is one line that says how."""

    exit_code: ClassVar[int]


class WrongUseError(AcupressError):
    """What was typed names nothing, or more than one thing; nothing started."""

    exit_code = 2


class NotStartedError(AcupressError):
    """Nothing starts, for safety: screened out, not answered, no terminal."""

    exit_code = 3


@dataclass
class FileError(AcupressError):
    """A catalogue, routine or config file cannot be used as it stands."""

    exit_code: ClassVar[int] = 4

    file: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        """Return ``FILE:LINE:COLUMN: what is wrong and what to write``."""
        place = f"{printable(self.file)}:{self.line}:{self.column}"
        return f"{place}: {printable(self.message)}"


class EndedBySignalError(Exception):
    """The system, or Ctrl-C, ended it: nobody's mistake, and no code of ours."""

    def __init__(self, number: int) -> None:
        """Keep the *number* of the signal, to die of once all is tidied up."""
        super().__init__(number)
        self.number = number


class StorageError(AcupressError):
    """Reading or writing outside the catalogue failed."""

    exit_code = 5


class UnusableError(StorageError):
    """What lies there is not what it should be, and trying again changes nothing."""


def quoted(text: str) -> str:
    """Return untrusted *text* in quotation marks, escaped, at most 40 long."""
    return f'"{shortened(text)}"'


def shortened(text: str) -> str:
    """Return untrusted *text* escaped, at most 40 characters of it."""
    escaped = printable(text[: _SHOWN + 1])  # the last one tells of more
    return escaped if len(escaped) <= _SHOWN else escaped[: _SHOWN - 3] + "..."


def printable(text: str) -> str:
    """Return *text* with whatever cannot be printed escaped."""
    return "".join(
        mark if mark.isprintable() else mark.encode("unicode_escape").decode()
        for mark in text
    )
