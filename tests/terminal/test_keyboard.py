"""Keys and signals as one stream, in this process: no program is started."""

from __future__ import annotations

import os
import select
import signal

import pytest

from acupress.terminal import keys
from acupress.terminal.keys import Decoder, Signalled, decode
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


UNENDED = ("\x1b]", "\x1b]0;a title", "\x1bP", "\x1b_", "\x1b[200~a paste", "\x1b[12;")


def test_a_sequence_without_an_end_swallows_no_key_for_long() -> None:
    """However often q is pressed: the time counts from the sequence's beginning."""
    for sequence in UNENDED:
        decoder, seconds = Decoder(), 0.0
        came = decoder.feed(sequence, seconds)
        while "q" not in came:
            seconds += 0.1
            assert seconds < 1.0, sequence
            came = [*decoder.expire(seconds), *decoder.feed("q", seconds)]

        # And what comes after it is as it ever was.
        assert decoder.feed("n\x1b[C", seconds + 0.1) == ["n", keys.RIGHT], sequence


def test_a_sequence_that_is_late_is_still_one() -> None:
    """What was there all along, but read late by a busy machine, is taken whole."""
    decoder = Decoder()

    assert decoder.feed("\x1b]0;a title", 0.0) == []
    assert decoder.feed(" q n\x07q", 9.0) == ["q"]


def test_escape_alone_is_a_key_after_a_moment() -> None:
    """And what is typed right after it is a key with Alt, as ever."""
    decoder = Decoder()

    assert [*decoder.feed("\x1b", 0.0), *decoder.expire(0.01)] == []
    assert decoder.expire(0.06) == [keys.ESCAPE]
    assert [*decoder.feed("\x1b", 1.0), *decoder.feed("q", 1.01)] == []


def test_what_the_terminal_answers_is_no_key() -> None:
    """Nor half of it, when what was typed until then is discarded."""
    needs_unix()
    answers = b"\x1b]11;rgb:ffff/ffff/ffff\x07\x1b[1;2R\x1b[?62;4c"
    for at in range(1, len(answers)):
        master, slave = os.openpty()
        with keyboard_of(slave, lambda: None) as keyboard:
            os.write(master, b"nn" + answers[:at])
            while not select.select([slave], [], [], DEADLINE)[0]:
                pass
            keyboard.flush()
            os.write(master, answers[at:] + b"?")
            while not select.select([slave], [], [], DEADLINE)[0]:
                pass
            came = keyboard.read(0)
            replies = keyboard.replies("\x1b[?", 0)
        os.close(master)
        os.close(slave)

        assert (came, "".join(replies)) == ("?", answers.decode()), at


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
