"""Golden screens: text files that a person can read, and how to write them anew."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import Phase, settings

from writing import demonstration

SCREENS = Path(__file__).parent / "screens"

# The same examples each time, and none that fails only because a machine is busy.
settings.register_profile("acupress", derandomize=True, deadline=None)
settings.register_profile(
    "mutants",  # where it is enough to know that something fails: tools/mutants.py
    derandomize=True,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
)
settings.load_profile("acupress")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--update``, which writes the screens instead of comparing them."""
    parser.addoption("--update", action="store_true", help="write the golden screens")


@pytest.fixture(autouse=True, scope="session")
def _journal_of_nobody(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the sessions that tests play out of the journal of whoever runs them."""
    before = os.environ.get("XDG_DATA_HOME")
    os.environ["XDG_DATA_HOME"] = str(tmp_path_factory.mktemp("data"))
    yield
    del os.environ["XDG_DATA_HOME"]
    if before is not None:
        os.environ["XDG_DATA_HOME"] = before


@pytest.fixture(scope="session")
def thirty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a journal with the thirty sessions of the demonstration; to be copied."""
    made = tmp_path_factory.mktemp("thirty") / "acupress" / "journal.db"
    demonstration(made)
    return made


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
