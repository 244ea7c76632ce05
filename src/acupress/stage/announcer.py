"""
The announcer schedules audio: for each cue its sound, then a spoken phrase.

Sounds and speech never overlap, and nothing is said late. A phrase starts when the
sound of its cue is over; of the phrases for a cue, the longest one is chosen that
ends before the next sound. A sound that comes earlier all the same cancels speech,
except the count-in: that is skipped while somebody is told where the next point is.
"""

from __future__ import annotations

from math import inf
from typing import Protocol

from acupress.session.playhead import Performance
from acupress.session.timeline import COUNT_IN, Cue, Timeline
from acupress.stage.sounds import COUNTED, Sounds
from acupress.stage.voice import speaking_seconds
from acupress.text import speech

# Seconds of silence between a sound and its phrase; most seconds it may start late.
_SILENCE = 0.15
_LATE = 1.0


class Speaker(Protocol):
    """A text-to-speech engine that does not block."""

    def say(self, phrase: str, now: float) -> None:
        """Start speaking *phrase* at the time *now*."""

    def given_up(self, now: float) -> str:
        """Return why the engine is given up at the time *now*, or "" if it is not."""

    def stop(self) -> None:
        """Stop speaking at once."""


class Announcer:
    """
    Plays cues on *sounds* and, if there is a *voice*, speaks the phrase after each.

    *speed* is session seconds per real second. Mutable: it holds the pending phrase
    and when that is *due*, by the stage's clock.
    """

    def __init__(self, sounds: Sounds, voice: Speaker | None, speed: float) -> None:
        """Start with no phrase pending."""
        self.sounds = sounds
        self.voice = voice
        self.unspoken = ""  # why the voice was given up
        self.speed = speed
        self.phrase = ""
        self.due = 0.0
        self.segment = 0
        self.started = 0.0, 0.0  # the position and the clock at the phrase's cue
        self.spoken_until = 0.0  # the position at which it will be over

    def cue(self, timeline: Timeline, cue: Cue, now: float) -> None:
        """Play *cue*; of several cues at one second, the last plays them all."""
        moment = timeline.moment(cue.at)
        if cue.sound is not moment[-1]:
            return
        if cue.sound in COUNTED and self._during_speech(cue, now):
            return
        self._cancel_speech()
        self.segment = timeline.index_at(cue.at)
        length = self.sounds.play(moment, now)
        if self.voice:
            self._schedule(timeline, cue, now, length + _SILENCE if length else 0.0)

    def speak_due(self, now: float) -> float:
        """Start the pending phrase if due; return the seconds until it is, or inf."""
        if self.voice and self.phrase and now >= self.due:
            if now - self.due <= _LATE:
                self.voice.say(self.phrase, now)
            self.phrase = ""
        return max(0.0, self.due - now) if self.phrase else inf

    def check(self, now: float) -> float:
        """Give up what failed or hangs; return the seconds until the next check."""
        if self.voice and (why := self.voice.given_up(now)):
            self._cancel_speech()
            self.voice, self.unspoken = None, why
        return self.sounds.check(now)

    @property
    def troubles(self) -> list[str]:
        """What was given up, a sentence each."""
        return [why for why in (self.sounds.trouble, self.unspoken) if why]

    def cancel_stale(self, performance: Performance) -> None:
        """Stop all audio if muted, ended, or the segment has changed by a jump."""
        head = performance.head
        elsewhere = performance.timeline.index_at(head.position) != self.segment
        if head.muted or head.ending is not None or elsewhere:
            self.stop()

    def stop(self) -> None:
        """Stop all audio at once, and drop the pending phrase."""
        self.sounds.stop()
        self._cancel_speech()

    def _cancel_speech(self) -> None:
        self.phrase, self.spoken_until = "", 0.0
        if self.voice:
            self.voice.stop()

    def _schedule(self, timeline: Timeline, cue: Cue, now: float, delay: float) -> None:
        """Schedule the longest phrase for *cue* that ends before the next sound."""
        room = (_next_sound(timeline, cue) - cue.at) / self.speed
        for phrase in speech.phrases(timeline, cue):
            if (seconds := delay + speaking_seconds(phrase)) <= room:
                self.phrase, self.due = phrase, now + delay
                self.started = cue.at, now
                self.spoken_until = cue.at + seconds * self.speed
                return

    def _during_speech(self, cue: Cue, now: float) -> bool:
        """
        Tell whether *cue* was reached during the phrase in normal time, not by a jump.

        If so, the phrase's end is moved so that the rest of the count-in is skipped.
        """
        at, then = self.started
        passed = (now - then) * self.speed
        during = cue.at < self.spoken_until and cue.at - at <= passed + self.speed / 2
        if during:
            self.spoken_until = max(self.spoken_until, cue.at + COUNT_IN)
        return during


def _next_sound(timeline: Timeline, cue: Cue) -> float:
    """Return the position of the next sound that speech must not overlap, or inf."""
    later = (
        each.at
        for each in timeline.cues
        if each.at > cue.at and each.sound not in COUNTED
    )
    return min(later, default=inf)
