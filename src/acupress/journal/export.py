"""
Recorded sessions as the JSON and CSV that programs may rely on.

Keys are only ever added.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from io import StringIO
from typing import Any

from acupress.journal.store import Entry

Document = dict[str, Any]

ENTRY_KEYS = (
    "started",
    "routine",
    "pressed_seconds",
    "finished",
    "before",
    "after",
    "note",
)


def lined(documents: Sequence[Document]) -> str:
    """Return *documents* as JSON text, one a line: there may be thousands."""
    lines = ",\n".join(map(json.JSONEncoder(ensure_ascii=False).encode, documents))
    return f"[\n{lines}\n]" if documents else "[]"


def entry_document(entry: Entry) -> Document:
    """Return *entry*; ``None`` is what was not given."""
    return {
        "started": entry.started.isoformat(),
        "routine": entry.routine,
        "pressed_seconds": entry.pressed,
        "finished": entry.finished,
        "before": entry.before,
        "after": entry.after,
        "note": entry.note or None,
    }


def as_csv(documents: Sequence[Document], keys: Sequence[str]) -> str:
    """Return *documents* as CSV with *keys* as its columns."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(keys)
    writer.writerows([_cell(each[key]) for key in keys] for each in documents)
    return text.getvalue()


def _cell(value: object) -> str:
    """Return *value* as a cell that no spreadsheet takes for a formula."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case _:
            text = str(value)
            return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text
