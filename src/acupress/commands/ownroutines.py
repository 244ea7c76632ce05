"""What `new` and `add` share: an id that is free, the file, and the check of it."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import typer

from acupress.catalogue.loading import check_own_files, load_routines
from acupress.catalogue.shared import names_points
from acupress.config import load_config
from acupress.dialogue.fields import NOTHING_WRITTEN, Composer, LeftError
from acupress.errors import EndedBySignalError, FileError, StorageError
from acupress.exit import complain
from acupress.files import display_path, make, private_folder, refused
from acupress.model import Routine
from acupress.paths import config_folder

T = TypeVar("T")

_LONGEST_ID = 36  # four less than a file may have, for a number


def free_id(title: str) -> str:
    """Return an id for *title* that no routine, point or file has."""
    plain = unicodedata.normalize("NFKD", title)
    bare = "".join(each for each in plain if not unicodedata.combining(each))
    parts = re.findall("[a-z0-9]+", bare.casefold())
    name = "-".join(parts)[:_LONGEST_ID].strip("-") or "my-routine"
    return next(each for each in _ids(name) if not taken(each))


def _ids(name: str) -> Iterator[str]:
    if name[0].isalpha():
        yield name
    if not name.startswith("my-"):
        name = f"my-{name}"[:_LONGEST_ID].strip("-")
    yield name
    yield from (f"{name}-{number}" for number in range(2, 1000))


def taken(name: str) -> bool:
    """Tell whether *name* is already what a routine, a point or a file is called."""
    known = {routine.id for routine in load_routines()}
    return name in known or names_points(name) or os.path.lexists(file_of(name))


def file_of(name: str) -> Path:
    """Return the file of the routine *name*; raises StorageError without a home."""
    folder = config_folder(os.environ)
    if folder == Path(os.devnull):
        message = "there is no home folder: set HOME"
        raise StorageError(message)
    return folder / "routines" / f"{name}.yaml"


def at_terminal(talk: Callable[[Composer], T], *, plain: bool | None) -> T:
    """
    Return what *talk* comes to at the terminal; exit with a line if it was left.

    With *plain*, or as the preferences have it, it is in lines.
    """
    from acupress.terminal.device import Terminal  # noqa: PLC0415 - loads Rich

    lines = load_config().plain if plain is None else plain
    with Terminal(full=not lines) as terminal:
        try:
            return talk(terminal)
        except (LeftError, EndedBySignalError) as left:
            ending = left
    complain(NOTHING_WRITTEN, 0)
    if isinstance(ending, EndedBySignalError):
        raise ending
    raise typer.Exit


def keep(routine: Routine, data: bytes) -> None:
    """
    Write *data*, which reads as *routine*, to a file of its own, and check all files.

    Raises StorageError if it is there, and exits with what is wrong if anything is.
    """
    file = file_of(routine.id)
    if not file.parent.is_dir():
        private_folder(file.parent)

    def fill(temporary: Path) -> None:
        temporary.write_bytes(data)

    if not make(file, fill):
        raise refused(file, "is there already, and nothing is overwritten")
    own = check_own_files()
    for fault in own.faults:
        complain(str(fault), FileError.exit_code)
    if own.faults:
        raise typer.Exit(FileError.exit_code)
    print(f"Saved and checked, no faults: {display_path(file)}")
    print(f"Begin it with `acupress session {routine.id}`")
