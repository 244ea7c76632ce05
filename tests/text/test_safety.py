"""
What a careful clinical reader asked of every sentence about safety.

Each test states one demand: a phrase that must be there, one that must not, a point
that must fall away. The letters are those of the review's findings.
"""

from __future__ import annotations

import re
from datetime import date
from math import ceil

import pytest

from acupress.dialogue.closing import pain_after
from acupress.dialogue.questions import ask_cautions, ask_pregnancy, ask_signs
from acupress.model import (
    ONLY_TOLD_OF,
    Body,
    BreathDirection,
    Phase,
    PointKind,
    Pressure,
    Region,
    Routine,
    Step,
    Tag,
)
from acupress.session.planning import Plan, plan
from acupress.session.playhead import Performance, Quit, begin
from acupress.session.screening import (
    Answers,
    Caution,
    PregnancyAnswer,
    WarningSigns,
    runnable,
    screen,
)
from acupress.session.timeline import Timeline, lay_out
from acupress.stage.screen import Look, session_rows
from acupress.text import advice, pages, safety, words
from acupress.text.layout import Page, plain_text
from acupress.text.sheet import sheet
from support.catalogue import EVERY, POINTS, ROUTINES
from support.stage import FakeTerminal

NO = PregnancyAnswer.NO
EACH = {routine.id: routine for routine in ROUTINES}
TAUGHT = [point for point in POINTS.values() if point.kind is PointKind.TAUGHT]
WORDS_A_MINUTE = 200


def text(page: Page) -> str:
    """Return *page* as running text."""
    return " ".join(f"{line.label} {line.text}" for line in page)


def left(name: str, *cautions: Caution, answer: PregnancyAnswer = NO) -> set[str]:
    """Return the codes that stay of the routine called *name*."""
    screened = screen(EACH[name], Answers(answer, frozenset(cautions)))
    return {kept.step.point.code for kept in screened.kept}


def planned(name: str, *cautions: Caution) -> Plan:
    """Return the plan of the routine called *name*."""
    return plan(screen(EACH[name], Answers(NO, frozenset(cautions))))


def steps() -> list[tuple[Routine, Step]]:
    """Return every step of every routine."""
    return [
        (routine, step)
        for routine in ROUTINES
        for step in (*routine.steps, *routine.replacements)
    ]


# Section A: harm.


def test_a1_the_urgent_page_is_urgent() -> None:
    """It says now, plays nothing down, and keeps nobody waiting or driving."""
    told = text(safety.signpost(WarningSigns.URGENT))

    assert "medical help now" in told
    assert "112, 999, 911, 000" in told
    assert "Do not wait" in told
    assert "do not drive yourself" in told
    assert "usually" not in told
    assert "today" not in told


def test_a1_the_signs_stay_in_sight_on_the_urgent_page() -> None:
    """Who is to say which sign it is can still read them."""
    told = text(safety.signpost(WarningSigns.URGENT))

    for line in safety.URGENT_LIST[1:]:
        assert line.text in told


def test_a2_face_arm_and_speech_need_no_neck_pain() -> None:
    """They are a line of their own in the first list, even when they pass."""
    stroke = [line.text for line in safety.URGENT_LIST if "face" in line.text]

    assert len(stroke) == 1
    for sign in ("arm", "speech", "even if it passes"):
        assert sign in stroke[0]
    assert "neck" not in stroke[0]
    assert "arm" not in text(safety.SEE_SOMEONE_LIST)


def test_a3_both_legs_are_a_sign_for_help_now() -> None:
    """So are one that is getting weaker or more numb, and the saddle."""
    told = text(safety.URGENT_LIST)

    assert "pain, tingling, numbness or weakness in both legs" in told
    assert "one leg getting weaker or more numb" in told
    assert "numb between the legs or around the back passage" in told
    assert "however small, with weak bones or old age" in told


@pytest.mark.parametrize("partner", [True, False])
def test_a4_it_is_said_whose_body_is_asked_about(*, partner: bool) -> None:
    """With a helper at the keyboard, above every question and at the pain."""
    asked = FakeTerminal(["no", "no", "0", "3"], [])
    ask_pregnancy(asked, partner=partner)
    ask_signs(asked, partner=partner)
    ask_cautions(asked, frozenset(), partner=partner)
    pain_after(asked, partner=partner)

    questions = [text(page) for page in asked.pages]
    whose = "Answer for the person who is pressed, and ask them."
    assert [whose in question for question in questions[:3]] == [partner] * 3
    assert ("Ask them." in questions[3]) is partner


