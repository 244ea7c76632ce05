"""
A voice: the speech engine that the system has, a phrase at a time.

The latest phrase wins, and nobody waits for one to end. Whether it was heard can
not be known: an engine without a loudspeaker says that all is well.
"""

from __future__ import annotations

from dataclasses import dataclass

from acupress.paths import find_program
from acupress.stage.subprocesses import Channel

HOW_TO_GET_ONE = (
    "no voice was found here: espeak-ng is one (apt, dnf, pacman or apk install it "
    "by that name); going on with sounds"
)

# Words a minute: slower than the 175 that engines begin with, since nobody looks.
_PACE = "170"

# Of 200; no louder than the sounds, to which it is heard.
_LOUDNESS = "60"

# What a phrase takes at that pace, measured with espeak-ng over all that we say:
# never less than it really takes.
_BEFORE, _EACH_LETTER = 0.25, 0.072


@dataclass(frozen=True, slots=True)
class Engine:
    """
    A speech engine: its name, and what it is told before the words.

    One that *reads* takes the words from its input. *silence* is what makes an
    engine silent that goes on speaking when its command has ended.
    """

    name: str
    before: tuple[str, ...]
    reads: bool = False
    silence: tuple[str, ...] = ()


# The words are read as UTF-8, whatever the code page; 16 is: not XML (SpVoice.Speak).
_POWERSHELL = (
    "$words = New-Object IO.StreamReader([Console]::OpenStandardInput(), "
    "[Text.Encoding]::UTF8); "
    "[void](New-Object -ComObject SAPI.SpVoice).Speak($words.ReadToEnd(), 16)"
)
ENGINES = (
    Engine("espeak-ng", ("-z", "-a", _LOUDNESS, "-v", "en-gb", "-s", _PACE, "--")),
    Engine("spd-say", ("-S", "-l", "en", "--"), silence=("-S",)),
    Engine("say", ("-r", _PACE, "-f", "-"), reads=True),
    Engine(
        "powershell",
        ("-NoProfile", "-NonInteractive", "-Command", _POWERSHELL),
        reads=True,
    ),
)


def speaking_seconds(phrase: str) -> float:
    """Return how long saying *phrase* takes, or a little more."""
    return _BEFORE + _EACH_LETTER * len(phrase)


class Voice:
    """Speaks through one engine."""

    def __init__(self, engine: Engine, path: str) -> None:
        """Speak by the *engine* that lies at *path*."""
        self.engine = engine
        self.path = path
        self.channel = Channel()
        self.speaking = False

    def say(self, phrase: str) -> None:
        """Begin to say *phrase*, whatever was being said."""
        self.speaking = True
        argv = (self.path, *self.engine.before)
        if self.engine.reads:
            self.channel.start(argv, phrase)
        else:
            self.channel.start((*argv, phrase))

    def stop(self) -> None:
        """Be silent at once."""
        if not self.speaking:
            return  # and let an engine that is being silenced hear of it
        self.speaking = False
        self.channel.stop()
        if self.engine.silence:
            self.channel.start((self.path, *self.engine.silence))


def voice(path: str | None = None) -> Voice | None:
    """Return a voice by the first engine on the search *path*, if there is one."""
    for engine in ENGINES:
        if found := find_program(engine.name, path):
            return Voice(engine, found)
    return None
