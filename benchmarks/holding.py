"""Ten seconds of a hold at a real terminal: CPU, bytes written and memory."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from support.terminal import PtyTerminal

SECONDS = 10.0
_STAT = Path("/proc/self/schedstat")


@dataclass(frozen=True, slots=True)
class Hold:
    """What ten seconds cost: seconds of CPU, bytes written, and kilobytes held."""

    cpu: float
    written: int
    memory: int


def can_be_measured() -> bool:
    """Tell whether the system says how long another process has run."""
    return _STAT.exists()


def held(argv: Sequence[str], home: Path, keys: Sequence[tuple[str, str]]) -> Hold:
    """Return what ten seconds of *argv* cost once all *keys* have been typed."""
    environment = {"HOME": str(home), "XDG_DATA_HOME": "", "XDG_CONFIG_HOME": ""}
    with PtyTerminal(argv, environment=environment) as term:
        for wanted, key in keys:
            term.see(wanted)
            term.type(key)
        term.see("PRESS")
        term.stay(0.5)
        begun, written = _ran(term.pid), len(term.raw)
        term.stay(SECONDS)
        return Hold(
            _ran(term.pid) - begun,
            len(term.raw) - written,
            _held(term.pid),
        )


def asked(argv: Sequence[str], home: Path, wanted: str) -> float:
    """Return the seconds of CPU that *argv* takes until *wanted* is on its screen."""
    environment = {"HOME": str(home), "XDG_DATA_HOME": "", "XDG_CONFIG_HOME": ""}
    with PtyTerminal(argv, environment=environment) as term:
        term.see(wanted)
        return _ran(term.pid)


def _ran(pid: int) -> float:
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9


def _held(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    (line,) = (each for each in lines if each.startswith("VmHWM"))
    return int(line.split()[1])
