"""The bundled catalogue, read once for all tests."""

from __future__ import annotations

from acupress.catalogue.bundled import read_catalogue
from acupress.catalogue.compiled import COMPILED, read_compiled
from acupress.paths import bundled

# That the compiled one is the strict reader's, tests/catalogue/test_compiled.py holds.
_ALL = read_compiled(bundled() / COMPILED) or read_catalogue(bundled())

SOURCES = _ALL.sources
POINTS = _ALL.points
ROUTINES = _ALL.routines
REAL = {each.id: each for each in ROUTINES}
EVERY = dict(_ALL.names.points)
REFERENCE = {code: point for code, point in EVERY.items() if code not in POINTS}
WORDS = _ALL.words
ACHES = _ALL.aches
CHARTS = _ALL.names.charts
NAMES = _ALL.names
