"""From the first question to a plan, with a terminal that has its answers ready."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.text import Text

from acupress.dialogue.intake import converse, decide
from acupress.dialogue.plan_screen import AgreedPlan, Request, StopHereError
from acupress.errors import NotStartedError
from acupress.model import Offer, PregnancyLevel, Routine
from acupress.session.screening import (
    Caution,
    PointChoice,
    PregnancyAnswer,
    WarningSigns,
    level,
)
from acupress.text import safety
from acupress.text.layout import Page, Tone
from support.catalogue import ROUTINES
from support.stage import FakeTerminal

ASK_ALL = Request(None, None, None, PointChoice(), None, starter=False, gated=False)
NAMED = {routine.id: routine for routine in ROUTINES}
LOWER, UPPER = NAMED["lower-back"], NAMED["upper-back"]
QUIET_SET = ["PC6", "KI27", "GB20", "TE3", "SI3", "EX-HN3"]


def agreed(
    lines: str, keys: str = "!", request: Request = ASK_ALL, routine: Routine = LOWER
) -> AgreedPlan:
    """Hold a conversation: *lines* are typed, ``!`` among *keys* is Enter."""
    return converse(terminal(lines, keys), request, routine, ROUTINES)


def terminal(lines: str, keys: str = "!") -> FakeTerminal:
    """Return a terminal with *lines*, parted by slashes, and *keys*."""
    pressed = ["enter" if key == "!" else key for key in keys]
    return FakeTerminal(lines.split("/") if lines else [], pressed)


def codes(outcome: AgreedPlan) -> list[str]:
    """Return the codes of the plan."""
    return [step.point.code for step in outcome.plan.steps]


def text(page: Page) -> str:
    """Return the words of *page*."""
    return " ".join(line.text for line in page)


def test_an_ordinary_day() -> None:
    """No, no, nothing, Enter: the whole routine."""
    assert codes(agreed("no/no/0")) == ["CV6", "BL23", "BL40", "BL60", "LR3"]


def test_the_questions_come_in_the_order_of_safety() -> None:
    """Pregnancy, warning signs, cautions, and only then the plan."""
    asked = terminal("no/no/0")
    converse(asked, ASK_ALL, LOWER, ROUTINES)

    assert asked.asked[:3] == [
        "no / yes / unsure",
        "no / 1 / 2",
        "numbers, or 0 for none",
    ]


DESK, SAYS = NAMED["desk-break"], "There is no set for headache."


def test_a_routine_that_only_serves_is_asked_for() -> None:
    """Yes begins the one that serves, after all questions; its name stands there."""
    asked = terminal("yes/no/no/0")
    outcome = converse(asked, ASK_ALL, Offer(SAYS, (DESK,)), ROUTINES)

    assert outcome.plan.routine is DESK
    assert asked.asked[:2] == ["yes / no", "no / yes / unsure"]
    assert SAYS in text(asked.pages[0])
    assert "Begin desk-break?" in text(asked.pages[0])


@pytest.mark.parametrize("lines", ["no", "n", "q", "x/x/x", "", "desk-break/q"])
def test_a_routine_that_only_serves_is_never_begun_by_itself(lines: str) -> None:
    """Without a yes nothing starts, and no safety question is asked."""
    asked = terminal(lines)

    with pytest.raises((StopHereError, NotStartedError)):
        converse(asked, ASK_ALL, Offer(SAYS, (DESK,)), ROUTINES)
    assert set(asked.asked) == {"yes / no"}


def test_of_several_that_serve_one_is_chosen() -> None:
    """Where several serve, the menu has these and no other."""
    asked = terminal("2/no/no/0")
    outcome = converse(asked, ASK_ALL, Offer("", (UPPER, LOWER)), ROUTINES)

    assert outcome.plan.routine is LOWER
    assert asked.asked[0] == "1-2"


@pytest.mark.parametrize("answer", ["yes", "unsure"])
def test_yes_leads_to_another_routine_by_one_key(answer: str) -> None:
    """Lower back does not run; key 1 goes on with the quiet set, questions first."""
    asked = terminal(f"{answer}/no/0", "1!")
    outcome = converse(asked, ASK_ALL, LOWER, ROUTINES)

    assert codes(outcome) == QUIET_SET
    assert asked.asked[2] == "no / 1 / 2"


@pytest.mark.parametrize("answer", ["yes", "unsure"])
def test_yes_tells_what_it_means_even_when_the_routine_runs(answer: str) -> None:
    """The signs that need a call are shown, and then the session goes on."""
    asked = terminal(f"{answer}/no/0", "!!")
    outcome = converse(asked, ASK_ALL, UPPER, ROUTINES)

    assert codes(outcome) == ["KI27", "BL10", "TE3"]
    assert "What remains: KI27" in text(asked.pages[1])


def test_what_was_wished_away_stays_away_in_another_routine() -> None:
    """A point that one does not want is in nothing that is offered instead."""
    request = ASK_ALL._replace(wish=PointChoice(without=frozenset({"BL10"})))
    asked = terminal("yes/no/0", "1!")
    outcome = converse(asked, request, LOWER, ROUTINES)

    assert "BL10" not in codes(outcome)
    offered = text(asked.pages[1]).partition("These run")[2]
    assert "lower-back:" not in offered


def test_too_few_minutes_are_answered_with_the_shortest_plan() -> None:
    """At a terminal the answers already given are not thrown away."""
    asked = terminal("no/no/0")
    outcome = converse(asked, ASK_ALL._replace(minutes=1), LOWER, ROUTINES)

    assert outcome.plan.seconds <= 4 * 60
    assert "4 minutes is the shortest that is worth doing." in text(asked.pages[-1])


@pytest.mark.parametrize(("each", "starts"), [(900, True), (901, False)])
def test_answers_go_stale(each: float, *, starts: bool) -> None:
    """From the first question to the Enter that begins it is at most an hour."""
    asked = FakeTerminal(["no", "no", "0"], ["enter"], each=each)

    if starts:
        assert codes(converse(asked, ASK_ALL, LOWER, ROUTINES))
        return
    with pytest.raises(NotStartedError, match="More than an hour"):
        converse(asked, ASK_ALL, LOWER, ROUTINES)


def test_three_blanks_are_unsure_and_said() -> None:
    """Nobody is taken for *no* by pressing Enter."""
    asked = terminal("///no/0", "1!")
    outcome = converse(asked, ASK_ALL, LOWER, ROUTINES)

    assert codes(outcome) == QUIET_SET
    told = "No answer three times: we go on as for unsure."
    assert text(asked.pages[3]).startswith(told)
    assert "A test would settle it" in text(asked.pages[3])


@pytest.mark.parametrize("keys", ["q", ""])
def test_stopping_at_the_offer_ends_with_whom_to_call(keys: str) -> None:
    """Whoever ends there has also seen the list for help now."""
    with pytest.raises(StopHereError) as stop:
        agreed("yes", keys)

    assert stop.value.code == 3
    assert "Get help now for any of these:" in text(stop.value.page)
    assert "Call your maternity unit" in text(stop.value.page)


def test_a_warning_sign_ends_it() -> None:
    """A sign that fits ends in its signpost, before any plan."""
    for sign, expected in (("1", "medical help now"), ("2", "speak to a doctor")):
        with pytest.raises(StopHereError) as stop:
            agreed(f"no/{sign}")

        assert stop.value.code == 3
        assert expected in text(stop.value.page)


@pytest.mark.parametrize(
    "lines", ["", "what/what/what", "no", "no/what/why/who", "no/no"]
)
def test_a_question_that_is_not_answered_starts_nothing(lines: str) -> None:
    """The end of input, or three wrong answers, at any question."""
    with pytest.raises(NotStartedError, match="not answered, so nothing starts"):
        agreed(lines)


def test_cautions_leave_points_out() -> None:
    """What is said about the body today changes the plan."""
    assert codes(agreed("no/no/3 9")) == ["BL23", "BL60", "LR3"]


def caution(*wanted: Caution) -> str:
    """Return the numbers of the cautions *wanted*, as they are typed."""
    return " ".join(str(safety.NUMBERED.index(each) + 1) for each in wanted)


def test_cautions_that_leave_nothing_say_so() -> None:
    """Without the maternity signs: nobody asked about those."""
    only = ASK_ALL._replace(wish=PointChoice(only=frozenset({"CV6"})))
    asked = terminal(f"no/no/{caution(Caution.MEAL)}", "q")
    with pytest.raises(StopHereError) as stop:
        converse(asked, only, LOWER, ROUTINES)

    assert stop.value.code == 3
    assert "ate within the hour" in text(asked.pages[-1])
    assert "midwife" not in text(asked.pages[-1])


def test_cautions_that_leave_nothing_lead_to_what_runs() -> None:
    """By one key, to a plan that is screened with what was answered already."""
    only = ASK_ALL._replace(wish=PointChoice(only=frozenset({"CV6"})))
    asked = terminal(f"no/no/{caution(Caution.MEAL)}", "1!")
    outcome = converse(asked, only, LOWER, ROUTINES)

    assert asked.asked[3].startswith("Go on with 1 lower-back")
    assert "10 " not in asked.asked[3]
    assert asked.asked[4].startswith("Enter begins")
    assert outcome.plan.routine.id in text(asked.pages[3])
    assert "CV6" not in codes(outcome)
    assert "partner" not in asked.asked[3]


@pytest.mark.parametrize("answer", ["yes", "unsure"])
def test_cautions_can_end_what_yes_had_left(answer: str) -> None:
    """Too few points after the cautions say so, and what does run is offered."""
    neck = caution(Caution.NECK, Caution.DEVICE)
    asked = terminal(f"{answer}/no/{neck}", "!1!")
    outcome = converse(asked, ASK_ALL, UPPER, ROUTINES)

    assert safety.TOO_LITTLE in text(asked.pages[-2])
    assert all(level(step.point) is PregnancyLevel.OK for step in outcome.plan.steps)
    assert {"BL10", "KI27"}.isdisjoint(codes(outcome))


def test_why_too_little_remains_is_said() -> None:
    """A routine of which two points are left is not only refused."""
    asked = terminal("yes", "q")
    short = UPPER._replace(steps=(*UPPER.steps[:1], *LOWER.steps[:2]), replacements=())
    with pytest.raises(StopHereError):
        converse(asked, ASK_ALL, short, ROUTINES)

    assert "What remains: " in text(asked.pages[1])
    assert safety.TOO_LITTLE in text(asked.pages[1])


def test_nothing_rules_it_out_only_where_nothing_was_left_out() -> None:
    """Under struck-out or gentler points it would be untrue."""
    for typed in ("0", "1", "3", str(len(safety.NUMBERED))):
        asked = terminal(f"no/no/{typed}")
        made = converse(asked, ASK_ALL, LOWER, ROUTINES).plan
        changed = bool(made.left_out) or any(step.gentle for step in made.steps)
        told = text(asked.pages[-1])

        assert ("Nothing you told me" in told) is not changed, typed
        assert ("what your answers allow" in told) is changed, typed


def test_q_closes_the_keys_of_the_plan() -> None:
    """While they are explained, q and Esc only close that."""
    asked = terminal("no/no/0", "?q?")
    asked.keys += ["escape", "enter"]

    assert codes(converse(asked, ASK_ALL, LOWER, ROUTINES))


def test_the_plan_can_be_made_shorter_and_longer() -> None:
    """Minus takes away the next thing there is, plus puts it back."""
    lasts = {"!": 1075, "-!": 1005, "--!": 915, "-+!": 1075, "+!": 1075}

    assert lasts == {keys: agreed("no/no/0", keys).plan.seconds for keys in lasts}


def test_the_plan_stops_shrinking_at_its_shortest() -> None:
    """However often it is asked for, what is left is worth doing."""
    assert agreed("no/no/0", "-" * 40 + "!").plan.seconds == 230


def test_waiting_can_be_switched_on_and_off() -> None:
    """The plan screen decides, whatever the option said."""
    assert agreed("no/no/0", "w!").gated
    assert not agreed("no/no/0", "ww!").gated


@pytest.mark.parametrize("lines", ["no/no/0", "no/no/1", "unsure/no/2"])
def test_the_map_beside_the_plan_has_its_points_and_no_others(lines: str) -> None:
    """Whatever is left out, and after each key; also while a pain is typed."""
    drawn: list[Sequence[str]] = []

    def map_of(points: Sequence[str], _columns: int, _rows: int) -> Sequence[Text]:
        drawn.append(points)
        return ()

    asked = terminal(f"{lines}/", f"{'!' * ('unsure' in lines)}------+7!")
    outcome = converse(asked, ASK_ALL._replace(map_of=map_of), UPPER, ROUTINES)
    pages = [
        page
        for page, aside in zip(asked.pages[::-1], asked.asides[::-1], strict=False)
        if aside and not aside(80, 24)
    ]
    steps = [
        [
            line.text.split()[0]
            for line in page
            if line.label and line.tone is Tone.HEADING
        ]
        for page in pages
    ]

    assert drawn == steps
    assert steps[0] == codes(outcome)
    assert len(steps) == 10
    assert len({*map(tuple, steps)}) > 1


def test_the_plan_explains_its_keys() -> None:
    """A question mark says what each key does, and changes and begins nothing."""
    asked = terminal("no/no/0", "?w?!")
    outcome = converse(asked, ASK_ALL, LOWER, ROUTINES)
    pages = [text(page) for page in asked.pages[3:]]

    assert ["begins the session" in page for page in pages] == [
        *(False, True, False, True)
    ]
    assert outcome.plan.seconds == 1075
    assert outcome.gated


def test_the_plan_says_how_to_take_it_to_a_phone() -> None:
    """The command names the routine and no answer; nothing is begun or changed."""
    asked = terminal("yes/no/0", "!p!")
    outcome = converse(asked, ASK_ALL, NAMED["quiet"], ROUTINES)
    shown = [text(page) for page in asked.pages[-2:]]
    said = "acupress plan quiet --save quiet.html --play"

    assert [said in page for page in shown] == [False, True]
    assert "--pregnancy" not in shown[1]
    assert outcome.plan.routine is NAMED["quiet"]


def test_quitting_the_plan_starts_nothing_and_is_no_failure() -> None:
    """Changing one's mind is all right."""
    with pytest.raises(StopHereError) as stop:
        agreed("no/no/0", "q")

    assert stop.value.code == 0


