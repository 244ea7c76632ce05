"""
Pictures for leaflets, and all leaflets ready made for the wheel to carry.

``bind`` runs while a wheel is built (``hatch_build.py``). What each leaflet was
made of is noted with it, so that it counts only while that has not changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from acupress.ansi import drawn, quiet
from acupress.catalogue import read_points, read_sources
from acupress.catalogue.nodes import plain
from acupress.catalogue.strictyaml import read
from acupress.figures import Figures, Mode, Size, Span, load_figures
from acupress.layout import Line, wrap
from acupress.leaflets import (
    TABLE,
    Drawing,
    Leaflet,
    Room,
    drawing_name,
    fingerprints,
    leaflet_room,
    table_json,
    to_json,
)
from acupress.model import Kind, Point, Side, Sides
from acupress.naming import Found, index, resolve
from acupress.pages import point_body, point_heading, point_table

CAPTION = 2
"""Rows that the words under a picture may take."""

# A width each of a narrow, a usual and a wide terminal, whose drawings differ.
_WIDTHS = (60, 80, 120)


def open_figures(data: Path) -> Figures:
    """Open the figures that lie in *data*."""
    return load_figures(data / "figures", _mapping)


def side(point: Point) -> Side:
    """Return what a picture of *point* as such marks: all there is of it."""
    return Side.BOTH if point.sides is Sides.BOTH else Side.MIDDLE


def drawing(figures: Figures, point: Point, room: Room, mode: Mode) -> Drawing | None:
    """Return *point* with its caption, within *room*; ``None`` if it is not drawn."""
    if not figures.figure_for(point.code):
        return None
    columns, height = room
    size = Size(columns, height - CAPTION)
    picture = figures.picture(point.code, side(point), size, mode)
    width = max(map(_cells, picture.rows))
    rows = [drawn(row) + " " * (width - _cells(row)) for row in picture.rows]
    shade = str if mode is Mode.ASCII else quiet
    caption = wrap((Line(picture.caption),), width)
    rows += [shade(row.plain.ljust(width)) for row in caption]
    rows += [" " * width] * (height - len(rows))
    return Drawing(tuple(rows[:height]), width)


def bind(data: Path) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each file that the wheel is to carry."""
    sources = read_sources(data)
    points = read_points(data, sources)
    figures = open_figures(data)
    names = index(points.values())
    # A fault in any of them stops every command.
    files = ["sources.yaml", *(f"points/{code}.yaml" for code in points)]
    for point in points.values():
        found = resolve(point.code, names)
        remark = found.remark if isinstance(found, Found) else None
        leaflet = Leaflet(point_heading(point, remark), point_body(point))
        made_of = fingerprints(data, [*files, *_drawn_from(point, figures)])
        yield point.code, to_json(leaflet, _drawings(point, figures), made_of)
    taught = (point for point in points.values() if point.kind is Kind.TAUGHT)
    yield TABLE, table_json(*point_table(taught), fingerprints(data, files))


def _drawings(point: Point, figures: Figures) -> dict[str, Drawing]:
    """Return *point* drawn in every way that differs from one terminal to another."""
    return {
        drawing_name(mode, room): made
        for mode in Mode
        for room in map(leaflet_room, _WIDTHS)
        if (made := drawing(figures, point, room, mode))
    }


def _drawn_from(point: Point, figures: Figures) -> list[str]:
    views = figures.figure_for(point.code)[:1]
    return [f"figures/{name}.yaml" for name in ("index", "hands", *views)]


def _cells(row: Iterable[Span]) -> int:
    return sum(len(span.text) for span in row)


def _mapping(path: Path) -> Mapping[str, Any]:
    node = read(path)
    value = plain(node)
    if not isinstance(value, dict):
        raise node.error("must be a mapping: lines of `key: value`")
    return value
