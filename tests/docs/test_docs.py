"""What the documents show is what the program does."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

import acupress
from acupress.config import read_config
from acupress.paths import bundled

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
DATA = (bundled() / "README.md").read_text("utf-8")
TRANSCRIPTS = re.findall(r"```console\n\$ acupress (.*)\n((?:.*\n)*?)```", README)
SCREENS = re.findall(r"```text\n((?:BL60|Since)(?:.*\n)*?)```", README)
ROUTINE = re.findall(r"```yaml\n((?:.*\n)*?)```", README)
CONFIG = re.findall(r"```toml\n((?:.*\n)*?)```", README)


def said(arguments: str, changes: Mapping[str, str] | None = None) -> str:
    """Return all that the program says in a pipe, on either stream."""
    usual = {"PYTHONUTF8": "1", "COLUMNS": "80", "XDG_CONFIG_HOME": "/nowhere"}
    nowhere = {"HOME": "/nonexistent", "XDG_DATA_HOME": ""}
    environment = {**os.environ, **usual, **nowhere, **(changes or {})}
    ran = subprocess.run(
        [sys.executable, "-m", "acupress", *shlex.split(arguments)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        env=environment,
        encoding="utf-8",
    )
    return ran.stdout


@pytest.mark.parametrize(("arguments", "shown"), TRANSCRIPTS)
def test_a_transcript_is_what_the_program_says(arguments: str, shown: str) -> None:
    """Every transcript in the README is real; ``...`` stands for the rest."""
    whole, dots, _ = shown.partition("\n...\n")
    actual = said(arguments)

    assert whole == (actual[: len(whole)] if dots else actual)


def test_there_are_transcripts() -> None:
    """The README shows what the commands say."""
    shown = {arguments.split()[0] for arguments, _ in TRANSCRIPTS}

    assert {
        *("session", "plan", "routines", "show", "list", "find", "journal")
    } == shown


def test_the_screens_in_the_readme_are_golden_ones() -> None:
    """The screens that the README shows are some that the tests hold."""
    folder = ROOT / "tests" / "screens"
    shown = ["session-press-left-80x24", "journal-80"]

    assert [(folder / f"{name}.txt").read_text("utf-8") for name in shown] == SCREENS


def test_the_routine_in_the_readme_is_one(tmp_path: Path) -> None:
    """Whoever copies the routine of the README has a routine."""
    folder = tmp_path / "acupress" / "routines"
    folder.mkdir(parents=True)
    (folder / "evening.yaml").write_text(ROUTINE[0], "utf-8")
    environment = {"XDG_CONFIG_HOME": str(tmp_path)}

    assert said("check", environment) == "1 file, no faults\n"
    assert "GB21" in said("plan my-evening --pregnancy no", environment)


def test_the_point_in_the_readme_of_the_data_is_one(tmp_path: Path) -> None:
    """Whoever copies the point of one's own has a point, and nobody pregnant has it."""
    (own,) = re.findall(r"```yaml\n(code: .*?)```", DATA, re.DOTALL)
    folder = tmp_path / "acupress" / "points"
    folder.mkdir(parents=True)
    (folder / "mine.yaml").write_text(own, "utf-8")
    environment = {"XDG_CONFIG_HOME": str(tmp_path)}

    assert said("check", environment) == "1 file, no faults\n"
    assert "blade spot" in said("show MYSPOT --json", environment)
    assert "MYSPOT" in said("plan myspot --pregnancy no", environment)
    for answer in ("yes", "unsure"):
        careful = said(f"plan myspot --pregnancy {answer}", environment)
        (last,) = [each for each in careful.splitlines() if "suits you today" in each]
        assert last.startswith("Nothing in MYSPOT ")
        assert "x MYSPOT" in careful
        assert "What remains" not in careful


def test_the_preferences_in_the_readme_are_read(tmp_path: Path) -> None:
    """Whoever copies the preferences of the README has a file that is read."""
    path = tmp_path / "config.toml"
    path.write_text(CONFIG[0], "utf-8")
    config = read_config(path)

    assert config.wait
    assert config.change_sides == 8


def test_every_option_that_is_told_exists() -> None:
    """An option in the README is one that some command takes."""
    told = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", README))
    commands = ["", "session", "plan", "show", "list", "routines", "check"]
    commands += [f"journal {word}" for word in ("", "export", "erase", "set-aside")]
    known = {
        option
        for command in commands
        for option in re.findall(r"--[a-z-]+", said(f"{command} --help"))
    }

    assert set() == told - known


def test_no_document_promises_anything() -> None:
    """Documents describe; they do not claim."""
    claims = r"\b(treats?|cures?|relieves?|heals?|therapeutic|safe)\b"
    documents = [README, *(p.read_text("utf-8") for p in ROOT.glob("*.md"))]

    assert [found for text in documents for found in re.findall(claims, text)] == []


def test_the_tour_has_a_line_for_every_package() -> None:
    """CONTRIBUTING.md names every package and module at the top, and none more."""
    house = (ROOT / "CONTRIBUTING.md").read_text("utf-8").partition("src/acupress/")[2]
    tour = house.partition("\ntests/")[0]
    top, _, packages = tour.partition("  commands/")
    package = Path(acupress.__file__).parent
    modules = {path.stem for path in package.glob("*.py")} - {"__init__"}
    folders = {path.parent.name for path in package.glob("*/__init__.py")}

    assert modules == set(re.findall(r"\w+", top)) & modules
    assert folders == set(
        re.findall(r"^  (\w+)/", f"  commands/{packages}", re.MULTILINE)
    )


def test_what_the_contributing_guide_names_exists() -> None:
    """Every module that the guide points to is there."""
    guide = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    package = Path(acupress.__file__).parent
    named = set(re.findall(r"`((?:\w+/)+\w+\.py)`", guide))
    places = (package, ROOT)

    assert named
    assert [n for n in named if not any((at / n).exists() for at in places)] == []
