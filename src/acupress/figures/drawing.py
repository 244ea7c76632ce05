"""
Shows points and regions of the body; the entry point of this package.

The pictures were drawn when the package was built: here one is chosen, scaled and
marked. Nothing here depends on the catalogue, the session or Rich.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from acupress.figures.frames import Frame, Size, frame
from acupress.figures.modes import Mode
from acupress.figures.scenes import Role, Scene
from acupress.figures.spans import Ink, Rows, Span
from acupress.figures.stored import View, point_scene, view

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from acupress.figures.raster import Raster
    from acupress.figures.region_map import MapPanel, RegionMap
    from acupress.model import Side

__all__ = [
    "INDEX",
    "Figures",
    "Ink",
    "Mode",
    "Picture",
    "Rows",
    "Size",
    "Span",
    "load_figures",
]

INDEX = "index.json"
"""The file that names the views of each point."""


@dataclass(frozen=True, slots=True)
class Picture:
    """
    A picture and the words under it.

    With a *raster*, which fills the cells of *rows*, these are only its labels.
    """

    rows: Rows
    caption: str
    raster: Raster | None = None


def load_figures(folder: Path) -> Figures:
    """Load the index of *folder*; a checkout in which nothing is built has none."""
    index = folder / INDEX
    found = json.loads(index.read_bytes()) if index.is_file() else {}
    return Figures(folder, {code: tuple(views) for code, views in found.items()})


@dataclass(slots=True)
class Figures:
    """The pictures of a folder, with a cache of those in use."""

    folder: Path
    index: Mapping[str, tuple[str, ...]]
    _pictures: dict[tuple[object, ...], Picture | None] = field(
        default_factory=dict, repr=False
    )

    def figure_for(self, code: str) -> tuple[str, ...]:
        """Return the names of the views that show *code*, best first."""
        return self.index.get(code, ())

    def scene(self, code: str, side: Side) -> Scene:
        """Return the scene of *code*, to be rendered."""
        return point_scene(self._stored(code), side)

    def picture(self, code: str, side: Side, size: Size, mode: Mode) -> Picture | None:
        """
        Return the picture of *code* with *side* marked, cached.

        ``None`` if none fits *size*, which happens to line art only.
        """
        key = (code, side, size, mode)
        if key not in self._pictures:
            shown = self.scene(code, side)
            self._pictures[key] = _picture(shown, size, mode)
        return self._pictures[key]

    def region_map(self, codes: Sequence[str], size: Size, mode: Mode) -> RegionMap:
        """Draw *codes* by number on few panels; skip codes that no view shows."""
        from acupress.figures.region_map import region_map  # noqa: PLC0415

        return region_map(self._panels(codes), size, partial(draw, mode=mode))

    def routine_map(
        self, codes: Sequence[str], size: Size, mode: Mode, *, whole: bool = False
    ) -> RegionMap | None:
        """
        Draw *codes* by the number of their step, on panels in one row if they fit it.

        ``None`` if they do not, in all, if the *whole* map has to fit *size*.
        """
        from acupress.figures.region_map import fitting, region_map  # noqa: PLC0415

        chosen = self._panels(codes)
        room = fitting(len(chosen), size)
        if whole and room is None:
            return None
        return region_map(chosen, room or size, partial(draw, mode=mode), codes)

    def _panels(self, codes: Sequence[str]) -> tuple[MapPanel, ...]:
        from acupress.figures.region_map import panels  # noqa: PLC0415

        names = dict.fromkeys(name for code in codes for name in self.figure_for(code))
        return panels(codes, [self._view(name) for name in names])

    def svg(self, code: str) -> str:
        """Return the picture of *code*, both sides, as an SVG document for paper."""
        return str(self._stored(code)["svg"])

    def png(self, code: str) -> bytes:
        """Return the same picture as a PNG image."""
        return base64.b64decode(self._stored(code)["png"])

    def _view(self, name: str) -> View:
        return view(self._stored(f"view-{name}"))

    def _stored(self, name: str) -> Any:  # noqa: ANN401 - JSON
        return json.loads((self.folder / f"{name}.json").read_bytes())


def _picture(shown: Scene, size: Size, mode: Mode) -> Picture | None:
    if mode is not Mode.IMAGE:
        rows = draw(shown, size, mode)
        return Picture(rows, shown.caption) if rows else None
    from acupress.figures.raster import raster  # noqa: PLC0415 - lazy import

    pixels, labels = raster(shown, _grid(shown, size))
    return Picture(labels, shown.caption, pixels)


def draw(shown: Scene, size: Size, mode: Mode) -> Rows:
    """Render a scene within *size* cells; nothing if it has no line art so small."""
    from acupress.figures.ascii_art import ascii_art  # noqa: PLC0415 - lazy import
    from acupress.figures.blocks import Depth, blocks  # noqa: PLC0415

    if mode is Mode.ASCII:
        art = shown.drawing.line_art_for(size)
        return ascii_art(art, shown.marks) if art else ()
    depth = Depth.FEW if mode is Mode.BLOCKS_16 else Depth.MANY
    return blocks(shown, _grid(shown, size), depth)


def _grid(shown: Scene, size: Size) -> Frame:
    active = [mark.at for mark in shown.marks if mark.role is Role.ACTIVE]
    mark = active[0] if active else None
    return frame(shown.box, size, symmetric=shown.symmetric, mark=mark)
