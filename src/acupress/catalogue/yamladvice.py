"""
Says what to write where hand-written YAML could not be parsed.

The parser tells where it stopped, in words of its own grammar, and often a line too
late. What was meant shows in the shape of that line and of the one above.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from acupress.catalogue.handwritten import QUOTES, quoted

Advice = tuple[int, int, str]
"""Line and column, from 1, and what to write there."""

_PAIR = re.compile(r"(\s*(?:- +)?)([A-Za-z_]\w*)\s*:(?:\s+(.*))?$")
_NO_SPACE = re.compile(r"(\s*(?:- +)?)([A-Za-z_]\w*):(\S.*)$")
_EQUALS = re.compile(r"(\s*(?:- +)?)([A-Za-z_]\w*)\s*=\s*(.*)$")
_NO_COLON = re.compile(r"(\s*(?:- +)?)([A-Za-z_]\w*)\s+([^:#]+)$")

_AS_TEXT, _CLOSE = "put the text in quotes: ", "close the quotes: "

_WORDS = re.compile(r"[\w.-]+(?: [\w.-]+)*")
_INDICATORS = (*"@`%&*!|>[]{}\"',?", "- ")


def advice(text: str, line: int, column: int) -> Advice | None:
    """Return what to write in *text*, whose parser stopped at *line* and *column*."""
    lines = text.split("\n")[:line]
    if len(lines) < line:
        return None
    here = _Place(lines, column)
    checks = (_tab, _unclosed, _unquoted, _unseparated, _misplaced)
    return next((found for check in checks if (found := check(here))), None)


@dataclass(frozen=True, slots=True)
class _Place:
    """The lines up to the one where the parser stopped, and the column in that."""

    lines: list[str]
    column: int

    @property
    def line(self) -> str:
        return self.lines[-1]

    @property
    def above(self) -> int:
        """The number of the line with text above the last; 0 if there is none."""
        numbers = range(len(self.lines) - 1, 0, -1)
        return next((each for each in numbers if self.lines[each - 1].strip()), 0)


def _tab(here: _Place) -> Advice | None:
    before = here.line[: len(here.line) - len(here.line.lstrip())]
    if "\t" not in before:
        return None
    column = before.index("\t") + 1
    return len(here.lines), column, "write spaces here instead of the tab"


def _unclosed(here: _Place) -> Advice | None:
    """Find the last value that opens quotes without closing them."""
    opened, mark = 0, ""
    for number, line in enumerate(here.lines, 1):
        pair = _PAIR.match(line)
        value = (pair[3] or "") if pair else ""
        if value.startswith(('"', "'")) and (not opened or pair):
            mark = value[0]
            opened = number if value.count(mark) % 2 else 0
        elif opened and line.count(mark) % 2:
            opened = 0
    if not opened:
        return None
    pair = _PAIR.match(here.lines[opened - 1])
    return _write(opened, pair, _CLOSE) if pair else None


def _unquoted(here: _Place) -> Advice | None:
    """Find a text that only quotes make one."""
    pair = _PAIR.match(here.line)
    value = (pair[3] or "") if pair else ""
    if pair and (value.startswith(_INDICATORS) or re.search(":(?: |$)", value)):
        return _write(len(here.lines), pair, _AS_TEXT)
    return None


def _unseparated(here: _Place) -> Advice | None:
    """Find a key without a colon and a space after it, here or on the line above."""
    for number in (len(here.lines), here.above):
        line = here.lines[number - 1] if number else ""
        for form in (_NO_SPACE, _EQUALS):
            if found := form.match(line):
                return _write(number, found)
    above = here.lines[here.above - 1] if here.above else ""
    if (found := _NO_COLON.match(above)) and _indent(above) == _indent(here.line):
        return _write(here.above, found)
    return None


def _misplaced(here: _Place) -> Advice | None:
    if here.above and _indent(here.line) != _indent(here.lines[here.above - 1]):
        column = _indent(here.line) + 1
        return (
            len(here.lines),
            column,
            "begin this line as far from the left as the other keys of its record",
        )
    return None


def _indent(line: str) -> int:
    """Return the column, from 0, of the key or the text in *line*."""
    return len(line) - len(re.sub("^[ -]+", "", line))


def _write(number: int, found: re.Match[str], in_quotes: str = "") -> Advice:
    """Return the advice to write the pair in *found* anew, *in_quotes* for a reason."""
    value = (found[3] or "").strip()
    if in_quotes != _AS_TEXT:
        value = value.strip(QUOTES)
    if in_quotes or not _WORDS.fullmatch(value):
        value = quoted(value)
    column = (found.start(3) if found[3] else found.start(2)) + 1
    return number, column, f"{in_quotes or 'write '}`{found[2]}: {value}`"
