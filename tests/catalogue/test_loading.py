"""A faulty file of one's own: what it stops, and what goes on without it."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.command import acupress_
from support.factories import OWN_POINT

FAULTY = OWN_POINT.replace("pregnancy: ok", "pregnancy: perhaps")


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """Return a config folder with a good point and a faulty one."""
    points = tmp_path / "acupress" / "points"
    points.mkdir(parents=True)
    good = OWN_POINT.replace("MYPT", "GOOD").replace("My own", "A good")
    good = good.replace("wǒdexué", "hǎoxué").replace("Wodexue", "Haoxue")
    (points / "good.yaml").write_text(good.replace("我穴", "好穴"), "utf-8")
    (points / "mypt.yaml").write_text(FAULTY, "utf-8")
    return tmp_path


def test_bundled_points_are_shown_without_it(config: Path) -> None:
    """What shows other points goes on, with one line that names the file."""
    failed = []
    for words, shown in (
        ("show BL60", "Kunlun"),
        ("show GOOD", "A good point"),
        ("show BL60 --json", "Kunlun"),
        ("list", "GOOD"),
        ("list --all", "BL61"),
        ("find kunlun", "BL60"),
    ):
        ran = acupress_(*words.split(), XDG_CONFIG_HOME=str(config))
        lines = ran.stderr.splitlines()
        if (
            ran.returncode
            or shown not in ran.stdout
            or len(lines) != 1
            or "mypt.yaml:13:12: write one of" not in lines[0]
        ):
            failed.append((words, ran))

    assert failed == []


def test_it_stops_what_needs_it(config: Path) -> None:
    """The faulty point itself, and every plan and session, end with exit code 4."""
    failed = []
    for words in (
        "show MYPT",
        "show nothing-like-it",
        "plan lower-back --pregnancy no",
        "session lower-back --pregnancy no --warning-signs none --cautions none",
        "routines",
        "check",
    ):
        ran = acupress_(*words.split(), XDG_CONFIG_HOME=str(config))
        said = ran.stdout + ran.stderr
        if (
            ran.returncode != 4
            or said.count("\n") != 1
            or "mypt.yaml:13:12" not in said
        ):
            failed.append((words, ran))

    assert failed == []
