"""What needs minutes of real time: run by `make soak`, never by `make test`."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from itertools import pairwise

import pytest

pytestmark = pytest.mark.soak

ANSWERS = ("--pregnancy=no", "--warning-signs=none", "--cautions=none")
SECONDS = {"minute": 60, "minutes": 60, "second": 1, "seconds": 1}


def lasting(words: str) -> int:
    """Return the seconds that ``1 minute 30 seconds`` spells."""
    pairs = re.findall(r"(\d+) (minutes?|seconds?)", words)
    return sum(int(number) * SECONDS[unit] for number, unit in pairs)


def test_every_hold_lasts_what_it_says() -> None:
    """Over a whole routine in real time, each hold is right to a tenth of a second."""
    program = [sys.executable, "-m", "acupress", "session", "upper-back", *ANSWERS]
    heard: list[tuple[float, str]] = []
    with subprocess.Popen(program, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout
        heard.extend((time.monotonic(), line) for line in running.stdout)
    lines = [each for each in heard if not each[1].startswith((" ", "halfway"))]
    holds = [
        (after - before, lasting(said.partition("press for ")[2]))
        for (before, said), (after, _) in pairwise(lines)
        if ": press for " in said
    ]

    assert len(holds) == 29
    assert [(real, told) for real, told in holds if abs(real - told) > 0.1] == []
