"""How much work an answer is, in instructions: those repeat, and seconds do not."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from acupress.catalogue.compiled import COMPILED
from acupress.paths import bundled
from measuring import Run, instructions
from support.terminal import ACUPRESS

BARE = Path(__file__).parents[1] / "benchmarks" / "bare_typer.py"

COMMANDS = ("plan lower-back --pregnancy no", "find sholder wel")
"""One that loads most of the program, and one that compares misspelt words."""


@pytest.mark.skipif(not shutil.which("valgrind"), reason="valgrind does the counting")
@pytest.mark.skipif(not (bundled() / COMPILED).is_file(), reason="needs a wheel")
def test_no_command_costs_much_more_than_starting_typer() -> None:
    """A command is answered for less than 2.3 times what a bare Typer program costs."""
    bare = instructions(Run((sys.executable, str(BARE), "show", "GB21")))
    assert bare

    costs = {
        command: (instructions(Run((*ACUPRESS, *command.split()))) or 0) / bare
        for command in COMMANDS
    }

    assert {command: cost for command, cost in costs.items() if cost >= 2.3} == {}
    assert min(costs.values()) > 1
