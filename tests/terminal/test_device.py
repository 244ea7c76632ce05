"""The whole program at a real terminal: what people see, and what is left behind."""

from __future__ import annotations

import random
import re
import signal
import sys
import time
from contextlib import ExitStack

import pytest

from acupress.session.planning import plan
from acupress.session.screening import PointChoice, screen
from acupress.session.timeline import CueSound, lay_out
from acupress.stage.sounds import COUNTED
from support.catalogue import REAL
from support.plans import NO
from support.terminal import ACUPRESS, AWAY, DEADLINE, Left, PtyTerminal, look
from support.terminal_sessions import (
    HURRIED,
    PAUSED,
    QUESTIONS,
    PtySession,
    ask_for_plan,
    begin,
    make_too_small,
    pause,
    play_seconds,
    rehearsal,
    seconds_left,
    session,
    wait_for_prompt,
)

if sys.platform != "win32":
    import termios


def asked(routine: str, point: str) -> tuple[str, ...]:
    """Return the command for a hurried rehearsal of one point that asks first."""
    return (*ACUPRESS, "session", routine, *HURRIED, f"--only={point}")


def test_from_the_first_question_to_the_end() -> None:
    """
    A session plays to its end, and only its summary stays on the screen.

    The bell rings once for each moment that is worth it, and not every second; after
    ``m`` it does not ring at all.
    """
    wish = PointChoice(only=frozenset({"TE3"}))
    timeline = lay_out(plan(screen(REAL["upper-back"], NO, wish)))
    unrung = COUNTED | {CueSound.LAST_SECONDS}
    moments = {cue.at for cue in timeline.cues if cue.sound not in unrung}
    with (
        PtySession(asked("upper-back", "TE3")) as heard,
        PtySession(asked("lower-back-partner", "BL23")) as muted,
    ):
        for term, key in ((heard, ""), (muted, "m")):
            ask_for_plan(term)
            term.read_plan()
            term.type(f"\r{key}")
        muted.see("(sound off)")
        already = len(muted.raw)
        for term in (heard, muted):
            term.play_until(term.ended, "the end")
            left = term.left()

            assert Left(0) == left
            assert term.kept.startswith("Done: ")
            assert not any(question in term.kept for question in QUESTIONS)
            assert "no / yes" not in term.kept

        assert heard.raw.count(b"\a") == len(moments)
        assert b"\a" not in muted.raw[already:]


def test_a_hold_writes_little_and_a_key_held_down_is_one_jump() -> None:
    """Nothing is skipped unseen; a second of a hold changes some rows of the screen."""
    with PtySession(rehearsal(1)) as term:
        term.read_plan()
        term.type("\r")
        term.see("step 1 of 5")
        term.type("n" * 8 + "m")
        term.see("(sound off)")

        assert "step 2 of 5" in term.text

        term.type("\r")
        term.reach("PRESS")
        before = len(term.seen)
        play_seconds(term, 3)
        written = term.seen[before:]

        assert 0 < len(written) < 3 * 1024
        assert b"\x1b[2J" not in written


def test_a_question_that_is_not_answered() -> None:
    """
    It is not answered by what is typed while the window is too small to show it.

    Three times Enter is unsure, and never no.
    """
    with PtySession(session(), (10, 3)) as term:
        term.see("Enlarge")
        term.deliver("no\r")
        term.resize(80, 24)
        term.see("no / yes / unsure: _")
        for _ in range(2):
            term.type("\r")
            term.see("Please type one of")
            wait_for_prompt(term, "unsure:")
        term.type("\r")
        term.see("A test would settle it")
        term.type("q")
        term.see("closes this page")
        term.type("q")

        assert Left(3) == term.left()


