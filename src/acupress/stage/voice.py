"""
Text to speech through the system's engine, one phrase at a time.

A new phrase interrupts the last. Whether one was audible cannot be known: an engine
without an audio device reports success. One that fails or hangs is given up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from acupress.errors import shortened
from acupress.paths import find_program
from acupress.stage.overtime import Overtime
from acupress.stage.subprocesses import Channel

HOW_TO_GET_ONE = (
    "no voice was found here: espeak-ng is one (apt, dnf, pacman or apk install it "
    "by that name); going on with sounds"
)

# Words a minute; the usual default, 175, is fast for listening without a text.
_PACE = "170"

# Of 200: as loud as the sound files, by ear.
_LOUDNESS = "60"

# Upper bound for a phrase at that pace in seconds, fixed and per character: measured
# with espeak-ng over all phrases that we say.
_BEFORE, _EACH_LETTER = 0.25, 0.072

# Seconds that an engine may take beyond that bound, which has no start of a daemon or
# of PowerShell in it.
_GRACE = 5.0

# A program of the person's may speak at half the pace.
_OWN_SLOWNESS = 2.0


@dataclass(frozen=True, slots=True)
class Engine:
    """
    A speech engine: its program, and its arguments, in which PHRASE is the phrase.

    Without PHRASE it reads the phrase on stdin. *silence* are arguments to stop an
    engine whose daemon goes on speaking when the command has exited. *slowness* is how
    many times longer than estimated its phrases may take.
    """

    name: str
    before: tuple[str, ...]
    silence: tuple[str, ...] = ()
    slowness: float = 1.0

    @property
    def reads(self) -> bool:
        """Whether it takes the phrase on stdin."""
        return PHRASE not in self.before

    def arguments(self, phrase: str) -> list[str]:
        """Return its arguments for *phrase*."""
        return [phrase if word == PHRASE else word for word in self.before]


PHRASE = "{}"
"""The argument that stands for the phrase."""


# Reads UTF-8 whatever the code page; 16 is SVSFIsNotXML (SpVoice.Speak).
_POWERSHELL = (
    "$words = New-Object IO.StreamReader([Console]::OpenStandardInput(), "
    "[Text.Encoding]::UTF8); "
    "[void](New-Object -ComObject SAPI.SpVoice).Speak($words.ReadToEnd(), 16)"
)
ENGINES = (
    Engine(
        "espeak-ng",
        ("-z", "-a", _LOUDNESS, "-v", "en-gb", "-s", _PACE, "--", PHRASE),
    ),
    Engine("spd-say", ("-S", "-l", "en", "--", PHRASE), silence=("-S",)),
    Engine("say", ("-r", _PACE, "-f", "-")),
    Engine("powershell", ("-NoProfile", "-NonInteractive", "-Command", _POWERSHELL)),
)


def speaking_seconds(phrase: str) -> float:
    """Return an upper bound, in seconds, for the time that *phrase* takes."""
    return _BEFORE + _EACH_LETTER * len(phrase)


class Voice:
    """Speaks through one engine, without blocking."""

    def __init__(self, engine: Engine, path: str) -> None:
        """Speak with the *engine* whose program is at *path*."""
        self.engine = engine
        self.path = path
        self.channel = Channel()
        self.overtime = Overtime(_GRACE)
        self.speaking = False

    def say(self, phrase: str, now: float) -> None:
        """Start speaking *phrase* at the time *now*, and interrupt any other."""
        self.speaking = True
        seconds = self.engine.slowness * speaking_seconds(phrase)
        self.overtime.begin(now, seconds)
        argv = (self.path, *self.engine.arguments(phrase))
        self.channel.start(argv, phrase if self.engine.reads else "")

    def given_up(self, now: float) -> str:
        """Return why the engine is given up at the time *now*, or "" if it is not."""
        why = ""
        if self.speaking and self.channel.failed:
            why = "failed"
        elif not self.channel.busy:
            self.overtime.end()
        elif self.overtime.hangs(now):
            why = "did not end its words"
        return f"{self.engine.name} {why}: from then on nothing was spoken." * bool(why)

    def stop(self) -> None:
        """Stop speaking at once."""
        if not self.speaking:
            return  # do not kill the command that silences the engine
        self.speaking = False
        self.overtime.end()
        self.channel.stop()
        if self.engine.silence:
            self.channel.start((self.path, *self.engine.silence))


def found_voice(command: Sequence[str]) -> tuple[Voice | None, str]:
    """Return the voice of the person's *command*, else of the system; or why none."""
    if not command:
        found = voice()
        return found, "" if found else HOW_TO_GET_ONE
    name, *words = command
    if program := find_program(name):
        own = Engine(Path(name).name, tuple(words), slowness=_OWN_SLOWNESS)
        return Voice(own, program), ""
    missing = f"voice_command: {shortened(name)} was not found; going on with sounds"
    return None, missing


def voice(path: str | None = None) -> Voice | None:
    """Return a voice for the first engine on the search *path*, if any."""
    for engine in ENGINES:
        if found := find_program(engine.name, path):
            return Voice(engine, found)
    return None
