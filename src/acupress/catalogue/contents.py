"""What a catalogue holds: the bundled one, and a person's own files beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from acupress.errors import FileError
from acupress.lookup.results import Index
from acupress.lookup.search import WordIndex
from acupress.model import Point, Routine, Source

Points = Mapping[str, Point]
Sources = Mapping[str, Source]


class Catalogue(NamedTuple):
    """
    All that is bundled: sources and routines by id, points by code.

    *points* have a file each; *names* has the reference points, too, and every name
    that a point answers to. *words* returns what a search compares.
    """

    sources: Sources
    points: Points
    routines: Mapping[str, Routine]
    names: Index
    words: Callable[[], WordIndex]


class OwnFiles(NamedTuple):
    """What was read, every fault there was, and the files that were passed over."""

    points: tuple[Point, ...] = ()
    routines: tuple[Routine, ...] = ()
    faults: tuple[FileError, ...] = ()
    ignored: tuple[Path, ...] = ()
    number: int = 0
