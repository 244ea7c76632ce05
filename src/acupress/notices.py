"""
The sentences about safety: who this is for, the questions, the signposts.

Nothing here names an illness, scores an answer or promises anything. The words
are ours; what they rest on is listed in ``SOURCES``, by the ids of
``data/sources.yaml``. All of it is ASCII, so that no terminal can garble it.
"""

from __future__ import annotations

from acupress.layout import Line, Page, Tone
from acupress.screening import Caution, Expecting, Signs

EVIDENCE = (
    "Evidence is limited: in a trial of self-acupressure for sore knees, scores fell "
    "by half to three quarters of a point in ten more than with usual care, and other "
    "points did about as well as the real ones. What guidelines advise is to keep "
    "active. (Li 2018; NICE NG59)"
)

OWN_EVIDENCE = "A routine of your own: nobody has tested it."
HOW_OFTEN = "At most three times a day, three hours apart."

SOURCES = (
    "li-2018",
    "tommys-labour-signs",
    "nhs-pregnancy-call",
    "nice-ng59",
    "ifompt-2020",
    "nhs-low-back-pain",
    "cauda-equina-card",
    "nidirect-aneurysm",
    "umn-acupressure",
    "mskcc-li4",
)

NOTICE: Page = (
    Line("acupress guides a timed self-acupressure session for ordinary back ache."),
    Line("It is for adults, it is no substitute for care, and it diagnoses nothing."),
    Line("Not now after alcohol, with a fever, or worn out. Never on sore skin."),
    Line("Type each answer and press Enter; q leaves, and nothing starts."),
)

PREGNANCY_QUESTION: Page = (
    Line("First: could you be pregnant?", Tone.TITLE),
    Line(),
    Line(
        "Some points are traditionally left out in pregnancy, so this decides what "
        "may be shown. Your answer is not saved."
    ),
    Line(),
    Line("no", label="  ", indent=2),
    Line("yes", label="  ", indent=2),
    Line("unsure (trying, or a late period, counts as unsure)", label="  ", indent=2),
)
PREGNANCY_PROMPT = "no / yes / unsure"
PREGNANCY_AGAIN = "Please type one of these words: no, yes or unsure."

# Related signs share a line: all of it should be read at a glance, every day, on
# a screen of 24 rows.
_URGENT = (
    "numb between the legs or round the bottom; new trouble with pee, poo or sex",
    "both legs, or one leg more and more, weak or numb; a bad fall or crash",
    (
        "chest pain, or short of breath; sudden severe back or tummy pain that came "
        "without a movement, or with faintness or clammy skin"
    ),
    (
        "stiff neck with fever and a bad headache; sudden unusual neck pain or "
        "headache with dizziness, slurred speech, a drooping face or unsteadiness"
    ),
)
_SEE_SOMEONE = (
    (
        "fever or feeling ill with the pain; weight loss you cannot explain; pain "
        "worst at night that nothing eases; a new lump or a changed shape"
    ),
    (
        "had cancer, weak bones, long steroids, a weak immune system or injected "
        "drugs, and this pain is new"
    ),
    (
        "one hot, sore, swollen leg; clumsy hands, unsteady walking, new weakness "
        "in an arm"
    ),
    (
        "new pain between the shoulder blades that movement does not change; worse "
        "and worse for weeks; under 18"
    ),
)


def _bullets(items: tuple[str, ...]) -> Page:
    return tuple(Line(item, label="  - ", indent=4) for item in items)


URGENT_LIST: Page = (
    Line("1  Get help now", Tone.HEADING),
    *_bullets(_URGENT),
)
URGENT_REMINDER: Page = (
    Line("Get help now for any of these:", Tone.HEADING),
    *_bullets(_URGENT),
)
"""The same list where nothing is asked, and no number is to be typed."""

SEE_SOMEONE_LIST: Page = (
    Line("2  See someone first", Tone.HEADING),
    *_bullets(_SEE_SOMEONE),
)
SIGNS_QUESTION: Page = (
    Line("Does any of this fit, now or new in the last two weeks?", Tone.TITLE),
    Line(),
    *URGENT_LIST,
    Line(),
    *SEE_SOMEONE_LIST,
)
SIGNS_PROMPT = "no / 1 / 2"
SIGNS_AGAIN = "Please type no if nothing here fits, or else 1 or 2, the list that does."

