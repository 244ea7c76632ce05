"""
Keys and signals as one stream of events.

``posix.py`` and ``windows.py`` implement Keyboard; ``system.py`` selects one.
"""

# Theory of operation. read() takes from two queues: `ending`, the signals that end the
# program, and after it `waiting`, keys and all other signals in order of arrival.
# Signals, on POSIX: the self-pipe trick. set_wakeup_fd() has the interpreter's own C
# handler write each signal number to a pipe, and select() waits on pipe and terminal
# together. Our handler only notes when the first fatal signal came; a second one more
# than _UNANSWERED seconds later forces an exit, since a write may be stuck. Windows
# has no wait for both, so it polls.
# Escape sequences: decode() consumes whole ones, so that none of their letters is ever
# taken for a key. One cut off by the end of a read stays in the Decoder until the rest
# comes, or a timeout: ESC alone then is the Escape key, anything else is dropped.
# Replies to what the terminal was asked go to a queue of their own, also late ones.
# Held keys repeat some thirty times a second: input_pending() lets a reader drain them
# before it draws, and flush() discards type-ahead.

from __future__ import annotations

import re
import signal
import sys
import time
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Sequence
from types import FrameType, TracebackType
from typing import NamedTuple, Self

from acupress.exit import die_of

ENTER, BACKSPACE, END_OF_INPUT, CLEAR = "enter", "backspace", "end of input", "clear"
ESCAPE = "escape"
UNSEEN = "unseen"
"""An unprintable character: no key, but it counts in a line."""
UP, DOWN, LEFT, RIGHT = "up", "down", "left", "right"
PAGE_UP, PAGE_DOWN = "page up", "page down"

if sys.platform == "win32":
    # Closing the window arrives as Ctrl-Break does. Windows has no SIGTSTP, SIGCONT or
    # SIGWINCH: these are placeholders that no real signal equals.
    STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGBREAK)
    HUNG_UP = signal.SIGBREAK
    SUSPEND, GOING_ON, RESIZED = -1, -2, -3
else:
    STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)
    HUNG_UP = signal.SIGHUP
    SUSPEND, GOING_ON, RESIZED = signal.SIGTSTP, signal.SIGCONT, signal.SIGWINCH

# Seconds after which a fatal signal counts as unanswered: the next one forces an exit.
_UNANSWERED = 1.0

_LONGEST_WAIT = 3600.0

_CONTROLS = {
    "\r": ENTER,
    "\n": ENTER,
    "\x7f": BACKSPACE,
    "\x08": BACKSPACE,
    "\x04": END_OF_INPUT,
    "\x15": CLEAR,
    "\x1b": ESCAPE,
    "\t": "\t",
}
_CURSOR = {"A": UP, "B": DOWN, "C": RIGHT, "D": LEFT, "5~": PAGE_UP, "6~": PAGE_DOWN}

_SEQUENCE = re.compile(
    r"""\x1b(?:
        \[200~ (?P<paste>.*?) \x1b\[201~         # bracketed paste
      | \[M ...                                  # an X10 mouse report
      | \[\[ .                                   # a function key of a Linux console
      | \[ (?!M|\[|200~) [0-?]* [ -/]* (?P<final>[@-~])   # any other CSI sequence
      | O (?P<short>.)                           # SS3: application cursor mode
      | [\]PX^_] .*? (?:\x07|\x1b\\)             # OSC, DCS, SOS, PM, APC
      | (?P<alt>[^\[O\]PX^_\x1b])                # a key with Alt
    )""",
    re.VERBOSE | re.DOTALL,
)
_PARTIAL = re.compile(
    r"\x1b(?:\[200~.*|[\]PX^_].*|\[[0-?]*[ -/]*|\[M.{0,2}|\[\[|O)?\Z", re.DOTALL
)
_LONGEST_SEQUENCE = 4096
# Answers of a terminal: its background (OSC 11), the cursor's place, its attributes,
# whether it shows images, the pixels of a cell, and its status.
_REPLY = re.compile(
    r"\x1b(?:\](?:11;|1337;ReportCellSize=).*|_G.*"
    r"|\[\?[\d;]*c|\[\d+;\d+R|\[6;\d+;\d+t|\[0n)",
    re.DOTALL,
)

