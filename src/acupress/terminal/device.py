"""
The terminal device: draws rows, asks for a line or a key, suspends and resumes.

``frame.py`` decides what is written for a row. On every way out the terminal is
restored: main screen, cursor, echo.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from contextlib import closing
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.text import Text

from acupress.terminal import colours, images, keys
from acupress.terminal.colours import Background
from acupress.terminal.frame import Frame
from acupress.terminal.images import Graphics
from acupress.terminal.layouts import key_meant
from acupress.terminal.pager import Aside, Complete, PageReader, typed_line
from acupress.terminal.render import Panel
from acupress.terminal.system import (
    both_ends,
    can_write,
    cell_pixels,
    keyboard,
    running,
    uptime,
    write,
)
from acupress.text.layout import Page, encodable_text

_ENTER_SCREEN = "\x1b[?1049h\x1b[?25l\x1b[2J"
_ENTER_FOR_LINES = "\x1b[?1049h\x1b[2J\x1b[H"
_LEAVE_SCREEN = "\x1b[0m\x1b[?25h\x1b[?1049l"
_FEWEST, _MOST = 1, 500

# A bar at the left, and where the cursor is after it: some terminals draw characters of
# ambiguous width in two cells. The background (OSC 11); the attributes (DA1).
_HOW_WIDE = "\x1b[H\N{BOX DRAWINGS HEAVY HORIZONTAL}\x1b[6n"
# Also for a terminal that shows a query that it does not know as text.
_BLANK = "\x1b[2J"
_WHICH_BACKGROUND, _WHO_ARE_YOU = "\x1b]11;?\x1b\\", "\x1b[c"
_BACKGROUND = "\x1b]11;"
_PLACE = re.compile(r"\x1b\[\d+;(\d+)R")

# Fallback for a terminal that reports a size of 0.
_USUAL_COLUMNS, _USUAL_ROWS = 80, 24


_NO_KEY = "That key does nothing here. Ctrl-C leaves, as q does."


def graphics() -> Graphics | None:
    """
    Return the images that the terminal can show, outside of a session.

    Nothing is asked where it could not answer, nor where keys were typed ahead, which
    belong to the next program.
    """
    if not both_ends() or colours.dumb(os.environ):
        return None
    with keyboard(0, lambda: None) as keys_:
        if keys_.input_pending():
            return None
        asked = f"{images.query_through(os.environ)}{images.query(os.environ)}"
        write(f"{asked}\r\x1b[K{_WHO_ARE_YOU}".encode())
        replies = keys_.replies(*images.last_reply(os.environ))
        return images.graphics_of(replies, cell_pixels())


def size() -> tuple[int, int]:
    """Return the columns and rows of the terminal on stdout, each from 1 to 500."""
    try:
        columns, rows = os.get_terminal_size(1)
    except OSError:
        columns, rows = 0, 0
    return _within(columns or _USUAL_COLUMNS), _within(rows or _USUAL_ROWS)


def _redirect_to_null() -> None:
    """Redirect stdout and stderr to the null device: the terminal is gone."""
    null = os.open(os.devnull, os.O_WRONLY)
    for fd in (1, 2):
        os.dup2(null, fd)
    os.close(null)


class Terminal:
    """
    The terminal on stdin and stdout, as a context manager.

    *full* draws the whole screen; else it prints line by line, for screen readers and
    dumb terminals. Both use the alternate screen if there is one (*own*), so that no
    question or answer stays in the scrollback.
    """

    def __init__(self, *, full: bool) -> None:
        """Detect the terminal's capabilities."""
        probe = Console(file=sys.stdout)
        self.frame = Frame(
            colours.colours(os.environ, terminal=True), Background.UNKNOWN
        )
        self.replies: list[str] = []
        self.blocks = not probe.legacy_windows and probe.encoding.startswith("utf")
        unknown = not os.environ.get("TERM") or probe.is_dumb_terminal
        self.own = not unknown
        self.full = full and self.own
        self.entered = False
        self.reading_place = 0, 0
        self.keyboard = keyboard(0, self._leave_unless_stuck)
        self.now = uptime
        self.writing = 0.0  # seconds spent in write() so far

    def __enter__(self) -> Self:
        """Set up the keyboard and the alternate screen."""
        self.keyboard.__enter__()
        if self.full and not self.keyboard.end_requested():
            self.write(images.query_through(os.environ))
        self._enter_screen()
        if self.full and self.entered:
            self._ask_terminal()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Restore the terminal."""
        self._leave_screen()
        self.keyboard.__exit__(kind, error, trace)
        if not both_ends():
            _redirect_to_null()

    @property
    def graphics(self) -> Graphics | None:
        """
        The images that it can show, by what it has replied until now.

        For sixel the pixels of a cell are those of now: a font can change.
        """
        self.replies += self.keyboard.replies("", 0.0)
        return images.graphics_of(self.replies, cell_pixels())

    @property
    def size(self) -> tuple[int, int]:
        """Columns and rows, each at least one."""
        return size()

    def ask(
        self,
        page: Page,
        prompt: str,
        *,
        trouble: str = "",
        at_once: str = "",
        complete: Complete | None = None,
    ) -> str | None:
        """
        Show *page*, discard typed-ahead input, and return the next line.

        With *trouble*, the page is on the screen already and that message is shown at
        the prompt. A key of *at_once*, typed first, is returned without Enter.
        Tab goes on as *complete* says.
        ``None`` is the end of input.
        """
        place = self.reading_place if trouble else None
        asked = PageReader(self, page, f"{prompt}: ", again=place, trouble=trouble)
        with closing(asked) as reader:
            line = typed_line(reader, at_once=at_once, complete=complete)
        self.reading_place = reader.top, reader.seen
        return line

    def key(
        self,
        page: Page,
        prompt: str,
        allowed: Sequence[str],
        *,
        again: bool = False,
        aside: Aside | None = None,
    ) -> str | None:
        """
        Show *page* and return the next key in *allowed*; ``None`` at end of input.

        With *again* the page is on the screen already, and typed-ahead keys count.
        *aside* is shown beside it, where there is room.
        """
        place = self.reading_place if again else None
        with closing(PageReader(self, page, prompt, again=place)) as reader:
            reader.aside = aside
            while (key := key_meant(reader.next(""))) not in allowed:
                if key == keys.END_OF_INPUT:
                    return None
                # The pager has scrolled where it says that a line is to be cleared.
                reader.warn("" if key == keys.CLEAR else _NO_KEY)
        self.reading_place = reader.top, reader.seen
        return key

    def field(
        self,
        page: Page,
        prompt: str,
        typed: str,
        *,
        trouble: str = "",
        aside: Aside | None = None,
    ) -> str | None:
        """
        Show *page*, which is on the screen already, and edit the line *typed*.

        Return it at Enter; ``None`` if Escape leaves it, or at the end of input. No
        letter is a command in it.
        """
        place = self.reading_place
        asked = PageReader(self, page, f"{prompt}: ", again=place, trouble=trouble)
        with closing(asked) as reader:
            reader.paging, reader.aside = False, aside
            return typed_line(reader, typed, leaving=True)

    def say(self, text: str) -> None:
        """Print *text* as a line; only for a terminal that is not *full*."""
        self.write(text + "\n")

    def draw(
        self,
        rows: Sequence[Text],
        *,
        picture: Panel | None = None,
        top: int = 0,
        forget: bool = False,
    ) -> None:
        """
        Show *rows* from the top of the screen; write only those that changed.

        A *picture* stands at their left from row *top* on. *forget* discards
        typed-ahead input just before writing, so that an answer typed as soon as the
        rows appear still counts. No-op until the screen is entered.
        """
        if not self.entered:
            return
        self.frame.graphics = self.graphics
        text = self.frame.update(rows, self.size, picture, top)
        if forget:
            self.keyboard.flush()
        if text:
            self.write(text)

    def bell(self) -> None:
        """Ring the bell."""
        self.write("\a")

    def suspend(self) -> None:
        """Restore the terminal, stop as Ctrl-Z does, and set up again on resuming."""
        self._leave_screen()
        self.keyboard.suspend()
        self.resume()

    def resume(self) -> None:
        """Set the terminal up again after another program had it; redraw everything."""
        self.keyboard.listen()
        self.frame.forget()
        self._enter_screen()

    def _ask_terminal(self) -> None:
        """
        Ask for the background, images and how wide a bar is; wait briefly for answers.

        Every terminal answers the request for its attributes, which comes last, so that
        one that knows nothing else is not waited for. Answers that come later are read
        by the keyboard like any sequence: none of their bytes is a key, and images are
        shown if they are there when a session begins.
        """
        bar = _HOW_WIDE if self.blocks else ""
        asked = f"{images.query(os.environ)}{bar}{_BLANK}{_WHICH_BACKGROUND}"
        self.write(f"{asked}{_WHO_ARE_YOU}")
        background = Background.UNKNOWN
        self.replies = self.keyboard.replies(*images.last_reply(os.environ))
        for reply in self.replies:
            if place := _PLACE.match(reply):
                self.blocks = self.blocks and place[1] == "2"
            elif reply.startswith(_BACKGROUND):
                background = colours.background_of(reply)
        self.frame = Frame(self.frame.many, background)

    def _enter_screen(self) -> None:
        """Enter the alternate screen, unless a signal is about to end the program."""
        if self.own and not self.keyboard.end_requested():
            self.write(_ENTER_SCREEN if self.full else _ENTER_FOR_LINES)
            self.entered = True

    def _leave_screen(self) -> None:
        if self.entered:
            self.write(self.frame.removal() + _LEAVE_SCREEN)
            self.entered = False

    def _leave_unless_stuck(self) -> None:
        """Leave the alternate screen unless writing would block: for a forced exit."""
        if can_write():
            self._leave_screen()

    def write(self, text: str) -> None:
        """Write *text* in the terminal's encoding; output that fails is dropped."""
        started = running()
        encoding = sys.stdout.encoding or "utf-8"
        write(encodable_text(encoding, text).encode(encoding, "replace"))
        self.writing += running() - started


def _within(length: int) -> int:
    return min(max(length, _FEWEST), _MOST)
