"""docs/own-routines.md: its routines are some, and its commands do what it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from support.command import invoke

PAGE = Path(__file__).parents[2] / "docs" / "own-routines.md"
TEXT = PAGE.read_text("utf-8")
ROUTINES = re.findall(r"```yaml\n(id: (.*)\n(?:.*\n)*?)```", TEXT)


@pytest.mark.parametrize(("text", "name"), ROUTINES)
def test_each_routine_can_be_added_and_planned(
    tmp_path: Path, text: str, name: str
) -> None:
    """What stands on the page can be piped into `add`, and a session begun."""
    home = {"XDG_CONFIG_HOME": str(tmp_path)}
    added = invoke("add", "-", "--yes", typed=text, **home)
    planned = invoke("plan", name, "--pregnancy=no", **home)

    assert (added.returncode, planned.returncode) == (0, 0)


def test_the_example_is_what_is_printed(tmp_path: Path) -> None:
    """The text that the page passes on is the one that --yaml prints."""
    home = {"XDG_CONFIG_HOME": str(tmp_path)}
    text, name = ROUTINES[0]
    invoke("add", "-", "--yes", typed=text, **home)

    assert invoke("routines", name, "--yaml", **home).stdout == text


def test_the_command_without_questions_works(tmp_path: Path) -> None:
    """The long command of the page makes the routine that it says."""
    home = {"XDG_CONFIG_HOME": str(tmp_path)}
    options = ("--ache", "neck", "--points", "GB20,TE3", "--title", "My neck")
    assert f'`acupress new {" ".join(options[:5])} "My neck"`' in TEXT
    names = []
    for _ in range(2):
        names += re.findall("session (.*)`", invoke("new", *options, **home).stdout)

    assert names == ["my-neck", "my-neck-2"]
