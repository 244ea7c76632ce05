"""
Plays cues as WAV files (made by ``tools/tune.py``) through the system's player.

On Windows that is winsound. Without a player, or once it fails, the fallback is the
terminal's bell.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from acupress.paths import find_program
from acupress.session.timeline import CueSound
from acupress.stage.subprocesses import Channel

RATE = 11025
"""Samples per second of the files: mono, 16 bits, after a header of 44 bytes."""

COUNTED = frozenset({CueSound.THREE, CueSound.TWO, CueSound.ONE})
"""The count-in; its three sounds are the same."""

# The bell has one sound only: rung every second, it would mean nothing.
_NOT_RUNG = COUNTED | {CueSound.LAST_SECONDS}

# Assumed length of a terminal's bell, which cannot be known.
_BELL_SECONDS = 0.3


class Sounds(Protocol):
    """Plays the sounds of cues, without blocking."""

    def play(self, moment: Sequence[CueSound]) -> float:
        """Start the sound of the cues of one *moment*; return its length in seconds."""

    def check(self) -> None:
        """Detect a failed player, and switch to the fallback."""

    def stop(self) -> None:
        """Stop playing at once."""


class NullSounds:
    """Plays nothing: the null object for *off*, and for a missing bell."""

    def play(self, moment: Sequence[CueSound]) -> float:  # noqa: ARG002
        """No-op: a sound of 0 seconds."""
        return 0.0

    def check(self) -> None:
        """No-op: nothing can fail."""

    def stop(self) -> None:
        """No-op: nothing is playing."""


class Bell:
    """Rings the bell once per moment, except for cues that come every second."""

    def __init__(self, ring: Callable[[], None]) -> None:
        """Call *ring* for each ring."""
        self.ring = ring

    def play(self, moment: Sequence[CueSound]) -> float:
        """Ring, unless *moment* is only the count-in or the last seconds."""
        if _NOT_RUNG.issuperset(moment):
            return 0.0
        self.ring()
        return _BELL_SECONDS

    def check(self) -> None:
        """No-op: a bell that fails cannot be detected."""

    def stop(self) -> None:
        """No-op: a bell cannot be cut short."""


@dataclass(frozen=True, slots=True)
class Program:
    """A player's name, and its arguments before the file name."""

    name: str
    before: tuple[str, ...] = ()


# In order of preference.
PLAYERS = (
    Program("paplay"),
    Program("pw-play"),
    Program("aplay", ("-q",)),
    Program("afplay"),
)


class Player:
    """
    Plays files through *program*; after its first failure, uses *fallback* for good.

    One sound at a time: a new one cuts off the last.
    """

    def __init__(
        self, program: Program, path: str, folder: Path, fallback: Sounds
    ) -> None:
        """Play the files in *folder* with the *program* at *path*."""
        self.program = program
        self.path = path
        self.folder = folder
        self.fallback = fallback
        self.channel = Channel()
        self.moment: Sequence[CueSound] = ()
        self.broken = False

    def play(self, moment: Sequence[CueSound]) -> float:
        """Start the sound of *moment*; return its length in seconds."""
        self.check()
        if not self.broken:
            file = self.folder / file_name(moment)
            self.moment = moment
            if (seconds := _seconds(file)) and self._start(str(file)):
                return seconds
            self.broken = True
        return self.fallback.play(moment)

    def _start(self, file: str) -> bool:
        return self.channel.start((self.path, *self.program.before, file))

    def check(self) -> None:
        """If the player failed, fall back, and repeat the last cue there."""
        if not self.broken and self.channel.failed:
            self.broken = True
            self.fallback.play(self.moment)

    def stop(self) -> None:
        """Kill the player."""
        self.channel.stop()


# Flags of PlaySound: SND_FILENAME, SND_ASYNC, SND_NODEFAULT.
_FILE, _ASYNC, _NO_DEFAULT = 0x00020000, 0x0001, 0x0002


class WinsoundPlayer:
    """
    Plays files through winsound; after its first failure, uses *fallback* for good.

    A new sound cuts off the last, and so does the end of the process.
    """

    def __init__(
        self, start: Callable[[str | None, int], None], folder: Path, fallback: Sounds
    ) -> None:
        """Play the files in *folder* with *start*, which is ``winsound.PlaySound``."""
        self.start = start
        self.folder = folder
        self.fallback = fallback
        self.broken = False

    def play(self, moment: Sequence[CueSound]) -> float:
        """Start the sound of *moment*; return its length in seconds."""
        file = self.folder / file_name(moment)
        if not self.broken and (seconds := _seconds(file)):
            with suppress(RuntimeError):
                self.start(str(file), _FILE | _ASYNC | _NO_DEFAULT)
                return seconds
        self.broken = True
        return self.fallback.play(moment)

    def check(self) -> None:
        """No-op: winsound reports its failures at once."""

    def stop(self) -> None:
        """Stop playing."""
        with suppress(RuntimeError):
            self.start(None, 0)


def player(folder: Path, fallback: Sounds, path: str | None = None) -> Sounds:
    """Return winsound on Windows, else the first player on *path*, or *fallback*."""
    if sys.platform == "win32" and path is None:
        return _winsound(folder, fallback)
    for program in PLAYERS:
        if found := find_program(program.name, path):
            return Player(program, found, folder, fallback)
    return fallback


def _winsound(folder: Path, fallback: Sounds) -> Sounds:
    """Return a WinsoundPlayer, or *fallback* without an audio device."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - Windows only
        import winsound  # noqa: PLC0415

        if ctypes.WinDLL("winmm").waveOutGetNumDevs():
            return WinsoundPlayer(winsound.PlaySound, folder, fallback)
    return fallback


def file_name(moment: Sequence[CueSound]) -> str:
    """Return the file name of *moment*, such as ``release-done.wav``."""
    names = ("count" if sound in COUNTED else sound.value for sound in moment)
    return f"{'-'.join(names).replace(' ', '-')}.wav"


def _seconds(file: Path) -> float:
    """Return the length of *file* by its size; 0 if it is missing."""
    try:
        return max(0, file.stat().st_size - 44) / 2 / RATE
    except OSError:
        return 0.0
