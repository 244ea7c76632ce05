"""
What a clinical review asked of every sentence about safety.

Each test states one demand: a phrase that must be there, one that must not, a point
that must be left out. The letters are those of the review's findings.
"""

from __future__ import annotations

import re
from datetime import date
from math import ceil

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
from acupress.page.sheet import sheet
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
from acupress.stage.dial import Look
from acupress.stage.screen import session_rows
from acupress.text import (
    advice,
    closing_pages,
    plan_pages,
    safety,
    words,
)
from acupress.text.layout import Page, plain_text
from acupress.text.point_pages import point_body, point_heading
from acupress.text.routine_pages import routine_page
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


def missing(whole: str, *parts: str) -> list[str]:
    """Return those of *parts* that *whole* has not."""
    return [part for part in parts if part not in whole]


def steps() -> list[tuple[Routine, Step]]:
    """Return every step of every routine."""
    return [
        (routine, step)
        for routine in ROUTINES
        for step in (*routine.steps, *routine.replacements)
    ]


# Section A: harm.


def test_a1_the_urgent_page_is_urgent() -> None:
    """It says now, plays nothing down, and tells nobody to wait or to drive."""
    told = text(safety.signpost(WarningSigns.URGENT))

    asked = ("medical help now", "112, 999, 911, 000", "Do not wait")
    assert missing(told, *asked, "do not drive yourself") == []
    assert "usually" not in told
    assert "today" not in told


def test_a1_the_signs_stay_in_sight_on_the_urgent_page() -> None:
    """The list of signs is on the page, to be read out to whoever is called."""
    told = text(safety.signpost(WarningSigns.URGENT))

    assert missing(told, *(line.text for line in safety.URGENT_LIST[1:])) == []


def test_a2_face_arm_and_speech_need_no_neck_pain() -> None:
    """They are a line of their own in the first list, even when they pass."""
    stroke = [line.text for line in safety.URGENT_LIST if "face" in line.text]

    assert len(stroke) == 1
    assert missing(stroke[0], "arm", "speech", "even if it passes") == []
    assert "neck" not in stroke[0]
    assert "arm" not in text(safety.SEE_SOMEONE_LIST)


def test_a3_both_legs_are_a_sign_for_help_now() -> None:
    """So are one leg getting weaker or more numb, and numbness of the saddle."""
    assert (
        missing(
            text(safety.URGENT_LIST),
            "pain, tingling, numbness or weakness in both legs",
            "one leg getting weaker or more numb",
            "numb between the legs or around the back passage",
            "however small, with weak bones or old age",
        )
        == []
    )


def test_a4_it_is_said_whose_body_is_asked_about() -> None:
    """With a helper at the keyboard, above every question and at the pain."""
    whose = "Answer for the person who is pressed, and ask them."
    for partner in (True, False):
        asked = FakeTerminal(["no", "no", "0", "3"], [])
        ask_pregnancy(asked, partner=partner)
        ask_signs(asked, partner=partner)
        ask_cautions(asked, frozenset(), partner=partner)
        pain_after(asked, partner=partner)

        questions = [text(page) for page in asked.pages]
        assert [whose in question for question in questions[:3]] == [partner] * 3
        assert ("Ask them." in questions[3]) is partner


def test_a5_what_a_routine_is_and_how_sure_anyone_is() -> None:
    """Both are on the plan, before Enter, and on the page about a routine."""
    assert [
        (routine.id, part)
        for routine in ROUTINES
        for made in [planned(routine.id)]
        for page in (
            plan_pages.plan_page(made, lay_out(made), brief=True),
            plan_pages.plan_page(made, lay_out(made)),
            routine_page(routine),
        )
        for part in missing(text(page), routine.about, routine.evidence)
    ] == []


