"""
A pager with a prompt: shows a page, scrolls it, and reads a key or a line.

Type-ahead is discarded before the page is shown, and Enter scrolls until the whole
page has been seen: no question is answered unread. Unprintable characters are echoed
as a replacement mark and stay in the line, which then matches no answer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import zip_longest
from typing import Protocol

from rich.text import Text

from acupress.errors import EndedBySignalError
from acupress.terminal import keys
from acupress.terminal.keys import Signalled
from acupress.terminal.layouts import key_meant, narrow
from acupress.terminal.render import GUTTER, page_rows
from acupress.text.layout import WIDEST, Line, Page, Tone, plain_text

# A pain of two digits, a space and the longest note. A longer line ends in a mark that
# makes it invalid, since a truncated line might be a valid answer.
_LONGEST_LINE = 203
_FURTHER = "(more: Enter) "
_CUT, _UNSEEN = "\N{HORIZONTAL ELLIPSIS}", "\N{REPLACEMENT CHARACTER}"

# In a smaller window the page is hidden, and takes no answer.
_NARROWEST_PAGE, _LOWEST_PAGE = 20, 5


Complete = Callable[[str], tuple[str, str]]
"""Returns a line as completed at Tab, and what else it may go on with, or ""."""
# Columns for a page with something to its right, and for that.
_WORDS, _ASIDE = 70, 64

Aside = Callable[[int, int], Sequence[Text]]
"""Returns what to show beside a page within columns and rows; nothing if no room."""


class KeySource(Protocol):
    """The part of a Keyboard that the pager needs."""

    def end_requested(self) -> bool:
        """Tell whether a fatal signal is queued."""

    def input_pending(self) -> bool:
        """Tell whether anything is queued."""

    def read(self, seconds: float) -> str | Signalled | None:
        """Return the next key or signal, or ``None`` after *seconds*."""

    def flush(self) -> None:
        """Discard type-ahead."""


class PagerScreen(Protocol):
    """
    The part of a Terminal that the pager needs.

    *full* draws the whole screen; *own* is the alternate screen, without scrollback.
    """

    full: bool
    own: bool

    @property
    def keyboard(self) -> KeySource:
        """The keyboard of this terminal."""

    @property
    def size(self) -> tuple[int, int]:
        """Columns and rows."""

    def draw(self, rows: Sequence[Text], *, forget: bool = False) -> None:
        """Show *rows*; *forget* discards type-ahead just before."""

    def say(self, text: str) -> None:
        """Print a line."""

    def write(self, text: str) -> None:
        """Write text without a newline."""

    def suspend(self) -> None:
        """Stop the process as Ctrl-Z does; set up again on resuming."""

    def resume(self) -> None:
        """Set the terminal up again after a SIGCONT."""


class PageReader:
    """The pager of one page; it survives resizing and Ctrl-Z."""

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
        Start at the top of *page*, or, if it is on the screen already, at *again*.

        That is its first visible row and how many have been seen. Type-ahead then
        counts, unless there is *trouble*: a message shown next to the prompt.
        """
        self.again = again is not None
        self.trouble = trouble
        self.terminal = terminal
        self.page = page
        self.prompt = prompt
        self.top, self.seen = again or (0, 0)
        self.room = 1
        self.rows = 0
        self.begun = False  # the prompt is on the screen
        self.hidden = False  # the window is too small
        self.unread = False  # some rows have not been on the screen yet
        self.stale = True  # the screen must be drawn anew
        self.further = False  # a next part is wanted, in line mode
        self.paging = True  # Enter reads on while some rows are unread
        self.echoed = ""
        self.aside: Aside | None = None  # shown if there is room beside all of the page

    def next(self, typed: str) -> str:
        """
        Show the page with *typed* after the prompt and return the next key.

        Drawing is skipped while input is pending (paste, held keys). Scrolling
        returns CLEAR, which discards what was typed.
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
                    self._handle_signal(number)
                    self.stale = True
                case str() as key if key in _SCROLL and self.terminal.full:
                    if self._scrolled(_SCROLL[key]):
                        return keys.CLEAR
                case keys.ENTER if self.paging and self.unread and not self.hidden:
                    if self._scrolled(1):
                        return keys.CLEAR
                case str() as key if key == keys.END_OF_INPUT or not self.hidden:
                    return key
                case _:
                    pass

    def warn(self, trouble: str) -> None:
        """Show *trouble* at the prompt, on a whole screen."""
        if self.terminal.full:
            self.trouble, self.stale = trouble, True

    def offer(self, choices: str) -> None:
        """Show what the line may go on with; in line mode above a new prompt."""
        if self.terminal.full:
            self.trouble, self.stale = choices, True
        elif choices:
            self.terminal.write(f"\n{choices}\n{self.prompt}")
            self.echoed = ""

    def _scrolled(self, by: int) -> bool:
        """Scroll by *by* windows; return whether the page has moved."""
        if self.hidden:
            return False
        if not self.terminal.full:
            self.begun = False
            self.stale = self.further = True
            return True
        top = self.top + by * max(1, self.room - 1)  # one row overlaps
        top = max(0, min(top, self.rows - self.room))
        moved, self.top = top != self.top, top
        self.stale = self.stale or moved
        return moved

    def close(self) -> None:
        """Print a newline after the prompt, in line mode."""
        if not self.terminal.full and self.begun:
            self.terminal.say("")

    def _handle_signal(self, number: int) -> None:
        match number:
            case keys.SUSPEND:
                self.terminal.suspend()
                self._restart()
            case keys.GOING_ON:
                self.terminal.resume()
                self._restart()
            case keys.RESIZED:
                pass
            case _:
                raise EndedBySignalError(number)

    def _restart(self) -> None:
        """Assume that nothing of the page is on the screen any more."""
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
        prompt = page_rows((Line(f"{self.prompt}{typed}_"),), width)
        trouble = self._trouble(width)[: max(1, height - len(prompt) - 2)]
        rows = self._rows(width, height - len(prompt) - max(1, len(trouble)))
        # The message takes the place of the blank row above the prompt.
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
        self.terminal.draw(shown, forget=self._discards and not self.begun)
        self.begun = True

    def _rows(self, width: int, room: int) -> list[Text]:
        """Return the page, with what is aside to its right or below it."""
        rows = page_rows(self.page, width)
        if self.aside is None:
            return rows
        words = max(_WORDS, min(WIDEST, width - _ASIDE))
        lines = page_rows(self.page, words)
        free = width - words - GUTTER
        if len(lines) <= room and free > 0 and (right := self.aside(free, room)):
            pairs = zip_longest(lines, right, fillvalue=Text())
            gaps = [words + GUTTER - row.cell_len for row in lines]
            gaps += [words + GUTTER] * (len(right) - len(lines))
            return [
                Text.assemble(left, " " * gap, other)
                for (left, other), gap in zip(pairs, gaps, strict=True)
            ]
        below = self.aside(min(width, WIDEST), room - len(rows) - 1)
        return [*rows, Text(), *below] if below else rows

    @property
    def _discards(self) -> bool:
        return not self.again or bool(self.trouble)

    def _trouble(self, width: int) -> list[Text]:
        message = (Line(self.trouble, Tone.WARNING),) if self.trouble else ()
        return page_rows(message, width)

    def _next_part(self) -> str:
        """Return the page as lines; without scrollback only as many as fit."""
        if self._discards and not self.further:
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
            self.terminal.write(self._next_part())
            self.echoed, self.begun = "", True
        erased = max(0, len(self.echoed) - len(typed))
        self.terminal.write("\b \b" * erased + typed[len(self.echoed) :])
        self.echoed = typed


def typed_line(
    reader: PageReader,
    typed: str = "",
    *,
    at_once: str = "",
    leaving: bool = False,
    complete: Complete | None = None,
) -> str | None:
    """
    Return the line, *typed* so far, at Enter; ``None`` at end of input.

    A key of *at_once*, typed first, is returned without Enter. If *leaving*, so is
    ``None`` at Escape. Tab goes on as *complete* says.
    """
    while True:
        match reader.next(typed):
            case key if not typed and _is_one_of(key, at_once):
                return key_meant(key)
            case keys.ENTER:
                return typed
            case keys.ESCAPE if leaving:
                return None
            case keys.END_OF_INPUT if not typed:
                return None
            case keys.BACKSPACE:
                typed = typed[:-1]
            case keys.CLEAR:
                typed = ""
            case "\t" if complete:
                typed, choices = complete(typed)
                reader.offer(choices)
            case key if len(key) == 1 or key in _SHOWN:
                typed = _append(typed, _SHOWN.get(key, key))


def _is_one_of(key: str, at_once: str) -> bool:
    """Tell whether *key* is one of *at_once*: a letter of any keyboard, or itself."""
    wanted = [*at_once]
    return narrow(key) in wanted or (key.isalpha() and key_meant(key) in wanted)


_SHOWN = {keys.UNSEEN: _UNSEEN, "\t": " "}


def _append(typed: str, mark: str) -> str:
    return f"{typed[:_LONGEST_LINE]}{mark if len(typed) < _LONGEST_LINE else _CUT}"


_SCROLL = {keys.UP: -1, keys.DOWN: 1, keys.PAGE_UP: -1, keys.PAGE_DOWN: 1}


def _more(below: int, width: int) -> str:
    """Return the hint that *below* rows follow, the longest text that fits *width*."""
    if below <= 0:
        return ""
    hints = (
        f"(more below: Enter or down arrow; {below} rows)",
        f"(more: Enter or arrow; {below} rows)",
        "(more: Enter)",
    )
    return next(text for text in hints if len(text) <= max(width, _NARROWEST_PAGE))
