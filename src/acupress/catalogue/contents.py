"""What a catalogue holds: the bundled one, and a person's own files beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from acupress.errors import FileError
from acupress.lookup.results import Index
from acupress.lookup.search import WordIndex
from acupress.model import Ache, Point, Routine, Source

MOST_BYTES = 1_000_000
"""The size limit of a file of the catalogue, bundled or the user's own."""

Points = Mapping[str, Point]
Sources = Mapping[str, Source]


class Catalogue(NamedTuple):
    """
    All that is bundled: sources and routines by id, points by code.

    *points* have a file each; *names* has the reference points, too, and every name
    that a point answers to. *words* returns what a search compares. *aches* are
    by what they are called first.
    """

    sources: Sources
    points: Points
    routines: Mapping[str, Routine]
    names: Index
    words: Callable[[], WordIndex]
    aches: Mapping[str, Ache]


NOTHING = Catalogue({}, {}, {}, Index({}, {}), dict, {})
"""A catalogue without anything in it."""


class OwnFiles(NamedTuple):
    """
    What was read of the user's files, every fault, and the files that were ignored.

    The names in *catalogue* are those of its points alone, but each with the codes of
    the bundled points that share it.
    """

    catalogue: Catalogue = NOTHING
    faults: tuple[FileError, ...] = ()
    ignored: tuple[Path, ...] = ()
    number: int = 0

    @property
    def points(self) -> tuple[Point, ...]:
        """The points, in the order of their files."""
        return tuple(self.catalogue.points.values())

    @property
    def routines(self) -> tuple[Routine, ...]:
        """The routines, in the order of their files."""
        return tuple(self.catalogue.routines.values())
