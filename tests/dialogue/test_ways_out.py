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
from support.terminal_sessions import HURRIED

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
    return (*ACUPRESS, "session", "lower-back", *HURRIED, *options)


@contextmanager
def seated(steps: Steps, *options: str, size: tuple[int, int]) -> Iterator[PtyTerminal]:
    """Sit down, and go through *steps*."""
    with PtyTerminal(session(*options), size) as term:
        go(term, steps)
        yield term


def go(term: PtyTerminal, steps: Steps) -> None:
    """Type what each of *steps* says, once what it waits for is there."""
    before = ""
    for wanted, typed in steps:
        term.wait(lambda: wanted in term.text and term.text != before, wanted)  # noqa: B023
        before = term.text
        term.type(typed)


def shown(term: PtyTerminal, prompt: str) -> None:
    """Wait until *prompt* listens: what was typed before it was shown is dropped."""

    def come() -> bool:
        if f"{prompt} x_" not in term.text:
            term.type("x")
        return f"{prompt} x" in term.text

    term.wait(come, "a letter")
    term.type("\x15")
    term.wait(lambda: f"{prompt} _" in term.text, "none")


def kept(term: PtyTerminal) -> str:
    """Return what is left on the main screen, and what has scrolled out of it."""
    return "\n".join((*term.display.scrolled, term.text))


def outside(term: PtyTerminal) -> bytes:
    """Return all that was written while the session's own screen was not shown."""
    return re.sub(rb"\x1b\[\?1049h.*?\x1b\[\?1049l", b"", term.raw, flags=re.DOTALL)


@pytest.mark.parametrize("plain", [False, True], ids=["drawn", "plain"])
@pytest.mark.parametrize("way", ["q", "\x04", "\x03", "\x1c", "TERM", "HUP"])
def test_every_way_out_leaves_the_same(way: str, *, plain: bool) -> None:
    """One line, and nothing else: the same for all that can be answered."""
    options = ["--plain"] * plain
    with ExitStack() as stack:
        terms = {
            answer: stack.enter_context(seated(steps, *options, size=(80, 90)))
            for answer, steps in ANSWERS.items()
        }
        for answer, term in terms.items():
            if answer == "nothing":
                term.see(PREGNANCY)
            leave(term, way)
        ends = {term.left() for term in terms.values()}
        told = {kept(term) for term in terms.values()}
        written = {outside(term) for term in terms.values()}

    assert told == {NEUTRAL}
    assert len(written) == 1
    assert ends == {Left(_CODES.get(way, 3))}


