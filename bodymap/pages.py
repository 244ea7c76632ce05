"""
Lays a scene out on a page for paper: the drawing, its marks, labels and caption.

The result is plain values, which ``svg.py`` writes and ``painting.py`` paints.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from acupress.figures.scenes import Mark, Role
from bodymap.looks import BLUE, DARK, RED

if TYPE_CHECKING:
    from acupress.figures.frames import Box, Spot
    from bodymap.scenes import VectorScene

_LONGEST = 420.0  # pixels of the drawing's longer side; the text sizes count on it
_LETTER = 7.4  # width of a letter
_MARGIN, _ABOVE, _FOOT = 22.0, 4.0, 34.0  # room beside, above and below
_LINE = 18.0  # height of a label


@dataclass(frozen=True, slots=True)
class Page:
    """
    A page, with the transform from millimetres of the body to pixels.

    *box* is drawn, with margins of *side* and *above* at its left and above it.
    """

    box: Box
    scale: float
    side: float
    above: float
    wide: float
    high: float

    def xy(self, spot: Spot) -> Spot:
        """Return where *spot* lies on the page."""
        return (
            self.side + (spot[0] - self.box[0]) * self.scale,
            self.above + (spot[1] - self.box[1]) * self.scale,
        )


def page(scene: VectorScene) -> Page:
    """Return the page for *scene*, with room for its labels on both sides."""
    left, top, right, bottom = scene.box
    scale = _LONGEST / max(right - left, bottom - top)
    words = [len(mark.text) for mark in scene.marks if mark.role is Role.LANDMARK]
    side = _MARGIN + _LETTER * max(words, default=0)
    wide = max((right - left) * scale + 2 * side, 7 * len(scene.caption))
    side = (wide - (right - left) * scale) / 2
    high = (bottom - top) * scale + _FOOT
    return Page(scene.box, scale, side, _ABOVE, wide, high)


def bare_page(box: Box, longest: int) -> Page:
    """Return a page with nothing but *box*, whose longer side has *longest* pixels."""
    left, top, right, bottom = box
    scale = longest / max(right - left, bottom - top)
    return Page(box, scale, 0, 0, (right - left) * scale, (bottom - top) * scale)


@dataclass(frozen=True, slots=True)
class Dot:
    """A disc with a border; *glow* is the radius of a faint disc around it, or 0."""

    at: Spot
    radius: float
    fill: str
    border: str
    width: float
    glow: float = 0.0


@dataclass(frozen=True, slots=True)
class Leader:
    """A dashed line from a landmark to its label."""

    start: Spot
    end: Spot


@dataclass(frozen=True, slots=True)
class Words:
    """Text on the baseline *at*: its start, middle or end."""

    at: Spot
    text: str
    size: int
    anchor: str
    colour: str


def marks_on(scene: VectorScene, here: Page) -> Iterator[Dot | Leader | Words]:
    """Yield the marks, labels and caption, in the order in which they are painted."""
    left, top, right, bottom = scene.box
    shown = [
        mark
        for mark in scene.marks
        if left <= mark.at[0] <= right and top <= mark.at[1] <= bottom
    ]
    used: dict[bool, list[float]] = {False: [], True: []}
    for mark in shown:
        if mark.role is Role.LANDMARK:
            yield from _label(mark, scene, here, used)
    for mark in shown:
        if mark.role is Role.OTHER:
            yield Dot(here.xy(mark.at), 7, "#ffffff", RED, 2.5)
        elif mark.role is not Role.LANDMARK:
            yield Dot(here.xy(mark.at), 6.5, RED, "#ffffff", 1.5, glow=12)
    yield Words((here.wide / 2, here.high - 10), scene.caption, 13, "middle", DARK)


def _label(
    mark: Mark, scene: VectorScene, here: Page, used: dict[bool, list[float]]
) -> Iterator[Dot | Leader | Words]:
    x, y = here.xy(mark.at)
    yield Dot((x, y), 4, BLUE, "#ffffff", 1)
    if not mark.text:
        return
    right = _goes_right(mark, scene)
    line = _free_height(y, used[right])
    end = here.wide - here.side + 8 if right else here.side - 8
    yield Leader((x, y), (end + (-4 if right else 4), line))
    anchor = "start" if right else "end"
    yield Words((end, line + 4.5), mark.text, 14, anchor, BLUE)


def _goes_right(mark: Mark, scene: VectorScene) -> bool:
    """Return whether a label goes right: the nearer side, unless a mark is between."""
    right = mark.at[0] >= (scene.box[0] + scene.box[2]) / 2
    reach = (scene.box[2] - scene.box[0]) / 30
    hidden = any(
        other.role is not Role.LANDMARK
        and abs(other.at[1] - mark.at[1]) < reach
        and (other.at[0] > mark.at[0]) == right
        for other in scene.marks
    )
    return right != hidden


def _free_height(y: float, used: list[float]) -> float:
    """Return the first free height for a label from *y* downwards, and reserve it."""
    while any(abs(y - other) < _LINE for other in used):
        y += 6
    used.append(y)
    return y
