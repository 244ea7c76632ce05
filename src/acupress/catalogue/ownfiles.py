"""
Finds the user's own files, and keeps what was read from them in a cache.

Parsing and checking YAML takes longer than all that a command does. The cache has the
bytes of the files that it was made from, and is used only if they are still the same;
it holds no more than they do. It is removed, ignored or not writable without harm.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from acupress.catalogue.compiled import COMPILED, parse_compiled, to_json
from acupress.catalogue.contents import MOST_BYTES, Catalogue, OwnFiles
from acupress.errors import FileError, StorageError
from acupress.files import STANDARD_INPUT, contents, make, private_folder, require_trust
from acupress.paths import bundled, cache_folder

_MOST_CACHED = 100 * MOST_BYTES
_SEPARATOR = b"\0"  # in no JSON line, and in no YAML file that could be read


class Listed(NamedTuple):
    """The files of points, the files of routines, and those that are ignored."""

    points: list[Path]
    routines: list[Path]
    ignored: list[Path]


def own_files(folder: Path) -> Listed:
    """Return the files in *folder*; raises FileError if that cannot be read."""
    points, routines = listed(folder / "points"), listed(folder / "routines")
    return Listed(
        [path for path in points if is_record(path)],
        [path for path in routines if is_record(path)],
        [path for path in (*points, *routines) if not is_record(path)],
    )


def distrusted(folder: Path) -> list[FileError]:
    """
    Return a fault for each file or folder in *folder* that other users can write to.

    These files say where to press, so an untrusted one is not even parsed.
    """
    faults = []
    places = [folder, folder / "points", folder / "routines"]
    for path in (*places, *(each for place in places[1:] for each in listed(place))):
        try:
            require_trust(path)
        except FileError as error:
            faults.append(error)
    return faults


def listed(folder: Path) -> list[Path]:
    """Return what is in *folder*, sorted; raises FileError if it cannot be read."""
    try:
        return sorted(folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise FileError(str(folder), 1, 1, f"cannot be read: {reason}") from None


def is_record(path: Path) -> bool:
    """Tell whether the name of *path* is that of a file which is read."""
    if path == STANDARD_INPUT:
        return True
    return path.suffix == ".yaml" and not path.name.startswith(".")


def read_cached(
    files: Listed,
    base: Catalogue,
    read: Callable[[], OwnFiles],
    environment: Mapping[str, str],
) -> OwnFiles:
    """
    Return what *read* makes of *files*, from the cache if they are unchanged.

    *base* is the bundled catalogue, to which the records in *files* refer.
    """
    signature = _signature(files)
    if signature is None:
        return read()
    cache = cache_folder(environment) / "own.jsonl"
    compiled, _, cached = _read_trusted(cache).partition(_SEPARATOR)
    if cached == signature:
        known = parse_compiled(compiled, lambda: read().catalogue, base)
        if known:
            number = len(files.points) + len(files.routines)
            return OwnFiles(known, (), tuple(files.ignored), number)
    own = read()
    if not own.faults and signature == _signature(files):  # unchanged while it was read
        text = to_json(own.catalogue).encode("utf-8")
        _write(cache, _SEPARATOR.join((text, signature)))
    return own


def _signature(files: Listed) -> bytes | None:
    """Return all that the values depend on; ``None`` if there is no sure answer."""
    parts = []
    try:
        found = (bundled() / COMPILED).stat()
        parts.append(f"{found.st_mtime_ns} {found.st_size}".encode())
        for path in (*files.points, *files.routines):
            data = contents(path, MOST_BYTES)
            parts += [os.fsencode(path), data or b""]
    except (OSError, FileError):
        return None
    return _SEPARATOR.join(parts)


def _read_trusted(cache: Path) -> bytes:
    try:
        require_trust(cache.parent)
        return contents(cache, _MOST_CACHED, trusted=True) or b""
    except FileError:
        return b""


def _write(cache: Path, data: bytes) -> None:
    def fill(temporary: Path) -> None:
        temporary.write_bytes(data)

    with suppress(OSError, StorageError):
        private_folder(cache.parent)
        cache.unlink(missing_ok=True)
        make(cache, fill)