def test_a6_who_faints_easily_does_not_stand() -> None:
    """No step that is done standing stays."""
    standing = {(r.id, s.point.code) for r, s in steps() if s.standing}

    assert standing
    assert [row for row in standing if row[1] in left(row[0], Caution.FAINT)] == []
    assert [
        s.posture
        for _, s in steps()
        if s.posture.startswith("Standing") and not s.standing
    ] == []


def test_a7_after_surgery_a_fracture_or_an_injection() -> None:
    """Spine, bone, kidneys, hip and the legs are left alone for three months."""
    assert left("lower-back", Caution.SURGERY) == {"CV6"}
    assert not left("leg-pain", Caution.SURGERY)
    assert left("lower-back-partner", Caution.SURGERY) == set()
    told = safety.CAUTIONS[Caution.SURGERY]
    asked = ("surgery", "broken bone", "injection", "back, hip or leg", "3 months")
    assert missing(told, *asked) == []


def test_a7_an_artificial_hip() -> None:
    """The hip is not pressed, no ball is used, and nobody is told to cross the legs."""
    assert Tag.HIP in POINTS["GB30"].cautions
    assert Tag.HIP in POINTS["BL53"].cautions
    assert left("leg-pain", Caution.HIP) == {"BL40", "BL60"}
    crossed = re.compile(r"(ankle|foot|leg) (on|over|across) the other|cross(ed)? leg")
    told = [(point.code, point.find + words_of(point.code)) for point in TAUGHT]
    told += [(routine.id, step.posture + step.hand) for routine, step in steps()]
    assert [row for row in told if crossed.search(row[1])] == []


def test_a7_kidney_trouble() -> None:
    """The points over the kidneys are left out; blood in the pee is a warning sign."""
    assert "BL23" not in left("lower-back", Caution.KIDNEYS)
    assert not {"BL23", "BL52"} & left("lower-back-partner", Caution.KIDNEYS)
    assert "blood in your pee" in text(safety.SEE_SOMEONE_LIST)


def test_a8_who_may_have_a_clot() -> None:
    """A baby, an operation, plaster or bed rest in six weeks; and a caesarean."""
    clot, abdomen = safety.CAUTIONS[Caution.CLOT], safety.CAUTIONS[Caution.ABDOMEN]
    asked = ("6 weeks", "baby", "operation", "plaster cast", "bed rest")
    assert missing(clot, *asked) == []
    assert missing(abdomen, "caesarean", "stoma", "hernia", "aneurysm") == []
    assert not {"BL40", "BL60", "LR3"} & left("lower-back", Caution.CLOT)


def test_a9_skin_that_is_not_pressed() -> None:
    """It is said with every technique, on every plan and on every sheet."""
    made = planned("upper-back")
    skin = safety.SKIN
    asked = ("broken", "bruised", "infected", "scar", "lump", "swells")

    assert missing(skin, *asked, "cancer treatment") == []
    assert [p.code for p in TAUGHT if skin not in text(point_body(p))] == []
    assert skin in text(plan_pages.plan_page(made, lay_out(made)))
    assert skin in sheet(made, lambda _: "", date(2026, 11, 29))


def test_a10_where_and_the_hand_can_be_read_in_the_time_given() -> None:
    """At 200 words a minute, in every step of every routine."""
    words_to_read = {
        (routine.id, step.point.code, step.setup): len(
            f"{step.point.where} {step.hand}".split()
        )
        for routine, step in steps()
    }

    assert {
        row: count
        for row, count in words_to_read.items()
        if row[2] < ceil(count * 60 / WORDS_A_MINUTE)
    } == {}


def test_a11_one_pressure_on_one_screen() -> None:
    """The words say the step's own pressure, and light where a caution asks for it."""
    wrong = []
    for routine in ROUTINES:
        for caution in (None, *Caution):
            screened = screen(routine, Answers(NO, frozenset({caution} - {None})))
            if not screened.runs:
                assert caution, routine.id
                continue
            for made in {each.planned for each in lay_out(plan(screened)).segments}:
                told = words.pressing(made.step)
                light = made.step.pressure is Pressure.LIGHT
                firm = re.search(r"\bfirm", told, re.IGNORECASE)
                right = told.startswith("Light. " if light else "Firm, never sore. ")
                if not right or (made.gentle and not light) or (light and firm):
                    wrong.append((routine.id, caution, made.point.code, told))

    assert wrong == []


