"""
A term at a pseudo-terminal: a program runs there, and a person types and looks.

The screen is read through pyte, with the alternate screen it lacks and with one
habit of real terminals: erasing to the end of a row that is full to the last cell
takes that cell, too.

Waiting looks at one frame after the other, as the program wrote them, and stops at
the first that has what is waited for. So what stood on the screen for a hundredth
of a second is seen however late we read it.
"""

from __future__ import annotations

import os
import re
import select
import signal
import sys
import time
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from math import inf
from types import TracebackType
from typing import Any, Self

import pyte
import pytest

if sys.platform != "win32":
    import termios

DEADLINE = 120.0
"""Seconds after which what is waited for is taken never to come; no promise."""

AWAY = "Paused while you were away"
"""How a session begins to say that it was not let run for two seconds."""

# Where a frame may end: before a cursor that goes up again, a screen that is cleared
# or left, and after each line.
_PLACE = re.compile(rb"\x1b\[(\d+);\d+H|\x1b\[2J|\x1b\[\?1049[hl]|\n")

# What a program asks of its terminal: who it is, and where its cursor is.
_WHO, _WHERE = b"\x1b[c", b"\x1b[6n"

_GLANCE = 0.05
_ALTERNATE = 1049
_CURSOR = 25
_UNWANTED = (1000, 1002, 1003, 1006, 2004)
_DEFAULTS = ("SIGINT", "SIGQUIT", "SIGHUP", "SIGPIPE")
_READ = (
    *("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE"),
    "ACCESSIBLE",
)


def needs_unix() -> None:
    """Skip the test that is running where there is no Unix."""
    if sys.platform == "win32":
        pytest.skip("Windows has nothing like it")


@dataclass(frozen=True, slots=True)
class Left:
    """What a program leaves behind: how it ended, and the terminal."""

    code: int
    main_screen: bool = True
    cursor_shown: bool = True
    modes_as_before: bool = True
    reports_off: bool = True
    traceback: bool = False


class Display(pyte.Screen):
    """A screen with an alternate one, and with what has scrolled out of it."""

    def __init__(self, columns: int, lines: int) -> None:
        """Begin on the main screen, with nothing on it."""
        super().__init__(columns, lines)
        self.main: tuple[Any, Any] | None = None
        self.on: set[int] = {_CURSOR}
        self.scrolled: list[str] = []
        self.rows: list[str] = []
        self.shown = ""

    def set_mode(self, *modes: int, **kwargs: Any) -> None:  # noqa: ANN401
        """Turn *modes* on; 1049 puts the main screen aside."""
        super().set_mode(*modes, **kwargs)
        self.on |= set(modes)
        if _ALTERNATE in modes and self.main is None:
            self.main = deepcopy(self.buffer), deepcopy(self.cursor)
            self.erase_in_display(2)

    def reset_mode(self, *modes: int, **kwargs: Any) -> None:  # noqa: ANN401
        """Turn *modes* off; 1049 brings the main screen back."""
        super().reset_mode(*modes, **kwargs)
        self.on -= set(modes)
        if _ALTERNATE in modes and self.main is not None:
            hidden = self.cursor.hidden
            self.buffer, self.cursor = self.main
            self.dirty.update(range(self.lines))
            self.cursor.hidden = hidden
            self.main = None

    def erase_in_line(self, how: int = 0, private: bool = False) -> None:  # noqa: FBT001, FBT002
        """Erase as xterm does, where a cursor never stands outside the row."""
        self.cursor.x = min(self.cursor.x, self.columns - 1)
        super().erase_in_line(how, private)

    def index(self) -> None:
        """Go down a row, and keep the one that leaves the main screen."""
        if self.main is None and self.cursor.y == self.lines - 1:
            self.scrolled.append(self._row(0))
        super().index()

    @property
    def text(self) -> str:
        """The rows as they can be seen now; only those that changed are read anew."""
        if len(self.rows) != self.lines:
            self.rows = [""] * self.lines
            self.dirty.update(range(self.lines))
        if self.dirty:
            for number in self.dirty.intersection(range(self.lines)):
                self.rows[number] = self._row(number)
            self.dirty.clear()
            self.shown = "\n".join(self.rows).rstrip()
        return self.shown

    def _row(self, number: int) -> str:
        """Return a row; what is wide leaves the cell behind it empty."""
        cells = self.buffer[number]
        written = range(min(self.columns, max(cells, default=-1) + 1))
        return "".join([cells[column].data for column in written]).rstrip()


