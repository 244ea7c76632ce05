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

# Each row: a module, and the modules of ours that it may import; with a dot in front,
# those in the same folder.
MAY_IMPORT = {
    "errors": "spelling",
    "spelling": "",
    "model": "",
    "modes": "",
    "folders": "",
    "regular": "errors trust",
    "trust": "",
    "naming": "model .coding .numbering .outcomes spelling",
    "naming.numbering": "",
    "naming.outcomes": "model .numbering spelling",
    "naming.coding": ".numbering .outcomes spelling",
    "naming.finding": "model naming",
    "screening": "errors model",
    "planning": "errors model screening",
    "timeline": "model planning",
    "playhead": "model timeline",
    "player": "playhead timeline",
    "layout": "",
    "ansi": "figures layout",
    "notices": "layout screening",
    "advice": "layout notices",
    "words": "model notices planning playhead screening timeline",
    "pages": "advice layout model notices planning playhead screening timeline words",
    "leaflets": "ansi layout modes",
    "documents": "journal model pages planning screening timeline words",
    "sheet": "layout model notices planning screening words",
    "asking": "errors layout notices screening",
    "catalogue.nodes": "errors",
    "catalogue.strictyaml": ".nodes errors regular",
    "catalogue.records": ".nodes .strictyaml errors",
    "catalogue.entries": ".nodes .records errors model naming",
    "catalogue.pointfile": ".entries .nodes .records errors model naming",
    "catalogue.reference": ".entries .nodes .pointfile .records errors model naming",
    "catalogue.routinefile": ".entries .nodes .records errors model",
    "catalogue": ".entries .nodes .pointfile .records .reference .routinefile errors "
    "model",
    "catalogue.ownfiles": ".entries .nodes .pointfile .records .routinefile errors "
    "model naming notices regular",
    "catalogue.schema": "model",
    "config": "errors regular screening",
    "bindery": "ansi catalogue catalogue.nodes catalogue.strictyaml figures layout "
    "leaflets model modes naming pages",
    "files": "errors spelling trust",
    "journal": "errors files playhead",
    "journal.aside": "journal errors files",
    "journal.weeks": "journal",
    "journal.remarks": "journal .weeks layout words",
    "journal.charts": "journal .remarks .weeks layout",
    "journal.svg": "journal .remarks .weeks",
    "view": "figures layout",
    "screen": "layout model notices playhead timeline view words",
    "terminal.keys": "ending",
    "terminal.posix": ".keys",
    "terminal.windows": "ending .keys",
    "terminal.system": ".posix .windows",
    "terminal.reading": "errors layout .keys view",
    "terminal": "ansi layout screen .keys .reading .system view",
    "children": "",
    "programs": "",
    "awake": "children programs",
    "hearing": "",
    "hearing.sound": "children programs timeline",
    "hearing.voice": "children programs",
    "hearing.spoken": "model planning timeline",
    "hearing.announcer": ".sound .spoken .voice playhead timeline",
    "stage": "awake hearing.announcer layout model playhead screen terminal "
    "terminal.keys terminal.system timeline view",
    "lines": "layout playhead stage terminal terminal.keys timeline words",
    "ending": "errors terminal.windows",
}
# These have never met a clock, a file or a key.
PURE = {
    "errors",
    "model",
    "naming.numbering",
    "spelling",
    "naming.outcomes",
    "naming.coding",
    "naming",
    "naming.finding",
    "screening",
    "planning",
    "timeline",
    "playhead",
    "player",
    "layout",
    "modes",
    "ansi",
    "notices",
    "advice",
    "words",
    "hearing.spoken",
    "pages",
    "journal.weeks",
    "journal.remarks",
    "journal.charts",
    "journal.svg",
    "asking",
    "sheet",
    "catalogue.schema",
}
# What a command may load besides Typer: each is dear, and none is needed here.
DEAR = {
    "rich.console",
    "acupress.stage",
    "acupress.terminal",
    "acupress.terminal.keys",
    "acupress.children",
    "subprocess",
    "acupress.figures",
    "acupress.terminal.reading",
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


def named(path: Path) -> str:
    """Return the name of the module at *path*, as in the table."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def file_of(module: str) -> Path:
    """Return where *module* lies; a folder speaks through its ``__init__``."""
    path = PACKAGE.joinpath(*module.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


# The figures are one to all others, and nobody else imports the commands.
APART = {"", "__main__", "cli", "figures", "commands"}
MODULES = {
    name
    for path in PACKAGE.rglob("*.py")
    if (name := named(path)).partition(".")[0] not in APART
}


def ours(path: Path) -> set[str]:
    """Return the modules of ours that *path* imports."""
    found: set[str] = set()
    for name in imported(path):
        whole, *parts = name.split(".")
        while whole == "acupress" and parts:
            module = ".".join(parts)
            if module in MODULES | APART:
                found.add(module)
                break
            parts.pop()
    return found


@pytest.mark.parametrize("module", MAY_IMPORT)
def test_imports_only_its_neighbours(module: str) -> None:
    """A module knows the modules listed for it and no others."""
    folder = module.partition(".")[0]
    may = {
        f"{folder}{name}" if name.startswith(".") else name
        for name in MAY_IMPORT[module].split()
    }

    assert set() == ours(file_of(module)) - may


@pytest.mark.parametrize("module", sorted(PURE))
def test_the_core_has_never_met_the_world(module: str) -> None:
    """Nothing in the core can read a clock, a file or a key."""
    names = {name.split(".")[0] for name in imported(file_of(module))}

    assert set() == names & WORLD


def test_every_module_has_its_place() -> None:
    """A new module must be given its row in the table."""
    assert MAY_IMPORT.keys() == MODULES


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
        for path in PACKAGE.rglob("*.py")
        if path.parent.name != "commands"
        and any(name.startswith("acupress.commands") for name in imported(path))
    }

    assert {"__main__.py"} == importers


def test_who_looks_at_the_clock_on_the_wall() -> None:
    """A session's record, its page, and the sheet do; no hold goes by that clock."""
    wall = {"time.time", "time.localtime", "datetime.now", "datetime.today"}
    looking = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in wall
    }

    allowed = {"session", "journal", "plan"}
    assert {f"commands/{name}.py" for name in allowed} == looking


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
