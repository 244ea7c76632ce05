"""What a catalogue holds: the bundled one, and a person's own files beside it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from acupress.errors import FileError
from acupress.lookup.results import Index
from acupress.lookup.search import WordIndex
from acupress.model import Ache, Point, Routine, Source


class Catalogue(NamedTuple):
    """All that is bundled, every name that a point answers to, and what is searched."""

    sources: Mapping[str, Source]
    points: Mapping[str, Point]
    routines: tuple[Routine, ...]
    names: Index
    words: WordIndex
    aches: tuple[Ache, ...]


class OwnFiles(NamedTuple):
    """What was read, every fault there was, and the files that were passed over."""

    points: tuple[Point, ...] = ()
    routines: tuple[Routine, ...] = ()
    faults: tuple[FileError, ...] = ()
    ignored: tuple[Path, ...] = ()
    number: int = 0
