"""
Compare acupress with the least that could be: ``python benchmarks``.

Prints one table in Markdown, all of it taken in one run. With a file's name, the
table is written there, between two marks.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import median
from types import MappingProxyType

import holding
import lives
import measuring
from measuring import Run

_HERE = Path(__file__).parent
_ROUNDS = int(os.environ.get("ROUNDS", "15"))
_PYTHON = sys.executable
_PROGRAM = str(Path(_PYTHON).with_name("acupress"))
_BEGIN, _END = "<!-- benchmarks -->\n", "<!-- end of benchmarks -->\n"

_INTERPRETER = Run((_PYTHON, "-I", "-c", "pass"))
_TYPER_NAME = "a bare Typer program"
_TYPER = Run((_PYTHON, str(_HERE / "bare_typer.py"), "show", "GB21"))


_ANSWERS = ("--pregnancy=no", "--warning-signs=none", "--cautions=none")

# Every command of the README.
_COMMANDS = (
    "--version",
    "--help",
    "show GB21",
    "show BL61",
    "show B54",
    "show jian-jing",
    "list",
    "list --region upper-back",
    "list --all",
    "find neck",
    "find sholder wel",
    "routines",
    "routines sleep",
    "plan lower-back --pregnancy no",
    "session lower-back",
    "how",
    "care",
    "journal",
    "check",
)
_ON_A_TERMINAL = ("show GB21", "list", "routines")
_PEERS = (("eg", "tar"), ("tldr", "--version"), ("termdown", "--version"))


def _of_ours(
    home: str,
    *words: str,
    terminal: bool = False,
    more: Mapping[str, str] = MappingProxyType({}),
) -> Run:
    """Return acupress with *words* in *home*, as its installed script starts it."""
    environment = {"HOME": home, "XDG_CONFIG_HOME": "", "XDG_DATA_HOME": "", **more}
    # Of what is refused (`show B54`, `session` in a pipe) the refusal is measured.
    return Run((_PROGRAM, *words), terminal, tuple(environment.items()), check=False)


def _starts(home: str) -> dict[str, Run]:
    """Return every command, by what is said of it in the table."""
    tab = {
        "_ACUPRESS_COMPLETE": "complete_bash",
        "COMP_WORDS": "acupress show GB",
        "COMP_CWORD": "2",
    }
    return {
        **{f"`{words}`": _of_ours(home, *words.split()) for words in _COMMANDS},
        **{
            f"`{words}`, on a terminal": _of_ours(home, *words.split(), terminal=True)
            for words in _ON_A_TERMINAL
        },
        "Tab after `show GB`": _of_ours(home, more=tab),
    }


def interleaved(runs: Mapping[str, Run]) -> dict[str, float]:
    """Return the median CPU seconds of each of *runs*, taken in turn, in any order."""
    times: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(_ROUNDS):
        for name in random.sample(list(runs), len(runs)):
            times[name].append(measuring.cpu(runs[name]))
    return {name: median(each) for name, each in times.items()}


def starting(folder: Path) -> Iterator[str]:
    """Yield the table of what it takes to start and to answer."""
    peers = {
        f"{name} (`{' '.join((name, *words))}`)": Run((str(path), *words), check=False)
        for name, *words in _PEERS
        if (path := _HERE.parent / "build" / "peers" / "bin" / name).exists()
    }
    own = _starts(str(lives.with_own_files(folder / "own")))
    bare = _starts("/nonexistent")
    took = interleaved(
        {
            _TYPER_NAME: _TYPER,
            "a bare interpreter": _INTERPRETER,
            **peers,
            **bare,
            **{f"own: {name}": run for name, run in own.items()},
        }
    )
    typer = took[_TYPER_NAME]
    of_typer = measuring.instructions(_TYPER)
    yield (
        "| CPU, in bare Typer programs | nothing of one's own "
        "| with a routine and a point of one's own | instructions |"
    )
    yield "|---|--:|--:|--:|"
    for name in ("a bare interpreter", _TYPER_NAME, *peers):
        yield f"| {name} | {took[name] / typer:.2f} | | |"
    for name, run in bare.items():
        many = measuring.instructions(run)
        share = f"{many / of_typer:.2f}" if many and of_typer else "no valgrind"
        ours, with_own = took[name] / typer, took[f"own: {name}"] / typer
        yield f"| {name} | {ours:.2f} | {with_own:.2f} | {share} |"


def keeping(folder: Path) -> Iterator[str]:
    """Yield the table of what many files and many sessions change."""
    homes = {
        many: lives.with_points(folder / f"{many}", many) for many in (1, 100, 1000)
    }
    past = {
        many: lives.with_sessions(folder / f"j{many}", many) for many in (10, 10_000)
    }
    yield "| with much of one's own | CPU, as many times as with little |"
    yield "|---|--:|"
    for words in ("list", "show GB21", "show OWN0", "find neck"):
        yield from _compared(f"`{words}`, points of one's own", words, homes)
    yield from _compared("`journal`, sessions", "journal", past)


def _compared(what: str, words: str, homes: Mapping[int, Path]) -> Iterator[str]:
    runs = {
        str(many): _of_ours(str(home), *words.split()) for many, home in homes.items()
    }
    took = interleaved(runs)
    few, *others = took
    for many in others:
        yield f"| {what}: {int(many):,} against {few} | {took[many] / took[few]:.1f} |"


def pressing(folder: Path) -> Iterator[str]:
    """Yield the table of what ten seconds of a hold cost."""
    if not holding.can_be_measured():
        yield "A hold can only be measured where there is /proc."
        return
    session = (_PROGRAM, "session", "KI27", *_ANSWERS, "--sound=off", "--no-journal")
    keys = [("more below", "\r"), ("Enter begins", "\r"), ("FIND IT", "\r")]
    ours = holding.held(session, folder, keys)
    bare = holding.held((_PYTHON, str(_HERE / "bare_live.py")), folder, [])
    asking = (_PROGRAM, "session", "lower-back")
    first = median(
        holding.asked(asking, folder, "could you be pregnant") for _ in range(_ROUNDS)
    )
    typer = median(measuring.cpu(_TYPER) for _ in range(_ROUNDS))
    share = f"{first / typer:.2f}"
    yield f"Until a session asks its first question: {share} bare Typer programs."
    yield ""
    yield "| ten seconds of a hold | acupress | a bare `Live` countdown | ratio |"
    yield "|---|--:|--:|--:|"
    yield _row("CPU, ms", ours.cpu * 1000, bare.cpu * 1000)
    yield _row("bytes written", ours.written, bare.written)
    yield _row("memory, MB", ours.memory / 1024, bare.memory / 1024)


def _row(what: str, ours: float, bare: float) -> str:
    return f"| {what} | {ours:,.0f} | {bare:,.0f} | {ours / bare:.2f} |"


def tables() -> Iterator[str]:
    """Yield all tables, with a line between them."""
    with tempfile.TemporaryDirectory() as name:
        for table in (starting, pressing, keeping):
            yield ""
            yield from table(Path(name))
        yield ""


def main() -> None:
    """Print the tables, and write them between the marks of a file that is named."""
    text = ""
    for line in tables():
        print(line, flush=True)
        text += f"{line}\n"
    for path in map(Path, sys.argv[1:]):
        before, _, rest = path.read_text("utf-8").partition(_BEGIN)
        _, _, after = rest.partition(_END)
        path.write_text(f"{before}{_BEGIN}{text}{_END}{after}", "utf-8")


main()
