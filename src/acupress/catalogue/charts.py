"""Reads what other charts write: ``data/charts.yaml`` and ``extra-points.yaml``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from acupress.catalogue.contents import Sources
from acupress.catalogue.entries import POINT_CODE, SLUG, source_of
from acupress.catalogue.nodes import Node
from acupress.catalogue.records import (
    Field,
    Fields,
    Record,
    list_of,
    one_of,
    optional,
    read_record_file,
    records_of,
    text,
)
from acupress.errors import FileError
from acupress.lookup.charts import (
    Charts,
    ExtraPoint,
    Readings,
    letters_of,
    names_read,
)
from acupress.lookup.tables import COUNTS
from acupress.model import Body, Point

_NAMES = list_of(text(40), most=9, least=1)

CHART: Fields = {
    "language": text(20, "[A-Z][a-z]+", "write a language in English"),
    "sources": list_of(SLUG, least=1),
    "meridians": Field(lambda node: node, {"type": "object"}),
}
EXTRA_POINT: Fields = {
    "code": POINT_CODE,
    "pinyin": text(40),
    "hanzi": text(10),
    "aliases": optional(list_of(text(40))),
    "body": one_of(Body),
    "where": text(60),
}
READING: Fields = {
    "language": text(20, "[A-Z][a-z]+", "write a language in English"),
    "sources": list_of(SLUG, least=1),
    "characters": list_of(text(12), most=600),
}
_CHARTS: Fields = {
    "charts": records_of(CHART, most=40),
    "characters": list_of(text(9), most=400),
    "character_sources": list_of(SLUG),
    "readings": records_of(READING, most=9),
    "point_words": list_of(text(30)),
}
_EXTRA: Fields = {
    "sources": list_of(SLUG),
    "points": records_of(EXTRA_POINT, most=60),
}


def read_charts(folder: Path, sources: Sources, every: Iterable[Point]) -> Charts:
    """Read what other charts write, *every* point included; raises FileError."""
    faults: list[FileError] = []
    cited = list_of(source_of(sources))
    charts = _taken(
        read_record_file(folder / "charts.yaml"),
        {**_CHARTS, "character_sources": cited},
        faults,
    )
    extra = _taken(
        read_record_file(folder / "extra-points.yaml"),
        {**_EXTRA, "sources": cited},
        faults,
    )
    chart: Fields = {**CHART, "sources": cited}
    read = [_taken(each, chart, faults) for each in charts["charts"] or ()]
    named = [(each["language"], _meridians(each["meridians"], faults)) for each in read]
    reading: Fields = {**READING, "sources": cited}
    languages = [_taken(each, reading, faults) for each in charts["readings"] or ()]
    points = [_taken(each, EXTRA_POINT, faults) for each in extra["points"] or ()]
    if faults:
        raise min(faults, key=lambda fault: (fault.line, fault.column))
    known = {each["code"]: _extra_point(each) for each in points}
    hanzi = [(point.code, point.hanzi) for point in every]
    hanzi += [(point.code, point.hanzi) for point in known.values()]
    return Charts(
        letters_of(named),
        {form: row[0] for row in charts["characters"] for form in row[1:]},
        list(charts["point_words"]),
        known,
        names_read(hanzi, [_readings(each["characters"]) for each in languages]),
    )


def _readings(rows: Iterable[str]) -> Readings:
    """Return the readings in *rows*: a character, a reading, and another at first."""
    parts = {row[0]: row[1:].split("/") for row in rows}
    return {char: (usual[0], usual[-1]) for char, usual in parts.items()}


def _extra_point(values: dict[str, Any]) -> ExtraPoint:
    aliases, body = list(values.get("aliases", ())), values["body"].value
    return ExtraPoint(**{**values, "aliases": aliases, "body": body})


def _meridians(
    node: Node | None, faults: list[FileError]
) -> Mapping[str, tuple[str, ...]]:
    if node is None:
        return {}
    return _taken(node, {name: optional(_NAMES) for name in COUNTS}, faults)


def _taken(node: Node, fields: Fields, faults: list[FileError]) -> dict[str, Any]:
    record = Record(node, faults)
    values = record.take(fields)
    record.close()
    return values