class PtyTerminal:
    """Runs *argv* in a terminal of *size*, columns by rows; to be used in `with`."""

    def __init__(
        self,
        argv: Sequence[str],
        size: tuple[int, int] = (80, 24),
        environment: Mapping[str, str] | None = None,
        ahead: str = "",
        answers: Mapping[bytes, bytes] | None = None,
    ) -> None:
        """
        Open a terminal and start the program, which then leads its session.

        What is typed *ahead* has reached the terminal before the program begins.
        *answers* is what it says to what it is asked, by default who it is.
        """
        needs_unix()
        self.raw = b""
        self.unseen = b""
        self.size = size
        self.answers = ANSWERS if answers is None else answers
        self.asked = re.compile(b"|".join(map(re.escape, self.answers)) or b"(?!)")
        self.display = Display(*size)
        self.stream = pyte.ByteStream(self.display)
        self.code: int | None = None
        self.gone_on = 0
        self.master, self.slave = os.openpty()
        self.ends = [self.master, self.slave]
        os.set_blocking(self.master, False)
        termios.tcsetwinsize(self.master, size[::-1])
        self.modes = termios.tcgetattr(self.slave)
        self._type_ahead(ahead)
        self.pid = _forked()
        if not self.pid:
            try:
                self._become(argv, _environment(environment or {}))
            finally:
                os._exit(127)

    def _type_ahead(self, keys: str) -> None:
        """Type *keys*, and wait until the terminal has echoed all of them."""
        os.write(self.master, keys.encode())
        left = len(keys.replace("\r", "\r\n"))
        while left:
            select.select([self.master], [], [])
            left -= len(os.read(self.master, left))

    def _become(self, argv: Sequence[str], environment: dict[str, str]) -> None:
        """Be *argv* from here on, in the new process; never return from it."""
        self._sit_down()
        os.execvpe(argv[0], list(argv), environment)  # noqa: S606 - no shell is meant

    def _sit_down(self) -> None:
        """Have this process lead a session at the terminal."""
        for number in signal.Signals:
            if number.name in _DEFAULTS or callable(signal.getsignal(number)):
                signal.signal(number, signal.SIG_DFL)
        os.login_tty(self.slave)

    def __enter__(self) -> Self:
        """Begin to take what is written, also while another terminal is waited for."""
        OPEN.append(self)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Leave nothing running and nothing open."""
        if self.code is None:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        self.vanish()

    @property
    def text(self) -> str:
        """What the screen shows."""
        return self.display.text

    @property
    def seen(self) -> bytes:
        """What was written until the frame that is looked at."""
        return self.raw.removesuffix(self.unseen)

    @property
    def kept(self) -> str:
        """What the main screen shows, and what has scrolled out of it."""
        return "\n".join((*self.display.scrolled, self.text))

    @property
    def rows(self) -> list[str]:
        """What the screen shows, row by row and to the last column."""
        return list(self.display.display)

    def type(self, keys: str | bytes) -> None:
        """Type *keys*, reading meanwhile what the program answers."""
        data = keys.encode() if isinstance(keys, str) else keys
        while data:
            try:
                data = data[os.write(self.master, data) :]
            except BlockingIOError:
                look([self], _GLANCE)

    def see(self, wanted: str) -> None:
        """Wait until *wanted* is on the screen."""
        self.wait(lambda: wanted in self.text, wanted)

    def see_all(self, *wanted: str) -> None:
        """Wait until each of *wanted* is on the screen at the same time."""
        self.wait(
            lambda: all(each in self.text for each in wanted), " and ".join(wanted)
        )

    def wait(self, come: Callable[[], bool], what: str) -> None:
        """Wait until *come*, which is about *what*, is true after some frame."""
        until = time.monotonic() + DEADLINE
        while not come():
            if self.unseen:
                frame, self.unseen = _first_frame(self.unseen)
                self.stream.feed(frame)
            elif time.monotonic() > until:
                message = f"no {what!r} in {DEADLINE} s, but\n{self.text}"
                raise AssertionError(message)
            else:
                _receive(OPEN, _GLANCE)

    def reach(self, wanted: str) -> None:
        """Wait until the session has come to *wanted*, going on where it pauses."""
        self.play_until(lambda: wanted in self.text, wanted)

    def play_until(self, come: Callable[[], bool], what: str) -> None:
        """
        Wait as `wait` does, and press space whenever the session says it was `AWAY`.

        So it says, and waits, where a busy machine has not let it run for two seconds.
        """

        def came() -> bool:
            if come():
                return True
            said = self.text.count(AWAY)
            if said > self.gone_on:
                self.type(" ")
            self.gone_on = said
            return False

        self.wait(came, what)

    def type_until(
        self, keys: str, come: Callable[[], bool], what: str, every: float = 0.5
    ) -> None:
        """Type *keys* now and then again *every* so many seconds, until *come*."""
        typed = -inf

        def came() -> bool:
            nonlocal typed
            if come():
                return True
            if not self.unseen and time.monotonic() - typed > every:
                typed = time.monotonic()
                self.type(keys)
            return False

        self.wait(came, what)

    def read_on(self, prompt: str) -> None:
        """
        Read a page to its end, however small the window, until *prompt* is there.

        Each part is paged on once, which it is known by: by how many rows follow, where
        that is told, since a screen that is half drawn is not another part.
        """
        read: set[str] = set()

        def come() -> bool:
            more = re.search(r"\(more(?:[^)]*; (\d+) rows|: Enter)\)", self.text)
            if more and (part := more[1] or self.text) not in read:
                read.add(part)
                self.type("\r")
            return prompt in self.text and "(more" not in self.text

        self.wait(come, f"the end of the page, and {prompt!r}")

    def read_plan(self) -> None:
        """Read the plan to its end."""
        self.read_on("Enter begins")

    def skip(self, ending: str) -> None:
        """
        Skip both of two points, until the screen shows *ending*.

        A second skip within a quarter of a second counts as the key held down, so it
        is typed until it has counted.
        """
        self.type("n")
        self.see("2 of 2")
        self.type_until("n", lambda: ending in self.text, ending)

    def catch_up(self) -> None:
        """Look at all that has been written until now."""
        self.stream.feed(self.unseen)
        self.unseen = b""

    def deliver(self, keys: str) -> None:
        """
        Type *keys* and wait until the terminal has handed them on to the program.

        The system does that later, and a busy one later than a signal. It tells by
        an echo, which is turned on for so long; for where nothing else is written.
        """
        while look([self], 0):
            pass
        before = termios.tcgetattr(self.slave)
        echoing = termios.tcgetattr(self.slave)
        echoing[3] |= termios.ECHO
        termios.tcsetattr(self.slave, termios.TCSANOW, echoing)
        length = len(self.raw) + len(keys)
        self.type(keys)
        self.wait(lambda: len(self.raw) >= length, f"an echo of {keys!r}")
        termios.tcsetattr(self.slave, termios.TCSANOW, before)

    def stay(self, seconds: float) -> None:
        """Look on for *seconds*, to measure what they cost: never for a promise."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            look([self], left)

    def turn_away(self, come: Callable[[], bool], seconds: float) -> None:
        """Wait until *come*, up to *seconds*, without reading what is written."""
        until = time.monotonic() + seconds
        while not come() and time.monotonic() < until:
            select.select([], [], [], _GLANCE)

    @property
    def stuck(self) -> bool:
        """Whether the terminal takes nothing more, since nobody reads it."""
        return not select.select([], [self.slave], [], 0)[1]

    def send(self, number: int) -> None:
        """Send the signal *number* to the program."""
        os.kill(self.pid, number)

    def resize(self, columns: int, rows: int) -> None:
        """Give the window another size; the system tells the program."""
        self.catch_up()
        self.size = columns, rows
        self.display.resize(rows, columns)
        termios.tcsetwinsize(self.master, (rows, columns))

    def vanish(self) -> None:
        """Take the terminal away, as a closed window does."""
        if self in OPEN:
            OPEN.remove(self)
        while self.ends:
            os.close(self.ends.pop())

    def ended(self) -> bool:
        """Tell whether the program has ended, without waiting."""
        if self.code is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            self.code = os.waitstatus_to_exitcode(status) if pid else None
        return self.code is not None

    def left(self) -> Left:
        """Wait for the program's end and return what it leaves behind."""
        self.wait(self.ended, "end")
        while look([self], 0):
            pass
        on = self.display.on
        return Left(
            code=self.code if self.code is not None else -1,
            main_screen=self.display.main is None,
            cursor_shown=_CURSOR in on and not self.display.cursor.hidden,
            modes_as_before=self.modes == termios.tcgetattr(self.slave),
            reports_off=on.isdisjoint(_UNWANTED),
            traceback=b"Traceback" in self.raw,
        )


