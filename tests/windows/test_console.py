"""A session at a real console of Windows: seen, typed at, and left as it was."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(
    sys.platform != "win32", reason="there is no console of Windows here"
)

AT_CONSOLE = Path(__file__).with_name("at_console.py")
PROGRAM = (sys.executable, "-m", "acupress")
SESSION = ("session", "lower-back", "--rehearse", "--plain", "--sound=off")
QUESTIONS = (
    ("no / yes / unsure", "nx\x08o\r"),
    ("no / 1 / 2", "no\r"),
    ("0 for none:", "0\r"),
    ("Enter begins", "\r"),
)


def sat(folder: Path, *steps: tuple[str, str]) -> dict[str, object]:
    """Return what *steps* at a console of its own have come to."""
    report = folder / "report.json"
    command = [sys.executable, str(AT_CONSOLE), str(report), json.dumps(steps)]
    flags = 0
    if sys.platform == "win32":
        flags = subprocess.CREATE_NEW_CONSOLE
    subprocess.run(
        [*command, *PROGRAM, *SESSION], creationflags=flags, check=True, timeout=90
    )
    told: dict[str, object] = json.loads(report.read_text("utf-8"))
    assert told["seen"] == [wanted for wanted, _ in steps], told["screen"]
    return told


def test_a_session_is_led_by_keys(tmp_path: Path) -> None:
    """Questions, the arrows and q are heard; the console is left as it was."""
    told = sat(tmp_path, *QUESTIONS, ("get there", "<right>"), ("get there", "qq"))

    assert (told["code"], told["mode_as_before"]) == (0, True)
    assert "Stopped after" in str(told["screen"])


def test_ctrl_c_ends_as_windows_has_it(tmp_path: Path) -> None:
    """What was done is said, and the code is that of a program ended by Ctrl-C."""
    told = sat(tmp_path, *QUESTIONS, ("press for", "<ctrl-c>"))

    assert (told["code"], told["mode_as_before"]) == (0xC000013A, True)
    assert "Stopped after" in str(told["screen"])
