"""
Plays cues as WAV files (made by ``tools/tune.py``) through the system's player.

On Windows that is winsound. Without a player, or once it fails or hangs, the fallback
is the terminal's bell.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from math import inf
from pathlib import Path
from typing import Protocol

from acupress.paths import find_program
from acupress.session.timeline import CueSound
from acupress.stage.overtime import LOOK_EVERY, Overtime
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
    """
    Plays the sounds of cues, without blocking.

    *now* is the time in seconds; *trouble* says why a player was given up, or "".
    """

    trouble: str

    def play(self, moment: Sequence[CueSound], now: float) -> float:
        """Start the sound of the cues of one *moment*; return its length in seconds."""

    def check(self, now: float) -> float:
        """
        Detect a player that failed or hangs, and switch to the fallback.

        Return the seconds until the next check, or inf.
        """

    def stop(self) -> None:
        """Stop playing at once."""


class NullSounds:
    """Plays nothing: the null object for *off*, and for a missing bell."""

    trouble = ""
    instead = "there was no sound"

    def play(self, moment: Sequence[CueSound], now: float) -> float:  # noqa: ARG002
        """No-op: a sound of 0 seconds."""
        return 0.0

    def check(self, now: float) -> float:  # noqa: ARG002
        """No-op: nothing can fail."""
        return inf

    def stop(self) -> None:
        """No-op: nothing is playing."""


class Bell:
    """Rings the bell once per moment, except for cues that come every second."""

    trouble = ""
    instead = "the terminal's bell rang"

    def __init__(self, ring: Callable[[], None]) -> None:
        """Call *ring* for each ring."""
        self.ring = ring

    def play(self, moment: Sequence[CueSound], now: float) -> float:  # noqa: ARG002
        """Ring, unless *moment* is only the count-in or the last seconds."""
        if _NOT_RUNG.issuperset(moment):
            return 0.0
        self.ring()
        return _BELL_SECONDS

    def check(self, now: float) -> float:  # noqa: ARG002
        """No-op: a bell that fails cannot be detected."""
        return inf

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


class _WithFallback:
    """What plays until its first trouble, and from then on uses *fallback* for good."""

    def __init__(self, name: str, fallback: Bell | NullSounds) -> None:
        """Call the player *name* when it is given up."""
        self.name = name
        self.fallback = fallback
        self.trouble = ""

    def _give_up(self, why: str) -> None:
        self.trouble = f"{self.name} {why}: from then on {self.fallback.instead}."


class Player(_WithFallback):
    """
    Plays files through *program*, until that fails or hangs.

    One sound at a time: a new one cuts off the last.
    """

    def __init__(
        self, program: Program, path: str, folder: Path, fallback: Bell | NullSounds
    ) -> None:
        """Play the files in *folder* with the *program* at *path*."""
        super().__init__(program.name, fallback)
        self.program = program
        self.path = path
        self.folder = folder
        self.channel = Channel()
        self.overtime = Overtime()
        self.moment: Sequence[CueSound] = ()

    def play(self, moment: Sequence[CueSound], now: float) -> float:
        """Start the sound of *moment*; return its length in seconds."""
        self.check(now)
        if not self.trouble:
            file = self.folder / file_name(moment)
            self.moment = moment
            if (seconds := _seconds(file)) and self._start(str(file)):
                self.overtime.begin(now, seconds)
                return seconds
            self._give_up("could not be started" if seconds else "found no sounds")
        return self.fallback.play(moment, now)

    def _start(self, file: str) -> bool:
        return self.channel.start((self.path, *self.program.before, file))

    def check(self, now: float) -> float:
        """If the player failed or hangs, fall back, and repeat the last cue there."""
        if self.channel.failed:
            self._fall_back("failed", now)
        elif not self.channel.busy:
            self.overtime.end()
        elif self.overtime.hangs(now):
            self._fall_back("did not end its sounds", now)
        return LOOK_EVERY if self.channel.busy else inf

    def _fall_back(self, why: str, now: float) -> None:
        self.stop()
        self._give_up(why)
        self.fallback.play(self.moment, now)

    def stop(self) -> None:
        """Kill the player."""
        self.channel.stop()
        self.overtime.end()


# Flags of PlaySound: SND_FILENAME, SND_ASYNC, SND_NODEFAULT.
_FILE, _ASYNC, _NO_DEFAULT = 0x00020000, 0x0001, 0x0002


class WinsoundPlayer(_WithFallback):
    """
    Plays files through winsound, until that fails.

    A new sound cuts off the last, and so does the end of the process.
    """

    def __init__(
        self,
        start: Callable[[str | None, int], None],
        folder: Path,
        fallback: Bell | NullSounds,
    ) -> None:
        """Play the files in *folder* with *start*, which is ``winsound.PlaySound``."""
        super().__init__("Windows", fallback)
        self.start = start
        self.folder = folder

    def play(self, moment: Sequence[CueSound], now: float) -> float:
        """Start the sound of *moment*; return its length in seconds."""
        file = self.folder / file_name(moment)
        if not self.trouble and (seconds := _seconds(file)):
            with suppress(RuntimeError):
                self.start(str(file), _FILE | _ASYNC | _NO_DEFAULT)
                return seconds
        self._give_up("played no sound")
        return self.fallback.play(moment, now)

    def check(self, now: float) -> float:  # noqa: ARG002
        """No-op: winsound reports its failures at once."""
        return inf

    def stop(self) -> None:
        """Stop playing."""
        with suppress(RuntimeError):
            self.start(None, 0)


def player(
    folder: Path, fallback: Bell | NullSounds, path: str | None = None
) -> Sounds:
    """Return winsound on Windows, else the first player on *path*, or *fallback*."""
    if sys.platform == "win32" and path is None:
        return _winsound(folder, fallback)
    for program in PLAYERS:
        if found := find_program(program.name, path):
            return Player(program, found, folder, fallback)
    return fallback


def _winsound(folder: Path, fallback: Bell | NullSounds) -> Sounds:
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