def test_a_plan_and_a_session_in_windows_of_many_sizes() -> None:
    """
    Enter begins nothing while some of the plan has not been seen: it reads on.

    A window that is too small pauses the session, from the start too, until it is
    larger. Both promised sizes have all that is needed.
    """
    with PtySession(rehearsal(1, "--only=BL40,BL60"), (40, 12)) as term:
        term.see("(more")
        seen = term.text
        term.type("\r")
        term.wait(lambda: term.text != seen, "the next part of the plan")
        term.type("5\r")
        term.see("pain now: 5_")  # so Enter has begun nothing

        assert "what your answers allow." not in seen

        term.read_plan()
        assert "what your answers allow." in term.text
        term.resize(20, 5)
        term.see("Enlarge the window.")
        term.deliver("\r")
        term.resize(40, 9)
        term.see("pain now: 5_")
        term.type("\r")
        term.see("Enlarge the window to 40 x 10")
        make_too_small(term)
        term.deliver("n bn")
        term.resize(80, 24)
        term.see(PAUSED)
        before = seconds_left(term)
        for columns, rows in ((80, 9), (20, 5), (10, 3), (3, 1), (1, 1)):
            term.resize(columns, rows)
            term.see("Paused. Enlarge"[:columns])
        term.resize(80, 24)
        termios.tcsetwinsize(term.master, (0, 0))  # not told: as usual, then
        term.see(PAUSED)

        assert before == seconds_left(term)

        term.type(" ")
        term.wait(lambda: PAUSED not in term.text, "going on")
        term.type("\r")
        for size in ((80, 24), (40, 10)):
            term.resize(*size)
            term.see_all("PRESS", " LEFT ", "REHEARSAL", "stop, q", "q stop")

            assert term.rows[0].startswith("BL40 ")
            assert term.rows[0].endswith("step 1 of 2")

        term.type("qq")

        assert Left(0) == term.left()
        assert term.kept.startswith("Stopped after ")


def test_type_ahead() -> None:
    """What was typed before a question was shown does not answer it, nor the next."""
    with ExitStack() as stack:
        for option in ("--no-plain", "--plain"):
            command = session(option)
            term = stack.enter_context(PtySession(command, ahead="no\rno\r0\r\r"))
            term.see("no / yes / unsure:")
            term.type("x")
            term.see("no / yes / unsure: x")

            assert "could you be pregnant" in term.text

            term.type("\x15no\rno\r0\r\r")
            term.see("Does any of this fit")
            term.see("no / 1 / 2:")
            term.type("x")
            term.see("no / 1 / 2: x")
            term.type("\x15\x04")

            assert Left(3) == term.left()


SEQUENCES = (
    b"\x1b[<0;10;10M\x1b[M nq\x1b[<64;1;1m",
    b"\x1b[200~q\rn\x1b[201~",
    b"\x1b[1;5q\x1b[15~\x1bOq\x1b[[B",
    b"\x1b]0;q n\x07\x1bPq n\x1b\\",
    b"\x1bn\x1b\x1b[H",
    b"\0\x01\x04\x15\x7f\xff\xc3",
)


def drawn_anew(term: PtyTerminal) -> str:
    """Return a session that stands still, drawn anew to its last row after the help."""
    term.type("?")
    term.see("any other key goes on")
    term.type("x")
    term.see_all(PAUSED, "q stop")
    return term.text


def test_what_nobody_typed_changes_nothing() -> None:
    """
    A hundred new sizes do not disturb the session; the screen is right after.

    Nor does a mouse, a paste or a function key: no letter of it is taken for a key.
    """
    with PtySession(rehearsal(10, "--picture=auto")) as term:
        term.see("Enter begins")
        since = time.monotonic()
        begin(term)
        before = seconds_left(term)
        for number in range(100):
            term.resize(40 + number % 60, 10 + number % 30)
            look([term], 0.005)
        term.resize(80, 24)
        pause(term)
        after = seconds_left(term)
        passed = time.monotonic() - since
        term.type("+")
        term.wait(lambda: seconds_left(term) == after + 10, "ten seconds more")
        shown, length = drawn_anew(term), len(term.raw)
        term.send(signal.SIGCONT)
        term.wait(
            lambda: term.raw[length:].count(b"\x1b[2J") == 1 and term.text == shown,
            "the same screen, drawn anew",
        )
        for sequence in SEQUENCES:
            term.type(sequence)

        assert drawn_anew(term) == shown

        term.type("qq")

        assert Left(0) == term.left()

    # However slow the machine: no more has passed than our own clock says.
    assert 0 <= before - after <= 10 * passed + 1
    assert shown.splitlines()[0].endswith("step 1 of 5")


@pytest.mark.parametrize("option", ["--picture=auto", "--plain"])
def test_thousands_of_keys(option: str) -> None:
    """Keys of all kinds, hit at once: the session stands it."""
    choice = random.Random(7)  # noqa: S311 - only to be the same each time
    held_back = b"qQ\x03\x1a\x1c\x13\x11\x1b"
    single = [bytes([each]) for each in range(256) if each not in held_back]
    longer = [*SEQUENCES, *map(str.encode, ("\x1b[C", "\x1bOD", "\x1b[5~", "é", "肩"))]
    keys = [choice.choice(choice.choice((single, longer))) for _ in range(3000)]
    with PtySession(rehearsal(1, option)) as term:
        term.read_plan()
        term.type("\r")
        term.see("to get there")
        for at in range(0, len(keys), 100):
            term.type(b"".join(keys[at : at + 100]))
            look([term], 0)
        term.type("xqq")

        assert Left(0) == term.left()
        assert "Next: acupress" in term.text


