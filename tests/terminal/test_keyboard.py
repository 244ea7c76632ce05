"""Keys and signals as one stream, in this process: no program is started."""

from __future__ import annotations

import os
import select
import signal

import pytest

from acupress.terminal import keys
from acupress.terminal.keys import Signalled, decode
from acupress.terminal.system import keyboard as keyboard_of
from support.terminal import DEADLINE, needs_unix
from support.terminal_sessions import STOPPING

pytestmark = pytest.mark.usefixtures("signals_as_usual")

SEQUENCES = (
    "\x1b[<0;10;10M\x1b[M nq\x1b[<64;1;1m",  # a mouse, as it tells now and of old
    "\x1b[200~q\rn\x1b[201~",  # a paste
    f"\x1b[200~{'q n ' * 1000}\x1b[201~",
    "\x1b[1;5q\x1b[15~\x1bOq\x1b[[B",  # function keys
    "\x1b]0;q n\x07\x1bPq n\x1b\\",  # strings from the terminal
    "\x1bn\x1b\x1b[5~",  # a key with Alt, then Esc, then page up
)


def test_no_letter_of_a_sequence_is_a_key() -> None:
    """A sequence is taken whole, wherever it is cut into two."""
    for sequence in SEQUENCES:
        whole, left = decode(sequence)
        for at in {*range(1, 40), *range(len(sequence) - 40, len(sequence))}:
            first, begun = decode(sequence[:at])
            rest, ending = decode(begun + sequence[at:])

            assert [*first, *rest, ending] == [*whole, ""], (sequence[:40], at)

        assert left == ""
        assert set(whole) <= {keys.PAGE_UP}, sequence[:40]


def test_half_a_sequence_is_no_key() -> None:
    """A sequence that comes in two parts is one, if its rest is there when we look."""
    needs_unix()
    for first, rest in (
        (b"\x1b[", b"15~"),
        (b"\x1b[M", b" nq"),
        (b"\x1b[200~q", b"n\x1b[201~"),
        (b"\x1b[200~" + b"q n " * 900 + b"\x1b[20", b"1~"),
    ):
        master, slave = os.openpty()
        with keyboard_of(slave, lambda: None) as keyboard:
            came: list[object] = []
            for part in (first, rest, b"?"):
                os.write(master, part)
                while not select.select([slave], [], [], DEADLINE)[0]:
                    pass
                came.append(keyboard.read(0))
        os.close(master)
        os.close(slave)

        assert (first[:20], came) == (first[:20], [None, None, "?"])


def test_signals_do_again_what_they_did() -> None:
    """Once nobody listens to the keyboard any more, no signal is caught any more."""
    before = [signal.getsignal(number) for number in signal.Signals]
    with keyboard_of(None, lambda: None):
        during = [signal.getsignal(number) for number in signal.Signals]

    assert before != during
    assert before == [signal.getsignal(number) for number in signal.Signals]


def test_signals_after_the_first_are_not_what_they_were() -> None:
    """Once one has ended the session, none cuts off what there is still to say."""
    with keyboard_of(None, lambda: None) as keyboard:
        os.kill(os.getpid(), signal.SIGTERM)
        heard = keyboard.read(DEADLINE)
    after = {signal.getsignal(number) for number in STOPPING}

    assert Signalled(signal.SIGTERM) == heard
    assert signal.SIG_DFL not in after


def test_a_terminal_that_has_gone_is_heard() -> None:
    """Also where the system sends no signal, as to whoever started with nohup."""
    needs_unix()
    master, slave = os.openpty()
    with keyboard_of(slave, lambda: None) as keyboard:
        os.close(master)

        assert Signalled(signal.SIGHUP) == keyboard.read(DEADLINE)
    os.close(slave)
