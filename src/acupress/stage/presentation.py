"""What of a session is seen and heard: the screen or lines, sounds, a voice."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from acupress.config import USUAL, Config, PictureChoice, SoundChoice
from acupress.paths import bundled

# The modules of the stage are imported when a plan is agreed: questions come first.
if TYPE_CHECKING:
    from rich.text import Text

    from acupress.stage.announcer import Announcer
    from acupress.stage.base import BaseStage
    from acupress.stage.hooks import Hooks
    from acupress.stage.inhibit import SleepInhibitor
    from acupress.stage.sounds import Bell, NullSounds, Sounds
    from acupress.stage.voice import Voice
    from acupress.terminal.device import Terminal
    from acupress.terminal.keys import Keyboard
    from acupress.terminal.pictures import Pictures


class Presentation(NamedTuple):
    """
    How a session is presented, and how many times faster a rehearsal is (*rate*).

    Without *picture* it is in lines. *voice* is the one found, *note* says that none
    was although one is wanted.
    """

    rate: int | None
    picture: PictureChoice | None
    sound: SoundChoice
    voice: Voice | None = None
    note: str = ""
    config: Config = USUAL

    def at_terminal(self, terminal: Terminal, inhibitor: SleepInhibitor) -> BaseStage:
        """Return the stage on *terminal*: the whole screen, or lines."""
        stage = self._at_terminal(terminal, inhibitor)
        stage.hooks = self._hooks()
        return stage

    def _at_terminal(self, terminal: Terminal, inhibitor: SleepInhibitor) -> BaseStage:
        from acupress.stage.lines import Lines  # noqa: PLC0415
        from acupress.stage.live import Screen  # noqa: PLC0415

        announcer = self.announcer(terminal.bell)
        if not (terminal.full and self.picture):
            keyboard, suspend = terminal.keyboard, terminal.suspend
            return Lines(keyboard, suspend, announcer, inhibitor, rate=self.rate)
        draw = self._pictures(terminal).panel
        rehearsal = self.rate is not None
        return Screen(terminal, draw, announcer, inhibitor, rehearsal=rehearsal)

    def map_at(
        self, terminal: Terminal
    ) -> Callable[[Sequence[str], int, int], Sequence[Text]]:
        """Return what draws a map of a plan on *terminal*; what it drew is cached."""

        @lru_cache(maxsize=8)  # a key that changes nothing draws the page anew
        def drawn(codes: tuple[str, ...], columns: int, rows: int) -> tuple[Text, ...]:
            return self._pictures(terminal).aside(codes, columns, rows)

        return lambda codes, columns, rows: drawn(tuple(codes), columns, rows)

    def _pictures(self, terminal: Terminal) -> Pictures:
        """Return the pictures that *terminal* can show."""
        from acupress.terminal.pictures import pictures  # noqa: PLC0415

        if self.picture is PictureChoice.ASCII:
            terminal.blocks = False  # everything else is ASCII as well
        wanted = self.picture or PictureChoice.NONE
        if wanted is not PictureChoice.NONE and not terminal.blocks:
            wanted = PictureChoice.ASCII  # a block may be two cells wide
        return pictures(wanted, images=terminal.graphics is not None)

    def in_pipe(self, keyboard: Keyboard, inhibitor: SleepInhibitor) -> BaseStage:
        """Return the stage on standard output, with *keyboard* for signals."""
        from acupress.stage.lines import Lines  # noqa: PLC0415

        announcer = self.announcer(stderr_bell())
        suspend = keyboard.suspend
        stage = Lines(keyboard, suspend, announcer, inhibitor, rate=self.rate)
        stage.hooks = self._hooks()
        return stage

    def _hooks(self) -> Hooks:
        """Return the hooks that there are; none in a rehearsal: it leaves no trace."""
        from acupress.stage.hooks import Hooks, Moment  # noqa: PLC0415

        own = self.config
        commands = {
            Moment.START: own.on_start,
            Moment.POINT: own.on_point,
            Moment.END: own.on_end,
        }
        found = {each: words for each, words in commands.items() if words}
        return Hooks(found if self.rate is None else {})

    def announcer(self, ring: Callable[[], None] | None) -> Announcer:
        """Return the announcer; *ring* rings the bell, if there is one."""
        from acupress.stage.announcer import Announcer  # noqa: PLC0415
        from acupress.stage.sounds import Bell, NullSounds  # noqa: PLC0415

        bell = Bell(ring) if ring else NullSounds()
        return Announcer(self._sounds(bell), self.voice, self.rate or 1)

    def _sounds(self, bell: Bell | NullSounds) -> Sounds:
        from acupress.stage.sounds import NullSounds, player  # noqa: PLC0415

        match self.sound:
            case SoundChoice.AUTO:
                return player(bundled() / "sounds", bell)
            case SoundChoice.BELL:
                return bell
            case SoundChoice.OFF:
                return NullSounds()


def presentation(
    rate: int | None,
    picture: PictureChoice | None,
    sound: SoundChoice,
    *,
    speaking: bool,
    config: Config = USUAL,
) -> Presentation:
    """
    Look for a voice if *speaking* is wanted; the player is looked for later.

    *config* has the commands of one's own.
    """
    if not speaking:
        return Presentation(rate, picture, sound, config=config)
    from acupress.stage.voice import found_voice  # noqa: PLC0415

    found, note = found_voice(config.voice_command)
    return Presentation(rate, picture, sound, found, note, config)


def stderr_bell() -> Callable[[], None] | None:
    """Return a function that rings the bell on stderr; ``None`` if that is no TTY."""

    def ring() -> None:
        with suppress(OSError):
            os.write(2, b"\a")

    try:
        return ring if os.isatty(2) else None
    except OSError:
        return None
