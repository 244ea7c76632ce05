"""
The sentences about safety: who this is for, the questions, and where to get help.

None diagnoses, scores an answer or promises anything. They are based on ``SOURCES``,
ids in ``data/sources.yaml``, and are ASCII so that every terminal can show them.
"""

from __future__ import annotations

from acupress.session.screening import Caution, PregnancyAnswer, WarningSigns
from acupress.text.layout import Line, Page, Tone

EVIDENCE = (
    "Evidence is limited. In the better trials, pressing the wrong points worked about "
    "as well. Keeping active is better supported. (Li 2018; NICE NG59)"
)
"""The evidence for points in general; that for a routine is in its file."""

OWN_EVIDENCE = "A routine of your own: nobody has tested it."
HOW_OFTEN = "At most three times a day, three hours apart."

# The sources of every sentence here and in advice.py.
SOURCES = (
    "tommys-labour-signs",
    "nhs-pregnancy-call",
    "ifompt-2020",
    "nhs-low-back-pain",
    "nidirect-aneurysm",
    "cauda-equina-card",
    "nice-ng59",
    "li-2018",
    "umn-acupressure",
    "mskcc-li4",
    "nhs-got-back-pain",
    "nhs-stroke-fast",
    "stroke-association-signs",
    "mayo-heart-attack",
    "nhs-kidney-infection",
    "leeds-blood-urine",
    "red-flag-back",
    "rnoh-cancer-spine",
    "backcare-osteoporosis",
    "nhsggc-lower-back",
    "rcog-clots",
    "nhs-wales-clot",
    "clot-risks",
    "clot-massage-case",
    "nhs-ectopic",
    "ectopic-emergency",
    "hse-morning-sickness",
    "leeds-hip-precautions",
    "kidney-stones-massage",
    "umn-safety",
    "ethos-precautions",
    "breast-cancer-care-massage",
    "blood-thinners-massage",
    "pain-medicine-massage",
    "kent-postural",
    "mayo-popliteal",
    "nhs-back-care",
    "nhs-pharmacy-back",
    "eorthopod-bed-rest",
    "mayo-sleeping",
    "gach-methods",
    "roswell-acupressure",
    "gach-beginners",
)

EMERGENCY_CALL = (
    "Call your emergency number (112, 999, 911, 000), or have someone take you to an "
    "emergency department."
)

NOTICE: Page = (
    Line("acupress guides a timed self-acupressure session for ordinary back ache."),
    Line("It is for adults, replaces no care, and diagnoses nothing."),
    Line("Not after alcohol or strong painkillers, with a fever, or feeling ill."),
    Line("Type each answer and press Enter; q leaves."),
)

FOR_PARTNER: Page = (
    Line("Answer for the person who is pressed, and ask them.", Tone.WARNING),
)
"""Shown above every question if a partner presses."""

PREGNANCY_QUESTION: Page = (
    Line("First: could you be pregnant?", Tone.TITLE),
    Line(),
    Line(
        "Some points are traditionally left out in pregnancy. Your answer is not saved."
    ),
    Line(),
    Line(label="  no", indent=2),
    Line(label="  yes", indent=2),
    Line("(also when trying, or with a late period)", label="  unsure ", indent=2),
)
PREGNANCY_PROMPT = "no / yes / unsure"
PREGNANCY_AGAIN = "Please type one of these words: no, yes or unsure."

# Grouped by topic, to be scanned every day on a screen of 24 rows.
_GROUP = 16
_URGENT = (
    (
        "bladder, legs",
        (
            "numb between the legs or around the back passage; new trouble with pee, "
            "poo, sex; pain, tingling, numbness or weakness in both legs; one leg "
            "getting weaker or more numb"
        ),
    ),
    ("fall", "a bad fall or crash; however small, with weak bones or old age"),
    (
        "chest, belly",
        (
            "chest pain, short of breath; sudden severe back or tummy pain without a "
            "movement, or with faintness or clammy skin"
        ),
    ),
    (
        "stroke",
        "a drooping face, a weak or numb arm, slurred speech, even if it passes",
    ),
    (
        "neck, fever",
        (
            "stiff neck with fever and a bad headache; sudden unusual neck pain or "
            "headache with dizziness or unsteadiness"
        ),
    ),
)
_SEE_SOMEONE = (
    (
        "unwell",
        (
            "fever or feeling ill with the pain; unexplained weight loss; a new lump "
            "or changed shape; blood in your pee"
        ),
    ),
    (
        "new pain",
        (
            "and you have had cancer, weak bones, months of steroids, a weak immune "
            "system, or ever injected drugs"
        ),
    ),
    (
        "kind of pain",
        (
            "worst at night and nothing eases it; new between the shoulder blades, "
            "unchanged by movement; worse for weeks"
        ),
    ),
    (
        "limbs",
        "one hot, sore, swollen leg; clumsy hands or unsteady walking",
    ),
    ("age", "under 18"),
)


