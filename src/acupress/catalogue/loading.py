"""
The bundled catalogue and a person's own files, each read once and when wanted.

A fault in a file of one's own stops whatever plans or presses: half a catalogue is
none. What only shows bundled points goes on without the faulty file.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from acupress.catalogue.compiled import COMPILED, read_compiled
from acupress.catalogue.contents import Catalogue, OwnFiles
from acupress.catalogue.entries import Points
from acupress.errors import FileError
from acupress.lookup.resolve import extended
from acupress.lookup.results import Index
from acupress.lookup.search import WordIndex, merged, word_index
from acupress.model import Ache, Routine
from acupress.paths import bundled, config_folder, has_own_records


@cache
def load_points(*, complete: bool = True) -> Points:
    """
    Return the points that have a file each, and the person's own.

    Raises FileError for a fault in a file of one's own; unless *complete*, what is
    faulty is only missing, and :func:`own_fault` tells why.
    """
    own = _own_files(complete=complete).points
    return {**_bundled().points, **{point.code: point for point in own}}


@cache
def load_index(*, complete: bool = True) -> Index:
    """Return all points, reference points included, by every name they answer to."""
    return extended(_bundled().names, _own_files(complete=complete).points)


@cache
def load_words(*, complete: bool = True) -> WordIndex:
    """Return the words that a search compares, those of own points included."""
    own = _own_files(complete=complete).points
    bundled = _bundled().words
    return merged(bundled, word_index(own)) if own else bundled


@cache
def load_routines(*, complete: bool = True) -> tuple[Routine, ...]:
    """Return the routines, the person's own last."""
    return (*_bundled().routines, *_own_files(complete=complete).routines)


def load_aches() -> tuple[Ache, ...]:
    """Return what people call an ache, with the routines that serve."""
    return _bundled().aches


@cache
def own_fault() -> FileError | None:
    """Return the first fault in the files of one's own, which counts the others."""
    faults = load_own_files().faults
    return faults[0].counting(len(faults) - 1) if faults else None


@cache
def load_own_files() -> OwnFiles:
    """Read the person's own files, with every fault; nothing where there are none."""
    if not has_own_records(os.environ):
        return OwnFiles()
    from acupress.catalogue.personal import distrusted, own_files  # noqa: PLC0415

    if faults := distrusted(config_folder(os.environ)):
        return OwnFiles(faults=tuple(faults))
    try:
        files = own_files(config_folder(os.environ))
    except FileError as error:
        return OwnFiles(faults=(error,))
    if not files[0] and not files[1]:
        return OwnFiles(ignored=tuple(files[2]))
    return check_files(files)


def check_files(files: tuple[list[Path], list[Path], list[Path]]) -> OwnFiles:
    """Read *files* as a person's own, beside the bundled catalogue."""
    from acupress.catalogue.personal import read_own  # noqa: PLC0415 - loads PyYAML

    bundled = _bundled()
    return read_own(files, bundled.names, bundled.routines, bundled.sources)


def _own_files(*, complete: bool = True) -> OwnFiles:
    if complete and (fault := own_fault()):
        raise fault
    return load_own_files()


@cache
def _bundled() -> Catalogue:
    """Return the compiled catalogue; where there is none that can be used, the YAML."""
    compiled = read_compiled(bundled() / COMPILED)
    if compiled is not None:
        return compiled
    from acupress.catalogue.bundled import read_catalogue  # noqa: PLC0415 - a fallback

    return read_catalogue(bundled())
