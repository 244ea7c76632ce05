"""
The three safety questions, and the parsers of their answers.

There are no defaults and no guesses: only exact words count, and only if typed after
the question was shown, which :class:`Asker` guarantees.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import inf
from typing import NamedTuple, Protocol, TypeVar

from acupress.errors import NotStartedError
from acupress.session.screening import Caution, PregnancyAnswer, WarningSigns
from acupress.text import safety
from acupress.text.layout import Line, Page

T = TypeVar("T")

_TRIES = 3
_QUIT = "q"

_PREGNANCY = {
    "n": PregnancyAnswer.NO,
    "no": PregnancyAnswer.NO,
    "y": PregnancyAnswer.YES,
    "yes": PregnancyAnswer.YES,
    "u": PregnancyAnswer.UNSURE,
    "unsure": PregnancyAnswer.UNSURE,
}
_RESUME = {"y": True, "yes": True, "n": False, "no": False, "": False}
_YES_OR_NO = {"y": True, "yes": True, "n": False, "no": False}
_SIGNS = {
    "n": WarningSigns.NONE,
    "no": WarningSigns.NONE,
    "1": WarningSigns.URGENT,
    "2": WarningSigns.SEE_SOMEONE,
}


class Prompt(NamedTuple):
    """
    A prompt, the message after an invalid answer, and how many tries there are.

    The keys of *at_once* need no Enter.
    """

    prompt: str
    again: str
    tries: float = inf
    at_once: str = _QUIT


class Asker(Protocol):
    """An interactive terminal, as far as the questions need it."""

    def ask(
        self, page: Page, prompt: str, *, trouble: str = "", at_once: str = ""
    ) -> str | None:
        """
        Show *page*, discard typed-ahead input, and return the next line.

        With *trouble*, the page is on the screen already and that message is shown at
        the prompt. A key of *at_once*, typed first, is returned without Enter.
        ``None`` is the end of input.
        """


def ask_pregnancy(
    asker: Asker, *, partner: bool = False
) -> tuple[PregnancyAnswer, Page]:
    """
    Ask whether the person could be pregnant; return the answer and a remark on it.

    With *partner*, all questions are about the person pressed. Three empty lines are
    taken as *unsure*, with a remark. Raises NotStartedError if not answered.
    """
    about = whose(partner=partner)
    page = (*safety.NOTICE, Line(), *about, *safety.PREGNANCY_QUESTION)
    lines: list[str] = []
    prompt = Prompt(safety.PREGNANCY_PROMPT, safety.PREGNANCY_AGAIN, _TRIES)
    answer = ask(asker, page, prompt, pregnancy, lines)
    if answer is None and not any(lines):
        return PregnancyAnswer.UNSURE, safety.TAKEN_AS_UNSURE
    return _answered(answer), ()


def whose(*, partner: bool) -> Page:
    """Return the line on whom a question is about; nothing without a *partner*."""
    return safety.FOR_PARTNER if partner else ()


def ask_signs(asker: Asker, *, partner: bool = False) -> WarningSigns:
    """
    Ask for warning signs; raises NotStartedError if not answered.

    Tries are unlimited: a typing mistake must not discard the answers before.
    """
    prompt = Prompt(safety.SIGNS_PROMPT, safety.SIGNS_AGAIN)
    page = (*whose(partner=partner), *safety.SIGNS_QUESTION)
    return _answered(ask(asker, page, prompt, signs, []))


def ask_cautions(
    asker: Asker,
    always: frozenset[Caution] = frozenset(),
    *,
    partner: bool = False,
) -> frozenset[Caution]:
    """Ask for cautions besides *always*; raises NotStartedError if not answered."""
    about = (*whose(partner=partner), *safety.as_always(always))
    page = (*about, *safety.CAUTIONS_QUESTION)
    prompt = Prompt(safety.CAUTIONS_PROMPT, safety.CAUTIONS_AGAIN)
    return _answered(ask(asker, page, prompt, cautions, []))


def ask_which(asker: Asker, page: Page, names: Sequence[str]) -> int | None:
    """
    Return the index in *names* typed as number or name; ``None`` after three tries.

    Raises NotStartedError if left.
    """
    known = {str(number): at for at, number in enumerate(range(1, len(names) + 1))}
    known |= {name: at for at, name in enumerate(names)}

    def which(line: str) -> int | None:
        return known.get("-".join(line.split()))

    again = f"Please type a number from 1 to {len(names)}."
    return ask(asker, page, Prompt(f"1-{len(names)}", again, _TRIES), which, [])


def ask_yes(asker: Asker, page: Page) -> bool:
    """Ask a question for yes or no; raises NotStartedError if left or not answered."""
    prompt = Prompt("yes / no", "Please type yes or no.", _TRIES)
    return _answered(ask(asker, page, prompt, _YES_OR_NO.get, []))


def ask_resume(asker: Asker, page: Page) -> bool:
    """
    Ask whether to go on with an earlier session; only the word does.

    Enter, *no* and three slips begin anew. Raises NotStartedError if it is left.
    """
    prompt = Prompt("yes / no", "Please type yes or no.", _TRIES)
    return bool(ask(asker, page, prompt, _RESUME.get, []))


def pregnancy(line: str) -> PregnancyAnswer | None:
    """Parse *line*; ``None`` for anything but the exact words."""
    return _PREGNANCY.get(line)


def signs(line: str) -> WarningSigns | None:
    """Parse *line*; ``None`` for anything but the exact words."""
    return _SIGNS.get(line)


def cautions(line: str) -> frozenset[Caution] | None:
    """
    Parse numbers separated by spaces or commas; ``None`` for anything else.

    ``0`` and ``none`` are no cautions; ``no`` is invalid, or a reflexive *no* would
    answer all three questions.
    """
    numbers = [number for number in line.replace(",", " ").split(" ") if number]
    known = {str(at): caution for at, caution in enumerate(safety.NUMBERED, 1)}
    if line in {"0", "none"}:
        return frozenset()
    if not numbers or any(number not in known for number in numbers):
        return None
    return frozenset(known[number] for number in numbers)


def ask(
    asker: Asker,
    page: Page,
    prompt: Prompt,
    parse: Callable[[str], T | None],
    lines: list[str],
) -> T | None:
    """
    Return the first line that parses, or ``None`` after the prompt's last try.

    Every line is appended to *lines*. Raises NotStartedError at q or end of input.
    """
    trouble = ""
    while len(lines) < prompt.tries:
        line = asker.ask(page, prompt.prompt, trouble=trouble, at_once=prompt.at_once)
        if line is None:
            raise NotStartedError(safety.NOT_ANSWERED)
        lines.append(line.strip(" \t").lower())
        if lines[-1].startswith(_QUIT):
            raise NotStartedError(safety.NOT_ANSWERED)
        if (answer := parse(lines[-1])) is not None:
            return answer
        trouble = prompt.again
    return None


def _answered(answer: T | None) -> T:
    if answer is None:
        raise NotStartedError(safety.NOT_ANSWERED)
    return answer
