"""
Keys and signals as one stream: what was typed, and what the system wants.

Reading is by ``select`` on the terminal and on a pipe that signals write to, so
nothing ever happens inside a signal handler. Escape sequences are taken whole:
none of their letters is ever mistaken for a key.
"""

from __future__ import annotations

import errno
import os
import re
import select
import signal
import termios
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from types import FrameType, TracebackType
from typing import Self

ENTER, BACKSPACE, END_OF_INPUT, CLEAR = "enter", "backspace", "end of input", "clear"
UP, DOWN, LEFT, RIGHT = "up", "down", "left", "right"
PAGE_UP, PAGE_DOWN = "page up", "page down"

STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)
_NOTICED = (*STOPPING, signal.SIGTSTP, signal.SIGCONT, signal.SIGWINCH)

# A terminal that nobody reads can block a write for ever; a second signal this
# many seconds after an unanswered first one ends the program there and then.
_PATIENCE = 1.0

# An escape that nothing follows within this time was the key itself; a sequence
# that has begun may take a slow line longer to bring to its end.
_ESCAPE_WAIT = 0.05
_SEQUENCE_WAIT = 0.5

_LONGEST_WAIT = 3600.0

_CONTROLS = {
    "\r": ENTER,
    "\n": ENTER,
    "\x7f": BACKSPACE,
    "\x08": BACKSPACE,
    "\x04": END_OF_INPUT,
    "\x15": CLEAR,
}
_CURSOR = {"A": UP, "B": DOWN, "C": RIGHT, "D": LEFT, "5~": PAGE_UP, "6~": PAGE_DOWN}

_SEQUENCE = re.compile(
    r"""\x1b(?:
        \[200~ (?P<paste>.*?) \x1b\[201~         # text that was pasted
      | \[M ...                                  # a mouse report of old
      | \[\[ .                                   # a function key of a Linux console
      | \[ (?!M|\[|200~) [0-?]* [ -/]* (?P<final>[@-~])   # all else that is CSI
      | O (?P<short>.)                           # a cursor key in application mode
      | [\]PX^_] .*? (?:\x07|\x1b\\)             # a string from the terminal
      | (?P<alt>[^\[O\]PX^_\x1b])                # a key with Alt
    )""",
    re.VERBOSE | re.DOTALL,
)
_BEGUN = re.compile(
    r"\x1b(?:\[200~.*|[\]PX^_].*|\[[0-?]*[ -/]*|\[M.{0,2}|\[\[|O)?\Z", re.DOTALL
)
_LONGEST_SEQUENCE = 4096


@dataclass(frozen=True, slots=True)
class Signalled:
    """The system sent *number*."""

    number: int


def decode(text: str) -> tuple[list[str], str]:
    """Return the keys in *text*, and the start of a sequence still to come."""
    keys: list[str] = []
    at = 0
    while at < len(text):
        if text[at] != "\x1b":
            keys += _plain(text[at])
            at += 1
        elif found := _SEQUENCE.match(text, at):
            keys += _from_sequence(found)
            at = found.end()
        elif _BEGUN.match(text, at):
            return keys, _shortened(text[at:])
        else:
            at += 1
    return keys, ""


def _shortened(begun: str) -> str:
    """Keep of an endless sequence how it began, and what may begin its end."""
    half = _LONGEST_SEQUENCE // 2
    return begun if len(begun) <= 2 * half else begun[:half] + begun[-half:]


def _plain(character: str) -> list[str]:
    if character in _CONTROLS:
        return [_CONTROLS[character]]
    return [character] if character.isprintable() else []


def _from_sequence(found: re.Match[str]) -> list[str]:
    whole = found.group()
    if whole.startswith("\x1b["):
        key = whole[2:] if found["final"] == "~" else found["final"]
        return [_CURSOR[key]] if key in _CURSOR and len(whole) <= len("\x1b[5~") else []
    if found["short"]:
        return [_CURSOR[found["short"]]] if found["short"] in _CURSOR else []
    return []


