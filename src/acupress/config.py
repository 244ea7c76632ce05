"""
Reads the user's preferences from ``config.toml`` in their configuration folder.

No key answers a safety question. ``cautions`` are only ever added to an answer, so
they can leave out more and never less. An unknown key is an error, with a suggestion.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any, TypeVar

from acupress.errors import FileError
from acupress.files import contents, require_trust
from acupress.session.screening import Caution

E = TypeVar("E", bound=Enum)

_MOST_BYTES = 100_000


class SoundChoice(Enum):
    """How cues are played."""

    AUTO = "auto"
    BELL = "bell"
    OFF = "off"


class PictureChoice(Enum):
    """How points are drawn."""

    AUTO = "auto"
    BLOCKS = "blocks"
    ASCII = "ascii"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Config:
    """
    The preferences; an option on the command line overrides each of them.

    *wait* is whether to wait at each point; ``None`` does until the routine is known
    (``intake.KNOWN_AFTER``). *get_ready* and *change_sides* are seconds.
    """

    sound: SoundChoice = SoundChoice.AUTO
    voice: bool = False
    picture: PictureChoice = PictureChoice.AUTO
    plain: bool = False
    wait: bool | None = None
    journal: bool = True
    get_ready: int | None = None
    change_sides: int | None = None
    cautions: frozenset[Caution] = frozenset()


def read_config(path: Path) -> Config:
    """Read *path*; return the defaults if it does not exist. Raises FileError."""
    data = contents(path, _MOST_BYTES, trusted=True)
    if data is None:
        return Config()
    require_trust(path.parent)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise FileError(str(path), 1, 1, "is not UTF-8: save it as UTF-8") from None
    return _checked(_parsed(text, path), text, path)


def _parsed(text: str, path: Path) -> dict[str, Any]:
    import tomllib  # noqa: PLC0415 - lazy import: only if there is a file

    try:
        return tomllib.loads(text)
    except RecursionError:
        raise FileError(str(path), 1, 1, "is nested too deeply") from None
    except ValueError as error:
        found = re.search(r"line (\d+), column (\d+)", str(error))
        line, column = (int(found[1]), int(found[2])) if found else (1, 1)
        message = re.sub(r" \(at .*\)", "", str(error)).lower()
        raise FileError(str(path), line, column, message) from None


def _checked(values: dict[str, Any], text: str, path: Path) -> Config:
    read: dict[str, Any] = {}
    for key, value in values.items():
        if key not in _READERS:
            raise FileError(str(path), _line(key, text), 1, _unknown(key))
        try:
            read[key] = _READERS[key](value)
        except ValueError as error:
            message = f"{key}: {error}"
            raise FileError(str(path), _line(key, text), 1, message) from None
    return Config(**read)


def _line(key: str, text: str) -> int:
    """Return the line on which *key* is set, from 1."""
    found = re.search(rf"^\s*\[*[\"']?{re.escape(key)}\b", text, re.MULTILINE)
    return text.count("\n", 0, found.end()) + 1 if found else 1


def _unknown(key: str) -> str:
    near = difflib.get_close_matches(key, _READERS, 1)
    if near:
        return f"unknown key {key!r}: did you mean {near[0]!r}?"
    return f"unknown key {key!r}; known: {', '.join(_READERS)}"


def _one_of(words: type[E]) -> Callable[[object], E]:
    known = {member.value: member for member in words}

    def reader(value: object) -> E:
        if not isinstance(value, str) or value not in known:
            raise ValueError(f"write one of: {', '.join(known)}")
        return known[value]

    return reader


def _boolean(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("write true or false")  # noqa: TRY004 - reported as a fault
    return value


def _seconds(least: int, most: int) -> Callable[[object], int]:
    def reader(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise ValueError(f"write a whole number from {least} to {most}")  # noqa: TRY004
        if not least <= value <= most:
            raise ValueError(f"write a whole number from {least} to {most}")
        return value

    return reader


def _cautions(value: object) -> frozenset[Caution]:
    if not isinstance(value, list):
        raise ValueError('write a list: ["veins"]')  # noqa: TRY004 - reported as a fault
    return frozenset(map(_one_of(Caution), value))


_READERS: dict[str, Callable[[Any], Any]] = {
    "sound": _one_of(SoundChoice),
    "voice": _boolean,
    "picture": _one_of(PictureChoice),
    "plain": _boolean,
    "wait": _boolean,
    "journal": _boolean,
    "get_ready": _seconds(5, 60),
    "change_sides": _seconds(3, 30),
    "cautions": _cautions,
}
