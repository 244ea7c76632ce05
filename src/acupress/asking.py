"""
The three questions, each answered in exact words or not at all.

Nothing has a default. An answer counts only when it was typed after the question
was shown, which is what :class:`Asker` promises.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from acupress import notices
from acupress.errors import NotStartedError
from acupress.layout import Line, Page, Tone
from acupress.screening import Caution, Expecting, Signs

T = TypeVar("T")

_TRIES = 3

_PREGNANCY = {
    "n": Expecting.NO,
    "no": Expecting.NO,
    "y": Expecting.YES,
    "yes": Expecting.YES,
    "u": Expecting.UNSURE,
    "unsure": Expecting.UNSURE,
}
_SIGNS = {
    "n": Signs.NONE,
    "no": Signs.NONE,
    "1": Signs.URGENT,
    "2": Signs.SEE_SOMEONE,
}


class Asker(Protocol):
    """A terminal that a person sits at."""

    def ask(self, page: Page, prompt: str) -> str | None:
        """
        Show *page*, forget what was typed before, and return the next line.

        ``None`` is the end of input.
        """


def ask_pregnancy(asker: Asker) -> tuple[Expecting, Page]:
    """
    Ask whether the person could be pregnant; return the answer and what to say to it.

    Three blanks are *unsure*, and that is said; raises NotStartedError when it is
    not answered.
    """
    page = (*notices.NOTICE, Line(), *notices.PREGNANCY_QUESTION)
    lines: list[str] = []
    answer = _ask(asker, page, notices.PREGNANCY_PROMPT, pregnancy, lines)
    if answer is None and not any(lines):
        return Expecting.UNSURE, notices.TAKEN_AS_UNSURE
    return _answered(answer), ()


def ask_signs(asker: Asker) -> Signs:
    """Ask for warning signs; raises NotStartedError when it is not answered."""
    page, prompt = notices.SIGNS_QUESTION, notices.SIGNS_PROMPT
    return _answered(_ask(asker, page, prompt, signs, []))


def ask_cautions(
    asker: Asker, always: frozenset[Caution] = frozenset()
) -> frozenset[Caution]:
    """
    Ask for body cautions besides those of *always*, which are told.

    Raises NotStartedError when it is not answered.
    """
    page = (*notices.as_always(always), *notices.CAUTIONS_QUESTION)
    return _answered(_ask(asker, page, notices.CAUTIONS_PROMPT, cautions, []))


def ask_number(asker: Asker, page: Page, most: int) -> int | None:
    """Ask for a number from 1 to *most*; ``None`` when three tries were not one."""

    def number(line: str) -> int | None:
        known = {str(number): number for number in range(1, most + 1)}
        return known.get(line)

    return _ask(asker, page, f"1-{most}", number, [])


def pregnancy(line: str) -> Expecting | None:
    """Return what *line* answers, or ``None`` for anything but the exact words."""
    return _PREGNANCY.get(line)


def signs(line: str) -> Signs | None:
    """Return what *line* answers, or ``None`` for anything but the exact words."""
    return _SIGNS.get(line)


def cautions(line: str) -> frozenset[Caution] | None:
    """Return the cautions that *line* numbers, or ``None``; ``0`` is none of them."""
    numbers = line.replace(",", " ").split()
    known = {str(at): caution for at, caution in enumerate(notices.NUMBERED, 1)}
    if numbers == ["0"]:
        return frozenset()
    if not numbers or any(number not in known for number in numbers):
        return None
    return frozenset(known[number] for number in numbers)


def _ask(
    asker: Asker,
    page: Page,
    prompt: str,
    read: Callable[[str], T | None],
    lines: list[str],
) -> T | None:
    """Ask up to three times, collecting what was typed in *lines*."""
    again: Page = ()
    for _ in range(_TRIES):
        line = asker.ask((*again, *page), prompt)
        if line is None:
            raise NotStartedError(notices.NOT_ANSWERED)
        lines.append(line.strip(" \t").lower())
        if (answer := read(lines[-1])) is not None:
            return answer
        again = (Line(f"Please type one of: {prompt}", Tone.WARNING), Line())
    return None


def _answered(answer: T | None) -> T:
    if answer is None:
        raise NotStartedError(notices.NOT_ANSWERED)
    return answer
