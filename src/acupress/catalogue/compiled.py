"""
The bundled catalogue as a file of JSON lines, written when a wheel is built.

Reading and checking the YAML takes several times as long as all that a command does
with it, and the data of an installed wheel does not change. ``hatch_build.py`` writes
the checked values; a checkout has no such file and reads the YAML.

The first line says which records the others hold, one record a line, so that a
command parses only what it uses. A record is packed as the list of its fields in
their order, an enum as its value. A source or a point inside another record is packed
as its id or code, a citation as its number: a few are in hundreds of records.
"""

from __future__ import annotations

import json
from collections import ChainMap
from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from functools import cache, partial
from pathlib import Path
from types import UnionType
from typing import Any, TypeVar, cast, get_args, get_type_hints

from acupress import __version__
from acupress.catalogue.contents import Catalogue
from acupress.lookup.charts import Charts, ExtraPoint
from acupress.lookup.results import Index
from acupress.lookup.search import WordIndex
from acupress.model import Ache, Citation, Origin, Point, Routine, Source

T = TypeVar("T")

Codes = tuple[str, ...]

COMPILED = "catalogue.jsonl"
"""The name of the compiled catalogue, in the folder of the bundled data."""

_SECTIONS = ("sources", "citations", "points", "reference", "routines", "aches")
_KEYS = {Source: "id", Point: "code"}


def to_json(catalogue: Catalogue) -> str:
    """Return *catalogue* as the text of the compiled file."""
    every = catalogue.names.points
    cited = _citations(catalogue)
    sections: tuple[Mapping[str, tuple[object, ...]], ...] = (
        catalogue.sources,
        cited,
        catalogue.points,
        {code: every[code] for code in every if code not in catalogue.points},
        catalogue.routines,
        catalogue.aches,
    )
    keys = dict(zip(_SECTIONS, map(list, sections), strict=True))
    numbers = {citation: number for number, citation in cited.items()}
    pack = partial(_packed, numbers)
    records = [
        [pack(value) for value in each]
        for section in sections
        for each in section.values()
    ]
    charts = catalogue.names.charts
    lines: tuple[object, ...] = (
        {"version": __version__, **keys},
        [
            *(charts.letters, charts.characters, charts.words),
            *(list(charts.extra.values()), charts.read),
        ],
        dict(catalogue.names.names),
        catalogue.words(),
        *records,
    )
    write = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))
    return "\n".join(map(write, lines))


def read_compiled(path: Path, strict: Callable[[], Catalogue]) -> Catalogue | None:
    """Return what the file at *path* holds, as :func:`parse_compiled` does."""
    try:
        return parse_compiled(path.read_bytes(), strict)
    except OSError:
        return None


def parse_compiled(
    data: bytes, strict: Callable[[], Catalogue], base: Catalogue | None = None
) -> Catalogue | None:
    """
    Return the catalogue in *data*, the contents of a file; ``None`` if it is unusable.

    A line that proves damaged when it is used is replaced by what *strict* returns.
    *base* has the further sources and points to which the records may refer. With it,
    they are the user's own, whatever is written: only what is bundled is trusted.
    """
    try:
        first, other, names, words, *lines = data.split(b"\n")
        head = json.loads(first)
        keys: list[list[str]] = [head[section] for section in _SECTIONS]
        if head["version"] != __version__ or sum(map(len, keys)) != len(lines):
            return None
    except (ValueError, KeyError, TypeError):
        return None
    rest = iter(lines)
    rows = [{key: next(rest) for key in section} for section in keys]
    own_sources = _Records(
        rows[0], partial(_unpacker, Source, {}), lambda: strict().sources
    )
    sources = _over(own_sources, base.sources if base else {})
    cited = _Records(
        rows[1],
        partial(_unpacker, Citation, {Source: sources}),
        lambda: _citations(strict()),
    )
    tables: _Tables = {Source: sources, Citation: cited}
    unpack_point = partial(_unpacker, Point, tables)
    if base:
        unpack_point = partial(_unpacker_of_own, unpack_point)
    points = _Records(rows[2], unpack_point, lambda: strict().points)
    reference = _Records(rows[3], unpack_point, lambda: strict().names.points)
    every = _over(reference, points)
    referred = _over(every, base.names.points if base else {})
    unpack_routine = partial(_unpacker, Routine, {**tables, Point: referred})
    if base:
        unpack_routine = partial(_unpacker_of_own, unpack_routine)
    routines = _Records(rows[4], unpack_routine, lambda: strict().routines)
    unpack_ache = partial(_unpacker, Ache, tables)
    aches = _Records(rows[5], unpack_ache, lambda: strict().aches)
    codes = _Names(partial(_codes, names, strict))
    index = Index(every, codes, cache(partial(_charts, other, strict)))
    read_words = partial(_words, words, strict)
    return Catalogue(own_sources, points, routines, index, read_words, aches)


