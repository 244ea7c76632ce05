"""Creates home folders with many user points, or with a long journal."""

from __future__ import annotations

import re
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from acupress.journal.store import Entry, record
from acupress.paths import bundled

_COPY_FIRST = """
    INSERT INTO session (started, routine, pressed, finished, before, after, note)
    SELECT started, routine, pressed, finished, before, after, note FROM session
    WHERE number = 1
"""

# The keys that must be unique; the rest of each point is a copy of TE3.
_UNIQUE = {
    "code": "OWN{}",
    "name": "Own Point {}",
    "pinyin": "Wode{}",
    "pinyin_toned": "Wodé{}",
    "hanzi": "我{}",
    "aliases": "[]",
}


def with_points(home: Path, many: int) -> Path:
    """Create *many* user points in *home*, and return it."""
    folder = home / ".config" / "acupress" / "points"
    folder.mkdir(parents=True)
    template = (bundled() / "points" / "TE3.yaml").read_text("utf-8")
    for number in range(many):
        text = template
        for key, name in _UNIQUE.items():
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
    """Record *many* sessions in the journal of *home*, and return it."""
    journal = home / ".local" / "share" / "acupress" / "journal.db"
    entry = Entry(datetime.now(UTC), "lower-back", 840, finished=True, before=5)
    record(journal, entry)
    with sqlite3.connect(journal) as db:
        db.executemany(_COPY_FIRST, [()] * (many - 1))
    return home
