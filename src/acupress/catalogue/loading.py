"""
The bundled catalogue and a person's own files, each read once and when wanted.

A fault in a file of one's own stops whatever plans or presses: half a catalogue is
none. What only shows bundled points goes on without the faulty file.
"""

from __future__ import annotations

import os
from functools import cache, partial
from typing import TYPE_CHECKING

from acupress.catalogue.compiled import COMPILED, read_compiled
from acupress.catalogue.contents import Catalogue, OwnFiles, Points
from acupress.errors import FileError
from acupress.lookup.results import Index, combined
from acupress.lookup.search import WordIndex, merged
from acupress.model import Ache, Routine
from acupress.paths import bundled, config_folder, has_own_records

if TYPE_CHECKING:
    from acupress.catalogue.ownfiles import Listed


@cache
def load_points(*, complete: bool = True) -> Points:
    """
    Return the points that have a file each, and the person's own.

    Raises FileError for a fault in a file of one's own; unless *complete*, what is
    faulty is only missing, and :func:`own_fault` tells why.
    """
    return {**_bundled().points, **_own(complete=complete).points}


@cache
def load_index(*, complete: bool = True) -> Index:
    """Return all points, reference points included, by every name they answer to."""
    own = _own(complete=complete).names
    return combined(_bundled().names, own) if own.points else _bundled().names


@cache
def load_words(*, complete: bool = True) -> WordIndex:
    """Return the words that a search compares, those of own points included."""
    own, words = _own(complete=complete), _bundled().words()
    return merged(words, own.words()) if own.points else words


@cache
def load_routines(*, complete: bool = True) -> tuple[Routine, ...]:
    """Return the routines, the person's own last."""
    own = _own(complete=complete).routines
    return (*_bundled().routines.values(), *own.values())


def load_aches() -> tuple[Ache, ...]:
    """Return what people call an ache, with the routines that serve."""
    return tuple(_bundled().aches.values())


@cache
def own_fault() -> FileError | None:
    """Return the first fault in the files of one's own, which counts the others."""
    faults = load_own_files().faults
    return faults[0].counting(len(faults) - 1) if faults else None


@cache
def load_own_files() -> OwnFiles:
    """Return the person's own files, with every fault, or a valid cache of them."""
    return _read_own_files(cached=True)


def check_own_files() -> OwnFiles:
    """Read the person's own files anew, with every fault."""
    return _read_own_files(cached=False)


def check_files(files: Listed) -> OwnFiles:
    """Read *files* as a person's own, beside the bundled catalogue."""
    from acupress.catalogue.personal import read_own  # noqa: PLC0415 - loads PyYAML

    return read_own(files, _bundled())


def read_routine_text(
    data: bytes, name: str, *, own: bool
) -> tuple[Routine | None, list[FileError]]:
    """
    Return the routine in *data*, the text of the file *name*, or every fault of it.

    Unless it is the person's *own*, it can name no point of theirs: whoever wrote it
    did not mean that one.
    """
    from acupress.catalogue.ownroutines import (  # noqa: PLC0415 - reads YAML
        Scope,
        read_routine,
    )

    names = load_index() if own else _bundled().names
    taken = {routine.id for routine in load_routines()}
    return read_routine(data, name, Scope(names, bundled_routines(), taken))


def bundled_routines() -> tuple[Routine, ...]:
    """Return the routines that everybody has."""
    return tuple(_bundled().routines.values())


def _read_own_files(*, cached: bool) -> OwnFiles:
    if not has_own_records(os.environ):
        return OwnFiles()
    from acupress.catalogue.ownfiles import (  # noqa: PLC0415 - if there are any
        distrusted,
        own_files,
        read_cached,
    )

    if faults := distrusted(config_folder(os.environ)):
        return OwnFiles(faults=tuple(faults))
    try:
        files = own_files(config_folder(os.environ))
    except FileError as error:
        return OwnFiles(faults=(error,))
    if not files.points and not files.routines:
        return OwnFiles(ignored=tuple(files.ignored))
    read = partial(check_files, files)
    return read_cached(files, _bundled(), read, os.environ) if cached else read()


def _own(*, complete: bool = True) -> Catalogue:
    if complete and (fault := own_fault()):
        raise fault
    return load_own_files().catalogue


@cache
def _bundled() -> Catalogue:
    """Return the compiled catalogue; where there is none that can be used, the YAML."""
    return read_compiled(bundled() / COMPILED, _strict) or _strict()


@cache
def _strict() -> Catalogue:
    from acupress.catalogue.bundled import read_catalogue  # noqa: PLC0415 - a fallback

    return read_catalogue(bundled())
