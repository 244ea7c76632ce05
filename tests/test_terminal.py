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
from seat import ACUPRESS, DEADLINE, Left, Seat, look

if sys.platform != "win32":
    import termios

ROUTINES = ("lower-back", "lower-back-partner", "upper-back", "upper-back-partner")
ANSWERS = ("--pregnancy=no", "--warning-signs=none", "--cautions=none")
HURRIED = ("--sound=bell", "--rehearse", "--speed=100")
STOPPING = [
    number
    for number in signal.Signals
    if number.name in {"SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"}
]
QUESTIONS = ("could you be pregnant", "Does any of this fit", "Do any of these fit")


def session(*options: str) -> tuple[str, ...]:
    """Return the command for a lower-back session with *options*, and the bell."""
    return (*ACUPRESS, "session", "lower-back", "--sound=bell", *options)


def rehearsal(speed: int, *options: str) -> tuple[str, ...]:
    """Return the command for one that is answered already, *speed* times faster."""
    return session(*ANSWERS, "--rehearse", f"--speed={speed}", *options)


def ask_for_plan(seat: Seat) -> None:
    """Answer the three questions as on an ordinary day."""
    for question, answer in zip(QUESTIONS, ("no", "no", "0"), strict=True):
        seat.see(question)
        seat.type(f"{answer}\r")
    seat.see("Enter begins")


def begin(seat: Seat) -> None:
    """Go from the plan into the first hold."""
    seat.read_plan()
    seat.type("\r")
    seat.see("FIND IT")
    seat.type("\r")
    seat.see("PRESS")


def pause(seat: Seat) -> None:
    """Go into the first hold and let time stand still there."""
    begin(seat)
    seat.type(" ")
    seat.see("paused: space goes on")


def drawn(seat: Seat) -> str:
    """Return a session that has paused, drawn anew: the help was there meanwhile."""
    seat.type("?")
    seat.see("any other key goes on")
    seat.type("x")
    seat.see_all("paused: space goes on", "q stop")
    return seat.text


def seconds_left(seat: Seat) -> int:
    """Return the session seconds that the screen says are left."""
    left = re.compile(r"(\d+):(\d\d) left")
    seat.wait(lambda: left.search(seat.text) is not None, "the time that is left")
    minutes, seconds = left.findall(seat.text)[0]
    return 60 * int(minutes) + int(seconds)


def fill(seat: Seat) -> None:
    """Type what draws a row and pauses nothing, until the terminal takes no more."""
    until = time.monotonic() + DEADLINE
    while not seat.stuck and time.monotonic() < until:
        seat.type("m" * 100)
        seat.turn_away(lambda: seat.stuck, 0.5)
    assert seat.stuck


def paused_or_moving(seat: Seat) -> bool:
    """Tell whether the session has paused by itself; wait until it has or goes on."""
    before = seconds_left(seat)
    paused = "paused: space goes on"
    seat.wait(lambda: paused in seat.text or seconds_left(seat) < before - 60, paused)
    return paused in seat.text


def insisted(seat: Seat) -> bool:
    """Ask the program once more to end, and tell whether it has."""
    if not seat.ended():
        seat.send(signal.SIGTERM)
    return seat.ended()


@dataclass(frozen=True, slots=True)
class Evening:
    """
    Four rehearsals, each with what it left, and a hold at its true speed.

    They run at once, since none of them can be hurried.
    """

    rehearsals: dict[str, tuple[Seat, Left]]
    held: bytes
    seconds: float


def play_all(stack: ExitStack) -> Evening:
    """Play all routines, each from its first question to its end."""
    slow = stack.enter_context(Seat(session(*ANSWERS)))
    begin(slow)
    slow.catch_up()
    before, since = len(slow.raw), time.monotonic()
    seats = {
        name: stack.enter_context(Seat((*ACUPRESS, "session", name, *HURRIED)))
        for name in ROUTINES
    }
    for seat in seats.values():
        ask_for_plan(seat)
    for seat in seats.values():
        seat.read_plan()
        seat.type("\r")
    playing = list(seats.values())
    until = time.monotonic() + DEADLINE
    while playing and time.monotonic() < until:
        look([slow, *seats.values()], 0.1)
        playing = [seat for seat in playing if not seat.ended()]
    seconds = time.monotonic() - since
    held = slow.raw[before:].partition(b"RELEASE")[0]
    left = {name: (seat, seat.left()) for name, seat in seats.items()}
    return Evening(left, held, seconds)


