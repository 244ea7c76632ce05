# ruff: noqa: T201
"""
A whole session by ear: ``python tools/hear.py ROUTINE FILE.wav [OPTION ...]``.

Runs the program with recording programs in the place of the system's player and
speech engine. Each notes when it began and ended, and lasts as long as what would
have been heard. Then all of it is mixed into one file, told line by line, and it is
told where anything overlapped. A routine takes as long as it does: nine minutes for
the upper back. Needs espeak-ng.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
import wave
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

RATE = 22050

# Seconds that the last words may take once the program has ended.
_LAST_WORDS = 5.0

# Begun, ended, and what: a program that is ended before its time notes no end.
_RECORDER = """\
#!{python} -SE
import subprocess, sys, time
from pathlib import Path

def note(what, *words):
    line = "\\t".join((str(time.time()), what, *words))
    with open({log!r}, "a") as log:
        log.write(line + "\\n")

name = str(time.time())
note("begun", name, {program!r}, *sys.argv[1:])
heard = Path(sys.argv[-1])
if {engine!r}:
    heard = Path({log!r}).parent / (name + ".wav")
    subprocess.run([{engine!r}, "-w", str(heard), *sys.argv[1:]])
if heard.is_file():
    samples = {rate} if {engine!r} else 11025
    time.sleep(max(0, (heard.stat().st_size - 44) / 2 / samples))
else:
    time.sleep({seconds})
note("ended", name)
"""

ANSWERS = ("--pregnancy=no", "--warning-signs=none", "--cautions=none")


@dataclass(frozen=True, slots=True)
class Heard:
    """One thing that was heard, from *start* to *end* in seconds of real time."""

    start: float
    end: float | None
    program: str
    words: tuple[str, ...]
    file: Path

    @property
    def told(self) -> str:
        """What it was: a phrase, or the name of a sound."""
        last = self.words[-1] if self.words else ""
        return f'"{last}"' if self.program == "espeak-ng" else f"({Path(last).stem})"


def recorder(
    folder: Path, program: str, engine: str = "", seconds: float = 0.0
) -> Path:
    """
    Put a recording *program* into *folder* and return its log.

    It lasts as long as the file it is given, or as what *engine* would say, or else
    *seconds*.
    """
    log = folder / "log"
    path = folder / program
    path.write_text(
        _RECORDER.format(
            python=sys.executable,
            log=str(log),
            program=program,
            engine=engine,
            rate=RATE,
            seconds=seconds,
        ),
        "utf-8",
    )
    path.chmod(0o755)
    return log


def recorded(log: Path) -> list[Heard]:
    """Return what *log* says was heard, in order."""
    lines = [line.split("\t") for line in log.read_text("utf-8").splitlines()]
    ended = {words[0]: float(at) for at, what, *words in lines if what == "ended"}
    begun = [(at, *words) for at, what, *words in lines if what == "begun"]
    return [
        Heard(
            float(at), ended.get(name), program, tuple(words), _file(log, name, words)
        )
        for at, name, program, *words in begun
    ]


def _file(log: Path, name: str, words: Sequence[str]) -> Path:
    spoken = log.parent / f"{name}.wav"
    return spoken if spoken.is_file() else Path(words[-1] if words else ".")


def perform(folder: Path, command: Sequence[str]) -> list[Heard]:
    """Run *command* with recorders before all else on the path, and listen."""
    log = recorder(folder, "paplay")
    recorder(folder, "espeak-ng", shutil.which("espeak-ng") or "")
    path = f"{folder}{os.pathsep}{os.environ['PATH']}"
    subprocess.run(  # noqa: S603 - our own program
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        check=True,
        env={**os.environ, "PATH": path},
    )
    until = time.monotonic() + _LAST_WORDS
    while recorded(log)[-1].end is None and time.monotonic() < until:
        time.sleep(0.1)
    return recorded(log)


def mixed(heard: Sequence[Heard]) -> array[int]:
    """Return everything in one: sixteen-bit samples from the first sound on."""
    zero = heard[0].start
    seconds = heard[-1].start - zero + 10
    mix = array("h", bytes(2 * round(seconds * RATE)))
    for each in heard:
        clip = _clip(each.file)
        if each.end is not None:
            clip = clip[: round((each.end - each.start) * RATE)]
        at = round((each.start - zero) * RATE)
        for offset, sample in enumerate(clip):
            mix[at + offset] = max(-0x8000, min(0x7FFF, mix[at + offset] + sample))
    return mix


def _clip(file: Path) -> array[int]:
    with wave.open(str(file), "rb") as opened:
        samples = array("h", opened.readframes(opened.getnframes()))
        times = RATE // opened.getframerate()
    return array("h", (sample for sample in samples for _ in range(times)))


def cut(heard: Sequence[Heard]) -> list[Heard]:
    """Give an end to what was ended before its time: when the next thing began."""
    following = [each.start for each in heard[1:]] + [heard[-1].start + 10]
    return [
        each
        if each.end is not None
        else Heard(each.start, then, each.program, each.words, each.file)
        for each, then in zip(heard, following, strict=True)
    ]


def main(routine: str, out: str, *options: str) -> None:
    """Perform *routine*, write *out*, and tell what was heard."""
    command = [sys.executable, "-m", "acupress", "session", routine, *ANSWERS]
    command += ["--rehearse", "--speed=1", "--voice", *options]
    with tempfile.TemporaryDirectory() as folder:
        raw = perform(Path(folder), command)
        heard = cut(raw)
        mix = mixed(heard)
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(mix.tobytes())
    zero = heard[0].start
    for each, before in zip(heard, raw, strict=True):
        whole = "" if before.end is not None else "  (cut short)"
        end = (each.end or each.start) - zero
        print(f"{each.start - zero:7.2f}  {end:7.2f}  {each.told}{whole}")
    overlaps = [b for a, b in pairwise(heard) if a.end and b.start < a.end]
    print(f"{len(heard)} heard, {len(overlaps)} began before the one before had ended")


if __name__ == "__main__":
    main(*sys.argv[1:])
