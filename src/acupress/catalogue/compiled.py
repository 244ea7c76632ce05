"""
The bundled catalogue as one JSON file, written when a wheel is built.

Reading and checking the YAML takes several times as long as all that a command does
with it, and the data of an installed wheel does not change. ``hatch_build.py`` writes
the checked values; a checkout has no such file and reads the YAML.

A record is packed as the list of its fields in their order, an enum as its value. A
source or a point inside another record is packed as its id or code.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from functools import partial
from itertools import chain
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_type_hints

from acupress import __version__
from acupress.catalogue.contents import Catalogue
from acupress.errors import FileError
from acupress.lookup.charts import Charts, ExtraPoint
from acupress.lookup.results import Index
from acupress.model import Ache, Point, Routine, Source

COMPILED = "catalogue.json"
"""The name of the compiled catalogue, in the folder of the bundled data."""

_KEYS = {Source: "id", Point: "code"}


def to_json(catalogue: Catalogue) -> str:
    """Return *catalogue* as the text of the compiled file."""
    charts = catalogue.names.charts
    document = {
        "version": __version__,
        "sources": [_fields(each) for each in catalogue.sources.values()],
        "points": [_fields(each) for each in catalogue.points.values()],
        "reference": [
            _fields(point)
            for code, point in catalogue.names.points.items()
            if code not in catalogue.points
        ],
        "routines": [_fields(each) for each in catalogue.routines],
        "words": catalogue.words,
        "aches": [_fields(each) for each in catalogue.aches],
        "letters": charts.letters,
        "characters": charts.characters,
        "point_words": charts.words,
        "extra": list(charts.extra.values()),
        "names": {name: list(codes) for name, codes in catalogue.names.names.items()},
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def read_compiled(path: Path) -> Catalogue | None:
    """Return what the compiled file at *path* holds; ``None`` if it is unusable."""
    try:
        document = json.loads(path.read_text("utf-8"))
        if document["version"] != __version__:
            return None
        sources = {row[0]: Source(*row) for row in document["sources"]}
        point = _unpacker(Point, {Source: sources})
        points = {row[0]: point(row) for row in document["points"]}
        rows = {row[0]: row for row in document["reference"]}
        routine = _unpacker(Routine, {Source: sources, Point: points})
        routines = tuple(map(routine, document["routines"]))
        words = document["words"]
        aches = tuple(
            Ache(tuple(called), tuple(ids), says, sources[source] if source else None)
            for called, ids, says, source in document["aches"]
        )
        extra = {row[0]: ExtraPoint(*row) for row in document["extra"]}
        charts = Charts(
            document["letters"], document["characters"], document["point_words"], extra
        )
        names = {name: tuple(codes) for name, codes in document["names"].items()}
    except (OSError, ValueError, KeyError, TypeError):
        return None
    every = Index(_UnpackedWhenRead(points, rows, point), names, charts)
    return Catalogue(sources, points, routines, every, words, aches)


class _UnpackedWhenRead(Mapping[str, Point]):
    """*points*, and those in *rows*, each unpacked at its first use: few are needed."""

    def __init__(
        self,
        points: Mapping[str, Point],
        rows: Mapping[str, list[Any]],
        unpack: _Unpack,
    ) -> None:
        self._first, self._rows, self._unpack = points, rows, unpack
        self._points = dict(points)

    def __getitem__(self, code: str) -> Point:
        """Return the point *code*; raises FileError where it was damaged."""
        if code in self._points:
            return self._points[code]
        row = self._rows[code]
        try:
            return self._points.setdefault(code, self._unpack(row))
        except (ValueError, KeyError, TypeError):
            message = f"{code} is damaged: install acupress again"
            raise FileError(COMPILED, 1, 1, message) from None

    def __iter__(self) -> Iterator[str]:
        return chain(self._first, self._rows)

    def __len__(self) -> int:
        return len(self._first) + len(self._rows)


def _fields(record: tuple[object, ...]) -> list[object]:
    return [_packed(value) for value in record]


def _packed(value: Any) -> object:  # noqa: ANN401 - any value of a record
    if key := _KEYS.get(type(value)):
        return getattr(value, key)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [_packed(each) for each in value]
    return value


_Unpack = Callable[[Any], Any]
_Tables = Mapping[type, Mapping[str, object]]


def _unpacker(record: Any, tables: _Tables) -> _Unpack:  # noqa: ANN401 - a NamedTuple
    """Return what makes a *record* of a list; built once, from the field's types."""
    hints = get_type_hints(record)
    unpackers = [_unpacker_of(hints[name], tables) for name in record._fields]

    def unpack(row: list[Any]) -> object:
        return record(
            *(
                value if unpack is None else unpack(value)
                for unpack, value in zip(unpackers, row, strict=True)
            )
        )

    return unpack


def _unpacker_of(hint: Any, tables: _Tables) -> _Unpack | None:  # noqa: ANN401 - a type
    """Return what unpacks a value of type *hint*; ``None`` for one that JSON has."""
    if isinstance(hint, UnionType):  # X | None
        inner = _unpacker_of(get_args(hint)[0], tables)
        return inner and partial(_optional, inner)
    if arguments := get_args(hint):  # tuple[X, ...]
        inner = _unpacker_of(arguments[0], tables)
        return partial(_several, inner) if inner else tuple
    if hint in tables:
        return tables[hint].__getitem__
    if hasattr(hint, "_fields"):
        return _unpacker(hint, tables)
    return hint if issubclass(hint, Enum) else None


def _optional(unpack: _Unpack, value: object) -> object:
    return None if value is None else unpack(value)


def _several(unpack: _Unpack, values: list[object]) -> tuple[object, ...]:
    return tuple(map(unpack, values))
