"""
A page being read at the terminal: it scrolls, and waits for what is typed.

Whatever was typed before the page was shown is forgotten, and a page that has not
been seen to its end cannot be answered: Enter reads on.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from rich.text import Text

from acupress.errors import EndedBySignalError
from acupress.layout import Line, Page, plain
from acupress.terminal import keys
from acupress.terminal.keys import Signalled
from acupress.view import page_rows

_LONGEST_LINE = 60

# A question that cannot be seen is not to be answered.
_NARROWEST_PAGE, _LOWEST_PAGE = 20, 5


class Typed(Protocol):
    """What a reader needs of the keyboard."""

    @property
    def told_to_end(self) -> bool:
        """Whether a signal that ends the program waits to be read."""

    def read(self, seconds: float) -> str | Signalled | None:
        """Return the next key or signal, or ``None`` after *seconds*."""

    def flush(self) -> None:
        """Discard what was typed before now."""


class Slate(Protocol):
    """What a reader needs of the terminal; *full* has the whole screen."""

    full: bool

    @property
    def keyboard(self) -> Typed:
        """What is typed there."""

    @property
    def size(self) -> tuple[int, int]:
        """Columns and rows."""

    def draw(self, rows: Sequence[Text], *, forget: bool = False) -> None:
        """Show *rows*; with *forget*, what was typed until then does not count."""

    def say(self, text: str) -> None:
        """Print a line."""

    def write(self, text: str) -> None:
        """Write text as it is."""

    def suspend(self) -> None:
        """Give the terminal to the shell for a while."""

    def resume(self) -> None:
        """Take the terminal over again."""


class Reader:
    """One page being read: it scrolls, and survives resizing and Ctrl-Z."""

    def __init__(
        self,
        terminal: Slate,
        page: Page,
        prompt: str,
        *,
        again: tuple[int, int] | None = None,
    ) -> None:
        """
        Begin at the top of *page*.

        *again*, it is there already: its first row in sight and how many have been
        seen. Then what was typed meanwhile counts.
        """
        self.again = again is not None
        self.terminal = terminal
        self.page = page
        self.prompt = prompt
        self.top, self.seen = again or (0, 0)
        self.room = 1
        self.begun = False
        self.hidden = False
        self.unread = False
        self.echoed = ""

    def next(self, typed: str) -> str:
        """Show the page with *typed* after the prompt and return the next key."""
        while True:
            if not self.terminal.keyboard.told_to_end:
                self._show(typed)
            match self.terminal.keyboard.read(float("inf")):
                case Signalled(number=number):
                    self._signalled(number)
                case str() as key if key in _SCROLL and self.terminal.full:
                    self._scroll(_SCROLL[key])
                case keys.ENTER if self.unread and not self.hidden:
                    self._scroll(1)
                case str() as key if key == keys.END_OF_INPUT or not self.hidden:
                    return key
                case _:
                    pass

    def _scroll(self, by: int) -> None:
        self.top += by * max(1, self.room - 1)  # one row stays

    def close(self) -> None:
        """End the line of the prompt, where it is one among others."""
        if not self.terminal.full and self.begun:
            self.terminal.say("")

    def _signalled(self, number: int) -> None:
        match number:
            case keys.SUSPEND:
                self.terminal.suspend()
                self.begun = False
            case keys.GOING_ON:
                self.terminal.resume()
                self.begun = False
            case keys.RESIZED:
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
        bare = page_rows((Line(f"{self.prompt}_"),), width)
        lowest = max(_LOWEST_PAGE, len(bare) + 2)
        self.hidden = width < _NARROWEST_PAGE or height < lowest
        if self.hidden:
            self.terminal.draw(page_rows((Line("Enlarge the window."),), width))
            self.begun = False
            return
        rows = page_rows(self.page, width)
        prompt = page_rows((Line(f"{self.prompt}{typed}_"),), width)
        self.room = max(1, height - 1 - len(prompt))
        self.top = max(0, min(self.top, len(rows) - self.room))
        visible = rows[self.top : self.top + self.room]
        self.seen = max(self.seen, self.top + len(visible))
        self.unread = self.seen < len(rows)
        more = _more(len(rows) - self.top - self.room, width)
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


def typed_line(reader: Reader) -> str | None:
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
        f"(more below: Enter or down arrow; {below} rows)",
        f"(more: Enter or arrow; {below} rows)",
        "(more: Enter)",
    )
    return next(text for text in known if len(text) <= max(width, _NARROWEST_PAGE))
