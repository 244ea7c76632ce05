"""
One YAML mapping read key by key: every fault noted, nothing guessed.

A reader turns a node into a checked value or raises a ``FileError``. A
:class:`Record` collects those errors, so that all faults of a file are known at
once, and no value is built from a record that has any.
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
    """Read the YAML file at *path*; raises :class:`FileError` and nothing else."""
    from acupress.catalogue import strictyaml  # noqa: PLC0415 - PyYAML is dear, and may wait

    return strictyaml.read_yaml(path)


class Record:
    """The keys of one mapping, each of which must be taken exactly once."""

    def __init__(self, node: Node, faults: list[FileError]) -> None:
        """Read *node*, noting what is wrong with it in *faults*."""
        self.node = node
        self.faults = faults
        self.entries = node.value if isinstance(node.value, dict) else {}
        self.taken: list[str] = []
        self.missing: dict[str, FileError] = {}
        if not isinstance(node.value, dict):
            self.fault("must be a mapping: lines of `key: value`")

    def take(self, key: str, reader: FieldReader[T]) -> T:
        """
        Return what *reader* makes of the value of *key*.

        When it is missing or wrong, the fault is noted and what comes back is no
        value of that type: look at *faults* before building anything.
        """
        self.taken.append(key)
        node = self.entries.get(key)
        if node is None:
            self._note_missing(key)
            return cast("T", None)
        try:
            return reader(node)
        except FileError as error:
            self.faults.append(error)
            return cast("T", None)

    def maybe(self, key: str, reader: FieldReader[T], otherwise: T) -> T:
        """Return as :meth:`take` does, or *otherwise* where *key* is absent."""
        if key in self.entries:
            return self.take(key, reader)
        self.taken.append(key)
        return otherwise

    def close(self) -> None:
        """
        Note every key that nothing took.

        Where it is a misspelling of one that is missing, that is said instead of
        the other: it is one fault, and this way of saying it leads to its line.
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
        """Note that *message* is wrong with the whole record."""
        self.faults.append(self.node.error(message))

    def fault_at(self, key: str, message: str) -> None:
        """Note that *message* is wrong at *key*."""
        self.faults.append(self.node.error_at(key, message))

    @property
    def _known(self) -> str:
        return ", ".join(self.taken)

    def _note_missing(self, key: str) -> None:
        if isinstance(self.node.value, dict):
            self.fault(f"the key {key!r} is missing: add a line `{key}: ...`")
            self.missing[key] = self.faults[-1]


def text(most: int, *, empty: bool = False) -> FieldReader[str]:
    """Read text of at most *most* characters, blank only if *empty* allows it."""

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
    """Read a whole number from *least* to *most*."""

    def reader(node: Node) -> int:
        value = node.value
        wrong = isinstance(value, bool) or not isinstance(value, int)
        if wrong or not least <= cast("int", value) <= most:
            raise node.error(f"write a whole number from {least} to {most}")
        return cast("int", value)

    return reader


def truth(node: Node) -> bool:
    """Read ``true`` or ``false``, the only two words for it."""
    if not isinstance(node.value, bool):
        raise node.error("write true or false")
    return node.value


def one_of(words: type[E]) -> FieldReader[E]:
    """Read one of the words of an enum, exactly as it is spelt."""
    known = {member.value: member for member in words}

    def reader(node: Node) -> E:
        if not isinstance(node.value, str) or node.value not in known:
            raise node.error(f"write one of: {', '.join(known)}")
        return known[node.value]

    return reader


def list_of(reader: FieldReader[T], most: int = 40) -> FieldReader[tuple[T, ...]]:
    """Read a list of at most *most* items, each as *reader* does."""

    def list_reader(node: Node) -> tuple[T, ...]:
        if not isinstance(node.value, tuple):
            raise node.error("write a list here: [one, two] or [] for none")
        if len(node.value) > most:
            raise node.error(f"has too many items: {most} is the most")
        return tuple(reader(item) for item in node.value)

    return list_reader


def _nearest(key: str, known: list[str]) -> str:
    """Return the one of *known* that is spelt most like *key*, or nothing."""
    import difflib  # noqa: PLC0415 - only needed once something is wrong

    return next(iter(difflib.get_close_matches(key, known, 1)), "")