def test_a_whole_evening() -> None:
    """
    Every routine plays to its end, and only its summary stays on the screen.

    The bell rings when something changes, and not every second; a hold at its true
    speed writes little and draws nothing anew.
    """
    with ExitStack() as stack:
        evening = play_all(stack)
        for seat, left in evening.rehearsals.values():
            kept = "\n".join((*seat.display.scrolled, seat.text))

            assert Left(0) == left
            assert kept.startswith("Done: ")
            assert not any(question in kept for question in QUESTIONS)
            assert "no / yes" not in kept
            assert 20 < seat.raw.count(b"\a") < 150

    assert 0 < len(evening.held) < 1024 * evening.seconds
    assert b"\x1b[2J" not in evening.held


@pytest.mark.parametrize("size", [(40, 10), (80, 24)])
def test_sizes(size: tuple[int, int]) -> None:
    """At both promised sizes: REHEARSAL, the point, the side, what to do, the keys."""
    with Seat(rehearsal(10, "--only=BL40,BL60"), size) as seat:
        seat.see("Enter begins")
        seat.read_plan()
        seat.type("\r")
        seat.see_all("PRESS", " LEFT ", "q stop")
        left = seat.rows
        seat.see("change to the RIGHT")
        seat.see_all(" RIGHT ", "PRESS", "q stop")
        text = seat.text
        seat.type("qq")

        assert Left(0) == seat.left()

    assert left[0].startswith("BL40 ")
    assert left[0].endswith("step 1 of 2")
    assert any(" LEFT " in row for row in left)
    for wanted in ("REHEARSAL", "Stop", "q stop"):
        assert wanted in "\n".join(left)
        assert wanted in text


def test_a_page_is_read_before_it_is_answered() -> None:
    """Enter begins nothing while some of the plan has not been seen: it reads on."""
    with Seat(rehearsal(10), (40, 12)) as seat:
        seat.see("(more")
        seen = seat.text
        seat.type("\r")
        seat.wait(lambda: seat.text != seen, "the next part of the plan")
        seat.stay(0.2)

        assert "Enter begins" in seat.text
        assert "LR3" not in seen

        seat.read_plan()
        assert "Nothing you told me" in seat.text
        seat.type("5")
        seat.see("pain now: 5_")
        assert "Nothing you told me" in seat.text
        seat.resize(20, 5)
        seat.see("Enlarge the window.")
        seat.deliver("\r")
        seat.resize(40, 12)
        seat.see("pain now: 5_")
        seat.type("\r")
        seat.see("FIND IT")
        seat.type("qq")

        assert Left(0) == seat.left()


def test_a_small_window() -> None:
    """A window that is too small pauses, from the start too, until it is larger."""
    with Seat(rehearsal(10), (39, 24)) as seat:
        seat.read_plan()
        seat.type("\r")
        seat.see("Enlarge the window to 40 x 10")
        seat.deliver("n bn")
        seat.resize(80, 24)
        seat.see("paused: space goes on")
        before = seconds_left(seat)
        for columns, rows in ((80, 9), (20, 5), (10, 3), (3, 1), (1, 1)):
            seat.resize(columns, rows)
            seat.see("Paused. Enlarge"[:columns])
        seat.resize(80, 24)
        termios.tcsetwinsize(seat.master, (0, 0))  # not told: as usual, then
        seat.see("paused: space goes on")
        after = seconds_left(seat)
        seat.type(" ")
        seat.wait(lambda: "paused" not in seat.text, "going on")
        seat.type("qq")

        assert Left(0) == seat.left()

    assert before == after


def test_a_question_in_a_small_window() -> None:
    """A question that cannot be seen is not answered by what is typed."""
    with Seat(session(), (10, 3)) as seat:
        seat.see("Enlarge")
        seat.deliver("no\r")
        seat.resize(80, 24)
        seat.see("no / yes / unsure: _")
        seat.type("\x04")

        assert Left(3) == seat.left()


def test_quit() -> None:
    """``q`` ends the session with its summary, and that is a good end."""
    with Seat(rehearsal(10)) as seat:
        begin(seat)
        seat.type("qq")

        assert Left(0) == seat.left()
        assert seat.text.startswith("Stopped after ")


