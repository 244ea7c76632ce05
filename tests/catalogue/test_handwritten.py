"""YAML as people write it by hand: each habit is answered by what to write."""

from __future__ import annotations

import re
from pathlib import Path

from acupress.catalogue.ownfiles import own_files
from acupress.catalogue.personal import read_own
from support.catalogue import POINTS, bundling
from support.factories import OWN_POINT

BASE = bundling(POINTS)
ROUTINE = """\
id: mine
title: Mine
region: neck
steps:
  - point: KI27
    hold: 20
"""
# Part of ROUTINE, what somebody writes in its place, and what is to be written.
VALUES = [
    ("    hold: 20", "    hold: 20s", "    hold: 20"),
    ("    hold: 20", "    hold: 20 seconds", "    hold: 20"),
    ("    hold: 20", '    hold: "20"', "    hold: 20"),
    ("    hold: 20", "    hold: 020", "    hold: 20"),
    ("    hold: 20", "    hold: \u201c20\u201d", "    hold: 20"),
    ("    hold: 20", "    hold: 20\n    ball: yes", "    ball: true"),
    ("    hold: 20", "    hold: 20\n    repetitions: 3x", "    repetitions: 3"),
    ("    hold: 20", "    pattern: one then other", "    pattern: one-then-other"),
    ("    hold: 20", "    setup: [20]", "    setup: 20"),
    ("id: mine", "id: My Routine", "id: my-routine"),
    ("id: mine", "id: \u201cmine\u201d", "id: mine"),
    ("title: Mine", "title: 2026", 'title: "2026"'),
    ("title: Mine", "title: true", 'title: "true"'),
    ("region: neck", "region: Upper Back", "region: upper-back"),
    ("region: neck", "region: [neck]", "region: neck"),
    ("region: neck", "region: neck\npartner: no", "partner: false"),
    ("region: neck", "region: neck\npartner: False", "partner: false"),
]
SYNTAX = [
    ("    hold: 20", "    hold:20", "    hold: 20"),
    ("    hold: 20", "    hold = 20", "    hold: 20"),
    ("id: mine", "id mine", "id: mine"),
    ("id: mine", 'id = "mine"', "id: mine"),
    ("title: Mine", "title: Mine: at night", 'title: "Mine: at night"'),
    ("title: Mine", 'title: "Mine', 'title: "Mine"'),
    ("title: Mine", "title: 'It's mine'", 'title: "It\'s mine"'),
    ("title: Mine", "title: @home", 'title: "@home"'),
    ("title: Mine", "title: [one] two", 'title: "[one] two"'),
    ("title: Mine", "title: 10% less", "title: 10% less"),
    ("title: Mine", "title: %mine", 'title: "%mine"'),
    ("title: Mine", 'title: "My" own', 'title: "\\"My\\" own"'),
]
PLACED = [
    ("    hold: 20", "\thold: 20", "6:1: write spaces here instead of the tab"),
    ("title: Mine", "\ttitle: Mine", "2:1: write spaces here instead of the tab"),
    ("title: Mine", "  title: Mine", "2:3: begin this line as far from the left"),
    ("    hold: 20", "   hold: 20", "6:4: begin this line as far from the left"),
    ("    hold: 20", "  hold: 20", "6:3: begin this line as far from the left"),
]
STEPS = ("steps: KI27", "steps: [KI27]", "steps:\n  - KI27", "steps:\n  point: KI27")


def told(folder: Path, text: str, kind: str = "routines") -> list[str]:
    """Return the faults of a file of one's own that holds *text*, without its name."""
    path = folder / kind / "mine.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    found = read_own(own_files(folder), BASE).faults
    path.unlink()
    return [str(fault).rpartition("mine.yaml:")[2] for fault in found]


def test_a_habit_is_answered_by_what_to_write(tmp_path: Path) -> None:
    """One line says what to write, and when that is written the file is read."""
    for old, habit, wanted in (*VALUES, *SYNTAX):
        text = ROUTINE.replace(old, habit)
        faults = told(tmp_path, text)
        if wanted != habit:
            assert [habit, 1] == [habit, len(faults)]
            place, _, said = faults[0].partition(": ")
            (shown,) = re.findall("`(.*)`", said)
            line = int(place.split(":")[0])

            assert shown == wanted.strip(), habit
            assert habit.split("\n")[-1] == text.split("\n")[line - 1]
        mended = text.replace(habit.split("\n")[-1], wanted)
        assert told(tmp_path, mended) == [], habit


def test_a_line_in_the_wrong_place_is_told_where_it_belongs(tmp_path: Path) -> None:
    """A tab, or too much or too little before a line, is told with its column."""
    for old, habit, expected in PLACED:
        (fault,) = told(tmp_path, ROUTINE.replace(old, habit))

        assert fault.startswith(expected), habit


def test_steps_that_are_no_list_are_shown_one(tmp_path: Path) -> None:
    """A step alone, and names without their key, are told how each step begins."""
    begin = ROUTINE.partition("steps:")[0]
    for steps in STEPS:
        (fault,) = told(tmp_path, f"{begin}{steps}\n")

        assert fault.endswith(
            "begin each with a hyphen, a space and its keys: `- point: KI27`"
        ), steps
    (fault,) = told(tmp_path, f"{begin}steps:\n  -point: KI27\n")

    assert "`- point: ...`" in fault


def test_two_points_in_a_step_are_told_to_be_two_steps(tmp_path: Path) -> None:
    """What names several points names them, a step each."""
    each = "write `- point: GB21` and `- point: GB20`"
    for typed in ("GB 21, GB20", "GB21 GB20", "gb21, gb20"):
        (fault,) = told(tmp_path, ROUTINE.replace("KI27", typed))

        if "," in typed:
            assert fault == f"5:12: a step has one point: {each}"
        else:
            assert fault.startswith("5:12: no point called")


def test_no_level_and_no_code_is_suggested(tmp_path: Path) -> None:
    """How a point stands in pregnancy, and which it is, is nobody's guess."""
    for old, habit, expected in (
        ("pregnancy: ok", "pregnancy: OK", "write one of: ok, caution, avoid"),
        ("pregnancy: ok", "pregnancy: [ok]", "write one of: ok, caution, avoid"),
        ("code: MYPT", "code: my point", "write two to ten of A-Z"),
    ):
        (fault,) = told(tmp_path, OWN_POINT.replace(old, habit), "points")

        assert expected in fault
        assert "`" not in fault


def test_a_single_value_is_shown_as_a_list(tmp_path: Path) -> None:
    """A list of one is written as a list; what is left empty is not filled in."""
    for old, habit, expected in (
        ("aliases: []", "aliases: my spot", "write `aliases: [my spot]`"),
        ("aliases: []", "aliases: one, two", "write `aliases: [one, two]`"),
        ("aliases: []", "aliases: none", "write `aliases: []`"),
        ("aliases: []", "aliases:", "write a list here: [one, two] or [] for none"),
    ):
        (fault,) = told(tmp_path, OWN_POINT.replace(old, habit), "points")

        assert fault.endswith(expected), habit