_CODES = {
    "\x03": -signal.SIGINT,
    "\x1c": -signal.SIGQUIT,
    "TERM": -signal.SIGTERM,
    "HUP": -signal.SIGHUP,
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


@pytest.mark.parametrize("sign", ["1", "2"])
def test_a_signpost_stays_until_it_is_read(sign: str) -> None:
    """On the screen of the questions; then the terminal has the neutral line."""
    steps = ((PREGNANCY, "no\r"), (SIGNS, f"{sign}\r"), (CLOSE, "x 1y"))
    with seated(steps, size=(80, 24)) as term:
        shown = " ".join(term.text.split())
        term.type("\r")

        assert Left(3) == term.left()
        assert kept(term) == NEUTRAL

    signs = safety.URGENT if sign == "1" else safety.SEE_SOMEONE
    assert " ".join(signs[0].text.split()) in shown


def test_too_little_left_by_cautions_leaves_the_same() -> None:
    """What is refused by an answer is refused where nobody scrolls back to."""
    only = "--only=CV6,BL40"
    steps = ((PREGNANCY, "no\r"), (SIGNS, "no\r"), (CAUTIONS, "1 2 3\r"), (OFFER, "q"))
    with seated(steps, only, size=(80, 50)) as term:
        assert Left(3) == term.left()
        assert kept(term) == NEUTRAL


def test_a_point_alone_leaves_the_same() -> None:
    """Also where one point is practised, which yes does not allow."""
    argv = (*ACUPRESS, "session", "GB21", *HURRIED)
    with PtyTerminal(argv, (80, 50)) as term:
        go(term, ((PREGNANCY, "yes\r"), (OFFER, "q"), (CLOSE, "q")))

        assert Left(3) == term.left()
        assert kept(term) == NEUTRAL


def test_the_page_at_the_end_tells_no_answer(tmp_path: Path) -> None:
    """Not which points there were, nor what another routine took the place of."""
    texts = set()
    for steps in (
        ((PREGNANCY, "no\r"),),
        ((PREGNANCY, "yes\r"), (OFFER, "1")),
    ):
        home = {"XDG_DATA_HOME": str(tmp_path)}
        with PtyTerminal(session("--wait"), (80, 60), home) as term:
            go(term, (*steps, (SIGNS, "no\r"), (CAUTIONS, "0\r"), (PLAN, "\r")))
            term.see("FIND IT")
            term.type("qq")

            assert Left(0) == term.left()
            texts.add(re.sub(r"\d+:\d+", "0:00", kept(term)))

    assert len(texts) == 1
    assert "Next: acupress session lower-back" in texts.pop()


def test_all_given_on_the_command_line_is_told() -> None:
    """There nothing is hidden that the command has not told already."""
    given = ("--pregnancy=no", "--warning-signs=urgent", "--cautions=none")
    with PtyTerminal(session(*given), (80, 24)) as term:
        assert Left(3) == term.left()
        assert safety.URGENT[0].text in kept(term)


# What is typed at a question


@pytest.mark.parametrize("around", ["\xa0", "\0", "\u200b", "\ufeff", "\x01", "\u2060"])
@pytest.mark.parametrize("option", ["--no-plain", "--plain"])
def test_what_cannot_be_seen_is_no_answer(around: str, option: str) -> None:
    """The word is asked for again, and what was typed besides it is to be seen."""
    with ExitStack() as stack:
        terms = {
            typed: stack.enter_context(seated((), option, size=(80, 40)))
            for typed in (f"no{around}\r", f"{around}no\r", f"n{around}o\r")
        }
        for typed, term in terms.items():
            term.see(PREGNANCY)
            term.type(typed)
        for term in terms.values():
            term.see("Please type one of these words")
            term.type("q")

            assert Left(3) == term.left()
            assert SIGNS.encode() not in term.raw


def test_two_same_answers_never_reach_a_plan() -> None:
    """What says no to two questions says nothing to the third."""
    steps = ((PREGNANCY, "no\r"), (SIGNS, "no\r"), (CAUTIONS, "no\r"))
    with seated(steps, size=(80, 40)) as term:
        term.see("Please type 0")
        for typed in ("no\r", "no\r", "no\r", "none\r"):
            shown(term, CAUTIONS)
            term.type(typed)
        term.see(PLAN)
        term.type("q")

        assert Left(0) == term.left()


def test_a_paste_is_read_at_once() -> None:
    """Twenty thousand characters are a few drawings, no answer, and end by Ctrl-C."""
    with seated(((PREGNANCY, ""),), size=(80, 40)) as term:
        before = len(term.raw)
        term.type("no" * 10_000)
        term.see("…")
        drawn = term.raw[before:]
        term.type("\r")
        term.see("Please type one of these words")
        term.type("no" * 10_000 + "\x03")

        assert Left(-signal.SIGINT) == term.left()

    assert len(drawn) < 20_000


def test_the_error_stands_beside_the_prompt() -> None:
    """Right above it, and neither the page nor the prompt has moved."""
    with seated(((PREGNANCY, ""),), size=(80, 24)) as term:
        before = [row.rstrip() for row in term.rows]
        term.type("what\r")
        term.see("Please type one of these words")
        after = [row.rstrip() for row in term.rows]
        at = next(n for n, row in enumerate(after) if "Please type one" in row)

        assert after[at + 1] == f"{PREGNANCY} _"
        assert [row for n, row in enumerate(after) if n != at] == [
            row for n, row in enumerate(before) if n != at
        ]


def test_paging_takes_back_what_was_typed() -> None:
    """Whoever typed too soon and types it again has not typed it twice."""
    with seated((("(more", "no"),), size=(80, 12)) as term:
        term.see(f"{PREGNANCY} no_")
        while "(more" in term.text:
            seen = term.text
            term.type("\r")
            term.wait(lambda: term.text != seen, "the next part")  # noqa: B023
        term.see(f"{PREGNANCY} _")
        term.type("no\r")
        term.see("Does any of this fit")


def test_q_closes_the_help_and_asks_before_it_stops() -> None:
    """In the help it is back to the session, as Esc is; then it asks once more."""
    given = ("--pregnancy=no", "--warning-signs=none", "--cautions=none")
    with seated(((PLAN, "\r"),), *given, "--speed=1", size=(80, 60)) as term:
        for close in ("q", "\x1b"):
            term.see("FIND IT")
            term.type("?")
            term.see("any other key goes on")
            term.type(close)
        term.see("FIND IT")
        term.type("q")
        term.see("q again stops, any other key goes on")
        term.type("\x1b")
        term.wait(lambda: "q again stops" not in term.text, "going on")
        term.type("q")
        term.see("q again stops, any other key goes on")
        term.type("q")

        assert Left(0) == term.left()
        assert kept(term).startswith("Stopped after")
