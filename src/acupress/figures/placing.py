"""
Where a point lies: a landmark and an offset, in the four forms of a placement.

``L2`` · ``mid(ankle-bone, heel-cord)`` · ``navel > pubic-bone 1.5/5`` (from the
first towards the second, 1.5 of the 5 cun between them) · any of these followed
by ``+ down 3 shin``: so many cun of the named segment in one direction.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from acupress.figures.curves import Spot

_NAME = r"[A-Za-z][A-Za-z0-9-]*"
_NUMBER = r"\d+(?:\.\d+)?"
_MIDDLE = re.compile(rf"mid\(\s*({_NAME})\s*,\s*({_NAME})\s*\)")
_TOWARDS = re.compile(rf"({_NAME})\s*>\s*({_NAME})\s+({_NUMBER})/({_NUMBER})")
_OFFSET = re.compile(rf"\+\s*(up|down|left|right|out)\s+({_NUMBER})\s+({_NAME})")
_WHOLE = re.compile(
    rf"(?:{_MIDDLE.pattern}|{_TOWARDS.pattern}|{_NAME})(?:\s*{_OFFSET.pattern})*"
)
_Known = TypeVar("_Known")
_SAID = {"up": "up", "down": "down", "out": "out", "left": "aside", "right": "aside"}
_WAYS = {"up": (0, -1), "down": (0, 1), "left": (-1, 0), "right": (1, 0), "out": (1, 0)}


@dataclass(frozen=True, slots=True)
class Landmark:
    """Something a person can see or feel, with the lay words for it."""

    at: Spot
    label: str


@dataclass(frozen=True, slots=True)
class BodySegment:
    """A stretch of the body that measures so many of its owner's cun (WHO 2008)."""

    start: Spot
    end: Spot
    cun: float

    @property
    def millimetres(self) -> float:
        """The length of one cun on this segment."""
        return math.dist(self.start, self.end) / self.cun


@dataclass(frozen=True, slots=True)
class Spotted:
    """A placement worked out: the spot, the landmarks it used, and its words."""

    at: Spot
    landmarks: tuple[str, ...]
    words: str


def spotted(
    text: str, landmarks: Mapping[str, Landmark], segments: Mapping[str, BodySegment]
) -> Spotted:
    """Work a placement out; raises ``ValueError`` saying what is wrong with it."""
    text = text.strip()
    if not _WHOLE.fullmatch(text):
        message = (
            f"{text!r} is none of: LANDMARK, mid(A, B), A > B n/m, ... + down n SEGMENT"
        )
        raise ValueError(message)
    base = _base(text.split("+", maxsplit=1)[0].strip(), landmarks)
    (x, y), words = base.at, base.words
    for way, cun, segment in _OFFSET.findall(text):
        length = float(cun) * _known(segment, segments, "segment").millimetres
        x, y = x + _WAYS[way][0] * length, y + _WAYS[way][1] * length
        words += f", then {cun} thumb widths {_SAID[way]}"
    return Spotted((x, y), base.landmarks, words)


def _base(text: str, landmarks: Mapping[str, Landmark]) -> Spotted:
    if found := _MIDDLE.fullmatch(text):
        return _between(found[1], found[2], 0.5, ("half way between", "and"), landmarks)
    if found := _TOWARDS.fullmatch(text):
        share = float(found[3]) / float(found[4])
        words = f"{found[3]} of {found[4]} parts of the way from"
        return _between(found[1], found[2], share, (words, "to"), landmarks)
    mark = _known(text, landmarks, "landmark")
    return Spotted(mark.at, (text,), f"at the {mark.label}")


def _between(
    first: str,
    second: str,
    share: float,
    said: tuple[str, str],
    landmarks: Mapping[str, Landmark],
) -> Spotted:
    words, link = said
    start = _known(first, landmarks, "landmark")
    end = _known(second, landmarks, "landmark")
    at = (
        start.at[0] + share * (end.at[0] - start.at[0]),
        start.at[1] + share * (end.at[1] - start.at[1]),
    )
    return Spotted(
        at, (first, second), f"{words} the {start.label} {link} the {end.label}"
    )


def _known(name: str, known: Mapping[str, _Known], what: str) -> _Known:
    if name not in known:
        message = (
            f"there is no {what} {name!r} in this view (known: {', '.join(known)})"
        )
        raise ValueError(message)
    return known[name]
