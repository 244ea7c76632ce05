"""Keeping the screen on: asking the desktop, and letting go however we end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from acupress.stage.inhibit import SleepInhibitor
from support.desktop import BUS, FREEDESKTOP, GNOME, HELD, LET_GO, desktop, needs_a_bus
from support.programs import until

only_on_a_bus = pytest.mark.skipif(
    sys.platform in {"win32", "darwin"}, reason="no D-Bus is asked here"
)


@needs_a_bus
@pytest.mark.parametrize("service", [GNOME, FREEDESKTOP])
def test_it_holds_until_the_end(service: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The screen is held from the beginning to the end, on GNOME and elsewhere."""
    with desktop(service) as ours:
        monkeypatch.setenv(BUS, ours.address)
        with SleepInhibitor() as inhibitor:
            during = list(ours.log)
            complaint = inhibitor.complaint()
        until(lambda: len(ours.log) > 1)

    assert (during, ours.log, complaint) == (HELD, LET_GO, "")


@needs_a_bus
def test_it_can_be_let_go_for_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stopped by Ctrl-Z, nobody keeps the screen on; afterwards it is held again."""
    with desktop(GNOME) as ours:
        monkeypatch.setenv(BUS, ours.address)
        with SleepInhibitor() as inhibitor:
            inhibitor.release()
            inhibitor.acquire()
        until(lambda: len(ours.log) > len(LET_GO) + 1)

    assert ours.log == [*LET_GO, *LET_GO]


def asking(then: str, address: str) -> subprocess.Popen[str]:
    """Start a process that asks for the lock on the bus at *address*, *then* more."""
    code = "from acupress.stage.inhibit import SleepInhibitor; held = SleepInhibitor()"
    return subprocess.Popen(
        [sys.executable, "-c", f"{code}; held.acquire(); {then}"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, BUS: address},
        text=True,
    )


@needs_a_bus
@pytest.mark.parametrize("name", ["SIGKILL", "SIGTERM", None])
def test_it_lets_go_however_we_end(name: str | None) -> None:
    """Killed, ended or crashed: the connection closes, and that is enough."""
    then = "raise SystemExit" if name is None else "input()"
    with desktop(GNOME) as ours, asking(then, ours.address) as program:
        until(lambda: ours.log[:1] == HELD)
        if name is not None:
            program.send_signal(signal.Signals[name])
        program.wait()
        until(lambda: ours.log == LET_GO)


@needs_a_bus
def test_a_desktop_that_is_gone_is_no_matter() -> None:
    """Where the bus ends before we do, letting go raises nothing."""
    with desktop(GNOME) as ours:
        program = asking("input(); held.release(); print('done')", ours.address)
        until(lambda: ours.log == HELD)
    with program:
        told, _ = program.communicate("\n")

    assert (program.returncode, told) == (0, "done\n")


@needs_a_bus
def test_why_it_fails_is_told_once() -> None:
    """A desktop that refuses, and one without such a service, are told in one line."""
    with desktop(GNOME, refusing=True) as ours:
        then = "print(held.complaint()); print([held.complaint()])"
        with asking(then, ours.address) as program:
            told, _ = program.communicate()
    complaint, again = told.splitlines()

    assert again == "['']"
    assert complaint.startswith("The screen was not kept from going dark: org.free")
    assert "ServiceUnknown" in complaint
    assert "org.gnome.SessionManager: " in complaint
    assert "not for you" in complaint


@only_on_a_bus
def test_without_a_bus_nothing_is_held() -> None:
    """Over ssh there is no desktop to ask: that is said, and nothing is imported."""
    then = "import sys; print(held.complaint()); print('wakepy' in sys.modules)"
    with asking(then, "") as program:
        told, _ = program.communicate()

    assert told == (
        "The screen was not kept from going dark: there is no desktop here to ask.\n"
        "False\n"
    )
