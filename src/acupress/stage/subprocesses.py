"""
Starts and kills helper programs without ever waiting for them.

Each runs in its own session (on Windows without a console window) and with its output
discarded: Ctrl-C does not reach it, and it cannot disturb the screen.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress

_LONGEST_TEXT = 4096

if sys.platform == "win32":
    _NO_WINDOW = subprocess.CREATE_NO_WINDOW
else:
    _NO_WINDOW = 0


class Channel:
    """
    Runs at most one program: starting the next one kills it.

    *leaving* are the killed ones that have not been reaped yet.
    """

    def __init__(self) -> None:
        """Start with no program running."""
        self.running: subprocess.Popen[bytes] | None = None
        self.leaving: list[subprocess.Popen[bytes]] = []

    def start(
        self, argv: Sequence[str], text: str = "", told: Mapping[str, str] | None = None
    ) -> bool:
        """
        Run *argv* with *text* on its stdin; return whether it could be started.

        *told* is added to its environment.
        """
        self.stop()
        try:
            source = _readable(text) if text else subprocess.DEVNULL
            try:
                self.running = run(argv, source, told)
            finally:
                if text:
                    os.close(source)
        except OSError:
            return False
        return True

    def stop(self) -> None:
        """Kill what is running, and reap what has exited, without waiting."""
        if self.running and self.busy:
            _kill(self.running)
            self.leaving.append(self.running)
        self.running = None
        self.leaving = [child for child in self.leaving if child.poll() is None]

    @property
    def failed(self) -> bool:
        """Whether the last program exited by itself with an error."""
        return self.running is not None and self.running.poll() not in {None, 0}

    @property
    def busy(self) -> bool:
        """Whether a program is running."""
        return self.running is not None and self.running.poll() is None


def run(
    argv: Sequence[str], source: int, told: Mapping[str, str] | None = None
) -> subprocess.Popen[bytes]:
    """Start *argv* with the file descriptor *source* as its stdin; raises OSError."""
    return subprocess.Popen(  # noqa: S603 - installed programs, our own arguments
        argv,
        stdin=source,
        env={**os.environ, **told} if told else None,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # ignored on Windows
        creationflags=_NO_WINDOW,  # Windows only
    )


def _readable(text: str) -> int:
    """Return the read end of a pipe filled with *text*: no writer can block or fail."""
    reading, writing = os.pipe()
    os.write(writing, text.encode()[:_LONGEST_TEXT])
    os.close(writing)
    return reading


def _kill(child: subprocess.Popen[bytes]) -> None:
    """Kill *child* and, except on Windows, its process group."""
    with suppress(OSError):
        if sys.platform == "win32":
            child.kill()
        else:
            os.killpg(child.pid, signal.SIGKILL)
