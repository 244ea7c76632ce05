"""The full-screen stage of a session; ``base.py`` has what it shares with lines."""

from __future__ import annotations

from collections.abc import Callable

from acupress.model import Side
from acupress.session.playhead import DeviceEvent, Event, Key, Pause, Performance
from acupress.session.timeline import Segment
from acupress.stage.announcer import Announcer
from acupress.stage.base import BaseStage
from acupress.stage.dial import Look, picture_size
from acupress.stage.inhibit import SleepInhibitor
from acupress.stage.screen import (
    LOWEST_SCREEN,
    NARROWEST_SCREEN,
    PICTURE_TOP,
    session_rows,
)
from acupress.terminal.device import Terminal
from acupress.terminal.render import Panel
from acupress.terminal.system import running

DrawPanel = Callable[[str, Side, int, int], Panel | None]
"""Draws a point by code and side, within columns and rows; ``None`` if it cannot."""


class Screen(BaseStage):
    """A :class:`~acupress.session.player.Stage` on the whole terminal."""

    def __init__(
        self,
        terminal: Terminal,
        draw: DrawPanel,
        announcer: Announcer,
        inhibitor: SleepInhibitor,
        *,
        rehearsal: bool,
    ) -> None:
        """Draw on *terminal*, which must have been entered."""
        super().__init__(terminal.keyboard, announcer, inhibitor)
        self.terminal = terminal
        self.draw = draw
        self.rehearsal = rehearsal
        self.panel: tuple[object, Panel | None] = (None, None)
        self.hidden = False

    def wait(self, seconds: float) -> Event | None:
        """Return the next event: a size not yet reported, a key or a signal."""
        resized = self._size_event()
        return super().wait(seconds) if resized is None else resized

    def _event_for(self, key: str) -> Event | None:
        """Return the event of *key*; only quitting, while the screen is too small."""
        event = super()._event_for(key)
        return event if event is Key.QUIT or not self.hidden else None

    def show(self, performance: Performance) -> float:
        """Draw the rows that changed; return the seconds taken, excluding writing."""
        self.shown_from = self.now()
        begun, written = running(), self.terminal.writing
        timeline, head = performance.timeline, performance.head
        width, height = self.terminal.size
        self.hidden = self.hidden or _too_small(width, height)
        here = timeline.at(head.position)
        picture = None if head.helping else self._picture(here, width, height)
        look = Look(width, height, self.terminal.blocks, self.rehearsal, picture)
        rows = session_rows(timeline, head, look)
        self.terminal.draw(rows, picture=picture, top=PICTURE_TOP)
        self._remember(performance)
        return running() - begun - (self.terminal.writing - written)

    def _picture(self, here: Segment, width: int, height: int) -> Panel | None:
        """Return the picture for *here*; the last one is cached."""
        size = picture_size(width, height)
        key = (here.point.code, here.side, size)
        if key != self.panel[0]:
            drawn = size and self.draw(here.point.code, here.side, *size)
            self.panel = (key, drawn or None)
        return self.panel[1]

    def _suspend(self) -> None:
        self.terminal.suspend()

    def _resume(self) -> None:
        self.terminal.resume()

    def _size_event(self) -> DeviceEvent | None:
        """
        Return the event for a size that the session does not know yet, if any.

        The size is polled: the initial one has no SIGWINCH, nor one set while stopped.
        """
        known = Pause.TOO_SMALL if _too_small(*self.terminal.size) else None
        if self.hidden and known is None:
            return self._resized()
        if self.pause in {None, Pause.TOO_SMALL} and self.pause is not known:
            return self._resized()
        return None

    def _resized(self) -> DeviceEvent:
        if _too_small(*self.terminal.size):
            return DeviceEvent.TOO_SMALL
        if self.hidden:
            self.keyboard.flush()  # typed while nothing could be seen
            self.hidden = False
        return DeviceEvent.RESIZED


def _too_small(columns: int, rows: int) -> bool:
    return columns < NARROWEST_SCREEN or rows < LOWEST_SCREEN
