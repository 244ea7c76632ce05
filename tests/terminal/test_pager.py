"""Pages at a terminal: read to their end before they are answered, and typed to."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.text import Text

from acupress.dialogue import questions
from acupress.dialogue.questions import Asker
from acupress.errors import NotStartedError
from acupress.session.screening import PregnancyAnswer, WarningSigns
from acupress.terminal import keys
from acupress.terminal.pager import PageReader, typed_line
from acupress.terminal.render import page_rows
from acupress.text import safety
from acupress.text.layout import Line, Page
from support.catalogue import ROUTINES
from support.stage import FakeTerminal
from support.strategies import lines

PAGES = {
    "pregnancy": (*safety.NOTICE, Line(), *safety.PREGNANCY_QUESTION),
    "signs": safety.SIGNS_QUESTION,
    "cautions": safety.CAUTIONS_QUESTION,
    "yes": safety.maternity(PregnancyAnswer.YES),
    "unsure": safety.maternity(PregnancyAnswer.UNSURE),
    "urgent": safety.signpost(WarningSigns.URGENT),
    "see someone": safety.signpost(WarningSigns.SEE_SOMEONE),
}
PROMPTS = (
    safety.PREGNANCY_PROMPT,
    safety.SIGNS_PROMPT,
    safety.CAUTIONS_PROMPT,
    "Enter goes on, q stops",
    "Enter begins  - shorter  + longer  w wait: off  q stops  0-10 notes your pain",
    f"Go on with {'  '.join(each.id for each in ROUTINES[:9])}  q stops",
)


class FakeKeyboard:
    """
    Has *early* typed before a question is shown, and *typed* after it.

    What was typed early is read first unless it is forgotten, as at a real one;
    after the last key the input ends.
    """

    def __init__(self, typed: Iterable[str], early: Iterable[str]) -> None:
        """Take what is typed, and when."""
        self.early, self.typed = deque(early), deque(typed)

    def read(self, seconds: float) -> str:  # noqa: ARG002 - as a keyboard has it
        """Return the next key."""
        waiting = self.early or self.typed
        return waiting.popleft() if waiting else keys.END_OF_INPUT

    def input_pending(self) -> bool:
        """Whether there is more to read, as when it was pasted."""
        return bool(self.early or self.typed)

    def end_requested(self) -> bool:
        """Nobody sends signals here."""
        return False

    def flush(self) -> None:
        """Forget what was typed early."""
        self.early.clear()


class FakeSlate:
    """A window of *size*, or lines where it is not *full*; it keeps what it shows."""

    def __init__(
        self,
        typed: Iterable[str],
        early: Iterable[str] = (),
        size: tuple[int, int] = (80, 24),
        *,
        full: bool = True,
    ) -> None:
        """Take what is typed, and when."""
        self.keyboard = FakeKeyboard(typed, early)
        self.size = size
        self.full = self.own = full
        self.shown: list[list[str]] = []
        self.written = ""

    def draw(self, rows: Sequence[Text], *, forget: bool = False) -> None:
        """Show *rows*, as many as there is room for."""
        if forget:
            self.keyboard.flush()
        self.shown.append([row.plain for row in rows][: self.size[1]])

    def write(self, text: str) -> None:
        """Keep *text*."""
        self.written += text

    def say(self, text: str) -> None:
        """Keep *text* as a line."""
        self.write(text + "\n")

    def suspend(self) -> None:
        """Give the terminal away."""

    def resume(self) -> None:
        """Take it again."""

    def ask(
        self, page: Page, prompt: str, *, trouble: str = "", at_once: str = ""
    ) -> str | None:
        """Ask as a terminal does."""
        again = (0, 0) if trouble else None
        reader = PageReader(self, page, f"{prompt}: ", again=again, trouble=trouble)
        return typed_line(reader, at_once=at_once)


def squeezed(text: str) -> str:
    """Return *text* without any room in it."""
    return "".join(text.split())


@settings(max_examples=150)
@given(
    st.sampled_from(sorted(PAGES)),
    st.sampled_from(PROMPTS),
    st.integers(20, 200),
    st.integers(5, 60),
)
def test_enter_answers_what_has_been_seen_to_its_end(
    name: str, prompt: str, width: int, height: int
) -> None:
    """Whatever the window, every word was on it, with the prompt, or none is."""
    slate = FakeSlate([keys.ENTER] * 500, size=(width, height))
    reader = PageReader(slate, PAGES[name], prompt)
    while (key := reader.next("")) == keys.CLEAR:
        pass  # it has paged on, which takes back what was typed
    rows = [row.plain for row in page_rows(PAGES[name], width)]
    words = "".join(line.label + line.text for line in PAGES[name])

    seen = {row for shown in slate.shown for row in shown}

    if key == keys.END_OF_INPUT:
        assert seen == {"Enlarge the window."}
        assert (width < 40, height < 10) == (True, True)
        return
    assert squeezed(words) == squeezed("".join(rows))
    assert set(rows) <= seen
    assert all(len(row) <= width for shown in slate.shown for row in shown)
    assert all(squeezed(prompt) in squeezed("".join(shown)) for shown in slate.shown)


pressed = st.lists(
    st.sampled_from(["n", "o", "y", "s", " ", "中", keys.BACKSPACE, keys.CLEAR])
    | st.sampled_from([keys.UP, keys.DOWN, keys.LEFT, keys.PAGE_UP, keys.ENTER]),
    max_size=12,
)


def edited(typed: Sequence[str]) -> str:
    """Return the line that *typed* comes to at its first Enter."""
    line = ""
    for key in typed[: typed.index(keys.ENTER)]:
        match key:
            case keys.BACKSPACE:
                line = line[:-1]
            case keys.CLEAR:
                line = ""
            case _ if len(key) == 1:
                line += key
    return line


@settings(max_examples=150)
@given(pressed, pressed, st.booleans())
def test_a_line_is_what_was_typed_after_the_question(
    typed: list[str],
    early: list[str],
    full: bool,  # noqa: FBT001 - hypothesis gives it by position
) -> None:
    """Nothing that was typed before is in it, nor anything that was taken back."""
    slate = FakeSlate([*typed, keys.ENTER], early, full=full)

    assert edited([*typed, keys.ENTER]) == slate.ask(PAGES["signs"], "no / 1 / 2")


def answer(asker: Asker) -> PregnancyAnswer | None:
    """Return what *asker* answers; ``None`` when nothing starts."""
    try:
        return questions.ask_pregnancy(asker, partner=False)[0]
    except NotStartedError:
        return None


@settings(max_examples=100)
@given(lines, pressed, st.booleans())
def test_the_answer_is_that_of_the_lines(
    typed: list[str],
    early: list[str],
    full: bool,  # noqa: FBT001 - hypothesis gives it by position
) -> None:
    """Key by key, on a screen or in lines, it is what whole lines would be."""
    after = [key for line in typed for key in (*line, keys.ENTER)]
    slate = FakeSlate(after, early, (200, 60), full=full)

    assert answer(slate) is answer(FakeTerminal(typed))


@pytest.mark.parametrize("size", [(19, 24), (80, 4), (1, 1)])
def test_what_cannot_be_seen_is_not_answered(size: tuple[int, int]) -> None:
    """In a window that is too small, no key counts but the end of the input."""
    slate = FakeSlate(["n", "o", keys.ENTER], size=size)

    assert slate.ask(safety.SIGNS_QUESTION, "no / 1 / 2") is None
    assert slate.shown[0][0].startswith("Enlarge the window"[: size[0]])
