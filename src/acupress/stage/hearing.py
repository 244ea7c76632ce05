"""What a session is heard by: a player, the bell or nothing, perhaps a voice."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from acupress.config import SoundChoice as Heard
from acupress.paths import bundled
from acupress.stage.announcer import Announcer
from acupress.stage.sounds import Bell, Silent, Sounds, player
from acupress.stage.voice import HOW_TO_GET_ONE, Voice, voice


@dataclass(frozen=True, slots=True)
class Hearing:
    """What was asked for, and the voice that was found for it."""

    wanted: Heard
    voice: Voice | None
    note: str

    def announcer(self, ring: Callable[[], None] | None, speed: int) -> Announcer:
        """Return what makes cues heard; *ring* is the bell, where there is one."""
        bell = Bell(ring) if ring else Silent()
        return Announcer(self._sounds(bell), self.voice, speed)

    def _sounds(self, bell: Sounds) -> Sounds:
        match self.wanted:
            case Heard.AUTO:
                return player(bundled() / "sounds", bell)
            case Heard.BELL:
                return bell
            case Heard.OFF:
                return Silent()


def hearing(wanted: Heard, *, speaking: bool) -> Hearing:
    """Return what *wanted* means here, with a note where no voice was found."""
    found = voice() if speaking else None
    return Hearing(wanted, found, HOW_TO_GET_ONE if speaking and not found else "")


def ring_beside() -> Callable[[], None] | None:
    """Return the bell of a terminal that only the errors go to, if there is one."""

    def ring() -> None:
        with suppress(OSError):
            os.write(2, b"\a")

    try:
        return ring if os.isatty(2) else None
    except OSError:
        return None
