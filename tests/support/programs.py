"""Programs that stand for the system's players and engines, and waiting for them."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

from acupress.stage.subprocesses import Channel
from support.terminal import DEADLINE, needs_unix


def fake_program(folder: Path, name: str, script: str) -> Path:
    """Put a shell *script* called *name* into *folder* and return where it is."""
    needs_unix()  # Windows starts no shell scripts
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(0o755)
    return path


def until(come: Callable[[], bool]) -> None:
    """Wait until *come*, looking often."""
    end = time.monotonic() + DEADLINE
    while not come():
        assert time.monotonic() < end, "it has not come"
        threading.Event().wait(0.005)


def settle(channel: Channel) -> None:
    """Wait until nothing that *channel* has started is left."""
    until(lambda: channel.running is None or channel.running.poll() is not None)
    until(lambda: all(child.poll() is not None for child in channel.leaving))


def lines(path: Path) -> list[str]:
    """Return the lines of a file that may not be there yet."""
    return path.read_text("utf-8").splitlines() if path.exists() else []


def alive(pid: int) -> bool:
    """Tell whether a process runs; one that only waits to be reaped does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")
    try:
        return state.read_text("utf-8").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return not Path("/proc").is_dir()
