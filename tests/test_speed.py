"""How much work an answer is, in instructions: those repeat, and seconds do not."""

from __future__ import annotations

import shutil
import sys
from functools import cache
from pathlib import Path

import pytest

from acupress.catalogue.compiled import COMPILED
from acupress.paths import bundled
from measuring import Run, instructions
from support.terminal import ACUPRESS

BARE = Path(__file__).parents[1] / "benchmarks" / "bare_typer.py"

# What each may cost, in bare Typer programs; `make bench` measures all commands.
MOST = {
    "show GB21": 1.65,
    "list": 1.65,
    "plan lower-back --pregnancy no": 1.7,
    "find neck": 2.0,
    "session lower-back": 1.7,
}


@cache
def bare() -> int:
    """Return the instructions of a bare Typer program."""
    return instructions(Run((sys.executable, str(BARE), "show", "GB21"))) or 0


@pytest.mark.skipif(not shutil.which("valgrind"), reason="valgrind does the counting")
@pytest.mark.skipif(not (bundled() / COMPILED).is_file(), reason="needs a wheel")
@pytest.mark.parametrize("command", MOST)
def test_no_command_costs_much_more_than_starting_typer(command: str) -> None:
    """A command is answered, or refused in a pipe, for little more than a bare one."""
    ours = instructions(Run((*ACUPRESS, *command.split()), check=False))

    assert bare()
    assert ours
    assert 1 < ours / bare() < MOST[command]
