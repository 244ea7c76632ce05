"""
Composes scenes: a window of a view with marks, labels and hand, to be rendered.

For the left side the drawing of a limb is mirrored, while on a symmetrical view only
the marks and the hand are. Renderers depend on scenes alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from acupress.figures.scenes import Mark, Role
from acupress.model import Side
from bodymap import curves

if TYPE_CHECKING:
    from collections.abc import Iterable

    from acupress.figures.frames import Box
    from bodymap.shapes import Shape
    from bodymap.views import Place, View


_SIDES = {
    Side.LEFT: "on the left, ",
    Side.RIGHT: "on the right, ",
    Side.BOTH: "on both sides, ",
    Side.MIDDLE: "on the middle line, ",
}
_WHOLE = 900.0  # millimetres; no window is larger


@dataclass(frozen=True, slots=True)
class VectorScene:
    """
    A part of the body as curves, with marks; lengths are millimetres.

    If *symmetric*, x = 0 is the axis, to be centred. *alternative* is a description
    in words. *roundness* is the depth of the shading at the edges.
    """

    title: str
    caption: str
    alternative: str
    box: Box
    symmetric: bool
    roundness: float
    shapes: tuple[Shape, ...]
    hand: tuple[Shape, ...] = ()
    marks: tuple[Mark, ...] = ()

    @property
    def shown(self) -> tuple[Shape, ...]:
        """The shapes to draw: without the fine ones in a picture of the whole body."""
        left, top, right, bottom = self.box
        whole = max(right - left, bottom - top) > _WHOLE
        return tuple(shape for shape in self.shapes if not (whole and shape.fine))


def scene(view: View, place: Place, side: Side) -> VectorScene:
    """Return the scene of one point with *side* pressed."""
    near = side in {Side.LEFT, Side.RIGHT} and place.near != place.window
    window = view.windows[place.near if near else place.window]
    left, top, right, bottom = window.box
    caption = _caption(view, side)
    sides = _SIDES[Side.MIDDLE if view.mirror and place.middle else side]
    words = f"{place.code} is marked {sides}{place.words}"
    drawn = VectorScene(
        title=window.title,
        caption=caption,
        alternative=f"{window.title} ({caption}): {words}.",
        box=(-right, top, -left, bottom) if near and side is Side.LEFT else window.box,
        symmetric=view.mirror and not near,
        roundness=view.roundness,
        shapes=view.shapes,
        hand=_hands(view, place, side),
        marks=(*_points(view, place, side), *_landmarks(view, place, side)),
    )
    return drawn if view.mirror or side is not Side.LEFT else _flip(drawn)


def _caption(view: View, side: Side) -> str:
    limb = "left" if side is Side.LEFT else "right"
    caption = view.caption.replace("SIDE", limb)
    mirrored = side is Side.BOTH and not view.mirror
    return f"{caption}; the left mirrors it" if mirrored else caption


def _hands(view: View, place: Place, side: Side) -> tuple[Shape, ...]:
    if not view.mirror or place.middle:
        return place.hand
    match side:
        case Side.LEFT:
            return _flipped(place.hand)
        case Side.BOTH if place.both_hands:
            return (*place.hand, *_flipped(place.hand))
        case _:
            return place.hand


def _flipped(shapes: Iterable[Shape]) -> tuple[Shape, ...]:
    return tuple(replace(shape, path=curves.flipped(shape.path)) for shape in shapes)


def _points(view: View, place: Place, side: Side) -> tuple[Mark, ...]:
    if place.middle or not view.mirror:
        return (Mark(Role.ACTIVE, place.at),)
    right, left = place.at, (-place.at[0], place.at[1])
    match side:
        case Side.LEFT:
            return (Mark(Role.ACTIVE, left), Mark(Role.OTHER, right))
        case Side.RIGHT:
            return (Mark(Role.ACTIVE, right), Mark(Role.OTHER, left))
        case Side.BOTH | Side.MIDDLE:
            return (Mark(Role.ACTIVE, right), Mark(Role.ACTIVE, left))


def _landmarks(view: View, place: Place, side: Side) -> tuple[Mark, ...]:
    sign = -1 if view.mirror and side is Side.LEFT else 1
    names = dict.fromkeys((*place.landmarks, *place.beside))
    found = [view.landmarks[name] for name in names]
    labels = [mark.label for mark in found]
    return tuple(
        Mark(
            Role.LANDMARK,
            (sign * mark.at[0], mark.at[1]),
            "" if mark.label in labels[:number] else mark.label,
        )
        for number, mark in enumerate(found)
    )


def _flip(drawn: VectorScene) -> VectorScene:
    left, top, right, bottom = drawn.box
    return replace(
        drawn,
        box=(-right, top, -left, bottom),
        shapes=_flipped(drawn.shapes),
        hand=_flipped(drawn.hand),
        marks=tuple(
            replace(mark, at=(-mark.at[0], mark.at[1])) for mark in drawn.marks
        ),
    )
