"""
Parses curves through control points, mirrors them and converts them to Béziers.

A curve is written ``"x y, x y, ..."`` in millimetres, y downwards; a ``!`` after a
point makes it a corner. It is a Catmull-Rom spline, which interpolates every point,
in the centripetal form, which does not overshoot between unevenly spaced ones.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from acupress.figures.frames import Spot

Piece = tuple["Spot", "Spot", "Spot", "Spot"]
"""A cubic Bézier segment: start, two control points, end."""

_TUBE_CAP = (-60, -30, 0, 30, 60)  # degrees: the outline round a fingertip


@dataclass(frozen=True, slots=True)
class Knot:
    """A point of a curve, with the *radius* of a finger in millimetres."""

    x: float
    y: float
    corner: bool = False
    radius: float = 0.0

    @property
    def spot(self) -> Spot:
        """The coordinates alone."""
        return (self.x, self.y)


def knots(text: str) -> tuple[Knot, ...]:
    """Parse ``"x y, x y!, x y radius"``; raises ValueError naming the invalid part."""
    return tuple(_knot(part) for part in text.split(","))


def _knot(part: str) -> Knot:
    words = part.replace("!", " ").split()
    if len(words) not in {2, 3}:
        message = f"a control point is 'x y' or 'x y radius', not {part.strip()!r}"
        raise ValueError(message)
    x, y, *radius = (float(word) for word in words)
    return Knot(x, y, "!" in part, radius[0] if radius else 0.0)


def halves(half: Sequence[Knot], *, closed: bool) -> tuple[tuple[Knot, ...], ...]:
    """
    Mirror a curve of the right half at x = 0 and return the resulting curves.

    A closed curve with both ends on the axis, or an open one that starts there, is
    joined to its mirror image. Any other gets it as a second curve, unless it runs
    along the axis.
    """
    mirrored = tuple(Knot(-knot.x, knot.y, knot.corner, knot.radius) for knot in half)
    if all(knot.x == 0 for knot in half):
        return (tuple(half),)
    if half[0].x == 0 and (half[-1].x == 0 or not closed):
        back = mirrored[-2:0:-1] if closed else mirrored[:0:-1]
        return ((*half, *back),) if closed else ((*back, *half),)
    return (tuple(half), mirrored)


def smooth(points: Sequence[Knot], *, closed: bool) -> tuple[Piece, ...]:
    """Return the Catmull-Rom spline through *points* as Bézier segments."""
    count = len(points)
    last = count if closed else count - 1
    return tuple(_piece(points, index, closed=closed) for index in range(last))


def _piece(points: Sequence[Knot], index: int, *, closed: bool) -> Piece:
    start, end = points[index], points[(index + 1) % len(points)]
    before = _neighbour(points, index, -1, closed=closed)
    after = _neighbour(points, (index + 1) % len(points), 1, closed=closed)
    return (
        start.spot,
        _handle(before, start.spot, end.spot),
        _handle(after, end.spot, start.spot),
        end.spot,
    )


def _neighbour(points: Sequence[Knot], index: int, step: int, *, closed: bool) -> Spot:
    """Return the adjacent point, or the point itself at a corner or an open end."""
    beyond = index + step
    if points[index].corner or (not closed and not 0 <= beyond < len(points)):
        return points[index].spot
    return points[beyond % len(points)].spot


def _handle(before: Spot, here: Spot, there: Spot) -> Spot:
    """Return the Bézier control point at *here* on the segment to *there*."""
    first = math.sqrt(math.dist(before, here))
    second = math.sqrt(math.dist(here, there))
    if not first or not second:  # coincident points have no tangent
        return (here[0] + (there[0] - here[0]) / 3, here[1] + (there[1] - here[1]) / 3)
    weight = 2 * first * first + 3 * first * second + second * second
    divisor = 3 * first * (first + second)
    x, y = (
        (first * first * t - second * second * b + weight * h) / divisor
        for b, h, t in zip(before, here, there, strict=True)
    )
    return (x, y)


def flatten(pieces: Iterable[Piece], steps: int = 7) -> tuple[Spot, ...]:
    """Return the curve as a polyline, *steps* lines a segment."""
    spots: list[Spot] = []
    for piece in pieces:
        if not spots:
            spots.append(piece[0])
        spots.extend(_at(piece, step / steps) for step in range(1, steps + 1))
    return tuple(spots)


def _at(piece: Piece, t: float) -> Spot:
    u = 1 - t
    weights = (u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t)
    return (
        sum(weight * spot[0] for weight, spot in zip(weights, piece, strict=True)),
        sum(weight * spot[1] for weight, spot in zip(weights, piece, strict=True)),
    )


def tube(spine: Sequence[Knot]) -> tuple[Knot, ...]:
    """Return the closed outline of a finger, whose *spine* ends at the tip."""
    angles = [_direction(spine, index) for index in range(len(spine))]
    near = [_offset(knot, angle, 90) for knot, angle in zip(spine, angles, strict=True)]
    far = [_offset(knot, angle, -90) for knot, angle in zip(spine, angles, strict=True)]
    cap = [_offset(spine[-1], angles[-1], -degrees) for degrees in _TUBE_CAP]
    foot = Knot(near[0].x, near[0].y, corner=True)
    heel = Knot(far[0].x, far[0].y, corner=True)
    return (foot, *near[1:], *cap, *far[:0:-1], heel)


def _direction(spine: Sequence[Knot], index: int) -> float:
    """Return the angle of the spine at a knot, in radians."""
    before = spine[max(index - 1, 0)]
    after = spine[min(index + 1, len(spine) - 1)]
    return math.atan2(after.y - before.y, after.x - before.x)


def _offset(knot: Knot, direction: float, degrees: float) -> Knot:
    angle = direction + math.radians(degrees)
    return Knot(
        knot.x + knot.radius * math.cos(angle), knot.y + knot.radius * math.sin(angle)
    )


def crossings(outline: Sequence[Spot], y: float) -> list[float]:
    """Return the sorted x at which a closed outline crosses the scanline *y*."""
    ends = zip(outline, (*outline[1:], outline[0]), strict=True)
    return sorted(
        ax + (y - ay) * (bx - ax) / (by - ay)
        for (ax, ay), (bx, by) in ends
        if (ay > y) != (by > y)
    )


def inside(spot: Spot, outline: Sequence[Spot]) -> bool:
    """Return whether *spot* is inside a closed outline (even-odd rule)."""
    return sum(x > spot[0] for x in crossings(outline, spot[1])) % 2 == 1


def flipped(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Return the curve mirrored at x = 0: a right limb becomes a left one."""
    return tuple(
        ((-a[0], a[1]), (-b[0], b[1]), (-c[0], c[1]), (-d[0], d[1]))
        for a, b, c, d in pieces
    )
