"""The documents, compared with what the program does."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from importlib.metadata import metadata
from pathlib import Path
from tempfile import TemporaryDirectory

import acupress
import record
from acupress.cli import commands as every_command
from acupress.config import Config, read_config
from acupress.paths import bundled
from shell import pages

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
README = (ROOT / "README.md").read_text("utf-8")
PAGES = {page.name: page.read_text("utf-8") for page in DOCS.glob("*.md")}
DECISIONS = {page.name: page.read_text("utf-8") for page in DOCS.glob("*/*.md")}
GUIDE = "\n".join((README, *PAGES.values()))
"""The README and every page of docs/: what is said to people who use the program."""

DATA = (bundled() / "README.md").read_text("utf-8")
TRANSCRIPTS = re.findall(r"```console\n\$ acupress (.*)\n((?:.*\n)*?)```", GUIDE)
SCREENS = re.findall(r"```text\n((?:BL60|Since)(?:.*\n)*?)```", GUIDE)
ROUTINE = re.findall(r"```yaml\n((?:.*\n)*?)```", PAGES["own-files.md"])
CONFIG = re.findall(r"```toml\n((?:.*\n)*?)```", PAGES["own-files.md"])


# Runs one command after another, each ended by a zero byte: much faster than to start
# the program for each, where neither its start nor its exit code matters.
ONE_AFTER_ANOTHER = """\
import shlex, sys
from acupress.cli import app
from acupress.errors import AcupressError
for command in sys.argv[1:]:
    try:
        app(shlex.split(command), prog_name="acupress", standalone_mode=False)
    except AcupressError as error:
        print(error)
    print(end="\\0")
