"""The bundled catalogue, read once for all tests."""

from __future__ import annotations

from acupress.catalogue.bundled import (
    read_points,
    read_reference,
    read_routines,
    read_sources,
)
from acupress.paths import bundled

SOURCES = read_sources(bundled())


POINTS = read_points(bundled(), SOURCES)


ROUTINES = read_routines(bundled(), POINTS, SOURCES)


REAL = {each.id: each for each in ROUTINES}


REFERENCE = read_reference(bundled(), POINTS, SOURCES)

EVERY = {**POINTS, **REFERENCE}
