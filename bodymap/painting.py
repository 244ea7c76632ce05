"""
Paints scenes as images, by Pillow.

What a scene has of the body is painted once for all hands that press there: see
`Painter.body`. Blurred lines are painted on a mask, and the mask is blurred.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image, ImageChops, ImageColor, ImageDraw, ImageFilter, ImageFont

from bodymap.looks import BLUE, Look
from bodymap.pages import Dot, Leader, Page, Words, marks_on, page
from bodymap.shapes import AREAS, Shape, ShapeKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from acupress.figures.frames import Spot
    from bodymap.scenes import VectorScene

_FINE = 2  # samples per pixel in each direction
_BODIES = {ShapeKind.SKIN, ShapeKind.HAIR}
_BLURS, _WIDE = (1.8, 4.0), 7.0  # pixels; strokes above _WIDE get more
# The colours of a PNG: greys, and red and blue with what lies between them and white.
_GREYS = 20
_REDS, _BLUES = ("#c62828", "#e08a8a", "#f0c4c4"), ("#1f4e79", "#6d8cab", "#b5c4d3")


@dataclass(frozen=True, slots=True)
class _Body:
    """The body in an image, and the mask of where it is."""

    image: Image.Image
    mask: Image.Image


@dataclass(slots=True)
class Painter:
    """Paints in one look; caches bodies."""

    look: Look
    _bodies: dict[object, _Body] = field(default_factory=dict, repr=False)

    def paint(self, scene: VectorScene, here: Page) -> Image.Image:
        """Return the drawing of *scene* without marks, in greys."""
        key = (here, tuple(map(id, scene.shown)))
        if key not in self._bodies:
            self._bodies[key] = _body(scene, _Canvas.on(here, self.look))
        body = self._bodies[key]
        canvas = _Canvas.on(here, self.look)
        for shape in scene.hand:
            if shape.behind:
                canvas.hand(shape)
        canvas.image.paste(body.image, mask=body.mask)
        for shape in scene.hand:
            if not shape.behind:
                canvas.hand(shape)
        return canvas.image.reduce(_FINE)


def _body(scene: VectorScene, canvas: _Canvas) -> _Body:
    bodies = [shape for shape in scene.shown if shape.kind in _BODIES]
    masks = [canvas.whole(canvas.area(shape)) for shape in bodies]
    whole = Image.new("L", canvas.image.size)
    for shape, mask in zip(bodies, masks, strict=True):
        canvas.solid(shape, mask, scene.roundness)
        whole = ImageChops.lighter(whole, mask)
    for shape in scene.shown:
        if shape.kind in {ShapeKind.CLOTH, ShapeKind.NAIL}:
            canvas.filled(shape, whole)
        elif shape.kind not in AREAS:
            canvas.stroke(shape, whole)
    canvas.outline(bodies[-1])
    for shape in bodies:
        edge = canvas.whole(canvas.trace(shape, canvas.look.edge))
        whole = ImageChops.lighter(whole, edge)
    return _Body(canvas.image, whole)


@dataclass(slots=True)
class _Canvas:
    """An image in samples, *scale* of them per pixel of the page."""

    image: Image.Image
    page: Page
    look: Look

    @classmethod
    def on(cls, here: Page, look: Look) -> _Canvas:
        size = (round(here.wide) * _FINE, round(here.high) * _FINE)
        return cls(Image.new("L", size, look.ground), here, look)

    def whole(self, patch: _Patch) -> Image.Image:
        """Return *patch* as a mask of the whole image."""
        mask = Image.new("L", self.image.size)
        mask.paste(patch.mask, patch.box)
        return mask

    def line(self, shape: Shape) -> list[Spot]:
        spots = (self.page.xy(spot) for spot in shape.outline)
        return [(x * _FINE, y * _FINE) for x, y in spots]

    def area(self, shape: Shape) -> _Patch:
        line = self.line(shape)
        patch = _Patch.around(line, 1, self.image.size)
        shifted = [(x - patch.left, y - patch.top) for x, y in line]
        ImageDraw.Draw(patch.mask).polygon(shifted, fill=255)
        return patch

    def outline(self, shape: Shape, within: Image.Image | None = None) -> None:
        wide = self.look.edge_of(shape.kind)
        if shape.kind is ShapeKind.HAND:  # where a finger is a few pixels wide
            wide *= min(self.page.scale / 2, 1)
        edge = self.trace(shape, wide)
        self.put(self.look.dark, edge, within)

    def solid(self, shape: Shape, mask: Image.Image, roundness: float) -> None:
        """Paint a skin or the hair: its fill, the shading inside its edge, its edge."""
        self.put(self.look.fill[shape.kind], _Patch(mask, 0, 0))
        depth = min(roundness, _breadth(shape) / 4) * self.page.scale
        blur = roundness * self.page.scale * 0.25
        self.put(0, self.trace(shape, depth, blur), mask, self.look.shade)
        self.outline(shape)

    def filled(self, shape: Shape, within: Image.Image) -> None:
        self.put(self.look.fill[shape.kind], self.area(shape), within)
        self.outline(shape, within)

    def hand(self, shape: Shape) -> None:
        if shape.kind is ShapeKind.HAND_LINE:
            self.stroke(shape, None)
            return
        fill = self.look.behind if shape.behind else self.look.fill[shape.kind]
        self.put(fill, self.area(shape))
        self.outline(shape)

    def stroke(self, shape: Shape, within: Image.Image | None) -> None:
        grey, opacity = self.look.stroke[shape.kind]
        thin = shape.kind in {ShapeKind.LINE, ShapeKind.HAND_LINE}
        share, least = (self.look.share, self.look.line) if thin else (0.7, 2)
        wide = max(shape.width * self.page.scale * share, least)
        if shape.kind is ShapeKind.HAND_LINE:
            wide *= min(self.page.scale / 2, 1)
        blur = 0.0 if thin else _BLURS[wide > _WIDE]
        self.put(grey, self.trace(shape, wide, blur), within, opacity)

    def trace(self, shape: Shape, width: float, blur: float = 0.0) -> _Patch:
        """Return the curve of *shape*, *width* pixels wide, blurred by *blur*."""
        line = self.line(shape)
        closed = [*line, *line[:2]] if shape.kind in AREAS else line
        width, blur = width * _FINE, blur * _FINE
        patch = _Patch.around(line, width / 2 + 3 * blur, self.image.size)
        shifted = [(x - patch.left, y - patch.top) for x, y in closed]
        draw, radius = ImageDraw.Draw(patch.mask), width / 2
        draw.line(shifted, fill=255, width=max(round(width), 1), joint="curve")
        if shape.kind not in AREAS:
            for x, y in (shifted[0], shifted[-1]):
                draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
        if blur:
            blurred = patch.mask.filter(ImageFilter.GaussianBlur(blur))
            return _Patch(blurred, patch.left, patch.top)
        return patch

    def put(
        self,
        grey: int,
        patch: _Patch,
        within: Image.Image | None = None,
        opacity: float = 1.0,
    ) -> None:
        """Paint *grey* through *patch*, and only *within* a mask if there is one."""
        mask = patch.mask
        if within:
            mask = ImageChops.multiply(mask, within.crop(patch.box))
        if opacity < 1:
            mask = mask.point([round(value * opacity) for value in range(256)])
        self.image.paste(grey, patch.box, mask)


@dataclass(frozen=True, slots=True)
class _Patch:
    """A mask of a part of an image, with its top left corner at *left*, *top*."""

    mask: Image.Image
    left: int
    top: int

    @classmethod
    def around(cls, line: Sequence[Spot], by: float, size: tuple[int, int]) -> _Patch:
        """Return an empty mask around *line* and *by* samples more."""
        xs, ys = [x for x, _ in line], [y for _, y in line]
        left, top = max(int(min(xs) - by), 0), max(int(min(ys) - by), 0)
        right, bottom = int(max(xs) + by) + 1, int(max(ys) + by) + 1
        across = max(min(right, size[0]) - left, 1)
        down = max(min(bottom, size[1]) - top, 1)
        return cls(Image.new("L", (across, down)), left, top)

    @property
    def box(self) -> tuple[int, int, int, int]:
        wide, high = self.mask.size
        return (self.left, self.top, self.left + wide, self.top + high)


def _breadth(shape: Shape) -> float:
    xs = [spot[0] for spot in shape.outline]
    ys = [spot[1] for spot in shape.outline]
    return min(max(xs) - min(xs), max(ys) - min(ys))


def paper_png(scene: VectorScene, painter: Painter) -> bytes:
    """Return *scene* for paper, with marks, labels and caption, as a PNG image."""
    here = _doubled(page(scene))
    drawn = painter.paint(scene, here)
    left, top = (round(value) for value in here.xy(scene.box[:2]))
    right, bottom = (round(value) for value in here.xy(scene.box[2:]))
    image = Image.new("RGB", drawn.size, "#ffffff")
    crop = (left, top, right, bottom)
    image.paste(drawn.crop(crop).convert("RGB"), crop)
    for each in marks_on(scene, page(scene)):
        _annotate(image, each)
    written = BytesIO()
    few = image.quantize(palette=_palette(), dither=Image.Dither.NONE)
    few.save(written, "PNG", optimize=True)
    return written.getvalue()


@cache
def _palette() -> Image.Image:
    greys = [round(step * 255 / (_GREYS - 1)) for step in range(_GREYS)]
    colours = [(grey, grey, grey) for grey in greys]
    colours += [ImageColor.getrgb(name)[:3] for name in (*_REDS, *_BLUES)]
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for colour in colours for part in colour])
    return palette


_ZOOM = 1.25  # pixels of a PNG per pixel of a page


def _doubled(here: Page) -> Page:
    return Page(
        here.box,
        here.scale * _ZOOM,
        here.side * _ZOOM,
        here.above * _ZOOM,
        here.wide * _ZOOM,
        here.high * _ZOOM,
    )


def _annotate(image: Image.Image, each: Dot | Leader | Words) -> None:
    draw = ImageDraw.Draw(image)
    match each:
        case Dot((x, y), radius, fill, border, width, glow):
            spot = (x * _ZOOM, y * _ZOOM)
            if glow:
                draw.circle(spot, glow * _ZOOM, fill=_REDS[2])
            draw.circle(
                spot,
                (radius + width / 2) * _ZOOM,
                fill=fill,
                outline=border,
                width=round(width * _ZOOM),
            )
        case Leader((x, y), (end, line)):
            steps = max(int(abs(end - x) // 5), 1)
            for step in range(steps):
                share, until = step / steps, (step + 0.4) / steps
                draw.line(
                    [
                        (
                            (x + (end - x) * part) * _ZOOM,
                            (y + (line - y) * part) * _ZOOM,
                        )
                        for part in (share, until)
                    ],
                    fill=BLUE,
                    width=round(_ZOOM),
                )
        case Words((x, y), text, size, anchor, colour):
            where = {"start": "ls", "middle": "ms", "end": "rs"}[anchor]
            draw.text(
                (x * _ZOOM, y * _ZOOM),
                text,
                fill=colour,
                font=_font(round(size * _ZOOM)),
                anchor=where,
            )


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    """Return the font that comes with Pillow: the same wherever a wheel is built."""
    font = ImageFont.load_default(size)
    assert isinstance(font, ImageFont.FreeTypeFont)  # noqa: S101 - for mypy
    return font
