"""
Makes the sounds in ``data/sounds``: ``python tools/tune.py [FOLDER]``.

Each is a few struck notes that die away, as of a small wooden bar: a sine with a
little of its fourth harmonic. They go up where something begins, down where it
ends, and stay on one note where nothing changes. Our own work throughout.
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
"""Samples a second: twice the highest overtone here, and more than that."""

_LOUDEST = 0.22
_ATTACK, _FADE = 0.006, 0.02

# Notes in hertz: a pentatonic scale, so that no two of them jar. None is lower,
# since small loudspeakers do not reach lower.
G4, C5, D5, E5, G5, A5, C6 = 392.0, 523.3, 587.3, 659.3, 784.0, 880.0, 1046.5


@dataclass(frozen=True, slots=True)
class Note:
    """*pitch* in hertz, struck at *start*, for *seconds*; *loud* is up to 1."""

    pitch: float
    start: float
    seconds: float
    loud: float = 1.0

    def at(self, time: float) -> float:
        """Return how far out the air is at *time*, from -1 to 1."""
        since, left = time - self.start, self.start + self.seconds - time
        if since < 0 or left <= 0:
            return 0.0
        turn = math.tau * self.pitch * since
        body = math.sin(turn) * math.exp(-4.5 * since / self.seconds)
        knock = 0.15 * math.sin(4 * turn) * math.exp(-25 * since)
        return self.loud * (body + knock) * min(1, since / _ATTACK, left / _FADE)


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
    """Return *notes* once the hand has been let go."""
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
    """Return *notes* as sixteen-bit samples."""
    end = max(note.start + note.seconds for note in notes)
    return array(
        "h",
        (
            round(0x7FFF * _LOUDEST * sum(note.at(at / RATE) for note in notes))
            for at in range(round(end * RATE))
        ),
    )


def write(folder: Path) -> None:
    """Write every tune into *folder*."""
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
