"""
The real stages: the live screen of a terminal, and one line per change.

Both are a clock, a keyboard, a picture and a bell, as ``player.Stage`` asks.
"""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable

from acupress import keys, words
from acupress.keys import Keyboard, Signalled
from acupress.playhead import Ended, Event, Happening, Key, Pause, Playhead
from acupress.terminal import Terminal
from acupress.timeline import Cue, Sound, Timeline
from acupress.view import LOWEST_SCREEN, NARROWEST_SCREEN, Look, session_rows

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

# Three-two-one and the last three seconds are seen, not rung: a bell a second
# is more than anybody wants.
_RUNG = frozenset(
    {
        Sound.GET_READY,
        Sound.PRESS,
        Sound.HALFWAY,
        Sound.RELEASE,
        Sound.CHANGE_SIDES,
        Sound.DONE,
    }
)


def now() -> float:
    """Return seconds on a clock that goes on while the machine sleeps."""
    return time.clock_gettime(_CLOCK)


# On macOS the monotonic clock of clock_gettime counts time asleep by itself.
_CLOCK: int = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


class Screen:
    """The whole terminal, redrawn where it changed."""

    def __init__(self, terminal: Terminal, *, rehearsal: bool) -> None:
        """Play on *terminal*, which must have been entered."""
        self.terminal = terminal
        self.rehearsal = rehearsal

    def now(self) -> float:
        """Return seconds on a clock that goes on while the machine sleeps."""
        return now()

    def wait(self, seconds: float) -> Event | None:
        """Wait for a key or a signal."""
        came = self.terminal.keyboard.read(seconds)
        if isinstance(came, Signalled):
            return self._signalled(came.number)
        return None if came is None else _event(came)

    def show(self, timeline: Timeline, head: Playhead) -> None:
        """Draw the rows that changed."""
        look = Look(*self.terminal.size, self.terminal.blocks, self.rehearsal)
        self.terminal.draw(session_rows(timeline, head, look))

    def cue(self, cue: Cue) -> None:
        """Ring the terminal's bell."""
        if cue.sound in _RUNG:
            self.terminal.bell()

    def _signalled(self, number: int) -> Event | None:
        if number in keys.STOPPING:
            return Ended(number)
        if number == signal.SIGTSTP:
            self.terminal.suspend()
            return Happening.RESUMED
        if number == signal.SIGCONT:
            self.terminal.resume()
            return Happening.RESUMED
        columns, rows = self.terminal.size
        if columns < NARROWEST_SCREEN or rows < LOWEST_SCREEN:
            return Happening.TOO_SMALL
        return Happening.RESIZED


class Lines:
    """One line for each change, on standard output; no cursor ever moves."""

    def __init__(self, keyboard: Keyboard, suspend: Callable[[], None]) -> None:
        """Read *keyboard*; *suspend* gives the terminal back for a while."""
        self.keyboard = keyboard
        self.suspend = suspend
        self.segment = -1
        self.pause: Pause | None = None
        self.helping = False

    def now(self) -> float:
        """Return seconds on a clock that goes on while the machine sleeps."""
        return now()

    def wait(self, seconds: float) -> Event | None:
        """Wait for a key, where there is a keyboard, or for a signal."""
        came = self.keyboard.read(seconds)
        if not isinstance(came, Signalled):
            return None if came is None else _event(came)
        if came.number in keys.STOPPING:
            return Ended(came.number)
        if came.number == signal.SIGTSTP:
            self.suspend()
            return Happening.RESUMED
        return Happening.RESUMED if came.number == signal.SIGCONT else None

    def show(self, timeline: Timeline, head: Playhead) -> None:
        """Print what changed since the last time, if anything did."""
        index = timeline.index(head.position)
        if index != self.segment and head.position < timeline.duration:
            self.segment = index
            for line in words.announcement(timeline, timeline.segments[index]):
                self._say(line)
        if head.pause is not self.pause:
            self.pause = head.pause
            self._say(
                f"paused: {words.paused(head.pause)}" if head.pause else "going on"
            )
        if head.helping and not self.helping:
            for key, meaning in words.HELP:
                self._say(f"  {key}: {meaning}")
        self.helping = head.helping

    def cue(self, cue: Cue) -> None:
        """Say the one cue that no new line tells already."""
        if cue.sound is Sound.HALFWAY:
            self._say(words.CUES[cue.sound])

    def _say(self, line: str) -> None:
        print(line, file=sys.stdout, flush=True)


def _event(key: str) -> Event | None:
    return _KEYS.get(key.lower() if len(key) == 1 else key)
