"""The short form of the questions: when it comes, what it takes, where it leads."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import combinations, product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acupress.dialogue.intake import converse
from acupress.dialogue.plan_screen import AgreedPlan, Request, StopHereError
from acupress.dialogue.short_form import Together, ask_together, is_due, together
from acupress.errors import NotStartedError
from acupress.journal.store import Entry, record
from acupress.model import PregnancyLevel, Routine
from acupress.session.screening import (
    Caution,
    PointChoice,
    PregnancyAnswer,
    WarningSigns,
    level,
)
from acupress.terminal.layouts import narrow
from acupress.text import routine_pages, safety, short_questions
from acupress.text.layout import Page, plain_text
from support.catalogue import REAL, ROUTINES
from support.journals import TODAY
from support.stage import FakeTerminal
from support.terminal import ACUPRESS, Left, PtyTerminal
from support.terminal_sessions import PtySession

Golden = Callable[[str, str], None]
LONG = Request(
    None, None, None, PointChoice(), minutes=None, starter=False, gated=False
)
SHORT = LONG._replace(short=True)
NO, YES, UNSURE = PregnancyAnswer.NO, PregnancyAnswer.YES, PregnancyAnswer.UNSURE
TITLE = "Three questions, three answers on one line"
PARTNER = next(each for each in ROUTINES if each.partner)


def entry(days: float, *, finished: bool = True) -> Entry:
    """Return a session that was so many *days* ago."""
    return Entry(TODAY - timedelta(days=days), "neck", 100, finished=finished)


def test_when_it_comes() -> None:
    """After five finished sessions, of any routine; not after four weeks without."""
    five = [entry(days) for days in (300, 200, 100, 50, 3)]
    for past, due in (
        ([], False),
        (five[:-1], False),
        (five, True),
        ([*five[:-1], entry(3, finished=False)], False),
        ([*five, entry(1, finished=False)], True),
        ([*five[:-1], entry(50), entry(27.9, finished=False)], True),
        ([*five[:-1], entry(28)], False),
        ([*five[:-1], entry(-1)], False),
        ([*five[:-1], entry(40), entry(-400)], False),
    ):
        assert is_due(past, TODAY) is due, [str(each.started) for each in past]


def test_what_is_typed_and_what_it_means() -> None:
    """Each of the three is what the long form takes in its place."""
    meal, veins = Caution.MEAL, Caution.VEINS
    for typed, expected in (
        ("n n 0", (NO, "none", ())),
        ("nn0", (NO, "none", ())),
        ("no no none", (NO, "none", ())),
        ("n  no   0", (NO, "none", ())),
        ("y n 0", (YES, "none", ())),
        ("unsure n 0", (UNSURE, "none", ())),
        ("un9", (UNSURE, "none", (meal,))),
        ("n 1 0", (NO, "urgent", ())),
        ("n 2 3", (NO, "see-someone", (veins,))),
        ("n n 3 9", (NO, "none", (veins, meal))),
        ("n n 3, 9", (NO, "none", (veins, meal))),
        ("nn3,9", (NO, "none", (veins, meal))),
    ):
        pregnancy, signs, cautions = expected
        meant = Together(pregnancy, WarningSigns(signs), frozenset(cautions))

        assert (typed, meant) == (typed, together(typed))
    full = FakeTerminal(["\uff2e\u3000\uff4e\u3000\uff10"])
    assert ask_together(full, frozenset()) == together("n n 0")


@pytest.mark.parametrize(
    "typed",
    [
        *("", "n", "no", "n n", "nn", "n0", "n 0", "0", "0 n n", "n 0 n", "n n n"),
        *("no no no", "n n 0 3", "n n 99", "nno", "nono0", "n10", "y10", "n n0"),
        *("n n -", "nn\u0660", "\u0442 \u0442 0", "\u043d n 0", "n/n/0", "n,n,0"),
        *("n n 0 0", "n\u00a0n\u00a00", "n n 0\u200b", "n n 0 ?", "yes", "n n none 3"),
    ],
)
def test_anything_else_is_no_answer(typed: str) -> None:
    """One line says what would be, and nothing is taken from half an answer."""
    asked = FakeTerminal([typed, "y 2 3"])

    assert together(typed) is None
    assert ask_together(asked, frozenset()) == together("y 2 3")
    assert asked.troubles == ["", short_questions.AGAIN]


def test_three_slips_and_a_question_mark_lead_to_the_long_form() -> None:
    """Where each question is explained; leaving leaves."""
    for lines in (["", "", ""], ["n", "n", "0"], ["?"], ["n n", "?"], ["\uff1f"]):
        assert ask_together(FakeTerminal(lines), frozenset()) is None, lines
    for lines in ([], ["q"], ["", "q"], ["n n"]):
        with pytest.raises(NotStartedError, match="nothing starts"):
            ask_together(FakeTerminal(lines), frozenset())


TYPED = [
    *("n", "no", "y", "yes", "u", "unsure", "0", "none", "1", "2", "3", "13", "14"),
    *("", " ", "x", "nn0", "nn", "n0", "q", "?", "\u0442", "\uff4e", "-", "12,3"),
]
words = st.sampled_from(TYPED)
lines = st.one_of(st.text(max_size=8), st.lists(words, max_size=5).map(" ".join))


@settings(derandomize=True, max_examples=1000)
@given(lines)
def test_all_clear_is_said_in_so_many_words(line: str) -> None:
    """Only three answers that each say so in the long form are an all-clear."""
    clear = {
        " ".join(each) for each in product(("n", "no"), ("n", "no"), ("0", "none"))
    }
    parts = [part for part in line.split(" ") if part]
    found = together(line)
    is_clear = found == Together(NO, WarningSigns.NONE, frozenset())

    assert is_clear is (line == "nn0" or " ".join(parts) in clear)


@settings(derandomize=True, max_examples=300, deadline=None)
@given(
    st.lists(lines, max_size=7),
    st.integers(0, len(ROUTINES) - 1),
    st.text("1e", max_size=4),
)
def test_whatever_is_typed_only_a_no_leads_to_a_point_that_is_not_ok(
    typed: list[str], which: int, pressed: str
) -> None:
    """In the long form, too, where three slips or a question mark led to it."""
    keys = [{"e": "enter"}.get(key, key) for key in pressed]
    agreed, _, _ = outcome(typed, SHORT, ROUTINES[which], keys)
    if not isinstance(agreed, AgreedPlan):
        return
    narrowed = [narrow(line.strip(" \t").lower()) for line in typed]
    answers = [together(line) for line in narrowed]
    said_no = {"n", "no"} & {*narrowed} or NO in {a.pregnancy for a in answers if a}

    assert said_no or all(
        level(step.point) is PregnancyLevel.OK for step in agreed.plan.steps
    )


# Where it leads


def outcome(
    lines_: list[str], request: Request, some: Routine, keys: list[str]
) -> tuple[object, list[Page], list[str]]:
    """Return what comes of a conversation, and the pages and prompts of it."""
    asked = FakeTerminal(lines_, keys)
    result: object
    try:
        result = converse(asked, request, some, ROUTINES)
    except StopHereError as stop:
        result = (stop.page, stop.code)
    except NotStartedError as error:
        result = str(error)
    return result, asked.pages, asked.asked


def every_answer() -> Iterator[tuple[str, str, str]]:
    """Yield what is typed for every answer: no caution, each one, and each two."""
    numbers = [str(number) for number in range(len(safety.NUMBERED) + 1)]
    pairs = [" ".join(pair) for pair in combinations(numbers[1:], 2)]
    yield from product(("n", "y", "u"), ("n", "1", "2"), (*numbers, *pairs))


@pytest.mark.parametrize("name", ["lower-back", "upper-back", "desk-break"])
def test_it_leads_where_the_long_form_leads(name: str) -> None:
    """
    For every answer the same pages follow, and the same plan or none.

    But where a warning sign and *yes* or *unsure* stand in one line: that sign comes
    first, with those of pregnancy on one page, and no routine is offered before.
    """
    for answers in every_answer():
        pregnancy, signs, _ = answers
        for keys in (["enter"] * 2, ["1", "1", "enter"]):
            short, pages, prompts = outcome(
                [" ".join(answers)], SHORT, REAL[name], keys
            )
            long, all_pages, all_prompts = outcome([*answers], LONG, REAL[name], keys)
            questions = {safety.SIGNS_PROMPT, safety.CAUTIONS_PROMPT}
            questions.add(safety.PREGNANCY_PROMPT)
            follow = [
                page
                for page, prompt in zip(all_pages, all_prompts, strict=True)
                if prompt not in questions
            ]

            assert prompts[0] == short_questions.PROMPT
            if pregnancy != "n" and signs != "n":
                sign = list(WarningSigns)[int(signs)]
                answer = YES if pregnancy == "y" else UNSURE
                told = (*safety.signpost(sign), *safety.maternity(answer))

                assert pages[1:] == []
                assert isinstance(short, tuple)
                assert [line for line in short[0] if line.text] == [
                    line for line in told if line.text
                ]
                continue
            assert short == long, answers
            assert pages[1:] == follow, answers


def test_a_partner_is_asked_in_full() -> None:
    """Whoever is pressed may never have read the long form; also when chosen later."""
    asked = FakeTerminal(["no", "no", "0"], ["enter"])
    converse(asked, SHORT, PARTNER, ROUTINES)

    assert asked.asked[0] == safety.PREGNANCY_PROMPT
    assert short_questions.PROMPT not in asked.asked

    others = (REAL["lower-back"], REAL["upper-back-partner"])
    asked = FakeTerminal(["y n 0", "no", "0"], ["1", "enter"])
    agreed = converse(asked, SHORT, others[0], others)

    assert agreed.plan.routine.partner
    assert asked.asked[2:4] == [safety.SIGNS_PROMPT, safety.CAUTIONS_PROMPT]


def test_an_answer_given_as_an_option_brings_the_long_form() -> None:
    """What is left is asked question by question."""
    for known in (
        SHORT._replace(pregnancy=NO),
        SHORT._replace(signs=WarningSigns.NONE),
        SHORT._replace(cautions=frozenset[Caution]()),
    ):
        asked = FakeTerminal(["no", "no", "0"], ["enter"])
        with pytest.raises((NotStartedError, StopHereError)):
            converse(FakeTerminal([]), known, REAL["neck"], ROUTINES)

        converse_or_stop(asked, known)
        assert short_questions.PROMPT not in asked.asked


def converse_or_stop(asked: FakeTerminal, request: Request) -> AgreedPlan | None:
    """Converse, whatever comes of it."""
    try:
        return converse(asked, request, REAL["neck"], ROUTINES)
    except (NotStartedError, StopHereError):
        return None


def test_cautions_of_every_day_are_added() -> None:
    """They are on the page, and count besides what is typed."""
    request = SHORT._replace(always=frozenset({Caution.VEINS}))
    asked = FakeTerminal(["n n 0"], ["enter"])
    agreed = converse(asked, request, REAL["lower-back"], ROUTINES)

    assert "BL40" not in [step.point.code for step in agreed.plan.steps]
    assert "As always: varicose veins" in plain_text(asked.pages[0], 80)


# The page

# A word of each sign of the long form, by which the short form brings it to mind.
SIGNS = {
    "1": (
        *("numb between the legs", "pee", "poo", "sex", "tingling", "weakness"),
        *("both legs", "fall", "old age", "chest pain", "short of breath"),
        *("back or tummy pain", "faint", "clammy", "drooping face", "weak arm"),
        *("slurred speech", "stiff neck", "fever", "neck pain or headache"),
    ),
    "2": (
        *("fever", "feeling ill", "weight loss", "lump", "blood in your pee", "cancer"),
        *("weak bones", "steroids", "immune system", "injected drugs", "at night"),
        *("between the shoulder blades", "worse for weeks", "swollen leg"),
        *("clumsy hands", "unsteady", "under 18"),
    ),
}


def test_every_sign_and_every_caution_is_there() -> None:
    """In the list it belongs to, and under the number it has in the long form."""
    page = plain_text(short_questions.short_questions(frozenset()), 100)
    flat = " ".join(page.split())
    lists = {"1": safety.URGENT_LIST, "2": safety.SEE_SOMEONE_LIST}

    assert page.isascii()
    for number, signs in SIGNS.items():
        long = " ".join(line.text for line in lists[number])
        assert [
            s for s in signs if s not in short_questions.SIGNS_IN_SHORT[number]
        ] == []
        assert [s for s in signs if s.split()[-1] not in long] == []
    assert list(short_questions.CAUTIONS_IN_SHORT) == list(safety.NUMBERED)
    for at, caution in enumerate(safety.NUMBERED, 1):
        assert f"{at} {short_questions.CAUTIONS_IN_SHORT[caution]}" in flat
    assert "alcohol" in flat
    assert "late period" in flat


def test_the_pages(golden: Golden) -> None:
    """As they are read, wide and narrow."""
    for width in (80, 40):
        page = short_questions.short_questions(frozenset())
        golden(f"questions-short-{width}", plain_text(page, width))
        some = REAL["lower-back"]
        offer = routine_pages.resume_page(some, some.steps[3].point, 12)
        golden(f"resume-{width}", plain_text(offer, width))


# At a terminal

READY = f"{short_questions.PROMPT}: _"
COMMAND = (*ACUPRESS, "session", "lower-back", "--sound=off", "--picture=none")


@pytest.fixture
def daily(tmp_path: Path) -> dict[str, str]:
    """Return the environment of somebody with five finished sessions."""
    file = tmp_path / "acupress" / "journal.db"
    started = datetime.now().astimezone()
    for days in range(5, 0, -1):
        past = started - timedelta(days=days)
        record(file, Entry(past, "neck", 100, finished=True))
    return {"XDG_DATA_HOME": str(tmp_path)}


def test_an_ordinary_day_is_four_keys(daily: dict[str, str]) -> None:
    """All of it is on one screen of 80 by 24; then comes the plan."""
    with PtySession(COMMAND, (80, 24), daily) as term:
        term.see(TITLE)
        term.see(READY)
        assert "(more" not in term.text
        assert "13 numb feet, hands" in " ".join(term.text.split())
        term.type("nn0\r")
        term.read_plan()
        term.type("q")

        assert Left(0) == term.left()


def test_at_40_by_10_nothing_is_answered_unread(daily: dict[str, str]) -> None:
    """Every row is seen before an answer counts; ? needs no Enter."""
    with PtySession(COMMAND, (40, 10), daily) as term:
        term.see("Three questions")
        seen = term.text
        term.type("nn0\r")
        term.wait(lambda: "Three questions" not in term.text, "the next part")
        assert "in all" not in term.text
        seen += term.text
        term.read_on(READY)
        term.type("?")
        term.see(safety.PREGNANCY_PROMPT)
        term.type("q")

        assert Left(3) == term.left()
        assert "nothing was started" in term.kept


def test_every_answer_leaves_the_same(daily: dict[str, str]) -> None:
    """What stands on the terminal afterwards tells none of them."""
    kept = set()
    for typed, ends in (
        ("n n 0\r", "Enter begins"),
        ("y n 0\r", "Go on with"),
        ("n 1 0\r", "closes this"),
        ("u 2 3\r", "closes this"),
        ("n n 1 2 3\r", "Go on with"),
        ("what\r", "Please type all three"),
    ):
        with PtySession(COMMAND, (80, 60), daily) as term:
            term.see(READY)
            term.type(typed)
            term.see(ends)
            leave(term)
            kept.add(term.kept)

    assert kept == {f"acupress: {safety.NOTHING_STARTED}"}


def leave(term: PtyTerminal) -> None:
    """Leave by q, and again where a page is shown then."""
    reading = "closes this" in term.text
    term.type("q")
    if not reading:
        term.wait(lambda: "closes this" in term.text or term.ended(), "the end")
        if not term.ended():
            term.type("q")
    term.left()
