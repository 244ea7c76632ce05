"""
Runs some commands as they are, or with the names of Windows in place of Unix's.

    python as_windows.py as-it-is|as-windows FOLDER

What Windows lacks is taken away, and what it has is stood in for: no console, no
loudspeaker. It is no Windows, but what would be missing there is missing here.
"""

from __future__ import annotations

import ctypes
import importlib
import os
import pkgutil
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

import rich.console
import rich.table
import typer.core

LOADED = (rich.console, rich.table, sqlite3, subprocess, typer.core)
"""They ask for the system as they load, so they load before."""

MODULES = "termios fcntl pwd grp resource pty tty"
OS = """
    O_NOFOLLOW O_NONBLOCK O_CLOEXEC O_DIRECTORY O_NOCTTY O_SYNC WNOHANG
    chown fchmod fchown fork forkpty getegid geteuid getgid getpgid getsid getuid
    killpg lchown login_tty mkfifo mknod nice openpty pathconf posix_spawn setpgid
    setsid setuid set_blocking statvfs sync tcgetpgrp uname wait
"""
SIGNALS = "SIGINT SIGILL SIGFPE SIGSEGV SIGTERM SIGABRT SIG_DFL SIG_IGN"
TIMES = "clock_gettime CLOCK_BOOTTIME CLOCK_MONOTONIC CLOCK_REALTIME"

ANSWERS = "--pregnancy no --warning-signs none --cautions none"
COMMANDS = (
    "list",
    "show GB21",
    "plan lower-back --pregnancy no",
    "journal",
    "routines",
    f"session GB21 {ANSWERS} --minutes 3 --rehearse --speed 100",
    "check",
    "plan lower-back --pregnancy no --save {folder}/sheet.html",
    "journal erase --yes",
    "journal",
)


class Function:
    """A function of a library of Windows that finds nothing, unless it is a clock."""

    def __init__(self, name: str) -> None:
        """Be the function of that *name*."""
        self.name = name

    def __call__(self, *_: object) -> int:
        """Return 0, or the milliseconds of the clock."""
        return int(time.monotonic() * 1000) if self.name == "GetTickCount64" else 0


class Library:
    """A library of Windows."""

    def __init__(self, name: str) -> None:
        """Be that of any *name*."""

    def __getattr__(self, name: str) -> Function:
        """Return a function, and the same one from then on."""
        function = Function(name)
        setattr(self, name, function)
        return function


def become_windows() -> None:
    """Take away what is not there, and put stand-ins where something is."""
    for module in MODULES.split():
        sys.modules[module] = None  # type: ignore[assignment]
    for owner, names in ((os, OS), (time, TIMES)):
        for name in names.split():
            if hasattr(owner, name):
                delattr(owner, name)
    for name in dir(signal):
        if name.startswith("SIG") and name not in SIGNALS.split():
            delattr(signal, name)
    fake_program = ModuleType("msvcrt")
    more: dict[str, object] = {"get_osfhandle": int, "kbhit": Function("kbhit")}
    vars(fake_program).update(more)
    sys.modules["msvcrt"] = sys.modules["winsound"] = fake_program
    vars(signal)["SIGBREAK"] = 21
    vars(os)["O_BINARY"] = 0
    vars(subprocess)["CREATE_NO_WINDOW"] = 0
    vars(ctypes).update(WinDLL=Library, WINFUNCTYPE=ctypes.CFUNCTYPE)
    sys.platform = "win32"


def load_all() -> None:
    """Load every module that is meant for this system."""
    import acupress  # noqa: PLC0415 - now that the system has been chosen

    other = "posix" if sys.platform == "win32" else "windows"
    for module in pkgutil.walk_packages(acupress.__path__, "acupress."):
        if module.name not in {
            "acupress.__main__",
            f"acupress.terminal.{other}",
        }:
            importlib.import_module(module.name)


def main(system: str, folder: str) -> None:
    """Run the commands, and print how each has ended."""
    os.environ.pop("XDG_CONFIG_HOME", None)
    os.environ["XDG_DATA_HOME"] = os.environ["APPDATA"] = folder
    os.environ["HOME"] = folder
    Path(folder).mkdir()
    if system == "as-windows":
        become_windows()
    load_all()
    way_in = importlib.import_module("acupress.__main__")
    for command in COMMANDS:
        sys.argv = ["acupress", *command.format(folder=folder).split()]
        if command == "journal erase --yes":
            keep_a_session()
        try:
            way_in.main()
        except SystemExit as end:
            sys.stdout.write(f"code {end.code}\n")
            sys.stdout.flush()


def keep_a_session() -> None:
    """Put a session into the journal."""
    from acupress.journal import store  # noqa: PLC0415 - now that the system has been chosen

    when = datetime(2025, 6, 1, 12, tzinfo=UTC)
    store.record(store.where(), store.Entry(when, "lower-back", 60, True))  # noqa: FBT003


main(*sys.argv[1:])
