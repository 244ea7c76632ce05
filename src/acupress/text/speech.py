"""
The phrases of a session for text-to-speech.

They give a point by place and name, never by its code, and numbers in words. A cue
has several alternatives, the longest first, since there is not always time for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from acupress.model import Pressure, Side
from acupress.session.planning import whole_minutes
from acupress.session.timeline import Cue, CueSound, Segment, Timeline

# The tool in a step's hand, such as "thumbs", without the place, which the phrase
# has just given.
_TOOL = re.compile(r"(.*?)(?: resting)?(?: in the hollows?\b.*)?(?:[,;.].*)?")

_ALWAYS = {
    CueSound.HALFWAY: ("Halfway.",),
    CueSound.RELEASE: ("Release.",),
    CueSound.DONE: ("Release. That was the last.", "Release."),
}

_ONES = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_ONES += ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen"]
_ONES += ["seventeen", "eighteen", "nineteen"]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def phrases(timeline: Timeline, cue: Cue) -> tuple[str, ...]:
    """Return alternative phrases for *cue*, the longest first; often none."""
    here = timeline.at(cue.at)
    match cue.sound:
        case CueSound.GET_READY:
            return tuple(_arrival(timeline, cue, here))
        case CueSound.PRESS:
            return (f"Press{_lightly(here)}.", "Press.")
        case CueSound.HALFWAY | CueSound.RELEASE | CueSound.DONE:
            return _ALWAYS[cue.sound]
        case CueSound.CHANGE_SIDES:
            to = f"hange to the {here.side.value}."
            return (f"Release, and c{to}", f"C{to}", "Release.")
        case CueSound.THREE | CueSound.TWO | CueSound.ONE | CueSound.LAST_SECONDS:
            return ()


def place_to_press(here: Segment) -> tuple[str, str, str]:
    """Return the part of the body; with where on it; and with what presses, too."""
    place = _place(here)
    technique = here.point.technique
    lies = f"{place} {technique.spoken}" if technique else place
    tool = _TOOL.fullmatch(here.step.hand)
    return place, lies, f"{lies} {tool[1]}." if tool and tool[1] else lies


def number(whole: int) -> str:
    """Spell out *whole*, from 0 to 99, as ``twenty-one``."""
    if whole < len(_ONES):
        return _ONES[whole]
    tens, ones = divmod(whole - 20, 10)
    return f"{_TENS[tens]}-{_ONES[ones]}" if ones else _TENS[tens]


def _arrival(timeline: Timeline, cue: Cue, here: Segment) -> Iterator[str]:
    """Yield alternative phrases for going to a point, the longest first."""
    release = "Release. " if CueSound.RELEASE in timeline.moment(cue.at) else ""
    remaining = _remaining(timeline, cue, here)
    place, lies, with_hand = place_to_press(here)
    for before in (f"{remaining} ", f"{here.point.name}. ", ""):
        yield f"{release}{before}{with_hand}"
        yield f"{release}{before}{lies}"
    yield f"{release}{place}"
    yield place


def _remaining(timeline: Timeline, cue: Cue, here: Segment) -> str:
    """Return the points and minutes that remain, and the name of the point."""
    points = timeline.steps - here.number + 1
    minutes = _count(whole_minutes(timeline.duration - cue.at), "minute")
    name = here.point.name
    if timeline.steps == 1:
        return f"{_capitalised(minutes)}. {name}."
    if here.number == 1:
        return f"{_capitalised(_count(points, 'point'))}, {minutes}. First, {name}."
    if points == 1:
        return f"The last point, {minutes}. {name}."
    return f"{_capitalised(_count(points, 'more point'))}, {minutes}. Next, {name}."


def _place(here: Segment) -> str:
    """Return the part of the body with the side: ``Left ankle.``."""
    part = here.point.body.value.replace("-", " ")
    match here.side:
        case Side.LEFT | Side.RIGHT:
            return f"{_capitalised(here.side.value)} {part}."
        case Side.BOTH:
            return f"{_capitalised(part)}, both sides."
        case Side.MIDDLE:
            return f"Middle of the {part}."


def _lightly(here: Segment) -> str:
    """Return the adverb for the first hold on each side of a light step, or nothing."""
    light = here.step.pressure is Pressure.LIGHT and here.round == 1
    return " lightly" if light else ""


def _count(whole: int, noun: str) -> str:
    return f"{number(whole)} {noun}{'' if whole == 1 else 's'}"


def _capitalised(words: str) -> str:
    return words[:1].upper() + words[1:]