def test_plain() -> None:
    """Plain mode on a terminal: no escape sequence, a line for a change, all keys."""
    with PtySession(rehearsal(1, "--plain"), environment={"TERM": "dumb"}) as term:
        term.read_plan()
        term.type("\r")
        term.see("get there")
        term.type("\r")
        term.reach("belly, middle: press for 1 minute (1 of 2)")
        pause_in_lines(term)
        term.type(" ")
        term.see("going on")
        term.type("?")
        term.see("time stands still: any other key goes on")
        term.type("xn")
        term.see("2 of 5: BL23 Kidney Shu")
        term.type("qq")

        assert Left(0) == term.left()
        assert b"\x1b" not in term.raw
        assert term.raw.count(b"press for 1 minute (1 of 2)") == 1


def pause_in_lines(term: PtyTerminal) -> None:
    """
    Press space until it has paused the session, which is told in one line.

    Where the machine had just been away for two seconds, a space ends that instead;
    ``m`` tells that it has been read.
    """
    said = b""
    while b"Paused. Press space to go on." not in said:
        before = len(term.raw)
        term.type(" m")
        term.wait(lambda: b"sound o" in term.raw[before:], "mute")  # noqa: B023
        said = term.raw[before:]

    assert said.count(b"Paused. ") == 1


def test_half_a_terminal() -> None:
    """Without a terminal at both ends nothing is asked and nothing starts."""
    program = " ".join(session())
    script = f"{program} | cat; echo ${{PIPESTATUS[0]}}; {program} </dev/null; exit $?"
    with PtyTerminal(["bash", "--norc", "-c", script], (160, 24)) as term:
        assert Left(3) == term.left()
        assert term.text.count("without a terminal nothing is asked") == 2
        assert "\n3\n" in term.text
        assert "could you be pregnant" not in term.text


def fill(term: PtyTerminal, drawing: str) -> None:
    """Type the keys *drawing* again and again, until the terminal takes no more."""
    until = time.monotonic() + DEADLINE
    while not (filled := term.stuck) and time.monotonic() < until:
        term.type(drawing * 50)
        term.turn_away(lambda: term.stuck, 0.5)
    assert filled


def paused_or_moving(term: PtyTerminal) -> bool:
    """Tell whether the session has paused by itself; wait until it has or goes on."""
    before = seconds_left(term)
    term.wait(lambda: PAUSED in term.text or seconds_left(term) < before - 60, PAUSED)
    return PAUSED in term.text


def insisted(term: PtyTerminal) -> bool:
    """Ask the program once more to end, and tell whether it has."""
    if not term.ended():
        term.send(signal.SIGTERM)
    return term.ended()


def test_a_terminal_that_takes_nothing() -> None:
    """
    Stopped from outside, or read by nobody: the session pauses.

    Where it stays so, a second signal ends the program.
    """
    with PtySession(rehearsal(10)) as still, PtySession(rehearsal(10)) as stuck:
        begin(still, stuck)
        still.send(signal.SIGSTOP)
        still.send(signal.SIGCONT)
        still.see_all(PAUSED, AWAY)
        still.type(" ")
        still.wait(lambda: PAUSED not in still.text, "going on")
        for each in (still, stuck):
            seconds = 3.0
            while not paused_or_moving(each):
                assert seconds < DEADLINE
                fill(each, "m")  # which draws a row and pauses nothing
                each.turn_away(lambda: False, seconds)
                seconds *= 2
        still.type("qq")

        assert Left(0) == still.left()

        fill(stuck, "?x")
        stuck.turn_away(lambda: insisted(stuck), DEADLINE)

        assert stuck.code == -signal.SIGTERM
        assert stuck.modes == termios.tcgetattr(stuck.slave)


WHO, WHERE, BACKGROUND = b"\x1b[c", b"\x1b[6n", b"\x1b]11;?\x1b\\"
KNOWN = {WHO: b"\x1b[?62;22c", WHERE: b"\x1b[1;2R"}