# Timeouts in seconds, from the beginning of a sequence: after an ESC alone, and for
# the rest on a slow line.
_ESCAPE_WAIT = 0.05
_SEQUENCE_WAIT = 0.5


class Signalled(NamedTuple):
    """The signal *number* arrived."""

    number: int


def decode(text: str) -> tuple[list[str], str]:
    """
    Return the keys in *text*, and the incomplete sequence at its end, or "".

    A reply of the terminal is among the keys, as the sequence that it is.
    """
    keys: list[str] = []
    at = 0
    while at < len(text):
        if text[at] != "\x1b":
            keys += key_of(text[at])
            at += 1
        elif found := _SEQUENCE.match(text, at):
            keys += _from_sequence(found)
            at = found.end()
        elif _PARTIAL.match(text, at):
            return keys, _capped(text[at:])
        else:
            at += 1
    return keys, ""


def key_of(character: str) -> list[str]:
    """Return the name of the key, or UNSEEN; a list, empty for an empty string."""
    if character in _CONTROLS:
        return [_CONTROLS[character]]
    if not character:
        return []
    return [character if character.isprintable() else UNSEEN]


def _capped(sequence: str) -> str:
    """Cap an unterminated sequence: keep its head, and a tail to find its end in."""
    half = _LONGEST_SEQUENCE // 2
    return sequence if len(sequence) <= 2 * half else sequence[:half] + sequence[-half:]


def _from_sequence(found: re.Match[str]) -> list[str]:
    whole = found.group()
    if _REPLY.match(whole):
        return [whole]
    if whole.startswith("\x1b["):
        key = whole[2:] if found["final"] == "~" else found["final"]
        return [_CURSOR[key]] if key in _CURSOR and len(whole) <= len("\x1b[5~") else []
    if found["short"]:
        return [_CURSOR[found["short"]]] if found["short"] in _CURSOR else []
    return []


class Decoder:
    """
    Decodes what is typed, piece by piece, within the time that a sequence may take.

    The time counts from the beginning of the sequence: otherwise one without an end,
    such as Alt-] begins, would swallow every key for as long as somebody types.
    """

    def __init__(self) -> None:
        """Start outside of any sequence."""
        self.partial = ""
        self.until = 0.0

    def feed(self, text: str, now: float) -> list[str]:
        """Return the keys after *text*, which came at *now*."""
        whole = self.partial + text
        keys, left = decode(whole)
        continued = bool(self.partial) and not keys and left == _capped(whole)
        if continued and self.partial != "\x1b":
            if now >= self.until:
                left = ""  # time is up
        elif left:
            wait = _ESCAPE_WAIT if left == "\x1b" else _SEQUENCE_WAIT
            self.until = now + wait
        self.partial = left
        return keys

    def expire(self, now: float) -> list[str]:
        """Drop a sequence whose time is up; ESC alone is the Escape key."""
        if not self.partial or now < self.until:
            return []
        partial, self.partial = self.partial, ""
        return [ESCAPE] if partial == "\x1b" else []

    def left(self, seconds: float, now: float) -> float:
        """Return *seconds*, or less if a sequence's time is up earlier."""
        return min(seconds, max(0.0, self.until - now)) if self.partial else seconds


# Replies that are kept until somebody asks for them.
_MOST_REPLIES = 16


