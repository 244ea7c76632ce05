"""Windows, without Windows: its keyboard at a stand-in, and all of us without Unix."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest

from acupress.terminal import keys
from acupress.terminal.keys import HUNG_UP, RESIZED, Signalled
from acupress.terminal.windows import (
    CLOSE,
    CTRL_BREAK,
    CTRL_C,
    SHUTDOWN,
    WindowsKeyboard,
)
from support.command import without_the_holds

pytestmark = pytest.mark.usefixtures("signals_as_usual")

LAST_WORDS = 4.5
"""Seconds after which we answer all the same: Windows waits for five."""

AS_WINDOWS = Path(__file__).with_name("as_windows.py")


class FakeConsole:
    """
    A console as ``msvcrt`` is documented to know it.

    A key that is no character is two: the second is pushed back when the first is
    read, where ``kbhit`` need not see it. Reading with nothing there never ends.
    """

    def __init__(self, *pressed: str) -> None:
        """Begin with the keys that were *pressed*."""
        self.pressed = deque(pressed)
        self.pushed = ""
        self.window = (80, 24)
        self.looks = 0
        self.told: Callable[[int], bool] | None = None

    def kbhit(self) -> bool:
        """Tell of keys that nobody has begun to read."""
        self.looks += 1
        return bool(self.pressed)

    def getwch(self) -> str:
        """Return the next half of a key."""
        if self.pushed:
            pushed, self.pushed = self.pushed, ""
            return pushed
        assert self.pressed, "waiting for a key that does not come"
        first, self.pushed = self.pressed[0][0], self.pressed.popleft()[1:]
        return first

    def ungetwch(self, unicode_char: str, /) -> None:
        """Push one character back, and no more than one."""
        if self.pushed:
            raise OSError
        self.pushed = unicode_char

    def size(self) -> tuple[int, int]:
        """Return the size of the window."""
        return self.window

    def watch(self, told: Callable[[int], bool]) -> Callable[[], None]:
        """Remember whom to tell of events."""
        self.told = told
        return self.forget

    def forget(self) -> None:
        """Tell nobody any more."""
        self.told = None

    def event(self, number: int) -> threading.Thread:
        """Let an event happen, on a thread of its own as the system does."""
        assert self.told
        thread = threading.Thread(target=self.told, args=(number,))
        thread.start()
        return thread


def at(console: FakeConsole, fd: int | None = 0) -> WindowsKeyboard:
    """Return the keyboard of *console*."""
    return WindowsKeyboard(fd, lambda: None, console)


def read(keyboard: WindowsKeyboard) -> list[str | Signalled]:
    """Return all that is there to be read now."""
    found: list[str | Signalled] = []
    while (came := keyboard.read(0)) is not None:
        found.append(came)
    return found


PRESSED: tuple[tuple[str | list[str], list[str]], ...] = (
    ("q+? ", ["q", "+", "?", " "]),
    ("\r\x08\x1a", [keys.ENTER, keys.BACKSPACE, keys.END_OF_INPUT]),
    (["\xe0H", "\xe0P", "\xe0K"], [keys.UP, keys.DOWN, keys.LEFT]),
    (["\xe0M", "\xe0I", "\xe0Q"], [keys.RIGHT, keys.PAGE_UP, keys.PAGE_DOWN]),
    (["\0H", "\0M", "q"], [keys.UP, keys.RIGHT, "q"]),  # the number block
    (["\0;", "\xe0\x85", "\0H"], [keys.UP]),  # F1 and F11 are no keys of ours
    ("\xe0Hq", ["\xe0", "H", "q"]),  # the letter, and then two more
    ("\xe0", ["\xe0"]),
    ("\ud83d\ude00x", ["\U0001f600", "x"]),
    ("\ud83dx\ude00\x1b\x01", ["x", keys.UNSEEN, keys.ESCAPE, keys.UNSEEN]),
)


def test_keys() -> None:
    """Each key has its name; no half of one is a key, and none is waited for."""
    for pressed, expected in PRESSED:
        with at(FakeConsole(*pressed)) as keyboard:
            assert (pressed, expected) == (pressed, read(keyboard))


def test_what_was_typed_before_is_dropped() -> None:
    """A question hears what is typed at it; signals that came before stay."""
    console = FakeConsole("a")
    with at(console) as keyboard:
        keyboard.read(0)
        console.pressed.extend(["y", "\xe0H", "\ud83d"])
        console.event(CTRL_BREAK).join()
        keyboard.flush()
        console.pressed.append("n")

        assert [Signalled(HUNG_UP), "n"] == read(keyboard)


def test_a_new_size_is_noticed() -> None:
    """Nobody tells of it, so it is looked at; once is enough."""
    console = FakeConsole()
    with at(console) as keyboard:
        console.window = (60, 20)

        assert [Signalled(RESIZED)] == read(keyboard)


def test_no_terminal_no_keys() -> None:
    """Without a terminal there are only signals."""
    console = FakeConsole("q")
    with at(console, None) as keyboard:
        console.window = (60, 20)
        console.event(CTRL_C).join()

        assert [Signalled(signal.SIGINT)] == read(keyboard)


def test_ctrl_c_ends_a_wait() -> None:
    """As an event, as a signal or as a character: it is the same."""
    for press in (
        lambda console: console.event(CTRL_C).join(),
        lambda _: signal.raise_signal(signal.SIGINT),
        lambda console: console.pressed.append("\x03"),
    ):
        console = FakeConsole()
        with at(console) as keyboard:  # each its own: a second one may be too many
            press(console)

            assert Signalled(signal.SIGINT) == keyboard.read(60)


def test_a_wait_lasts_as_long_as_it_is_to() -> None:
    """With nothing to hear it is no shorter, and looks fifty times a second."""
    console = FakeConsole()
    with at(console) as keyboard:
        since = time.monotonic()
        assert keyboard.read(0.2) is None
        assert time.monotonic() - since >= 0.2
        # As many as fit, however slow the machine, and one at each end.
        assert console.looks <= 0.2 * 50 + 3


def test_a_closed_window_waits_for_our_last_words() -> None:
    """Windows ends us when we have answered: not before all is kept, or too late."""
    for number in (CLOSE, SHUTDOWN):
        console = FakeConsole()
        with at(console) as keyboard:
            since = time.monotonic()
            answering = console.event(number)
            assert Signalled(HUNG_UP) == keyboard.read(60)
            kept_waiting = answering.is_alive()
            assert kept_waiting or time.monotonic() - since >= LAST_WORDS
        answering.join()

        assert console.told is None


@pytest.mark.skipif(sys.platform == "win32", reason="this is Windows itself")
@pytest.mark.skipif(
    find_spec("pydantic") is not None,
    reason="Typer 0.29 loads pydantic, which fails under the name of another system",
)
def test_all_of_us_without_unix(tmp_path: Path) -> None:
    """With the names of Windows, every module loads and commands say the same."""
    here, there = (
        subprocess.run(
            [sys.executable, str(AS_WINDOWS), system, str(tmp_path / system)],
            capture_output=True,
            text=True,
            check=False,
            encoding="utf-8",
        )
        for system in ("as-it-is", "as-windows")
    )

    assert (there.returncode, there.stderr) == (0, "")
    expected = without_the_holds(here.stdout.replace("~/.config/", "~/"))
    assert expected == without_the_holds(there.stdout)
    assert there.stdout.count("\ncode 0\n") == there.stdout.count("\ncode ") == 10
