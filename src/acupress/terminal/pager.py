"""
A page being read at the terminal: it scrolls, and waits for what is typed.

Whatever was typed before the page was shown is forgotten, and a page that has not
been seen to its end cannot be answered: Enter reads on. All that is typed counts,
also what no screen shows: it stands there as a mark, and is part of no word.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from rich.text import Text

from acupress.errors import EndedBySignalError
from acupress.terminal import keys
from acupress.terminal.keys import Signalled
from acupress.terminal.render import page_rows
from acupress.text.layout import Line, Page, Tone, plain_text

# A pain of two digits, a space and the longest note. What is longer than this says
# so by its last mark, and is no answer: it must never be cut into one.
_LONGEST_LINE = 203
_FURTHER = "(more: Enter) "
_CUT, _UNSEEN = "\N{HORIZONTAL ELLIPSIS}", "\N{REPLACEMENT CHARACTER}"

# A question that cannot be seen is not to be answered.
_NARROWEST_PAGE, _LOWEST_PAGE = 20, 5


class KeySource(Protocol):
    """What a reader needs of the keyboard."""

    def end_requested(self) -> bool:
        """Whether a signal that ends the program waits to be read."""

    def input_pending(self) -> bool:
        """Whether more was typed than has been read."""

    def read(self, seconds: float) -> str | Signalled | None:
        """Return the next key or signal, or ``None`` after *seconds*."""

    def flush(self) -> None:
        """Discard what was typed before now."""


class PagerScreen(Protocol):
    """
    What a reader needs of the terminal.

    *full* has the whole screen drawn; *own* is a screen that nothing is left of,
    from which a row that has scrolled away does not come back.
    """

    full: bool
    own: bool

    @property
    def keyboard(self) -> KeySource:
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


class PageReader:
    """One page being read: it scrolls, and survives resizing and Ctrl-Z."""

    def __init__(
        self,
        terminal: PagerScreen,
        page: Page,
        prompt: str,
        *,
        again: tuple[int, int] | None = None,
        trouble: str = "",
    ) -> None:
        """
        Begin at the top of *page*.

        *again*, it is there already: its first row in sight and how many have been
        seen. Then what was typed meanwhile counts, unless there is *trouble* to be
        told first, which stands beside the prompt and moves nothing.
        """
        self.again = again is not None
        self.trouble = trouble
        self.terminal = terminal
        self.page = page
        self.prompt = prompt
        self.top, self.seen = again or (0, 0)
        self.room = 1
        self.rows = 0
        self.begun = False
        self.hidden = False
        self.unread = False
        self.stale = True
        self.further = False
        self.echoed = ""

    def next(self, typed: str) -> str:
        """
        Show the page with *typed* after the prompt and return the next key.

        What came all at once is read before it is shown. To have paged on takes
        back what was typed.
        """
        while True:
            keyboard = self.terminal.keyboard
            if not keyboard.end_requested() and (
                self.stale or not keyboard.input_pending()
            ):
                self._show(typed)
                self.stale = self.hidden
            match keyboard.read(float("inf")):
                case Signalled(number=number):
                    self._signalled(number)
                    self.stale = True
                case str() as key if key in _SCROLL and self.terminal.full:
                    if self._scrolled(_SCROLL[key]):
                        return keys.CLEAR
                case keys.ENTER if self.unread and not self.hidden:
                    if self._scrolled(1):
                        return keys.CLEAR
                case str() as key if key == keys.END_OF_INPUT or not self.hidden:
                    return key
                case _:
                    pass

    def _scrolled(self, by: int) -> bool:
        """Scroll *by* so many windows, and tell whether the page has moved."""
        if self.hidden:
            return False
        if not self.terminal.full:
            self.begun = False
            self.stale = self.further = True
            return True
        top = self.top + by * max(1, self.room - 1)  # one row stays
        top = max(0, min(top, self.rows - self.room))
        moved, self.top = top != self.top, top
        self.stale = self.stale or moved
        return moved

    def close(self) -> None:
        """End the line of the prompt, where it is one among others."""
        if not self.terminal.full and self.begun:
            self.terminal.say("")

    def _signalled(self, number: int) -> None:
        match number:
            case keys.SUSPEND:
                self.terminal.suspend()
                self._begin_anew()
            case keys.GOING_ON:
                self.terminal.resume()
                self._begin_anew()
            case keys.RESIZED:
                pass
            case _:
                raise EndedBySignalError(number)

    def _begin_anew(self) -> None:
        """Take it that nothing of the page is to be seen any more."""
        self.begun = False
        if not self.terminal.full:
            self.again = self.further = False
            self.top = self.seen = 0

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
        trouble = self._trouble(width)[: max(1, height - len(prompt) - 2)]
        # What is wrong stands where else there is an empty row.
        self.rows, self.room = len(rows), max(1, height - len(prompt) - len(trouble))
        if not trouble or self.top + self.room < len(rows):
            self.room = max(1, self.room - 1)
        self.top = max(0, min(self.top, len(rows) - self.room))
        visible = rows[self.top : self.top + self.room]
        self.seen = max(self.seen, self.top + len(visible))
        self.unread = self.seen < len(rows)
        more = _more(len(rows) - self.top - self.room, width)
        gap = [Text(more)] if more or not trouble else []
        shown = [*visible, *gap, *trouble, *prompt]
        self.terminal.draw(shown, forget=self._forgets and not self.begun)
        self.begun = True

    @property
    def _forgets(self) -> bool:
        return not self.again or bool(self.trouble)

    def _trouble(self, width: int) -> list[Text]:
        wrong = (Line(self.trouble, Tone.WARNING),) if self.trouble else ()
        return page_rows(wrong, width)

    def _beginning(self) -> str:
        """Return the page as lines, or its next part where what scrolls is lost."""
        if self._forgets and not self.further:
            self.terminal.keyboard.flush()
        width, height = self.terminal.size
        trouble = "".join(f"{row.plain}\n" for row in self._trouble(width))
        if self.again:
            return f"{trouble}{self.prompt}"
        rows = plain_text(self.page, width).split("\n")
        room = len(rows)
        if self.terminal.own:
            room = max(1, height - len(page_rows((Line(self.prompt),), width)))
        part = rows[self.seen : self.seen + room]
        self.seen += len(part)
        self.unread = self.seen < len(rows)
        asking = _FURTHER if self.unread else f"{trouble}{self.prompt}"
        erased = "\b \b" * len(_FURTHER) if self.further else ""
        return erased + "".join(f"{row}\n" for row in part) + asking

    def _print(self, typed: str) -> None:
        if not self.begun:
            self.terminal.write(self._beginning())
            self.echoed, self.begun = "", True
        gone = max(0, len(self.echoed) - len(typed))
        self.terminal.write("\b \b" * gone + typed[len(self.echoed) :])
        self.echoed = typed


def typed_line(reader: PageReader, at_once: str = "") -> str | None:
    """
    Return what is typed until Enter; ``None`` at the end of input.

    A line that begins with a letter of *at_once* is that letter, without Enter.
    """
    typed = ""
    while True:
        match reader.next(typed):
            case key if not typed and len(key) == 1 and key.lower() in at_once:
                return key
            case keys.ENTER:
                return typed
            case keys.END_OF_INPUT if not typed:
                return None
            case keys.BACKSPACE:
                typed = typed[:-1]
            case keys.CLEAR:
                typed = ""
            case keys.UNSEEN:
                typed = _with(typed, _UNSEEN)
            case "\t":
                typed = _with(typed, " ")
            case key if len(key) == 1:
                typed = _with(typed, key)


def _with(typed: str, mark: str) -> str:
    return f"{typed[:_LONGEST_LINE]}{mark if len(typed) < _LONGEST_LINE else _CUT}"


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
