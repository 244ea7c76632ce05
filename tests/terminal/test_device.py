"""The whole program at a real terminal: what people see, and what is left behind."""

from __future__ import annotations

import os
import random
import re
import select
import signal
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass

import pytest

from acupress.terminal.keys import Signalled
from acupress.terminal.system import keyboard as keyboard_of
from acupress.text import safety
from support.terminal import ACUPRESS, DEADLINE, Left, PtyTerminal, look
from support.terminal_sessions import (
    ANSWERS,
    HURRIED,
    QUESTIONS,
    STOPPING,
    ask_for_plan,
    begin,
    rehearsal,
    session,
)

if sys.platform != "win32":
    import termios

ROUTINES = ("lower-back", "lower-back-partner", "upper-back", "upper-back-partner")


def pause(term: PtyTerminal) -> None:
    """Go into the first hold and let time stand still there."""
    begin(term)
    term.type(" ")
    term.see("paused: space goes on")


def drawn(term: PtyTerminal) -> str:
    """Return a session that has paused, drawn anew: the help was there meanwhile."""
    term.type("?")
    term.see("any other key goes on")
    term.type("x")
    term.see_all("paused: space goes on", "q stop")
    return term.text


def seconds_left(term: PtyTerminal) -> int:
    """Return the session seconds that the screen says are left."""
    left = re.compile(r"(\d+):(\d\d) left")
    term.wait(lambda: left.search(term.text) is not None, "the time that is left")
    minutes, seconds = left.findall(term.text)[0]
    return 60 * int(minutes) + int(seconds)


def fill(term: PtyTerminal) -> None:
    """Type what draws a row and pauses nothing, until the terminal takes no more."""
    until = time.monotonic() + DEADLINE
    while not term.stuck and time.monotonic() < until:
        term.type("m" * 100)
        term.turn_away(lambda: term.stuck, 0.5)
    assert term.stuck


def paused_or_moving(term: PtyTerminal) -> bool:
    """Tell whether the session has paused by itself; wait until it has or goes on."""
    before = seconds_left(term)
    paused = "paused: space goes on"
    term.wait(lambda: paused in term.text or seconds_left(term) < before - 60, paused)
    return paused in term.text


def insisted(term: PtyTerminal) -> bool:
    """Ask the program once more to end, and tell whether it has."""
    if not term.ended():
        term.send(signal.SIGTERM)
    return term.ended()


@dataclass(frozen=True, slots=True)
class Evening:
    """
    Four rehearsals, each with what it left, and a hold at its true speed.

    They run at once, since none of them can be hurried.
    """

    rehearsals: dict[str, tuple[PtyTerminal, Left]]
    held: bytes
    seconds: float


def play_all(stack: ExitStack) -> Evening:
    """Play all routines, each from its first question to its end."""
    slow = stack.enter_context(PtyTerminal(session(*ANSWERS)))
    begin(slow)
    slow.catch_up()
    before, since = len(slow.raw), time.monotonic()
    terms = {
        name: stack.enter_context(PtyTerminal((*ACUPRESS, "session", name, *HURRIED)))
        for name in ROUTINES
    }
    for term in terms.values():
        ask_for_plan(term)
    for term in terms.values():
        term.read_plan()
        term.type("\r")
    playing = list(terms.values())
    until = time.monotonic() + DEADLINE
    while playing and time.monotonic() < until:
        look([slow, *terms.values()], 0.1)
        playing = [term for term in playing if not term.ended()]
    seconds = time.monotonic() - since
    held = slow.raw[before:].partition(b"RELEASE")[0]
    left = {name: (term, term.left()) for name, term in terms.items()}
    return Evening(left, held, seconds)


