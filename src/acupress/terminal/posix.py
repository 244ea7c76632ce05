"""
The terminal of Linux, macOS and their like: keys, signals, the clock, writing.

Reading is by ``select`` on the terminal and on a pipe that signals write to, so
nothing ever happens inside a signal handler.
"""

from __future__ import annotations

import errno
import os
import select
import signal
import sys
import termios
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress

from acupress.terminal.keys import (
    ESCAPE,
    GOING_ON,
    HUNG_UP,
    RESIZED,
    STOPPING,
    SUSPEND,
    Keyboard,
    Signalled,
    decode,
)

if sys.platform == "win32":  # which mypy understands, and does not read on
    raise ImportError("Windows has no termios")

_NOTICED = (*STOPPING, SUSPEND, GOING_ON, RESIZED)

# An escape that nothing follows within this time was the key itself; a sequence
# that has begun may take a slow line longer to bring to its end.
_ESCAPE_WAIT = 0.05
_SEQUENCE_WAIT = 0.5

# On macOS the monotonic clock of clock_gettime counts time asleep by itself.
_CLOCK: int = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
# The clock that stops while the machine sleeps.
_RUNNING: int = getattr(time, "CLOCK_UPTIME_RAW", time.CLOCK_MONOTONIC)


def uptime() -> float:
    """Return seconds that go on while the machine sleeps; only differences count."""
    return time.clock_gettime(_CLOCK)


def running() -> float:
    """Return seconds that do not count sleep of the machine; only differences count."""
    return time.clock_gettime(_RUNNING)


def is_terminal(fd: int) -> bool:
    """Tell whether *fd* is one; what is closed is none."""
    try:
        return os.isatty(fd)
    except OSError:
        return False


def can_write() -> bool:
    """Tell whether standard output takes something at once."""
    return bool(select.select([], [1], [], 0)[1])


def write(data: bytes) -> None:
    """Write *data* to standard output; what the terminal can not take is lost."""
    while data:
        try:
            data = data[os.write(1, data) :]
        except BlockingIOError:
            # Someone else left it non-blocking.
            select.select([], [1], [])
        except OSError:
            # The terminal has gone; the keyboard will say so, too.
            return


def keyboard(fd: int | None, tidy: Callable[[], None]) -> Keyboard:
    """Return a keyboard on the terminal *fd*, or for signals alone."""
    return PosixKeyboard(fd, tidy)


class PosixKeyboard(Keyboard):
    """Keys from a terminal that termios knows."""

    def __init__(self, fd: int | None, tidy: Callable[[], None]) -> None:
        """Use *fd* as it is found, and put it back so."""
        super().__init__(fd, tidy)
        self.given_up = 0.0
        self.before: list[int | list[bytes | int]] | None = None

    def _open(self) -> None:
        self.reading, self.writing = os.pipe()
        for end in (self.reading, self.writing):
            os.set_blocking(end, False)
        self.wakeup = signal.set_wakeup_fd(self.writing, warn_on_full_buffer=False)
        self._take_signals(_NOTICED)
        if self.fd is not None:
            self.before = termios.tcgetattr(self.fd)

    def _close(self) -> None:
        signal.set_wakeup_fd(self.wakeup)
        os.close(self.reading)
        os.close(self.writing)

    def listen(self) -> None:
        """
        Stop the terminal from echoing and from waiting for whole lines.

        In the background the system stops us here until the shell lets us have the
        terminal; whoever is told to end meanwhile does without it.
        """
        while self.fd is not None and not self.end_requested():
            try:
                _set_modes(self.fd)
            except termios.error as error:
                if error.args[0] == errno.EINTR:
                    continue  # we were let go on, perhaps in the background again
            return  # done; or it has gone, which reading will tell

    def restore(self) -> None:
        """Put the terminal back; without waiting, since it may be stuck."""
        if self.fd is not None and self.before is not None and _foreground(self.fd):
            # A terminal that has gone has taken along what there was to restore.
            with suppress(termios.error):
                termios.tcsetattr(self.fd, termios.TCSANOW, self.before)

    def suspend(self) -> None:
        """Stop as Ctrl-Z does, and listen again once the shell lets us go on."""
        self.restore()
        handler = signal.signal(SUSPEND, signal.SIG_DFL)
        os.kill(os.getpid(), SUSPEND)
        signal.signal(SUSPEND, handler)
        self.listen()
        self._gather()
        going_on = Signalled(GOING_ON)
        self.waiting = deque(each for each in self.waiting if each != going_on)

    def _drop(self) -> None:
        if self.fd is not None:
            with suppress(termios.error):
                termios.tcflush(self.fd, termios.TCIFLUSH)

    def _look(self, seconds: float) -> None:
        """Wait up to *seconds* for bytes, and put what they mean in the queue."""
        sources = [self.reading] if self.fd is None else [self.reading, self.fd]
        if self.unfinished:
            seconds = min(seconds, max(0.0, self.given_up - time.monotonic()))
        ready, _, _ = select.select(sources, [], [], seconds)
        # Whoever was stopped for longer than the wait was to last wakes up with
        # nothing ready, and yet there is the signal that let us go on.
        self._gather()
        if self.fd in ready:
            self._take(self._bytes())
        elif self.unfinished and time.monotonic() >= self.given_up:
            if self.unfinished == "\x1b":
                self.waiting.append(ESCAPE)
            self.unfinished = ""

    def _gather(self) -> None:
        """Put the signals that came in the queue."""
        with suppress(BlockingIOError):
            for number in os.read(self.reading, 4096):
                if number in _NOTICED:
                    self._tell(number)

    def _bytes(self) -> bytes | None:
        """Return what was typed; nothing once the terminal has gone."""
        try:
            return os.read(self.fd or 0, 4096)
        except BlockingIOError:
            return None  # someone else left it non-blocking
        except OSError:
            return b""

    def _take(self, data: bytes | None) -> None:
        if data is None:
            return
        if not data:
            self._tell(HUNG_UP)
            return
        text = self.unfinished + data.decode("utf-8", "replace")
        keys, self.unfinished = decode(text)
        alone = self.unfinished == "\x1b"
        wait = _ESCAPE_WAIT if alone else _SEQUENCE_WAIT
        self.given_up = time.monotonic() + wait
        self.waiting.extend(keys)


def _set_modes(fd: int) -> None:
    mode = termios.tcgetattr(fd)
    mode[3] &= ~(termios.ICANON | termios.ECHO)
    mode[6][termios.VMIN], mode[6][termios.VTIME] = 1, 0
    termios.tcsetattr(fd, termios.TCSANOW, mode)


def _foreground(fd: int) -> bool:
    """Tell whether the terminal is ours; touching another's would stop us."""
    try:
        return os.tcgetpgrp(fd) == os.getpgrp()
    except OSError:
        return True
