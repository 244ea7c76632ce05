"""
Writes the resume file of a running session, from a thread of its own.

A disk that is slow or full never holds a session up: what cannot be written within
the session is not, and an offer to go on is all that is lost.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from queue import SimpleQueue
from threading import Thread
from typing import Self

from acupress.errors import StorageError
from acupress.journal import resume
from acupress.journal.resume import ResumePoint
from acupress.session.playhead import Performance, over

# Seconds that the end of a session waits for a disk that does not answer.
_PATIENCE = 1.0


class ResumeWriter:
    """
    Keeps the point that a session has reached; a context manager.

    It begins at *first*, whose point is "" but for a resumed session: what an earlier
    session left is then removed. Only points of *own* are ever written.
    """

    def __init__(
        self,
        first: ResumePoint,
        own: frozenset[str],
        now: Callable[[], datetime],
        patience: float | None = _PATIENCE,
        keep: Callable[[ResumePoint], None] = resume.keep,
    ) -> None:
        """Take what is written, the wall clock, seconds to wait, and how to write."""
        self._reached = first
        self._own = own
        self._now = now
        self._patience = patience
        self._number = 1
        self._keep = keep
        self._jobs: SimpleQueue[ResumePoint | None] = SimpleQueue()
        self._thread = Thread(target=self._work, daemon=True)

    def __enter__(self) -> Self:
        """Start the thread, and remove or renew what is there."""
        self._thread.start()
        self._put(self._reached.point)
        return self

    def __exit__(self, *_: object) -> None:
        """Remove the file at the end of the session, else renew it; wait a moment."""
        self._put(self._reached.point)
        self._jobs.put(None)
        self._thread.join(self._patience)

    def see(self, performance: Performance) -> None:
        """
        Note where *performance* is; write it if another point has begun.

        The first point is not written, nor one that takes the place of a point left
        out: both would tell that something was left out.
        """
        here = performance.timeline.at(performance.head.position)
        code = here.point.code
        if over(performance) and performance.head.ending is None:
            self._put("")
        elif here.number not in {1, self._number} and code in self._own:
            self._put(code)
        self._number = here.number

    def _put(self, code: str) -> None:
        """Have the thread write the file, or remove it where no point is reached."""
        self._reached = self._reached._replace(written=self._now(), point=code)
        self._jobs.put(self._reached)

    def _work(self) -> None:
        while (reached := self._jobs.get()) is not None:
            with suppress(StorageError):  # the worst is that there is no offer
                self._keep(reached)