class Keyboard:
    """
    Reads keys from the terminal *fd*, or only signals where *fd* is ``None``.

    While it is open the terminal neither echoes nor waits for whole lines. It
    holds state because a terminal does. *tidy* is called before the program dies
    of an unanswered signal.
    """

    def __init__(self, fd: int | None, tidy: Callable[[], None]) -> None:
        """Use *fd* as it is found, and put it back so."""
        self.fd = fd
        self.tidy = tidy
        self.waiting: deque[str | Signalled] = deque()
        self.unfinished = ""
        self.given_up = 0.0
        self.before: list[int | list[bytes | int]] | None = None
        self.asked_to_stop: float | None = None
        self.handlers: dict[int, object] = {}

    def __enter__(self) -> Self:
        """Begin to listen."""
        self.reading, self.writing = os.pipe()
        for end in (self.reading, self.writing):
            os.set_blocking(end, False)
        self.wakeup = signal.set_wakeup_fd(self.writing, warn_on_full_buffer=False)
        for number in _NOTICED:
            if signal.getsignal(number) is not signal.SIG_IGN:
                self.handlers[number] = signal.signal(number, self._noticed)
        if self.fd is not None:
            self.before = termios.tcgetattr(self.fd)
        self.listen()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Put the terminal and the signals back as they were."""
        self.restore()
        signal.set_wakeup_fd(self.wakeup)
        for number, handler in self.handlers.items():
            # A person who presses Ctrl-C twice shall still read what was done.
            if self.asked_to_stop is None or number not in STOPPING:
                signal.signal(number, handler)  # type: ignore[arg-type]
        os.close(self.reading)
        os.close(self.writing)

    @property
    def told_to_end(self) -> bool:
        """Whether a signal that ends the program has come and waits to be read."""
        self._hear()
        return any(
            isinstance(each, Signalled) and each.number in STOPPING
            for each in self.waiting
        )

    def listen(self) -> None:
        """
        Stop the terminal from echoing and from waiting for whole lines.

        In the background the system stops us here until the shell lets us have the
        terminal; whoever is told to end meanwhile does without it.
        """
        while self.fd is not None and not self.told_to_end:
            try:
                self._set_modes(self.fd)
            except termios.error as error:
                if error.args[0] == errno.EINTR:
                    continue  # we were let go on, perhaps in the background again
            return  # done; or it has gone, which reading will tell

    @staticmethod
    def _set_modes(fd: int) -> None:
        mode = termios.tcgetattr(fd)
        mode[3] &= ~(termios.ICANON | termios.ECHO)
        mode[6][termios.VMIN], mode[6][termios.VTIME] = 1, 0
        termios.tcsetattr(fd, termios.TCSANOW, mode)

    def restore(self) -> None:
        """Put the terminal back; without waiting, since it may be stuck."""
        if self.fd is not None and self.before is not None and _foreground(self.fd):
            # A terminal that has gone has taken along what there was to restore.
            with suppress(termios.error):
                termios.tcsetattr(self.fd, termios.TCSANOW, self.before)

    def flush(self) -> None:
        """Discard what was typed before now; signals stay."""
        self.unfinished = ""
        self.waiting = deque(e for e in self.waiting if isinstance(e, Signalled))
        if self.fd is not None:
            with suppress(termios.error):
                termios.tcflush(self.fd, termios.TCIFLUSH)

    def read(self, seconds: float) -> str | Signalled | None:
        """Return the next key or signal, or ``None`` after *seconds*."""
        until = time.monotonic() + seconds
        while not self.waiting:
            left = until - time.monotonic()
            self._look(max(0.0, min(left, _LONGEST_WAIT)))
            if left <= 0:
                break
        return self.waiting.popleft() if self.waiting else None

    def suspend(self) -> None:
        """
        Stop as Ctrl-Z does, and listen again once the shell lets us go on.

        Having gone on is then no news: its signal is taken out of the queue.
        """
        self.restore()
        handler = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGTSTP)
        signal.signal(signal.SIGTSTP, handler)
        self.listen()
        self._hear()
        going_on = Signalled(signal.SIGCONT)
        self.waiting = deque(each for each in self.waiting if each != going_on)

    def _look(self, seconds: float) -> None:
        """Wait up to *seconds* for bytes, and put what they mean in the queue."""
        sources = [self.reading] if self.fd is None else [self.reading, self.fd]
        if self.unfinished:
            seconds = min(seconds, max(0.0, self.given_up - time.monotonic()))
        ready, _, _ = select.select(sources, [], [], seconds)
        # Whoever was stopped for longer than the wait was to last wakes up with
        # nothing ready, and yet there is the signal that let us go on.
        self._hear()
        if self.fd in ready:
            self._take(self._bytes())
        elif time.monotonic() >= self.given_up:
            self.unfinished = ""

    def _hear(self) -> None:
        """Put the signals that came in the queue."""
        with suppress(BlockingIOError):
            for number in os.read(self.reading, 4096):
                if number in _NOTICED:
                    self.waiting.append(Signalled(number))

    def _bytes(self) -> bytes:
        try:
            return os.read(self.fd or 0, 4096)
        except BlockingIOError:
            return b"\0"  # someone else left it non-blocking; NUL is no key
        except OSError:
            return b""

    def _take(self, data: bytes) -> None:
        if not data:
            self.waiting.append(Signalled(signal.SIGHUP))
            return
        text = self.unfinished + data.decode("utf-8", "replace")
        keys, self.unfinished = decode(text)
        alone = self.unfinished == "\x1b"
        wait = _ESCAPE_WAIT if alone else _SEQUENCE_WAIT
        self.given_up = time.monotonic() + wait
        self.waiting.extend(keys)

    def _noticed(self, number: int, _frame: FrameType | None) -> None:
        """Leave it to the pipe, unless a first signal has long gone unanswered."""
        if number not in STOPPING:
            return
        now = time.monotonic()
        if self.asked_to_stop is None:
            self.asked_to_stop = now
        elif now - self.asked_to_stop > _PATIENCE:
            self.restore()
            self.tidy()
            die_of(number)


def _foreground(fd: int) -> bool:
    """Tell whether the terminal is ours; touching another's would stop us."""
    try:
        return os.tcgetpgrp(fd) == os.getpgrp()
    except OSError:
        return True


def die_of(number: int) -> None:
    """End this process by the signal *number*, as if it had never been caught."""
    signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)