CAUTIONS = {
    Caution.THINNERS: "blood thinners, a bleeding problem or low platelets",
    Caution.CLOT: "a clot in a leg, now or before, or told you are at risk",
    Caution.VEINS: "varicose veins",
    Caution.BONES: "osteoporosis or other weak bones",
    Caution.ABDOMEN: (
        "tummy surgery in the last 3 months, a hernia, an aneurysm, or tummy pain "
        "nobody has explained"
    ),
    Caution.MEAL: "ate within the hour",
    Caution.NECK: (
        "a neck injury, dizzy when turning the head, or a disease of the neck's "
        "arteries or joints"
    ),
    Caution.FAINT: "faint easily, or very low blood pressure",
    Caution.DEVICE: "a pacemaker, port or implant in the chest",
    Caution.NUMB: "numb feet or hands",
}
NUMBERED = tuple(Caution)
"""The cautions in the order of their numbers, which begin with 1."""

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
CAUTIONS_AGAIN = "Please type 0 if none of them fits, or the numbers that do: 3 6"


def as_always(cautions: frozenset[Caution]) -> Page:
    """Return what is said of the cautions of every day, before today's are asked."""
    if not cautions:
        return ()
    told = "; ".join(CAUTIONS[each] for each in NUMBERED if each in cautions)
    return (Line(f"As always: {told}. Anything else today?"), Line())


NOT_ANSWERED = "not answered, so nothing starts"
TAKEN_AS_UNSURE: Page = (Line("Three blanks: taken as unsure.", Tone.HEADING), Line())

URGENT: Page = (
    Line(
        "Please get medical help now rather than using this tool.",
        Tone.WARNING,
    ),
    Line(
        "These signs are usually not serious, but they need checking today: call "
        "your local emergency number (112, 999, 911) or go to an emergency "
        "department, and say which sign it is."
    ),
)
SEE_SOMEONE: Page = (
    Line(
        "Please speak to a doctor, a pharmacist or a physiotherapist before using "
        "this (a hot swollen leg: today).",
        Tone.WARNING,
    ),
    Line("Most causes turn out to be ordinary."),
)


def signpost(signs: Signs) -> Page:
    """Return what to say to someone whom a warning sign fits."""
    match signs:
        case Signs.NONE:
            return ()
        case Signs.URGENT:
            return URGENT
        case Signs.SEE_SOMEONE:
            return SEE_SOMEONE


_PREGNANT: Page = (
    Line("Call your maternity unit or midwife now if there is", Tone.WARNING),
    *_bullets(
        (
            "bleeding, or your waters go",
            "regular tightenings, or back ache that comes and goes",
            "the baby moving less than usual",
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
        "pain, bleeding, pain at the tip of the shoulder, or faintness.",
        Tone.WARNING,
    ),
)


def maternity(answer: Expecting) -> Page:
    """Return the signs that need a call, in the words that fit *answer*."""
    match answer:
        case Expecting.NO:
            return ()
        case Expecting.YES:
            return _PREGNANT
        case Expecting.UNSURE:
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
    Line("(after Tommy's and the NHS)", Tone.QUIET),
)

STOP = (
    "Stop at once if: sharp, shooting or electric pain; numbness or tingling that "
    "stays; dizzy, sweaty, sick or faint; chest pain or short of breath; the ache "
    "gets worse or spreads."
)
STOP_SHORT = "Stop if sharp, numb, dizzy, breathless, worse."

NEVER_PRESS = "Not to be pressed: the artery of the neck lies here."
CUN = (
    "the width of your own thumb at its joint; four fingers side by side, thumb apart, "
    "are 3"
)

STALE = (
    "More than an hour went by, and what was answered before it no longer counts: to "
    "go on, start again."
)

REHEARSED: Page = (
    Line("REHEARSAL: all this was played, not pressed, and nothing is kept."),
)

AFTER_CARE = (
    (
        "Get up slowly, move gently, drink some water. Sore for up to a day is "
        "ordinary; a bruise means lighter next time."
    ),
    (
        "No better in a few weeks, or a warning sign appears: see someone. Three "
        "sessions a day, three hours apart, is plenty."
    ),
)
