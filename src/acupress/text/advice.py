"""
The pages on self-care for an ordinary sore back, and on how to press.

They follow guidelines and hospitals, listed in ``safety.SOURCES``, and claim nothing
for pressing points.
"""

from __future__ import annotations

from acupress.text import safety
from acupress.text.layout import Line, Page, Tone, next_line


def _list(*items: str) -> Page:
    return tuple(Line(item, label="  - ", indent=4) for item in items)


CARE: Page = (
    Line("Looking after an ordinary sore back", Tone.TITLE),
    Line(),
    Line("By day", Tone.HEADING),
    *_list(
        "Keep moving, gently and often; go on with your day as far as you can.",
        "Sitting: get up every half hour, feet on the floor, back supported.",
        "Warmth may feel good: a warm bath, or a heat pack wrapped in a towel.",
        "Ask a pharmacist about pain relief, and whether it suits you.",
    ),
    Line("By night", Tone.HEADING),
    *_list(
        "Rest if you must, but do not stay in bed for longer than a day or two.",
        "On your side: knees a little bent, a pillow between them.",
        "On your back: a pillow under the knees.",
    ),
    Line("Pressing points", Tone.HEADING),
    *_list(
        "Give it a few weeks, then judge. If it does nothing for you, leave it.",
        "Pressing comes beside moving, not instead of it.",
    ),
    Line("See someone", Tone.HEADING),
    *_list(
        "if it is no better after a few weeks, keeps coming back, or stops you from "
        "doing what you usually do: a doctor or a physiotherapist",
    ),
    Line(safety.EMERGENCY, Tone.WARNING),
    *next_line("acupress session asks what you would like to do"),
)

CARE_BRIEFLY: Page = (
    Line("Keep moving; do not stay in bed for longer than a day or two."),
    Line("Warmth may feel good. At night: a pillow between or under the knees."),
    Line("Ask a pharmacist about pain relief. More: `acupress care`"),
)

_COMMAND = 34  # columns up to what a command does


def _commands(*rows: tuple[str, str]) -> Page:
    return tuple(
        Line(does, label=f"  acupress {command}", indent=_COMMAND)
        for command, does in rows
    )


BEGIN: Page = (
    Line("acupress guides a timed self-acupressure session for back ache.", Tone.TITLE),
    Line(),
    Line("Type one of these to begin:", Tone.HEADING),
    *_commands(
        ("session", "asks what you would like to do"),
        ("session lower-back", "three questions, a plan, and it guides you"),
        ("session --rehearse", "shows all that ten times faster"),
    ),
    Line("Look first:", Tone.HEADING),
    *_commands(
        ("routines", "the sessions there are, and their minutes"),
        ("find headache", "what there is for an ache"),
        ("show GB21", "a point: who leaves it out, where it is"),
        ("how", "how to press, how firmly, and when not to"),
    ),
    Line("And then:", Tone.HEADING),
    *_commands(
        ("journal", "your sessions, and how the pain went"),
        ("--install-completion", "teaches your shell the names"),
        ("help", "every command; help session has its options"),
    ),
)
"""What `acupress` alone says, also to somebody who has just installed it."""

HOW: Page = (
    Line("How to press", Tone.TITLE),
    Line(),
    *_list(
        "Wash your hands; warm hands, short nails. Sit or lie so that you can let go.",
        "Press with the pad of a finger or thumb, not with the nail.",
        "Press square to the skin. Go in slowly, stay, and come out slowly.",
        "Small slow circles are allowed: the skin moves with the finger.",
        "Beside the spine, never on it. On muscle, not on bone.",
        "Breathe on. Where a text says so, press in as the breath goes out.",
    ),
    Line("How firmly", Tone.HEADING),
    Line(safety.PRESSURE),
    Line("Where not", Tone.HEADING),
    Line(safety.SKIN),
    Line("If it is hard to reach", Tone.HEADING),
    Line(safety.REACH),
    Line(safety.STOP, Tone.WARNING),
    *next_line("acupress session asks what you would like to do"),
)
