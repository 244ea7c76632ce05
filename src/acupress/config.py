"""
Reads the user's preferences from ``config.toml`` in their configuration folder.

No key answers a safety question. ``cautions`` are only ever added to an answer, so
they can leave out more and never less. An unknown key is an error, with a suggestion.
"""

from __future__ import annotations

import os
import re
from enum import Enum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from acupress.errors import FileError
from acupress.files import contents, require_trust
from acupress.model import Tempo
from acupress.paths import config_folder
from acupress.session.screening import Caution

if TYPE_CHECKING:
    from acupress.catalogue.nodes import Node
    from acupress.catalogue.records import Fields

_MOST_BYTES = 100_000


class SoundChoice(Enum):
    """How cues are played."""

    AUTO = "auto"
    BELL = "bell"
    OFF = "off"


class PictureChoice(Enum):
    """How points are drawn."""

    AUTO = "auto"
    IMAGE = "image"
    BLOCKS = "blocks"
    ASCII = "ascii"
    NONE = "none"


class Config(NamedTuple):
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


@cache
def load_config() -> Config:
    """Read the person's preferences; raises FileError, which counts further faults."""
    config, faults = read_config(config_folder(os.environ) / "config.toml")
    if faults:
        raise faults[0].counting(len(faults) - 1)
    return config


def tempo_of(get_ready: int | None, change_sides: int | None) -> Tempo:
    """Return the gaps that the options ask for, or else the preferences."""
    config = load_config()
    return Tempo(get_ready or config.get_ready, change_sides or config.change_sides)


def read_config(path: Path) -> tuple[Config, list[FileError]]:
    """Read *path*; return the preferences in it, and every fault, sorted by line."""
    try:
        data = contents(path, _MOST_BYTES, trusted=True)
        if data is None:
            return Config(), []
        require_trust(path.parent)
        node = _parsed(data, path)
    except FileError as error:
        return Config(), [error]
    from acupress.catalogue.records import Record  # noqa: PLC0415 - if there is a file

    faults: list[FileError] = []
    record = Record(node, faults)
    values = record.take(_fields())
    record.close()
    faults.sort(key=lambda fault: (fault.line, fault.column))
    return Config() if faults else Config(**values), faults


def _fields() -> Fields:
    """Return what each key of the file may hold, all of them optional."""
    from acupress.catalogue.records import (  # noqa: PLC0415 - if there is a file
        BOOLEAN,
        one_of,
        optional,
        set_of,
        whole,
    )

    fields: Fields = {
        "sound": one_of(SoundChoice),
        "voice": BOOLEAN,
        "picture": one_of(PictureChoice),
        "plain": BOOLEAN,
        "wait": BOOLEAN,
        "journal": BOOLEAN,
        "get_ready": whole(5, 60),
        "change_sides": whole(3, 30),
        "cautions": set_of(one_of(Caution)),
    }
    return {key: optional(field) for key, field in fields.items()}


def _parsed(data: bytes, path: Path) -> Node:
    import tomllib  # noqa: PLC0415 - lazy import: only if there is a file

    try:
        text = data.decode("utf-8")
        return _node(tomllib.loads(text), text, str(path))
    except UnicodeDecodeError:
        raise FileError(str(path), 1, 1, "is not UTF-8: save it as UTF-8") from None
    except RecursionError:
        raise FileError(str(path), 1, 1, "is nested too deeply") from None
    except ValueError as error:
        found = re.search(r"line (\d+), column (\d+)", str(error))
        line, column = (int(found[1]), int(found[2])) if found else (1, 1)
        message = re.sub(r" \(at .*\)", "", str(error)).lower()
        raise FileError(str(path), line, column, message) from None


def _node(values: dict[str, object], text: str, name: str) -> Node:
    """Return *values* as a node; *text* has the line of each key, TOML's parser not."""
    from acupress.catalogue.nodes import Node, Scalar  # noqa: PLC0415 - lazy import

    def value(given: object, line: int, column: int) -> Node:
        if isinstance(given, list):
            items = tuple(value(item, line, column) for item in given)
            return Node(items, name, line, column)
        plain = given if isinstance(given, Scalar) else None
        return Node(plain, name, line, column)

    keys = {key: _place(key, text) for key in values}
    entries = {key: value(given, *keys[key][1]) for key, given in values.items()}
    places = {key: place for key, (place, _) in keys.items()}
    return Node(entries, name, 1, 1, places)


def _place(key: str, text: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return line and column, from 1, of *key* and of its value in *text*."""
    form = rf"^[ \t]*\[*([\"']?){re.escape(key)}\b\1?[^\n=]*=?[ \t]*"
    if not (found := re.search(form, text, re.MULTILINE)):
        return (1, 1), (1, 1)
    line = text.count("\n", 0, found.end()) + 1
    return (line, 1), (line, found.end() - found.start() + 1)
