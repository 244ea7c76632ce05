# ruff: noqa: T201
"""
Mixes the audio of a session: ``python tools/hear.py ROUTINE FILE.wav [OPTION ...]``.

The program runs with fakes of the system's player and speech engine first on PATH. Each
logs its start and end, and runs for as long as its audio. The clips are mixed into one
file and listed, with the number of overlaps. It runs in real time: nine minutes for the
upper back. Needs espeak-ng.
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

# Timeout in seconds for the last clip, once the program has ended.
_TIMEOUT = 5.0

# The fake program. If it is killed, its log has no end.
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
class Clip:
    """A sound or phrase, from *start* to *end* in Unix time; no *end* if killed."""

    start: float
    end: float | None
    program: str
    words: tuple[str, ...]
    file: Path

    @property
    def label(self) -> str:
        """The phrase, or the name of the sound."""
        last = self.words[-1] if self.words else ""
        return f'"{last}"' if self.program == "espeak-ng" else f"({Path(last).stem})"


def recorder(
    folder: Path, program: str, engine: str = "", seconds: float = 0.0
) -> Path:
    """
    Write a fake *program* into *folder* and return the path of its log.

    It runs for the length of the file it is given, or of the speech of *engine*, or
    else for *seconds*.
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


def recorded(log: Path) -> list[Clip]:
    """Parse *log*; return the clips in order."""
    lines = [line.split("\t") for line in log.read_text("utf-8").splitlines()]
    ended = {words[0]: float(at) for at, what, *words in lines if what == "ended"}
    begun = [(at, *words) for at, what, *words in lines if what == "begun"]
    return [
        Clip(float(at), ended.get(name), program, tuple(words), _file(log, name, words))
        for at, name, program, *words in begun
    ]


def _file(log: Path, name: str, words: Sequence[str]) -> Path:
    spoken = log.parent / f"{name}.wav"
    return spoken if spoken.is_file() else Path(words[-1] if words else ".")


def perform(folder: Path, command: Sequence[str]) -> list[Clip]:
    """Run *command* with the fakes first on PATH; return the clips."""
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
    until = time.monotonic() + _TIMEOUT
    while recorded(log)[-1].end is None and time.monotonic() < until:
        time.sleep(0.1)
    return recorded(log)


def mixed(clips: Sequence[Clip]) -> array[int]:
    """Mix the clips to 16-bit samples, starting with the first clip."""
    zero = clips[0].start
    seconds = clips[-1].start - zero + 10
    mix = array("h", bytes(2 * round(seconds * RATE)))
    for each in clips:
        samples = _samples(each.file)
        if each.end is not None:
            samples = samples[: round((each.end - each.start) * RATE)]
        at = round((each.start - zero) * RATE)
        for offset, sample in enumerate(samples):
            mix[at + offset] = max(-0x8000, min(0x7FFF, mix[at + offset] + sample))
    return mix


def _samples(file: Path) -> array[int]:
    with wave.open(str(file), "rb") as opened:
        samples = array("h", opened.readframes(opened.getnframes()))
        times = RATE // opened.getframerate()
    return array("h", (sample for sample in samples for _ in range(times)))


def with_ends(clips: Sequence[Clip]) -> list[Clip]:
    """Set the end of each killed clip to the start of the next."""
    following = [each.start for each in clips[1:]] + [clips[-1].start + 10]
    return [
        each
        if each.end is not None
        else Clip(each.start, then, each.program, each.words, each.file)
        for each, then in zip(clips, following, strict=True)
    ]


def main(routine: str, out: str, *options: str) -> None:
    """Run *routine*, write *out*, and list the clips."""
    command = [sys.executable, "-m", "acupress", "session", routine, *ANSWERS]
    command += ["--rehearse", "--speed=1", "--voice", *options]
    with tempfile.TemporaryDirectory() as folder:
        logged = perform(Path(folder), command)
        clips = with_ends(logged)
        mix = mixed(clips)
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(mix.tobytes())
    zero = clips[0].start
    for each, before in zip(clips, logged, strict=True):
        note = "" if before.end is not None else "  (cut short)"
        end = (each.end or each.start) - zero
        print(f"{each.start - zero:7.2f}  {end:7.2f}  {each.label}{note}")
    overlaps = [b for a, b in pairwise(clips) if a.end and b.start < a.end]
    print(f"{len(clips)} heard, {len(overlaps)} began before the one before had ended")


if __name__ == "__main__":
    main(*sys.argv[1:])