def test_a12_no_second_scale() -> None:
    """Numbers from 0 to 10 are for pain only; pressure is words, with one legend."""
    scale = re.compile(r"out of (10|ten)|[0-9] or [0-9]")
    assert [p.code for p in TAUGHT if scale.search(words_of(p.code))] == []
    made = planned("lower-back")
    page = text(plan_pages.plan_page(made, lay_out(made), brief=True))
    assert page.count(safety.PRESSURE) == 1


def test_a13_how_often_as_published() -> None:
    """Long holds are for once a day, and no sentence allows all three times a day."""
    assert EACH["relaxing"].how_often.startswith("Once a day")
    assert "nce" in EACH["sleep"].how_often
    assert EACH["lower-back-gentle"].how_often.startswith("Once a day")
    for code in ("ANMIAN", "HT7", "SP6"):
        technique = POINTS[code].technique
        assert technique
        assert "three times a day" not in technique.how_often
    assert "three" not in " ".join(safety.AFTER_CARE).lower()


def test_a14_a_strong_beat_behind_the_knee() -> None:
    """The point is left out and shown to a doctor; an aneurysm leaves it out, too."""
    told = f"{POINTS['BL40'].find} {words_of('BL40')}"

    assert "leave this point out" in told
    assert "lump" in told
    assert "go lighter still" not in told
    assert "BL40" not in left("lower-back", Caution.ABDOMEN)


def test_a15_no_ball() -> None:
    """No ball is used by people who bruise or break a bone easily."""
    balls = {(r.id, s.point.code) for r, s in steps() if s.ball}

    assert balls
    assert [
        (caution, name, code)
        for caution in (Caution.THINNERS, Caution.BONES, Caution.HIP)
        for name, code in balls
        if code in left(name, caution)
    ] == []


def test_a16_see_someone_says_by_when() -> None:
    """It says today or tomorrow, and today for new pain after cancer."""
    told = text(safety.signpost(WarningSigns.SEE_SOMEONE))
    asked = ("today or tomorrow", "new pain after cancer: today", "emergency number")

    assert missing(told, *asked, "If you are under 18") == []
    assert "ordinary" not in told


def test_a17_signs_in_pregnancy() -> None:
    """A clot and vomiting are named; bleeding is told apart from a period."""
    yes = text(safety.maternity(PregnancyAnswer.YES))
    unsure = text(safety.maternity(PregnancyAnswer.UNSURE))
    asked = ("one hot, sore, swollen leg", "nothing stays down", "very dark pee")

    assert missing(yes, *asked) == []
    assert "bleeding unlike your period" in unsure


def test_a18_after_care() -> None:
    """Light-headed people do not drive; a stopped session says what is an emergency."""
    assert "sit until it passes and do not drive" in " ".join(safety.AFTER_CARE)
    assert missing(text(safety.NOTICE), "strong painkillers", "feeling ill") == []
    stopped = closing_pages.closing_page(ended("lower-back", Quit.ASKED))
    assert safety.EMERGENCY in text(stopped)
    asked = ("Chest pain", "numbness between the legs", "weak arm or leg")
    assert missing(safety.EMERGENCY, *asked) == []


def test_a19_points_that_are_only_told_of() -> None:
    """At eye, windpipe, throat and large arteries the page says not to press."""
    warning = "do not press here"
    points = [EVERY[code] for code in ONLY_TOLD_OF]

    assert {"BL1", "ST1", "CV22", "CV23", "ST11", "ST12", "TE16"} <= set(ONLY_TOLD_OF)
    assert [p.code for p in points if p.technique] == []
    assert [p.code for p in points if warning not in text(point_heading(p))] == []
    assert [p.code for p in points if warning in text(point_body(p))] == []


