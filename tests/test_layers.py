"""Who may import whom, over every file of the installed package."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import acupress

PACKAGE = Path(acupress.__file__).parent
WORLD = {"io", "os", "pathlib", "rich", "select", "sys", "time", "typer", "yaml"}

# Each row: a module, and the modules of ours that it may import.
MAY_IMPORT = {
    "errors": "spelling",
    "model": "",
    "numbering": "",
    "spelling": "",
    "outcomes": "model numbering spelling",
    "coding": "numbering outcomes spelling",
    "naming": "coding model numbering outcomes spelling",
    "screening": "errors model",
    "planning": "errors model screening",
    "timeline": "model planning",
    "playhead": "model timeline",
    "player": "playhead timeline",
    "folders": "",
    "modes": "",
    "layout": "",
    "ansi": "figures layout",
    "leaflets": "ansi layout modes",
    "bindery": "ansi catalogue figures layout leaflets model modes naming nodes pages "
    "strictyaml",
    "ending": "errors windows",
    "notices": "layout screening",
    "words": "model notices planning playhead screening timeline",
    "pages": "layout model notices planning playhead screening timeline words",
    "files": "errors spelling",
    "journal": "errors files playhead",
    "weeks": "journal",
    "remarks": "journal layout weeks words",
    "charts": "journal layout remarks weeks",
    "svg": "journal remarks weeks",
    "documents": "journal model pages planning screening timeline words",
    "regular": "errors",
    "nodes": "errors",
    "strictyaml": "errors nodes regular",
    "records": "errors nodes strictyaml",
    "finding": "model naming",
    "config": "errors regular screening",
    "entries": "errors model naming nodes records",
    "pointfile": "entries errors model naming nodes records",
    "reference": "entries errors model naming nodes pointfile records",
    "routinefile": "entries errors model nodes records",
    "catalogue": "entries errors model nodes pointfile records reference routinefile",
    "ownfiles": "entries errors model naming nodes notices pointfile records "
    "routinefile",
    "schema": "model",
    "asking": "errors layout notices screening",
    "sheet": "layout model notices planning screening words",
    "view": "figures layout",
    "screen": "layout model notices playhead timeline view words",
    "keys": "ending",
    "posix": "keys",
    "windows": "ending keys",
    "system": "posix windows",
    "reading": "errors keys layout view",
    "terminal": "ansi keys layout reading screen system view",
    "children": "",
    "sound": "children timeline",
    "voice": "children",
    "awake": "children",
    "spoken": "model planning timeline",
    "announcer": "playhead sound spoken timeline voice",
    "stage": "announcer awake keys layout model playhead screen system terminal "
    "timeline view",
    "lines": "keys playhead stage terminal timeline words",
}
# These have never met a clock, a file or a key.
PURE = {
    "errors",
    "model",
    "numbering",
    "spelling",
    "outcomes",
    "coding",
    "naming",
    "finding",
    "screening",
    "planning",
    "timeline",
    "playhead",
    "player",
    "layout",
    "modes",
    "ansi",
    "notices",
    "words",
    "spoken",
    "pages",
    "weeks",
    "remarks",
    "charts",
    "svg",
    "asking",
    "sheet",
    "schema",
}
# What a command may load besides Typer: each is dear, and none is needed here.
DEAR = {
    "rich.console",
    "acupress.stage",
    "acupress.terminal",
    "acupress.keys",
    "acupress.children",
    "subprocess",
    "acupress.figures",
    "acupress.reading",
    "asyncio",
    "pydantic",
    "importlib.metadata",
    "difflib",
    "sqlite3",
}


def imported(path: Path) -> set[str]:
    """Return the dotted names that *path* imports, ``from x import y`` as ``x.y``."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def loaded(*arguments: str) -> set[str]:
    """Return the modules that are loaded once a command has run."""
    code = (
        "import sys; from acupress.cli import app\n"
        f"app({list(arguments)!r}, standalone_mode=False)\n"
        "print('\\0'.join(sys.modules), file=sys.stderr)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    return set(ran.stderr.strip().split("\0"))


@pytest.mark.parametrize("module", MAY_IMPORT)
def test_imports_only_its_neighbours(module: str) -> None:
    """A module knows the modules listed for it and no others."""
    names = imported(PACKAGE / f"{module}.py")
    ours = {name.split(".")[1] for name in names if name.startswith("acupress.")}
    ours.discard("__version__")

    assert set() == ours - set(MAY_IMPORT[module].split())


@pytest.mark.parametrize("module", sorted(PURE))
def test_the_core_has_never_met_the_world(module: str) -> None:
    """Nothing in the core can read a clock, a file or a key."""
    names = {name.split(".")[0] for name in imported(PACKAGE / f"{module}.py")}

    assert set() == names & WORLD


def test_every_module_has_its_place() -> None:
    """A new module must be given its row in the table."""
    modules = {path.stem for path in PACKAGE.glob("[!_]*.py")}

    assert modules - {"cli"} == MAY_IMPORT.keys()


def test_the_figures_stand_apart() -> None:
    """A drawing knows the words for sides, modes and errors, and nothing else."""
    names = {
        name
        for path in (PACKAGE / "figures").glob("*.py")
        for name in imported(path)
        if name.startswith("acupress.") and not name.startswith("acupress.figures")
    }

    assert {"acupress.errors", "acupress.model", "acupress.modes"} == {
        n.rpartition(".")[0] for n in names
    }


def test_nobody_imports_the_commands() -> None:
    """Only the way in knows the commands, and the command line just by name."""
    importers = {
        path.name
        for path in PACKAGE.glob("*.py")
        if any(name.startswith("acupress.commands") for name in imported(path))
    }

    assert {"__main__.py"} == importers


def test_who_looks_at_the_clock_on_the_wall() -> None:
    """Only the record of a session and its page do; no hold goes by that clock."""
    wall = {"time.time", "time.localtime", "datetime.now", "datetime.today"}
    looking = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in wall
    }

    assert {"commands/session.py", "commands/journal.py"} == looking


def test_nobody_imports_click() -> None:
    """Typer keeps its Click to itself; we never reach for it."""
    importers = {
        path.name
        for path in PACKAGE.rglob("*.py")
        if any("click" in name for name in imported(path))
    }

    assert set() == importers


@pytest.mark.parametrize(
    "arguments",
    [
        ("--version",),
        ("show", "GB21"),
        ("show", "GB21", "--json"),
        ("list", "--region", "neck"),
        ("routines",),
        ("plan", "upper-back", "--pregnancy", "no"),
    ],
)
def test_a_command_loads_only_what_it_needs(arguments: tuple[str, ...]) -> None:
    """In a pipe no command loads Rich, the stage or anything else that is dear."""
    bare = loaded_with_typer_alone()

    assert set() == (loaded(*arguments) - bare) & DEAR


def test_the_journal_loads_what_it_needs() -> None:
    """It opens a database and nothing else that is dear."""
    bare = loaded_with_typer_alone()

    assert (loaded("journal") - bare) & DEAR <= {"sqlite3"}


def loaded_with_typer_alone() -> set[str]:
    """Return what Typer brings along by itself, which is not ours to save."""
    code = "import sys, typer, typer.core; print('\\0'.join(sys.modules))"
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    return set(ran.stdout.strip().split("\0"))


def test_version_reads_no_catalogue() -> None:
    """The version is a literal and costs no file."""
    assert set() == loaded("--version") & {"yaml", "acupress.catalogue"}