@pytest.mark.parametrize("state", ["question", "plan", "hold", "pause"])
def test_signals(state: str) -> None:
    """Whatever ends the program, in whatever state, it dies of it and tidies up."""
    command = session() if state == "question" else rehearsal(10)
    with ExitStack() as stack:
        seats = {n: stack.enter_context(Seat(command)) for n in STOPPING}
        for seat in seats.values():
            match state:
                case "question":
                    seat.see("unsure: _")
                case "plan":
                    seat.see("Enter begins")
                case "hold":
                    begin(seat)
                case _:
                    pause(seat)
        for number, seat in seats.items():
            seat.send(number)

        for number, seat in seats.items():
            assert Left(-number) == seat.left()
            assert (state in {"hold", "pause"}) == ("Stopped after" in seat.text)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_twice(number: int) -> None:
    """An impatient second signal neither spoils the terminal nor the summary."""
    with Seat(rehearsal(5)) as seat:
        begin(seat)
        seat.send(number)
        seat.send(number)

        assert Left(-number) == seat.left()
        assert "Next: acupress session" in seat.text


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
        with Seat(session()) as seat:
            seat.see("unsure: _")
            seat.type(key)

            assert Left(-number) == seat.left()
            assert "pregnant" not in seat.text


def test_a_stuck_terminal() -> None:
    """Where nobody reads the terminal, a second signal ends the program."""
    with Seat(rehearsal(1)) as seat:
        seat.read_plan()
        seat.type("\r?" * 500)
        seat.turn_away(lambda: seat.stuck, DEADLINE)
        assert seat.stuck
        seat.turn_away(lambda: insisted(seat), DEADLINE)

        assert seat.code == -signal.SIGTERM
        assert seat.modes == termios.tcgetattr(seat.slave)


def test_control_z() -> None:
    """Ctrl-Z gives the shell its terminal back; fg goes on paused, uncounted."""
    with Seat(
        ["bash", "--norc", "--noediting", "-i"], environment={"PS1": "> "}
    ) as seat:
        seat.see(">")
        seat.type(" ".join((*rehearsal(10), "\r")))
        begin(seat)
        seat.type("\x1a")
        seat.see("Stopped")
        away = (seat.display.main, seat.modes == termios.tcgetattr(seat.slave))
        hidden = seat.display.cursor.hidden
        seat.type("echo as be''fore\r")
        seat.see("as before")
        seat.type("fg\r")
        seat.see("paused: space goes on")
        seat.type(" ")
        seat.see("then: ")
        seat.type("qq")
        seat.see("Next: acupress session")
        seat.type("exit\r")

        assert away == (None, True)
        assert not hidden
        assert Left(0) == seat.left()


def test_control_z_at_a_question() -> None:
    """Back from Ctrl-Z the question is there again, and nothing was answered."""
    with Seat(
        ["bash", "--norc", "--noediting", "-i"], environment={"PS1": "> "}
    ) as seat:
        seat.see(">")
        seat.type(" ".join((*session(), "\r")))
        seat.see("unsure: _")
        seat.type("no\x1a")
        seat.see("Stopped")
        seat.type("bg\r")
        seat.type("echo as be''fore\r")
        seat.see("as before")
        assert seat.display.main is None
        seat.type("fg\r")
        seat.see("no / yes / unsure: _")
        seat.type("\x03")
        seat.wait(lambda: seat.display.main is None, "the main screen")
        seat.type("exit\r")

        assert Left(130) == seat.left()


def test_stopped_from_outside() -> None:
    """Stopped, or with its screen stopped or stuck: paused, and nothing is counted."""
    with (
        Seat(rehearsal(10)) as seat,
        Seat(rehearsal(10)) as still,
        Seat(rehearsal(10)) as stuck,
    ):
        for each in (seat, still, stuck):
            begin(each)
        seat.send(signal.SIGSTOP)
        seat.send(signal.SIGCONT)
        seat.see("paused: space goes on")
        # However long a busy machine takes to notice: one of these is long enough.
        for seconds in (3, 6, 12, 24):
            still.type("\x13")
            fill(stuck)
            seat.stay(seconds)
            still.type("\x11")
            paused = [paused_or_moving(each) for each in (still, stuck)]
            if all(paused):
                break
        for each in (still, stuck):
            assert "paused: space goes on" in each.text
        seat.send(signal.SIGSTOP)
        seat.send(signal.SIGTERM)
        seat.send(signal.SIGCONT)
        still.type("qq")
        stuck.type("qq")

        assert Left(-signal.SIGTERM) == seat.left()
        assert Left(0) == still.left() == stuck.left()


