"""
Validates one YAML or TOML mapping, collecting every fault instead of the first.

A :class:`Field` turns a node into a checked value or raises a ``FileError``, which
:class:`Record` collects. Build no value from a record that has faults.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from typing import Any, Generic, TypeVar, cast

from acupress.catalogue.handwritten import Schema, meant, suggestion
from acupress.catalogue.nodes import Node, plain_value
from acupress.errors import FileError, shortened

_MOST_WORDS, _LONGEST_WORD = 40, 1000  # of a command

T = TypeVar("T")
E = TypeVar("E", bound=Enum)


@dataclass(frozen=True, slots=True)
class Field(Generic[T]):
    """
    What a key may hold: how it is read, and what an editor is told of it.

    For an *exact* one no fault suggests a value: nobody is to adopt a guess.
    """

    read: Callable[[Node], T]
    schema: Schema
    optional: bool = False
    exact: bool = False


Fields = Mapping[str, Field[Any]]
"""The keys of one kind of record; README, schema and reader all follow from it."""


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

    def take(self, fields: Fields) -> dict[str, Any]:
        """
        Return the values of *fields*, without those that are optional and absent.

        For each that is missing or invalid, append a fault and return ``None`` as a
        placeholder: check *faults* before using any value.
        """
        return {
            key: self._value(key, field)
            for key, field in fields.items()
            if not self._absent(key, field)
        }

    def _absent(self, key: str, field: Field[Any]) -> bool:
        self.taken.append(key)
        return field.optional and key not in self.entries

    def _value(self, key: str, field: Field[T]) -> T | None:
        self.require(key)
        if key not in self.entries:
            return None
        try:
            return field.read(self.entries[key])
        except FileError as error:
            self.faults.append(self._with_suggestion(error, key, field))
            return None

    def _with_suggestion(
        self, error: FileError, key: str, field: Field[Any]
    ) -> FileError:
        """Return *error* with what to write, if what was meant can be told."""
        written = plain_value(self.entries[key])
        value = None if field.exact else meant(written, field.schema)
        line = suggestion(key, value, error.file)
        if value is None or repr(value) == repr(written) or not line:
            return error
        return FileError(error.file, error.line, error.column, f"write {line}")

    def require(self, key: str) -> None:
        """Append a fault if *key* is missing."""
        if key not in self.entries and isinstance(self.node.value, dict):
            self.fault(f"the key {key!r} is missing: add a line `{key}: ...`")
            self.missing[key] = self.faults[-1]

    def close(self) -> None:
        """
        Append a fault for every key that was not taken.

        A misspelling of a missing key replaces the fault of the missing key: both
        are one mistake, and only the misspelling has a line to point to.
        """
        for key in self.entries:
            if key in self.taken:
                continue
            meant = nearest(key, list(self.missing)) or nearest(key, self.taken)
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


def optional(field: Field[T]) -> Field[T]:
    """Return *field* as one that may be left out."""
    return replace(field, optional=True)


def exact(field: Field[T]) -> Field[T]:
    """Return *field* as one whose faults suggest no value."""
    return replace(field, exact=True)


def text(most: int, pattern: str = "", wanted: str = "") -> Field[str]:
    """
    Return a field for text of 1 to *most* characters; whitespace collapses.

    It matches the whole of *pattern*, if there is one; *wanted* says so in a fault.
    """
    form = re.compile(pattern)

    def read(node: Node) -> str:
        if not isinstance(node.value, str):
            raise node.error("write text here, in quotes if it looks like a number")
        words = " ".join(node.value.split())
        if not words:
            raise node.error("write some text here")
        if len(words) > most:
            raise node.error(f"is too long: {most} characters is the most")
        if pattern and not form.fullmatch(words):
            raise node.error(wanted)
        return words

    shape = {"pattern": f"^{pattern}$"} if pattern else {}
    return Field(read, {"type": "string", "minLength": 1, "maxLength": most, **shape})


def whole(least: int, most: int) -> Field[int]:
    """Return a field for an integer from *least* to *most*, inclusive."""

    def read(node: Node) -> int:
        value = node.value
        wrong = isinstance(value, bool) or not isinstance(value, int)
        if wrong or not least <= cast("int", value) <= most:
            raise node.error(f"write a whole number from {least} to {most}")
        return cast("int", value)

    return Field(read, {"type": "integer", "minimum": least, "maximum": most})


def _boolean(node: Node) -> bool:
    if not isinstance(node.value, bool):
        raise node.error("write true or false")
    return node.value


BOOLEAN = Field(_boolean, {"type": "boolean"})
"""``true`` or ``false``; ``yes``, ``no`` and numbers are errors."""


def word_of(known: Mapping[str, T]) -> Field[T]:
    """Return a field for exactly one of the words *known*, each with its value."""

    def read(node: Node) -> T:
        if not isinstance(node.value, str) or node.value not in known:
            raise node.error(f"write one of: {', '.join(known)}")
        return known[node.value]

    return Field(read, {"enum": list(known)})


def one_of(words: type[E]) -> Field[E]:
    """Return a field for the exact value of one member of an enum."""
    return word_of({member.value: member for member in words})


def list_of(item: Field[T], most: int = 40, least: int = 0) -> Field[tuple[T, ...]]:
    """Return a field for a list of *least* to *most* items, each like *item*."""

    def read(node: Node) -> tuple[T, ...]:
        if not isinstance(node.value, tuple):
            raise node.error("write a list here: [one, two] or [] for none")
        if len(node.value) > most:
            raise node.error(f"has too many items: {most} is the most")
        return tuple(map(item.read, node.value))

    some = {"minItems": least} if least else {}
    schema = {"type": "array", "items": item.schema, **some, "maxItems": most}
    return Field(read, schema)


def set_of(item: Field[T]) -> Field[frozenset[T]]:
    """Return a field for a list whose order and repetitions do not matter."""
    items = list_of(item)
    return Field(lambda node: frozenset(items.read(node)), items.schema)


def command() -> Field[tuple[str, ...]]:
    """
    Return a field for a program and its arguments, each verbatim.

    The program is a name to be looked for, or a path from the root or from ``~/``.
    No fault suggests a value: nobody is to run a guess.
    """
    shown = 'write a list of words: ["program", "argument"]'

    def read(node: Node) -> tuple[str, ...]:
        if not isinstance(node.value, tuple) or not node.value:
            raise node.error(shown)
        if len(node.value) > _MOST_WORDS:
            raise node.error(f"has too many words: {_MOST_WORDS} is the most")
        for item in node.value:
            if not isinstance(item.value, str):
                raise item.error("write this word in quotes")
            if "\0" in item.value or len(item.value) > _LONGEST_WORD:
                raise item.error(f"a word has at most {_LONGEST_WORD} letters, no NUL")
        name, *words = (str(item.value) for item in node.value)
        program = os.path.expanduser(name)  # noqa: PTH111 - Path.expanduser raises
        if not name.strip() or not _is_name_or_absolute(program):
            raise node.value[0].error("write a program's name, or its whole path")
        return (program, *words)

    word = {"type": "string", "maxLength": _LONGEST_WORD}
    shape = {"type": "array", "items": word, "minItems": 1, "maxItems": _MOST_WORDS}
    return Field(read, shape, exact=True)


def _is_name_or_absolute(program: str) -> bool:
    name = os.path.basename(program)  # noqa: PTH119
    return bool(name) and (name == program or os.path.isabs(program))  # noqa: PTH117


def records_of(fields: Fields, most: int = 40, least: int = 0) -> Field[Any]:
    """Return a field for a list of nodes, each to be read as a record of *fields*."""
    items = list_of(Field(lambda node: node, mapping(fields)), most, least)
    first = next(iter(fields))

    def read(node: Node) -> tuple[Node, ...]:
        if not isinstance(node.value, tuple):
            raise node.error(_begin_each(first, node))
        for item in node.value:
            if not isinstance(item.value, dict):
                raise item.error(_begin_each(first, item))
        return items.read(node)

    return Field(read, items.schema)


def _begin_each(key: str, node: Node) -> str:
    """Return how to write a record whose first *key* stands alone as *node*."""
    value = (
        node.value.get(key, node).value if isinstance(node.value, dict) else node.value
    )
    shown = "..." if isinstance(value, tuple | dict | None) else shortened(str(value))
    return f"begin each with a hyphen, a space and its keys: `- {key}: {shown}`"


def mapping(fields: Fields) -> Schema:
    """Return the JSON Schema of a record of *fields*."""
    return {
        "type": "object",
        "properties": {key: field.schema for key, field in fields.items()},
        "required": [key for key, field in fields.items() if not field.optional],
        "additionalProperties": False,
    }


def nearest(key: str, known: list[str]) -> str:
    """Return the closest match for *key* among *known*, or an empty string."""
    import difflib  # noqa: PLC0415 - lazy import: for errors only

    return next(iter(difflib.get_close_matches(key, known, 1)), "")
