"""The bundled catalogue, read once for all tests."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from acupress.catalogue.bundled import read_catalogue
from acupress.catalogue.compiled import COMPILED, read_compiled
from acupress.catalogue.contents import Catalogue
from acupress.lookup.resolve import index
from acupress.model import Point
from acupress.paths import bundled

_strict = partial(read_catalogue, bundled())

# That the compiled one is the strict reader's, tests/catalogue/test_compiled.py holds.
_ALL = read_compiled(bundled() / COMPILED, _strict) or _strict()

SOURCES = _ALL.sources
POINTS = dict(_ALL.points)
REAL = dict(_ALL.routines)
ROUTINES = tuple(REAL.values())
EVERY = dict(_ALL.names.points)
REFERENCE = {code: point for code, point in EVERY.items() if code not in POINTS}
WORDS = _ALL.words()
ACHES = tuple(_ALL.aches.values())
NAMES = _ALL.names
CHARTS = NAMES.charts


def bundling(points: Mapping[str, Point]) -> Catalogue:
    """Return a bundled catalogue that has just *points*."""
    return Catalogue(SOURCES, points, REAL, index(points.values()), dict, {})