def test_a19_what_lies_under_a_reference_point() -> None:
    """The page of a reference point says what lies under it."""
    tagged = [p for p in EVERY.values() if p.kind is PointKind.REFERENCE and p.cautions]

    assert tagged
    assert [
        (point.code, tag)
        for point in tagged
        for tag in [point.cautions[0].value.replace("-", " ")]
        if tag not in text(point_body(point))
    ] == []


def test_a20_the_nerve_at_the_wrist() -> None:
    """HT7 lies on a nerve, so numb hands leave it out."""
    assert Tag.STRONG_NERVE in POINTS["HT7"].cautions
    assert "HT7" not in left("sleep", Caution.NUMB)


def test_a21_the_sheet_says_whom_it_is_for() -> None:
    """It also says when it was made, and which cautions its points have."""
    printed = sheet(planned("lower-back"), lambda _: "", date(2026, 11, 29))
    cautions = (Caution.CLOT, Caution.VEINS, Caution.THINNERS, Caution.KIDNEYS)

    assert "Made on 2026-11-29 for one person" in printed
    assert missing(printed, *(safety.CAUTIONS[each] for each in cautions)) == []
    assert printed.index("Before you start") < printed.index("<section")


def test_a22_who_cannot_reach() -> None:
    """The plan says that n skips a point, and what can be used instead of a thumb."""
    made = planned("lower-back")
    told = text(plan_pages.plan_page(made, lay_out(made), brief=True))

    assert "n skips a point" in told
    assert "rubber end of a pencil" in told


# Section B: wrong or contradictory.


def test_b1_a_helper_is_not_told_to_sit() -> None:
    """How to find a point is worded to the helper wherever a helper presses."""
    told = {
        (name, step.point.code): words.finding(step.point, partner=True)
        for name in ("lower-back-partner", "upper-back-partner")
        for step in EACH[name].steps
        if step.point.code != "KI27"  # which the person presses alone
    }

    assert {
        row: each
        for row, each in told.items()
        if re.match(r"Sit\b", each) or "your hands on your" in each
    } == {}


def test_b1_the_screen_of_a_helper() -> None:
    """It shows the helper's words, and the other screen one's own."""
    technique = POINTS["BL23"].technique
    assert technique
    told = technique.find_partner
    timeline = lay_out(planned("lower-back-partner"))
    look = Look(100, 60, blocks=True, rehearsal=False)
    rows = session_rows(timeline, begin(timeline).head, look)

    shown = " ".join(" ".join(row.plain for row in rows).split())
    assert told
    assert " ".join(told.split()[:6]) in shown


def test_b3_the_point_beside_the_sacrum_can_be_reached_alone() -> None:
    """BL53 is pressed by either, with a fist or a ball."""
    assert POINTS["BL53"].reach.value == "either"
    assert "BL53" in {step.point.code for step in EACH["hip"].steps}


def test_b4_the_breath_goes_out_where_the_words_say_so() -> None:
    """The first breath of each hold is out."""
    codes = ("CV6", "BL23", "BL52", "BL53")
    breaths = {
        code: technique.breath
        for code in codes
        if (technique := POINTS[code].technique)
    }

    assert dict.fromkeys(codes, BreathDirection.OUT) == breaths
    assert [
        (name, segment.point.code)
        for name in EACH
        for segment in lay_out(planned(name)).segments
        if segment.point.code in codes
        and segment.breaths
        and segment.breaths[0].way is not BreathDirection.OUT
    ] == []


def test_b4_no_words_against_the_guide() -> None:
    """The breathing guide breathes out where the words say to press breathing out."""
    says = re.compile(r"breath goes out|breathe out")
    techniques = {p.code: p.technique for p in TAUGHT if p.technique}

    assert len(techniques) == len(TAUGHT)
    assert {c: bool(says.search(each.press)) for c, each in techniques.items()} == {
        c: each.breath is BreathDirection.OUT for c, each in techniques.items()
    }


