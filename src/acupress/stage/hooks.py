"""
Runs the person's own programs at the start, at each point and at the end of a session.

None is waited for while the session runs. Each is told the routine, the point and the
phase in its environment, and nothing else: no answer, and nothing that was left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from math import inf

from acupress.errors import EndedBySignalError, shortened
from acupress.paths import find_program
from acupress.session.playhead import Performance, over
from acupress.stage.overtime import LOOK_EVERY, Overtime
from acupress.stage.subprocesses import Channel
from acupress.terminal.keys import STOPPING, Signalled

LIMIT = 10.0
"""Seconds after which a hook is killed, with its process group."""

LAST = 5.0
"""Seconds that what still runs has to end, once the session is over."""

_LOOK_AGAIN = 0.05


class Moment(Enum):
    """When a hook runs; the values are the keys of the configuration."""

    START = "on_start"
    POINT = "on_point"
    END = "on_end"


class Hook:
    """
    One program of the person's, of which one at most runs at a time.

    While one runs, the next is *waiting*; of several only the last is kept. After its
    first failure it is not run again, and *trouble* says why.
    """

    def __init__(self, moment: Moment, command: Sequence[str]) -> None:
        """Run *command*, its program first, at *moment*."""
        self.moment = moment
        self.command = command
        self.channel = Channel()
        self.overtime = Overtime(LIMIT)
        self.waiting: Mapping[str, str] | None = None
        self.trouble = ""

    def run(self, told: Mapping[str, str], now: float) -> None:
        """Start it with *told* in its environment, once the last one has ended."""
        self.waiting = told
        self.check(now)

    def check(self, now: float) -> float:
        """Kill what hangs, start what waits; return seconds until the next check."""
        if self.channel.failed:
            self._give_up("failed")
        elif not self.channel.busy:
            self.overtime.end()
            self._start_waiting(now)
        elif self.overtime.hangs(now):
            self.stop()
        return LOOK_EVERY if self.channel.busy else inf

    def stop(self) -> None:
        """Kill it if it runs, which is a failure."""
        self.waiting = None
        if self.channel.failed:
            self._give_up("failed")
        elif self.channel.busy:
            self._give_up("did not end in time and was stopped")
        self.channel.stop()

    def _start_waiting(self, now: float) -> None:
        told, self.waiting = self.waiting, None
        if told is None or self.trouble:
            return
        name, *words = self.command
        program = find_program(name)
        if program is None:
            self._give_up("was not found")
        elif self.channel.start([program, *words], told=told):
            self.overtime.begin(now, 0.0)
        else:
            self._give_up("could not be started")

    def _give_up(self, why: str) -> None:
        again = " It was not run again." if self.moment is Moment.POINT else ""
        name = shortened(self.command[0])
        self.trouble = self.trouble or f"{self.moment.value}: {name} {why}.{again}"
        self.waiting = None
        self.channel.stop()


class Hooks:
    """The hooks of a session, which follow it from point to point."""

    def __init__(self, commands: Mapping[Moment, Sequence[str]]) -> None:
        """Start with none run; *commands* are those that there are."""
        self.hooks = {each: Hook(each, words) for each, words in commands.items()}
        self.number = 0  # of the point that was told last
        self.told: Mapping[str, str] = {}
        self.ended = False

    def follow(self, performance: Performance, now: float) -> None:
        """Run what is due for *performance* at the time *now*."""
        here = performance.timeline.at(performance.head.position)
        self.told = {
            "ACUPRESS_ROUTINE": performance.timeline.plan.routine.id,
            "ACUPRESS_POINT": here.point.code,
            "ACUPRESS_PHASE": here.phase.value,
        }
        if self.number == 0:
            self._run(Moment.START, now)
        if over(performance):
            self.end(now)
        elif here.number != self.number:
            self._run(Moment.POINT, now)
        self.number = here.number

    def end(self, now: float) -> None:
        """Run the last hook, once, unless the session never began."""
        if self.told and not self.ended:
            self.ended = True
            self._run(Moment.END, now)

    def check(self, now: float) -> float:
        """Check each; return the seconds until the next check, or inf."""
        return min((hook.check(now) for hook in self.hooks.values()), default=inf)

    def finish(self, read: Callable[[float], str | Signalled | None]) -> list[str]:
        """
        Wait LAST seconds at most until all have ended; return their troubles.

        *read* waits so many seconds for a key or a signal. What has not ended by then,
        or at a fatal signal, is killed; raises EndedBySignalError for the signal.
        """
        try:
            for _ in range(round(LAST / _LOOK_AGAIN)):
                if not any(hook.channel.busy for hook in self.hooks.values()):
                    break
                event = read(_LOOK_AGAIN)
                if isinstance(event, Signalled) and event.number in STOPPING:
                    raise EndedBySignalError(event.number)
        finally:
            for hook in self.hooks.values():
                hook.stop()
        return [hook.trouble for hook in self.hooks.values() if hook.trouble]

    def _run(self, moment: Moment, now: float) -> None:
        if hook := self.hooks.get(moment):
            hook.run(self.told, now)
