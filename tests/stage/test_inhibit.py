"""Keeping the screen awake, and letting go however we end."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from acupress.stage.inhibit import HOLDERS, SleepInhibitor
from support.programs import fake_program, lines, until

HOLDING = """\
echo held >> {log}
while [ $# -gt 1 ]; do shift; done
$1
echo gone >> {log}
"""


def holder(folder: Path, name: str = "systemd-inhibit") -> Path:
    """Put a program into *folder* that runs its last argument; return its log."""
    log = folder / "log"
    fake_program(folder, name, HOLDING.format(log=log))
    return log


def test_it_holds_until_the_end(tmp_path: Path) -> None:
    """The screen is held from the beginning to the end, and no longer."""
    for name in (each[0] for each in HOLDERS):
        folder = tmp_path / name
        folder.mkdir()
        log = holder(folder, name)
        with SleepInhibitor(str(folder)) as awake:
            until(lambda: lines(log) == ["held"])  # noqa: B023
            child = awake.child
        until(lambda: lines(log) == ["held", "gone"])  # noqa: B023

        assert child
        until(lambda: child.poll() is not None)  # noqa: B023


def test_it_can_be_let_go_for_a_while(tmp_path: Path) -> None:
    """Stopped by Ctrl-Z, nobody keeps the screen awake."""
    log = holder(tmp_path)
    with SleepInhibitor(str(tmp_path)) as awake:
        for _ in range(2):
            until(lambda: lines(log)[-1:] == ["held"])
            awake.release()
            until(lambda: lines(log)[-1:] == ["gone"])
            child = awake.child
            assert child
            until(lambda each=child: each.poll() is not None)  # type: ignore[misc]
            awake.acquire()
        until(lambda: len(lines(log)) == 5)
        last = awake.child
    until(lambda: len(lines(log)) == 6)

    assert last
    until(lambda: last.poll() is not None)


@pytest.mark.parametrize("name", ["SIGKILL", "SIGTERM", None])
def test_it_lets_go_however_we_end(tmp_path: Path, name: str | None) -> None:
    """Killed, ended or crashed: the system closes the pipe, and that is enough."""
    log = holder(tmp_path)
    crash = "raise SystemExit" if name is None else "input()"
    made = f"SleepInhibitor({str(tmp_path)!r}).acquire()"
    code = f"from acupress.stage.inhibit import SleepInhibitor; {made}; {crash}"
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE
    ) as program:
        until(lambda: "held" in lines(log))
        if name is not None:
            program.send_signal(signal.Signals[name])
        program.wait()
    until(lambda: lines(log) == ["held", "gone"])


def test_without_a_program_nothing_is_held(tmp_path: Path) -> None:
    """Where the system has no way, there is nothing to say about it."""
    with SleepInhibitor(str(tmp_path)) as awake:
        assert awake.child is None


def test_a_program_that_fails_is_no_matter(tmp_path: Path) -> None:
    """Without a bus to talk to, the session goes on."""
    path = fake_program(tmp_path, "systemd-inhibit", "exit 1")
    for program in (path.read_bytes(), b"\x7fELF"):
        path.write_bytes(program)
        with SleepInhibitor(str(tmp_path)) as awake:
            until(lambda: not awake.child or awake.child.poll() is not None)
