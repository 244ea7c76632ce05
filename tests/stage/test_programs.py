"""Programs are looked for in absolute folders only, whatever is started and by whom."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from acupress.paths import absolute_folders, find_program
from acupress.stage.sounds import PLAYERS
from acupress.stage.voice import ENGINES
from support.command import ANSWERED, acupress_, invoke
from support.programs import fake_program, lines, until

STARTED = (
    *(program.name for program in PLAYERS),
    *(engine.name for engine in ENGINES),
    "caffeinate",  # wakepy starts it, on macOS
)
# What programs of the system and libraries may start in turn.
IN_TURN = ("cat", "ps", "less", "sh", "env", "tput", "stty", "pulseaudio", "xdg-open")
UNSAFE = (":/usr/bin", "/usr/bin:", "/usr/bin::/bin", ".", "./x", "x", "..", "", ":")
EVERYTHING = ("--voice", "--sound=auto", "--rehearse", "--speed=100", "--only=TE3")
SESSION = ("session", "upper-back", *ANSWERED, *EVERYTHING)


@pytest.fixture
def false(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a folder with a false program of every name, and more around it."""
    for folder in (
        tmp_path,
        tmp_path / "x",
        tmp_path / "here",
        tmp_path / "here" / "x",
    ):
        folder.mkdir(exist_ok=True)
        for name in (*STARTED, *IN_TURN):
            fake_program(folder, name, f'echo "{name} $PATH" >> {tmp_path}/ran')
    monkeypatch.chdir(tmp_path / "here")
    return tmp_path


def test_nothing_of_the_current_folder_is_run(
    false: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever stands in PATH: no player, no voice, nothing they start."""
    home = {"HOME": str(false)}
    for path in (":./x:x::.:..:", ""):
        ran = invoke(*SESSION, PATH=path, **home)

        assert (path, ran.returncode) == (path, 0)
        assert "REHEARSAL" in ran.stdout
    monkeypatch.delenv("PATH")
    ran = acupress_(*SESSION, **home)

    assert ran.returncode == 0
    assert lines(false / "ran") == []


def test_an_absolute_folder_is_looked_in(false: Path) -> None:
    """
    What comes beside it takes nothing away from a folder that is really named.

    What is started inherits a PATH of absolute folders, and no empty one in its place.
    """
    folder = false / "x"
    acupress_(*SESSION, PATH=f":.:{folder}:x::", HOME=str(false))

    def ran() -> set[str]:
        return {*lines(false / "ran")}

    started = ("paplay", "espeak-ng")
    until(lambda: {each.split()[0] for each in ran()} >= {*started})
    assert {f"{name} {folder}" for name in started} == ran()


def test_only_absolute_folders_are_left() -> None:
    """Each folder that is left is absolute, also where none was."""
    for path in UNSAFE:
        left = absolute_folders(path).split(os.pathsep)

        assert left, path
        assert all(os.path.isabs(folder) for folder in left), path  # noqa: PTH117


def test_what_is_found_is_a_program(tmp_path: Path) -> None:
    """A folder and a file that cannot be run are passed over for what is one."""
    first, second, third = (tmp_path / name for name in ("1", "2", "3"))
    (first / "paplay").mkdir(parents=True)
    second.mkdir()
    (second / "paplay").write_text("no program", "utf-8")
    third.mkdir()
    there = fake_program(third, "paplay", "")
    path = os.pathsep.join(map(str, (first, second, third)))

    assert find_program("paplay", path) == str(there)
    assert find_program(str(there), "/nowhere") == str(there)
    assert find_program(str(second / "paplay")) is None
    assert find_program(os.path.relpath(there)) is None
    assert find_program("pw-play", path) is None
