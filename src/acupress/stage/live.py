"""
The live stage: the whole screen of a terminal, and what it shares with ``lines.py``.

Each of the two is a clock, a keyboard, something to see and something to hear, as
``player.Stage`` asks, and keeps the screen awake while it is not stopped.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import inf

from acupress.model import Side
from acupress.session.playhead import (
    DeviceEvent,
    Ended,
    Event,
    Key,
    Note,
    Pause,
    Playhead,
    resume_event,
)
from acupress.session.timeline import Cue, Segment, Timeline
from acupress.stage.announcer import Announcer
from acupress.stage.inhibit import SleepInhibitor
from acupress.stage.screen import LOWEST_SCREEN, NARROWEST_SCREEN, Look, session_rows
from acupress.terminal import keys
from acupress.terminal.device import Terminal
from acupress.terminal.keys import Keyboard, Signalled
from acupress.terminal.render import Panel
from acupress.terminal.system import running, uptime
from acupress.text.layout import panel_size

_KEYS = {
    keys.ENTER: Key.ENTER,
    " ": Key.PAUSE,
    "n": Key.NEXT,
    keys.RIGHT: Key.NEXT,
    "b": Key.BACK,
    keys.LEFT: Key.BACK,
    "+": Key.LONGER,
    "r": Key.AGAIN,
    "m": Key.MUTE,
    "?": Key.HELP,
    "q": Key.QUIT,
}

DrawPanel = Callable[[str, Side, int, int], Panel | None]
"""Draws a point by its code, pressed on a side, within columns and rows."""


class Clock:
    """
    Seconds that go on while the machine sleeps, but not while we are stopped.

    Time asleep must be seen, to be told from time pressed. Being stopped is told
    by a signal; however short it was, nobody pressed.
    """

    def __init__(self) -> None:
        """Begin anywhere: only differences mean something."""
        self.away = 0.0

    def now(self) -> float:
        """Return the time."""
        return uptime() - self.away

    def back_to(self, then: float) -> DeviceEvent:
        """Make it *then* again, and tell what it means that so much has passed."""
        passed = self.now() - then
        self.away += passed
        return resume_event(passed)


@dataclass(frozen=True, slots=True)
class StageServices:
    """What a stage has besides a terminal: what is heard, and what keeps awake."""

    announcer: Announcer
    inhibitor: SleepInhibitor

    def stop(self) -> None:
        """Be of no effect while we are stopped."""
        self.announcer.stop()
        self.inhibitor.release()

    def resume(self) -> None:
        """Keep the screen awake again."""
        self.inhibitor.acquire()


class Screen:
    """The whole terminal, redrawn where it changed."""

    def __init__(
        self,
        terminal: Terminal,
        draw: DrawPanel,
        services: StageServices,
        *,
        rehearsal: bool,
    ) -> None:
        """
        Play on *terminal*, which must have been entered.

        *draw* returns the picture of a point, or ``None`` where there is none.
        """
        self.terminal = terminal
        self.services = services
        self.draw = draw
        self.rehearsal = rehearsal
        self.panel: tuple[object, Panel | None] = (None, None)
        self.clock = Clock()
        self.pause: Pause | None = None
        self.note: Note | None = None
        self.helping = 0
        self.hidden = False
        self.drawn_from = 0.0

    def now(self) -> float:
        """Return seconds on a clock that goes on while the machine sleeps."""
        return self.clock.now()

    def wait(self, seconds: float) -> Event | None:
        """Wait for a key or a signal, unless the size asks to be told first."""
        if (told := self._size_told()) is not None:
            return told
        since, left = self.now(), seconds
        while (came := self._read(left)) is not None:
            if isinstance(came, Signalled):
                return self._signalled(came.number, self.drawn_from)
            if event := self._heard(came):
                return event
            left = max(0.0, since + seconds - self.now())
        return None

    def _read(self, seconds: float) -> str | Signalled | None:
        return read_within(self.terminal.keyboard, self.clock, self.services, seconds)

    def _heard(self, key: str) -> Event | None:
        """Return what *key* asks for; unseen, the session can only be stopped."""
        asked = bool(self.helping) or self.pause is Pause.LEAVING
        event = event_for(key, asked=asked)
        if event is Key.OTHER and self.note is Note.NOTHING:
            return None  # it is there to be read already
        return event if event is Key.QUIT or not self.hidden else None

    def show(self, timeline: Timeline, head: Playhead) -> float:
        """Draw the rows that changed; return how long that took, without writing."""
        self.drawn_from = self.now()
        begun, written = running(), self.terminal.writing
        self.pause, self.helping, self.note = (
            head.pause,
            head.helping,
            head.visible_note,
        )
        width, height = self.terminal.size
        self.hidden = self.hidden or _too_small(width, height)
        here = timeline.at(head.position)
        picture = None if head.helping else self._picture(here, width, height)
        look = Look(width, height, self.terminal.blocks, self.rehearsal, picture)
        rows = session_rows(timeline, head, look)
        self.terminal.draw(rows, picture=picture)
        self.services.announcer.cancel_stale(timeline, head)
        return running() - begun - (self.terminal.writing - written)

    def _picture(self, here: Segment, width: int, height: int) -> Panel | None:
        """Return the picture for *here*, drawn once for each point and side."""
        room = panel_size(width, height)
        wanted = (here.point.code, here.side, room)
        if wanted != self.panel[0]:
            drawn = room and self.draw(here.point.code, here.side, *room)
            self.panel = (wanted, drawn or None)
        return self.panel[1]

    def cue(self, timeline: Timeline, cue: Cue) -> None:
        """Make *cue* heard; all that it means is on the screen, too."""
        self.services.announcer.cue(timeline, cue, self.now())

    def close(self) -> None:
        """Stay until the last words have begun; any key is enough to leave."""
        finish_speaking(self.terminal.keyboard, self.clock, self.services)

    def _signalled(self, number: int, since: float) -> Event | None:
        match number:
            case keys.SUSPEND:
                since = self.now()
                self.services.stop()
                self.terminal.suspend()
                self.services.resume()
            case keys.GOING_ON:
                self.terminal.resume()
            case keys.RESIZED:
                return self._resized()
            case _:
                return Ended(number)
        return self.clock.back_to(since)

    def _size_told(self) -> DeviceEvent | None:
        """
        Return what the session does not know yet about the size.

        A program that is stopped hears of no new size, and the first one was
        never announced; so it is looked at, whatever signals there were.
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
            self.terminal.keyboard.flush()  # it was typed at what nobody could see
            self.hidden = False
        return DeviceEvent.RESIZED


