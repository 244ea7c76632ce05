"""
All leaflets ready made, for the wheel to carry.

``bind`` runs while a wheel is built (``hatch_build.py``). What each leaflet was
made of is noted with it, so that it counts only while that has not changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from acupress.catalogue.bundled import read_points, read_sources
from acupress.figures.drawing import Figures, Mode
from acupress.lookup.resolve import Found, index, resolve
from acupress.model import Point, PointKind
from acupress.terminal.leaflets import (
    TABLE,
    Drawing,
    Leaflet,
    drawing_name,
    fingerprints,
    leaflet_room,
    table_json,
    to_json,
)
from acupress.terminal.pictures import drawing_on, open_figures
from acupress.text.pages import point_body, point_heading, point_table

# A width each of a narrow, a usual and a wide terminal, whose drawings differ.
_WIDTHS = (60, 80, 120)


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
    taught = (point for point in points.values() if point.kind is PointKind.TAUGHT)
    yield TABLE, table_json(*point_table(taught), fingerprints(data, files))


def _drawings(point: Point, figures: Figures) -> dict[str, Drawing]:
    """Return *point* drawn in every way that differs from one terminal to another."""
    return {
        drawing_name(mode, room): made
        for mode in Mode
        for room in map(leaflet_room, _WIDTHS)
        if (made := drawing_on(figures, point, room, mode))
    }


def _drawn_from(point: Point, figures: Figures) -> list[str]:
    views = figures.figure_for(point.code)[:1]
    return [f"figures/{name}.yaml" for name in ("index", "hands", *views)]
