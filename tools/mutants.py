"""
Breaks one promise at a time and sees that a test notices: ``mutants.py [WORD...]``.

``mutants.toml`` lists the mutations: a text in a file of the program or of its data,
what stands there instead, the promise that this breaks, and the tests that should
notice. They are applied to copies of the checkout, never to the checkout itself. A
mutation that survives is a test that is missing.
"""

from __future__ import annotations

import compileall
import os
import re
import shutil
import signal
import subprocess
import sys
import sysconfig
import tempfile
import tomllib
import venv
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from py_compile import PycInvalidationMode
from queue import SimpleQueue

ROOT = Path(__file__).parents[1]
LIST = Path(__file__).with_name("mutants.toml")

_AT_ONCE = 2
_PATIENCE = 90.0  # seconds; what takes longer hangs, and so it is noticed
_UNWANTED = (".git", ".venv*", "build", "dist", "__pycache__", ".*_cache")
_PYTEST = ("-m", "pytest", "-x", "-q", "--no-header", "--hypothesis-profile=mutants")
_FAILED = re.compile(r"^(?:FAILED|ERROR) tests/([^\s[]+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Mutant:
    """One mutation: *old* in *file* becomes *new*, and *tests* should notice."""

    name: str
    file: str
    old: str
    new: str
    breaks: str
    tests: str

    @property
    def found(self) -> int:
        """How often the old text stands in its file."""
        return (ROOT / self.file).read_text("utf-8").count(self.old)

    @property
    def selected(self) -> list[str]:
        """The tests, as pytest takes them."""
        return [f"tests/{each}" for each in self.tests.split()]


def mutants() -> tuple[Mutant, ...]:
    """Return the whole list."""
    text = LIST.read_text("utf-8")
    return tuple(Mutant(**each) for each in tomllib.loads(text)["mutant"])


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of the checkout, and an interpreter that imports the program from it."""

    folder: Path

    @property
    def python(self) -> Path:
        """The interpreter; a test that starts the program starts it by this one."""
        return self.folder / "environment" / "bin" / "python"

    def make(self) -> None:
        """
        Fill the folder.

        A variable such as PYTHONPATH would not do: some tests start the program
        with hardly any. So it is a virtual environment of its own, with the
        libraries of the one that runs this.
        """
        shutil.copytree(ROOT, self.folder, ignore=shutil.ignore_patterns(*_UNWANTED))
        venv.create(self.folder / "environment", symlinks=True)
        libraries = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
        paths = [str(self.folder / "src"), *sorted(libraries)]
        packages = next((self.folder / "environment").glob("lib/python*/site-packages"))
        (packages / "copy.pth").write_text("\n".join(paths) + "\n", "utf-8")
        # By its content: a mutation may be made in the same second, as long as before.
        mode = PycInvalidationMode.CHECKED_HASH
        compileall.compile_dir(self.folder / "src", quiet=1, invalidation_mode=mode)
        self._check()

    def _check(self) -> None:
        """Make sure that it is the copy which is imported, and its data read."""
        code = "import acupress.folders as f; print(f.__file__, f.bundled())"
        ran = subprocess.run(  # noqa: S603 - our own interpreter
            [self.python, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            cwd="/",
            env={},
        )
        package = self.folder / "src" / "acupress" / "folders.py"
        if ran.stdout.split() != [str(package), str(self.folder / "data")]:
            sys.exit(f"the copy is not what is imported: {ran.stdout}")

    def tested(self, tests: Sequence[str], patience: float) -> tuple[int, str]:
        """Run *tests*, if any, and return pytest's code and what it printed."""
        if not tests:
            return 0, ""
        with subprocess.Popen(  # noqa: S603 - the tests that the list names
            [self.python, *_PYTEST, *tests],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=self.folder,
            start_new_session=True,
        ) as ran:
            try:
                said, _ = ran.communicate(timeout=patience)
            except subprocess.TimeoutExpired:
                os.killpg(ran.pid, signal.SIGKILL)
                return 1, f"FAILED {tests[0]}:hangs"
        return ran.returncode, said

    def outcome(self, mutant: Mutant) -> str:
        """Return the test that notices *mutant*, or a word in capitals."""
        file = self.folder / mutant.file
        whole = file.read_text("utf-8")
        file.write_text(whole.replace(mutant.old, mutant.new), "utf-8")
        try:
            code, said = self.tested(mutant.selected, _PATIENCE)
        finally:
            file.write_text(whole, "utf-8")
        if code == 0:
            return "SURVIVED"
        failed = _FAILED.search(said)
        # Only a test that has failed counts, not one that could not be begun.
        return failed[1] if code == 1 and failed else f"BROKEN: {_last_line(said)}"


def main(words: Sequence[str]) -> int:
    """Try every mutation whose name has one of *words*; 1 when any is not noticed."""
    chosen = [m for m in mutants() if not words or any(w in m.name for w in words)]
    if stale := [mutant.name for mutant in chosen if mutant.found != 1]:
        sys.exit(f"not found exactly once, so not to be tried: {', '.join(stale)}")
    with tempfile.TemporaryDirectory() as folder:
        copies = [Copy(Path(folder).resolve() / str(at)) for at in range(_AT_ONCE)]
        for copy in copies:
            copy.make()
        _require_green(copies, chosen)
        outcomes = _try_all(copies, chosen)
    bad = [each for each in outcomes if each.startswith(("SURVIVED", "BROKEN"))]
    print(f"{len(outcomes)} mutations, {len(bad)} of them unnoticed")  # noqa: T201
    return 1 if bad else 0


def _require_green(copies: Sequence[Copy], chosen: Sequence[Mutant]) -> None:
    """Leave unless the tests pass as long as nothing is broken."""
    tests = sorted({test for mutant in chosen for test in mutant.selected})
    parts = [tests[at :: len(copies)] for at in range(len(copies))]
    with ThreadPoolExecutor(len(copies)) as pool:
        ran = list(pool.map(Copy.tested, copies, parts, [10 * _PATIENCE] * len(parts)))
    if bad := [said for code, said in ran if code]:
        sys.exit("\n".join([*bad, "tests fail already while nothing is broken"]))


def _try_all(copies: Sequence[Copy], chosen: Sequence[Mutant]) -> list[str]:
    """Return what comes of each of *chosen*, and print it as it is known."""
    free: SimpleQueue[Copy] = SimpleQueue()
    for copy in copies:
        free.put(copy)

    def attempt(mutant: Mutant) -> str:
        copy = free.get()
        try:
            outcome = copy.outcome(mutant)
        finally:
            free.put(copy)
        print(f"{mutant.name} · {outcome}", flush=True)  # noqa: T201
        return outcome

    with ThreadPoolExecutor(len(copies)) as pool:
        return list(pool.map(attempt, chosen))


def _last_line(said: str) -> str:
    lines = said.strip().splitlines()
    return lines[-1] if lines else "nothing was said"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