def read_within(
    keyboard: Keyboard, clock: Clock, services: StageServices, seconds: float
) -> str | Signalled | None:
    """Return the next key or signal within *seconds*; say meanwhile what is due."""
    until = clock.now() + seconds
    while True:
        now = clock.now()
        left = max(0.0, until - now)
        silent = services.announcer.speak_due(now)
        came = keyboard.read(min(left, silent))
        if came is not None or left <= silent:
            return came


def finish_speaking(keyboard: Keyboard, clock: Clock, services: StageServices) -> None:
    """Wait for the last words to begin; a key drops them."""
    while (silent := services.announcer.speak_due(clock.now())) < inf:
        if keyboard.read(silent) is not None:
            services.announcer.stop()


def _too_small(columns: int, rows: int) -> bool:
    return columns < NARROWEST_SCREEN or rows < LOWEST_SCREEN


def event_for(key: str, *, asked: bool) -> Event | None:
    """
    Return what *key* asks for.

    Where any key is an answer, as in the help, a key without a name is one, too.
    Elsewhere it is one that does nothing, if it is a character at all.
    """
    if key in {keys.UNSEEN, _GARBLED}:
        return None
    other = Key.OTHER if asked or (len(key) == 1 and key.isprintable()) else None
    return _KEYS.get(key.lower() if len(key) == 1 else key, other)


# What bytes come to that are no text.
_GARBLED = "\N{REPLACEMENT CHARACTER}"