@pytest.mark.parametrize("option", ["--plain", "--rehearse"])
@pytest.mark.parametrize("asking", [True, False])
def test_the_terminal_goes_away(option: str, *, asking: bool) -> None:
    """A program whose terminal has gone is gone, too."""
    with Seat(session(option) if asking else session(*ANSWERS, option)) as seat:
        if asking:
            seat.see("unsure:")
        else:
            seat.read_plan()
            seat.type("\r")
            seat.see("to get there")
        seat.vanish()
        seat.turn_away(seat.ended, DEADLINE)

        assert seat.code == -signal.SIGHUP


def test_type_ahead() -> None:
    """What was typed before a question was shown does not answer it."""
    with Seat(session()) as seat:
        seat.type("no\rno\r0\r\r")
        seat.see("unsure: _")
        seat.stay(0.2)

        assert "could you be pregnant" in seat.text
        assert seat.text.endswith("no / yes / unsure: _")

        seat.type("no\rno\r0\r\r")
        seat.see("Does any of this fit")
        seat.see("no / 1 / 2: _")
        seat.stay(0.2)

        assert seat.text.endswith("no / 1 / 2: _")


def heard(seat: Seat) -> None:
    """
    Wait until the question takes what is typed again, and leave nothing typed.

    What comes before the page is drawn is forgotten, so it is typed until it shows.
    """

    def come() -> bool:
        if "x_" not in seat.text:
            seat.type("x")
        return "x_" in seat.text

    seat.wait(come, "x")
    seat.type("\x15.")
    seat.wait(lambda: seat.text.endswith("unsure: ._"), "nothing but a dot")
    seat.type("\x08")
    seat.wait(lambda: seat.text.endswith("unsure: _"), "nothing")


def test_blanks_are_unsure() -> None:
    """Three times Enter at the first question is unsure, and never no."""
    with Seat(session()) as seat:
        seat.see("unsure: _")
        for _ in range(2):
            seat.type("\r")
            seat.see("Please type one of")
            heard(seat)
        seat.type("\r")
        seat.see("A test would settle it")
        seat.type("q")
        seat.see("closes this page")
        seat.type("q")

        assert Left(3) == seat.left()


def test_end_of_input() -> None:
    """Ctrl-D answers nothing, so nothing starts."""
    with Seat(session()) as seat:
        seat.see("unsure: _")
        seat.type("\x04")

        assert Left(3) == seat.left()
        assert seat.text == f"acupress: {safety.NOTHING_STARTED}"


def test_pregnant() -> None:
    """Yes is told what needs a call, and led to the points that remain."""
    with Seat(session("--rehearse"), (80, 60)) as seat:
        seat.see("unsure: _")
        seat.type("yes\r")
        seat.see("1  quiet: ")
        text = seat.text
        seat.type("1")
        seat.see("Does any of this fit")
        seat.type("no\r")
        seat.see("Do any of these fit")
        seat.type("0\r")
        seat.see("Enter begins")
        planned = seat.text.partition("Left out")[0]
        seat.type("q")

        assert Left(0) == seat.left()

    assert text.startswith("Call your maternity unit or midwife now")
    assert "x CV6 Sea of Energy" in text
    assert "1  quiet: " in text
    assert "GB21" not in planned
    assert "LI4" not in planned
    assert "0:00  " in planned


def test_pregnant_and_stopping() -> None:
    """To stop there is no session, and says once more what needs help."""
    with Seat(session()) as seat:
        seat.see("unsure: _")
        seat.type("yes\r")
        seat.see("q stops")
        seat.type("q")
        seat.see("Get help now")
        text = seat.text
        seat.type("q")

        assert Left(3) == seat.left()
        assert "find it" not in text


