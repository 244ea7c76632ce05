"""
A real terminal: somewhere to show rows, to ask for a line, to wait for a key.

Rich makes the rows; only those that changed are written. Whatever happens, the
terminal is left as it was found: main screen, cursor, echo.
"""

from __future__ import annotations

import os
import select
import signal
import sys
from collections.abc import Sequence
from contextlib import closing
from io import StringIO
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.text import Text

from acupress import keys
from acupress.keys import Keyboard, Signalled
from acupress.layout import Line, Page, plain
from acupress.view import page_rows

_ENTER_SCREEN = "\x1b[?1049h\x1b[?25l\x1b[2J"
_LEAVE_SCREEN = "\x1b[0m\x1b[?25h\x1b[?1049l"
_LONGEST_LINE = 60
_FEWEST, _MOST = 1, 500

# What a terminal that does not tell its size (it says 0) is taken to have.
_USUAL_COLUMNS, _USUAL_ROWS = 80, 24

# A question that cannot be seen is not to be answered.
_NARROWEST_PAGE, _LOWEST_PAGE = 20, 5


class EndedBySignalError(Exception):
    """The system, or Ctrl-C, ended the conversation by *number*."""

    def __init__(self, number: int) -> None:
        """Keep the signal to die of once the terminal is restored."""
        super().__init__(number)
        self.number = number


def both_ends() -> bool:
    """Tell whether a person can be asked: input and output are a terminal."""
    return _is_terminal(0) and _is_terminal(1)


def _is_terminal(fd: int) -> bool:
    try:
        return os.isatty(fd)
    except OSError:
        return False


def _say_no_more() -> None:
    """Let what is still to be said fail nowhere: the terminal has gone."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for fd in (1, 2):
        os.dup2(nowhere, fd)
    os.close(nowhere)


class Terminal:
    """
    The terminal on standard input and output.

    *full* takes over the whole screen; otherwise it prints line by line, for
    screen readers and for terminals that cannot do more.
    """

    def __init__(self, *, full: bool) -> None:
        """Find out what the terminal can show."""
        probe = Console(file=sys.stdout)
        self.colours = None if probe.no_color else probe.color_system
        self.blocks = not probe.legacy_windows and probe.encoding.startswith("utf")
        unknown = not os.environ.get("TERM") or probe.is_dumb_terminal
        self.full = full and not unknown
        self.keyboard = Keyboard(0, self._abandon)
        self.shown: list[str] = []
        self.size_shown = (0, 0)

    def __enter__(self) -> Self:
        """Take the terminal over."""
        self.keyboard.__enter__()
        if self.full:
            self.write(_ENTER_SCREEN)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Give the terminal back as it was."""
        self._tidy()
        self.keyboard.__exit__(kind, error, trace)
        if not both_ends():
            _say_no_more()

    @property
    def size(self) -> tuple[int, int]:
        """Columns and rows, each at least one."""
        try:
            columns, rows = os.get_terminal_size(1)
        except OSError:
            columns, rows = 0, 0
        return _within(columns or _USUAL_COLUMNS), _within(rows or _USUAL_ROWS)

    def ask(self, page: Page, prompt: str) -> str | None:
        """Show *page*, forget what was typed before, and return the next line."""
        with closing(_Reader(self, page, f"{prompt}: ")) as reader:
            return _line(reader)

    def key(
        self, page: Page, prompt: str, allowed: Sequence[str], *, again: bool = False
    ) -> str | None:
        """
        Show *page* and return the next key among *allowed*; None at the end.

        *again*, it is the page that is there already: only the prompt has changed,
        and what was typed meanwhile counts.
        """
        with closing(_Reader(self, page, prompt, again=again)) as reader:
            while (key := reader.next("")) not in allowed:
                if key == keys.END_OF_INPUT:
                    return None
        return key

    def say(self, text: str) -> None:
        """Print *text*; only where the screen is not all ours."""
        self.write(text + "\n")

    def draw(self, rows: Sequence[Text], *, forget: bool = False) -> None:
        """
        Show *rows* from the top of the screen, writing only what changed.

        With *forget*, what was typed before this very moment is forgotten. Not
        after it: whoever answers as soon as the rows are there is heard.
        """
        size = self.size
        if size != self.size_shown:
            self.shown = []
        fresh = not self.shown
        painted = self._painted(rows, size[0])[: size[1]]
        padded = painted + [""] * (max(len(self.shown), size[1]) - len(painted))
        before = self.shown + [""] * (len(padded) - len(self.shown))
        # Erased first: after a full row the cursor still stands on its last cell.
        changed = [
            f"\x1b[{number};1H\x1b[K{row}"
            for number, (row, old) in enumerate(zip(padded, before, strict=True), 1)
            if row != old
        ]
        if forget:
            self.keyboard.flush()
        if changed or fresh:
            self.write(("\x1b[2J" if fresh else "") + "".join(changed))
        self.shown, self.size_shown = padded[: size[1]], size

    def bell(self) -> None:
        """Ring."""
        self.write("\a")

    def suspend(self) -> None:
        """Give the terminal to the shell until it lets us go on."""
        self._tidy()
        self.keyboard.suspend()
        self.resume()

    def resume(self) -> None:
        """Take the terminal over again after it was someone else's."""
        self.keyboard.listen()
        self.shown = []
        if self.full:
            self.write(_ENTER_SCREEN)

    def _painted(self, rows: Sequence[Text], width: int) -> list[str]:
        painter = Console(
            file=StringIO(),
            force_terminal=True,
            color_system=self.colours,  # type: ignore[arg-type]
            no_color=self.colours is None,
            width=width,
            legacy_windows=False,
            emoji=False,
            markup=False,
            highlight=False,
        )
        with painter.capture() as captured:
            for row in rows:
                painter.print(row, no_wrap=True, overflow="crop", crop=True)
        return captured.get().split("\n")[:-1]

    def _tidy(self) -> None:
        if self.full:
            self.write(_LEAVE_SCREEN)

    def _abandon(self) -> None:
        """Tidy up, unless the terminal is stuck: then it would hold us, too."""
        if select.select([], [1], [], 0)[1]:
            self._tidy()

    def write(self, text: str) -> None:
        """Write *text* as it is; what the terminal can not take is lost."""
        data = text.encode(sys.stdout.encoding or "utf-8", "replace")
        while data:
            try:
                data = data[os.write(1, data) :]
            except BlockingIOError:
                # Someone else left it non-blocking.
                select.select([], [1], [])
            except OSError:
                # The terminal has gone; the keyboard will say so, too.
                return


