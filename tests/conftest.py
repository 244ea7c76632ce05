"""Golden screens: text files that a person can read, and how to write them anew."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

SCREENS = Path(__file__).parent / "screens"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--update``, which writes the screens instead of comparing them."""
    parser.addoption("--update", action="store_true", help="write the golden screens")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Return what compares a text with the screen of a name."""

    def compare(name: str, actual: str) -> None:
        path = SCREENS / f"{name}.txt"
        lines = "\n".join(line.rstrip() for line in actual.splitlines()) + "\n"
        if request.config.getoption("--update"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(lines, "utf-8")

        assert path.read_text("utf-8") == lines

    return compare