def _grouped(groups: tuple[tuple[str, str], ...]) -> Page:
    return tuple(Line(text, label=f"  {name}", indent=_GROUP) for name, text in groups)


def _bullets(items: tuple[str, ...]) -> Page:
    return tuple(Line(item, label="  - ", indent=4) for item in items)


URGENT_LIST: Page = (
    Line("1  Get help now", Tone.HEADING),
    *_grouped(_URGENT),
)
URGENT_REMINDER: Page = (
    Line("Get help now for any of these:", Tone.HEADING),
    *_grouped(_URGENT),
)
"""The same list without a number, where nothing is asked."""

SEE_SOMEONE_LIST: Page = (
    Line("2  See someone first", Tone.HEADING),
    *_grouped(_SEE_SOMEONE),
)
SIGNS_QUESTION: Page = (
    Line("Does any of this fit?", Tone.TITLE),
    *URGENT_LIST,
    *SEE_SOMEONE_LIST,
)
SIGNS_PROMPT = "no / 1 / 2"
SIGNS_AGAIN = "Please type no if nothing here fits, or else 1 or 2, the list that does."

CAUTIONS = {
    Caution.THINNERS: "blood thinners, a bleeding problem, low platelets",
    Caution.CLOT: (
        "a leg clot, now or before, or at risk of one; in the last 6 weeks a baby, an "
        "operation, a plaster cast or long bed rest"
    ),
    Caution.VEINS: "varicose veins",
    Caution.BONES: "osteoporosis, cancer in the bones or other weak bones",
    Caution.SURGERY: (
        "back, hip or leg: surgery, a broken bone or an injection in the last 3 months"
    ),
    Caution.HIP: "an artificial hip",
    Caution.KIDNEYS: "kidney stones, infection or other kidney trouble",
    Caution.ABDOMEN: (
        "in the last 3 months tummy surgery or a caesarean; a stoma, a hernia, an "
        "aneurysm, unexplained tummy pain"
    ),
    Caution.MEAL: "ate within the hour",
    Caution.NECK: "neck injury, artery or joint disease; dizzy when turning the head",
    Caution.FAINT: "faint easily, or very low blood pressure",
    Caution.DEVICE: "a pacemaker, port or implant in the chest",
    Caution.NUMB: "numb feet or hands",
}
NUMBERED = tuple(Caution)
"""The cautions in the order of their numbers, from 1."""

CAUTIONS_QUESTION: Page = (
    Line("Do any of these fit?", Tone.TITLE),
    Line(),
    *(
        Line(CAUTIONS[caution], label=f"{number:>4}  ", indent=6)
        for number, caution in enumerate(NUMBERED, 1)
    ),
    Line("none of them", label="   0  ", indent=6),
)
CAUTIONS_PROMPT = "numbers, or 0 for none"
CAUTIONS_AGAIN = "Please type 0 if none fits, or the numbers that do, such as 3 6."


def as_always(cautions: frozenset[Caution]) -> Page:
    """Return the reminder of the cautions in config.toml, above the question."""
    if not cautions:
        return ()
    listed = "; ".join(CAUTIONS[each] for each in NUMBERED if each in cautions)
    return (Line(f"As always: {listed}. Anything else today?"), Line())


NOT_ANSWERED = "not answered, so nothing starts"
NOTHING_STARTED = "nothing was started. In an emergency call 112, 999, 911 or 000"
"""What is left on the terminal after questions: the same for every answer."""
TOO_LITTLE = (
    "Too little is left for a session: fewer than three points, less than half of the "
    "pressing, or less than two minutes of it."
)
TAKEN_AS_UNSURE: Page = (
    Line("No answer three times: we go on as for unsure.", Tone.HEADING),
    Line(),
)

