"""
Validates one YAML mapping key by key, collecting every fault instead of the first.

A field reader turns a node into a checked value or raises a ``FileError``, which
:class:`Record` collects. Build no value from a record that has faults.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from pathlib import Path
from typing import TypeVar, cast

from acupress.catalogue.nodes import Node
from acupress.errors import FileError

T = TypeVar("T")
E = TypeVar("E", bound=Enum)
FieldReader = Callable[[Node], T]


def read_record_file(path: Path) -> Node:
    """Parse the YAML file at *path*; raises only :class:`FileError`."""
    from acupress.catalogue import strictyaml  # noqa: PLC0415 - lazy import of PyYAML

    return strictyaml.read_yaml(path)


class Record:
    """One mapping; every key must be taken once, and :meth:`close` faults the rest."""

    def __init__(self, node: Node, faults: list[FileError]) -> None:
        """Validate *node*, appending to *faults*."""
        self.node = node
        self.faults = faults
        self.entries = node.value if isinstance(node.value, dict) else {}
        self.taken: list[str] = []
        self.missing: dict[str, FileError] = {}
        if not isinstance(node.value, dict):
            self.fault("must be a mapping: lines of `key: value`")

    def take(self, key: str, reader: FieldReader[T]) -> T:
        """
        Return the value of *key* as *reader* reads it.

        If it is missing or invalid, append a fault and return ``None`` as a
        placeholder of type T: check *faults* before using any value.
        """
        self.taken.append(key)
        node = self.entries.get(key)
        if node is None:
            self._fault_missing(key)
            return cast("T", None)
        try:
            return reader(node)
        except FileError as error:
            self.faults.append(error)
            return cast("T", None)

    def optional(self, key: str, reader: FieldReader[T], default: T) -> T:
        """Take *key* if it is present; else return *default*, and no fault."""
        if key in self.entries:
            return self.take(key, reader)
        self.taken.append(key)
        return default

    def close(self) -> None:
        """
        Append a fault for every key that was not taken.

        A misspelling of a missing key replaces the fault of the missing key: both
        are one mistake, and only the misspelling has a line to point to.
        """
        for key in self.entries:
            if key in self.taken:
                continue
            meant = _nearest(key, list(self.missing)) or _nearest(key, self.taken)
            if meant in self.missing:
                self.faults.remove(self.missing.pop(meant))
            hint = f": did you mean {meant!r}?" if meant else f"; known: {self._known}"
            self.fault_at(key, f"unknown key {key!r}{hint}")

    def fault(self, message: str) -> None:
        """Append *message* as a fault of the whole record."""
        self.faults.append(self.node.error(message))

    def fault_at(self, key: str, message: str) -> None:
        """Append *message* as a fault at *key*."""
        self.faults.append(self.node.error_at(key, message))

    @property
    def _known(self) -> str:
        return ", ".join(self.taken)

    def _fault_missing(self, key: str) -> None:
        if isinstance(self.node.value, dict):
            self.fault(f"the key {key!r} is missing: add a line `{key}: ...`")
            self.missing[key] = self.faults[-1]


def text(most: int, *, empty: bool = False) -> FieldReader[str]:
    """Read text of 1 to *most* characters, or none if *empty*; whitespace collapses."""

    def reader(node: Node) -> str:
        if not isinstance(node.value, str):
            raise node.error("write text here, in quotes if it looks like a number")
        words = " ".join(node.value.split())
        if not words and not empty:
            raise node.error("write some text here")
        if len(words) > most:
            raise node.error(f"is too long: {most} characters is the most")
        return words

    return reader


def whole(least: int, most: int) -> FieldReader[int]:
    """Read an integer from *least* to *most*, inclusive."""

    def reader(node: Node) -> int:
        value = node.value
        wrong = isinstance(value, bool) or not isinstance(value, int)
        if wrong or not least <= cast("int", value) <= most:
            raise node.error(f"write a whole number from {least} to {most}")
        return cast("int", value)

    return reader


def boolean(node: Node) -> bool:
    """Read ``true`` or ``false``; ``yes``, ``no`` and numbers are errors."""
    if not isinstance(node.value, bool):
        raise node.error("write true or false")
    return node.value


def one_of(words: type[E]) -> FieldReader[E]:
    """Read the exact value of one member of an enum."""
    known = {member.value: member for member in words}

    def reader(node: Node) -> E:
        if not isinstance(node.value, str) or node.value not in known:
            raise node.error(f"write one of: {', '.join(known)}")
        return known[node.value]

    return reader


def list_of(reader: FieldReader[T], most: int = 40) -> FieldReader[tuple[T, ...]]:
    """Read a list of at most *most* items, each with *reader*."""

    def list_reader(node: Node) -> tuple[T, ...]:
        if not isinstance(node.value, tuple):
            raise node.error("write a list here: [one, two] or [] for none")
        if len(node.value) > most:
            raise node.error(f"has too many items: {most} is the most")
        return tuple(reader(item) for item in node.value)

    return list_reader


def _nearest(key: str, known: list[str]) -> str:
    """Return the closest match for *key* among *known*, or an empty string."""
    import difflib  # noqa: PLC0415 - lazy import: for errors only

    return next(iter(difflib.get_close_matches(key, known, 1)), "")
