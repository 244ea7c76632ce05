"""The three questions: exact answers only, and never a default."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given, settings

from acupress.dialogue import questions
from acupress.errors import NotStartedError
from acupress.session.screening import Caution, PregnancyAnswer, WarningSigns
from support.stage import FakeTerminal
from support.strategies import lines

ask_pregnancy = partial(questions.ask_pregnancy, partner=False)
ask_signs = partial(questions.ask_signs, partner=False)


def ask_cautions(terminal: FakeTerminal) -> frozenset[Caution]:
    """Ask somebody who has none of every day."""
    return questions.ask_cautions(terminal, frozenset(), partner=False)


def asked_pregnancy(typed: list[str]) -> PregnancyAnswer | None:
    """Return the answer that *typed* comes to; ``None`` when nothing starts."""
    try:
        return ask_pregnancy(FakeTerminal(typed))[0]
    except NotStartedError:
        return None


@settings(derandomize=True, max_examples=500)
@given(lines)
def test_no_means_no_and_nothing_else_does(typed: list[str]) -> None:
    """The answer is *no* only when one of three lines is exactly ``n`` or ``no``."""
    words = [line.strip(" \t").lower() for line in typed[:3]]
    known = {"n", "no", "y", "yes", "u", "unsure"}
    counting = (word for word in words if word in known or word.startswith("q"))
    first = next(counting, None)

    assert (first in {"n", "no"}) is (asked_pregnancy(typed) is PregnancyAnswer.NO)


def test_what_is_typed_and_what_it_means() -> None:
    """Three blanks are unsure; three other wrong lines, or the end, are no answer."""
    for typed, expected in (
        (["no"], PregnancyAnswer.NO),
        (["n"], PregnancyAnswer.NO),
        (["  No "], PregnancyAnswer.NO),
        (["y"], PregnancyAnswer.YES),
        (["UNSURE"], PregnancyAnswer.UNSURE),
        (["", "no"], PregnancyAnswer.NO),
        (["", "", ""], PregnancyAnswer.UNSURE),
        (["", " ", "\t"], PregnancyAnswer.UNSURE),
        (["maybe", "perhaps", "well"], None),
        (["", "", "maybe"], None),
        (["", "", "maybe", "no"], None),
        ([], None),
        ([""], None),
    ):
        assert (typed, expected) == (typed, asked_pregnancy(typed))


def test_three_blanks_are_told() -> None:
    """Whoever answers nothing is told what that was taken for."""
    _, remark = ask_pregnancy(FakeTerminal(["", "", ""]))

    assert [line.text for line in remark] == [
        "No answer three times: we go on as for unsure.",
        "",
    ]


def test_warning_signs_are_a_word_or_a_number() -> None:
    """The list that fits is named by its number."""
    for typed, expected in (
        ("no", WarningSigns.NONE),
        ("n", WarningSigns.NONE),
        ("1", WarningSigns.URGENT),
        ("2", WarningSigns.SEE_SOMEONE),
    ):
        assert (typed, expected) == (typed, ask_signs(FakeTerminal([typed])))


@pytest.mark.parametrize("typed", [["", "", ""], ["0", "3", "yes"], []])
def test_warning_signs_have_no_default(typed: list[str]) -> None:
    """Three blanks are not *no*: nothing starts."""
    with pytest.raises(NotStartedError):
        ask_signs(FakeTerminal(typed))


def test_cautions_are_numbers() -> None:
    """Several numbers are several cautions; zero alone is none of them."""
    for typed, expected in (
        ("0", ()),
        ("none", ()),
        (" None ", ()),
        ("9", (Caution.MEAL,)),
        ("3, 9", (Caution.VEINS, Caution.MEAL)),
        ("1 13", (Caution.THINNERS, Caution.NUMB)),
    ):
        assert frozenset(expected) == ask_cautions(FakeTerminal([typed])), typed


@pytest.mark.parametrize("typed", ["", "0 3", "99", "no", "n", "none 3", "3;6", "٣"])
def test_anything_else_is_no_answer_about_cautions(typed: str) -> None:
    """It is asked again, as often as it takes, and starts nothing by itself."""
    for times in (3, 9):
        terminal = FakeTerminal([typed] * times)

        with pytest.raises(NotStartedError):
            ask_cautions(terminal)

        assert len(terminal.asked) == times + 1


@pytest.mark.parametrize(
    ("ask", "slip", "right"),
    [(ask_signs, "none", "no"), (ask_cautions, "no", "none")],
)
def test_slips_throw_nothing_away(
    ask: Callable[[FakeTerminal], object], slip: str, right: str
) -> None:
    """After five of them the right word still counts."""
    terminal = FakeTerminal([*[slip] * 5, right])

    assert ask(terminal) in {WarningSigns.NONE, frozenset()}
    assert terminal.troubles[0] == ""
    assert all(terminal.troubles[1:])


UNSEEN = ["\0", "\u00a0", "\u200b", "\ufeff", "\u202e", "\u2063", "\x9b", "\u0301"]


def test_a_word_with_what_cannot_be_seen_is_no_word() -> None:
    """Before, in or behind it: only the word itself counts, however often it comes."""
    for mark in (*UNSEEN, "\ufffd"):
        for at in (0, 1, 2):
            assert questions.pregnancy("no"[:at] + mark + "no"[at:]) is None, (mark, at)
            assert questions.signs("no"[:at] + mark + "no"[at:]) is None, (mark, at)
            assert questions.cautions("12"[:at] + mark + "12"[at:]) is None, (mark, at)
        assert asked_pregnancy([f"{mark}no", f"no{mark}", f"n{mark}o"]) is None, mark


def test_a_wrong_answer_is_told_what_would_be_right() -> None:
    """The second time, the page says which words count."""
    terminal = FakeTerminal(["what", "no"])
    ask_pregnancy(terminal)

    said = "Please type one of these words: no, yes or unsure."
    assert terminal.troubles == ["", said]
    assert terminal.pages[0] == terminal.pages[1]


@pytest.mark.parametrize("ask", [ask_pregnancy, ask_signs, ask_cautions])
def test_leaving_is_no_answer(ask: Callable[[FakeTerminal], object]) -> None:
    """Whoever wants to leave is let go at once, and nothing starts."""
    for typed in ("q", "Quit"):
        terminal = FakeTerminal([typed, "no", "0"])

        with pytest.raises(NotStartedError):
            ask(terminal)

        assert len(terminal.asked) == 1


def test_one_of_several_is_a_number_or_a_name() -> None:
    """A name counts when it is all there; a part of one is no answer."""
    known = {"2": 1, "upper-back": 1, "Upper  Back": 1, "0": None, "upper": None}
    routines = ["lower-back", "upper-back"]

    assert known == {
        typed: questions.ask_which(FakeTerminal([typed] * 3), (), routines)
        for typed in known
    }
