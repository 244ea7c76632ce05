"""
Generates the JSON Schema of the user's own files, for completion in editors.

Enums and limits are those of the readers. Rules that span files, such as names
that are taken, are checked by ``acupress check`` alone.
"""

from __future__ import annotations

from enum import Enum
from typing import Any

from acupress.model import (
    LONGEST_HOLD,
    Body,
    BreathDirection,
    Pattern,
    PointKind,
    PregnancyLevel,
    Pressure,
    Reach,
    Region,
    Sides,
    Tag,
    Tier,
)

Schema = dict[str, Any]

_STATEMENTS = (
    *("names", "where", "find", "pregnancy", "cautions", "traditional"),
    *("hand", "press", "dose", "how_often"),
)
_TECHNIQUE = (
    *("spoken", "hand", "press", "pressure", "hold_seconds", "repetitions"),
    *("pattern", "how_often"),
)


def schema() -> Schema:
    """Return the schema of one file: a point or a routine."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A point or a routine for acupress",
        "oneOf": [{"$ref": "#/$defs/point"}, {"$ref": "#/$defs/routine"}],
        "$defs": {"point": _point(), "routine": _routine(), "step": _step()},
    }


def _point() -> Schema:
    texts = {"name": 60, "pinyin": 40, "pinyin_toned": 40, "hanzi": 10}
    common = {
        "code": _text(10, "[A-Z][A-Z0-9-]{1,9}"),
        "kind": _one_of(PointKind),
        **{key: _text(most) for key, most in texts.items()},
        "aliases": _list(_text(60)),
        "regions": _list(_one_of(Region)),
        "body": _one_of(Body),
        "traditional": _list(_text(60)),
        "sides": _one_of(Sides),
        "reach": _one_of(Reach),
        "pregnancy": _one_of(PregnancyLevel),
        "pregnancy_tier": {"enum": [*_words(Tier), "none"]},
        "pregnancy_note": _text(400),
        "cautions": _list(_one_of(Tag)),
        "where": _text(300),
        "find": _text(700),
        "notes": _list(_text(400)),
        "sources": _list(_source()),
    }
    technique = {
        "spoken": _text(90),
        "hand": _text(400),
        "press": _text(400),
        "stop": _text(160),
        "find_partner": _text(700),
        "breath": _one_of(BreathDirection),
        "pressure": _one_of(Pressure),
        "hold_seconds": _whole(1, LONGEST_HOLD),
        "repetitions": _whole(1, 20),
        "pattern": _one_of(Pattern),
        "how_often": _text(300),
    }
    return {
        **_mapping({**common, **technique}, required=list(common)),
        "if": {"properties": {"kind": {"const": PointKind.TAUGHT.value}}},
        "then": {"required": list(_TECHNIQUE)},
        "else": {"not": {"anyOf": [{"required": [key]} for key in technique]}},
    }


def _source() -> Schema:
    keys = {
        "id": _text(40),
        "supports": _list({"enum": list(_STATEMENTS)}),
        "says": _text(240),
    }
    return _mapping(keys, required=list(keys))


def _routine() -> Schema:
    keys = {
        "id": _text(40, "[a-z][a-z0-9]*(-[a-z0-9]+)*"),
        "title": _text(80),
        "about": _text(300),
        "region": _one_of(Region),
        "how_often": _text(200),
        "partner": {"type": "boolean"},
        "steps": {
            "type": "array",
            "items": {"$ref": "#/$defs/step"},
            "minItems": 1,
            "maxItems": 20,
        },
    }
    return _mapping(keys, required=["id", "title", "region", "steps"])


def _step() -> Schema:
    keys = {
        "point": _text(200),
        "pattern": _one_of(Pattern),
        "hold": _whole(1, LONGEST_HOLD),
        "repetitions": _whole(1, 20),
        "setup": _whole(5, 60),
        "rest": _whole(1, 60),
        "switch": _whole(1, 60),
        "first_switch": _whole(1, 60),
        "rank": _whole(1, 20),
        "pressure": _one_of(Pressure),
        "posture": _text(200),
        "hand": _text(400),
        "ball": {"type": "boolean"},
        "standing": {"type": "boolean"},
        "prone": {"type": "boolean"},
    }
    return _mapping(keys, required=["point"])


def _mapping(keys: Schema, required: list[str]) -> Schema:
    return {
        "type": "object",
        "properties": keys,
        "required": required,
        "additionalProperties": False,
    }


def _text(most: int, pattern: str = "") -> Schema:
    shape = {"pattern": f"^{pattern}$"} if pattern else {}
    return {"type": "string", "minLength": 1, "maxLength": most, **shape}


def _whole(least: int, most: int) -> Schema:
    return {"type": "integer", "minimum": least, "maximum": most}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items, "maxItems": 40}


def _one_of(words: type[Enum]) -> Schema:
    return {"enum": _words(words)}


def _words(words: type[Enum]) -> list[str]:
    return [member.value for member in words]
