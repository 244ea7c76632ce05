"""
The full-screen stage of a session, and what it shares with ``lines.py``.

Both implement ``player.Stage``: clock, keyboard, picture, audio. Both also suspend
and resume with the process (Ctrl-Z), and hold the wake lock meanwhile.
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
from acupress.stage.dial import Look, picture_size
from acupress.stage.inhibit import SleepInhibitor
from acupress.stage.screen import (
    LOWEST_SCREEN,
    NARROWEST_SCREEN,
    PICTURE_TOP,
    session_rows,
)
from acupress.terminal import keys
from acupress.terminal.device import Terminal
from acupress.terminal.keys import Keyboard, Signalled
from acupress.terminal.layouts import key_meant
from acupress.terminal.render import Panel
from acupress.terminal.system import running, uptime

_KEYS = {
    keys.ENTER: Key.ENTER,
    " ": Key.PAUSE,
    "n": Key.NEXT,
    keys.RIGHT: Key.NEXT,
    keys.PAGE_DOWN: Key.NEXT,  # of clickers and pedals
    "b": Key.BACK,
    keys.LEFT: Key.BACK,
    keys.PAGE_UP: Key.BACK,
    "+": Key.LONGER,
    "r": Key.AGAIN,
    "m": Key.MUTE,
    "?": Key.HELP,
    "q": Key.QUIT,
}

DrawPanel = Callable[[str, Side, int, int], Panel | None]
"""Draws a point by code and side, within columns and rows; ``None`` if it cannot."""


class Clock:
    """
    Seconds that count sleep of the machine, but not time the process was stopped.

    Sleep must show as lateness, not as pressing. A stop is reported by a signal
    instead, and pauses the session however short it was.
    """

    def __init__(self) -> None:
        """Start at an arbitrary time: only differences are meaningful."""
        self.away = 0.0

    def now(self) -> float:
        """Return the time in seconds."""
        return uptime() - self.away

    def back_to(self, then: float) -> DeviceEvent:
        """Set the clock back to *then*; return the event for the time cut out."""
        away = self.now() - then
        self.away += away
        return resume_event(away)


@dataclass(frozen=True, slots=True)
class StageServices:
    """The services of a stage besides the terminal: audio and the wake lock."""

    announcer: Announcer
    inhibitor: SleepInhibitor

    def stop(self) -> None:
        """Silence audio and release the wake lock."""
        self.announcer.stop()
        self.inhibitor.release()

    def resume(self) -> None:
        """Acquire the wake lock again."""
        self.inhibitor.acquire()


class Screen:
    """A :class:`~acupress.session.player.Stage` on the whole terminal."""

    def __init__(
        self,
        terminal: Terminal,
        draw: DrawPanel,
        services: StageServices,
        *,
        rehearsal: bool,
    ) -> None:
        """Draw on *terminal*, which must have been entered."""
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
        """Return seconds on a clock that also counts time asleep."""
        return self.clock.now()

    def wait(self, seconds: float) -> Event | None:
        """Return the next event: a size not yet reported, a key or a signal."""
        if (resized := self._size_event()) is not None:
            return resized
        since, left = self.now(), seconds
        while (read := self._read(left)) is not None:
            if isinstance(read, Signalled):
                return self._handle_signal(read.number, self.drawn_from)
            if event := self._event_for(read):
                return event
            left = max(0.0, since + seconds - self.now())
        return None

    def _read(self, seconds: float) -> str | Signalled | None:
        return read_within(self.terminal.keyboard, self.clock, self.services, seconds)

    def _event_for(self, key: str) -> Event | None:
        """Return the event of *key*; only quitting, while the screen is too small."""
        any_key = bool(self.helping) or self.pause is Pause.LEAVING
        event = event_for(key, any_key=any_key)
        if event is Key.OTHER and self.note is Note.NOTHING:
            return None  # the note is on the screen already
        return event if event is Key.QUIT or not self.hidden else None

    def show(self, timeline: Timeline, head: Playhead) -> float:
        """Draw the rows that changed; return the seconds taken, excluding writing."""
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
        self.terminal.draw(rows, picture=picture, top=PICTURE_TOP)
        self.services.announcer.cancel_stale(timeline, head)
        return running() - begun - (self.terminal.writing - written)

    def _picture(self, here: Segment, width: int, height: int) -> Panel | None:
        """Return the picture for *here*; the last one is cached."""
        size = picture_size(width, height)
        key = (here.point.code, here.side, size)
        if key != self.panel[0]:
            drawn = size and self.draw(here.point.code, here.side, *size)
            self.panel = (key, drawn or None)
        return self.panel[1]

    def cue(self, timeline: Timeline, cue: Cue) -> None:
        """Play *cue*; the screen shows all that it means."""
        self.services.announcer.cue(timeline, cue, self.now())

    def close(self) -> None:
        """Wait until the last phrase has started, or a key cancels it."""
        finish_speaking(self.terminal.keyboard, self.clock, self.services)

    def _handle_signal(self, number: int, since: float) -> Event | None:
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
            self.terminal.keyboard.flush()  # typed while nothing could be seen
            self.hidden = False
        return DeviceEvent.RESIZED


def read_within(
    keyboard: Keyboard, clock: Clock, services: StageServices, seconds: float
) -> str | Signalled | None:
    """Return the next key or signal within *seconds*, speaking what falls due."""
    until = clock.now() + seconds
    while True:
        now = clock.now()
        left = max(0.0, until - now)
        until_due = services.announcer.speak_due(now)
        read = keyboard.read(min(left, until_due))
        if read is not None or left <= until_due:
            return read


def finish_speaking(keyboard: Keyboard, clock: Clock, services: StageServices) -> None:
    """Wait until the pending phrase has started; a key or a signal cancels it."""
    while (until_due := services.announcer.speak_due(clock.now())) < inf:
        if (read := keyboard.read(until_due)) is not None:
            services.announcer.stop()
        if isinstance(read, Signalled):
            keyboard.put_back(read)  # whoever reads next must still obey it


def _too_small(columns: int, rows: int) -> bool:
    return columns < NARROWEST_SCREEN or rows < LOWEST_SCREEN


def event_for(key: str, *, any_key: bool) -> Event | None:
    """
    Return the command bound to *key*, on whatever keyboard; OTHER for an unbound key.

    With *any_key*, as in the help, ``None`` for what may be noise.
    """
    noise = any_key and key in {keys.UNSEEN, _UNDECODABLE}
    return _KEYS.get(key_meant(key), None if noise else Key.OTHER)


# What the decoder puts for bytes that are not UTF-8.
_UNDECODABLE = "\N{REPLACEMENT CHARACTER}"
