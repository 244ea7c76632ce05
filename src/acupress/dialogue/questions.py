"""
The three questions, each answered in exact words or not at all.

Nothing has a default. An answer counts only when it was typed after the question
was shown, which is what :class:`Asker` promises.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import inf
from typing import Protocol, TypeVar

from acupress.errors import NotStartedError
from acupress.session.screening import Caution, PregnancyAnswer, WarningSigns
from acupress.text import safety
from acupress.text.layout import Line, Page

T = TypeVar("T")

_TRIES = 3
_LEAVING = "q"

_PREGNANCY = {
    "n": PregnancyAnswer.NO,
    "no": PregnancyAnswer.NO,
    "y": PregnancyAnswer.YES,
    "yes": PregnancyAnswer.YES,
    "u": PregnancyAnswer.UNSURE,
    "unsure": PregnancyAnswer.UNSURE,
}
_SIGNS = {
    "n": WarningSigns.NONE,
    "no": WarningSigns.NONE,
    "1": WarningSigns.URGENT,
    "2": WarningSigns.SEE_SOMEONE,
}


@dataclass(frozen=True, slots=True)
class Prompt:
    """
    What stands before the cursor, and what is said to an answer that is none.

    After so many *tries* nothing more is asked.
    """

    prompt: str
    again: str
    tries: float = inf


class Asker(Protocol):
    """A terminal that a person sits at."""

    def ask(
        self, page: Page, prompt: str, *, trouble: str = "", at_once: str = ""
    ) -> str | None:
        """
        Show *page*, forget what was typed before, and return the next line.

        With *trouble* the page is there already, and that is told beside the prompt.
        A line that begins with a letter of *at_once* needs no Enter. ``None`` is the
        end of input.
        """


def ask_pregnancy(
    asker: Asker, *, partner: bool = False
) -> tuple[PregnancyAnswer, Page]:
    """
    Ask whether the person could be pregnant; return the answer and what to say to it.

    With a *partner* it is the one who is pressed that every question is about. Three
    blanks are *unsure*, and that is said; raises NotStartedError when it is
    not answered.
    """
    about = whose(partner=partner)
    page = (*safety.NOTICE, Line(), *about, *safety.PREGNANCY_QUESTION)
    lines: list[str] = []
    words = Prompt(safety.PREGNANCY_PROMPT, safety.PREGNANCY_AGAIN, _TRIES)
    answer = _ask(asker, page, words, pregnancy, lines)
    if answer is None and not any(lines):
        return PregnancyAnswer.UNSURE, safety.TAKEN_AS_UNSURE
    return _answered(answer), ()


def whose(*, partner: bool) -> Page:
    """Return for whom a question is to be answered, where a helper may read it."""
    return safety.FOR_PARTNER if partner else ()


def ask_signs(asker: Asker, *, partner: bool = False) -> WarningSigns:
    """
    Ask for warning signs until it is answered; raises NotStartedError when left.

    A slip does not throw away what was answered before.
    """
    words = Prompt(safety.SIGNS_PROMPT, safety.SIGNS_AGAIN)
    page = (*whose(partner=partner), *safety.SIGNS_QUESTION)
    return _answered(_ask(asker, page, words, signs, []))


def ask_cautions(
    asker: Asker,
    always: frozenset[Caution] = frozenset(),
    *,
    partner: bool = False,
) -> frozenset[Caution]:
    """
    Ask for body cautions besides those of *always*, which are told, until answered.

    Raises NotStartedError when it is left.
    """
    about = (*whose(partner=partner), *safety.as_always(always))
    page = (*about, *safety.CAUTIONS_QUESTION)
    words = Prompt(safety.CAUTIONS_PROMPT, safety.CAUTIONS_AGAIN)
    return _answered(_ask(asker, page, words, cautions, []))


def ask_which(asker: Asker, page: Page, names: Sequence[str]) -> int | None:
    """Ask for one of *names*, by its number or in full; ``None`` after three tries."""
    known = {str(number): at for at, number in enumerate(range(1, len(names) + 1))}
    known |= {name: at for at, name in enumerate(names)}

    def which(line: str) -> int | None:
        return known.get("-".join(line.split()))

    again = f"Please type a number from 1 to {len(names)}."
    return _ask(asker, page, Prompt(f"1-{len(names)}", again, _TRIES), which, [])


def pregnancy(line: str) -> PregnancyAnswer | None:
    """Return what *line* answers, or ``None`` for anything but the exact words."""
    return _PREGNANCY.get(line)


def signs(line: str) -> WarningSigns | None:
    """Return what *line* answers, or ``None`` for anything but the exact words."""
    return _SIGNS.get(line)


def cautions(line: str) -> frozenset[Caution] | None:
    """
    Return the cautions that *line* numbers, or ``None`` for anything else.

    ``0`` and ``none`` are none of them; ``no`` is not, or one word would answer all.
    """
    numbers = [number for number in line.replace(",", " ").split(" ") if number]
    known = {str(at): caution for at, caution in enumerate(safety.NUMBERED, 1)}
    if line in {"0", "none"}:
        return frozenset()
    if not numbers or any(number not in known for number in numbers):
        return None
    return frozenset(known[number] for number in numbers)


def _ask(
    asker: Asker,
    page: Page,
    words: Prompt,
    read: Callable[[str], T | None],
    lines: list[str],
) -> T | None:
    """
    Ask as often as *words* say, collecting what was typed in *lines*.

    Whoever wants to leave is let go at once, and has answered nothing.
    """
    trouble = ""
    while len(lines) < words.tries:
        line = asker.ask(page, words.prompt, trouble=trouble, at_once=_LEAVING)
        if line is None:
            raise NotStartedError(safety.NOT_ANSWERED)
        lines.append(line.strip(" \t").lower())
        if lines[-1].startswith(_LEAVING):
            raise NotStartedError(safety.NOT_ANSWERED)
        if (answer := read(lines[-1])) is not None:
            return answer
        trouble = words.again
    return None


def _answered(answer: T | None) -> T:
    if answer is None:
        raise NotStartedError(safety.NOT_ANSWERED)
    return answer