def test_a_whole_evening() -> None:
    """
    Every routine plays to its end, and only its summary stays on the screen.

    The bell rings when something changes, and not every second; a hold at its true
    speed writes little and draws nothing anew.
    """
    with ExitStack() as stack:
        evening = play_all(stack)
        for term, left in evening.rehearsals.values():
            kept = "\n".join((*term.display.scrolled, term.text))

            assert Left(0) == left
            assert kept.startswith("Done: ")
            assert not any(question in kept for question in QUESTIONS)
            assert "no / yes" not in kept
            assert 20 < term.raw.count(b"\a") < 150

    assert 0 < len(evening.held) < 1024 * evening.seconds
    assert b"\x1b[2J" not in evening.held


@pytest.mark.parametrize("size", [(40, 10), (80, 24)])
def test_sizes(size: tuple[int, int]) -> None:
    """At both promised sizes: REHEARSAL, the point, the side, what to do, the keys."""
    with PtyTerminal(rehearsal(10, "--only=BL40,BL60"), size) as term:
        term.see("Enter begins")
        term.read_plan()
        term.type("\r")
        term.see_all("PRESS", " LEFT ", "q stop")
        left = term.rows
        term.see("change to the RIGHT")
        term.see_all(" RIGHT ", "PRESS", "q stop")
        text = term.text
        term.type("qq")

        assert Left(0) == term.left()

    assert left[0].startswith("BL40 ")
    assert left[0].endswith("step 1 of 2")
    assert any(" LEFT " in row for row in left)
    for wanted in ("REHEARSAL", "Stop", "q stop"):
        assert wanted in "\n".join(left)
        assert wanted in text


def test_a_page_is_read_before_it_is_answered() -> None:
    """Enter begins nothing while some of the plan has not been seen: it reads on."""
    with PtyTerminal(rehearsal(10), (40, 12)) as term:
        term.see("(more")
        seen = term.text
        term.type("\r")
        term.wait(lambda: term.text != seen, "the next part of the plan")
        term.stay(0.2)

        assert "Enter begins" in term.text
        assert "LR3" not in seen

        term.read_plan()
        assert "Nothing you told me" in term.text
        term.type("5")
        term.see("pain now: 5_")
        assert "Nothing you told me" in term.text
        term.resize(20, 5)
        term.see("Enlarge the window.")
        term.deliver("\r")
        term.resize(40, 12)
        term.see("pain now: 5_")
        term.type("\r")
        term.see("FIND IT")
        term.type("qq")

        assert Left(0) == term.left()


def test_a_small_window() -> None:
    """A window that is too small pauses, from the start too, until it is larger."""
    with PtyTerminal(rehearsal(10), (39, 24)) as term:
        term.read_plan()
        term.type("\r")
        term.see("Enlarge the window to 40 x 10")
        term.deliver("n bn")
        term.resize(80, 24)
        term.see("paused: space goes on")
        before = seconds_left(term)
        for columns, rows in ((80, 9), (20, 5), (10, 3), (3, 1), (1, 1)):
            term.resize(columns, rows)
            term.see("Paused. Enlarge"[:columns])
        term.resize(80, 24)
        termios.tcsetwinsize(term.master, (0, 0))  # not told: as usual, then
        term.see("paused: space goes on")
        after = seconds_left(term)
        term.type(" ")
        term.wait(lambda: "paused" not in term.text, "going on")
        term.type("qq")

        assert Left(0) == term.left()

    assert before == after


def test_a_question_in_a_small_window() -> None:
    """A question that cannot be seen is not answered by what is typed."""
    with PtyTerminal(session(), (10, 3)) as term:
        term.see("Enlarge")
        term.deliver("no\r")
        term.resize(80, 24)
        term.see("no / yes / unsure: _")
        term.type("\x04")

        assert Left(3) == term.left()


def test_quit() -> None:
    """``q`` ends the session with its summary, and that is a good end."""
    with PtyTerminal(rehearsal(10)) as term:
        begin(term)
        term.type("qq")

        assert Left(0) == term.left()
        assert term.text.startswith("Stopped after ")


