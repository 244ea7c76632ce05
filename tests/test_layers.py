"""Who may import whom, over every file of the installed package."""

from __future__ import annotations

import ast
import subprocess
import sys
from functools import cache
from graphlib import TopologicalSorter
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import acupress

PACKAGE = Path(acupress.__file__).parent
WORLD = {"io", "os", "pathlib", "rich", "select", "sys", "time", "typer", "yaml"}

# Each row: a package or a module at the top, and what of ours it may import.
MAY_IMPORT = {
    "__main__": "cli exit paths terminal",
    "cli": "errors",
    "commands": "catalogue config dialogue errors exit files journal lookup model "
    "page paths session stage terminal text",
    "dialogue": "errors files journal model session terminal text",
    "stage": "config errors model paths session terminal text",
    "page": "journal model session text",
    "journal": "errors files model paths session text",
    "terminal": "config errors exit figures model paths text",
    "catalogue": "errors files lookup model paths text",
    "figures": "model",
    "lookup": "errors model",
    "text": "lookup model session",
    "session": "errors model",
    "config": "catalogue errors files model paths session",
    "files": "errors paths",
    "exit": "errors",
    "paths": "errors",
    "errors": "",
    "model": "",
}
# Nothing in these reads a clock, a file or a key.
PURE: tuple[str, ...] = (
    "errors",
    "model",
    "session",
    "lookup",
    "text",
    "journal.stats",
    "journal.weeks",
)
PURE += (
    "page.outcomes",
    "page.sheet",
    "journal.remarks",
    "journal.report",
    "journal.svg",
    "dialogue.questions",
    "dialogue.short_form",
)
# Modules that are slow to import, and that none of the commands here needs.
DEAR = {
    "rich.console",
    "acupress.stage.base",
    "acupress.terminal.device",
    "acupress.terminal.keys",
    "acupress.stage.subprocesses",
    "subprocess",
    "acupress.figures.drawing",
    "acupress.terminal.pager",
    "asyncio",
    "pydantic",
    "importlib.metadata",
    "difflib",
    "sqlite3",
}
if find_spec("pydantic"):  # Typer 0.29, whose commands all load it; nothing else does
    DEAR -= {"pydantic", "importlib.metadata"}


@cache
def parsed(path: Path) -> list[ast.AST]:
    """Return every node of the module at *path*."""
    return list(ast.walk(ast.parse(path.read_text("utf-8"))))


@cache
def imported(path: Path) -> frozenset[str]:
    """Return the dotted names that *path* imports, ``from x import y`` as ``x.y``."""
    names: set[str] = set()
    for node in parsed(path):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return frozenset(names)


# The commands in the order in which one interpreter runs them, the one that may load
# something dear last.
COMMANDS = (
    "--version",
    "show GB21",
    "show GB21 --json",
    "list --region neck",
    "routines",
    "plan upper-back --pregnancy no",
    "journal",
)
RUN_EACH = """\
import sys
from acupress.cli import app
for command in sys.argv[1:]:
    app(command.split(), standalone_mode=False)
    print(*sys.modules, file=sys.stderr)
"""


@cache
def loaded() -> dict[str, set[str]]:
    """Return the modules that are loaded after each command has run, one by one."""
    ran = subprocess.run(
        [sys.executable, "-c", RUN_EACH, *COMMANDS],
        capture_output=True,
        text=True,
        check=True,
    )
    lines = ran.stderr.splitlines()
    return dict(zip(COMMANDS, map(set, map(str.split, lines)), strict=True))


def modules() -> dict[str, Path]:
    """Return the file of each module of ours; a package has that of ``__init__``."""
    found = {}
    for path in PACKAGE.rglob("*.py"):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        found[".".join(part for part in parts if part != "__init__")] = path
    return found


MODULES = modules()


def ours(path: Path) -> set[str]:
    """Return the modules of ours that *path* imports."""
    found: set[str] = set()
    for name in imported(path):
        whole, *parts = name.split(".")
        while whole == "acupress" and parts:
            if ".".join(parts) in MODULES:
                found.add(".".join(parts))
                break
            parts.pop()
    return found


def package(module: str) -> str:
    """Return the package that *module* is in, or its name if it is at the top."""
    return module.partition(".")[0]


def test_a_package_imports_only_what_its_row_names() -> None:
    """The table lists every package, and the packages that each may import."""
    imports: dict[str, set[str]] = {}
    for name, path in MODULES.items():
        home = package(name)
        imports.setdefault(home, set()).update(map(package, ours(path)))

    assert {home: used - {home} for home, used in imports.items() if home} == {
        home: set(row.split()) for home, row in MAY_IMPORT.items()
    }


def test_no_circle_of_imports() -> None:
    """There is no import cycle between packages, nor between modules."""
    TopologicalSorter({name: row.split() for name, row in MAY_IMPORT.items()}).prepare()
    TopologicalSorter(
        {name: ours(path) - {name} for name, path in MODULES.items()}
    ).prepare()


def test_only_public_modules_are_imported_from_outside() -> None:
    """``__all__`` of a package names the modules that other packages may import."""
    used: dict[str, set[str]] = {}
    for name, path in MODULES.items():
        for target in ours(path):
            home, _, module = target.partition(".")
            if module and home not in {package(name), "commands"}:
                used.setdefault(home, set()).add(module)
    faces = {home: set(import_module(f"acupress.{home}").__all__) for home in used}

    assert used == faces


def test_the_core_does_no_input_or_output() -> None:
    """Nothing in the core can read a clock, a file or a key."""
    core = {
        (home, name): path
        for home in PURE
        for name, path in MODULES.items()
        if f"{name}.".startswith(f"{home}.")
    }

    assert {home for home, _ in core} == set(PURE)
    assert [
        (name, imports)
        for (_, name), path in core.items()
        for imports in imported(path)
        if imports.split(".")[0] in WORLD
    ] == []


def test_which_modules_read_the_wall_clock() -> None:
    """Four commands do, to date what they write; no hold is timed by that clock."""
    wall = {"time.time", "time.localtime", "datetime.now", "datetime.today"}
    looking = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        for node in parsed(path)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in wall
    }

    allowed = {"guiding", "journal", "plan", "remind"}
    assert {f"commands/{name}.py" for name in allowed} == looking


def test_no_module_imports_click() -> None:
    """Click is an implementation detail of Typer: no module of ours imports it."""
    importers = {
        path.name
        for path in PACKAGE.rglob("*.py")
        if any("click" in name for name in imported(path))
    }

    assert set() == importers


def test_a_command_loads_only_what_it_needs() -> None:
    """In a pipe no command loads Rich, the stage or anything else that is dear."""
    bare = loaded_with_typer_alone()

    assert {name: set() for name in COMMANDS if name != "journal"} == {
        name: (modules - bare) & DEAR
        for name, modules in loaded().items()
        if name != "journal"
    }


def test_the_journal_loads_what_it_needs() -> None:
    """It loads the database and nothing else that is dear."""
    bare = loaded_with_typer_alone()

    assert (loaded()["journal"] - bare) & DEAR <= {"sqlite3"}


@cache
def loaded_with_typer_alone() -> set[str]:
    """Return the modules that Typer loads by itself, which we can not avoid."""
    code = "import sys, typer, typer.core; print('\\0'.join(sys.modules))"
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    return set(ran.stdout.strip().split("\0"))


def test_version_reads_no_catalogue() -> None:
    """The version is a literal: neither YAML nor the catalogue is loaded for it."""
    assert next(iter(loaded())) == "--version"
    assert set() == loaded()["--version"] & {"yaml", "acupress.catalogue.bundled"}