def test_the_palette_of_the_background() -> None:
    """Blue that can be read on white where the terminal is white, on black as well."""
    for said, blue in (
        (b"rgb:ffff/ffff/ffff", b"38;5;25m"),
        (b"rgb:1010/1414/1818", b"38;5;117m"),
        (None, b"38;5;31m"),
    ):
        answer = b"\x1b]11;%b\x1b\\" % said if said else b""
        with PtySession(
            rehearsal(1, "--only=BL60,LR3"), answers={**KNOWN, BACKGROUND: answer}
        ) as term:
            begin(term)
            term.see("PRESS")

            assert blue in term.raw, said


def test_a_late_answer_is_no_key() -> None:
    """What a terminal says of itself, at whatever moment, types nothing."""
    late = b"\x1b]11;rgb:ffff/ffff/ffff\x1b\\\x1b[?62;22c\x1b[1;2R"
    with PtySession(session("--pregnancy=no"), answers={}) as term:
        term.type(late)
        term.see("Does any of this fit")
        term.type(late[:9])
        term.type(late[9:])
        term.type("n")
        term.see(": n_")


def test_where_bars_are_wide_there_are_none() -> None:
    """A terminal that draws a bar in two cells gets ASCII, the picture as well."""
    with PtySession(
        rehearsal(1, "--only=BL60,LR3", "--picture=blocks"),
        answers={**KNOWN, WHERE: b"\x1b[1;3R"},
    ) as term:
        begin(term)

        assert term.text.isascii()


def test_ascii_is_ascii_throughout() -> None:
    """`--picture ascii` draws bars, letters and digits of ASCII, too."""
    with PtySession(rehearsal(1, "--only=BL60,LR3", "--picture=ascii")) as term:
        begin(term)

        assert term.text.isascii()


def test_ctrl_s_stops_nothing() -> None:
    """Flow control is off while a session has the terminal, and on again after it."""
    with PtySession(rehearsal(1, "--only=BL60,LR3")) as term:
        before = term.modes[0]
        begin(term)
        during = termios.tcgetattr(term.slave)[0]
        term.type("\x13")
        pause(term)
        term.type("qq")

        assert before & termios.IXON
        assert not during & termios.IXON
        assert Left(0) == term.left()


def test_a_session_in_russian_letters() -> None:
    """From a question to the end: ц waits, т goes on, й asks and stops."""
    with PtySession(rehearsal(10, "--only=BL60,LR3")) as term:
        term.see("Enter begins")
        term.type("ц")
        term.see("wait: on")
        term.type("\uff57")
        term.see("wait: off")
        term.type("ж")
        term.see("Ctrl-C leaves")
        begin(term)
        pause(term)
        term.type("ж")
        term.see("Ctrl-C")
        term.type("т")
        term.see("step 2 of 2")
        term.type("й")
        term.see("q again stops")
        term.type("\uff51")

        assert Left(0) == term.left()
    with PtySession(session()) as term:
        term.see("unsure: _")
        term.type("й")

        assert Left(3) == term.left()


def test_a_key_without_a_meaning_at_the_plan() -> None:
    """It is answered there, too; to scroll is no such key."""
    with PtySession(rehearsal(1, "--only=BL60,LR3"), (60, 14)) as term:
        term.see("(more")
        seen = term.text
        term.type("\x1b[6~")
        term.wait(lambda: term.text != seen, "the next part of the plan")

        assert "does nothing" not in term.text

        term.type("x")
        term.see("does nothing here. Ctrl-C leaves")
        term.type("\x1b[6~")
        term.wait(lambda: "does nothing" not in term.text, "the page without it")
        term.type("q")

        assert Left(0) == term.left()


FEWER = re.compile(r"1 [A-Z]+\d+  2 [A-Z]+\d+(?!.* 5 )")


def test_the_plan_has_a_map_where_there_is_room() -> None:
    """To its right or below it, of the points it has then; never instead of words."""
    sizes = {(80, 24): False, (100, 30): False, (120, 40): True, (100, 60): True}
    for size, drawn in sizes.items():
        command = rehearsal(1, "--picture=blocks")
        with PtySession(command, size) as term:
            term.see("Enter begins")
            told = term.text

            assert ("1 CV6  2 BL23  3 BL40" in told) == drawn, size
            if drawn:
                assert "(more" not in told
                term.type_until("-", lambda: bool(FEWER.search(term.text)), "fewer")
            term.type("q")

            assert Left(0) == term.left()
