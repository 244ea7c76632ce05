"""
Keyboard, clocks and output on POSIX: termios, select and a self-pipe.

The head of ``keys.py`` explains how signals and keys are read.
"""

from __future__ import annotations

import codecs
import errno
import fcntl
import os
import select
import signal
import struct
import sys
import termios
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress

from acupress.terminal.keys import (
    GOING_ON,
    HUNG_UP,
    RESIZED,
    STOPPING,
    SUSPEND,
    Decoder,
    Keyboard,
    Signalled,
)

if sys.platform == "win32":  # mypy stops here on Windows
    raise ImportError("Windows has no termios")

_MOST_READS = 256  # of type-ahead that is discarded at once: a megabyte
_HANDLED = (*STOPPING, SUSPEND, GOING_ON, RESIZED)

# Counts time asleep; on macOS CLOCK_MONOTONIC does.
_CLOCK: int = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
# Stops while the machine sleeps; on macOS CLOCK_MONOTONIC does not.
_AWAKE_CLOCK: int = getattr(time, "CLOCK_UPTIME_RAW", time.CLOCK_MONOTONIC)


def uptime() -> float:
    """Return seconds including sleep of the machine; only differences matter."""
    return time.clock_gettime(_CLOCK)


def running() -> float:
    """Return seconds excluding sleep of the machine; only differences matter."""
    return time.clock_gettime(_AWAKE_CLOCK)


def is_terminal(fd: int) -> bool:
    """Tell whether *fd* is open on a terminal."""
    try:
        return os.isatty(fd)
    except OSError:
        return False


def can_write() -> bool:
    """Tell whether a write to stdout would not block."""
    return bool(select.select([], [1], [], 0)[1])


def cell_pixels() -> tuple[int, int] | None:
    """Return the width and height of a cell of stdout, if the terminal tells them."""
    try:
        sizes = fcntl.ioctl(1, termios.TIOCGWINSZ, bytes(8))
    except OSError:
        return None
    rows, columns, width, height = struct.unpack("HHHH", sizes)
    if not (rows and columns and width and height):
        return None
    return width // columns, height // rows


def write(data: bytes) -> None:
    """Write *data* to stdout, blocking; dropped if the terminal is gone."""
    while data:
        try:
            data = data[os.write(1, data) :]
        except BlockingIOError:
            # Another process made it non-blocking.
            select.select([], [1], [])
        except OSError:
            # The terminal is gone; reading reports that.
            return


def keyboard(fd: int | None, tidy: Callable[[], None]) -> Keyboard:
    """Return a keyboard on the terminal *fd*, or for signals only."""
    return PosixKeyboard(fd, tidy)


class PosixKeyboard(Keyboard):
    """A Keyboard on a termios terminal."""

    def __init__(self, fd: int | None, tidy: Callable[[], None]) -> None:
        """Leave *fd* alone until entered."""
        super().__init__(fd, tidy)
        self.sequences = Decoder()
        # Keeps the bytes of a character of which only a part was read.
        self.decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self.modes: list[int | list[bytes | int]] | None = None

    def _open(self) -> None:
        self.read_end, self.write_end = os.pipe()
        for end in (self.read_end, self.write_end):
            os.set_blocking(end, False)
        self.wakeup = signal.set_wakeup_fd(self.write_end, warn_on_full_buffer=False)
        self._install_handlers(_HANDLED)
        if self.fd is not None:
            self.modes = termios.tcgetattr(self.fd)

    def _close(self) -> None:
        signal.set_wakeup_fd(self.wakeup)
        os.close(self.read_end)
        os.close(self.write_end)

    def listen(self) -> None:
        """
        Turn off the terminal's echo and line buffering.

        In the background, tcsetattr stops the process (SIGTTOU) until it is in the
        foreground; give up if a fatal signal comes in the meantime.
        """
        while self.fd is not None and not self.end_requested():
            try:
                _set_modes(self.fd)
            except termios.error as error:
                if error.args[0] == errno.EINTR:
                    continue  # resumed, perhaps in the background again: retry
            return  # done, or the terminal is gone, which reading reports

    def restore(self) -> None:
        """Restore the saved modes at once (TCSANOW), unless in the background."""
        if self.fd is not None and self.modes is not None and _foreground(self.fd):
            with suppress(termios.error):  # the terminal is gone
                termios.tcsetattr(self.fd, termios.TCSANOW, self.modes)

    def suspend(self) -> None:
        """Stop with the default SIGTSTP; on resuming, drop the SIGCONT and listen."""
        self.restore()
        handler = signal.signal(SUSPEND, signal.SIG_DFL)
        os.kill(os.getpid(), SUSPEND)
        signal.signal(SUSPEND, handler)
        self.listen()
        self._collect_signals()
        going_on = Signalled(GOING_ON)
        self.waiting = deque(each for each in self.waiting if each != going_on)

    def _discard_input(self) -> None:
        """Read it, so that a reply that has only begun to arrive is not cut in two."""
        for _ in range(_MOST_READS):
            if not select.select([self.fd or 0], [], [], 0)[0]:
                return
            self._poll(0.0)

    def _poll(self, seconds: float) -> None:
        """Select for up to *seconds*; enqueue signals and keys, time out sequences."""
        sources = [self.read_end] if self.fd is None else [self.read_end, self.fd]
        seconds = self.sequences.left(seconds, time.monotonic())
        ready, _, _ = select.select(sources, [], [], seconds)
        # Even if nothing is ready: stopped past its timeout, select returns nothing
        # although SIGCONT is in the pipe.
        self._collect_signals()
        if self.fd in ready:
            self._feed(self._read_bytes())
        else:
            self._enqueue(self.sequences.expire(time.monotonic()))

    def _collect_signals(self) -> None:
        """Drain the self-pipe into the queues."""
        with suppress(BlockingIOError):
            for number in os.read(self.read_end, 4096):
                if number in _HANDLED:
                    self._enqueue_signal(number)

    def _read_bytes(self) -> bytes | None:
        """Return the bytes typed; b"" at EOF or an error; ``None`` to try again."""
        try:
            return os.read(self.fd or 0, 4096)
        except BlockingIOError:
            return None  # another process made it non-blocking
        except OSError:
            return b""

    def _feed(self, data: bytes | None) -> None:
        if data is None:
            return
        if not data:
            self._enqueue_signal(HUNG_UP)
            return
        text = self.decoder.decode(data)
        self._enqueue(self.sequences.feed(text, time.monotonic()))


def _set_modes(fd: int) -> None:
    mode = termios.tcgetattr(fd)
    # Ctrl-S would stop the picture and, with it, the time and the sounds.
    mode[0] &= ~termios.IXON
    mode[3] &= ~(termios.ICANON | termios.ECHO)
    mode[6][termios.VMIN], mode[6][termios.VTIME] = 1, 0
    termios.tcsetattr(fd, termios.TCSANOW, mode)


def _foreground(fd: int) -> bool:
    """Tell whether we are in the foreground: else tcsetattr would stop us."""
    try:
        return os.tcgetpgrp(fd) == os.getpgrp()
    except OSError:
        return True
