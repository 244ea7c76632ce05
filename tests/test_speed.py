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

COMMAND = "plan lower-back --pregnancy no"
"""It loads more of the program than most; `make bench` measures all of them."""


@pytest.mark.skipif(not shutil.which("valgrind"), reason="valgrind does the counting")
@pytest.mark.skipif(not (bundled() / COMPILED).is_file(), reason="needs a wheel")
def test_no_command_costs_much_more_than_starting_typer() -> None:
    """A command is answered for less than 2.3 times what a bare Typer program costs."""
    bare = instructions(Run((sys.executable, str(BARE), "show", "GB21")))
    ours = instructions(Run((*ACUPRESS, *COMMAND.split())))

    assert bare
    assert ours
    assert 1 < ours / bare < 2.3
