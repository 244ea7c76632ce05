"""
The three questions in short, for somebody who has read the long form often.

Every sign and caution of ``safety.py`` is there, by a word or two that bring it back
to mind; one key away is the whole of it. ASCII, as the long form.
"""

from __future__ import annotations

from acupress.session.screening import Caution
from acupress.text import safety
from acupress.text.layout import Line, Page, Tone

SIGNS_IN_SHORT = {
    "1": (
        "numb between the legs; new trouble with pee, poo, sex; pain, tingling or "
        "weakness in both legs, or one getting worse; a bad fall (any, with weak "
        "bones or old age); chest pain, short of breath; sudden severe back or tummy "
        "pain, faint, clammy; drooping face, weak arm, slurred speech; stiff neck "
        "with fever; sudden unusual neck pain or headache"
    ),
    "2": (
        "fever, feeling ill; weight loss; a lump; blood in your pee; new pain after "
        "cancer, steroids, injected drugs, with weak bones or a weak immune system; "
        "worst at night; new between the shoulder blades; worse for weeks; a hot, "
        "swollen leg; clumsy hands, unsteady; under 18"
    ),
}
CAUTIONS_IN_SHORT = {
    Caution.THINNERS: "blood thinners, bleeding",
    Caution.CLOT: (
        "leg clot or at risk, or in 6 weeks a baby, operation, cast, bed rest"
    ),
    Caution.VEINS: "varicose veins",
    Caution.BONES: "weak bones",
    Caution.SURGERY: "in 3 months surgery, a break, injection: back, hip, leg",
    Caution.HIP: "artificial hip",
    Caution.KIDNEYS: "kidney trouble",
    Caution.ABDOMEN: "tummy: surgery, stoma, hernia, aneurysm, pain",
    Caution.MEAL: "just ate",
    Caution.NECK: "neck trouble, dizzy",
    Caution.FAINT: "faint easily",
    Caution.DEVICE: "pacemaker, port, implant",
    Caution.NUMB: "numb feet, hands",
}
PROMPT = "n/y/u  n/1/2  0 or numbers"
AGAIN = "Please type all three, such as y 2 3 6, or ? for each question by itself."


def short_questions(always: frozenset[Caution]) -> Page:
    """Return the page; *always* are the cautions in config.toml."""
    return (
        Line("Three questions, three answers on one line", Tone.TITLE),
        Line("? asks them one by one, with all there is to read; q leaves."),
        safety.NOTICE[2],
        Line(
            "First: could you be pregnant? n, y or u: unsure, trying, a late period",
            Tone.HEADING,
        ),
        Line("Then: does any of this fit? n, or the number of the list", Tone.HEADING),
        *(
            Line(f"{kind}: {SIGNS_IN_SHORT[number]}", label=f"  {number}  ", indent=5)
            for number, kind in (("1", "GET HELP NOW"), ("2", "SEE SOMEONE FIRST"))
        ),
        Line("Last: do any of these? 0, or the numbers that do", Tone.HEADING),
        *safety.as_always(always)[:1],
        Line(
            "; ".join(
                f"{number} {CAUTIONS_IN_SHORT[caution]}"
                for number, caution in enumerate(safety.NUMBERED, 1)
            ),
            label="  ",
            indent=2,
        ),
    )
