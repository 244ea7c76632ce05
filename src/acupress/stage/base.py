"""
What the stage of the full screen and that of plain lines share.

Both are a ``player.Stage``: clock, keyboard, picture, audio. Both also suspend and
resume with the process (Ctrl-Z), and hold the wake lock meanwhile.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from math import inf

from acupress.session.playhead import (
    DeviceEvent,
    Ended,
    Event,
    Key,
    Note,
    Pause,
    Performance,
    resume_event,
)
from acupress.session.timeline import Cue
from acupress.stage.announcer import Announcer
from acupress.stage.hooks import Hooks
from acupress.stage.inhibit import SleepInhibitor
from acupress.terminal import keys
from acupress.terminal.keys import Keyboard, Signalled
from acupress.terminal.layouts import key_meant
from acupress.terminal.system import uptime

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

# What the decoder puts for bytes that are not UTF-8.
_UNDECODABLE = "\N{REPLACEMENT CHARACTER}"


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


class BaseStage(ABC):
    """A :class:`~acupress.session.player.Stage`, but for what is shown and how."""

    def __init__(
        self, keyboard: Keyboard, announcer: Announcer, inhibitor: SleepInhibitor
    ) -> None:
        """Read *keyboard*, which must have been entered."""
        self.keyboard = keyboard
        self.announcer = announcer
        self.inhibitor = inhibitor
        self.hooks = Hooks({})
        self.clock = Clock()
        self.shown_from = 0.0
        self.pause: Pause | None = None
        self.note: Note | None = None
        self.helping = 0

    @abstractmethod
    def show(self, performance: Performance) -> float:
        """Show *performance*; return the seconds taken, without those in writing."""

    @abstractmethod
    def _suspend(self) -> None:
        """Stop the process as Ctrl-Z does; on resuming, set the terminal up again."""

    @abstractmethod
    def _resume(self) -> None:
        """Set the terminal up again after a SIGCONT."""

    @abstractmethod
    def _resized(self) -> Event | None:
        """Return the event for a new size of the window, if there is one."""

    def now(self) -> float:
        """Return seconds on a clock that also counts time asleep."""
        return self.clock.now()

    def wait(self, seconds: float) -> Event | None:
        """Return the next event from a key or a signal, ``None`` after *seconds*."""
        since, left = self.now(), seconds
        while (read := self._read(left)) is not None:
            if isinstance(read, Signalled):
                return self._handle_signal(read.number)
            if event := self._event_for(read):
                return event
            left = max(0.0, since + seconds - self.now())
        return None

    def cue(self, performance: Performance, cue: Cue) -> None:
        """Play *cue*."""
        self.announcer.cue(performance.timeline, cue, self.now())

    def close(self) -> None:
        """Wait until the last phrase has started; a key or a signal cancels it."""
        while (until_due := self.announcer.speak_due(self.now())) < inf:
            if (read := self.keyboard.read(until_due)) is not None:
                self.announcer.stop()
            if isinstance(read, Signalled):
                self.keyboard.put_back(read)  # whoever reads next must still obey it

    def stop(self) -> None:
        """Silence audio and release the wake lock."""
        self.announcer.stop()
        self.inhibitor.release()

    def _remember(self, performance: Performance) -> None:
        """Keep what of *performance* is on the screen, and drop stale audio."""
        head = performance.head
        self.pause, self.helping, self.note = (
            head.pause,
            head.helping,
            head.visible_note,
        )
        self.announcer.cancel_stale(performance)
        self.hooks.follow(performance, self.now())

    def _read(self, seconds: float) -> str | Signalled | None:
        """Return the next key or signal within *seconds*, speaking what falls due."""
        until = self.now() + seconds
        while True:
            now = self.now()
            left = max(0.0, until - now)
            until_due = min(
                self.announcer.speak_due(now),
                self.announcer.check(now),
                self.hooks.check(now),
            )
            read = self.keyboard.read(min(left, until_due))
            if read is not None or left <= until_due:
                return read

    def _event_for(self, key: str) -> Event | None:
        """Return the event of *key*, unless its note is on the screen already."""
        any_key = bool(self.helping) or self.pause is Pause.LEAVING
        event = event_for(key, any_key=any_key)
        noted_already = event is Key.OTHER and self.note is Note.NOTHING
        return None if noted_already else event

    def _handle_signal(self, number: int) -> Event | None:
        since = self.shown_from
        match number:
            case keys.SUSPEND:
                since = self.now()
                self.stop()
                self._suspend()
                self.inhibitor.acquire()
            case keys.GOING_ON:
                self._resume()
            case keys.RESIZED:
                return self._resized()
            case _:
                return Ended(number)
        return self.clock.back_to(since)


def event_for(key: str, *, any_key: bool) -> Event | None:
    """
    Return the command bound to *key*, on whatever keyboard; OTHER for an unbound key.

    With *any_key*, as in the help, ``None`` for what may be noise.
    """
    noise = any_key and key in {keys.UNSEEN, _UNDECODABLE}
    return _KEYS.get(key_meant(key), None if noise else Key.OTHER)
