"""Exports recorded sessions as JSON and CSV, with keys that are never removed."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from io import StringIO
from typing import Any

from acupress.journal.store import Entry
from acupress.journal.weeks import rows, weeks_until

Document = dict[str, Any]

ENTRY_KEYS = (
    "started",
    "routine",
    "pressed_seconds",
    "finished",
    "before",
    "after",
    "note",
    "week",
    "weeks_in_a_row",
)


def as_json(documents: Sequence[Document]) -> str:
    """Return *documents* as a JSON array with one document a line."""
    lines = ",\n".join(map(json.JSONEncoder(ensure_ascii=False).encode, documents))
    return f"[\n{lines}\n]" if documents else "[]"


def session_documents(
    entries: Sequence[Entry], every: Sequence[Entry]
) -> list[Document]:
    """
    Return *entries* as JSON objects, with ``None`` for what was not given.

    ``weeks_in_a_row`` is the length of the row of *every* session's weeks that ends
    with that week, 0 if it has too few sessions.
    """
    found = rows(every)
    return [
        {
            "started": entry.started.isoformat(),
            "routine": entry.routine,
            "pressed_seconds": entry.pressed,
            "finished": entry.finished,
            "before": entry.before,
            "after": entry.after,
            "note": entry.note or None,
            "week": "{}-W{:02}".format(*entry.started.isocalendar()),
            "weeks_in_a_row": weeks_until(entry, found),
        }
        for entry in entries
    ]


def as_csv(documents: Sequence[Document], keys: Sequence[str]) -> str:
    """Return *documents* as CSV with *keys* as its columns."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(keys)
    writer.writerows([_cell(each[key]) for key in keys] for each in documents)
    return text.getvalue()


def byte_order_mark(text: str) -> str:
    """
    Return what a file of CSV begins with, for *text* that is not plain ASCII.

    Without the mark Excel shows the letters of another encoding.
    """
    return "" if text.isascii() else "\ufeff"


def _cell(value: object) -> str:
    """Return *value* as text, escaped against formula injection in spreadsheets."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case _:
            text = str(value)
            return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text
