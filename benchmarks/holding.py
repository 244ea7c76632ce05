"""Measures ten seconds of a hold in a pseudo-terminal: CPU, bytes and memory."""

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
    """Seconds of CPU, bytes written in ten seconds, and peak memory in kilobytes."""

    cpu: float
    written: int
    memory: int


def can_be_measured() -> bool:
    """Return whether the CPU time of other processes can be read (Linux)."""
    return _STAT.exists()


def held(argv: Sequence[str], home: Path, keys: Sequence[tuple[str, str]]) -> Hold:
    """Run *argv*, type each key after its text appears, and measure ten seconds."""
    environment = {"HOME": str(home), "XDG_DATA_HOME": "", "XDG_CONFIG_HOME": ""}
    with PtyTerminal(argv, environment=environment) as term:
        for wanted, key in keys:
            term.see(wanted)
            term.type(key)
        term.see("PRESS")
        term.stay(0.5)
        cpu_before, written = _cpu_seconds(term.pid), len(term.raw)
        term.stay(SECONDS)
        return Hold(
            _cpu_seconds(term.pid) - cpu_before,
            len(term.raw) - written,
            _peak_memory(term.pid),
        )


def asked(argv: Sequence[str], home: Path, wanted: str) -> float:
    """Return the seconds of CPU that *argv* takes until *wanted* is on its screen."""
    environment = {"HOME": str(home), "XDG_DATA_HOME": "", "XDG_CONFIG_HOME": ""}
    with PtyTerminal(argv, environment=environment) as term:
        term.see(wanted)
        return _cpu_seconds(term.pid)


def _cpu_seconds(pid: int) -> float:
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9


def _peak_memory(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    (line,) = (each for each in lines if each.startswith("VmHWM"))
    return int(line.split()[1])