@pytest.mark.parametrize("routine", ROUTINES, ids=lambda routine: routine.id)
def test_a5_what_a_routine_is_and_how_sure_anyone_is(routine: Routine) -> None:
    """Both stand on the plan, before Enter, and where a routine is told."""
    made = planned(routine.id)

    for page in (
        pages.plan_page(made, lay_out(made), brief=True),
        pages.plan_page(made, lay_out(made)),
        pages.routine_page(routine),
    ):
        assert routine.about in text(page)
        assert routine.evidence in text(page)


def test_a6_who_faints_easily_does_not_stand() -> None:
    """No step that is done standing stays."""
    standing = {(r.id, s.point.code) for r, s in steps() if s.standing}

    assert standing
    for name, code in standing:
        assert code not in left(name, Caution.FAINT)
    assert all(s.standing for _, s in steps() if s.posture.startswith("Standing"))


def test_a7_after_surgery_a_fracture_or_an_injection() -> None:
    """Spine, bone, kidneys, hip and the legs are left alone for three months."""
    assert left("lower-back", Caution.SURGERY) == {"CV6"}
    assert not left("leg-pain", Caution.SURGERY)
    assert left("lower-back-partner", Caution.SURGERY) == set()
    told = safety.CAUTIONS[Caution.SURGERY]
    for word in ("surgery", "broken bone", "injection", "back, hip or leg", "3 months"):
        assert word in told


def test_a7_an_artificial_hip() -> None:
    """The hip is not pressed, no ball is used, and nobody is told to cross the legs."""
    assert Tag.HIP in POINTS["GB30"].cautions
    assert Tag.HIP in POINTS["BL53"].cautions
    assert left("leg-pain", Caution.HIP) == {"BL40", "BL60"}
    crossed = re.compile(r"(ankle|foot|leg) (on|over|across) the other|cross(ed)? leg")
    for point in TAUGHT:
        assert not crossed.search(point.find + words_of(point.code))
    for _, step in steps():
        assert not crossed.search(step.posture + step.hand)


def test_a7_kidney_trouble() -> None:
    """The points over the kidneys fall away; blood in the pee is a sign of its own."""
    assert "BL23" not in left("lower-back", Caution.KIDNEYS)
    assert not {"BL23", "BL52"} & left("lower-back-partner", Caution.KIDNEYS)
    assert "blood in your pee" in text(safety.SEE_SOMEONE_LIST)


def test_a8_who_may_have_a_clot() -> None:
    """A baby, an operation, plaster or bed rest in six weeks; and a caesarean."""
    clot = safety.CAUTIONS[Caution.CLOT]
    for word in ("6 weeks", "baby", "operation", "plaster cast", "bed rest"):
        assert word in clot
    for word in ("caesarean", "stoma", "hernia", "aneurysm"):
        assert word in safety.CAUTIONS[Caution.ABDOMEN]
    assert not {"BL40", "BL60", "LR3"} & left("lower-back", Caution.CLOT)


@pytest.mark.parametrize("word", ["broken", "bruised", "infected", "scar", "lump"])
def test_a9_skin_that_is_not_pressed(word: str) -> None:
    """With every technique, on every plan and on every sheet."""
    made = planned("upper-back")
    skin = safety.SKIN

    assert word in skin
    assert "swells" in skin
    assert "cancer treatment" in skin
    assert all(skin in text(pages.point_body(point)) for point in TAUGHT)
    assert skin in text(pages.plan_page(made, lay_out(made)))
    assert skin in sheet(made, lambda _: "", date(2026, 11, 29))


def test_a10_where_and_the_hand_can_be_read_in_the_time_given() -> None:
    """At 200 words a minute, in every step of every routine."""
    for routine, step in steps():
        read = len(f"{step.point.where} {step.hand}".split())
        needed = ceil(read * 60 / WORDS_A_MINUTE)
        assert step.setup >= needed, (routine.id, step.point.code, read)


@pytest.mark.parametrize("routine", ROUTINES, ids=lambda routine: routine.id)
@pytest.mark.parametrize("caution", [None, *Caution])
def test_a11_one_pressure_on_one_screen(
    routine: Routine, caution: Caution | None
) -> None:
    """The level comes from the step; where a caution makes it gentle it is light."""
    cautions = frozenset({caution} if caution else ())
    screened = screen(routine, Answers(NO, cautions))
    if not screened.runs:
        assert caution
        return
    timeline = lay_out(plan(screened))
    for segment in timeline.segments:
        told = words.pressing(segment.step.step)
        light = segment.step.step.pressure is Pressure.LIGHT
        assert told.startswith("Light. " if light else "Firm, never sore. ")
        assert light or not segment.step.gentle
        assert not (light and re.search(r"\bfirm", told, re.IGNORECASE))


