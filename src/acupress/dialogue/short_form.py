"""
The short form of the questions: one screen and one line, for people who come daily.

Each answer is still typed, none has a default, and none is kept. A line that is not
three whole answers answers nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from acupress.dialogue import questions
from acupress.dialogue.questions import Asker, Prompt
from acupress.journal.store import Entry
from acupress.session.screening import Caution, PregnancyAnswer, WarningSigns
from acupress.terminal.layouts import narrow
from acupress.text import short_questions

KNOWN_AFTER = 5
"""Finished sessions after which the questions are known well enough."""

FORGOTTEN_AFTER = timedelta(weeks=4)
"""The time without a session after which they are asked in full again."""

_EXPLAIN = "?"
_TRIES = 3

# Without spaces, only letters and no warning sign: of n10 nobody knows what is meant.
_COMPACT = re.compile("([nyu])(n)([0-9][0-9,]*)")


class Together(NamedTuple):
    """The three answers of one line."""

    pregnancy: PregnancyAnswer
    signs: WarningSigns
    cautions: frozenset[Caution]


def is_due(past: Sequence[Entry], now: datetime) -> bool:
    """Tell whether the *past* sessions are enough and recent enough for it at *now*."""
    finished = sum(entry.finished for entry in past)
    ages = (now - entry.started for entry in past)
    recent = any(timedelta() <= age < FORGOTTEN_AFTER for age in ages)
    return finished >= KNOWN_AFTER and recent


def ask_together(asker: Asker, always: frozenset[Caution]) -> Together | None:
    """
    Ask all three questions; ``None`` calls for the long form, as three slips do.

    Raises NotStartedError if they are left.
    """
    at_once = f"q{_EXPLAIN}"
    prompt = Prompt(short_questions.PROMPT, short_questions.AGAIN, _TRIES, at_once)
    page = short_questions.short_questions(always)
    answer = questions.ask(asker, page, prompt, _together_or_explain, [])
    return answer if isinstance(answer, Together) else None


def together(line: str) -> Together | None:
    """
    Parse three answers with spaces between them; ``None`` for anything else.

    Each counts as in the long form. Full-width characters are those they stand for;
    letters of other keyboards are not: н is where N is on one, and Y on another.
    """
    compact = _COMPACT.fullmatch(line)
    parts = compact.groups() if compact else [part for part in line.split(" ") if part]
    if len(parts) < len(Together._fields):
        return None
    pregnancy, signs = questions.pregnancy(parts[0]), questions.signs(parts[1])
    cautions = questions.cautions(" ".join(parts[2:]))
    if pregnancy is None or signs is None or cautions is None:
        return None
    return Together(pregnancy, signs, cautions)


def _together_or_explain(line: str) -> Together | str | None:
    line = narrow(line).strip(" ")
    return _EXPLAIN if line == _EXPLAIN else together(line)