URGENT: Page = (
    Line("Please get medical help now.", Tone.WARNING),
    Line(EMERGENCY_CALL, Tone.WARNING),
    Line(
        "Say which sign it is. Do not wait to see whether it passes, and do not drive "
        "yourself."
    ),
)
SEE_SOMEONE: Page = (
    Line(
        "Please speak to a doctor today or tomorrow, before using this.",
        Tone.WARNING,
    ),
    Line(
        "A hot, swollen leg, blood in your pee, or new pain after cancer: today.",
        Tone.WARNING,
    ),
    Line("If you are under 18, ask a parent and a doctor or a physiotherapist."),
)
IF_WORSE: Page = (
    Line("If it suddenly gets much worse, or a sign of list 1 comes:", Tone.HEADING),
    Line(EMERGENCY_CALL),
)


def signpost(signs: WarningSigns) -> Page:
    """Return the advice for the list of warning signs that fits."""
    match signs:
        case WarningSigns.NONE:
            return ()
        case WarningSigns.URGENT:
            return (*URGENT, Line(), *URGENT_LIST[1:])
        case WarningSigns.SEE_SOMEONE:
            return (*SEE_SOMEONE, Line(), *SEE_SOMEONE_LIST[1:], Line(), *IF_WORSE)


_PREGNANT: Page = (
    Line("Call your maternity unit or midwife now if there is", Tone.WARNING),
    *_bullets(
        (
            "bleeding, or your waters go",
            "regular tightenings, or back ache that comes and goes",
            "the baby moving less than usual",
            "one hot, sore, swollen leg",
            "being sick so that nothing stays down, or very dark pee",
            "a high temperature, pain on peeing, or pain under the ribs",
            "a severe headache, or a change in your sight",
            "numbness between the legs, or weak legs",
        )
    ),
)
_UNSURE: Page = (
    Line("A test would settle it; until then the same points are left out."),
    Line(
        "Get help now, with or without a positive test, for one-sided low tummy "
        "pain, bleeding unlike your period, pain at the tip of the shoulder, or "
        "faintness.",
        Tone.WARNING,
    ),
)


def maternity(answer: PregnancyAnswer) -> Page:
    """Return the warning signs in pregnancy, worded for *answer*."""
    match answer:
        case PregnancyAnswer.NO:
            return ()
        case PregnancyAnswer.YES:
            return _PREGNANT
        case PregnancyAnswer.UNSURE:
            return _UNSURE


SELF_CARE: Page = (
    Line("For ordinary back ache meanwhile:", Tone.HEADING),
    *_bullets(
        (
            "keep gently moving, and change position often",
            "warmth on the sore place, and something to lean on when you lie or lift",
            "ask a midwife, a GP or a physiotherapist; they expect this question",
        )
    ),
    Line("Source: the NHS.", Tone.QUIET),
)

STOP = (
    "Stop at once if: sharp, shooting or electric pain; numbness or tingling that "
    "stays; dizzy, sweaty, sick or faint; chest pain or short of breath; the ache "
    "gets worse or spreads."
)
STOP_SHORT = "sharp pain, numbness, dizziness: stop, q"

SKIN = (
    "Never on skin that is broken, bruised, burnt, swollen, infected or newly scarred, "
    "over a lump, or on an arm or leg that swells, or may, since cancer treatment."
)
PRESSURE = (
    "Light: you feel the finger and no more. Firm: steady and comfortable, never sore; "
    "a mild ache is the most."
)
REACH = (
    "Cannot reach without pain? n skips a point. A knuckle or the rubber end of a "
    "pencil may stand in for a sore thumb."
)
ON_A_PHONE = (
    "On a phone: q here, then acupress plan {0} --save {0}.html --play; it asks anew."
)

WAITS = (
    "Waits at each point until you press Enter; after three whole sessions it no "
    "longer does. w changes that."
)

NEVER_PRESS = "Not to be pressed: the artery of the neck lies here."
CUN = (
    "the width of your own thumb at its joint; four fingers side by side, thumb apart, "
    "are 3"
)

STALE_ANSWERS = (
    "More than an hour went by, and what was answered before it no longer counts: to "
    "go on, start again."
)

REHEARSED: Page = (
    Line("REHEARSAL: all this was played, not pressed, and nothing is kept."),
)

AFTER_CARE = (
    (
        "Get up slowly and move gently. If you feel light-headed, sit until it passes "
        "and do not drive. A little soreness for a day is normal. If you bruise, press "
        "more lightly next time."
    ),
    "No better in a few weeks: see someone.",
)
EMERGENCY = (
    "Chest pain, numbness between the legs, a drooping face, a weak arm or leg: call "
    "your emergency number (112, 999, 911, 000) now."
)
"""The last line of every page that ends or refuses a session."""


def not_here(what: str) -> str:
    """Return the warning for a point over *what*, such as the eye."""
    return f"Only told of: do not press here. {what} lies here."