class _Reader:
    """One page being read: it scrolls, and survives resizing and Ctrl-Z."""

    def __init__(
        self, terminal: Terminal, page: Page, prompt: str, *, again: bool = False
    ) -> None:
        self.terminal = terminal
        self.page = page
        self.again = again
        self.prompt = prompt
        self.top = 0
        self.begun = False
        self.hidden = False
        self.echoed = ""

    def next(self, typed: str) -> str:
        """Show the page with *typed* after the prompt and return the next key."""
        while True:
            self._show(typed)
            match self.terminal.keyboard.read(float("inf")):
                case Signalled(number=number):
                    self._signalled(number)
                case str() as key if key in _SCROLL and self.terminal.full:
                    self.top += _SCROLL[key] * max(1, self.terminal.size[1] - 3)
                case str() as key if key == keys.END_OF_INPUT or not self.hidden:
                    return key
                case _:
                    pass

    def close(self) -> None:
        """End the line of the prompt, where it is one among others."""
        if not self.terminal.full and self.begun:
            self.terminal.say("")

    def _signalled(self, number: int) -> None:
        match number:
            case signal.SIGTSTP:
                self.terminal.suspend()
                self.begun = False
            case signal.SIGCONT:
                self.terminal.resume()
                self.begun = False
            case signal.SIGWINCH:
                pass
            case _:
                raise EndedBySignalError(number)

    def _show(self, typed: str) -> None:
        if self.terminal.full:
            self._draw(typed)
        else:
            self._print(typed)

    def _draw(self, typed: str) -> None:
        width, height = self.terminal.size
        self.hidden = width < _NARROWEST_PAGE or height < _LOWEST_PAGE
        if self.hidden:
            self.terminal.draw(page_rows((Line("Enlarge the window."),), width))
            self.begun = False
            return
        rows = page_rows(self.page, width)
        prompt = page_rows((Line(f"{self.prompt}{typed}_"),), width)
        room = max(1, height - 1 - len(prompt))
        self.top = max(0, min(self.top, len(rows) - room))
        visible = rows[self.top : self.top + room]
        more = _more(len(rows) - self.top - room, width)
        shown = [*visible, Text(more), *prompt]
        self.terminal.draw(shown, forget=not self.begun and not self.again)
        self.begun = True

    def _beginning(self) -> str:
        if self.again:
            return self.prompt
        self.terminal.keyboard.flush()
        return f"{plain(self.page, self.terminal.size[0])}\n{self.prompt}"

    def _print(self, typed: str) -> None:
        if not self.begun:
            self.terminal.write(self._beginning())
            self.echoed, self.begun = "", True
        gone = max(0, len(self.echoed) - len(typed))
        self.terminal.write("\b \b" * gone + typed[len(self.echoed) :])
        self.echoed = typed


def _line(reader: _Reader) -> str | None:
    """Return what is typed until Enter; ``None`` at the end of input."""
    typed = ""
    while True:
        match reader.next(typed):
            case keys.ENTER:
                return typed
            case keys.END_OF_INPUT if not typed:
                return None
            case keys.BACKSPACE:
                typed = typed[:-1]
            case keys.CLEAR:
                typed = ""
            case key if len(key) == 1 and len(typed) < _LONGEST_LINE:
                typed += key


_SCROLL = {keys.UP: -1, keys.DOWN: 1, keys.PAGE_UP: -1, keys.PAGE_DOWN: 1}


def _more(below: int, width: int) -> str:
    """Return how much of a page is out of sight, as long as *width* allows."""
    if below <= 0:
        return ""
    known = (
        f"(more below: down arrow or page down; {below} rows)",
        f"(more below, down arrow: {below} rows)",
        "(more: down arrow)",
    )
    return next(text for text in known if len(text) <= max(width, _NARROWEST_PAGE))


def _within(length: int) -> int:
    return min(max(length, _FEWEST), _MOST)