def test_a12_no_second_scale() -> None:
    """Nought to ten is left to pain; the pressure is words, with one legend."""
    for point in TAUGHT:
        assert not re.search(r"out of (10|ten)|[0-9] or [0-9]", words_of(point.code))
    made = planned("lower-back")
    page = text(pages.plan_page(made, lay_out(made), brief=True))
    assert page.count(safety.PRESSURE) == 1


def test_a13_how_often_as_published() -> None:
    """Long holds once a day; nothing says three a day of all."""
    assert EACH["relaxing"].how_often.startswith("Once a day")
    assert "nce" in EACH["sleep"].how_often
    assert EACH["lower-back-gentle"].how_often.startswith("Once a day")
    for code in ("ANMIAN", "HT7", "SP6"):
        technique = POINTS[code].technique
        assert technique
        assert "three times a day" not in technique.how_often
    assert "three" not in " ".join(safety.AFTER_CARE).lower()


def test_a14_a_strong_beat_behind_the_knee() -> None:
    """The point is left out and looked at; an aneurysm leaves it out, too."""
    told = f"{POINTS['BL40'].find} {words_of('BL40')}"

    assert "leave this point out" in told
    assert "lump" in told
    assert "go lighter still" not in told
    assert "BL40" not in left("lower-back", Caution.ABDOMEN)


@pytest.mark.parametrize("caution", [Caution.THINNERS, Caution.BONES, Caution.HIP])
def test_a15_no_ball(caution: Caution) -> None:
    """A ball is too hard to judge for who bruises or breaks easily."""
    balls = {(r.id, s.point.code) for r, s in steps() if s.ball}

    assert balls
    for name, code in balls:
        assert code not in left(name, caution)


def test_a16_see_someone_says_by_when() -> None:
    """Today or tomorrow; a clot, blood or an old cancer today; and who is young."""
    told = text(safety.signpost(WarningSigns.SEE_SOMEONE))

    assert "today or tomorrow" in told
    assert "new pain after cancer: today" in told
    assert "If you are under 18" in told
    assert "ordinary" not in told
    assert "emergency number" in told


def test_a17_signs_in_pregnancy() -> None:
    """A clot and vomiting are named; a period frightens nobody."""
    yes = text(safety.maternity(PregnancyAnswer.YES))
    unsure = text(safety.maternity(PregnancyAnswer.UNSURE))

    assert "one hot, sore, swollen leg" in yes
    assert "nothing stays down" in yes
    assert "very dark pee" in yes
    assert "bleeding unlike your period" in unsure


def test_a18_after_care() -> None:
    """Light-headed people do not drive; who stops is told when it is an emergency."""
    assert "sit until it passes and do not drive" in " ".join(safety.AFTER_CARE)
    assert "strong painkillers" in text(safety.NOTICE)
    assert "feeling ill" in text(safety.NOTICE)
    stopped = pages.closing_page(ended("lower-back", Quit.ASKED))
    assert safety.EMERGENCY in text(stopped)
    for word in ("Chest pain", "numbness between the legs", "weak arm or leg"):
        assert word in safety.EMERGENCY


def test_a19_points_that_are_only_told_of() -> None:
    """Eye, windpipe, throat, large arteries: do not press here, above the place."""
    assert {"BL1", "ST1", "CV22", "CV23", "ST11", "ST12", "TE16"} <= set(ONLY_TOLD_OF)
    for code in ONLY_TOLD_OF:
        assert EVERY[code].technique is None
        assert "do not press here" in text(pages.point_heading(EVERY[code]))
        assert "do not press here" not in text(pages.point_body(EVERY[code]))


def test_a19_what_lies_under_a_reference_point() -> None:
    """Its tags are shown, though nothing is taught of it."""
    for point in EVERY.values():
        if point.kind is PointKind.REFERENCE and point.cautions:
            told = text(pages.point_body(point))
            assert point.cautions[0].value.replace("-", " ") in told


def test_a20_the_nerve_at_the_wrist() -> None:
    """HT7 lies on a nerve, so numb hands leave it out."""
    assert Tag.STRONG_NERVE in POINTS["HT7"].cautions
    assert "HT7" not in left("sleep", Caution.NUMB)