ANSWERS = {_WHO: b"\x1b[?6c", _WHERE: b"\x1b[1;2R"}
"""What a terminal says that knows who it is, and that a bar has one cell."""

OPEN: list[PtyTerminal] = []
"""The terminals there are: one that nobody read would block its program."""


def look(terms: Iterable[PtyTerminal], seconds: float) -> bool:
    """Look at what the programs at *terms* write, waiting up to *seconds* for some."""
    terms = list(terms)
    ready = _receive(terms, seconds)
    for term in terms:
        term.catch_up()
    return ready


def _receive(terms: Iterable[PtyTerminal], seconds: float) -> bool:
    """Take what the programs at *terms* write, without looking at it."""
    at = {term.master: term for term in terms}
    ready, _, _ = select.select(list(at), [], [], seconds)
    for master in ready:
        data = os.read(master, 1 << 16)
        at[master].raw += data
        at[master].unseen += data
        for asked in at[master].asked.findall(data):
            at[master].type(at[master].answers[asked])
    return bool(ready)


def _first_frame(data: bytes) -> tuple[bytes, bytes]:
    """Split *data* after the first frame; after all of it where no frame ends."""
    row = 0
    for found in _PLACE.finditer(data):
        if found[0] == b"\n":
            return data[: found.end()], data[found.end() :]
        below = int(found[1] or 0)
        if found.start() and (below <= row or not below):
            return data[: found.start()], data[found.start() :]
        row = below
    return data, b""


def _environment(changes: Mapping[str, str]) -> dict[str, str]:
    kept = {name: text for name, text in os.environ.items() if name not in _READ}
    return {**kept, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", **changes}


def _forked() -> int:
    """Fork; return the process id of the new process, or 0 in it."""
    with warnings.catch_warnings():
        # The threads of pytest-xdist hold nothing that the new process needs.
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()


ACUPRESS = (sys.executable, "-m", "acupress")
"""The installed program, by the interpreter that runs the tests."""
