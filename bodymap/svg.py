"""
Writes a scene as a self-contained SVG for paper, in light greys.

It refers to no font, image or URL, and all text is escaped.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from bodymap.looks import BLUE, PAPER
from bodymap.pages import Dot, Leader, Page, Words, marks_on, page
from bodymap.shapes import AREAS, Shape, ShapeKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from acupress.figures.frames import Spot
    from bodymap.curves import Piece
    from bodymap.scenes import VectorScene

_BLURS, _WIDE = (("s", 1.8), ("m", 4.0)), 7.0  # pixels; strokes above _WIDE get more
_CLOTH = 0.75  # opacity


def svg(scene: VectorScene, name: str) -> str:
    """Return the document; *name* prefixes its ids, which share a page with others."""
    sheet = _Sheet(name, page(scene))
    return "\n".join(
        (
            *_head(scene, sheet),
            *_definitions(scene, sheet),
            f'<g clip-path="url(#{name}-w)" stroke-linecap="round">',
            *_drawing(scene, sheet),
            "</g>",
            *(_annotation(each) for each in marks_on(scene, sheet.page)),
            "</svg>",
        )
    )


def _head(scene: VectorScene, sheet: _Sheet) -> Iterator[str]:
    wide, high, name = f"{sheet.page.wide:.0f}", f"{sheet.page.high:.0f}", sheet.name
    yield f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}"'
    yield f' viewBox="0 0 {wide} {high}" role="img" font-family="sans-serif"'
    yield f' aria-labelledby="{name}-t {name}-d">'
    yield f'<title id="{name}-t">{escape(scene.title)}</title>'
    yield f'<desc id="{name}-d">{escape(scene.alternative)}</desc>'


def _annotation(each: Dot | Leader | Words) -> str:
    match each:
        case Dot((x, y), radius, fill, border, width, glow):
            faint = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{glow}" fill="{fill}"'
            return (f'{faint} fill-opacity=".2"/>' if glow else "") + (
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius}" fill="{fill}"'
                f' stroke="{border}" stroke-width="{width}"/>'
            )
        case Leader((x, y), (end, line)):
            return (
                f'<path d="M{x:.1f},{y:.1f}L{end:.1f},{line:.1f}" fill="none"'
                f' stroke="{BLUE}" stroke-dasharray="2 3"/>'
            )
        case Words((x, y), text, size, anchor, colour):
            return (
                f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{colour}"'
                f' text-anchor="{anchor}">{escape(text)}</text>'
            )


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The page, and the prefix of its ids."""

    name: str
    page: Page

    def text(self, spot: Spot) -> str:
        x, y = self.page.xy(spot)
        return f"{x:.1f},{y:.1f}"

    def path(self, shape: Shape) -> str:
        bends = "".join(self.bend(piece) for piece in shape.path)
        end = "Z" if shape.kind in AREAS else ""
        return f"M{self.text(shape.path[0][0])}{bends}{end}"

    def bend(self, piece: Piece) -> str:
        return "C" + " ".join(self.text(spot) for spot in piece[1:])


def _grey(grey: int) -> str:
    return f"#{grey:02x}{grey:02x}{grey:02x}"


_OUTLINE = f' fill="none" stroke="{_grey(PAPER.dark)}" stroke-width="{PAPER.edge}"'


def _definitions(scene: VectorScene, sheet: _Sheet) -> Iterator[str]:
    """Yield the clip paths of the picture and of every skin, and the blur filters."""
    left, top, right, bottom = sheet.page.box
    x, y = sheet.page.xy((left, top))
    wide, high = (right - left) * sheet.page.scale, (bottom - top) * sheet.page.scale
    yield f'<defs><clipPath id="{sheet.name}-w"><rect x="{x:.1f}" y="{y:.1f}"'
    yield f' width="{wide:.1f}" height="{high:.1f}"/></clipPath>'
    bodies = [
        shape
        for shape in scene.shapes
        if shape.kind in {ShapeKind.SKIN, ShapeKind.HAIR}
    ]
    for number, shape in enumerate(bodies):
        yield f'<path id="{sheet.name}-p{number}" d="{sheet.path(shape)}"/>'
        yield f'<clipPath id="{sheet.name}-{number}">{_use(sheet, number)}</clipPath>'
    every = "".join(_use(sheet, number) for number in range(len(bodies)))
    yield f'<clipPath id="{sheet.name}-b">{every}</clipPath>'
    for key, blur in (("e", scene.roundness * sheet.page.scale * 0.25), *_BLURS):
        yield f'<filter id="{sheet.name}-{key}" filterUnits="userSpaceOnUse"'
        yield ' x="0" y="0"'
        yield f' width="{sheet.page.wide:.0f}" height="{sheet.page.high:.0f}">'
        yield f'<feGaussianBlur stdDeviation="{blur:.1f}"/></filter>'
    yield "</defs>"


