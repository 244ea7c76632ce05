"""
Moves an unusable journal out of the way without losing anything.

The file and what SQLite left beside it go into a new folder under the same names,
by which SQLite matches them. Nothing is opened for writing or overwritten.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date
from itertools import count
from pathlib import Path

from acupress import files
from acupress.errors import UnusableError
from acupress.journal.store import read_entries, sqlite_companions

_PREFIX = "journal-"


def set_aside(file: Path, today: date) -> Path | None:
    """
    Move *file* into a new folder named after *today*, and return that folder.

    Return ``None`` if the journal does not exist or is readable. Raises StorageError,
    as for a journal that is only busy, which is not moved.
    """
    found = [each for each in (file, *sqlite_companions(file)) if os.path.lexists(each)]
    if not found:
        return None
    files.private_folder(file.parent)
    if file in found and _usable(file):
        return None
    with files.storage_errors(file):
        place = _new_folder(file.parent, today)
        # The journal first: if it stayed alone, it would be read as if it were
        # complete, whereas leftover companions alone are refused.
        for each in found:
            each.rename(place / each.name)
        files.sync(place)
        files.sync(file.parent)
    return place


def places(file: Path) -> Sequence[Path]:
    """Return the folders to which earlier journals were moved from *file*."""
    return sorted(each for each in file.parent.glob(f"{_PREFIX}*") if each.is_dir())


def _usable(file: Path) -> bool:
    try:
        read_entries(file)
    except UnusableError:
        return False
    return True


def _new_folder(parent: Path, today: date) -> Path:
    """Create a private folder in *parent*, under the first free name."""
    for number in count(1):
        place = parent / f"{_PREFIX}{today}{f'-{number}' if number > 1 else ''}"
        try:
            place.mkdir(files.FOLDER_MODE)
        except FileExistsError:
            continue
        place.chmod(files.FOLDER_MODE)  # mkdir is subject to the umask
        return place
    raise AssertionError  # count() is endless
