"""
Questions that are answered with a line, and can be left at any time.

They are about a routine, never about a person: Enter may take what is usual.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import Enum
from typing import Protocol, TypeVar

from acupress.errors import NotStartedError
from acupress.terminal.layouts import narrow
from acupress.text.layout import Page

T = TypeVar("T")
Complete = Callable[[str], tuple[str, str]]

NOTHING_WRITTEN = "nothing was written"

_QUIT = "q"


class LeftError(Exception):
    """The person has left the questions."""


class Composer(Protocol):
    """An interactive terminal, as far as these questions need it."""

    def ask(
        self,
        page: Page,
        prompt: str,
        *,
        trouble: str = "",
        complete: Complete | None = None,
    ) -> str | None:
        """
        Show *page*, discard typed-ahead input, and return the next line.

        With *trouble*, the page is on the screen already and that message is shown at
        the prompt. Tab goes on as *complete* says. ``None`` is the end of input.
        """


def ask(terminal: Composer, page: Page, prompt: str, parse: Callable[[str], T]) -> T:
    """Return what *parse* makes of a line; ask again where it raises ValueError."""
    trouble = ""
    while True:
        typed = read_line(terminal, page, prompt, trouble)
        try:
            return parse(typed)
        except ValueError as error:
            trouble = str(error)


def read_line(
    terminal: Composer,
    page: Page,
    prompt: str,
    trouble: str,
    complete: Complete | None = None,
) -> str:
    """Return a line without the spaces around it; raises if the questions are left."""
    line = terminal.ask(page, prompt, trouble=trouble, complete=complete)
    if line is None:
        raise NotStartedError(NOTHING_WRITTEN)
    typed = line.strip()
    if narrow(typed).lower() == _QUIT:
        raise LeftError
    return typed


def agree(terminal: Composer, page: Page, question: str) -> None:
    """Ask *question* below *page*; raises LeftError unless the answer is yes."""
    answers = one_of(Answer.YES, Answer.NO)
    if ask(terminal, page, f"{question}? yes / no", answers) is Answer.NO:
        raise LeftError


def whole(most: int, usual: int) -> Callable[[str], int]:
    """Return a parser of whole numbers up to *most*; an empty line is *usual*."""

    def read(typed: str) -> int:
        digits = narrow(typed)
        if not digits:
            return usual
        if re.fullmatch("[0-9]{1,3}", digits) and 0 < int(digits) <= most:
            return int(digits)
        message = f"Please type a whole number from 1 to {most}."
        raise ValueError(message)

    return read


class Answer(Enum):
    """What can be said to a routine that was made."""

    YES = "yes"
    NO = "no"
    BACK = "back"


def one_of(*answers: Answer) -> Callable[[str], Answer]:
    """Return a parser of *answers*, whole or by their first letters."""
    known = {word: each for each in answers for word in (each.value, each.value[0])}

    def read(typed: str) -> Answer:
        if found := known.get(narrow(typed).lower()):
            return found
        *others, last = (each.value for each in answers)
        message = f"Please type {', '.join(others)} or {last}."
        raise ValueError(message)

    return read
