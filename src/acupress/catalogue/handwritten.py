"""
Guesses what a value written by hand should have been, for the message of its fault.

A guess is only ever shown, as what to write; nothing is read as what it guesses.
"""

from __future__ import annotations

import json
import re
from typing import Any

Schema = dict[str, Any]
QUOTES = "\"'`\u201c\u201d\u201e\u201f\u2018\u2019\u201a\u201b\u00ab\u00bb"
"""Everything that people, and their word processors, put around a word."""

_LONGEST = 60  # a suggestion that is longer would hide the message it is part of

_TRUE, _FALSE = {"true", "yes", "on", "y", "1"}, {"false", "no", "off", "n", "0"}
_NOTHING = {"none", "no", "null", "nothing"}
_NUMBER = re.compile(r"\+?0*([0-9]{1,9})(?:\.0+)?(?:\s*(?:s|secs?|seconds?|x|times))?")

# Plain YAML text that no reader takes for anything else.
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 -]*")
_CONSTANTS = {"true", "false", "null", "yes", "no", "on", "off"}


def meant(value: object, schema: Schema) -> object:
    """Return the value of *schema* that *value* most likely stands for, or ``None``."""
    kind = schema.get("type")
    if kind == "array":
        return _list(value, schema)
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if isinstance(value, dict | list) or value is None:
        return None
    text = _bare(str(value))
    if kind == "boolean":
        word = text.lower()
        return True if word in _TRUE else False if word in _FALSE else None
    if kind == "integer":
        return None if isinstance(value, bool) else _number(text, schema)
    if "enum" in schema:
        known = {_folded(word): word for word in schema["enum"]}
        return known.get(_folded(text))
    return _text(value, text, schema.get("pattern", ""))


def suggestion(key: str, value: object, file: str) -> str:
    """Return the line to write in *file*, in backticks; empty if it is too long."""
    toml = file.endswith(".toml")
    line = f"{key} = {_toml(value)}" if toml else f"{key}: {_yaml(value)}"
    return f"`{line}`" if len(line) <= _LONGEST else ""


def quoted(text: str) -> str:
    """Return *text* between quotes, for TOML and YAML alike."""
    return json.dumps(text, ensure_ascii=False)


def _list(value: object, schema: Schema) -> list[object] | None:
    if schema["items"].get("type") == "object" or value is None:
        return None
    if not isinstance(value, list):
        text = _bare(str(value)).strip("[](){}, ")
        value = [] if text.lower() in _NOTHING else re.split(" *, *", text)
    items = [meant(item, schema["items"]) for item in value]
    return None if None in items else items


def _number(text: str, schema: Schema) -> int | None:
    found = _NUMBER.fullmatch(text.lower())
    number = int(found[1]) if found else -1
    return number if schema["minimum"] <= number <= schema["maximum"] else None


def _text(value: object, text: str, pattern: str) -> str | None:
    if not pattern:
        if isinstance(value, float):
            return None  # which may have been 1.50
        return str(value).lower() if isinstance(value, bool) else str(value)
    words = text.split()
    forms = (text, "-".join(words).lower().replace("_", "-"), "".join(words).upper())
    return next((form for form in forms if re.fullmatch(pattern, form)), None)


def _bare(text: str) -> str:
    return text.strip().strip(QUOTES).strip()


def _folded(word: str) -> str:
    return re.sub(r"[\s_-]+", "-", word.casefold())


def _toml(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _yaml(value: object) -> str:
    match value:
        case list():
            return f"[{', '.join(map(_yaml, value))}]"
        case str() if _PLAIN.fullmatch(value) and value.lower() not in _CONSTANTS:
            return value
        case _:
            return json.dumps(value, ensure_ascii=False)
