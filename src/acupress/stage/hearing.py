"""Selects the audio output of a session: a player, the bell or none; a voice."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from acupress.config import SoundChoice
from acupress.paths import bundled
from acupress.stage.announcer import Announcer
from acupress.stage.sounds import Bell, NullSounds, Sounds, player
from acupress.stage.voice import HOW_TO_GET_ONE, Voice, voice


@dataclass(frozen=True, slots=True)
class AudioOutput:
    """The kind of sound wanted, and the voice found, or a *note* that none was."""

    wanted: SoundChoice
    voice: Voice | None
    note: str

    def announcer(self, ring: Callable[[], None] | None, speed: int) -> Announcer:
        """Return the announcer; *ring* rings the bell, if there is one."""
        bell = Bell(ring) if ring else NullSounds()
        return Announcer(self._sounds(bell), self.voice, speed)

    def _sounds(self, bell: Bell | NullSounds) -> Sounds:
        match self.wanted:
            case SoundChoice.AUTO:
                return player(bundled() / "sounds", bell)
            case SoundChoice.BELL:
                return bell
            case SoundChoice.OFF:
                return NullSounds()


def audio_output(wanted: SoundChoice, *, speaking: bool) -> AudioOutput:
    """Look for a voice if *speaking* is wanted; the player is looked for later."""
    found = voice() if speaking else None
    return AudioOutput(wanted, found, HOW_TO_GET_ONE if speaking and not found else "")


def stderr_bell() -> Callable[[], None] | None:
    """Return a function that rings the bell on stderr; ``None`` if that is no TTY."""

    def ring() -> None:
        with suppress(OSError):
            os.write(2, b"\a")

    try:
        return ring if os.isatty(2) else None
    except OSError:
        return None