@pytest.mark.parametrize("state", ["question", "plan", "hold", "pause"])
def test_signals(state: str) -> None:
    """Whatever ends the program, in whatever state, it dies of it and tidies up."""
    command = session() if state == "question" else rehearsal(10)
    with ExitStack() as stack:
        terms = {n: stack.enter_context(PtyTerminal(command)) for n in STOPPING}
        for term in terms.values():
            match state:
                case "question":
                    term.see("unsure: _")
                case "plan":
                    term.see("Enter begins")
                case "hold":
                    begin(term)
                case _:
                    pause(term)
        for number, term in terms.items():
            term.send(number)

        for number, term in terms.items():
            assert Left(-number) == term.left()
            assert (state in {"hold", "pause"}) == ("Stopped after" in term.text)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_twice(number: int) -> None:
    """An impatient second signal neither spoils the terminal nor the summary."""
    with PtyTerminal(rehearsal(5)) as term:
        begin(term)
        term.send(number)
        term.send(number)

        assert Left(-number) == term.left()
        assert "Next: acupress session" in term.text


def test_signals_do_again_what_they_did() -> None:
    """Once nobody listens to the keyboard any more, no signal is caught any more."""
    before = [signal.getsignal(number) for number in signal.Signals]
    with keyboard_of(None, lambda: None):
        during = [signal.getsignal(number) for number in signal.Signals]

    assert before != during
    assert before == [signal.getsignal(number) for number in signal.Signals]


def test_signals_after_the_first_are_deaf() -> None:
    """Once a signal has ended it, none takes along what there is still to say."""
    before = {number: signal.getsignal(number) for number in STOPPING}
    with keyboard_of(None, lambda: None) as keyboard:
        os.kill(os.getpid(), signal.SIGTERM)
        heard = keyboard.read(DEADLINE)
    after = {number: signal.getsignal(number) for number in STOPPING}
    for number, handler in before.items():
        signal.signal(number, handler)

    assert Signalled(signal.SIGTERM) == heard
    assert not set(after.values()) & {signal.SIG_DFL, *before.values()}


def test_a_terminal_that_has_gone_is_heard() -> None:
    """Also where the system sends no signal, as to whoever started with nohup."""
    master, slave = os.openpty()
    with keyboard_of(slave, lambda: None) as keyboard:
        os.close(master)

        assert Signalled(signal.SIGHUP) == keyboard.read(DEADLINE)
    os.close(slave)


def test_control_c() -> None:
    """Ctrl-C at a question is a death by SIGINT, as Ctrl-Backslash is by SIGQUIT."""
    for key, number in (("\x03\x03", signal.SIGINT), ("\x1c", signal.SIGQUIT)):
        with PtyTerminal(session()) as term:
            term.see("unsure: _")
            term.type(key)

            assert Left(-number) == term.left()
            assert "pregnant" not in term.text


def test_a_stuck_terminal() -> None:
    """Where nobody reads the terminal, a second signal ends the program."""
    with PtyTerminal(rehearsal(1)) as term:
        term.read_plan()
        term.type("\r?" * 500)
        term.turn_away(lambda: term.stuck, DEADLINE)
        assert term.stuck
        term.turn_away(lambda: insisted(term), DEADLINE)

        assert term.code == -signal.SIGTERM
        assert term.modes == termios.tcgetattr(term.slave)


def test_control_z() -> None:
    """Ctrl-Z gives the shell its terminal back; fg goes on paused, uncounted."""
    with PtyTerminal(
        ["bash", "--norc", "--noediting", "-i"], environment={"PS1": "> "}
    ) as term:
        term.see(">")
        term.type(" ".join((*rehearsal(10), "\r")))
        begin(term)
        term.type("\x1a")
        term.see("Stopped")
        away = (term.display.main, term.modes == termios.tcgetattr(term.slave))
        hidden = term.display.cursor.hidden
        term.type("echo as be''fore\r")
        term.see("as before")
        term.type("fg\r")
        term.see("paused: space goes on")
        term.type(" ")
        term.see("then: ")
        term.type("qq")
        term.see("Next: acupress session")
        term.type("exit\r")

        assert away == (None, True)
        assert not hidden
        assert Left(0) == term.left()