def test_where_it_aches_is_asked_when_nobody_said() -> None:
    """Without a name, the routines are offered by number."""
    outcome = converse(terminal("4/no/no/0"), ASK_ALL, None, ROUTINES)

    assert outcome.plan.routine.id == "upper-back"


def test_where_it_aches_can_be_told_in_words() -> None:
    """Whoever types the name of a routine has answered."""
    outcome = converse(terminal("lower back/no/no/0"), ASK_ALL, None, ROUTINES)

    assert outcome.plan.routine.id == "lower-back"


lines = st.lists(
    st.sampled_from(["no", "yes", "unsure", "", "0", "1", "2", "3", "6 7", "q"]),
    max_size=12,
).map("/".join)
keys = st.text("!12345q-+w", max_size=8)


@settings(derandomize=True, max_examples=400, deadline=None)
@given(lines, keys, st.integers(0, len(ROUTINES) - 1))
def test_no_conversation_leads_to_a_point_that_is_not_ok(
    typed: str, pressed: str, which: int
) -> None:
    """Unless the first answer that counts is *no*, every step is ok."""
    asked = terminal(typed, pressed)
    try:
        outcome = converse(asked, ASK_ALL, ROUTINES[which], ROUTINES)
    except (StopHereError, NotStartedError):
        return
    first = next(line for line in typed.split("/") if line in {"no", "yes", "unsure"})
    blanks = typed.split("/")[:3] == ["", "", ""]

    assert (first == "no" and not blanks) or all(
        level(step.point) is PregnancyLevel.OK for step in outcome.plan.steps
    )


