"""
Builds views of the body from ``data/figures/NAME.yaml`` and resolves placements.

Lengths are millimetres of a person 1700 mm tall.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from acupress.errors import FileError
from bodymap import curves, hands
from bodymap.placing import BodySegment, Landmark, placement
from bodymap.shapes import AREAS, Shape, ShapeKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from acupress.figures.frames import Box, Spot
    from bodymap.hands import Pose

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Window:
    """A crop of a view."""

    name: str
    title: str
    box: Box

    def shows_both(self, view: View) -> bool:
        """Tell whether it shows both sides of a view, but not the whole body."""
        left, _, right, _ = self.box
        return self.name != "whole" and (not view.mirror or left == -right)


@dataclass(frozen=True, slots=True)
class Place:
    """
    The position of a point in a view, and the hand that presses the drawn side.

    *window* names the crop with both sides of a symmetrical view, *near* that of one.
    """

    code: str
    at: Spot
    landmarks: tuple[str, ...]
    beside: tuple[str, ...]
    words: str
    window: str
    near: str
    middle: bool
    hand: tuple[Shape, ...]
    both_hands: bool


@dataclass(frozen=True, slots=True)
class View:
    """
    A drawing, symmetrical about x = 0 if *mirror*, else of a right limb.

    *roundness* is the width of the shading at the edges, in millimetres.
    """

    caption: str
    mirror: bool
    roundness: float
    windows: Mapping[str, Window]
    shapes: tuple[Shape, ...]
    landmarks: Mapping[str, Landmark]
    segments: Mapping[str, BodySegment]
    places: Mapping[str, Place]


def view(file: str, data: Mapping[str, Any], poses: Mapping[str, Pose]) -> View:
    """Build a view from plain values; raises FileError at the first fault."""
    builder = _Builder(file, mirror=bool(data.get("mirror")))
    return builder.attempt("view", _view, data, poses, builder)


def _view(
    data: Mapping[str, Any], poses: Mapping[str, Pose], builder: _Builder
) -> View:
    windows = builder.each(data, "windows", _window)
    landmarks = builder.each(data, "landmarks", _landmark)
    segments = builder.each(data, "segments", _segment, landmarks)
    shapes = builder.shapes(data["shapes"])
    known = _Parts(windows, landmarks, segments, shapes, poses)
    return View(
        caption=str(data["caption"]),
        mirror=builder.mirror,
        roundness=float(data["roundness"]),
        windows=windows,
        shapes=shapes,
        landmarks=landmarks,
        segments=segments,
        places=builder.each(data, "points", _place, known),
    )


def on_body(spot: Spot, shapes: Sequence[Shape]) -> bool:
    """Return whether *spot* is on the skin or the hair."""
    return any(
        curves.inside(spot, shape.outline)
        for shape in shapes
        if shape.kind in {ShapeKind.SKIN, ShapeKind.HAIR}
    )


@dataclass(frozen=True, slots=True)
class _Parts:
    windows: Mapping[str, Window]
    landmarks: Mapping[str, Landmark]
    segments: Mapping[str, BodySegment]
    shapes: tuple[Shape, ...]
    poses: Mapping[str, Pose]


@dataclass(frozen=True, slots=True)
class _Builder:
    """Builds the parts of one file, and names the part in errors."""

    file: str
    mirror: bool

    def each(
        self,
        data: Mapping[str, Any],
        part: str,
        build: Callable[..., _T],
        *known: object,
    ) -> dict[str, _T]:
        """Build a value from each entry of *part*, by name."""
        entries = data.get(part, {})
        if not isinstance(entries, dict):
            raise self.fault(f"{part}: write names with their values below it")
        return {
            key: self.attempt(key, build, key, entry, *known)
            for key, entry in entries.items()
        }

    def attempt(self, where: str, build: Callable[..., _T], *values: object) -> _T:
        try:
            return build(*values)
        except KeyError as error:
            raise self.fault(f"{where}: {error} is missing") from None
        except (ValueError, TypeError) as error:
            raise self.fault(f"{where}: {error}") from None

    def fault(self, message: str) -> FileError:
        return FileError(self.file, 1, 1, message)

    def shapes(self, entries: Sequence[Mapping[str, Any]]) -> tuple[Shape, ...]:
        return tuple(
            shape
            for number, entry in enumerate(entries, start=1)
            for shape in self.attempt(f"shape {number}", _shapes, entry, self.mirror)
        )


def _window(name: str, entry: Mapping[str, Any]) -> Window:
    return Window(name, str(entry["title"]), _box(entry["box"]))


def _landmark(_name: str, entry: Mapping[str, Any]) -> Landmark:
    return Landmark(_spot(entry["at"]), str(entry["label"]))


def _place(code: str, entry: Mapping[str, Any], known: _Parts) -> Place:
    spot = placement(entry["at"], known.landmarks, known.segments)
    if not on_body(spot.at, known.shapes):
        x, y = (round(value) for value in spot.at)
        message = f"({x}, {y}) lies outside the body outline"
        raise ValueError(message)
    window = _one_of(str(entry["window"]), known.windows, "window")
    near = _one_of(str(entry.get("near", window)), known.windows, "window")
    gap = _gap(known.windows[window].box)
    beside = entry.get("beside", ())
    return Place(
        code=code,
        at=spot.at,
        landmarks=spot.landmarks,
        beside=tuple(_one_of(name, known.landmarks, "landmark") for name in beside),
        words=str(entry.get("words", spot.words)),
        window=window,
        near=near,
        middle=spot.at[0] == 0,
        hand=tuple(
            shape
            for hand in entry.get("hand", ())
            for shape in hands.placed(known.poses, hand, spot.at, gap)
        ),
        both_hands=bool(entry.get("both_hands", False)),
    )


def _one_of(name: str, known: Mapping[str, object], what: str) -> str:
    if name not in known:
        message = f"there is no {what} {name!r} (known: {', '.join(known)})"
        raise ValueError(message)
    return name


def _gap(box: Box) -> float:
    """Return the distance of a fingertip from its point: about one cell, in mm."""
    return max((box[2] - box[0]) / 30, (box[3] - box[1]) / 36) * 0.9


def _shapes(entry: Mapping[str, Any], mirror: bool) -> tuple[Shape, ...]:  # noqa: FBT001
    kind = ShapeKind(entry["kind"])
    closed = kind in AREAS
    knots = curves.knots(entry["points"])
    outlines = curves.halves(knots, closed=closed) if mirror else (knots,)
    return tuple(
        Shape(
            kind,
            curves.smooth(outline, closed=closed),
            float(entry.get("width", 0)),
            bool(entry.get("fine", False)),
        )
        for outline in outlines
    )


def _segment(
    _name: str, entry: Mapping[str, Any], landmarks: Mapping[str, Landmark]
) -> BodySegment:
    start, end = (
        landmarks[_one_of(entry[key], landmarks, "landmark")] for key in ("from", "to")
    )
    return BodySegment(start.at, end.at, float(entry["cun"]))


def _spot(values: Sequence[float]) -> Spot:
    x, y = values
    return (float(x), float(y))


def _box(values: Sequence[float]) -> Box:
    left, top, right, bottom = values
    return (float(left), float(top), float(right), float(bottom))
