"""
The bundled catalogue and a person's own files, each read once and when wanted.

One fault in a file of one's own stops a command: half a catalogue is none.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from acupress.catalogue.bundled import (
    read_points,
    read_reference,
    read_routines,
    read_sources,
)
from acupress.catalogue.entries import Points, Sources
from acupress.catalogue.personal import OwnFiles, distrusted, own_files, read_own
from acupress.config import Config, read_config
from acupress.errors import FileError
from acupress.model import Routine, Tempo
from acupress.paths import bundled, config_folder


@cache
def load_config() -> Config:
    """Read the person's preferences."""
    return read_config(config_folder(os.environ) / "config.toml")


def tempo_of(get_ready: int | None, change_sides: int | None) -> Tempo:
    """Return the gaps that the options ask for, or else the preferences."""
    config = load_config()
    return Tempo(get_ready or config.get_ready, change_sides or config.change_sides)


@cache
def load_points() -> Points:
    """Read the points that have a file each, and the person's own."""
    own = _usable_own_files().points
    return {**_bundled_points(), **{point.code: point for point in own}}


@cache
def load_all_points() -> Points:
    """Read the reference points, too, whose long file takes a while."""
    return {**load_points(), **_reference_points()}


@cache
def load_routines() -> tuple[Routine, ...]:
    """Read the routines, the person's own last."""
    return (*_bundled_routines(), *_usable_own_files().routines)


@cache
def load_own_files() -> OwnFiles:
    """Read the person's own files, with every fault; nothing where there are none."""
    if faults := distrusted(config_folder(os.environ)):
        return OwnFiles(faults=tuple(faults))
    files = own_files(config_folder(os.environ))
    if not files[0] and not files[1]:
        return OwnFiles(ignored=tuple(files[2]))
    return check_files(files)


def check_files(files: tuple[list[Path], list[Path], list[Path]]) -> OwnFiles:
    """Read *files* as a person's own, beside the bundled catalogue."""
    points = {**_bundled_points(), **_reference_points()}
    return read_own(files, points, _bundled_routines(), _sources())


def _usable_own_files() -> OwnFiles:
    own = load_own_files()
    if own.faults:
        first, *others = own.faults
        more = f" (and {len(others)} more: `acupress check`)" if others else ""
        message = f"{first.message}{more}"
        raise FileError(first.file, first.line, first.column, message)
    return own


@cache
def _sources() -> Sources:
    return read_sources(bundled())


@cache
def _bundled_points() -> Points:
    return read_points(bundled(), _sources())


@cache
def _reference_points() -> Points:
    return read_reference(bundled(), _bundled_points(), _sources())


@cache
def _bundled_routines() -> tuple[Routine, ...]:
    return read_routines(bundled(), _bundled_points(), _sources())
