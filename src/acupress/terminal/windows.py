"""
Keyboard, clocks and output on a Windows console.

Written from the documentation of ``msvcrt`` and of Microsoft's console functions.
Keys and signals cannot be waited for together there, so both are polled.
"""

from __future__ import annotations

import atexit
import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from types import FrameType
from typing import Protocol

from acupress.exit import code_of
from acupress.terminal.keys import (
    DOWN,
    END_OF_INPUT,
    HUNG_UP,
    LEFT,
    PAGE_DOWN,
    PAGE_UP,
    RESIZED,
    RIGHT,
    STOPPING,
    UP,
    Keyboard,
    Signalled,
    key_of,
)

_POLL_INTERVAL = 0.02

# Console events (HandlerRoutine). After the last three the system kills the process
# once their handler returns, or after five seconds.
CTRL_C, CTRL_BREAK, CLOSE, LOGOFF, SHUTDOWN = 0, 1, 2, 5, 6
_CLOSE_TIMEOUT = 4.5

# Seconds after which, in a forced exit, a write counts as stuck.
_TIDY_TIMEOUT = 0.5

# A special key is read as one of two prefixes, then its scan code. The second prefix
# is also the letter à.
_PREFIX, _PREFIX_OR_LETTER = "\x00", "\xe0"
_CODES = {
    "H": UP,
    "P": DOWN,
    "K": LEFT,
    "M": RIGHT,
    "I": PAGE_UP,
    "Q": PAGE_DOWN,
}
_CTRL_C, _CTRL_Z = "\x03", "\x1a"


class Console(Protocol):
    """The console functions needed; the first three are as in ``msvcrt``."""

    def kbhit(self) -> bool:
        """Tell whether a key can be read."""

    def getwch(self) -> str:
        """Return the next character without echo; blocks."""

    def ungetwch(self, unicode_char: str, /) -> None:
        """Push a character back; OSError if one is pushed back already."""

    def size(self) -> tuple[int, int]:
        """Return columns and rows, or (0, 0) if unknown."""

    def watch(self, callback: Callable[[int], bool]) -> Callable[[], None]:
        """Call *callback* with each event, on another thread; return what ends it."""


