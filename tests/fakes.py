"""Stand-ins for the world: a stage without time, a terminal with its lines ready."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import inf

from acupress.layout import Page
from acupress.playhead import Event, Playhead
from acupress.timeline import Cue, Timeline


class FakeStage:
    """
    Jumps straight to whatever comes first: the next event or the end of the wait.

    *script* maps clock seconds to events; *late* maps clock seconds to how much
    later than asked the wait that crosses them ends. All that was shown and rung
    is kept, with the second of the clock at which it was.
    """

    def __init__(
        self,
        script: Mapping[float, Event] | None = None,
        late: Mapping[float, float] | None = None,
    ) -> None:
        """Take what is to happen."""
        self.clock = 0.0
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

    def show(self, timeline: Timeline, head: Playhead) -> None:
        """Keep what is shown."""
        self.shown.append((self.clock, timeline, head))

    def cue(self, cue: Cue) -> None:
        """Keep what is rung."""
        self.rung.append((self.clock, cue))


class FakeTerminal:
    """Answers each question with the next of *lines*, then with the end of input."""

    def __init__(self, lines: Iterable[str], keys: Iterable[str] = ()) -> None:
        """Take the answers, and the single keys."""
        self.lines = list(lines)
        self.keys = list(keys)
        self.asked: list[str] = []
        self.again: list[bool] = []
        self.pages: list[Page] = []

    def ask(self, page: Page, prompt: str) -> str | None:
        """Answer with the next line."""
        self.pages.append(page)
        self.asked.append(prompt)
        return self.lines.pop(0) if self.lines else None

    def key(
        self, page: Page, prompt: str, allowed: Sequence[str], *, again: bool = False
    ) -> str | None:
        """Press the next key that is allowed."""
        self.again.append(again)
        self.pages.append(page)
        self.asked.append(prompt)
        while self.keys:
            if (key := self.keys.pop(0)) in allowed:
                return key
        return None