def test_control_z_at_a_question() -> None:
    """Back from Ctrl-Z the question is there again, and nothing was answered."""
    with PtyTerminal(
        ["bash", "--norc", "--noediting", "-i"], environment={"PS1": "> "}
    ) as term:
        term.see(">")
        term.type(" ".join((*session(), "\r")))
        term.see("unsure: _")
        term.type("no\x1a")
        term.see("Stopped")
        term.type("bg\r")
        term.type("echo as be''fore\r")
        term.see("as before")
        assert term.display.main is None
        term.type("fg\r")
        term.see("no / yes / unsure: _")
        term.type("\x03")
        term.wait(lambda: term.display.main is None, "the main screen")
        term.type("exit\r")

        assert Left(130) == term.left()


def test_stopped_from_outside() -> None:
    """Stopped, or with its screen stopped or stuck: paused, and nothing is counted."""
    with (
        PtyTerminal(rehearsal(10)) as term,
        PtyTerminal(rehearsal(10)) as still,
        PtyTerminal(rehearsal(10)) as stuck,
    ):
        for each in (term, still, stuck):
            begin(each)
        term.send(signal.SIGSTOP)
        term.send(signal.SIGCONT)
        term.see("paused: space goes on")
        # However long a busy machine takes to notice: one of these is long enough.
        for seconds in (3, 6, 12, 24):
            still.type("\x13")
            fill(stuck)
            term.stay(seconds)
            still.type("\x11")
            paused = [paused_or_moving(each) for each in (still, stuck)]
            if all(paused):
                break
        for each in (still, stuck):
            assert "paused: space goes on" in each.text
        term.send(signal.SIGSTOP)
        term.send(signal.SIGTERM)
        term.send(signal.SIGCONT)
        still.type("qq")
        stuck.type("qq")

        assert Left(-signal.SIGTERM) == term.left()
        assert Left(0) == still.left() == stuck.left()


@pytest.mark.parametrize("option", ["--plain", "--rehearse"])
@pytest.mark.parametrize("asking", [True, False])
def test_the_terminal_goes_away(option: str, *, asking: bool) -> None:
    """A program whose terminal has gone is gone, too."""
    with PtyTerminal(session(option) if asking else session(*ANSWERS, option)) as term:
        if asking:
            term.see("unsure:")
        else:
            term.read_plan()
            term.type("\r")
            term.see("to get there")
        term.vanish()
        term.turn_away(term.ended, DEADLINE)

        assert term.code == -signal.SIGHUP


def test_type_ahead() -> None:
    """What was typed before a question was shown does not answer it."""
    with PtyTerminal(session()) as term:
        term.type("no\rno\r0\r\r")
        term.see("unsure: _")
        term.stay(0.2)

        assert "could you be pregnant" in term.text
        assert term.text.endswith("no / yes / unsure: _")

        term.type("no\rno\r0\r\r")
        term.see("Does any of this fit")
        term.see("no / 1 / 2: _")
        term.stay(0.2)

        assert term.text.endswith("no / 1 / 2: _")


def heard(term: PtyTerminal) -> None:
    """
    Wait until the question takes what is typed again, and leave nothing typed.

    What comes before the page is drawn is forgotten, so it is typed until it shows.
    """

    def come() -> bool:
        if "x_" not in term.text:
            term.type("x")
        return "x_" in term.text

    term.wait(come, "x")
    term.type("\x15.")
    term.wait(lambda: term.text.endswith("unsure: ._"), "nothing but a dot")
    term.type("\x08")
    term.wait(lambda: term.text.endswith("unsure: _"), "nothing")


