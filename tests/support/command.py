"""The program run as a command, without a terminal."""

from __future__ import annotations

import os
import subprocess
import sys

PLACE_WORDS = ("find it", "press for", "heel cord", "collarbone")


ANSWERED = ("--pregnancy", "no", "--warning-signs", "none", "--cautions", "none")


def acupress_(
    *arguments: str, typed: str = "", **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run it with no terminal at either end, where it never writes an escape."""
    kept = {"PATH", "HOME", "XDG_DATA_HOME", "LANG", "LC_ALL", "SYSTEMROOT"}
    base = {key: value for key, value in os.environ.items() if key in kept}
    ran = subprocess.run(
        [sys.executable, "-m", "acupress", *arguments],
        input=typed,
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
        errors="replace",
        env={**base, "PYTHONUTF8": "1", **environment},
    )
    assert "FORCE_COLOR" in environment or "\x1b" not in ran.stdout + ran.stderr
    return ran


def complaint(*arguments: str, code: int) -> str:
    """Return the one line that *arguments* come to, without its beginning."""
    ran = acupress_(*arguments)

    assert (code, "") == (ran.returncode, ran.stdout)
    assert len(ran.stderr.splitlines()) == 1, ran.stderr
    assert ran.stderr.startswith("acupress: ")
    return ran.stderr.removeprefix("acupress: ").rstrip("\n")
