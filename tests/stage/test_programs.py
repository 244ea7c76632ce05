"""Programs are looked for in absolute folders only, whatever is started and by whom."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from acupress.paths import absolute_folders, find_program
from acupress.stage.inhibit import HOLDERS
from acupress.stage.sounds import PLAYERS
from acupress.stage.voice import ENGINES
from support.command import ANSWERED
from support.programs import fake_program, lines, until
from support.terminal import ACUPRESS

STARTED = (
    *(program.name for program in PLAYERS),
    *(engine.name for engine in ENGINES),
    *(holder[0] for holder in HOLDERS),
)
# What programs of the system and libraries may start in turn.
IN_TURN = ("cat", "ps", "less", "sh", "env", "tput", "stty", "pulseaudio", "xdg-open")
UNSAFE = (":/usr/bin", "/usr/bin:", "/usr/bin::/bin", ".", "./x", "x", "..", "", ":")


@pytest.fixture
def false(tmp_path: Path) -> Path:
    """Return a folder with a false program of every name, and more of them below."""
    for folder in (tmp_path, tmp_path / "x", tmp_path / "here"):
        folder.mkdir(exist_ok=True)
        for name in (*STARTED, *IN_TURN):
            fake_program(folder, name, f"echo {name} >> {tmp_path}/ran")
    return tmp_path


def session(folder: Path, path: str | None) -> subprocess.CompletedProcess[str]:
    """Hurry through a session with everything that is heard, standing in *folder*."""
    environment = {key: text for key, text in os.environ.items() if key != "PATH"}
    environment |= {"HOME": str(folder), **({} if path is None else {"PATH": path})}
    options = ("--voice", "--sound=auto", "--rehearse", "--speed=100", "--only=TE3")
    return subprocess.run(
        (*ACUPRESS, "session", "upper-back", *ANSWERED, *options),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=True,
        text=True,
        cwd=folder,
        env=environment,
    )


def test_nothing_of_the_current_folder_is_run(false: Path) -> None:
    """Whatever stands in PATH: no player, no voice, no holder, nothing they start."""
    for path in (":/usr/bin", "x", None):
        ran = session(false / "here", path)

        assert "REHEARSAL" in ran.stdout
        assert lines(false / "ran") == [], path


def test_nothing_of_the_current_folder_is_found(
    false: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program that lies where one stands is not there for us, whatever PATH says."""
    monkeypatch.chdir(false / "here")
    found = {
        (path, name): program
        for path in UNSAFE
        for name in STARTED
        if (program := find_program(name, path)) and program.startswith(str(false))
    }

    assert found == {}


def test_an_absolute_folder_is_looked_in(
    false: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What comes beside it takes nothing away from a folder that is really named."""
    session(false / "here", f".:{false / 'x'}")
    until(lambda: {"paplay", "espeak-ng", "systemd-inhibit"} <= {*lines(false / "ran")})

    monkeypatch.chdir(false / "here")
    for before in ("", ".:", ":", "x:"):
        for name in STARTED:
            place = str(false / "x" / name)
            assert find_program(name, f"{before}{false / 'x'}") == place, before


def test_what_is_started_starts_nothing_of_the_current_folder(tmp_path: Path) -> None:
    """It inherits a PATH of absolute folders, and no empty one in its place."""
    told = tmp_path / "told"
    fake_program(
        tmp_path, "paplay", f'echo "$PATH" > {told}.new; /bin/mv {told}.new {told}'
    )
    session(tmp_path, f":{tmp_path}:x::")

    until(lambda: lines(told) == [str(tmp_path)])


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
    assert find_program("pw-play", path) is None