class Keyboard(ABC):
    """
    Reads keys from the terminal *fd*, and signals; only these if *fd* is ``None``.

    A context manager: within it the terminal is unbuffered and does not echo. *tidy*
    is called before a forced exit.
    """

    def __init__(self, fd: int | None, tidy: Callable[[], None]) -> None:
        """Leave *fd* alone until entered."""
        self.fd = fd
        self.tidy = tidy
        self.waiting: deque[str | Signalled] = deque()
        self.ending: deque[Signalled] = deque()
        self.answers: deque[str] = deque(maxlen=_MOST_REPLIES)
        self.first_stop: float | None = None
        self.handlers: dict[int, object] = {}

    def __enter__(self) -> Self:
        """Install the signal handlers and set the terminal's modes."""
        self._open()
        self.listen()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Restore the terminal and the signal handlers."""
        self.restore()
        for number, handler in self.handlers.items():
            # A second Ctrl-C must not kill the program before its last lines.
            if self.first_stop is None or number not in STOPPING:
                signal.signal(number, handler)  # type: ignore[arg-type]
        self._close()

    def end_requested(self) -> bool:
        """Tell whether a fatal signal is queued."""
        self._collect_signals()
        return bool(self.ending)

    def input_pending(self) -> bool:
        """Tell whether anything is queued, after a poll without waiting."""
        if not self.waiting:
            self._poll(0.0)
        return bool(self.waiting)

    def flush(self) -> None:
        """Discard type-ahead; signals stay queued."""
        if self.fd is not None:
            self._discard_input()
        self.waiting = deque(e for e in self.waiting if isinstance(e, Signalled))

    def read(self, seconds: float) -> str | Signalled | None:
        """
        Return the next key or signal, or ``None`` after *seconds*, which may be inf.

        A fatal signal precedes everything typed.
        """
        until = time.monotonic() + seconds
        while not (self.end_requested() or self.waiting):
            left = until - time.monotonic()
            self._poll(max(0.0, min(left, _LONGEST_WAIT)))
            if left <= 0:
                break
        if self.ending:
            return self.ending.popleft()
        return self.waiting.popleft() if self.waiting else None

    def replies(self, last: str, seconds: float) -> list[str]:
        """
        Return the terminal's replies until one that begins with *last*.

        After *seconds*, or at a fatal signal, as many as there are.
        """
        until = time.monotonic() + seconds
        while not (self.end_requested() or _ends_with(self.answers, last)):
            if (left := until - time.monotonic()) <= 0:
                break
            self._poll(left)
        replies = [*self.answers]
        self.answers.clear()
        return replies

    def put_back(self, received: Signalled) -> None:
        """Let *received* be read again, next of all."""
        queue = self.ending if received.number in STOPPING else self.waiting
        queue.appendleft(received)

    @abstractmethod
    def listen(self) -> None:
        """Turn off the terminal's echo and line buffering."""

    @abstractmethod
    def restore(self) -> None:
        """Restore the terminal's modes; never block, since it may be stuck."""

    @abstractmethod
    def suspend(self) -> None:
        """
        Stop the process as Ctrl-Z does; on resuming, listen again.

        The SIGCONT that this causes is dropped.
        """

    @abstractmethod
    def _open(self) -> None:
        """Install the signal handlers, and save the terminal's modes."""

    @abstractmethod
    def _close(self) -> None:
        """Release what _open() acquired, besides the signal handlers."""

    @abstractmethod
    def _collect_signals(self) -> None:
        """Move the signals received so far into the queues."""

    @abstractmethod
    def _discard_input(self) -> None:
        """Discard the system's input buffer."""

    @abstractmethod
    def _poll(self, seconds: float) -> None:
        """Wait up to *seconds* for input or a signal, and enqueue it."""

    def _enqueue(self, keys: Sequence[str]) -> None:
        """Queue *keys*; replies of the terminal apart from them."""
        for key in keys:
            (self.answers if key.startswith("\x1b") else self.waiting).append(key)

    def _enqueue_signal(self, number: int) -> None:
        queue = self.ending if number in STOPPING else self.waiting
        queue.append(Signalled(number))

    def _install_handlers(self, numbers: Sequence[int]) -> None:
        """Install handlers for *numbers*, except signals ignored from the start."""
        for number in numbers:
            if signal.getsignal(number) is not signal.SIG_IGN:
                self.handlers[number] = signal.signal(number, self._handle_signal)

    def _handle_signal(self, number: int, _frame: FrameType | None = None) -> None:
        """Force an exit if an earlier fatal signal is still unanswered."""
        if number not in STOPPING:
            return
        now = time.monotonic()
        if self.first_stop is None:
            self.first_stop = now
        elif now - self.first_stop > _UNANSWERED:
            self._force_exit(number)

    def _force_exit(self, number: int) -> None:
        self.restore()
        self.tidy()
        die_of(number)


def _ends_with(answers: Sequence[str], last: str) -> bool:
    return bool(answers) and answers[-1].startswith(last)
