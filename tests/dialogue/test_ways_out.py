"""Whatever way out is taken, the main screen is the same for every answer."""

from __future__ import annotations

import re
import signal
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from acupress.text import safety
from support.terminal import ACUPRESS, Left, PtyTerminal
from support.terminal_sessions import HURRIED, PtySession, wait_for_prompt

NEUTRAL = f"acupress: {safety.NOTHING_STARTED}"
PREGNANCY, SIGNS, CAUTIONS = "no / yes / unsure:", "no / 1 / 2:", "or 0 for none:"
OFFER, GO_ON, PLAN, CLOSE = "Go on with", "Enter goes on", "Enter begins", "closes this"

# What is waited for, and what is typed once it is there.
Steps = tuple[tuple[str, str], ...]
ANSWERS: dict[str, Steps] = {
    "nothing": (),
    "no": ((PREGNANCY, "no\r"),),
    "yes, lower back": ((PREGNANCY, "yes\r"), (OFFER, "")),
    "unsure, lower back": ((PREGNANCY, "unsure\r"), (OFFER, "")),
    "yes, another": ((PREGNANCY, "yes\r"), (OFFER, "1"), (SIGNS, "")),
    "urgent": ((PREGNANCY, "no\r"), (SIGNS, "1\r"), (CLOSE, "")),
    "see someone": ((PREGNANCY, "no\r"), (SIGNS, "2\r"), (CLOSE, "")),
    "cautions": ((PREGNANCY, "no\r"), (SIGNS, "no\r"), (CAUTIONS, "")),
}


def session(*options: str) -> tuple[str, ...]:
    """Return the command for a lower-back session with *options*."""
    return (*ACUPRESS, "session", "lower-back", *HURRIED, "--picture=none", *options)


@contextmanager
def started(
    steps: Steps, *options: str, size: tuple[int, int]
) -> Iterator[PtyTerminal]:
    """Start a session in a window of *size*, and go through *steps*."""
    with PtySession(session(*options), size) as term:
        go(term, steps)
        yield term


def go(term: PtyTerminal, steps: Steps) -> None:
    """Type what each of *steps* says, once what it waits for is there."""
    before = ""
    for wanted, typed in steps:
        term.wait(lambda: wanted in term.text and term.text != before, wanted)  # noqa: B023
        before = term.text
        term.type(typed)


def outside(term: PtyTerminal) -> bytes:
    """Return all that was written while the session's own screen was not shown."""
    return re.sub(rb"\x1b\[\?1049h.*?\x1b\[\?1049l", b"", term.raw, flags=re.DOTALL)


@pytest.mark.parametrize(
    ("way", "option"),
    [
        *(
            (way, "--no-plain")
            for way in ("q", "\x04", "\x03\x03", "\x1c", "TERM", "HUP")
        ),
        *((way, "--plain") for way in ("q", "\x03", "TERM")),
    ],
)
def test_every_way_out_leaves_the_same(way: str, option: str) -> None:
    """One line, and nothing else: the same for all that can be answered."""
    with ExitStack() as stack:
        terms = {
            answer: stack.enter_context(started(steps, option, size=(80, 90)))
            for answer, steps in ANSWERS.items()
        }
        for answer, term in terms.items():
            if answer == "nothing":
                term.see(PREGNANCY)
            leave(term, way)
        ends = {term.left() for term in terms.values()}
        told = {term.kept for term in terms.values()}
        written = {outside(term) for term in terms.values()}

    assert told == {NEUTRAL}
    assert len(written) == 1
    assert ends == {Left(_CODES.get(way[:1], 3))}


_CODES = {
    "\x03": -signal.SIGINT,
    "\x1c": -signal.SIGQUIT,
    "T": -signal.SIGTERM,
    "H": -signal.SIGHUP,
}


