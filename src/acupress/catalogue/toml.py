"""
Parses TOML that a person may have written by hand, and says what to write instead.

The parser stops at the first error. So that all are told at once, a faulty line gives
way to what it most likely means, and the rest is parsed again; no value of a file with
a fault is ever used.
"""

from __future__ import annotations

import re
import tomllib

from acupress.catalogue.handwritten import QUOTES, meant, quoted, suggestion
from acupress.catalogue.nodes import Node, Scalar
from acupress.catalogue.records import Fields, nearest
from acupress.errors import FileError

_MOST_FAULTS = 20

# A key, in quotes or not, what stands between, and a value; also without any `=`.
_LINE = re.compile(
    r"""\s*(?:export\s+|--)?["']?(?P<key>[A-Za-z][\w-]*)["']?"""
    r"(?P<sign>\s*(?::=|=>|==|=|:)\s*|\s+|$)(?P<value>.*)"
)
_COMMENT = re.compile(r"""(?:^|\s)(?:#|//|;)[^"']*$""")
_CONTINUES = re.compile(r"""\s*(?:["',\]]|$)""")


def parse_toml(
    data: bytes, name: str, fields: Fields, faults: list[FileError]
) -> Node | None:
    """
    Return *data*, the contents of the file *name*, as a node.

    *fields* are the keys that are known. Append every fault of syntax to *faults*;
    what the faulty lines mean instead is in the node, for their keys to be known.
    """
    try:
        text = data.decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n")
    except UnicodeDecodeError:
        faults.append(FileError(name, 1, 1, "is not UTF-8: save it as UTF-8"))
        return None
    lines = text.split("\n")
    touched: set[int] = set()
    for _ in range(_MOST_FAULTS):
        text = "\n".join(lines)
        try:
            return _node(
                _lifted(tomllib.loads(text), text, name, fields, faults), text, name
            )
        except RecursionError:
            faults.append(FileError(name, 1, 1, "is nested too deeply"))
            return None
        except tomllib.TOMLDecodeError as error:
            at, column = _place(str(error), lines)
            reader = _Line(lines, at, name, fields)
            if at not in touched:
                faults += reader.faults(column, _words(str(error)))
            lines[at] = "" if at in touched else reader.instead
            lines[at + 1 : reader.end] = [""] * (reader.end - at - 1)
            touched.add(at)
        except ValueError as error:
            faults.append(FileError(name, 1, 1, str(error)))
            return None
    return None


def _words(error: str) -> str:
    return re.sub(r" \(at .*\)", "", error).lower()


def _place(error: str, lines: list[str]) -> tuple[int, int]:
    """
    Return the index of the line where the faulty statement begins, and a column.

    The parser's own place may be lines later, as for quotes that are not closed: the
    first statement that cannot be parsed alone comes first.
    """
    statements = _statements(lines)
    found = re.search(r"line (\d+), column (\d+)", error)
    at, column = (int(found[1]) - 1, int(found[2])) if found else (len(lines) - 1, 1)
    alone = (begin for begin, end in statements.items() if _fails(lines[begin:end]))
    begin = next(alone, max(each for each in statements if each <= at))
    return begin, column if begin == at else 1


def _statements(lines: list[str]) -> dict[int, int]:
    """Return the indexes of the lines with which each statement begins and is over."""
    found, begin, depth = {0: 0}, 0, 0
    for at, line in enumerate(lines):
        inside = depth > 0 and "=" not in line
        if at and not inside and not _CONTINUES.match(line):
            begin, depth = at, 0
        depth += line.count("[") - line.count("]")
        found[begin] = at + 1
    return found


def _fails(lines: list[str]) -> bool:
    """Tell whether the statement *lines* cannot be parsed alone."""
    try:
        tomllib.loads("\n".join(lines))
    except (ValueError, RecursionError):
        return True
    return False


