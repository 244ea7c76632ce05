"""
The resume file: the point that a session had reached, kept for an hour.

It has what was known before the first question, the routine and the options of the
command, and one point. There is no field for an answer, a reason or a second point.
"""

from __future__ import annotations

import json
import os
import zlib
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from acupress import files
from acupress.errors import FileError
from acupress.model import Routine
from acupress.paths import data_folder

# Theory of operation. The file is written under a temporary name and moved into place,
# so that it is whole however the session ends; not synced, since what a power cut takes
# is an offer, and nothing recorded. What is not exactly as written here is no offer:
# `read` returns None for it, and raises only where somebody has to do something (a
# link, a file of another user), since that would be so for good.
#
# What must not be read from it:
# - which points were left out: no list, no minutes of the plan agreed on (they depend
#   on it), and nothing of a session with --only or --without (`commands.resuming`);
# - that a point was pressed in place of another one: a replacement is never written,
#   and the point of the routine before it stays (`resume_writer`);
# - that the first point of the routine was left out: the first point pressed is not
#   written, and nothing is lost by that (`resume_writer`).

LASTS = timedelta(hours=1)
"""For how long a session can be resumed."""

_VERSION = 1
_MOST_BYTES = 2000


class SessionOptions(NamedTuple):
    """The options of a command that shape a session; ``None`` was not given."""

    minutes: int | None = None
    starter: bool | None = None
    wait: bool | None = None
    get_ready: int | None = None
    change_sides: int | None = None

    def filled(self, other: SessionOptions) -> SessionOptions:
        """Return these, and from *other* those that were not given."""
        given = {key: each for key, each in self._asdict().items() if each is not None}
        return other._replace(**given)


class ResumePoint(NamedTuple):
    """
    The *point* that a session of *routine* had reached, with the *options* it had.

    *written* is timezone-aware. *state* is the checksum of the routine.
    """

    written: datetime
    routine: str
    state: int
    point: str
    options: SessionOptions


def where() -> Path:
    """Return the path of the resume file; raises StorageError without a home."""
    return data_folder(os.environ) / "resume.json"


def state_of(routine: Routine) -> int:
    """Return a checksum of *routine*, to notice that its file was changed."""
    return zlib.crc32(repr(routine).encode("utf-8", "replace"))


def read(file: Path, now: datetime) -> ResumePoint | None:
    """
    Return what *file* offers at *now*; ``None`` if it is too old or not valid.

    Raises StorageError if it cannot be used or read.
    """
    if not files.ensure_private(file):
        return None
    try:
        found = _parsed(files.contents(file, _MOST_BYTES, trusted=True) or b"")
    except FileError as error:
        raise files.refused(file, error.message) from error
    except (ValueError, RecursionError):
        return None
    fresh = timedelta() <= now - found.written <= LASTS
    return found if fresh else None


def write(file: Path, reached: ResumePoint) -> None:
    """Replace *file*, atomically; raises StorageError."""
    content = {
        "version": _VERSION,
        "written": reached.written.isoformat(timespec="seconds"),
        "routine": reached.routine,
        "state": reached.state,
        "point": reached.point,
        **reached.options._asdict(),
    }
    files.private_folder(file.parent)
    files.replace(file, json.dumps(content).encode())


def keep(reached: ResumePoint) -> None:
    """Write *reached* where it belongs; without a point, forget what is there."""
    if reached.point:
        write(where(), reached)
    else:
        forget(where())


def forget(file: Path) -> None:
    """Remove *file* and what a killed session left of it; raises StorageError."""
    with files.storage_errors(file):
        if not file.parent.exists():
            return
        files.private_folder(file.parent)
        files.ensure_private(file)  # or it is a link, which is left as it is
        for each in (file, *file.parent.glob(f"{file.name}.*.new")):
            each.unlink(missing_ok=True)


# Each key of the file, and what it may hold: None is an option that was not given.
_TEXTS = ("written", "routine", "point")
_SWITCHES = ("starter", "wait")
_NUMBERS = {
    "version": range(_VERSION, _VERSION + 1),
    "state": range(1 << 32),
    "minutes": range(1, 61),
    "get_ready": range(5, 61),
    "change_sides": range(3, 31),
}
_ALWAYS = {"version", "state"}


def _parsed(data: bytes) -> ResumePoint:
    """Return the content of a resume file; raises ValueError if it is any other."""
    content = json.loads(data)
    known = {*_TEXTS, *_SWITCHES, *_NUMBERS}
    valid = isinstance(content, dict) and content.keys() == known
    if not valid or not all(_is_valid(*item) for item in content.items()):
        raise ValueError(data)
    written = datetime.fromisoformat(content["written"])
    if written.tzinfo is None:
        raise ValueError(data)
    options = SessionOptions(*(content[key] for key in SessionOptions._fields))
    return ResumePoint(
        written, content["routine"], content["state"], content["point"], options
    )


def _is_valid(key: str, value: object) -> bool:
    if key in _TEXTS:
        return isinstance(value, str)
    if value is None:
        return key not in _ALWAYS
    if key in _SWITCHES:
        return isinstance(value, bool)
    return type(value) is int and value in _NUMBERS[key]