class WindowsKeyboard(Keyboard):
    """A Keyboard on a console, whose getwch() neither echoes nor buffers lines."""

    def __init__(
        self, fd: int | None, tidy: Callable[[], None], console: Console
    ) -> None:
        """Read from *console*; only signals if *fd* is ``None``."""
        super().__init__(fd, tidy)
        self.console = console
        self.size = (0, 0)
        self.partial = ""  # the first of two surrogates
        self.signals: deque[int] = deque()
        self.closed = threading.Event()

    def _open(self) -> None:
        self._install_handlers(STOPPING)
        self.size = self.console.size()
        self.unwatch = self.console.watch(self._on_console_event)

    def _close(self) -> None:
        self.closed.set()
        self.unwatch()

    def listen(self) -> None:
        """No-op: reading key by key needs no console mode."""

    def restore(self) -> None:
        """No-op: no console mode was changed."""

    def suspend(self) -> None:
        """No-op: Windows has no job control."""

    def _discard_input(self) -> None:
        while self.console.kbhit():
            self.console.getwch()

    def _poll(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        self._poll_once()
        while not (self.ending or self.waiting):
            if (left := until - time.monotonic()) <= 0:
                break
            time.sleep(min(_POLL_INTERVAL, left))
            self._poll_once()

    def _collect_signals(self) -> None:
        while self.signals:
            self._enqueue_signal(self.signals.popleft())

    def _poll_once(self) -> None:
        self._collect_signals()
        if self.fd is None:
            return
        while self.console.kbhit():
            self._feed(self.console.getwch())
        size = self.console.size()
        if size != self.size:
            self.size = size
            self.waiting.append(Signalled(RESIZED))

    def _feed(self, character: str) -> None:
        """Enqueue the key that *character* is, or starts."""
        partial, self.partial = self.partial, ""
        if self._is_prefix(character):
            code = self.console.getwch()
            self.waiting.extend([_CODES[code]] if code in _CODES else [])
        elif character == _CTRL_C:  # pressed while another key was being read
            self._handle_signal(signal.SIGINT)
        elif character == _CTRL_Z:
            self.waiting.append(END_OF_INPUT)
        elif "\ud800" <= character <= "\udbff":
            self.partial = character
        else:
            self.waiting.extend(key_of(_join_surrogates(partial, character)))

    def _is_prefix(self, character: str) -> bool:
        """
        Tell whether *character* is the prefix of a special key.

        msvcrt has then pushed back the scan code, and its buffer holds one character
        only: so if pushing another one fails, this is a prefix, and else the letter à.
        A read to find out would block after the letter.
        """
        if character != _PREFIX_OR_LETTER:
            return character == _PREFIX
        try:
            self.console.ungetwch(" ")
        except OSError:
            return True
        self.console.getwch()
        return False

    def _handle_signal(self, number: int, frame: FrameType | None = None) -> None:
        # Not into the queues themselves: this may be another thread.
        super()._handle_signal(number, frame)
        self.signals.append(number)

    def _on_console_event(self, event: int) -> bool:
        """
        Handle a console *event*; called by the system on its own thread.

        So it works even while the main thread is stuck in a write, as it is while text
        is being selected. On CLOSE and the like, the process is killed at our return:
        wait for the main thread to finish.
        """
        self._handle_signal(signal.SIGINT if event == CTRL_C else HUNG_UP)
        if event in {CLOSE, LOGOFF, SHUTDOWN}:
            self.closed.wait(_CLOSE_TIMEOUT)
        return True

    def _force_exit(self, number: int) -> None:
        tidying = threading.Thread(target=self.tidy, daemon=True)
        tidying.start()
        tidying.join(_TIDY_TIMEOUT)
        os._exit(code_of(number))


def _join_surrogates(first: str, character: str) -> str:
    """Return *character*, decoded together with the surrogate before it, if any."""
    if not first:
        return character
    halves = (first + character).encode("utf-16-le", "surrogatepass")
    return halves.decode("utf-16-le", "ignore")


def is_terminal(fd: int) -> bool:
    """Tell whether *fd* is a console; ``isatty`` is true for NUL as well."""
    return _mode(fd) is not None


def running() -> float:
    """Return the process's CPU seconds: a lower bound that excludes sleep."""
    return time.process_time()


def can_write() -> bool:
    """Return True: it cannot be known, and ``_force_exit`` has a timeout instead."""
    return True


def cell_pixels() -> tuple[int, int] | None:
    """Return ``None``: a console does not tell the pixels of a cell."""
    return None


def write(data: bytes) -> None:
    """Write *data* to stdout; output that the console refuses is dropped."""
    if sys.stdout is None:
        return
    with suppress(OSError):
        # Not os.write: the console would decode the bytes in the legacy code page.
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()


if sys.platform == "win32":
    import ctypes
    import msvcrt
    from ctypes import wintypes

    _kernel32 = ctypes.WinDLL("kernel32")
    _kernel32.GetTickCount64.restype = ctypes.c_ulonglong
    _Handler = ctypes.WINFUNCTYPE(wintypes.BOOL, wintypes.DWORD)
    _kernel32.SetConsoleCtrlHandler.argtypes = (_Handler, wintypes.BOOL)
    _kernel32.GetConsoleMode.argtypes = (wintypes.HANDLE, wintypes.LPDWORD)
    _kernel32.SetConsoleMode.argtypes = (wintypes.HANDLE, wintypes.DWORD)

    _PROCESSED_OUTPUT, _VIRTUAL_TERMINAL = 0x0001, 0x0004

    def uptime() -> float:
        """
        Return seconds including sleep of the machine; only differences matter.

        GetTickCount64 is the clock that is documented to do so.
        """
        return int(_kernel32.GetTickCount64()) / 1000

    def prepare() -> None:
        """Enable escape sequences until exit; on an old console set TERM=dumb."""
        before = _mode(1)
        if before is None:
            return
        wanted = before | _PROCESSED_OUTPUT | _VIRTUAL_TERMINAL
        if _kernel32.SetConsoleMode(msvcrt.get_osfhandle(1), wanted):
            atexit.register(_set_mode, before)
            os.environ.setdefault("TERM", "xterm-256color")
        else:
            os.environ.update(TERM="dumb")

    def _set_mode(mode: int) -> None:
        with suppress(OSError):
            _kernel32.SetConsoleMode(msvcrt.get_osfhandle(1), mode)

    def _mode(fd: int) -> int | None:
        """Return the console mode of *fd*, ``None`` if that is no console."""
        mode = wintypes.DWORD()
        try:
            handle = msvcrt.get_osfhandle(fd)
        except OSError:
            return None
        found = _kernel32.GetConsoleMode(handle, ctypes.byref(mode))
        return mode.value if found else None

    class _SystemConsole:
        """The console of this process."""

        def kbhit(self) -> bool:
            """Tell whether a key can be read."""
            return bool(msvcrt.kbhit())

        def getwch(self) -> str:
            """Return the next character without echo."""
            return msvcrt.getwch()

        def ungetwch(self, unicode_char: str, /) -> None:
            """Push a character back."""
            msvcrt.ungetwch(unicode_char)

        def size(self) -> tuple[int, int]:
            """Return columns and rows."""
            try:
                return os.get_terminal_size(1)
            except OSError:
                return (0, 0)

        def watch(self, callback: Callable[[int], bool]) -> Callable[[], None]:
            """Call *callback* with each event; return what ends it."""
            handler = _Handler(callback)
            _kernel32.SetConsoleCtrlHandler(handler, True)  # noqa: FBT003
            return lambda: _kernel32.SetConsoleCtrlHandler(handler, False)  # noqa: FBT003

    def keyboard(fd: int | None, tidy: Callable[[], None]) -> Keyboard:
        """Return a keyboard on the console, or for signals only."""
        return WindowsKeyboard(fd, tidy, _SystemConsole())

else:  # lets the tests import the rest elsewhere

    def _mode(fd: int) -> int | None:  # noqa: ARG001
        return None
