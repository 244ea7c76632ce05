"""
A real terminal: somewhere to show rows, to ask for a line, to wait for a key.

Rich makes the rows; only those that changed are written. Whatever happens, the
terminal is left as it was found: main screen, cursor, echo.
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

from acupress.terminal import ansi, keys
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

# What a terminal that does not tell its size (it says 0) is taken to have.
_USUAL_COLUMNS, _USUAL_ROWS = 80, 24


def both_ends() -> bool:
    """Tell whether a person can be asked: input and output are a terminal."""
    return is_terminal(0) and is_terminal(1)


def size() -> tuple[int, int]:
    """Return the columns and rows of the terminal on standard output, within reason."""
    try:
        columns, rows = os.get_terminal_size(1)
    except OSError:
        columns, rows = 0, 0
    return _within(columns or _USUAL_COLUMNS), _within(rows or _USUAL_ROWS)


def _say_no_more() -> None:
    """Let what is still to be said fail nowhere: the terminal has gone."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for fd in (1, 2):
        os.dup2(nowhere, fd)
    os.close(nowhere)


class Terminal:
    """
    The terminal on standard input and output.

    *full* draws the whole screen; otherwise it prints line by line, for screen
    readers and for terminals that cannot do more. Either way it has a screen of its
    *own* where there can be one, and nothing that was asked or typed stays behind.
    """

    def __init__(self, *, full: bool) -> None:
        """Find out what the terminal can show."""
        probe = Console(file=sys.stdout)
        refused = not ansi.colours(os.environ, terminal=True)
        self.colours = None if refused else probe.color_system
        self.blocks = not probe.legacy_windows and probe.encoding.startswith("utf")
        unknown = not os.environ.get("TERM") or probe.is_dumb_terminal
        self.own = not unknown
        self.full = full and self.own
        self.taken = False
        self.place = 0, 0
        self.keyboard = keyboard(0, self._abandon)
        self.now = uptime
        self.writing = 0.0
        self.rows: Sequence[Text] = ()
        self.layout: tuple[object, ...] | None = None

    def __enter__(self) -> Self:
        """Take the terminal over."""
        self.keyboard.__enter__()
        self._take()
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
        return size()

    def ask(
        self, page: Page, prompt: str, *, trouble: str = "", at_once: str = ""
    ) -> str | None:
        """
        Show *page*, forget what was typed before, and return the next line.

        With *trouble*, which is told beside the prompt, the page is there already.
        """
        place = self.place if trouble else None
        asked = PageReader(self, page, f"{prompt}: ", again=place, trouble=trouble)
        with closing(asked) as reader:
            line = typed_line(reader, at_once)
        self.place = reader.top, reader.seen
        return line

    def key(
        self, page: Page, prompt: str, allowed: Sequence[str], *, again: bool = False
    ) -> str | None:
        """
        Show *page* and return the next key among *allowed*; None at the end.

        *again*, it is the page that is there already: only the prompt has changed,
        and what was typed meanwhile counts.
        """
        place = self.place if again else None
        with closing(PageReader(self, page, prompt, again=place)) as reader:
            while (key := reader.next("")) not in allowed:
                if key == keys.END_OF_INPUT:
                    return None
        self.place = reader.top, reader.seen
        return key

    def say(self, text: str) -> None:
        """Print *text*; only where the screen is not all ours."""
        self.write(text + "\n")

    def draw(
        self,
        rows: Sequence[Text],
        *,
        picture: Panel | None = None,
        forget: bool = False,
    ) -> None:
        """
        Show *rows* from the top of the screen, writing only what changed.

        A *picture* stands at the left of them and is written only when it is
        another one. With *forget*, what was typed before this very moment is
        forgotten. Not after it: whoever answers as soon as the rows are there is
        heard. Nothing is shown on a screen that was not taken.
        """
        if not self.taken:
            return
        columns, height = self.size
        layout = (columns, height, picture)
        fresh = layout != self.layout
        rows = [*rows[:height], *[Text()] * (height - len(rows))]
        before = [Text()] * height if fresh else self.rows
        # Compared before they are painted, which costs more than all else.
        changed = [
            number
            for number, (row, old) in enumerate(zip(rows, before, strict=True))
            if _look(row) != _look(old)
        ]
        painted = self._painted([rows[number] for number in changed], columns)
        # Erased first: after a full row the cursor still stands on its last cell.
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
        rows = self._painted(picture.rows, columns) if picture else []
        return "".join(
            f"\x1b[{row};1H{text}" for row, text in enumerate(rows, PANEL_TOP + 1)
        )

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
        self.layout = None
        self._take()

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

    def _take(self) -> None:
        """Take the screen, unless we shall only end: then it stays the shell's."""
        if self.own and not self.keyboard.told_to_end:
            self.write(_ENTER_SCREEN if self.full else _ENTER_FOR_LINES)
            self.taken = True

    def _tidy(self) -> None:
        if self.taken:
            self.write(_LEAVE_SCREEN)
            self.taken = False

    def _abandon(self) -> None:
        """Tidy up, unless the terminal is stuck: then it would hold us, too."""
        if can_write():
            self._tidy()

    def write(self, text: str) -> None:
        """Write *text*, in marks that there are; what can not be taken is lost."""
        begun = running()
        encoding = sys.stdout.encoding or "utf-8"
        write(encodable_text(encoding, text).encode(encoding, "replace"))
        self.writing += running() - begun


def _look(row: Text) -> tuple[object, ...]:
    """Return all that makes *row* look as it does."""
    return row.plain, row.style, row.spans


def _column(picture: Panel | None, row: int) -> int:
    """Return the column, from 1, at which *row*, from 1, begins."""
    if picture and PANEL_TOP < row <= PANEL_TOP + len(picture.rows):
        return picture.column + 1
    return 1


def _within(length: int) -> int:
    return min(max(length, _FEWEST), _MOST)
