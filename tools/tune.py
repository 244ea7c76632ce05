"""
Synthesises the sounds in ``data/sounds``: ``python tools/tune.py [FOLDER]``.

A sound is a few decaying notes, like those of a small wooden bar: a sine with some of
its fourth harmonic. The pitch rises where something begins, falls where it ends, and
stays where nothing changes. All sounds are our own work.
"""

from __future__ import annotations

import math
import sys
import wave
from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

RATE = 11025
"""Samples a second: more than the Nyquist rate of the highest overtone."""

_LOUDEST = 0.22
_ATTACK, _FADE = 0.006, 0.02

# Notes in hertz, of a pentatonic scale to avoid dissonance, and no lower than small
# loudspeakers can play.
G4, C5, D5, E5, G5, A5, C6 = 392.0, 523.3, 587.3, 659.3, 784.0, 880.0, 1046.5


@dataclass(frozen=True, slots=True)
class Note:
    """*pitch* in hertz, struck at *start*, for *seconds*; *loud* is up to 1."""

    pitch: float
    start: float
    seconds: float
    loud: float = 1.0

    def at(self, time: float) -> float:
        """Return the amplitude at *time* in seconds; full scale is 1."""
        since, left = time - self.start, self.start + self.seconds - time
        if since < 0 or left <= 0:
            return 0.0
        phase = math.tau * self.pitch * since
        sine = math.sin(phase) * math.exp(-4.5 * since / self.seconds)
        overtone = 0.15 * math.sin(4 * phase) * math.exp(-25 * since)
        return self.loud * (sine + overtone) * min(1, since / _ATTACK, left / _FADE)


_READY = (Note(D5, 0.0, 0.25), Note(D5, 0.2, 0.3))
_RELEASE = (Note(C5, 0.0, 0.25), Note(G4, 0.14, 0.3))
_CHANGE = (Note(E5, 0.0, 0.22), Note(A5, 0.13, 0.22), Note(E5, 0.26, 0.3))
_DONE = (
    Note(C5, 0.0, 0.4),
    Note(E5, 0.16, 0.4),
    Note(G5, 0.32, 0.4),
    Note(C6, 0.48, 0.6),
)
_AFTER_RELEASE = 0.38


def _after(notes: Iterable[Note]) -> tuple[Note, ...]:
    """Return the sound of a release, followed by *notes*."""
    later = (
        Note(note.pitch, note.start + _AFTER_RELEASE, note.seconds, note.loud)
        for note in notes
    )
    return (*_RELEASE, *later)


TUNES: Mapping[str, tuple[Note, ...]] = {
    "get-ready": _READY,
    "count": (Note(G5, 0.0, 0.1, 0.5),),
    "press": (Note(G4, 0.0, 0.25), Note(C5, 0.14, 0.32)),
    "halfway": (Note(C6, 0.0, 0.4, 0.7),),
    "last-seconds": (Note(A5, 0.0, 0.09, 0.5),),
    "release": _RELEASE,
    "release-get-ready": _after(_READY),
    "release-change-sides": _after(_CHANGE),
    "release-done": _after(_DONE),
}


def samples(notes: tuple[Note, ...]) -> array[int]:
    """Render *notes* to 16-bit samples."""
    end = max(note.start + note.seconds for note in notes)
    return array(
        "h",
        (
            round(0x7FFF * _LOUDEST * sum(note.at(at / RATE) for note in notes))
            for at in range(round(end * RATE))
        ),
    )


def write(folder: Path) -> None:
    """Write every sound into *folder* as a WAV file."""
    folder.mkdir(exist_ok=True)
    for name, notes in TUNES.items():
        played = samples(notes)
        if sys.byteorder == "big":
            played.byteswap()
        with wave.open(str(folder / f"{name}.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes(played.tobytes())


if __name__ == "__main__":
    checkout = Path(__file__).parent.parent
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else checkout / "data" / "sounds")
