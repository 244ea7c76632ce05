"""Golden screens: text files that a person can read, and how to write them anew."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from acupress.terminal.keys import STOPPING
from support.journals import demonstration

SCREENS = Path(__file__).parent / "screens"

# The same examples each time, and none that fails only because a machine is busy.
settings.register_profile(
    "acupress",
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("acupress")


# What is promised for Unix only: its paths, links, modes and signals, ``~`` in what
# is said, programs that are scripts, and what Rich finds out from TERM.
UNIX_ONLY = """
    test_a_hostile_file_is_refused_at_once test_a_folder_is_no_file
    test_where_the_folder_is test_in_a_pipe test_what_is_no_journal_is_never_touched
    test_a_folder_that_is_none test_a_home_that_can_not_be_written
    test_a_file_that_can_not_be_made test_the_name_of_a_file_is_harmless
    test_colours_are_counted_as_rich_counts_them test_export test_a_drawing
    test_a_journal_that_can_not_be_read test_a_player_that_is_no_program_is_given_up
    test_a_file_is_read test_device_is_refused test_directory_is_refused
    test_control_c test_the_latest_phrase_wins
    test_an_engine_that_can_not_be_started_is_silence
    test_file_is_called_what_it_holds test_folder_called_like_a_file
    test_a_link_that_comes_at_the_last_moment test_it_is_on_the_disk_before_it_counts
    test_where_the_journal_is
    test_it_is_shown_and_copied_as_it_is test_nothing_is_written_over
    test_what_is_no_file_is_refused_at_once test_the_name_of_the_file_is_harmless
    test_a_folder_that_leads_nowhere
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out on Windows what is promised for Unix only."""
    if sys.platform == "win32":
        reason = pytest.mark.skip(reason="promised for Unix only")
        for item in items:
            if getattr(item, "originalname", "") in UNIX_ONLY.split():
                item.add_marker(reason)


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


@pytest.fixture(autouse=True, scope="session")
def _control_c_as_usual() -> None:
    """Undo that a shell has what runs in its background ignore Ctrl-C."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def signals_as_usual() -> Iterator[None]:
    """Let no signal that ends the program be ignored, and put back who hears it."""
    before = {number: signal.getsignal(number) for number in STOPPING}
    for number in STOPPING:
        signal.signal(number, signal.SIG_DFL)
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.fixture(autouse=True, scope="session")
def _preferences_of_somebody_practised(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    """Let the sessions that tests play flow, as for who knows their points."""
    folder = tmp_path_factory.mktemp("config")
    (folder / "acupress").mkdir()
    (folder / "acupress" / "config.toml").write_text("wait = false\n", "utf-8")
    before = os.environ.get("XDG_CONFIG_HOME")
    os.environ["XDG_CONFIG_HOME"] = str(folder)
    yield
    del os.environ["XDG_CONFIG_HOME"]
    if before is not None:
        os.environ["XDG_CONFIG_HOME"] = before


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
