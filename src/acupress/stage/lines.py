"""
The stage of line mode: prints one line per change, for screen readers and pipes.

It never moves the cursor. ``live.py`` has what it shares with the full screen.
"""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Callable

from acupress.session.playhead import Ended, Event, Key, Note, Pause, Playhead
from acupress.session.timeline import Cue, CueSound, Timeline
from acupress.stage.live import (
    Clock,
    StageServices,
    event_for,
    finish_speaking,
    read_within,
)
from acupress.terminal import keys
from acupress.terminal.device import size
from acupress.terminal.keys import Keyboard, Signalled
from acupress.text import session_words
from acupress.text.layout import encodable_text


class Lines:
    """A :class:`~acupress.session.player.Stage` that prints to standard output."""

    def __init__(
        self, keyboard: Keyboard, suspend: Callable[[], None], services: StageServices
    ) -> None:
        """Read *keyboard*; *suspend* stops the process as Ctrl-Z does."""
        self.keyboard = keyboard
        self.services = services
        self.suspend = suspend
        self.clock = Clock()
        self.segment = -1
        self.position = 0.0
        self.timeline: Timeline | None = None
        self.muted = False
        self.pause: Pause | None = None
        self.note: Note | None = None
        self.helping = 0

    def now(self) -> float:
        """Return seconds on a clock that also counts time asleep."""
        return self.clock.now()

    def wait(self, seconds: float) -> Event | None:
        """Return the next event from a key or a signal, ``None`` after *seconds*."""
        if self.pause is Pause.GAP and self.keyboard.fd is None:
            return Key.PAUSE  # nobody can press it, and the session would never end
        since, left = self.now(), seconds
        while (read := self._read(left)) is not None:
            if isinstance(read, Signalled):
                return self._handle_signal(read.number, since)
            if event := self._event_for(read):
                return event
            left = max(0.0, since + seconds - self.now())
        return None

    def _read(self, seconds: float) -> str | Signalled | None:
        return read_within(self.keyboard, self.clock, self.services, seconds)

    def _event_for(self, key: str) -> Event | None:
        any_key = bool(self.helping) or self.pause is Pause.LEAVING
        event = event_for(key, any_key=any_key)
        noted_already = event is Key.OTHER and self.note is Note.NOTHING
        return None if noted_already else event

    def _handle_signal(self, number: int, since: float) -> Event | None:
        match number:
            case keys.SUSPEND:
                since = self.now()
                self.services.stop()
                self.suspend()
                self.services.resume()
            case keys.GOING_ON:
                self.keyboard.listen()
            case keys.RESIZED:
                return None
            case _:
                return Ended(number)
        return self.clock.back_to(since)

    def show(self, timeline: Timeline, head: Playhead) -> float:
        """Print what changed since the last call; the time it takes counts as 0."""
        self._print_effects(timeline, head)
        index = timeline.index(head.position)
        if index != self.segment and head.position < timeline.duration:
            self.segment = index
            for line in session_words.announcement(timeline, timeline.segments[index]):
                self._say(line)
        if head.pause is not self.pause:
            self.pause = head.pause
            self._say(session_words.paused(head.pause) if head.pause else "going on")
        if head.helping and not self.helping:
            self._help(timeline, head)
        if head.visible_note and head.visible_note is not self.note:
            here = timeline.at(head.position)
            self._say(session_words.noted(head.visible_note, here, briefly=False))
        self.helping, self.note = head.helping, head.visible_note
        self.services.announcer.cancel_stale(timeline, head)
        return 0.0

    def _help(self, timeline: Timeline, head: Playhead) -> None:
        """Print the instructions for the point again, then the keys."""
        for line in session_words.instructions(timeline, timeline.at(head.position)):
            self._say(line)
        for key, meaning in session_words.HELP:
            self._say(f"  {key}: {meaning}")
        self._say("time stands still: any other key goes on")

    def _print_effects(self, timeline: Timeline, head: Playhead) -> None:
        """Print the effects of keys that no new segment shows."""
        if self.timeline is not None and timeline is not self.timeline:
            self._say(session_words.lengthened(timeline, head.position))
        if head.muted != self.muted:
            self._say("sound off" if head.muted else "sound on")
        back = head.position < self.position
        if back and timeline.index(head.position) == self.segment:
            self.segment = -1  # restarted, so announced again
        if head.position >= timeline.duration and self.segment >= 0:
            self.segment = -1
            self._say("release")
        self.timeline, self.muted = timeline, head.muted
        self.position = head.position

    def cue(self, timeline: Timeline, cue: Cue) -> None:
        """Play *cue*; print it if no new segment or line shows it."""
        self.services.announcer.cue(timeline, cue, self.now())
        if cue.sound is CueSound.HALFWAY:
            self._say(session_words.CUES[cue.sound])

    def close(self) -> None:
        """Wait until the last phrase has started, or a key cancels it."""
        finish_speaking(self.keyboard, self.clock, self.services)

    def _say(self, line: str) -> None:
        if sys.stdout.isatty():
            columns, _ = size()
            line = textwrap.fill(line, columns, subsequent_indent="    ")
        line = encodable_text(sys.stdout.encoding, line)
        try:
            print(line, file=sys.stdout, flush=True)
        except OSError:
            # If the terminal has gone, the keyboard reports it as a hang-up.
            if self.keyboard.fd is None:
                raise
