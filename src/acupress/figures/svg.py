"""
Renders a scene as a self-contained SVG for paper, in light greys.

It refers to no font, image or URL, and all text is escaped.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from acupress.figures.scenes import Role
from acupress.figures.shapes import AREAS, ShapeKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from acupress.figures.curves import Piece, Spot
    from acupress.figures.scenes import Mark, Scene
    from acupress.figures.shapes import Shape

_LONGEST = 420.0  # pixels of the drawing's longer side; the text sizes count on it
_LETTER, _MARGIN, _FOOT = 7.4, 22.0, 34.0  # width of a letter; room beside and below
_FILL = {
    ShapeKind.SKIN: "#ececec",
    ShapeKind.HAIR: "#8e8e8e",
    ShapeKind.CLOTH: "#c9c9c9",
    ShapeKind.NAIL: "#fcfcfc",
    ShapeKind.HAND: "#ffffff",
    ShapeKind.HAND_NAIL: "#ededed",
}
_STROKE = {
    ShapeKind.LINE: ("#777", 1.0),
    ShapeKind.FURROW: ("#000", 0.22),
    ShapeKind.RIDGE: ("#fff", 0.65),
    ShapeKind.HAND_LINE: ("#777", 1.0),
}
_BLURS, _WIDE = (("s", 1.8), ("m", 4.0)), 7.0  # pixels; strokes above _WIDE get more
_RED, _BLUE, _DARK = "#c62828", "#1f4e79", "#4a4a4a"
_OUTLINE = f' fill="none" stroke="{_DARK}" stroke-width="1.6"'


def svg(scene: Scene, name: str) -> str:
    """Return the document; *name* prefixes its ids, which share a page with others."""
    page = _page(scene, name)
    return "\n".join(
        (
            *_head(scene, page),
            *_definitions(scene, page),
            f'<g clip-path="url(#{name}-w)" stroke-linecap="round">',
            *_drawing(scene, page),
            "</g>",
            *_marks(scene, page),
            *_foot(scene, page),
            "</svg>",
        )
    )


def _head(scene: Scene, page: _Page) -> Iterator[str]:
    wide, high, name = f"{page.wide:.0f}", f"{page.high:.0f}", page.name
    yield f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}"'
    yield f' viewBox="0 0 {wide} {high}" role="img" font-family="sans-serif"'
    yield f' aria-labelledby="{name}-t {name}-d">'
    yield f'<title id="{name}-t">{escape(scene.title)}</title>'
    yield f'<desc id="{name}-d">{escape(scene.alternative)}</desc>'


def _foot(scene: Scene, page: _Page) -> Iterator[str]:
    yield f'<text x="{page.wide / 2:.0f}" y="{page.high - 10:.0f}" font-size="13"'
    yield f' text-anchor="middle" fill="{_DARK}">{escape(scene.caption)}</text>'


@dataclass(frozen=True, slots=True)
class _Page:
    """The page, with the transform from millimetres of the body to pixels."""

    name: str
    left: float
    top: float
    scale: float
    side: float
    wide: float
    high: float

    def xy(self, spot: Spot) -> Spot:
        return (
            self.side + (spot[0] - self.left) * self.scale,
            (spot[1] - self.top) * self.scale + 4,
        )

    def text(self, spot: Spot) -> str:
        x, y = self.xy(spot)
        return f"{x:.1f},{y:.1f}"

    def path(self, shape: Shape) -> str:
        bends = "".join(self.bend(piece) for piece in shape.path)
        end = "Z" if shape.kind in AREAS else ""
        return f"M{self.text(shape.path[0][0])}{bends}{end}"

    def bend(self, piece: Piece) -> str:
        return "C" + " ".join(self.text(spot) for spot in piece[1:])


def _page(scene: Scene, name: str) -> _Page:
    left, top, right, bottom = scene.box
    scale = _LONGEST / max(right - left, bottom - top)
    words = [len(mark.text) for mark in scene.marks if mark.role is Role.LANDMARK]
    side = _MARGIN + _LETTER * max(words, default=0)
    wide = max((right - left) * scale + 2 * side, 7 * len(scene.caption))
    side = (wide - (right - left) * scale) / 2
    return _Page(name, left, top, scale, side, wide, (bottom - top) * scale + _FOOT)


def _definitions(scene: Scene, page: _Page) -> Iterator[str]:
    """Yield the clip paths of the picture and of every skin, and the blur filters."""
    left, top, right, bottom = scene.box
    x, y = page.xy((left, top))
    wide, high = (right - left) * page.scale, (bottom - top) * page.scale
    yield f'<defs><clipPath id="{page.name}-w"><rect x="{x:.1f}" y="{y:.1f}"'
    yield f' width="{wide:.1f}" height="{high:.1f}"/></clipPath>'
    bodies = [
        shape
        for shape in scene.shapes
        if shape.kind in {ShapeKind.SKIN, ShapeKind.HAIR}
    ]
    for number, shape in enumerate(bodies):
        yield f'<path id="{page.name}-p{number}" d="{page.path(shape)}"/>'
        yield f'<clipPath id="{page.name}-{number}">{_use(page, number)}</clipPath>'
    every = "".join(_use(page, number) for number in range(len(bodies)))
    yield f'<clipPath id="{page.name}-b">{every}</clipPath>'
    for key, blur in (("e", scene.roundness * page.scale * 0.25), *_BLURS):
        yield f'<filter id="{page.name}-{key}" filterUnits="userSpaceOnUse" x="0" y="0"'
        yield f' width="{page.wide:.0f}" height="{page.high:.0f}">'
        yield f'<feGaussianBlur stdDeviation="{blur:.1f}"/></filter>'
    yield "</defs>"


def _drawing(scene: Scene, page: _Page) -> Iterator[str]:
    shown = scene.shown
    yield from (_hand(shape, page) for shape in scene.hand if shape.behind)
    bodies = [
        shape for shape in shown if shape.kind in {ShapeKind.SKIN, ShapeKind.HAIR}
    ]
    for number, shape in enumerate(bodies):
        yield from _body(shape, page, number, scene.roundness)
    yield f'<g clip-path="url(#{page.name}-b)">'
    for shape in shown:
        if shape.kind in {ShapeKind.CLOTH, ShapeKind.NAIL}:
            yield _filled(shape, page, 0.8)
        elif shape.kind not in AREAS:
            yield _stroke(shape, page)
    yield "</g>"
    yield _use(page, len(bodies) - 1, _OUTLINE)
    yield from (_hand(shape, page) for shape in scene.hand if not shape.behind)


def _use(page: _Page, number: int, look: str = "") -> str:
    """Return a reference to a body's outline, whose path data is long."""
    return f'<use href="#{page.name}-p{number}"{look}/>'


