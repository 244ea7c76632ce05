"""Stand-ins for the world: a stage without time, a terminal with its lines ready."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from math import inf

from acupress.paths import bundled
from acupress.session.playhead import Event, Performance, Playhead
from acupress.session.timeline import Cue, CueSound, Timeline
from acupress.stage.announcer import Announcer
from acupress.stage.sounds import RATE, file_name
from acupress.terminal.pager import Aside
from acupress.text.layout import Page

SOUNDS = bundled() / "sounds"


class FakeStage:
    """
    Jumps straight to whatever comes first: the next event or the end of the wait.

    *script* maps clock seconds to events; *late* maps clock seconds to how much
    later than asked the wait that crosses them ends. *slow* maps clock seconds to
    how long the next drawing takes, and *stuck* to how long nobody takes what was
    drawn. All that was shown and rung is kept, with the second of the clock at
    which it was.
    """

    def __init__(
        self,
        script: Mapping[float, Event] | None = None,
        late: Mapping[float, float] | None = None,
        *,
        slow: Mapping[float, float] | None = None,
        stuck: Mapping[float, float] | None = None,
    ) -> None:
        """Take what is to happen."""
        self.clock = 0.0
        self.slow = sorted((slow or {}).items())
        self.stuck = sorted((stuck or {}).items())
        self.script = sorted((script or {}).items(), key=lambda item: item[0])
        self.late = sorted((late or {}).items())
        self.shown: list[tuple[float, Timeline, Playhead]] = []
        self.rung: list[tuple[float, Cue]] = []

    def now(self) -> float:
        """Return the second the clock stands at."""
        return self.clock

    def wait(self, seconds: float) -> Event | None:
        """Jump to the next event, or to the end of the wait."""
        until = self.clock + seconds
        if self.late and self.late[0][0] <= until:
            until += self.late.pop(0)[1]
        if self.script and self.script[0][0] <= until:
            at, event = self.script.pop(0)
            self.clock = max(self.clock, at)
            return event
        if until == inf:
            message = "waiting for a key that is not in the script"
            raise AssertionError(message)
        self.clock = until
        return None

    def show(self, performance: Performance) -> float:
        """Keep what is shown."""
        self.shown.append((self.clock, performance.timeline, performance.head))
        drawing = self._due(self.slow)
        self.clock += drawing + self._due(self.stuck)
        return drawing

    def _due(self, delays: list[tuple[float, float]]) -> float:
        """Take the delay that is due by now, if there is one."""
        due = bool(delays) and delays[0][0] <= self.clock
        return delays.pop(0)[1] if due else 0.0

    def cue(self, performance: Performance, cue: Cue) -> None:  # noqa: ARG002 - the protocol's
        """Keep what is rung."""
        self.rung.append((self.clock, cue))


class FakeTerminal:
    """Answers each question with the next of *lines*, then with the end of input."""

    def __init__(
        self, lines: Iterable[str], keys: Iterable[str] = (), *, each: float = 10.0
    ) -> None:
        """Take the answers, the single keys, and the seconds that a page takes."""
        self.lines = list(lines)
        self.keys = list(keys)
        self.asked: list[str] = []
        self.troubles: list[str] = []
        self.asides: list[Aside | None] = []
        self.again: list[bool] = []
        self.pages: list[Page] = []
        self.clock = 0.0
        self.each = each

    def now(self) -> float:
        """Return how long it took to read so far."""
        return self.clock

    def ask(
        self,
        page: Page,
        prompt: str,
        *,
        trouble: str = "",
        at_once: str = "",  # noqa: ARG002 - lines are ready here, whatever begins them
        complete: Callable[[str], tuple[str, str]] | None = None,
    ) -> str | None:
        """Answer with the next line; what ends in a tab is completed and entered."""
        self.troubles.append(trouble)
        self.clock += self.each
        self.pages.append(page)
        self.asked.append(prompt)
        line = self.lines.pop(0) if self.lines else None
        if line and complete and line.endswith("\t"):
            return complete(line.removesuffix("\t"))[0]
        return line

    def key(
        self,
        page: Page,
        prompt: str,
        allowed: Sequence[str],
        *,
        again: bool = False,
        aside: Aside | None = None,
    ) -> str | None:
        """Press the next key that is allowed."""
        self.clock += self.each
        self.asides.append(aside)
        self.again.append(again)
        self.pages.append(page)
        self.asked.append(prompt)
        while self.keys:
            if (key := self.keys.pop(0)) in allowed:
                return key
        return None

    def field(
        self,
        page: Page,
        prompt: str,
        typed: str,
        *,
        trouble: str = "",
        aside: Aside | None = None,
    ) -> str | None:
        """Type the next line after *typed*; without one, leave the field."""
        self.asides.append(aside)
        self.clock += self.each
        self.pages.append(page)
        self.asked.append(prompt)
        self.troubles.append(trouble)
        line = self.lines.pop(0) if self.lines else None
        return None if line is None else f"{'' if trouble else typed}{line}"


class Recorder:
    """Stands for sounds and a voice alike, and keeps what was begun, and when."""

    def __init__(self, stage: FakeStage) -> None:
        """Take the time from *stage*."""
        self.stage = stage
        self.heard: list[tuple[float, str]] = []
        self.hushed: list[float] = []

    trouble = ""

    def play(self, moment: Sequence[CueSound], now: float) -> float:  # noqa: ARG002
        """Keep the sounds, and last as long as their file."""
        name = file_name(moment)
        self.heard.append((self.stage.clock, name))
        return ((SOUNDS / name).stat().st_size - 44) / 2 / RATE

    def say(self, phrase: str, now: float) -> None:  # noqa: ARG002
        """Keep the phrase."""
        self.heard.append((self.stage.clock, phrase))

    def check(self, now: float) -> float:  # noqa: ARG002
        """Be well."""
        return inf

    def given_up(self, now: float) -> str:  # noqa: ARG002
        """Be well."""
        return ""

    def stop(self) -> None:
        """Keep when that was."""
        self.hushed.append(self.stage.clock)


class Listener(FakeStage):
    """A stage whose cues are announced, with the words between them."""

    def __init__(
        self,
        script: Mapping[float, Event] | None = None,
        late: Mapping[float, float] | None = None,
        *,
        speed: float = 1.0,
        speaking: bool = True,
    ) -> None:
        """Take what is to happen, and whether anybody speaks."""
        super().__init__(script, late)
        self.ear = Recorder(self)
        voice = self.ear if speaking else None
        self.announcer = Announcer(self.ear, voice, speed)

    def wait(self, seconds: float) -> Event | None:
        """Jump as ever, but stop where something is to be said."""
        until = self.clock + seconds
        while True:
            announcer = self.announcer
            silent = min(announcer.speak_due(self.clock), announcer.check(self.clock))
            left = max(0.0, until - self.clock)
            event = super().wait(min(left, silent))
            if event is not None or left <= silent:
                return event

    def show(self, performance: Performance) -> float:
        """Let the announcer see what is shown."""
        drawing = super().show(performance)
        self.announcer.cancel_stale(performance)
        return drawing

    def cue(self, performance: Performance, cue: Cue) -> None:
        """Have *cue* announced."""
        super().cue(performance, cue)
        self.announcer.cue(performance.timeline, cue, self.clock)


Script = dict[float, Event]