def leave(term: PtyTerminal, way: str) -> None:
    """Leave by *way*, a key or a signal; and what is shown then, too."""
    if way in {"TERM", "HUP"}:
        term.send(signal.Signals[f"SIG{way}"])
        return
    read = CLOSE in term.text
    term.type(way)
    if way in {"q", "\x04"} and not read:
        term.wait(lambda: CLOSE in term.text or term.ended(), "what is said then")
        if not term.ended():
            term.type(way)


def test_a_signpost_stays_until_it_is_read() -> None:
    """On the screen of the questions; then the terminal has the neutral line."""
    for sign, signs in (("1", safety.URGENT), ("2", safety.SEE_SOMEONE)):
        steps = ((PREGNANCY, "no\r"), (SIGNS, f"{sign}\r"), (CLOSE, "x 1y"))
        with started(steps, size=(80, 24)) as term:
            shown = " ".join(term.text.split())
            term.type("\r")

            assert Left(3) == term.left()
            assert term.kept == NEUTRAL
            assert b"CV6" not in term.raw

        assert " ".join(signs[0].text.split()) in shown


def test_what_refuses_a_session_leaves_the_same() -> None:
    """Too little left by cautions, or one point that yes does not allow."""
    only = "--only=CV6,BL40"
    steps = ((PREGNANCY, "no\r"), (SIGNS, "no\r"), (CAUTIONS, "1 2 3\r"), (OFFER, "q"))
    alone = (*ACUPRESS, "session", "GB21", *HURRIED)
    with (
        started(steps, only, size=(80, 50)) as left,
        PtySession(alone, (80, 50)) as point,
    ):
        go(point, ((PREGNANCY, "yes\r"), (OFFER, "q"), (CLOSE, "")))

        assert "Get help now" in point.text
        assert "find it" not in point.text

        point.type("q")
        for term in (left, point):
            assert Left(3) == term.left()
            assert term.kept == NEUTRAL


def test_the_page_at_the_end_tells_no_answer(tmp_path: Path) -> None:
    """
    Not which points there were, nor what another routine took the place of.

    *Yes* is told what needs a call, and led to the points that remain.
    """
    home = {"XDG_DATA_HOME": str(tmp_path)}
    texts, planned = set(), {}
    for answer, steps in (
        ("no", ((PREGNANCY, "no\r"),)),
        ("yes", ((PREGNANCY, "yes\r"), (OFFER, "1"))),
    ):
        with PtySession(session("--wait"), (80, 60), home) as term:
            go(term, (*steps, (SIGNS, "no\r"), (CAUTIONS, "0\r"), (PLAN, "")))
            planned[answer] = term.text.partition("Left out")[0]
            term.type("\r")
            term.see("FIND IT")
            term.type("qq")

            assert Left(0) == term.left()
            texts.add(re.sub(r"\d+:\d+", "0:00", term.kept))

    assert len(texts) == 1
    assert "Next: acupress session lower-back" in texts.pop()
    assert "CV6" in planned["no"]
    assert not [code for code in ("CV6", "GB21", "LI4") if code in planned["yes"]]
    assert "0:00  " in planned["yes"]


def test_yes_is_told_what_needs_a_call() -> None:
    """Whom to call, what is left out, and which routine runs by one key."""
    with started(((PREGNANCY, "yes\r"), (OFFER, "")), size=(80, 60)) as term:
        assert term.text.startswith("Call your maternity unit or midwife now")
        assert "x CV6 Sea of Energy" in term.text
        assert "1  quiet: " in term.text


def test_all_given_on_the_command_line_is_told() -> None:
    """There nothing is hidden that the command has not told already."""
    given = ("--pregnancy=no", "--warning-signs=urgent", "--cautions=none")
    with PtySession(session(*given), (80, 24)) as term:
        assert Left(3) == term.left()
        assert safety.URGENT[0].text in term.kept


# What is typed at a question