def _body(shape: Shape, page: _Page, number: int, roundness: float) -> Iterator[str]:
    """Yield a skin or the hair: its fill, the shading inside its edge, its outline."""
    depth = min(roundness, _breadth(shape) / 4)
    yield _use(page, number, f' fill="{_FILL[shape.kind]}"')
    shade = (
        f' fill="none" stroke="#000" stroke-opacity=".3" filter="url(#{page.name}-e)"'
        f' stroke-width="{depth * page.scale:.1f}"'
    )
    yield f'<g clip-path="url(#{page.name}-{number})">{_use(page, number, shade)}</g>'
    yield _use(page, number, _OUTLINE)


def _breadth(shape: Shape) -> float:
    xs = [spot[0] for piece in shape.path for spot in piece]
    ys = [spot[1] for piece in shape.path for spot in piece]
    return min(max(xs) - min(xs), max(ys) - min(ys))


def _filled(shape: Shape, page: _Page, edge: float) -> str:
    return (
        f'<path d="{page.path(shape)}" fill="{_FILL[shape.kind]}"'
        f' fill-opacity="{0.75 if shape.kind is ShapeKind.CLOTH else 1}"'
        f' stroke="{_DARK}" stroke-width="{edge}"/>'
    )


def _hand(shape: Shape, page: _Page) -> str:
    """Return a part of the pressing hand, in white for contrast with the body."""
    if shape.kind is ShapeKind.HAND_LINE:
        return _stroke(shape, page)
    return _filled(shape, page, 1.5 if shape.kind is ShapeKind.HAND else 0.8)


def _stroke(shape: Shape, page: _Page) -> str:
    colour, opacity = _STROKE[shape.kind]
    thin = shape.kind in {ShapeKind.LINE, ShapeKind.HAND_LINE}
    wide = 1.3 if thin else max(shape.width * page.scale * 0.7, 2)
    key = _BLURS[wide > _WIDE][0]
    soft = "" if thin else f' filter="url(#{page.name}-{key})"'
    return (
        f'<path d="{page.path(shape)}" fill="none" stroke="{colour}"'
        f' stroke-opacity="{opacity}" stroke-width="{wide:.1f}"{soft}/>'
    )


def _marks(scene: Scene, page: _Page) -> Iterator[str]:
    shown = [mark for mark in scene.marks if _within(mark, scene)]
    used: dict[bool, list[float]] = {False: [], True: []}
    for mark in shown:
        if mark.role is Role.LANDMARK:
            yield from _label(mark, scene, page, used)
    for mark in shown:
        if mark.role is not Role.LANDMARK:
            yield _point(mark, page)


def _within(mark: Mark, scene: Scene) -> bool:
    left, top, right, bottom = scene.box
    return left <= mark.at[0] <= right and top <= mark.at[1] <= bottom


def _point(mark: Mark, page: _Page) -> str:
    x, y = page.xy(mark.at)
    if mark.role is Role.OTHER:
        return (
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="7" fill="#fff" stroke="{_RED}"'
            f' stroke-width="2.5"/>'
        )
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="12" fill="{_RED}" fill-opacity=".2"/>'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="6.5" fill="{_RED}" stroke="#fff"'
        f' stroke-width="1.5"/>'
    )


def _label(
    mark: Mark, scene: Scene, page: _Page, used: dict[bool, list[float]]
) -> Iterator[str]:
    x, y = page.xy(mark.at)
    yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{_BLUE}" stroke="#fff"/>'
    if not mark.text:
        return
    right = _goes_right(mark, scene)
    line = _free_height(y, used[right])
    end = page.wide - page.side + 8 if right else page.side - 8
    near = end + (-4 if right else 4)
    yield f'<path d="M{x:.1f},{y:.1f}L{near:.1f},{line:.1f}" fill="none"'
    yield f' stroke="{_BLUE}" stroke-dasharray="2 3"/>'
    yield f'<text x="{end:.1f}" y="{line + 4.5:.1f}" font-size="14" fill="{_BLUE}"'
    yield f' text-anchor="{"start" if right else "end"}">{escape(mark.text)}</text>'


def _goes_right(mark: Mark, scene: Scene) -> bool:
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
    while any(abs(y - other) < 18 for other in used):  # noqa: PLR2004 - line height
        y += 6
    used.append(y)
    return y