def _drawing(scene: VectorScene, sheet: _Sheet) -> Iterator[str]:
    shown = scene.shown
    yield from (_hand(shape, sheet) for shape in scene.hand if shape.behind)
    bodies = [
        shape for shape in shown if shape.kind in {ShapeKind.SKIN, ShapeKind.HAIR}
    ]
    for number, shape in enumerate(bodies):
        yield from _body(shape, sheet, number, scene.roundness)
    yield f'<g clip-path="url(#{sheet.name}-b)">'
    for shape in shown:
        if shape.kind in {ShapeKind.CLOTH, ShapeKind.NAIL}:
            yield _filled(shape, sheet)
        elif shape.kind not in AREAS:
            yield _stroke(shape, sheet)
    yield "</g>"
    yield _use(sheet, len(bodies) - 1, _OUTLINE)
    yield from (_hand(shape, sheet) for shape in scene.hand if not shape.behind)


def _use(sheet: _Sheet, number: int, look: str = "") -> str:
    """Return a reference to a body's outline, whose path data is long."""
    return f'<use href="#{sheet.name}-p{number}"{look}/>'


def _body(shape: Shape, sheet: _Sheet, number: int, roundness: float) -> Iterator[str]:
    """Yield a skin or the hair: its fill, the shading inside its edge, its outline."""
    depth = min(roundness, _breadth(shape) / 4)
    yield _use(sheet, number, f' fill="{_grey(PAPER.fill[shape.kind])}"')
    shade = (
        f' fill="none" stroke="#000" stroke-opacity="{PAPER.shade}"'
        f' filter="url(#{sheet.name}-e)"'
        f' stroke-width="{depth * sheet.page.scale:.1f}"'
    )
    yield f'<g clip-path="url(#{sheet.name}-{number})">{_use(sheet, number, shade)}</g>'
    yield _use(sheet, number, _OUTLINE)


def _breadth(shape: Shape) -> float:
    xs = [spot[0] for piece in shape.path for spot in piece]
    ys = [spot[1] for piece in shape.path for spot in piece]
    return min(max(xs) - min(xs), max(ys) - min(ys))


def _filled(shape: Shape, sheet: _Sheet) -> str:
    return (
        f'<path d="{sheet.path(shape)}"'
        f' fill="{_grey(PAPER.fill[shape.kind])}"'
        f' fill-opacity="{_CLOTH if shape.kind is ShapeKind.CLOTH else 1}"'
        f' stroke="{_grey(PAPER.dark)}" stroke-width="{PAPER.edge_of(shape.kind)}"/>'
    )


def _hand(shape: Shape, sheet: _Sheet) -> str:
    """Return a part of the pressing hand, in white for contrast with the body."""
    if shape.kind is ShapeKind.HAND_LINE:
        return _stroke(shape, sheet)
    return _filled(shape, sheet)


def _stroke(shape: Shape, sheet: _Sheet) -> str:
    grey, opacity = PAPER.stroke[shape.kind]
    thin = shape.kind in {ShapeKind.LINE, ShapeKind.HAND_LINE}
    wide = PAPER.line if thin else max(shape.width * sheet.page.scale * 0.7, 2)
    key = _BLURS[wide > _WIDE][0]
    soft = "" if thin else f' filter="url(#{sheet.name}-{key})"'
    return (
        f'<path d="{sheet.path(shape)}" fill="none" stroke="{_grey(grey)}"'
        f' stroke-opacity="{opacity}" stroke-width="{wide:.1f}"{soft}/>'
    )
