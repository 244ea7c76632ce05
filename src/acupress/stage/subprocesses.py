"""
Programs of the system that are started and never waited for.

Each has a session of its own, or a console without a window, so that Ctrl-C, which
means us, does not reach it, and nothing that it says reaches the screen. Whether it
is there, works or hangs: starting and ending it takes no time.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress

_LONGEST_TEXT = 4096

if sys.platform == "win32":
    _OURSELVES_ONLY = subprocess.CREATE_NO_WINDOW
else:
    _OURSELVES_ONLY = 0


class Channel:
    """
    At most one running program: whatever is started next ends it.

    It changes because a program does; *leaving* are those ended but not yet gone.
    """

    def __init__(self) -> None:
        """Begin with nothing running."""
        self.running: subprocess.Popen[bytes] | None = None
        self.leaving: list[subprocess.Popen[bytes]] = []

    def start(self, argv: Sequence[str], text: str = "") -> bool:
        """Run *argv* with *text* to read, and tell whether that was possible."""
        self.stop()
        try:
            source = _readable(text) if text else subprocess.DEVNULL
            try:
                self.running = run(argv, source)
            finally:
                if text:
                    os.close(source)
        except OSError:
            return False
        return True

    def stop(self) -> None:
        """End what is running, at once."""
        if self.running and self.running.poll() is None:
            _kill(self.running)
            self.leaving.append(self.running)
        self.running = None
        self.leaving = [child for child in self.leaving if child.poll() is None]

    @property
    def failed(self) -> bool:
        """Whether what was started last ended by itself, and not well."""
        return self.running is not None and self.running.poll() not in {None, 0}


def run(argv: Sequence[str], source: int) -> subprocess.Popen[bytes]:
    """Start *argv*, which reads from *source*; raises OSError."""
    return subprocess.Popen(  # noqa: S603 - programs of the system, and our words
        argv,
        stdin=source,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # of no effect on Windows
        creationflags=_OURSELVES_ONLY,  # of effect only there
    )


def _readable(text: str) -> int:
    """Return a pipe with *text* in it: written before anybody could close it."""
    reading, writing = os.pipe()
    os.write(writing, text.encode()[:_LONGEST_TEXT])
    os.close(writing)
    return reading


def _kill(child: subprocess.Popen[bytes]) -> None:
    """End *child* and all that it started; none of them has anything to save."""
    with suppress(OSError):
        if sys.platform == "win32":
            child.kill()
        else:
            os.killpg(child.pid, signal.SIGKILL)
