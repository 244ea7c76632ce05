"""
The bundled catalogue and a person's own files, each read once and when wanted.

One fault in a file of one's own stops a command: half a catalogue is none.
"""

from __future__ import annotations

import os
from functools import cache, reduce
from pathlib import Path

from acupress.catalogue.compiled import COMPILED, Catalogue, read_compiled
from acupress.catalogue.entries import Points
from acupress.catalogue.personal import OwnFiles, distrusted, own_files, read_own
from acupress.config import Config, read_config
from acupress.errors import FileError
from acupress.lookup.resolve import one_more
from acupress.lookup.results import Index
from acupress.model import Routine, Tempo
from acupress.paths import bundled, folder


@cache
def load_config() -> Config:
    """Read the person's preferences."""
    return read_config(folder(os.environ) / "config.toml")


def tempo_of(get_ready: int | None, change_sides: int | None) -> Tempo:
    """Return the gaps that the options ask for, or else the preferences."""
    config = load_config()
    return Tempo(get_ready or config.get_ready, change_sides or config.change_sides)


@cache
def load_points() -> Points:
    """Read the points that have a file each, and the person's own."""
    own = _usable_own_files().points
    return {**_bundled().points, **{point.code: point for point in own}}


@cache
def load_all_points() -> Points:
    """Return the reference points, too."""
    return load_index().points


@cache
def load_index() -> Index:
    """Return every name that a point answers to, the person's own included."""
    return reduce(one_more, _usable_own_files().points, _bundled().names)


@cache
def load_routines() -> tuple[Routine, ...]:
    """Read the routines, the person's own last."""
    return (*_bundled().routines, *_usable_own_files().routines)


@cache
def load_own_files() -> OwnFiles:
    """Read the person's own files, with every fault; nothing where there are none."""
    if faults := distrusted(folder(os.environ)):
        return OwnFiles(faults=tuple(faults))
    files = own_files(folder(os.environ))
    if not files[0] and not files[1]:
        return OwnFiles(ignored=tuple(files[2]))
    return check_files(files)


def check_files(files: tuple[list[Path], list[Path], list[Path]]) -> OwnFiles:
    """Read *files* as a person's own, beside the bundled catalogue."""
    points = {**_bundled().points, **_bundled().reference}
    return read_own(files, points, _bundled().routines, _bundled().sources)


def _usable_own_files() -> OwnFiles:
    own = load_own_files()
    if own.faults:
        first, *others = own.faults
        more = f" (and {len(others)} more: `acupress check`)" if others else ""
        message = f"{first.message}{more}"
        raise FileError(first.file, first.line, first.column, message)
    return own


@cache
def _bundled() -> Catalogue:
    """Return the compiled catalogue; where there is none that can be used, the YAML."""
    compiled = read_compiled(bundled() / COMPILED)
    if compiled is not None:
        return compiled
    from acupress.catalogue.bundled import read_catalogue  # noqa: PLC0415 - a fallback

    return read_catalogue(bundled())
