"""
The way out where a journal can not be used: it is moved away, and nothing is lost.

The file and whatever SQLite left beside it go into a new folder, where they keep the
names by which they belong together. Nothing of them is opened to be written, and
nothing that is there already is written over.
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
    Move *file* into a new folder, named after *today*, and return that folder.

    ``None``: it is not there, or nothing is wrong with it. Raises StorageError with
    everything where it was, as for a journal that is only busy.
    """
    there = [each for each in (file, *sqlite_companions(file)) if os.path.lexists(each)]
    if not there:
        return None
    files.private_folder(file.parent)
    if file in there and _usable(file):
        return None
    with files.storage_errors(file):
        place = _new_folder(file.parent, today)
        # The journal first: without what is beside it, it would be read as if it
        # were whole, while that without the journal is refused.
        for each in there:
            each.rename(place / each.name)
        files.sync(place)
        files.sync(file.parent)
    return place


def places(file: Path) -> Sequence[Path]:
    """Return the folders in which earlier journals of *file* were set aside."""
    return sorted(each for each in file.parent.glob(f"{_PREFIX}*") if each.is_dir())


def _usable(file: Path) -> bool:
    try:
        read_entries(file)
    except UnusableError:
        return False
    return True


def _new_folder(parent: Path, today: date) -> Path:
    """Make a folder for us alone in *parent*, under a name that was free."""
    for number in count(1):
        place = parent / f"{_PREFIX}{today}{f'-{number}' if number > 1 else ''}"
        try:
            place.mkdir(files.FOLDER_MODE)
        except FileExistsError:
            continue
        place.chmod(files.FOLDER_MODE)  # whatever the umask took away
        return place
    raise AssertionError  # there is always one more number