def test_b6_the_height_above_the_ankle() -> None:
    """The four fingers are counted from just above the bone."""
    assert "just above" in POINTS["SP6"].find


def test_b14_b15_words_of_the_questions() -> None:
    """Being worn out is no sign of illness; being under 18 is a line of its own."""
    assert "worn out" not in text(safety.NOTICE)
    assert "two weeks" not in text(safety.SIGNS_QUESTION)
    assert any(line.text == "under 18" for line in safety.SEE_SOMEONE_LIST)


def test_b16_nothing_is_called_ok() -> None:
    """A point that is ok in pregnancy is called not on the main lists."""
    assert words.mark(POINTS["PC6"]) == "In pregnancy: not on the main lists"


def test_b17_too_little_is_no_session() -> None:
    """Once something is left out, two minutes of pressing are the least."""
    screened = {
        (routine.id, caution): screen(routine, Answers(NO, frozenset({caution})))
        for routine in ROUTINES
        for caution in Caution
    }

    assert {
        row: each.left_out
        for row, each in screened.items()
        if each.runs and each.left_out and plan(each).pressing < 2 * 60
    } == {}


def test_b24_a_helper_is_told_of_pillows() -> None:
    """Ten minutes face down need one under the belly and one under the ankles."""
    first = EACH["lower-back-partner"].steps[0].posture

    assert "pillow" in first
    assert "belly" in first
    assert "ankles" in first


# Sections C to F: self-care, plain English, routines.


def test_c_self_care_for_everybody() -> None:
    """Moving, heat, no bed rest, two pillows, a pharmacist, when to see someone."""
    asked = (
        *("Keep moving", "heat pack", "stay in bed", "pharmacist", "few weeks"),
        *("a pillow between them", "a pillow under the knees", "Sitting"),
    )

    assert missing(text(advice.CARE), *asked, safety.EMERGENCY) == []


def test_c_every_back_session_ends_with_self_care() -> None:
    """Back sessions end with three lines of self-care; general ones do not."""
    last = {r.id: text(closing_pages.closing_page(ended(r.id, None))) for r in ROUTINES}
    general = [r.id for r in ROUTINES if r.region is Region.GENERAL]
    briefly = advice.CARE_BRIEFLY

    assert len(briefly) == 3
    for name in ("lower-back", "upper-back", "lower-back-gentle"):
        assert text(briefly) in last[name]
    assert general
    assert [name for name in general if briefly[0].text in last[name]] == []


def test_c_how_to_press() -> None:
    """The page on pressing says with what, how, where not, and that n skips."""
    asked = (
        *("pad", "nail", "square to the skin", "slowly", "circles", "never on it"),
        *("rubber end", "n skips", safety.SKIN, safety.STOP, safety.PRESSURE),
    )

    assert missing(text(advice.HOW), *asked) == []


def test_e_no_page_speaks_of_the_article() -> None:
    """No page of a point or a routine mentions the article, which nobody has read."""
    told = {
        point.code: text((*point_heading(point), *point_body(point)))
        for point in EVERY.values()
    }
    for routine in ROUTINES:
        lines = [line for line in routine_page(routine) if ":/" not in line.text]
        told[routine.id] = text(tuple(lines))
    article = re.compile(r"\barticle\b", re.IGNORECASE)

    assert [name for name, each in told.items() if article.search(each)] == []


def test_f1_yes_does_not_end_without_a_lower_back_session() -> None:
    """The gentle routine keeps its three points, and quiet routines come first."""
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
    """There is a routine for the neck, and one for the hip with two points of it."""
    assert Body.LOWER_BACK not in {step.point.body for step in EACH["neck"].steps}
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
    rows = [plain_text((*safety.FOR_PARTNER, *page), 80) for page in questions]
    assert [page for page in rows if len(page.splitlines()) > 22] == []


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
    scene = begin(timeline)
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
