"""
The terminal device: draws rows, asks for a line or a key, suspends and resumes.

Rich renders the rows; a diff against the last frame decides which are written. On
every way out the terminal is restored: main screen, cursor, echo.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import closing
from io import StringIO
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.text import Text

from acupress.terminal import colours, keys
from acupress.terminal.pager import PageReader, typed_line
from acupress.terminal.render import PANEL_TOP, Panel
from acupress.terminal.system import (
    can_write,
    is_terminal,
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

# Fallback for a terminal that reports a size of 0.
_USUAL_COLUMNS, _USUAL_ROWS = 80, 24


def both_ends() -> bool:
    """Tell whether the program is interactive: stdin and stdout are terminals."""
    return is_terminal(0) and is_terminal(1)


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
        refused = not colours.colours(os.environ, terminal=True)
        self.colours = None if refused else probe.color_system
        self.blocks = not probe.legacy_windows and probe.encoding.startswith("utf")
        unknown = not os.environ.get("TERM") or probe.is_dumb_terminal
        self.own = not unknown
        self.full = full and self.own
        self.entered = False
        self.reading_place = 0, 0
        self.keyboard = keyboard(0, self._leave_unless_stuck)
        self.now = uptime
        self.writing = 0.0  # seconds spent in write() so far
        self.rows: Sequence[Text] = ()
        self.layout: tuple[object, ...] | None = None

    def __enter__(self) -> Self:
        """Set up the keyboard and the alternate screen."""
        self.keyboard.__enter__()
        self._enter_screen()
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
    def size(self) -> tuple[int, int]:
        """Columns and rows, each at least one."""
        return size()

    def ask(
        self, page: Page, prompt: str, *, trouble: str = "", at_once: str = ""
    ) -> str | None:
        """
        Show *page*, discard typed-ahead input, and return the next line.

        With *trouble*, the page is on the screen already and that message is shown at
        the prompt. A letter of *at_once*, typed first, is returned without Enter.
        ``None`` is the end of input.
        """
        place = self.reading_place if trouble else None
        asked = PageReader(self, page, f"{prompt}: ", again=place, trouble=trouble)
        with closing(asked) as reader:
            line = typed_line(reader, at_once)
        self.reading_place = reader.top, reader.seen
        return line

    def key(
        self, page: Page, prompt: str, allowed: Sequence[str], *, again: bool = False
    ) -> str | None:
        """
        Show *page* and return the next key in *allowed*; ``None`` at end of input.

        With *again* the page is on the screen already, and typed-ahead keys count.
        """
        place = self.reading_place if again else None
        with closing(PageReader(self, page, prompt, again=place)) as reader:
            while (key := reader.next("")) not in allowed:
                if key == keys.END_OF_INPUT:
                    return None
        self.reading_place = reader.top, reader.seen
        return key

    def say(self, text: str) -> None:
        """Print *text* as a line; only for a terminal that is not *full*."""
        self.write(text + "\n")

    def draw(
        self,
        rows: Sequence[Text],
        *,
        picture: Panel | None = None,
        forget: bool = False,
    ) -> None:
        """
        Show *rows* from the top of the screen; write only those that changed.

        A *picture* at their left is written only when it is another object. *forget*
        discards typed-ahead input just before writing, so that an answer typed as soon
        as the rows appear still counts. No-op until the screen is entered.
        """
        if not self.entered:
            return
        columns, height = self.size
        layout = (columns, height, picture)
        fresh = layout != self.layout
        rows = [*rows[:height], *[Text()] * (height - len(rows))]
        before = [Text()] * height if fresh else self.rows
        # Compare before rendering, which is the expensive part.
        changed = [
            number
            for number, (row, old) in enumerate(zip(rows, before, strict=True))
            if _appearance(row) != _appearance(old)
        ]
        painted = self._rendered([rows[number] for number in changed], columns)
        # Erase first: after a full row the cursor is still on the last cell.
        text = "".join(
            f"\x1b[{row};{_column(picture, row)}H\x1b[K{paint}"
            for row, paint in zip((n + 1 for n in changed), painted, strict=True)
        )
        if forget:
            self.keyboard.flush()
        if fresh:
            self.write("\x1b[2J" + self._framed(picture, columns) + text)
        elif changed:
            self.write(text)
        self.rows, self.layout = rows, layout

    def _framed(self, picture: Panel | None, columns: int) -> str:
        rows = self._rendered(picture.rows, columns) if picture else []
        return "".join(
            f"\x1b[{row};1H{text}" for row, text in enumerate(rows, PANEL_TOP + 1)
        )

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
        self.layout = None
        self._enter_screen()

    def _rendered(self, rows: Sequence[Text], width: int) -> list[str]:
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

    def _enter_screen(self) -> None:
        """Enter the alternate screen, unless a signal is about to end the program."""
        if self.own and not self.keyboard.end_requested():
            self.write(_ENTER_SCREEN if self.full else _ENTER_FOR_LINES)
            self.entered = True

    def _leave_screen(self) -> None:
        if self.entered:
            self.write(_LEAVE_SCREEN)
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


def _appearance(row: Text) -> tuple[object, ...]:
    """Return what to compare in a diff: equality of Text ignores its style."""
    return row.plain, row.style, row.spans


def _column(picture: Panel | None, row: int) -> int:
    """Return the first column of the text in *row*; both from 1."""
    if picture and PANEL_TOP < row <= PANEL_TOP + len(picture.rows):
        return picture.column + 1
    return 1


def _within(length: int) -> int:
    return min(max(length, _FEWEST), _MOST)
