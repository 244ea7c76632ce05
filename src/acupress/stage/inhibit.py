"""
A sleep inhibitor: keeps the screen from blanking while nobody presses a key.

wakepy asks the desktop over D-Bus, macOS by ``caffeinate``, Windows by a system call.
However we end, the system closes the connection or the pipe, and that releases it.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from types import TracebackType
from typing import TYPE_CHECKING, Self

from acupress.errors import printable

if TYPE_CHECKING:
    from wakepy import ActivationResult, Mode

_NO_BUS = "there is no desktop here to ask"
_LONGEST_REASON = 120  # characters of each


class SleepInhibitor:
    """
    A wake lock, as a context manager.

    A failure ends nothing: it is kept as one sentence, for :meth:`complaint`.
    """

    def __init__(self) -> None:
        """Hold nothing yet."""
        self.mode: Mode | None = None
        self.failure = ""

    def __enter__(self) -> Self:
        """Acquire the lock."""
        self.acquire()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Release the lock."""
        self.release()

    def acquire(self) -> None:
        """Ask for the lock; a bus that does not answer is left after a few seconds."""
        self.release()
        if _is_without_a_bus():
            self.failure = _NO_BUS
            return
        # Lazy import: 80 ms, and no command but this needs it.
        from wakepy import keep  # noqa: PLC0415

        self.mode = keep.presenting(on_fail="pass")
        self.mode.__enter__()
        if not self.mode.active:
            self.failure = _reason(self.mode.result)
            self.release()

    def release(self) -> None:
        """Let the screen blank again; idempotent."""
        if self.mode:
            with suppress(RuntimeError):  # the desktop is gone, and the lock with it
                self.mode.__exit__(None, None, None)
            self.mode = None

    def complaint(self) -> str:
        """Return what to tell if the lock failed; once, and then nothing."""
        failure, self.failure = self.failure, ""
        told = f"The screen was not kept from going dark: {printable(failure)}."
        return told if failure else ""


def _is_without_a_bus() -> bool:
    """Return whether there is no session bus, as over ssh, and only that could help."""
    if sys.platform in {"win32", "darwin"}:
        return False
    return not os.environ.get("DBUS_SESSION_BUS_ADDRESS")


def _reason(result: ActivationResult) -> str:
    """Return why each way that this system could have had failed, in one line."""
    reasons = [
        f"{tried.method.name}: {_gist(tried.failure_reason)}"
        for tried in result.list_methods()
        if tried.failure_stage != "PLATFORM_SUPPORT"
    ]
    return " ".join("; ".join(reasons).split())


def _gist(reason: str) -> str:
    """Return the end of wakepy's *reason*, which is what the desktop answered."""
    return reason.rpartition("message: ")[2].rstrip("()\"',")[:_LONGEST_REASON]
