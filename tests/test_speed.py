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


@pytest.mark.skipif(not shutil.which("valgrind"), reason="valgrind does the counting")
@pytest.mark.skipif(
    not (bundled() / COMPILED).is_file(), reason="only a wheel is quick"
)
def test_a_point_is_shown_before_typer_would_have_started() -> None:
    """In a pipe 1.2 and with its picture 1.6 bare Typer programs are the most."""
    show = (*ACUPRESS, "show", "GB21")
    bare, piped, drawn = (
        instructions(run)
        for run in (
            Run((sys.executable, str(BARE), "show", "GB21")),
            Run(show),
            Run(show, terminal=True),
        )
    )

    assert bare
    assert piped
    assert drawn
    assert piped / bare < 1.2
    assert drawn / bare < 1.6
