"""
Parses placements, which give the position of a point relative to landmarks.

The forms are ``L2``, ``mid(ankle-bone, heel-cord)``, ``navel > pubic-bone 1.5/5``
(from the first towards the second, 1.5 of the 5 cun between them), and any of these
with ``+ down 3 shin``: so many cun of the named segment in one direction.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from acupress.figures.frames import Spot

_NAME = r"[A-Za-z][A-Za-z0-9-]*"
_NUMBER = r"\d+(?:\.\d+)?"
_MIDDLE = re.compile(rf"mid\(\s*({_NAME})\s*,\s*({_NAME})\s*\)")
_TOWARDS = re.compile(rf"({_NAME})\s*>\s*({_NAME})\s+({_NUMBER})/({_NUMBER})")
_OFFSET = re.compile(rf"\+\s*(up|down|left|right|out)\s+({_NUMBER})\s+({_NAME})")
_WHOLE = re.compile(
    rf"(?:{_MIDDLE.pattern}|{_TOWARDS.pattern}|{_NAME})(?:\s*{_OFFSET.pattern})*"
)
_Known = TypeVar("_Known")
_WORDS = {"up": "up", "down": "down", "out": "out", "left": "aside", "right": "aside"}
_AXES = {"up": (0, -1), "down": (0, 1), "left": (-1, 0), "right": (1, 0), "out": (1, 0)}


@dataclass(frozen=True, slots=True)
class Landmark:
    """A feature that can be seen or felt, with its name in lay words."""

    at: Spot
    label: str


@dataclass(frozen=True, slots=True)
class BodySegment:
    """A part of the body whose length in cun is defined (WHO 2008)."""

    start: Spot
    end: Spot
    cun: float

    @property
    def millimetres(self) -> float:
        """The length of one cun on this segment, in millimetres."""
        return math.dist(self.start, self.end) / self.cun


@dataclass(frozen=True, slots=True)
class Placement:
    """The position of a point, its reference landmarks, and a description."""

    at: Spot
    landmarks: tuple[str, ...]
    words: str


def placement(
    text: str, landmarks: Mapping[str, Landmark], segments: Mapping[str, BodySegment]
) -> Placement:
    """Parse and evaluate a placement; raises ValueError if it is invalid."""
    text = text.strip()
    if not _WHOLE.fullmatch(text):
        message = (
            f"{text!r} is none of: LANDMARK, mid(A, B), A > B n/m, ... + down n SEGMENT"
        )
        raise ValueError(message)
    base = _base(text.split("+", maxsplit=1)[0].strip(), landmarks)
    (x, y), words = base.at, base.words
    for way, cun, segment in _OFFSET.findall(text):
        length = float(cun) * _lookup(segment, segments, "segment").millimetres
        x, y = x + _AXES[way][0] * length, y + _AXES[way][1] * length
        words += f", then {cun} thumb widths {_WORDS[way]}"
    return Placement((x, y), base.landmarks, words)


def _base(text: str, landmarks: Mapping[str, Landmark]) -> Placement:
    if found := _MIDDLE.fullmatch(text):
        return _between(found[1], found[2], 0.5, ("half way between", "and"), landmarks)
    if found := _TOWARDS.fullmatch(text):
        share = float(found[3]) / float(found[4])
        words = f"{found[3]} of {found[4]} parts of the way from"
        return _between(found[1], found[2], share, (words, "to"), landmarks)
    mark = _lookup(text, landmarks, "landmark")
    return Placement(mark.at, (text,), f"at the {mark.label}")


def _between(
    first: str,
    second: str,
    share: float,
    phrase: tuple[str, str],
    landmarks: Mapping[str, Landmark],
) -> Placement:
    words, link = phrase
    start = _lookup(first, landmarks, "landmark")
    end = _lookup(second, landmarks, "landmark")
    at = (
        start.at[0] + share * (end.at[0] - start.at[0]),
        start.at[1] + share * (end.at[1] - start.at[1]),
    )
    return Placement(
        at, (first, second), f"{words} the {start.label} {link} the {end.label}"
    )


def _lookup(name: str, known: Mapping[str, _Known], what: str) -> _Known:
    if name not in known:
        message = (
            f"there is no {what} {name!r} in this view (known: {', '.join(known)})"
        )
        raise ValueError(message)
    return known[name]
