"""
Makes the files that acupress shows pictures from, out of ``data/figures``.

``CODE.json`` has the scenes of a point by side, their drawings (a grey image, and line
art in several sizes) and what `show --save` saves; ``view-NAME.json`` has the windows
for maps, and ``index.json`` the views of each point. ``acupress.figures.stored`` reads
them.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from acupress.figures.drawing import INDEX
from acupress.figures.frames import WIDEST, Box, Frame, Size, Spot, frame
from acupress.figures.images import PANEL, GreyImage
from acupress.figures.scenes import Role
from acupress.model import Side
from bodymap.atlas import Atlas
from bodymap.line_art import line_art
from bodymap.looks import PAPER, SCREEN
from bodymap.pages import bare_page
from bodymap.painting import Painter, paper_png
from bodymap.scenes import VectorScene
from bodymap.svg import svg
from bodymap.views import View, Window

# Line art is not scaled: the largest that fits is shown. The first is for maps.
_MAP_ART = (Size(18, 11), Size(30, 18))
_POINT_ART = (
    *(Size(23, 12), Size(27, 14)),
    *(Size(31, 15), Size(31, 17), Size(31, 18), Size(45, 28)),
)
_MARGIN = 0.05  # of the image beyond the box: the grid is offset by half a cell


_MAP_PIXELS, _POINT_PIXELS = 240, 440  # of an image's longer side
_STEP = 8  # greys are rounded to this, for images that compress well


# All that the files are made of, relative to the project: these, and Pillow.
SOURCES = ("bodymap/*.py", "data/figures/*.yaml", "src/acupress/figures/*.py")


def write_pictures(figures: Path, folder: Path) -> None:
    """Write the files of *figures* to *folder*, which is there once it is complete."""
    unfinished = folder.with_name(f"{folder.name}-{os.getpid()}")
    unfinished.mkdir(parents=True)
    for name, content in pictures(figures):
        (unfinished / name).write_text(content, "utf-8")
    if folder.is_dir():
        shutil.rmtree(folder)
    unfinished.rename(folder)


def pictures(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each file."""
    atlas, painters = Atlas(folder), (Painter(SCREEN), Painter(PAPER))
    yield INDEX, _json(dict(atlas.index))
    for code in atlas.index:
        yield f"{code}.json", _json(_point(atlas, code, *painters))
    for name in dict.fromkeys(view for views in atlas.index.values() for view in views):
        yield f"view-{name}.json", _json(_view(atlas.view(name), painters[0]))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _point(atlas: Atlas, code: str, screen: Painter, paper: Painter) -> dict[str, Any]:
    view, place = atlas.place(code)
    sides = [Side.LEFT, Side.RIGHT, Side.BOTH]
    if atlas.is_middle(code):
        sides = [Side.MIDDLE]
    scenes = {side: atlas.scene(code, side) for side in sides}
    # A left scene is a right one mirrored; on a limb only the right one is drawn.
    drawn = {side: Side.RIGHT if side is Side.LEFT else side for side in sides}
    if not view.mirror and place.near == place.window and Side.BOTH in drawn:
        drawn[Side.BOTH] = Side.RIGHT
    return {
        "scenes": {
            side.value: {
                "caption": scene.caption,
                "box": scene.box,
                "symmetric": scene.symmetric,
                "drawing": drawn[side].value,
                "mirrored": side is Side.LEFT,
                "marks": [(m.role.value, *_rounded(m.at), m.text) for m in scene.marks],
            }
            for side, scene in scenes.items()
        },
        "drawings": {
            side.value: _drawing(scenes[side], _POINT_ART, screen, _POINT_PIXELS)
            for side in dict.fromkeys(drawn.values())
        },
        "svg": svg(scenes[sides[-1]], f"{code}-{sides[-1].value}".lower()),
        "png": base64.b64encode(paper_png(scenes[sides[-1]], paper)).decode(),
    }


def _drawing(
    scene: VectorScene, sizes: tuple[Size, ...], painter: Painter, pixels: int
) -> dict[str, Any]:
    active = [mark.at for mark in scene.marks if mark.role is Role.ACTIVE]
    mark = active[0] if active else None
    grids = [
        frame(scene.box, size, symmetric=scene.symmetric, mark=mark) for size in sizes
    ]
    return {
        "image": _image(scene, painter, pixels).store(),
        "art": [
            {"grid": _grid(grid), "lines": line_art(scene, grid).lines}
            for grid in dict.fromkeys(grids)
        ],
    }


def _image(scene: VectorScene, painter: Painter, pixels: int) -> GreyImage:
    box = _image_box(scene.box)
    image = painter.paint(scene, bare_page(box, pixels))
    rounded = image.point([_near(grey) for grey in range(256)])
    width, data = rounded.width, rounded.tobytes()
    return GreyImage(
        box, tuple(data[at : at + width] for at in range(0, len(data), width))
    )


def _near(grey: int) -> int:
    """Return a grey near *grey*, and the background's for nothing else."""
    return PANEL if grey == PANEL else min(round(grey / _STEP) * _STEP, 255)


def _image_box(box: Box) -> Box:
    """Return what an image shows: the box, as wide as a frame may be, and a margin."""
    left, top, right, bottom = box
    high = (bottom - top) * (1 + 2 * _MARGIN)
    wide = max(right - left, (bottom - top) * WIDEST) * (1 + 2 * _MARGIN)
    middle = ((left + right) / 2, (top + bottom) / 2)
    return (
        middle[0] - wide / 2,
        middle[1] - high / 2,
        middle[0] + wide / 2,
        middle[1] + high / 2,
    )


def _grid(grid: Frame) -> tuple[int, int, float, float, float]:
    return (grid.columns, grid.rows, grid.left, grid.top, grid.width)


def _view(view: View, screen: Painter) -> dict[str, Any]:
    return {
        "caption": view.caption,
        "symmetric": view.mirror,
        "places": {code: _rounded(place.at) for code, place in view.places.items()},
        "windows": [
            _window(view, window, screen)
            for window in view.windows.values()
            if window.shows_both(view)
        ],
    }


def _window(view: View, window: Window, screen: Painter) -> dict[str, Any]:
    scene = VectorScene(
        window.title,
        view.caption,
        "",
        window.box,
        view.mirror,
        view.roundness,
        view.shapes,
    )
    return {
        "title": window.title,
        "box": window.box,
        "drawing": _drawing(scene, _MAP_ART, screen, _MAP_PIXELS),
    }


def _rounded(spot: Spot) -> Spot:
    return (round(spot[0], 2), round(spot[1], 2))
