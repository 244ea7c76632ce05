"""
The stage of line mode: prints one line per change, for screen readers and pipes.

It never moves the cursor. ``base.py`` has what it shares with the full screen.
"""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Callable, Iterable

from acupress.session.playhead import Event, Key, Pause, Performance
from acupress.session.timeline import Cue, CueSound, Timeline
from acupress.stage.announcer import Announcer
from acupress.stage.base import BaseStage
from acupress.stage.inhibit import SleepInhibitor
from acupress.terminal.device import size
from acupress.terminal.keys import Keyboard
from acupress.text import session_words
from acupress.text.layout import encodable_text


class Lines(BaseStage):
    """A :class:`~acupress.session.player.Stage` that prints to standard output."""

    def __init__(
        self,
        keyboard: Keyboard,
        suspend: Callable[[], None],
        announcer: Announcer,
        inhibitor: SleepInhibitor,
        *,
        rate: int | None = None,
    ) -> None:
        """
        Read *keyboard*; *suspend* stops the process as Ctrl-Z does.

        A rehearsal, *rate* times faster, says so first.
        """
        super().__init__(keyboard, announcer, inhibitor)
        if rate is not None:
            self._say(f"REHEARSAL, {rate} times faster than the session itself")
        self.suspend = suspend
        self.segment = -1
        self.position = 0.0
        self.timeline: Timeline | None = None
        self.muted = False

    def wait(self, seconds: float) -> Event | None:
        """Return the next event from a key or a signal, ``None`` after *seconds*."""
        if self.pause is Pause.GAP and self.keyboard.fd is None:
            return Key.PAUSE  # nobody can press it, and the session would never end
        return super().wait(seconds)

    def _suspend(self) -> None:
        self.suspend()

    def _resume(self) -> None:
        self.keyboard.listen()

    def _resized(self) -> None:
        """No-op: what is printed stays as it is."""

    def show(self, performance: Performance) -> float:
        """Print what changed since the last call; the time it takes counts as 0."""
        self.shown_from = self.now()
        timeline, head = performance.timeline, performance.head
        self._print_effects(performance)
        index = timeline.index_at(head.position)
        here = timeline.segments[index]
        if index != self.segment and head.position < timeline.duration:
            self.segment = index
            self._say_all(session_words.announcement(timeline, here))
        if head.pause is not self.pause:
            self._say(session_words.paused(head.pause) if head.pause else "going on")
        if head.helping and not self.helping:
            self._help(performance)
        if head.visible_note and head.visible_note is not self.note:
            self._say(session_words.noted(head.visible_note, here, briefly=False))
        self._remember(performance)
        return 0.0

    def _help(self, performance: Performance) -> None:
        """Print the instructions for the point again, then the keys."""
        timeline, head = performance.timeline, performance.head
        self._say_all(session_words.instructions(timeline, timeline.at(head.position)))
        self._say_all([f"  {key}: {told}" for key, told in session_words.HELP])
        self._say("time stands still: any other key goes on")

    def _print_effects(self, performance: Performance) -> None:
        """Print the effects of keys that no new segment shows."""
        timeline, head = performance.timeline, performance.head
        if self.timeline is not None and timeline is not self.timeline:
            self._say(session_words.lengthened(timeline, head.position))
        if head.muted != self.muted:
            self._say("sound off" if head.muted else "sound on")
        back = head.position < self.position
        if back and timeline.index_at(head.position) == self.segment:
            self.segment = -1  # restarted, so announced again
        if head.position >= timeline.duration and self.segment >= 0:
            self.segment = -1
            self._say("release")
        self.timeline, self.muted = timeline, head.muted
        self.position = head.position

    def cue(self, performance: Performance, cue: Cue) -> None:
        """Play *cue*; print it if no new segment or line shows it."""
        super().cue(performance, cue)
        if cue.sound is CueSound.HALFWAY:
            self._say(session_words.CUES[cue.sound])

    def _say_all(self, lines: Iterable[str]) -> None:
        for line in lines:
            self._say(line)

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
