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

from acupress.catalogue.contents import MOST_BYTES
from acupress.catalogue.nodes import Node, Scalar
from acupress.errors import FileError
from acupress.files import STANDARD_INPUT, contents, standard_input

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

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
    return parse(read_bytes(path), str(path))


def parse(data: bytes, name: str) -> Node:
    """Parse *data*, the contents of the file *name*; raises only :class:`FileError`."""
    text = _text(data, name)
    try:
        root = _Builder(name, yaml.parse(text, Loader=_LOADER)).document()
    except yaml.YAMLError as error:
        raise _as_file_error(error, name, text) from None
    except (ValueError, RecursionError, OverflowError) as error:
        raise FileError(name, 1, 1, f"cannot be read as YAML: {error}") from None
    if root is None:
        raise FileError(name, 1, 1, "is empty: write the keys of data/README.md")
    return root


def read_bytes(path: Path) -> bytes:
    """Return the contents of *path*, or of ``-``; raises only :class:`FileError`."""
    data: bytes | FileError | None
    if path == STANDARD_INPUT:
        data = standard_input(MOST_BYTES)
    else:
        data = contents(path, MOST_BYTES)
    if isinstance(data, FileError):
        raise data
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


def _as_file_error(error: yaml.YAMLError, name: str, text: str) -> FileError:
    from acupress.catalogue.yamladvice import advice  # noqa: PLC0415 - for errors only

    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or "is not YAML"
    if mark is None:
        return FileError(name, 1, 1, str(problem))
    place = mark.line + 1, mark.column + 1
    return FileError(name, *(advice(text, *place) or (*place, str(problem))))


class _Builder:
    """Builds one document from a stream of parser events, by recursive descent."""

    def __init__(self, name: str, events: Iterator[Any]) -> None:
        self.name = name
        self.events = events
        self.nodes = 0

    def document(self) -> Node | None:
        """Return the root, if any; raises FileError for syntax outside the subset."""
        root, documents = None, 0
        while (event := self._next()) is not None:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self._error(
                        event, "holds a second document: take out the ---"
                    )
                if event.version or event.tags:
                    raise self._error(event, "directives (%) are not allowed")
            elif isinstance(event, yaml.NodeEvent):
                root = self._node(event, 0)
        return root

    # PyYAML's events are untyped.
    def _next(self) -> Any:  # noqa: ANN401
        event = next(self.events, None)
        self.nodes += 1
        if self.nodes > _MOST_NODES:
            raise self._error(event, "has too many entries")
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise self._error(event, "anchors and aliases (& and *) are not allowed")
        if getattr(event, "tag", None):
            raise self._error(event, "tags (!) are not allowed")
        return event

    def _node(self, event: Any, depth: int) -> Node:  # noqa: ANN401
        place = (self.name, *_position(event))
        if isinstance(event, yaml.ScalarEvent):
            text = self._text(event)
            return Node(_value(text) if event.implicit[0] else text, *place)
        if depth >= _MOST_DEPTH:
            raise self._error(event, "is nested too deeply")
        items: list[Node] = []
        entries: dict[str, Node] = {}
        keys: dict[str, tuple[int, int]] = {}
        while not isinstance(inner := self._next(), yaml.CollectionEndEvent):
            if isinstance(event, yaml.MappingStartEvent):
                key = self._key(inner, keys)
                entries[key] = self._node(self._next(), depth + 1)
            else:
                items.append(self._node(inner, depth + 1))
        mapping = isinstance(event, yaml.MappingStartEvent)
        return Node(entries if mapping else tuple(items), *place, keys)

    def _key(self, event: Any, keys: dict[str, tuple[int, int]]) -> str:  # noqa: ANN401
        """Return the key that *event* is, and note in *keys* where it stands."""
        if not isinstance(event, yaml.ScalarEvent):
            raise self._error(event, "a key must be plain text")
        text = self._text(event)
        if len(text) > _LONGEST_KEY:
            raise self._error(event, f"a key has at most {_LONGEST_KEY} characters")
        if text in keys:
            message = f"{text!r} is given twice (first on line {keys[text][0]})"
            raise self._error(event, message)
        if text == "<<":
            raise self._error(event, "merge keys (<<) are not allowed")
        keys[text] = _position(event)
        return text

    def _text(self, event: Any) -> str:  # noqa: ANN401
        text: str = event.value
        for at in _invisible(text, allowed="\n\t"):
            raise self._error(event, _forbidden(text[at]))
        return text

    def _error(self, event: Any, message: str) -> FileError:  # noqa: ANN401
        return FileError(self.name, *_position(event), message)


def _position(event: Any) -> tuple[int, int]:  # noqa: ANN401
    return event.start_mark.line + 1, event.start_mark.column + 1


def _value(text: str) -> Scalar:
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _FRACTION.fullmatch(text) else text
