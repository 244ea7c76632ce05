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
_TYPER = Run((_PYTHON, str(_HERE / "bare_typer.py"), "show", "GB21"))


def acupress(*words: str, terminal: bool = False, **environment: str) -> Run:
    """Return acupress with *words*, as its installed script starts it."""
    return Run((_PROGRAM, *words), terminal, tuple(environment.items()))


STARTS = {
    "a bare interpreter": _INTERPRETER,
    "a bare Typer program": _TYPER,
    "`show GB21` in a pipe": acupress("show", "GB21"),
    "`show GB21` with its picture, on a terminal": acupress(
        "show", "GB21", terminal=True
    ),
    '`show "jian jing"`, a name to be looked up': acupress("show", "jian jing"),
    "`list` in a pipe": acupress("list"),
    "`list`, on a terminal": acupress("list", terminal=True),
    "`--version`": acupress("--version"),
    "`--help`": acupress("--help"),
    "Tab after `show GB`": acupress(
        _ACUPRESS_COMPLETE="complete_bash",
        COMP_WORDS="acupress show GB",
        COMP_CWORD="2",
    ),
    "`routines` in a pipe": acupress("routines"),
    "`plan lower-back`, answered, in a pipe": acupress(
        "plan", "lower-back", "--pregnancy", "no"
    ),
}


def interleaved(runs: Mapping[str, Run]) -> dict[str, float]:
    """Return the median CPU seconds of each of *runs*, taken in turn, in any order."""
    times: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(_ROUNDS):
        for name in random.sample(list(runs), len(runs)):
            times[name].append(measuring.cpu(runs[name]))
    return {name: median(each) for name, each in times.items()}


def starting() -> Iterator[str]:
    """Yield the table of what it takes to start and to answer."""
    took = interleaved(STARTS)
    counted = {name: measuring.instructions(run) for name, run in STARTS.items()}
    least, typer = took["a bare interpreter"], took["a bare Typer program"]
    of_typer = counted["a bare Typer program"]
    yield (
        "| starting and answering | CPU, in bare interpreters "
        "| CPU, in bare Typer programs | instructions, in bare Typer programs |"
    )
    yield "|---|--:|--:|--:|"
    for name, seconds in took.items():
        many = counted[name]
        share = f"{many / of_typer:.2f}" if many and of_typer else "no valgrind"
        yield f"| {name} | {seconds / least:.1f} | {seconds / typer:.2f} | {share} |"


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
    for words in ("list", "show GB21", "show OWN0"):
        yield from _compared(f"`{words}`, points of one's own", words, homes)
    yield from _compared("`journal`, sessions", "journal", past)


def _compared(what: str, words: str, homes: Mapping[int, Path]) -> Iterator[str]:
    runs = {
        str(many): acupress(*words.split(), HOME=str(home))
        for many, home in homes.items()
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
    answers = ("--pregnancy=no", "--warning-signs=none", "--cautions=none")
    session = (_PROGRAM, "session", "KI27", *answers, "--sound=off", "--no-journal")
    ours = holding.held(session, folder, [("Enter begins", "\r"), ("FIND IT", "\r")])
    bare = holding.held((_PYTHON, str(_HERE / "bare_live.py")), folder, [])
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
        for table in (starting(), pressing(Path(name)), keeping(Path(name))):
            yield ""
            yield from table
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