@pytest.mark.parametrize("option", ["--no-plain", "--plain"])
def test_what_cannot_be_seen_is_no_answer(option: str) -> None:
    """The word is asked for again, and what was typed besides it is to be seen."""
    with ExitStack() as stack:
        terms = {
            mark: stack.enter_context(started((), option, size=(80, 40)))
            for mark in ("\xa0", "\0", "\u200b", "\ufeff", "\x01", "\u2060")
        }
        for mark, term in terms.items():
            term.see(PREGNANCY)
            term.type(f"n{mark}o\r")
        for mark, term in terms.items():
            term.see("Please type one of these words")
            term.type("q")

            assert (mark, Left(3)) == (mark, term.left())
            assert SIGNS.encode() not in term.raw


def test_an_answer_counts_for_one_question_only() -> None:
    """
    What says no to two questions says nothing to the third.

    Paging takes back what was typed: who types it again has not typed it twice. In
    the help q is back to the session, as Esc is; then it asks once more.
    """
    with started((("(more", "no"),), "--speed=1", size=(80, 12)) as term:
        term.see(f"{PREGNANCY} no_")
        term.read_on(f"{PREGNANCY} _")
        term.type("no\r")
        term.see("Does any of this fit")
        term.resize(80, 60)
        go(term, ((SIGNS, "no\r"), (CAUTIONS, "no\r")))
        term.see("Please type 0")
        for typed in ("no\r", "no\r", "no\r", "none\r"):
            wait_for_prompt(term, CAUTIONS)
            term.type(typed)
        go(term, ((PLAN, "\r"),))
        term.see("FIND IT")
        helping = "any other key goes on"
        for close in ("q", "\x1b"):
            term.type("?")
            term.see(helping)
            term.type(close)
            term.wait(lambda: helping not in term.text, "the session")
        term.type("q")
        term.see("q again stops")
        term.type("\x1b")
        term.wait(lambda: "q again stops" not in term.text, "going on")
        term.type("q")
        term.see("q again stops")
        term.type("q")

        assert Left(0) == term.left()
        assert term.kept.startswith("Stopped after")


def test_a_wrong_answer_and_a_paste() -> None:
    """
    What is wrong stands right above the prompt; neither the page nor that has moved.

    Twenty thousand characters are a few drawings, no answer, and end by Ctrl-C.
    """
    with started(((PREGNANCY, ""),), size=(80, 24)) as term:
        before = [row.rstrip() for row in term.rows]
        term.type("what\r")
        term.see("Please type one of these words")
        after = [row.rstrip() for row in term.rows]
        at = next(n for n, row in enumerate(after) if "Please type one" in row)

        assert after[at + 1] == f"{PREGNANCY} _"
        assert [row for n, row in enumerate(after) if n != at] == [
            row for n, row in enumerate(before) if n != at
        ]

        length = len(term.raw)
        term.type("no" * 10_000)
        term.see("…")
        drawn = term.raw[length:]
        term.type("\r")
        term.see(f"{PREGNANCY} _")
        term.type("no" * 10_000 + "\x03")

        assert Left(-signal.SIGINT) == term.left()

    assert len(drawn) < 20_000


@pytest.mark.parametrize(("answer", "code"), [("no\r", 0), ("q", 3)])
def test_an_ache_starts_nothing_by_itself(answer: str, code: int) -> None:
    """A headache leads to a question on the session's own screen, and no to nothing."""
    ache = (*ACUPRESS, "session", "headache", *HURRIED)
    with PtySession(ache) as term:
        term.see("Begin desk-break?")
        term.see("There is no set for headache")
        term.type(answer)
        left = term.left()

    assert left.code == code
    assert outside(term).decode().strip() == NEUTRAL


def test_an_ache_begins_what_serves_after_a_yes() -> None:
    """After the yes come the questions, in their order."""
    ache = (*ACUPRESS, "session", "headache", *HURRIED)
    with PtySession(ache) as term:
        go(term, (("yes / no", "yes\r"), (PREGNANCY, "no\r"), (SIGNS, "no\r")))
        term.see(CAUTIONS)