class _Line:
    """The statement that begins at one line, and what it most likely means."""

    def __init__(self, lines: list[str], at: int, name: str, fields: Fields) -> None:
        self.lines, self.at, self.name, self.fields = lines, at, name, fields
        self.end = _statements(lines)[at]
        found = _LINE.match(lines[at])
        self.key = found["key"] if found else ""
        key = self.key.lower().replace("-", "_")
        self.known = key if key in fields else nearest(key, list(fields))
        self.value = found["value"] if found else ""
        self.column = found.start("value") + 1 if found and self.value else 0
        self.instead = ""

    def faults(self, column: int, message: str) -> list[FileError]:
        """Return what is wrong, with what to write, and set *instead*."""
        line = self.lines[self.at].strip()
        if line.startswith((";", "//", "<!--")):
            return [self._error(1, "write # before a comment")]
        if first := self._given_before():
            said = f"{self.known} is given twice (first on line {first}): take one out"
            return [self._error(1, said)]
        if not self.known:
            if self.key:
                known = ", ".join(self.fields)
                return [self._error(1, f"unknown key {self.key!r}; known: {known}")]
            return [self._error(column, f"{message}: write lines of `key = value`")]
        return [self._error(self.column or column, self._what_to_write())]

    def _what_to_write(self) -> str:
        field, text = self.fields[self.known], self._text()
        value = None if field.exact else meant(text, field.schema)
        if value is not None and (line := suggestion(self.known, value, self.name)):
            self.instead = line.strip("`")
            curly = any(mark in text for mark in QUOTES[3:])
            return f"write {line}{', with straight quotes' if curly else ''}"
        try:
            field.read(Node(text, self.name, 1, 1))
        except FileError as error:
            return error.message
        return f"write `{self.known} = {quoted(text)}`"

    def _text(self) -> str:
        """Return the value, which may go on for lines, without comments."""
        lines = (self.value, *self.lines[self.at + 1 : self.end])
        text = " ".join(_COMMENT.sub("", line).strip() for line in lines)
        return text.rstrip(" ;,")

    def _given_before(self) -> int:
        """Return the line above, from 1, that has the same key; 0 if none has."""
        for number, line in enumerate(self.lines[: self.at], 1):
            found = _LINE.match(line)
            if found and self.known and found["key"] == self.known:
                return number
        return 0

    def _error(self, column: int, message: str) -> FileError:
        return FileError(self.name, self.at + 1, column, message)


def _lifted(
    values: dict[str, object],
    text: str,
    name: str,
    fields: Fields,
    faults: list[FileError],
) -> dict[str, object]:
    """Return *values* without headings, which are faults, as `[sound]` would be."""
    headings = {
        key: inner
        for key, inner in values.items()
        if isinstance(inner, dict) and fields.keys() & inner.keys()
    }
    for key in headings:
        (line, _), _ = _position(key, text)
        message = f"take out the line [{key}]: keys stand under no heading here"
        faults.append(FileError(name, line, 1, message))
    alone = {key: value for key, value in values.items() if key not in headings}
    for inner in headings.values():
        alone |= inner
    return alone


def _node(values: dict[str, object], text: str, name: str) -> Node:
    """Return *values* as a node; *text* has the line of each key, TOML's parser not."""

    def value(given: object, line: int, column: int) -> Node:
        if isinstance(given, list):
            items = tuple(value(item, line, column) for item in given)
            return Node(items, name, line, column)
        plain = given if isinstance(given, Scalar) else None
        return Node(plain, name, line, column)

    keys = {key: _position(key, text) for key in values}
    entries = {key: value(given, *keys[key][1]) for key, given in values.items()}
    places = {key: place for key, (place, _) in keys.items()}
    return Node(entries, name, 1, 1, places)


def _position(key: str, text: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return line and column, from 1, of *key* and of its value in *text*."""
    form = rf"^[ \t]*\[*([\"']?){re.escape(key)}\b\1?[^\n=]*=?[ \t]*"
    if not (found := re.search(form, text, re.MULTILINE)):
        return (1, 1), (1, 1)
    line = text.count("\n", 0, found.end()) + 1
    return (line, 1), (line, found.end() - found.start() + 1)
