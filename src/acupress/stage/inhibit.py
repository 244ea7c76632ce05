"""
A sleep inhibitor: keeps the screen from blanking while nobody presses a key.

systemd-inhibit or caffeinate holds the lock for as long as its child, ``cat``, runs,
and that reads a pipe of ours. However we end, the system closes the pipe, ``cat``
reads EOF and the lock is released.
"""

from __future__ import annotations

import os
import subprocess
import sys
from types import TracebackType
from typing import Self

from acupress.paths import find_program
from acupress.stage.subprocesses import run

_REASON = "hands are busy: nobody touches a key during a session"
HOLDERS = (
    (
        "systemd-inhibit",
        *("--what=idle", "--who=acupress", f"--why={_REASON}", "--mode=block"),
        "cat",
    ),
    ("caffeinate", "-d", "-i", "cat"),
)

# SetThreadExecutionState: ES_CONTINUOUS; ES_SYSTEM_REQUIRED | ES_DISPLAY_REQUIRED.
_CONTINUOUS, _REQUIRED = 0x80000000, 0x00000003


class SleepInhibitor:
    """A wake lock, as a context manager; best effort, and a no-op without a program."""

    def __init__(self, path: str | None = None) -> None:
        """Look for HOLDERS on the search *path*, by default PATH."""
        self.path = path
        self.child: subprocess.Popen[bytes] | None = None
        self.write_end: int | None = None

    def __enter__(self) -> Self:
        """Acquire the lock."""
        self.acquire()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Release the lock."""
        self.release()

    def acquire(self) -> None:
        """Start the first holder found; whether it works cannot be known."""
        self.release()
        _ask_windows(_CONTINUOUS | _REQUIRED)
        for program, *rest in HOLDERS:
            if found := find_program(program, self.path):
                self._start((found, *rest))
                return

    def release(self) -> None:
        """Close the pipe, so that the screen may blank again; idempotent."""
        _ask_windows(_CONTINUOUS)
        if self.write_end is not None:
            os.close(self.write_end)
            self.write_end = None
        if self.child:
            self.child.poll()

    def _start(self, argv: tuple[str, ...]) -> None:
        try:
            read_end, self.write_end = os.pipe()
        except OSError:
            return
        try:
            self.child = run(argv, read_end)
        except OSError:
            self.release()
        finally:
            os.close(read_end)


def _ask_windows(state: int) -> None:
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - Windows only

        ctypes.WinDLL("kernel32").SetThreadExecutionState(ctypes.c_uint(state))