def test_a21_the_sheet_says_whom_it_is_for() -> None:
    """And when it was made, and which cautions its points have."""
    printed = sheet(planned("lower-back"), lambda _: "", date(2026, 11, 29))

    assert "Made on 2026-11-29 for one person" in printed
    for caution in (Caution.CLOT, Caution.VEINS, Caution.THINNERS, Caution.KIDNEYS):
        assert safety.CAUTIONS[caution] in printed
    assert printed.index("Before you start") < printed.index("<section")


def test_a22_who_cannot_reach() -> None:
    """The plan says that n skips, and what may stand in for a thumb."""
    made = planned("lower-back")
    told = text(pages.plan_page(made, lay_out(made), brief=True))

    assert "n skips a point" in told
    assert "rubber end of a pencil" in told


# Section B: wrong or contradictory.


@pytest.mark.parametrize("name", ["lower-back-partner", "upper-back-partner"])
def test_b1_a_helper_is_not_told_to_sit(name: str) -> None:
    """How to find a point is worded to the helper wherever a helper presses."""
    for step in EACH[name].steps:
        told = words.finding(step.point, partner=True)
        if step.point.code != "KI27":  # which the person presses alone
            assert not re.match(r"Sit\b", told), step.point.code
            assert "your hands on your" not in told


def test_b1_the_screen_of_a_helper() -> None:
    """It shows the helper's words, and the other screen one's own."""
    technique = POINTS["BL23"].technique
    assert technique
    told = technique.find_partner
    timeline = lay_out(planned("lower-back-partner"))
    look = Look(100, 60, blocks=True, rehearsal=False)
    rows = session_rows(timeline, begin(timeline, gated=False).head, look)

    shown = " ".join(" ".join(row.plain for row in rows).split())
    assert told
    assert " ".join(told.split()[:6]) in shown


def test_b3_the_point_beside_the_sacrum_can_be_reached_alone() -> None:
    """BL53 is pressed by either, with a fist or a ball."""
    assert POINTS["BL53"].reach.value == "either"
    assert "BL53" in {step.point.code for step in EACH["hip"].steps}


@pytest.mark.parametrize("code", ["CV6", "BL23", "BL52", "BL53"])
def test_b4_the_breath_goes_out_where_the_words_say_so(code: str) -> None:
    """The first breath of each hold is out."""
    technique = POINTS[code].technique
    assert technique
    assert technique.breath is BreathDirection.OUT
    for name in EACH:
        for segment in lay_out(planned(name)).segments:
            if segment.point.code == code and segment.breaths:
                assert segment.breaths[0].way is BreathDirection.OUT


def test_b4_no_words_against_the_guide() -> None:
    """Whoever presses as the breath goes out is shown a breath that goes out."""
    for point in TAUGHT:
        technique = point.technique
        assert technique
        says = re.search(r"breath goes out|breathe out", technique.press)
        assert bool(says) is (technique.breath is BreathDirection.OUT), point.code


def test_b6_the_height_above_the_ankle() -> None:
    """Four fingers begin above the bone."""
    assert "just above" in POINTS["SP6"].find


def test_b14_b15_words_of_the_questions() -> None:
    """Nobody who is only tired is sent away; who is young is a line of its own."""
    assert "worn out" not in text(safety.NOTICE)
    assert "two weeks" not in text(safety.SIGNS_QUESTION)
    assert any(line.text == "under 18" for line in safety.SEE_SOMEONE_LIST)


def test_b16_nothing_is_called_ok() -> None:
    """In pregnancy a point is on the main lists or not."""
    assert words.mark(POINTS["PC6"]) == "In pregnancy: not on the main lists"


@pytest.mark.parametrize("routine", ROUTINES, ids=lambda routine: routine.id)
@pytest.mark.parametrize("caution", Caution)
def test_b17_too_little_is_no_session(routine: Routine, caution: Caution) -> None:
    """Once something is left out, two minutes of pressing are the least."""
    screened = screen(routine, Answers(NO, frozenset({caution})))
    if screened.runs and screened.left_out:
        assert plan(screened).pressing >= 2 * 60


def test_b24_a_helper_is_told_of_pillows() -> None:
    """Ten minutes face down need one under the belly and one under the ankles."""
    first = EACH["lower-back-partner"].steps[0].posture

    assert "pillow" in first
    assert "belly" in first
    assert "ankles" in first


# Sections C to F: self-care, plain English, routines.


