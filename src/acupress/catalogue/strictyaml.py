"""
Parses a safe subset of YAML into nodes with source positions.

Tags, anchors, merge keys, duplicate keys, several documents and invisible
characters are errors; ``no``, ``1:30`` and ``030`` are strings. The tree is built
from PyYAML's parser events with limits on size, depth and node count, so that a
hostile file can exhaust neither time nor memory.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

import yaml

from acupress.catalogue.nodes import Node, Scalar
from acupress.errors import FileError
from acupress.files import contents

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MOST_BYTES = 1_000_000
_MOST_DEPTH = 12
_MOST_NODES = 20_000  # our longest file, reference.yaml, about 9,000
_LONGEST_KEY = 60  # so that a message which quotes a key stays readable

# libyaml if PyYAML was built with it, for speed: same events, same positions.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# Unicode categories of invisible and private characters, which could hide a key
# from a reader or control a terminal. So could a carriage return: it is allowed in
# CRLF only, since alone it starts a line for YAML but not for every editor.
_INVISIBLE_CATEGORIES = frozenset({"Cc", "Cf", "Zl", "Zp", "Cs", "Co", "Cn"})
_BYTE_ORDER_MARK = "\ufeff"

_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,8})")
_FRACTION = re.compile(r"-?(?:0|[1-9][0-9]{0,8})\.[0-9]{1,6}")
_CONSTANTS = {"true": True, "false": False, "null": None, "~": None, "": None}


def read_yaml(path: Path) -> Node:
    """Parse the YAML file at *path*; raises only :class:`FileError`."""
    return parse(_bytes(path), str(path))


def parse(data: bytes, name: str) -> Node:
    """Parse *data*, the contents of the file *name*; raises only :class:`FileError`."""
    text = _text(data, name)
    builder = _Builder(name)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except yaml.YAMLError as error:
        raise _as_file_error(error, name) from None
    except (ValueError, RecursionError, OverflowError) as error:
        raise FileError(name, 1, 1, f"cannot be read as YAML: {error}") from None
    if builder.root is None:
        raise FileError(name, 1, 1, "is empty: write the keys of data/README.md")
    return builder.root


def _bytes(path: Path) -> bytes:
    data = contents(path, MOST_BYTES)
    if data is None:
        raise FileError(str(path), 1, 1, "cannot be read: there is no such file")
    return data


def _text(data: bytes, name: str) -> str:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        message = f"is not UTF-8 (byte {error.start}): save it as UTF-8"
        raise FileError(name, line, 1, message) from None
    text = text.removeprefix(_BYTE_ORDER_MARK).replace("\r\n", "\n")
    for at in _invisible(text, allowed="\n\t"):
        line = text.count("\n", 0, at) + 1
        column = at - text.rfind("\n", 0, at)
        raise FileError(name, line, column, _forbidden(text[at]))
    return text


def _invisible(text: str, allowed: str) -> Iterator[int]:
    if text.isprintable():
        return  # fast path for nearly every value
    invisible = {
        character
        for character in set(text).difference(allowed)
        if unicodedata.category(character) in _INVISIBLE_CATEGORIES
    }
    if invisible:
        yield from (at for at, character in enumerate(text) if character in invisible)


def _forbidden(character: str) -> str:
    return f"the character U+{ord(character):04X} cannot be seen: take it out"


def _as_file_error(error: yaml.YAMLError, name: str) -> FileError:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or "is not YAML"
    if mark is None:
        return FileError(name, 1, 1, str(problem))
    return FileError(name, mark.line + 1, mark.column + 1, str(problem))


class _Builder:
    """
    Builds one document from a stream of parser events.

    Three parallel stacks describe the collections that are still open: *open* has
    their nodes, *filling* their items so far, *key* a mapping's pending key.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.root: Node | None = None
        self.open: list[Node] = []
        self.filling: list[list[Node] | dict[str, Node]] = []
        self.key: list[str | None] = []
        self.nodes = 0
        self.documents = 0

    # PyYAML's events are untyped.
    def take(self, event: Any) -> None:  # noqa: ANN401
        """Process the next *event*; raises FileError for syntax outside the subset."""
        self.nodes += 1
        if self.nodes > _MOST_NODES:
            raise self._error(event, "has too many entries")
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise self._error(event, "anchors and aliases (& and *) are not allowed")
        if getattr(event, "tag", None):
            raise self._error(event, "tags (!) are not allowed")
        match event:
            case yaml.DocumentStartEvent():
                self._document(event)
            case yaml.ScalarEvent():
                self._scalar(event)
            case yaml.MappingStartEvent():
                self._start(event, {})
            case yaml.SequenceStartEvent():
                self._start(event, [])
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self._end()
            case _:
                pass

    def _document(self, event: Any) -> None:  # noqa: ANN401
        self.documents += 1
        if self.documents > 1:
            raise self._error(event, "holds a second document: take out the ---")
        if event.version or event.tags:
            raise self._error(event, "directives (%) are not allowed")

    def _scalar(self, event: Any) -> None:  # noqa: ANN401
        text: str = event.value
        for at in _invisible(text, allowed="\n\t"):
            raise self._error(event, _forbidden(text[at]))
        if self._wants_key():
            self._name(event, text)
        else:
            self._put(self._node(event, _value(text) if event.implicit[0] else text))

    def _name(self, event: Any, text: str) -> None:  # noqa: ANN401
        if len(text) > _LONGEST_KEY:
            raise self._error(event, f"a key has at most {_LONGEST_KEY} characters")
        place = (event.start_mark.line + 1, event.start_mark.column + 1)
        here = self.open[-1]
        if text in here.keys:
            first = here.keys[text][0]
            message = f"{text!r} is given twice (first on line {first})"
            raise self._error(event, message)
        if text == "<<":
            raise self._error(event, "merge keys (<<) are not allowed")
        here.keys[text] = place
        self.key[-1] = text

    def _start(self, event: Any, empty: list[Node] | dict[str, Node]) -> None:  # noqa: ANN401
        if self._wants_key():
            raise self._error(event, "a key must be plain text")
        if len(self.open) >= _MOST_DEPTH:
            raise self._error(event, "is nested too deeply")
        self.open.append(self._node(event, None))
        self.filling.append(empty)
        self.key.append(None)

    def _end(self) -> None:
        node, filled = self.open.pop(), self.filling.pop()
        self.key.pop()
        value = filled if isinstance(filled, dict) else tuple(filled)
        self._put(Node(value, node.file, node.line, node.column, node.keys))

    def _put(self, node: Node) -> None:
        if not self.filling:
            self.root = node
            return
        match self.filling[-1]:
            case list() as items:
                items.append(node)
            case dict() as entries:
                key = self.key[-1]
                self.key[-1] = None
                entries[str(key)] = node

    def _wants_key(self) -> bool:
        in_mapping = bool(self.filling) and isinstance(self.filling[-1], dict)
        return in_mapping and self.key[-1] is None

    def _node(self, event: Any, value: Scalar) -> Node:  # noqa: ANN401
        mark = event.start_mark
        return Node(value, self.name, mark.line + 1, mark.column + 1)

    def _error(self, event: Any, message: str) -> FileError:  # noqa: ANN401
        mark = event.start_mark
        return FileError(self.name, mark.line + 1, mark.column + 1, message)


def _value(text: str) -> Scalar:
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _FRACTION.fullmatch(text) else text
