"""
What is heard of a session: the sound of a moment, and then the words for it.

Words and sounds never overlap, and nothing is said late. Words wait until the
sound before them is over; of the phrases for a moment, only one that will have
been said before the next sound is begun, and whatever comes too early for that
ends it. Three-two-one is left out while words are being said, and the words are
not: nobody who looks for a point needs to hear the seconds.
"""

from __future__ import annotations

from math import inf
from typing import Protocol

from acupress.session.playhead import Playhead
from acupress.session.timeline import COUNT_IN, Cue, Timeline
from acupress.stage.sounds import COUNTED, Sounds
from acupress.stage.voice import speaking_seconds
from acupress.text import speech

# Between a sound and the words, in seconds; and how late words may begin.
_BREATH = 0.15
_LATE = 1.0


class Speaker(Protocol):
    """A voice, as it is needed here."""

    def say(self, phrase: str) -> None:
        """Begin to say *phrase*."""

    def stop(self) -> None:
        """Be silent at once."""


class Announcer:
    """
    Makes cues heard by *sounds* and, where there is one, by a *voice*.

    *speed* is session seconds per real second. It changes, because it remembers
    what it is about to say; times are those of the stage's clock.
    """

    def __init__(self, sounds: Sounds, voice: Speaker | None, speed: float) -> None:
        """Begin with nothing to say."""
        self.sounds = sounds
        self.voice = voice
        self.speed = speed
        self.phrase = ""
        self.due = 0.0
        self.segment = 0
        self.begun = 0.0, 0.0
        self.said_by = 0.0

    def cue(self, timeline: Timeline, cue: Cue, now: float) -> None:
        """Make *cue* heard; of several in one moment, the last stands for all."""
        moment = timeline.moment(cue.at)
        if cue.sound is not moment[-1]:
            return
        if cue.sound in COUNTED and self._in_words(cue, now):
            return
        self._be_quiet()
        self.segment = timeline.index(cue.at)
        lead = self.sounds.play(moment)
        if self.voice:
            self._prepare(timeline, cue, now, lead + _BREATH if lead else 0.0)

    def speak_due(self, now: float) -> float:
        """Say what is due, and return for how many seconds nothing will be."""
        self.sounds.check()
        if self.voice and self.phrase and now >= self.due:
            if now - self.due <= _LATE:
                self.voice.say(self.phrase)
            self.phrase = ""
        return max(0.0, self.due - now) if self.phrase else inf

    def cancel_stale(self, timeline: Timeline, head: Playhead) -> None:
        """Be silent when that is wished, at an end, and where words fit no more."""
        elsewhere = timeline.index(head.position) != self.segment
        if head.muted or head.ending is not None or elsewhere:
            self.stop()

    def stop(self) -> None:
        """Be silent at once."""
        self.sounds.stop()
        self._be_quiet()

    def _be_quiet(self) -> None:
        self.phrase, self.said_by = "", 0.0
        if self.voice:
            self.voice.stop()

    def _prepare(self, timeline: Timeline, cue: Cue, now: float, lead: float) -> None:
        """Choose the fullest phrase for *cue* that ends before the next sound."""
        room = (_next(timeline, cue) - cue.at) / self.speed
        for phrase in speech.phrases(timeline, cue):
            if (lasts := lead + speaking_seconds(phrase)) <= room:
                self.phrase, self.due = phrase, now + lead
                self.begun = cue.at, now
                self.said_by = cue.at + lasts * self.speed
                return

    def _in_words(self, cue: Cue, now: float) -> bool:
        """
        Tell whether *cue* was bound to come during these words: not by a jump.

        Then the rest of three-two-one is left out, too.
        """
        at, then = self.begun
        passed = (now - then) * self.speed
        bound = cue.at < self.said_by and cue.at - at <= passed + self.speed / 2
        if bound:
            self.said_by = max(self.said_by, cue.at + COUNT_IN)
        return bound


def _next(timeline: Timeline, cue: Cue) -> float:
    """Return when the next sound comes that words must not run into."""
    later = (
        each.at
        for each in timeline.cues
        if each.at > cue.at and each.sound not in COUNTED
    )
    return min(later, default=inf)