def test_c_self_care_for_everybody() -> None:
    """Moving, heat, no bed rest, two pillows, a pharmacist, when to see someone."""
    told = text(advice.CARE)

    for word in (
        *("Keep moving", "heat pack", "stay in bed", "pharmacist", "few weeks"),
        *("a pillow between them", "a pillow under the knees", "Sitting"),
    ):
        assert word in told
    assert safety.EMERGENCY in told


@pytest.mark.parametrize("name", ["lower-back", "upper-back", "lower-back-gentle"])
def test_c_every_back_session_ends_with_it(name: str) -> None:
    """In three lines; other sessions do not."""
    told = text(pages.closing_page(ended(name, None)))

    assert len(advice.CARE_BRIEFLY) == 3
    assert text(advice.CARE_BRIEFLY) in told
    others = [r for r in ROUTINES if r.region is Region.GENERAL]
    assert all(
        advice.CARE_BRIEFLY[0].text not in text(pages.closing_page(ended(r.id, None)))
        for r in others
    )


def test_c_how_to_press() -> None:
    """Pad, square, slowly, circles, never on the spine, a rubber end, n."""
    told = text(advice.HOW)

    for word in (
        *("pad", "nail", "square to the skin", "slowly", "circles", "never on it"),
        *("rubber end", "n skips", safety.SKIN, safety.STOP, safety.PRESSURE),
    ):
        assert word in told


def test_e_nobody_has_seen_the_article() -> None:
    """It leaves every page of a point and of a routine."""
    for point in EVERY.values():
        whole = (*pages.point_heading(point), *pages.point_body(point))
        assert not re.search(r"\barticle\b", text(whole), re.IGNORECASE), point.code
    for routine in ROUTINES:
        told = [line for line in pages.routine_page(routine) if ":/" not in line.text]
        assert not re.search(r"\barticle\b", text(tuple(told)), re.IGNORECASE)


def test_f1_yes_does_not_end_without_a_lower_back_session() -> None:
    """The three points of a trial remain, all of them, and quiet sets come first."""
    answers = Answers(PregnancyAnswer.YES)
    gentle = EACH["lower-back-gentle"]
    assert {step.point.code for step in gentle.steps} == {"EX-HN3", "GB20", "KI27"}
    assert left("lower-back-gentle", answer=PregnancyAnswer.YES) == {
        "EX-HN3",
        "GB20",
        "KI27",
    }
    offered = [routine.id for routine in runnable(ROUTINES, answers)]
    assert set(offered[:2]) == {"quiet", "nausea"}
    assert "lower-back-gentle" in offered


def test_f1_routines_under_the_names_that_people_type() -> None:
    """The neck, and the hip with the two points of the buttock."""
    assert all(step.point.body is not Body.LOWER_BACK for step in EACH["neck"].steps)
    assert {step.point.code for step in EACH["hip"].steps} == {"BL53", "GB30"}


def test_the_three_pages_are_short() -> None:
    """Under 400 words in all, each on one screen of 80 by 24, prompt included."""
    questions = (
        (*safety.NOTICE, *safety.PREGNANCY_QUESTION),
        safety.SIGNS_QUESTION,
        safety.CAUTIONS_QUESTION,
    )
    labels = re.compile(r"[a-z]+")

    def count(page: Page) -> int:
        named = sum(len(labels.findall(line.label)) for line in page)
        return named + sum(len(line.text.split()) for line in page)

    assert sum(map(count, questions)) < 400
    for page in questions:
        whole = (*safety.FOR_PARTNER, *page)
        assert len(plain_text(whole, 80).splitlines()) <= 22


def words_of(code: str) -> str:
    """Return all that is told of pressing the point called *code*."""
    point = POINTS[code]
    technique = point.technique
    assert technique
    told = (technique.press, technique.stop, technique.hand, technique.find_partner)
    return " ".join((*told, technique.how_often, *point.notes))


def ended(name: str, ending: Quit | None) -> Performance:
    """Return a session of the routine called *name*, stopped or done to its end."""
    timeline: Timeline = lay_out(planned(name))
    scene = begin(timeline, gated=False)
    head = scene.head
    if ending is not None:
        return Performance(timeline, type(head)(0.0, head.held, ending=ending))
    held = tuple(
        float(each.seconds if each.phase is Phase.PRESS else 0)
        for each in timeline.segments
    )
    done = frozenset(range(len(timeline.segments)))
    at = float(timeline.duration)
    return Performance(timeline, type(head)(at, held, elapsed=at, done=done))