def test_a_warning_sign() -> None:
    """A warning sign sends people to help, and no point is shown."""
    with Seat(session("--pregnancy=no")) as seat:
        seat.see("no / 1 / 2: _")
        seat.type("1\r")
        seat.see("get medical help now")
        seat.type("\r")

        assert Left(3) == seat.left()
        assert b"CV6" not in seat.raw


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
    with Seat(rehearsal(10)) as seat:
        pause(seat)
        before = drawn(seat)
        for sequence in SEQUENCES:
            seat.type(sequence)
        seat.type(b"\x1b[200~" + b"q n " * 3000 + b"\x1b[201~")
        after = drawn(seat)
        seat.type("qq")

        assert before == after
        assert Left(0) == seat.left()


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
    with Seat(rehearsal(1, option)) as seat:
        seat.read_plan()
        seat.type("\r")
        seat.see("to get there")
        for at in range(0, len(keys), 500):
            seat.type(b"".join(keys[at : at + 500]))
            look([seat], 0.02)
        seat.type("xqq")

        assert Left(0) == seat.left()
        assert "Next: acupress" in seat.text


def test_a_key_held_down() -> None:
    """A key held down is one jump, so nothing is skipped unseen."""
    with Seat(rehearsal(1)) as seat:
        seat.read_plan()
        seat.type("\r")
        seat.see("step 1 of 5")
        seat.type("n" * 8 + "m")
        seat.see("(sound off)")

        assert "step 2 of 5" in seat.text


def test_a_storm_of_sizes() -> None:
    """A hundred new sizes do not disturb the session; the screen is right after."""
    with Seat(rehearsal(10)) as seat:
        seat.see("Enter begins")
        since = time.monotonic()
        begin(seat)
        before = seconds_left(seat)
        for number in range(100):
            seat.resize(40 + number % 60, 10 + number % 30)
            look([seat], 0.005)
        seat.resize(80, 24)
        seat.type(" ")
        seat.see_all("paused: space goes on", "q stop")
        after = seconds_left(seat)
        passed = time.monotonic() - since
        seat.type("+")
        seat.wait(lambda: seconds_left(seat) == after + 10, "ten seconds more")
        shown, length = seat.text, len(seat.raw)
        seat.send(signal.SIGCONT)
        seat.wait(
            lambda: seat.raw[length:].count(b"\x1b[2J") == 2 and seat.text == shown,
            "the same screen, drawn anew",
        )
        seat.type("qq")

        assert Left(0) == seat.left()

    assert 0 <= before - after <= 10 * passed + 1
    assert shown.splitlines()[0].endswith("step 1 of 5")


def test_mute() -> None:
    """``m`` is for silence: no bell is rung from then on."""
    with Seat(rehearsal(30)) as seat:
        seat.read_plan()
        seat.type("\rm")
        seat.see("(sound off)")
        already = len(seat.raw)
        seat.see("round 2 of 2")
        seat.type("qq")

        assert Left(0) == seat.left()
        assert b"\a" in seat.raw[:already]
        assert b"\a" not in seat.raw[already:]


def test_plain() -> None:
    """Plain mode on a terminal: no escape sequence, a line for a change, all keys."""
    with Seat(rehearsal(3, "--plain"), environment={"TERM": "dumb"}) as seat:
        seat.read_plan()
        seat.type("\r")
        seat.see("get there")
        seat.type("\r")
        seat.see("belly, middle: press for 1 minute (1 of 2)")
        seat.type(" ")
        seat.see("Paused. Press space to go on.")
        seat.type(" ")
        seat.see("going on")
        seat.type("?")
        seat.see("time stands still: any other key goes on")
        seat.type("xn")
        seat.see("2 of 5: BL23 Kidney Shu")
        seat.type("qq")

        assert Left(0) == seat.left()
        assert b"\x1b" not in seat.raw
        assert seat.raw.count(b"press for 1 minute") == 1
        assert seat.raw.count(b"Paused. ") == 1


@pytest.mark.parametrize("pipes", ["| cat", "< /dev/null", "<<< no"])
def test_half_a_terminal(pipes: str) -> None:
    """Without a terminal at both ends nothing is asked and nothing starts."""
    command = f"{' '.join(session())} {pipes}; exit ${{PIPESTATUS[0]}}"
    with Seat(["bash", "--norc", "-c", command]) as seat:
        assert Left(3) == seat.left()
        assert "without a terminal nothing is asked" in seat.text
        assert "could you be pregnant" not in seat.text
