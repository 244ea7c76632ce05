"""A pager for what is longer than the terminal, and for nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from support.command import acupress_
from support.terminal import ACUPRESS, Left, PtyTerminal, needs_unix


@pytest.fixture
def pager(tmp_path: Path) -> str:
    """Return a pager that says how many lines it was given, and shows none."""
    needs_unix()
    path = tmp_path / "pager"
    path.write_text('#!/bin/sh\necho "paged: $(wc -l)"\n', "utf-8")
    path.chmod(0o755)
    return str(path)


def shown(*words: str, pager: str, size: tuple[int, int] = (80, 24)) -> str:
    """Return all that a terminal of *size* shows of the command *words*."""
    environment = {"PAGER": pager}
    with PtyTerminal((*ACUPRESS, *words), size, environment) as term:
        assert Left(0) == term.left()
        return term.raw.decode()


def test_what_is_longer_is_paged(pager: str) -> None:
    """A page with more rows than the terminal goes to the pager that is wished for."""
    said = shown("show", "GB21", "--all", pager=pager)

    paged = re.search("paged: ([0-9]+)", said)

    assert paged
    assert int(paged[1]) > 24
    assert "Shoulder Well" not in said


def test_what_fits_is_not_paged(pager: str) -> None:
    """A page that fits is printed, and so is a longer one where that is wished."""
    for words, size in (
        (("show", "GB21", "--all"), (80, 200)),
        (("show", "GB21", "--all", "--no-pager"), (80, 24)),
        (("routines", "neck", "--no-pager"), (80, 10)),
    ):
        said = shown(*words, pager=pager, size=size)

        assert "paged" not in said, words
        assert "neck" in said, words


def test_a_pager_that_is_not_there_loses_nothing() -> None:
    """Without a pager that can be started, everything is printed."""
    for name in ("", "/nowhere/pager", "'unclosed"):
        assert "Shoulder Well" in shown("show", "GB21", "--all", pager=name), name


def test_a_pipe_is_never_paged(pager: str) -> None:
    """What goes into a pipe or a file goes there whole."""
    said = acupress_("show", "GB21", "--all", PAGER=pager).stdout

    assert "paged" not in said
    assert "Shoulder Well" in said
