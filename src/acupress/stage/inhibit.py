"""
Keeps the screen from going dark while nobody touches a key, where the system can.

The system's own program holds it awake for as long as a child of that program
runs, and the child runs for as long as a pipe of ours is open. However we end, the
system closes the pipe, and the screen may go dark again.
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

# Windows is asked directly: go on, with the system and the display required.
_CONTINUOUS, _REQUIRED = 0x80000000, 0x00000003


class SleepInhibitor:
    """Holds the screen awake from *hold* to *let_go*; to be used in `with`."""

    def __init__(self, path: str | None = None) -> None:
        """Hold nothing yet; the holders are looked for on the search *path*."""
        self.path = path
        self.child: subprocess.Popen[bytes] | None = None
        self.ours: int | None = None

    def __enter__(self) -> Self:
        """Begin to hold."""
        self.acquire()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let go."""
        self.release()

    def acquire(self) -> None:
        """Keep the screen awake, if there is a way; nothing tells that it works."""
        self.release()
        _ask_windows(_CONTINUOUS | _REQUIRED)
        for program, *rest in HOLDERS:
            if found := find_program(program, self.path):
                self._start((found, *rest))
                return

    def release(self) -> None:
        """Let the screen go dark again."""
        _ask_windows(_CONTINUOUS)
        if self.ours is not None:
            os.close(self.ours)
            self.ours = None
        if self.child:
            self.child.poll()

    def _start(self, argv: tuple[str, ...]) -> None:
        try:
            theirs, self.ours = os.pipe()
        except OSError:
            return
        try:
            self.child = run(argv, theirs)
        except OSError:
            self.release()
        finally:
            os.close(theirs)


def _ask_windows(state: int) -> None:
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - of use nowhere else

        ctypes.WinDLL("kernel32").SetThreadExecutionState(ctypes.c_uint(state))