"""


def python(*arguments: str, home: str = "/nowhere") -> str:
    """Return all that the interpreter says in a pipe, on either stream."""
    usual = {"PYTHONUTF8": "1", "COLUMNS": "80", "XDG_CONFIG_HOME": home}
    nowhere = {"HOME": "/nonexistent", "XDG_DATA_HOME": ""}
    with TemporaryDirectory() as folder:  # some of the commands save a file
        ran = subprocess.run(
            [sys.executable, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
            cwd=folder,
            env={**os.environ, **usual, **nowhere},
            encoding="utf-8",
        )
    return ran.stdout


def said(arguments: str) -> str:
    """Return all that the program says, started with *arguments*."""
    return python("-m", "acupress", *shlex.split(arguments))


def said_by_each(*commands: str, home: str = "/nowhere") -> list[str]:
    """Return what each of *commands* says, where *home* has the own files."""
    *every, rest = python("-c", ONE_AFTER_ANOTHER, *commands, home=home).split("\0")
    assert rest == ""
    return every


def test_a_transcript_is_what_the_program_says() -> None:
    """Every transcript in the guide is real; ``...`` stands for the rest."""
    wrong = {}
    for arguments, shown in TRANSCRIPTS:
        whole, dots, _ = shown.partition("\n...\n")
        actual = said(arguments)
        if whole != (actual[: len(whole)] if dots else actual):
            wrong[arguments] = actual

    assert wrong == {}


def test_there_are_transcripts() -> None:
    """The guide has a transcript of each of these commands."""
    shown = {arguments.split()[0] for arguments, _ in TRANSCRIPTS}

    assert {
        *("session", "plan", "routines", "show", "list", "find", "journal")
    } <= shown


def test_the_screens_in_the_guide_are_golden_ones() -> None:
    """The screens that the guide shows are some that the tests hold."""
    folder = ROOT / "tests" / "screens"
    names = ("session-press-left-80x24", "journal-80")
    held = {(folder / f"{name}.txt").read_text("utf-8") for name in names}

    assert set(SCREENS) == held


def test_what_is_made_from_the_program_is_current() -> None:
    """The pages and pictures that `make docs` makes are those of this program."""
    made = {**pages(), "journal.svg": record.journal()}
    made |= {f"{name}.svg": record.still(name) for name in record.STILL}

    for name, text in made.items():
        assert (DOCS / name).read_text("utf-8") == text, f"{name}: run `make docs`"


def test_the_index_has_every_page() -> None:
    """docs/README.md links to every page of docs/, and the links of all pages work."""
    index = set(re.findall(r"\]\(([^)#]+)", PAGES["README.md"]))
    names = {str(page.relative_to(DOCS)) for page in DOCS.rglob("*.md")}

    assert names - {"README.md"} - index == set()
    for page in (ROOT / "README.md", *DOCS.rglob("*.md")):
        links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
        assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_test_that_a_decision_names_is_there() -> None:
    """What a page of decisions says is held by a test is held by one of that name."""
    told = "".join(page.read_text("utf-8") for page in DOCS.glob("decisions/*.md"))
    tests = "".join(path.read_text("utf-8") for path in ROOT.glob("tests/**/*.py"))
    named = set(re.findall(r"`(test_[a-z0-9_]+)`", told))

    assert len(named) > 20
    assert {name for name in named if f"def {name}(" not in tests} == set()


def test_a_package_index_can_show_the_readme() -> None:
    """Nothing lies beside the README on an index: every link in it has an address."""
    told = metadata("acupress")["Description"]

    assert re.findall(r"\]\((?!https://)[^)]*\)", told) == []
    assert told.count("](https://") == README.count("](")


def test_the_routine_in_the_guide_is_one(tmp_path: Path) -> None:
    """The routine in the guide loads, copied as it is."""
    folder = tmp_path / "acupress" / "routines"
    folder.mkdir(parents=True)
    (folder / "evening.yaml").write_text(ROUTINE[0], "utf-8")
    checked, plan = said_by_each(
        "check", "plan my-evening --pregnancy no", home=str(tmp_path)
    )

    assert checked == "1 file, no faults\n"
    assert "GB21" in plan


def test_the_point_in_the_readme_of_the_data_is_one(tmp_path: Path) -> None:
    """The own point in data/README.md loads, and is left out after yes and unsure."""
    (own,) = re.findall(r"```yaml\n(code: .*?)```", DATA, re.DOTALL)
    folder = tmp_path / "acupress" / "points"
    folder.mkdir(parents=True)
    (folder / "mine.yaml").write_text(own, "utf-8")
    answers = ("no", "yes", "unsure")
    checked, shown, plan, *others = said_by_each(
        "check",
        "show MYSPOT --json",
        *(f"plan myspot --pregnancy {answer}" for answer in answers),
        home=str(tmp_path),
    )

    assert checked == "1 file, no faults\n"
    assert "blade spot" in shown
    assert "MYSPOT" in plan
    for careful in others:
        (last,) = [each for each in careful.splitlines() if "suits you today" in each]
        assert last.startswith("Nothing in MYSPOT ")
        assert "x MYSPOT" in careful
        assert "What remains" not in careful


def test_the_preferences_in_the_guide_are_read(tmp_path: Path) -> None:
    """The preferences in the guide are read, copied as they are."""
    path = tmp_path / "config.toml"
    path.write_text(CONFIG[0], "utf-8")
    config, faults = read_config(path)

    assert faults == []
    assert config.wait
    assert config.change_sides == 8


def test_the_preferences_in_the_pages_are_read(tmp_path: Path) -> None:
    """Each piece of a configuration in docs/ is read, and together they have all."""
    pieces = re.findall(r"```toml\n(.*?)```", GUIDE, re.DOTALL)
    path = tmp_path / "config.toml"
    for piece in pieces:
        path.write_text(piece, "utf-8")
        config, faults = read_config(path)

        assert (piece, faults) == (piece, [])
        assert config != Config()
    told = set(re.findall(r"^(\w+) =", "\n".join(pieces), re.MULTILINE))
    assert told == set(Config._fields)


def test_every_option_in_the_guide_exists() -> None:
    """An option in the guide is one that some command takes."""
    told = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", GUIDE))
    commands = ["", *every_command()]
    journal = ("", "add", "export", "erase", "set-aside")
    commands += [f"journal {word}" for word in journal]
    helps = said_by_each(*(f"{command} --help" for command in commands))
    known = {option for each in helps for option in re.findall(r"--[a-z-]+", each)}

    assert set() == told - known


def test_no_document_promises_anything() -> None:
    """No document promises an effect, or calls anything safe."""
    claims = r"\b(treats?|cures?|relieves?|heals?|therapeutic|safe)\b"
    documents = [GUIDE, *DECISIONS.values()]
    documents += [page.read_text("utf-8") for page in ROOT.glob("*.md")]

    assert [found for text in documents for found in re.findall(claims, text)] == []


def test_the_tour_has_a_line_for_every_package() -> None:
    """CONTRIBUTING.md names every package and module at the top, and none more."""
    house = (ROOT / "CONTRIBUTING.md").read_text("utf-8").partition("src/acupress/")[2]
    tour = house.partition("\ntests/")[0]
    top, _, packages = tour.partition("  commands/")
    package = Path(acupress.__file__).parent
    modules = {path.stem for path in package.glob("*.py")} - {"__init__"}
    folders = {path.parent.name for path in package.glob("*/__init__.py")}

    assert modules == set(re.findall(r"\w+", top)) & modules
    assert folders == set(
        re.findall(r"^  (\w+)/", f"  commands/{packages}", re.MULTILINE)
    )


def test_what_the_contributing_guide_names_exists() -> None:
    """Every module that the guide points to is there."""
    guide = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    package = Path(acupress.__file__).parent
    named = set(re.findall(r"`((?:\w+/)+\w+\.py)`", guide))
    places = (package, ROOT)

    assert named
    assert [n for n in named if not any((at / n).exists() for at in places)] == []
