"""
Reads the user's preferences from ``config.toml`` in their configuration folder.

No key answers a safety question. ``cautions`` are only ever added to an answer, so
they can leave out more and never less. An unknown key is an error, with a suggestion.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
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
    (``plan_screen.KNOWN_AFTER``). *get_ready* and *change_sides* are seconds. A command
    is a program and its arguments, and none if it is empty.
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
    voice_command: tuple[str, ...] = ()
    on_start: tuple[str, ...] = ()
    on_point: tuple[str, ...] = ()
    on_end: tuple[str, ...] = ()


USUAL = Config()
"""The preferences of somebody who states none."""


def usual(environment: Mapping[str, str]) -> Config:
    """
    Return the preferences of somebody without a file.

    ``ACCESSIBLE``, which programs for screen readers agree on, asks for plain lines
    and no pictures made of characters.
    """
    if environment.get("ACCESSIBLE", "") in {"", "0"}:
        return USUAL
    return USUAL._replace(plain=True, picture=PictureChoice.NONE)


@cache
def load_config() -> Config:
    """Read the person's preferences; raises FileError, which counts further faults."""
    path = config_folder(os.environ) / "config.toml"
    config, faults = read_config(path, usual(os.environ))
    if faults:
        raise faults[0].counting(len(faults) - 1)
    return config


def tempo_of(get_ready: int | None, change_sides: int | None) -> Tempo:
    """Return the gaps that the options ask for, or else the preferences."""
    config = load_config()
    return Tempo(get_ready or config.get_ready, change_sides or config.change_sides)


def read_config(path: Path, usual: Config = USUAL) -> tuple[Config, list[FileError]]:
    """
    Read *path*; return the preferences in it, and every fault, sorted by line.

    Those that it does not name are the *usual* ones.
    """
    try:
        data = contents(path, _MOST_BYTES, trusted=True)
        if data is None:
            return usual, []
        require_trust(path.parent)
    except FileError as error:
        return Config(), [error]
    from acupress.catalogue.records import Record  # noqa: PLC0415 - if there is a file
    from acupress.catalogue.toml import parse_toml  # noqa: PLC0415

    faults: list[FileError] = []
    fields = _fields()
    node = parse_toml(data, str(path), fields, faults)
    if node is None:
        return Config(), faults
    record = Record(node, faults)
    values = record.take(fields)
    record.close()
    faults.sort(key=lambda fault: (fault.line, fault.column))
    return Config() if faults else usual._replace(**values), faults


def _fields() -> Fields:
    """Return what each key of the file may hold, all of them optional."""
    from acupress.catalogue.records import (  # noqa: PLC0415 - if there is a file
        BOOLEAN,
        command,
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
        "voice_command": command(),
        "on_start": command(),
        "on_point": command(),
        "on_end": command(),
    }
    return {key: optional(field) for key, field in fields.items()}