def test_blanks_are_unsure() -> None:
    """Three times Enter at the first question is unsure, and never no."""
    with PtyTerminal(session()) as term:
        term.see("unsure: _")
        for _ in range(2):
            term.type("\r")
            term.see("Please type one of")
            heard(term)
        term.type("\r")
        term.see("A test would settle it")
        term.type("q")
        term.see("closes this page")
        term.type("q")

        assert Left(3) == term.left()


def test_end_of_input() -> None:
    """Ctrl-D answers nothing, so nothing starts."""
    with PtyTerminal(session()) as term:
        term.see("unsure: _")
        term.type("\x04")

        assert Left(3) == term.left()
        assert term.text == f"acupress: {safety.NOTHING_STARTED}"


def test_pregnant() -> None:
    """Yes is told what needs a call, and led to the points that remain."""
    with PtyTerminal(session("--rehearse"), (80, 60)) as term:
        term.see("unsure: _")
        term.type("yes\r")
        term.see("1  quiet: ")
        text = term.text
        term.type("1")
        term.see("Does any of this fit")
        term.type("no\r")
        term.see("Do any of these fit")
        term.type("0\r")
        term.see("Enter begins")
        planned = term.text.partition("Left out")[0]
        term.type("q")

        assert Left(0) == term.left()

    assert text.startswith("Call your maternity unit or midwife now")
    assert "x CV6 Sea of Energy" in text
    assert "1  quiet: " in text
    assert "GB21" not in planned
    assert "LI4" not in planned
    assert "0:00  " in planned


def test_pregnant_and_stopping() -> None:
    """To stop there is no session, and says once more what needs help."""
    with PtyTerminal(session()) as term:
        term.see("unsure: _")
        term.type("yes\r")
        term.see("q stops")
        term.type("q")
        term.see("Get help now")
        text = term.text
        term.type("q")

        assert Left(3) == term.left()
        assert "find it" not in text


def test_a_warning_sign() -> None:
    """A warning sign sends people to help, and no point is shown."""
    with PtyTerminal(session("--pregnancy=no")) as term:
        term.see("no / 1 / 2: _")
        term.type("1\r")
        term.see("get medical help now")
        term.type("\r")

        assert Left(3) == term.left()
        assert b"CV6" not in term.raw


SEQUENCES = (
    b"\x1b[<0;10;10M\x1b[M nq\x1b[<64;1;1m",
    b"\x1b[200~q\rn\x1b[201~",
    b"\x1b[1;5q\x1b[15~\x1bOq\x1b[[B",
    b"\x1b]0;q n\x07\x1bPq n\x1b\\",
    b"\x1bn\x1b\x1b[5~",
    b"\0\x01\x04\x15\x7f\xff\xc3",
)


def test_sequences() -> None:
    """No letter of a mouse report, a paste or a function key is taken for a key."""
    with PtyTerminal(rehearsal(10)) as term:
        pause(term)
        before = drawn(term)
        for sequence in SEQUENCES:
            term.type(sequence)
        term.type(b"\x1b[200~" + b"q n " * 3000 + b"\x1b[201~")
        after = drawn(term)
        term.type("qq")

        assert before == after
        assert Left(0) == term.left()


@pytest.mark.parametrize(
    ("first", "rest"),
    [
        (b"\x1b[", b"15~"),
        (b"\x1b[M", b" nq"),
        (b"\x1b[200~q", b"n\x1b[201~"),
        (b"\x1b[200~" + b"q n " * 900 + b"\x1b[20", b"1~"),
    ],
)
def test_half_a_sequence(first: bytes, rest: bytes) -> None:
    """A sequence that comes in two parts is one, if its rest is there when we look."""
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

    assert came == [None, None, "?"]