GIVEN = ASK_ALL._replace(
    pregnancy=PregnancyAnswer.NO,
    signs=WarningSigns.NONE,
    cautions=frozenset[Caution](),
)


@pytest.mark.parametrize(
    "request_",
    [
        GIVEN._replace(pregnancy=None),
        GIVEN._replace(signs=None),
        GIVEN._replace(cautions=None),
    ],
)
def test_nothing_is_decided_without_every_answer(request_: Request) -> None:
    """Off a terminal, an answer that is missing is not made up."""
    with pytest.raises(NotStartedError):
        decide(request_, UPPER, ROUTINES)


def test_cautions_of_every_day_are_added() -> None:
    """Whatever is answered, asked or given, they leave out what they leave out."""
    veins = frozenset({Caution.VEINS})
    ask, given_ = ASK_ALL._replace(always=veins), GIVEN._replace(always=veins)

    assert codes(agreed("no/no/0", request=ask)) == ["CV6", "BL23", "BL60", "LR3"]
    assert codes(agreed("no/no/9", request=ask)) == ["BL23", "BL60", "LR3"]
    assert codes(agreed("", request=given_)) == ["CV6", "BL23", "BL60", "LR3"]
    assert "BL40" not in codes(decide(given_, LOWER, ROUTINES)[0])


def test_decided_answers_are_screened_like_any_other() -> None:
    """Off a terminal the same points fall away."""
    request = Request(
        PregnancyAnswer.UNSURE,
        WarningSigns.NONE,
        frozenset({Caution.FAINT}),
        PointChoice(),
        None,
        starter=False,
        gated=True,
    )
    outcome, before = decide(request, UPPER, ROUTINES)

    assert codes(outcome) == ["KI27", "BL10", "TE3"]
    assert "A test would settle it" in text(before)
    assert outcome.gated
