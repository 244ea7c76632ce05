"""Homes to run in: people with many points of their own, and with long journals."""

from __future__ import annotations

import re
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from acupress.journal.store import Entry, record
from acupress.paths import bundled

_AGAIN = """
    INSERT INTO session (started, routine, pressed, finished, before, after, note)
    SELECT started, routine, pressed, finished, before, after, note FROM session
    WHERE number = 1
"""

# What may not be the same in two points; the rest of each is as long as in TE3.
_NAMES = {
    "code": "OWN{}",
    "name": "Own Point {}",
    "pinyin": "Wode{}",
    "pinyin_toned": "Wodé{}",
    "hanzi": "我{}",
    "aliases": "[]",
}


def with_points(home: Path, many: int) -> Path:
    """Return *home* with *many* points of one's own."""
    folder = home / ".config" / "acupress" / "points"
    folder.mkdir(parents=True)
    model = (bundled() / "points" / "TE3.yaml").read_text("utf-8")
    for number in range(many):
        text = model
        for key, name in _NAMES.items():
            line = f"{key}: {name.format(number)}"
            text = re.sub(rf"^{key}:.*$", line, text, count=1, flags=re.MULTILINE)
        (folder / f"own{number}.yaml").write_text(text, "utf-8")
    return home


_ROUTINE = """\
id: my-evening
title: My evening
region: neck
steps:
  - point: GB20
  - point: OWN0
"""


def with_own_files(home: Path) -> Path:
    """Return *home* with a point and a routine of one's own."""
    folder = with_points(home, 1) / ".config" / "acupress" / "routines"
    folder.mkdir()
    (folder / "my-evening.yaml").write_text(_ROUTINE, "utf-8")
    return home


def with_sessions(home: Path, many: int) -> Path:
    """Return *home* with *many* sessions in its journal."""
    journal = home / ".local" / "share" / "acupress" / "journal.db"
    entry = Entry(datetime.now(UTC), "lower-back", 840, finished=True, before=5)
    record(journal, entry)
    with sqlite3.connect(journal) as base:
        base.executemany(_AGAIN, [()] * (many - 1))
    return home
