"""
The console of Windows: keys, signals, the clock, writing.

Written from the documentation of Python's ``msvcrt`` and of Microsoft's console
functions. Nothing there can be waited for together with a signal, so the console is
looked at fifty times a second.
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

_GLANCE = 0.02

# The events of a console (HandlerRoutine): Ctrl-C, Ctrl-Break, and the three that
# end us as soon as we have answered, or five seconds later.
CTRL_C, CTRL_BREAK, CLOSE, LOGOFF, SHUTDOWN = 0, 1, 2, 5, 6
_LAST_WORDS = 4.5

# How long writing may take that tidies up, before the console is taken for stuck.
_TIDYING = 0.5

# A key that is no character comes as one of two prefixes and the key's scan code.
# The second prefix is the letter à as well.
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
    """What is needed of a console; the first three are as in ``msvcrt``."""

    def kbhit(self) -> bool:
        """Tell whether a key is waiting to be read."""

    def getwch(self) -> str:
        """Return the next character, unechoed; wait for it."""

    def ungetwch(self, unicode_char: str, /) -> None:
        """Push a character back; OSError where one has been pushed back already."""

    def size(self) -> tuple[int, int]:
        """Return columns and rows, or zeros where nobody knows."""

    def watch(self, told: Callable[[int], bool]) -> Callable[[], None]:
        """Have *told* called with each event, on another thread; return the end."""


class WindowsKeyboard(Keyboard):
    """
    Keys from a console.

    Echo and whole lines need not be turned off: keys are read one by one.
    """

    def __init__(
        self, fd: int | None, tidy: Callable[[], None], console: Console
    ) -> None:
        """Read from *console*, or only signals where *fd* is ``None``."""
        super().__init__(fd, tidy)
        self.console = console
        self.size = (0, 0)
        self.told: deque[int] = deque()
        self.closed = threading.Event()

    def _open(self) -> None:
        self._take_signals(STOPPING)
        self.size = self.console.size()
        self.watched = self.console.watch(self._hear)

    def _close(self) -> None:
        self.closed.set()
        self.watched()

    def listen(self) -> None:
        """Do nothing: whoever had the console has left it as it was."""

    def restore(self) -> None:
        """Do nothing: nothing was changed."""

    def suspend(self) -> None:
        """Do nothing: no shell of Windows puts a program aside."""

    def _drop(self) -> None:
        while self.console.kbhit():
            self.console.getwch()

    def _look(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        self._glance()
        while not (self.ending or self.waiting):
            if (left := until - time.monotonic()) <= 0:
                break
            time.sleep(min(_GLANCE, left))
            self._glance()

    def _gather(self) -> None:
        while self.told:
            self._tell(self.told.popleft())

    def _glance(self) -> None:
        self._gather()
        if self.fd is None:
            return
        while self.console.kbhit():
            self._take(self.console.getwch())
        size = self.console.size()
        if size != self.size:
            self.size = size
            self.waiting.append(Signalled(RESIZED))

    def _take(self, character: str) -> None:
        """Put the key that *character* begins in the queue."""
        begun, self.unfinished = self.unfinished, ""
        if self._is_prefix(character):
            code = self.console.getwch()
            self.waiting.extend([_CODES[code]] if code in _CODES else [])
        elif character == _CTRL_C:  # pressed just while another key was read
            self._noticed(signal.SIGINT)
        elif character == _CTRL_Z:
            self.waiting.append(END_OF_INPUT)
        elif "\ud800" <= character <= "\udbff":
            self.unfinished = character
        else:
            self.waiting.extend(key_of(_joined(begun, character)))

    def _is_prefix(self, character: str) -> bool:
        """
        Tell whether *character* is the first half of a key.

        The other half is pushed back by then, and no more than one character can
        be: so trying to push one tells an arrow from the letter à. Waiting for what
        follows the letter would hold up the session.
        """
        if character != _PREFIX_OR_LETTER:
            return character == _PREFIX
        try:
            self.console.ungetwch(" ")
        except OSError:
            return True
        self.console.getwch()
        return False

    def _noticed(self, number: int, frame: FrameType | None = None) -> None:
        # Not into the queue itself: this may be another thread.
        super()._noticed(number, frame)
        self.told.append(number)

    def _hear(self, event: int) -> bool:
        """
        Hear of *event* from the system, on a thread of its own, and take it.

        So it is heard, too, when the program is stuck in writing, which it is while
        text is being marked. To close the window is final: what we still do must be
        done before we answer.
        """
        self._noticed(signal.SIGINT if event == CTRL_C else HUNG_UP)
        if event in {CLOSE, LOGOFF, SHUTDOWN}:
            self.closed.wait(_LAST_WORDS)
        return True

    def _give_up(self, number: int) -> None:
        tidying = threading.Thread(target=self.tidy, daemon=True)
        tidying.start()
        tidying.join(_TIDYING)
        os._exit(code_of(number))


def _joined(begun: str, character: str) -> str:
    """Return *character*, with the half before it if they are halves of one."""
    if not begun:
        return character
    halves = (begun + character).encode("utf-16-le", "surrogatepass")
    return halves.decode("utf-16-le", "ignore")


def is_terminal(fd: int) -> bool:
    """Tell whether *fd* is a console; NUL is none, though ``isatty`` says so."""
    return _mode(fd) is not None


def running() -> float:
    """
    Return seconds that do not count sleep of the machine; only differences count.

    This is our own CPU time: it counts less than it could, and never time asleep.
    """
    return time.process_time()


def can_write() -> bool:
    """Suppose so: whoever asks does not wait for it (``_give_up``)."""
    return True


def write(data: bytes) -> None:
    """Write *data* to standard output; what the console can not take is lost."""
    if sys.stdout is None:
        return
    with suppress(OSError):
        # Not os.write: bytes that go to a console past Python are read in the code
        # page of old.
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
        Return seconds that go on while the machine sleeps; only differences count.

        Of the documented clocks GetTickCount64 is the one that says so.
        """
        return int(_kernel32.GetTickCount64()) / 1000

    def prepare() -> None:
        """
        Let the console take escape sequences until we end, if it can.

        What cannot is an old one; then nothing but text is written.
        """
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
        """Return the mode of the console that is *fd*, if it is one."""
        mode = wintypes.DWORD()
        try:
            handle = msvcrt.get_osfhandle(fd)
        except OSError:
            return None
        found = _kernel32.GetConsoleMode(handle, ctypes.byref(mode))
        return mode.value if found else None

    class _SystemConsole:
        """The console that we were started in."""

        def kbhit(self) -> bool:
            """Tell whether a key is waiting to be read."""
            return bool(msvcrt.kbhit())

        def getwch(self) -> str:
            """Return the next character, unechoed."""
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

        def watch(self, told: Callable[[int], bool]) -> Callable[[], None]:
            """Have *told* called with each event; return what ends that."""
            handler = _Handler(told)
            _kernel32.SetConsoleCtrlHandler(handler, True)  # noqa: FBT003
            return lambda: _kernel32.SetConsoleCtrlHandler(handler, False)  # noqa: FBT003

    def keyboard(fd: int | None, tidy: Callable[[], None]) -> Keyboard:
        """Return a keyboard on the console, or for signals alone."""
        return WindowsKeyboard(fd, tidy, _SystemConsole())

else:  # so that what needs no Windows can be tried elsewhere

    def _mode(fd: int) -> int | None:  # noqa: ARG001
        return None
