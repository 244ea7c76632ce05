"""
Generates the JSON Schema of the user's own files, for completion in editors.

It is made of the tables that the readers use. Rules that span files, such as names
that are taken, are checked by ``acupress check`` alone.
"""

from __future__ import annotations

from acupress.catalogue.handwritten import Schema
from acupress.catalogue.ownroutines import OWN_ROUTINE
from acupress.catalogue.points import OWN_POINT, OWN_TECHNIQUE
from acupress.catalogue.records import mapping, optional
from acupress.model import PointKind


def schema() -> Schema:
    """Return the schema of one file: a point or a routine."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A point or a routine for acupress",
        "oneOf": [_point(), mapping(OWN_ROUTINE)],
    }


def _point() -> Schema:
    """Return the schema of a point, which has a technique just if it is taught."""
    technique = {key: optional(field) for key, field in OWN_TECHNIQUE.items()}
    return {
        **mapping({**OWN_POINT, **technique}),
        "if": {"properties": {"kind": {"const": PointKind.TAUGHT.value}}},
        "then": {"required": mapping(OWN_TECHNIQUE)["required"]},
        "else": {"not": {"anyOf": [{"required": [key]} for key in technique]}},
    }
