"""
Keys and signals as one stream: what was typed, and what the system wants.

How they are come by differs: ``posix.py`` and ``windows.py`` each have a Keyboard,
and ``system.py`` has the one that fits. Escape sequences are taken whole: none of
their letters is ever mistaken for a key.
"""

from __future__ import annotations

import re
import signal
import sys
import time
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import FrameType, TracebackType
from typing import Self

from acupress.exit import die_of

ENTER, BACKSPACE, END_OF_INPUT, CLEAR = "enter", "backspace", "end of input", "clear"
ESCAPE = "escape"
UNSEEN = "unseen"
"""A character that no screen shows: no key, but in a line it is not nothing."""
UP, DOWN, LEFT, RIGHT = "up", "down", "left", "right"
PAGE_UP, PAGE_DOWN = "page up", "page down"

if sys.platform == "win32":
    # Closing the window comes as Ctrl-Break does. Nothing there is like Ctrl-Z, and
    # nobody tells of a new size: these numbers are ours, and no signal has them.
    STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGBREAK)
    HUNG_UP = signal.SIGBREAK
    SUSPEND, GOING_ON, RESIZED = -1, -2, -3
else:
    STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)
    HUNG_UP = signal.SIGHUP
    SUSPEND, GOING_ON, RESIZED = signal.SIGTSTP, signal.SIGCONT, signal.SIGWINCH

# A terminal that nobody reads can block a write for ever; a second signal this
# many seconds after an unanswered first one ends the program there and then.
_PATIENCE = 1.0

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
            keys += key_of(text[at])
            at += 1
        elif found := _SEQUENCE.match(text, at):
            keys += _from_sequence(found)
            at = found.end()
        elif _BEGUN.match(text, at):
            return keys, _shortened(text[at:])
        else:
            at += 1
    return keys, ""


def key_of(character: str) -> list[str]:
    """Return the key that *character* is, or that it cannot be seen."""
    if character in _CONTROLS:
        return [_CONTROLS[character]]
    if not character:
        return []
    return [character if character.isprintable() else UNSEEN]


def _shortened(begun: str) -> str:
    """Keep of an endless sequence how it began, and what may begin its end."""
    half = _LONGEST_SEQUENCE // 2
    return begun if len(begun) <= 2 * half else begun[:half] + begun[-half:]


def _from_sequence(found: re.Match[str]) -> list[str]:
    whole = found.group()
    if whole.startswith("\x1b["):
        key = whole[2:] if found["final"] == "~" else found["final"]
        return [_CURSOR[key]] if key in _CURSOR and len(whole) <= len("\x1b[5~") else []
    if found["short"]:
        return [_CURSOR[found["short"]]] if found["short"] in _CURSOR else []
    return []


class Keyboard(ABC):
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
        self.ending: deque[Signalled] = deque()
        self.unfinished = ""
        self.asked_to_stop: float | None = None
        self.handlers: dict[int, object] = {}

    def __enter__(self) -> Self:
        """Begin to listen."""
        self._open()
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
        for number, handler in self.handlers.items():
            # A person who presses Ctrl-C twice shall still read what was done.
            if self.asked_to_stop is None or number not in STOPPING:
                signal.signal(number, handler)  # type: ignore[arg-type]
        self._close()

    def end_requested(self) -> bool:
        """Whether a signal that ends the program has come and waits to be read."""
        self._gather()
        return bool(self.ending)

    def input_pending(self) -> bool:
        """Whether more was typed than has been read."""
        if not self.waiting:
            self._look(0.0)
        return bool(self.waiting)

    def flush(self) -> None:
        """Discard what was typed before now; signals stay."""
        self.unfinished = ""
        self.waiting = deque(e for e in self.waiting if isinstance(e, Signalled))
        if self.fd is not None:
            self._drop()

    def read(self, seconds: float) -> str | Signalled | None:
        """
        Return the next key or signal, or ``None`` after *seconds*.

        A signal that ends the program comes before all that was typed.
        """
        until = time.monotonic() + seconds
        while not (self.end_requested() or self.waiting):
            left = until - time.monotonic()
            self._look(max(0.0, min(left, _LONGEST_WAIT)))
            if left <= 0:
                break
        if self.ending:
            return self.ending.popleft()
        return self.waiting.popleft() if self.waiting else None

    @abstractmethod
    def listen(self) -> None:
        """Stop the terminal from echoing and from waiting for whole lines."""

    @abstractmethod
    def restore(self) -> None:
        """Put the terminal back; without waiting, since it may be stuck."""

    @abstractmethod
    def suspend(self) -> None:
        """
        Stop as Ctrl-Z does, and listen again once the shell lets us go on.

        Having gone on is then no news: its signal is taken out of the queue.
        """

    @abstractmethod
    def _open(self) -> None:
        """Take the signals, and remember how the terminal was."""

    @abstractmethod
    def _close(self) -> None:
        """Let go of what opening has taken, besides the signals."""

    @abstractmethod
    def _gather(self) -> None:
        """Put the signals that came in the queue."""

    @abstractmethod
    def _drop(self) -> None:
        """Have the system forget what was typed and not read."""

    @abstractmethod
    def _look(self, seconds: float) -> None:
        """Wait up to *seconds* for news, and put what it means in the queue."""

    def _tell(self, number: int) -> None:
        """Put the signal *number* in the queue that is its own."""
        queue = self.ending if number in STOPPING else self.waiting
        queue.append(Signalled(number))

    def _take_signals(self, numbers: Sequence[int]) -> None:
        """Be told of *numbers*, but not of those that we were started deaf to."""
        for number in numbers:
            if signal.getsignal(number) is not signal.SIG_IGN:
                self.handlers[number] = signal.signal(number, self._noticed)

    def _noticed(self, number: int, _frame: FrameType | None = None) -> None:
        """Die of it if a first signal has long gone unanswered."""
        if number not in STOPPING:
            return
        now = time.monotonic()
        if self.asked_to_stop is None:
            self.asked_to_stop = now
        elif now - self.asked_to_stop > _PATIENCE:
            self._give_up(number)

    def _give_up(self, number: int) -> None:
        self.restore()
        self.tidy()
        die_of(number)
