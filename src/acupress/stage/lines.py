"""
The stage of line mode: one line for each change, for screen readers and pipes.

No cursor ever moves. What it shares with the live stage is in ``stage.py``.
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
    asked_by,
    heard_within,
    say_the_rest,
)
from acupress.terminal import keys
from acupress.terminal.device import size
from acupress.terminal.keys import Keyboard, Signalled
from acupress.text import words
from acupress.text.layout import encodable_text


class Lines:
    """One line for each change, on standard output; no cursor ever moves."""

    def __init__(
        self, keyboard: Keyboard, suspend: Callable[[], None], company: StageServices
    ) -> None:
        """Read *keyboard*; *suspend* gives the terminal back for a while."""
        self.keyboard = keyboard
        self.company = company
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
        """Return seconds on a clock that goes on while the machine sleeps."""
        return self.clock.now()

    def wait(self, seconds: float) -> Event | None:
        """Wait for a key, where there is a keyboard, or for a signal."""
        since, left = self.now(), seconds
        while (came := self._read(left)) is not None:
            if isinstance(came, Signalled):
                return self._signalled(came.number, since)
            if event := self._heard(came):
                return event
            left = max(0.0, since + seconds - self.now())
        return None

    def _read(self, seconds: float) -> str | Signalled | None:
        return heard_within(self.keyboard, self.clock, self.company, seconds)

    def _heard(self, key: str) -> Event | None:
        asked = bool(self.helping) or self.pause is Pause.LEAVING
        event = asked_by(key, asked=asked)
        told = event is Key.OTHER and self.note is Note.NOTHING
        return None if told else event

    def _signalled(self, number: int, since: float) -> Event | None:
        match number:
            case keys.SUSPEND:
                since = self.now()
                self.company.stop()
                self.suspend()
                self.company.go_on()
            case keys.GOING_ON:
                self.keyboard.listen()
            case keys.RESIZED:
                return None
            case _:
                return Ended(number)
        return self.clock.back_to(since)

    def show(self, timeline: Timeline, head: Playhead) -> float:
        """Print what changed since the last time; nothing of it is slow to draw."""
        self._answer(timeline, head)
        index = timeline.index(head.position)
        if index != self.segment and head.position < timeline.duration:
            self.segment = index
            for line in words.announcement(timeline, timeline.segments[index]):
                self._say(line)
        if head.pause is not self.pause:
            self.pause = head.pause
            self._say(words.paused(head.pause) if head.pause else "going on")
        if head.helping and not self.helping:
            self._help(timeline, head)
        if head.told and head.told is not self.note:
            self._say(words.noted(head.told, briefly=False))
        self.helping, self.note = head.helping, head.told
        self.company.announcer.attend(timeline, head)
        return 0.0

    def _help(self, timeline: Timeline, head: Playhead) -> None:
        """Say once more all that was told of the point, and then what the keys do."""
        for line in words.instructions(timeline, timeline.at(head.position)):
            self._say(line)
        for key, meaning in words.HELP:
            self._say(f"  {key}: {meaning}")
        self._say("time stands still: any other key goes on")

    def _answer(self, timeline: Timeline, head: Playhead) -> None:
        """Print what a key has done that no new segment tells."""
        if self.timeline is not None and timeline is not self.timeline:
            self._say(words.lengthened(timeline, head.position))
        if head.muted != self.muted:
            self._say("sound off" if head.muted else "sound on")
        back = head.position < self.position
        if back and timeline.index(head.position) == self.segment:
            self.segment = -1  # from its beginning again, and told again
        if head.position >= timeline.duration and self.segment >= 0:
            self.segment = -1
            self._say("release")
        self.timeline, self.muted = timeline, head.muted
        self.position = head.position

    def cue(self, timeline: Timeline, cue: Cue) -> None:
        """Make *cue* heard, and print the one that no new line tells already."""
        self.company.announcer.cue(timeline, cue, self.now())
        if cue.sound is CueSound.HALFWAY:
            self._say(words.CUES[cue.sound])

    def close(self) -> None:
        """Stay until the last words have begun; any key is enough to leave."""
        say_the_rest(self.keyboard, self.clock, self.company)

    def _say(self, line: str) -> None:
        if sys.stdout.isatty():
            columns, _ = size()
            line = textwrap.fill(line, columns, subsequent_indent="    ")
        line = encodable_text(sys.stdout.encoding, line)
        try:
            print(line, file=sys.stdout, flush=True)
        except OSError:
            # A terminal that has gone is told by its keyboard, as a signal.
            if self.keyboard.fd is None:
                raise
