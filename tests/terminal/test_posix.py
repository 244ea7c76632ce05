"""What reaches the keyboard in pieces."""

from __future__ import annotations

import os
import sys

import pytest

from acupress.terminal.system import keyboard
from support.terminal import DEADLINE

if sys.platform == "win32":
    pytest.skip("a pseudo-terminal is Unix", allow_module_level=True)


def test_a_character_in_two_pieces() -> None:
    """Bytes of one character that arrive one after another are that character."""
    master, slave = os.openpty()
    read: list[object] = []
    with keyboard(slave, lambda: None) as keys:
        for byte in "é肩".encode():
            os.write(master, bytes([byte]))
            read.append(keys.read(0.05))  # takes what is there: a part of a character
        os.write(master, b"x")
        while "x" not in read:
            read.append(keys.read(DEADLINE))
    os.close(master)
    os.close(slave)

    assert [each for each in read if each] == ["é", "肩", "x"]
