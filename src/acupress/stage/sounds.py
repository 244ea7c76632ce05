"""
The cues as sounds: small files of our own, through a player that the system has.

Windows has one inside. Where there is no player, or it does not work, the terminal's
bell rings instead.
The files are made by ``tools/tune.py``.
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
"""Samples a second of the files, each of two bytes, after a header of 44."""

COUNTED = frozenset({CueSound.THREE, CueSound.TWO, CueSound.ONE})
"""Three-two-one before a press, all alike."""

# The bell is one sound for everything: rung every second, it would tell nothing.
_NOT_RUNG = COUNTED | {CueSound.LAST_SECONDS}

# How long a terminal's bell may be heard; nobody tells.
_BELL_SECONDS = 0.3


class Sounds(Protocol):
    """What can make the sounds of one moment heard."""

    def play(self, moment: Sequence[CueSound]) -> float:
        """Begin to play *moment*, and return for how many seconds it lasts."""

    def check(self) -> None:
        """Look whether all is well."""

    def stop(self) -> None:
        """Be silent at once."""


class NullSounds:
    """Plays nothing."""

    def play(self, moment: Sequence[CueSound]) -> float:  # noqa: ARG002
        """Last no time."""
        return 0.0

    def check(self) -> None:
        """Be well."""

    def stop(self) -> None:
        """Be silent, as ever."""


class Bell:
    """Rings once for each moment, and not for those that come every second."""

    def __init__(self, ring: Callable[[], None]) -> None:
        """Ring by *ring*."""
        self.ring = ring

    def play(self, moment: Sequence[CueSound]) -> float:
        """Ring, if *moment* is worth it."""
        if _NOT_RUNG.issuperset(moment):
            return 0.0
        self.ring()
        return _BELL_SECONDS

    def check(self) -> None:
        """Be well."""

    def stop(self) -> None:
        """Do nothing: what is rung is rung."""


@dataclass(frozen=True, slots=True)
class Program:
    """A player: its name, and what it is told before the file."""

    name: str
    before: tuple[str, ...] = ()


# In the order in which they are looked for.
PLAYERS = (
    Program("paplay"),
    Program("pw-play"),
    Program("aplay", ("-q",)),
    Program("afplay"),
)


class Player:
    """
    Plays files through *program*, until that fails once: then it is *otherwise*.

    One sound at a time: the next one cuts the one before.
    """

    def __init__(
        self, program: Program, path: str, folder: Path, otherwise: Sounds
    ) -> None:
        """Play the files in *folder* by the *program* that lies at *path*."""
        self.program = program
        self.path = path
        self.folder = folder
        self.otherwise = otherwise
        self.channel = Channel()
        self.moment: Sequence[CueSound] = ()
        self.broken = False

    def play(self, moment: Sequence[CueSound]) -> float:
        """Begin to play *moment*."""
        self.check()
        if not self.broken:
            file = self.folder / file_name(moment)
            self.moment = moment
            if (seconds := _seconds(file)) and self._start(str(file)):
                return seconds
            self.broken = True
        return self.otherwise.play(moment)

    def _start(self, file: str) -> bool:
        return self.channel.start((self.path, *self.program.before, file))

    def check(self) -> None:
        """Where the player has failed, let what it owes us be rung."""
        if not self.broken and self.channel.failed:
            self.broken = True
            self.otherwise.play(self.moment)

    def stop(self) -> None:
        """End what is playing."""
        self.channel.stop()


# A file, at once, and nothing at all where it cannot be (PlaySound in Windows).
_FILE, _NOT_WAITING, _NO_OTHER = 0x00020000, 0x0001, 0x0002


class WinsoundPlayer:
    """
    Plays files by *start*, which is Windows itself: no program, and no delay.

    A sound that Windows refuses, and all that come after it, are *otherwise*. The
    next sound cuts the one before, and our end cuts the last.
    """

    def __init__(
        self, start: Callable[[str | None, int], None], folder: Path, otherwise: Sounds
    ) -> None:
        """Play the files in *folder* by *start*, as in ``winsound``."""
        self.start = start
        self.folder = folder
        self.otherwise = otherwise
        self.broken = False

    def play(self, moment: Sequence[CueSound]) -> float:
        """Begin to play *moment*."""
        file = self.folder / file_name(moment)
        if not self.broken and (seconds := _seconds(file)):
            with suppress(RuntimeError):
                self.start(str(file), _FILE | _NOT_WAITING | _NO_OTHER)
                return seconds
        self.broken = True
        return self.otherwise.play(moment)

    def check(self) -> None:
        """Be well."""

    def stop(self) -> None:
        """End what is playing."""
        with suppress(RuntimeError):
            self.start(None, 0)


def player(folder: Path, otherwise: Sounds, path: str | None = None) -> Sounds:
    """Return the system's own player or the first on the search *path*."""
    if sys.platform == "win32" and path is None:
        return _within_windows(folder, otherwise)
    for program in PLAYERS:
        if found := find_program(program.name, path):
            return Player(program, found, folder, otherwise)
    return otherwise


def _within_windows(folder: Path, otherwise: Sounds) -> Sounds:
    """Return what Windows plays with, or *otherwise* where it has no loudspeaker."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - of use nowhere else
        import winsound  # noqa: PLC0415

        if ctypes.WinDLL("winmm").waveOutGetNumDevs():
            return WinsoundPlayer(winsound.PlaySound, folder, otherwise)
    return otherwise


def file_name(moment: Sequence[CueSound]) -> str:
    """Return the file of *moment*: ``release-done.wav``."""
    names = ("count" if sound in COUNTED else sound.value for sound in moment)
    return f"{'-'.join(names).replace(' ', '-')}.wav"


def _seconds(file: Path) -> float:
    """Return how long *file* lasts; nothing where there is no such file."""
    try:
        return max(0, file.stat().st_size - 44) / 2 / RATE
    except OSError:
        return 0.0
