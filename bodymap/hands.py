"""
Transforms the poses of the pressing hand to the points that they press.

A pose points up with its fingertip at the origin. ``{pose: wrap, flip: true, scale:
1.1, turn: 120, move: [x, y]}`` mirrors it to the other hand, scales it, turns it
clockwise by degrees and shifts it by millimetres.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from bodymap import curves
from bodymap.curves import Knot
from bodymap.shapes import AREAS, Shape, ShapeKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from acupress.figures.frames import Spot
    from bodymap.curves import Piece

Pose = tuple[Shape, ...]


def poses(data: Mapping[str, Any]) -> Mapping[str, Pose]:
    """Parse the poses of ``hands.yaml``; raises ValueError or KeyError."""
    return {
        name: tuple(_part(entry) for entry in entries)
        for name, entries in data["poses"].items()
    }


def _part(entry: Mapping[str, Any]) -> Shape:
    """Parse one part of a hand: a finger along its spine, an outline or a nail."""
    if "finger" in entry:
        kind, knots = ShapeKind.HAND, curves.tube(curves.knots(entry["finger"]))
    elif "nail" in entry:
        kind, knots = ShapeKind.HAND_NAIL, _nail(entry)
    elif "line" in entry:
        kind, knots = ShapeKind.HAND_LINE, curves.knots(entry["line"])
    else:
        kind, knots = ShapeKind.HAND, curves.knots(entry["palm"])
    path = curves.smooth(knots, closed=kind in AREAS)
    return Shape(kind, path, behind=bool(entry.get("behind", False)))


def _nail(entry: Mapping[str, Any]) -> tuple[Knot, ...]:
    centre, radius = curves.knots(entry["nail"])[0], float(entry["radius"])
    ring = (
        (-0.9, 0.7),
        (-0.95, -0.2),
        (-0.6, -0.95),
        (0.6, -0.95),
        (0.95, -0.2),
        (0.9, 0.7),
    )
    return tuple(Knot(centre.x + x * radius, centre.y + y * radius) for x, y in ring)


def placed(
    known: Mapping[str, Pose], entry: Mapping[str, Any], point: Spot, gap: float
) -> Pose:
    """Return a pose with its tip *gap* mm from *point*; ValueError if it is unknown."""
    if entry["pose"] not in known:
        message = f"there is no pose {entry['pose']!r} (known: {', '.join(known)})"
        raise ValueError(message)
    turn = math.radians(float(entry.get("turn", 0)))
    scale = float(entry.get("scale", 1))
    across = -scale if entry.get("flip", False) else scale
    shift = [float(value) for value in entry.get("move", (0, 0))]

    def move(spot: Spot) -> Spot:
        x, y = spot[0] * across, spot[1] * scale + gap
        return (
            point[0] + shift[0] + x * math.cos(turn) - y * math.sin(turn),
            point[1] + shift[1] + x * math.sin(turn) + y * math.cos(turn),
        )

    return tuple(
        Shape(shape.kind, _moved(shape.path, move), behind=shape.behind)
        for shape in known[entry["pose"]]
    )


def _moved(path: Sequence[Piece], move: Callable[[Spot], Spot]) -> tuple[Piece, ...]:
    return tuple((move(a), move(b), move(c), move(d)) for a, b, c, d in path)
