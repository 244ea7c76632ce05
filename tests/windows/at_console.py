"""
Sits at a console of Windows and types: started by ``test_console.py`` in a new one.

    python at_console.py REPORT STEPS ARGUMENT...

STEPS is JSON: pairs of what is waited for on the screen, and what is then typed.
REPORT gets what was seen, and how the program ended, which ARGUMENTs start.
"""

from __future__ import annotations

import ctypes
import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from ctypes import wintypes
from pathlib import Path

# What follows is not there elsewhere, and mypy need not look at it for elsewhere.
assert sys.platform == "win32"

SPECIAL = {"\r": 0x0D, "\x08": 0x08, "\x1a": 0x5A}
ARROWS = {"<up>": (0x26, 0x48), "<down>": (0x28, 0x50), "<right>": (0x27, 0x4D)}
_READ_WRITE, _SHARED, _OPEN_EXISTING = 0xC0000000, 3, 3
_KEY_EVENT, _ENHANCED = 1, 0x0100
_DEADLINE = 30.0
EVENTS = {"<ctrl-c>": 0, "<ctrl-break>": 1}
_WM_CLOSE = 0x0010


class Key(ctypes.Structure):
    """KEY_EVENT_RECORD."""

    _fields_ = (
        ("down", wintypes.BOOL),
        ("times", wintypes.WORD),
        ("virtual", wintypes.WORD),
        ("scan", wintypes.WORD),
        ("character", wintypes.WCHAR),
        ("state", wintypes.DWORD),
    )


class Record(ctypes.Structure):
    """INPUT_RECORD with a key in it."""

    _fields_ = (("kind", wintypes.WORD), ("key", Key))


class Coordinates(ctypes.Structure):
    """COORD."""

    _fields_ = (("column", ctypes.c_short), ("row", ctypes.c_short))


kernel = ctypes.WinDLL("kernel32")
kernel.CreateFileW.restype = wintypes.HANDLE
kernel.GetConsoleWindow.restype = wintypes.HWND
kernel.WriteConsoleInputW.argtypes = (
    wintypes.HANDLE,
    ctypes.c_void_p,
    wintypes.DWORD,
    wintypes.LPDWORD,
)
kernel.GetConsoleMode.argtypes = (wintypes.HANDLE, wintypes.LPDWORD)
kernel.ReadConsoleOutputCharacterW.argtypes = (
    wintypes.HANDLE,
    wintypes.LPWSTR,
    wintypes.DWORD,
    Coordinates,
    wintypes.LPDWORD,
)


def end_of_console(name: str) -> int:
    """Open ``CONIN$`` or ``CONOUT$``."""
    handle = kernel.CreateFileW(
        name, _READ_WRITE, _SHARED, None, _OPEN_EXISTING, 0, None
    )
    assert isinstance(handle, int)
    return handle


def press(handle: int, character: str, virtual: int = 0, scan: int = 0) -> None:
    """Press one key and let it go."""
    state = _ENHANCED if character == "\0" else 0
    for down in (1, 0):
        key = Key(down, 1, virtual, scan, character, state)
        record = Record(_KEY_EVENT, key)
        done = wintypes.DWORD()
        kernel.WriteConsoleInputW(handle, ctypes.byref(record), 1, ctypes.byref(done))


def type_(handle: int, text: str) -> None:
    """Type *text*, or do the one thing that it names."""
    if text in ARROWS:
        press(handle, "\0", *ARROWS[text])
        return
    if text in EVENTS:
        kernel.SetConsoleCtrlHandler(None, 1)  # we are at the same console
        kernel.GenerateConsoleCtrlEvent(EVENTS[text], 0)
        return
    if text == "<close>":
        window = kernel.GetConsoleWindow()
        ctypes.WinDLL("user32").PostMessageW(window, _WM_CLOSE, 0, 0)
        return
    for unit in utf16(text):
        press(handle, unit, SPECIAL.get(unit, 0))


def utf16(text: str) -> list[str]:
    """Return *text* in the halves that a console has it in."""
    data = text.encode("utf-16-le")
    return [
        chr(int.from_bytes(data[at : at + 2], "little"))
        for at in range(0, len(data), 2)
    ]


def screen(handle: int) -> str:
    """Return what can be read on the console."""
    rows = []
    for row in range(200):
        text = ctypes.create_unicode_buffer(81)
        count = wintypes.DWORD()
        kernel.ReadConsoleOutputCharacterW(
            handle, text, 80, Coordinates(0, row), ctypes.byref(count)
        )
        rows.append(text.value.rstrip())
    return "\n".join(rows).rstrip()


def mode(handle: int) -> int:
    """Return how the console is set."""
    found = wintypes.DWORD()
    kernel.GetConsoleMode(handle, ctypes.byref(found))
    return found.value


def wait(come: Callable[[], bool]) -> bool:
    """Wait until *come*, and tell whether it did."""
    until = time.monotonic() + _DEADLINE
    while not come():
        if time.monotonic() > until:
            return False
        threading.Event().wait(0.05)
    return True


def main(report: str, steps: str, *arguments: str) -> None:
    """Start the program, type, and report."""
    keys, shown = end_of_console("CONIN$"), end_of_console("CONOUT$")
    before = mode(shown)
    seen: list[str] = []
    to_do: list[tuple[str, str]] = json.loads(steps)
    with subprocess.Popen(arguments) as program:
        for wanted, typed in to_do:
            if not wait(lambda text=wanted: text in screen(shown)):  # type: ignore[misc]
                break
            seen.append(wanted)
            type_(keys, typed)
        if not wait(lambda: program.poll() is not None):
            program.kill()
    told = {
        "code": program.returncode,
        "seen": seen,
        "screen": screen(shown),
        "mode_as_before": before == mode(shown),
    }
    Path(report).write_text(json.dumps(told), "utf-8")


main(*sys.argv[1:])
