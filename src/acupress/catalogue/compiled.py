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
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import partial
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_type_hints

from acupress import __version__
from acupress.catalogue.contents import Catalogue
from acupress.lookup.results import Index
from acupress.model import Point, Routine, Source

COMPILED = "catalogue.json"
"""The name of the compiled catalogue, in the folder of the bundled data."""

_KEYS = {Source: "id", Point: "code"}


def to_json(catalogue: Catalogue) -> str:
    """Return *catalogue* as the text of the compiled file."""
    document = {
        "version": __version__,
        "sources": [_fields(each) for each in catalogue.sources.values()],
        "points": [_fields(each) for each in catalogue.points.values()],
        "reference": [_fields(each) for each in catalogue.reference.values()],
        "routines": [_fields(each) for each in catalogue.routines],
        "words": catalogue.words,
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
        reference = {row[0]: point(row) for row in document["reference"]}
        routine = _unpacker(Routine, {Source: sources, Point: points})
        routines = tuple(map(routine, document["routines"]))
        words = document["words"]
        names = {name: tuple(codes) for name, codes in document["names"].items()}
    except (OSError, ValueError, KeyError, TypeError):
        return None
    every = Index({**points, **reference}, names)
    return Catalogue(sources, points, reference, routines, every, words)


def _fields(record: Any) -> list[object]:  # noqa: ANN401 - any dataclass
    return [_packed(getattr(record, field.name)) for field in fields(record)]


def _packed(value: Any) -> object:  # noqa: ANN401 - any value of a record
    if key := _KEYS.get(type(value)):
        return getattr(value, key)
    if is_dataclass(value):
        return _fields(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [_packed(each) for each in value]
    return value


_Unpack = Callable[[Any], Any]
_Tables = Mapping[type, Mapping[str, object]]


def _unpacker(record: Any, tables: _Tables) -> _Unpack:  # noqa: ANN401 - a dataclass
    """Return what makes a *record* of a list; built once, from the field's types."""
    hints = get_type_hints(record)
    unpackers = [_unpacker_of(hints[field.name], tables) for field in fields(record)]

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
    if is_dataclass(hint):
        return _unpacker(hint, tables)
    return hint if issubclass(hint, Enum) else None


def _optional(unpack: _Unpack, value: object) -> object:
    return None if value is None else unpack(value)


def _several(unpack: _Unpack, values: list[object]) -> tuple[object, ...]:
    return tuple(map(unpack, values))