@pytest.mark.parametrize("option", ["--picture=auto", "--plain"])
def test_five_thousand_keys(option: str) -> None:
    """Thousands of keys of all kinds, hit at once: the session stands it."""
    choice = random.Random(7)  # noqa: S311 - only to be the same each time
    held_back = b"qQ\x03\x1a\x1c\x13\x11\x1b"
    single = [bytes([each]) for each in range(256) if each not in held_back]
    longer = [*SEQUENCES, *map(str.encode, ("\x1b[C", "\x1bOD", "\x1b[5~", "é", "肩"))]
    keys = [choice.choice(choice.choice((single, longer))) for _ in range(5000)]
    with PtyTerminal(rehearsal(1, option)) as term:
        term.read_plan()
        term.type("\r")
        term.see("to get there")
        for at in range(0, len(keys), 500):
            term.type(b"".join(keys[at : at + 500]))
            look([term], 0.02)
        term.type("xqq")

        assert Left(0) == term.left()
        assert "Next: acupress" in term.text


def test_a_key_held_down() -> None:
    """A key held down is one jump, so nothing is skipped unseen."""
    with PtyTerminal(rehearsal(1)) as term:
        term.read_plan()
        term.type("\r")
        term.see("step 1 of 5")
        term.type("n" * 8 + "m")
        term.see("(sound off)")

        assert "step 2 of 5" in term.text


def test_a_storm_of_sizes() -> None:
    """A hundred new sizes do not disturb the session; the screen is right after."""
    with PtyTerminal(rehearsal(10)) as term:
        term.see("Enter begins")
        since = time.monotonic()
        begin(term)
        before = seconds_left(term)
        for number in range(100):
            term.resize(40 + number % 60, 10 + number % 30)
            look([term], 0.005)
        term.resize(80, 24)
        term.type(" ")
        term.see_all("paused: space goes on", "q stop")
        after = seconds_left(term)
        passed = time.monotonic() - since
        term.type("+")
        term.wait(lambda: seconds_left(term) == after + 10, "ten seconds more")
        shown, length = term.text, len(term.raw)
        term.send(signal.SIGCONT)
        term.wait(
            lambda: term.raw[length:].count(b"\x1b[2J") == 2 and term.text == shown,
            "the same screen, drawn anew",
        )
        term.type("qq")

        assert Left(0) == term.left()

    assert 0 <= before - after <= 10 * passed + 1
    assert shown.splitlines()[0].endswith("step 1 of 5")


def test_mute() -> None:
    """``m`` is for silence: no bell is rung from then on."""
    with PtyTerminal(rehearsal(30)) as term:
        term.read_plan()
        term.type("\rm")
        term.see("(sound off)")
        already = len(term.raw)
        term.see("round 2 of 2")
        term.type("qq")

        assert Left(0) == term.left()
        assert b"\a" in term.raw[:already]
        assert b"\a" not in term.raw[already:]


def test_plain() -> None:
    """Plain mode on a terminal: no escape sequence, a line for a change, all keys."""
    with PtyTerminal(rehearsal(3, "--plain"), environment={"TERM": "dumb"}) as term:
        term.read_plan()
        term.type("\r")
        term.see("get there")
        term.type("\r")
        term.see("belly, middle: press for 1 minute (1 of 2)")
        term.type(" ")
        term.see("Paused. Press space to go on.")
        term.type(" ")
        term.see("going on")
        term.type("?")
        term.see("time stands still: any other key goes on")
        term.type("xn")
        term.see("2 of 5: BL23 Kidney Shu")
        term.type("qq")

        assert Left(0) == term.left()
        assert b"\x1b" not in term.raw
        assert term.raw.count(b"press for 1 minute") == 1
        assert term.raw.count(b"Paused. ") == 1


@pytest.mark.parametrize("pipes", ["| cat", "< /dev/null", "<<< no"])
def test_half_a_terminal(pipes: str) -> None:
    """Without a terminal at both ends nothing is asked and nothing starts."""
    command = f"{' '.join(session())} {pipes}; exit ${{PIPESTATUS[0]}}"
    with PtyTerminal(["bash", "--norc", "-c", command]) as term:
        assert Left(3) == term.left()
        assert "without a terminal nothing is asked" in term.text
        assert "could you be pregnant" not in term.text
