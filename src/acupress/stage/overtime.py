"""Decides when a helper program hangs, by the times it is given: it reads no clock."""

from __future__ import annotations

from math import inf

GRACE = 2.0
"""Seconds that a player may run on after the length of its file."""

LOOK_EVERY = 1.0
"""Seconds between two looks at a running program."""

# After so many seconds without a look, the machine slept and the program, too.
_ASLEEP = 2 * LOOK_EVERY


class Overtime:
    """
    Adds up the seconds that programs run beyond their time, until one ends by itself.

    One that is cut off by the next counts on: cues can be two seconds apart, so that
    a player which never ends would otherwise never be noticed. Mutable, as a timer is.
    """

    def __init__(self, grace: float = GRACE) -> None:
        """Call a program hung after *grace* seconds of overtime."""
        self.grace = grace
        self.before = 0.0
        self.due = inf  # when the running program should end; inf if none runs
        self.looked = 0.0

    def begin(self, now: float, seconds: float) -> None:
        """Note that a program that needs *seconds* starts at *now*."""
        self.before += max(0.0, now - self.due)
        self.due, self.looked = now + seconds, now

    def end(self) -> None:
        """Note that no program runs: it ended by itself, or was stopped on purpose."""
        self.before, self.due = 0.0, inf

    def hangs(self, now: float) -> bool:
        """Tell whether the program hangs; time without a look does not count."""
        if now - self.looked > _ASLEEP:
            self.due += now - self.looked
        self.looked = now
        return self.before + max(0.0, now - self.due) >= self.grace