def _over(first: Mapping[str, T], second: Mapping[str, T]) -> Mapping[str, T]:
    if not second:
        return first
    maps = cast("tuple[dict[str, T], ...]", (first, second))  # they are never written
    return ChainMap(*maps)


def _charts(line: bytes, strict: Callable[[], Catalogue]) -> Charts:
    try:
        letters, characters, written, extra, read = json.loads(line)
        known = {row[0]: ExtraPoint(*row) for row in extra}
    except (ValueError, LookupError, TypeError):
        return strict().names.charts
    return Charts(letters, characters, written, known, read)


def _codes(line: bytes, strict: Callable[[], Catalogue]) -> Mapping[str, Codes]:
    try:
        return {name: tuple(each) for name, each in json.loads(line).items()}
    except (ValueError, TypeError, AttributeError):
        return strict().names.names


class _Names(Mapping[str, Codes]):
    """The codes of each name, parsed at their first use: a routine needs none."""

    def __init__(self, parse: Callable[[], Mapping[str, Codes]]) -> None:
        self._parsed = cache(parse)

    def __getitem__(self, name: str) -> Codes:
        return self._parsed()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._parsed())

    def __len__(self) -> int:
        return len(self._parsed())


def _words(line: bytes, strict: Callable[[], Catalogue]) -> WordIndex:
    try:
        words: WordIndex = json.loads(line)
    except ValueError:
        return strict().words()
    return words


class _Records(Mapping[str, T]):
    """The records of some lines, each parsed at its first use: few are needed."""

    def __init__(
        self,
        lines: Mapping[str, bytes],
        unpacker: Callable[[], _Unpack],
        strict: Callable[[], Mapping[str, T]],
    ) -> None:
        self._lines, self._unpacker, self._strict = lines, unpacker, strict
        self._records: dict[str, T] = {}
        self._unpack: _Unpack | None = None

    def __getitem__(self, key: str) -> T:
        try:
            return self._records[key]
        except KeyError:
            return self._records.setdefault(key, self._parsed(key))

    def _parsed(self, key: str) -> T:
        line = self._lines[key]
        self._unpack = self._unpack or self._unpacker()
        try:
            text = line.decode()
            row, end = _DECODE(text)  # a third of the time of json.loads
            if end < len(text):
                return self._strict()[key]
            record: T = self._unpack(row)
        except (ValueError, LookupError, TypeError):
            return self._strict()[key]
        return record

    def __contains__(self, key: object) -> bool:
        return key in self._lines

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)


def _citations(catalogue: Catalogue) -> dict[str, Citation]:
    """Return the citations of all records, each once, by a number."""
    records: list[Point | Routine] = [*catalogue.names.points.values()]
    records += [*catalogue.points.values(), *catalogue.routines.values()]
    cited = (citation for record in records for citation in record.citations)
    return {f"{at}": citation for at, citation in enumerate(dict.fromkeys(cited))}


def _packed(numbers: Mapping[Citation, str], value: Any) -> object:  # noqa: ANN401
    if key := _KEYS.get(type(value)):
        return getattr(value, key)
    if isinstance(value, Citation):
        return numbers[value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [_packed(numbers, each) for each in value]
    return value


_DECODE = json.JSONDecoder().raw_decode

_Unpack = Callable[[Any], Any]
_Tables = Mapping[type, Mapping[str, object]]


def _unpacker(record: Any, tables: _Tables) -> _Unpack:  # noqa: ANN401 - a NamedTuple
    """Return what makes a *record* of a list; built once, from the field's types."""
    hints = get_type_hints(record)
    every = [_unpacker_of(hints[name], tables) for name in record._fields]
    unpackers = [(at, unpack) for at, unpack in enumerate(every) if unpack]

    def unpacked(row: list[Any]) -> object:
        for at, unpack in unpackers:
            row[at] = unpack(row[at])
        return record._make(row)

    return unpacked


def _unpacker_of_own(unpacker: Callable[[], _Unpack]) -> _Unpack:
    """Return the same, but for the origin of a record, which is the user."""
    unpack = unpacker()
    return lambda row: unpack(row)._replace(origin=Origin.OWN)


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
    if issubclass(hint, Enum):
        return {member.value: member for member in hint}.__getitem__
    return None


def _optional(unpack: _Unpack, value: object) -> object:
    return None if value is None else unpack(value)


def _several(unpack: _Unpack, values: list[object]) -> tuple[object, ...]:
    return tuple(map(unpack, values))
