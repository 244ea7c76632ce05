"""
Draws pictures of points and regions; the entry point of this package.

``load_figures`` reads only the index. Views are loaded lazily, and views and
pictures are cached. Nothing here depends on the catalogue, the session or Rich.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from acupress.errors import FileError
from acupress.figures import hands, views
from acupress.figures.frames import Size, frame
from acupress.figures.modes import Mode
from acupress.figures.scenes import Scene, scene
from acupress.figures.spans import Ink, Rows, Span
from acupress.model import Side

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from acupress.figures.hands import Pose
    from acupress.figures.region_map import RegionMap
    from acupress.figures.views import Place, View

__all__ = [
    "Figures",
    "Ink",
    "Mode",
    "Picture",
    "Rows",
    "Size",
    "Span",
    "load_figures",
]


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn picture and the words under it."""

    rows: Rows
    caption: str


def load_figures(folder: Path, read: Callable[[Path], Mapping[str, Any]]) -> Figures:
    """Load the index of *folder*; *read* parses a YAML file into plain values."""
    index = folder / "index.yaml"
    found = read(index).get("points", {})
    places = {code: tuple(entry) for code, entry in found.items()}
    return Figures(folder, read, places)


@dataclass(slots=True)
class Figures:
    """The views of a folder, with caches of views, hand poses and pictures."""

    folder: Path
    read: Callable[[Path], Mapping[str, Any]]
    index: Mapping[str, tuple[str, ...]]
    _poses: dict[str, Pose] = field(default_factory=dict, repr=False)
    _views: dict[str, View] = field(default_factory=dict, repr=False)
    _pictures: dict[tuple[object, ...], Picture] = field(
        default_factory=dict, repr=False
    )

    def figure_for(self, code: str) -> tuple[str, ...]:
        """Return the names of the views that show *code*, best first."""
        return self.index.get(code, ())

    def view(self, name: str) -> View:
        """Return a view, cached; raises FileError if its file is invalid."""
        if name not in self._views:
            path = self.folder / f"{name}.yaml"
            self._views[name] = views.view(str(path), self.read(path), self._hands())
        return self._views[name]

    def _hands(self) -> Mapping[str, Pose]:
        """Return the poses of the pressing hand, cached."""
        if not self._poses:
            path = self.folder / "hands.yaml"
            try:
                self._poses.update(hands.poses(self.read(path)))
            except (KeyError, TypeError, ValueError) as error:
                raise FileError(str(path), 1, 1, f"poses: {error}") from None
        return self._poses

    def place(self, code: str, view: str = "") -> tuple[View, Place]:
        """Return a view of *code*, by default its best, and its place there."""
        name = view or self.index[code][0]
        found = self.view(name)
        if code not in found.places:
            file = str(self.folder / f"{name}.yaml")
            raise FileError(file, 1, 1, f"the index promises {code} here: place it")
        return found, found.places[code]

    def scene(self, code: str, side: Side, view: str = "") -> Scene:
        """Return the scene of *code*, to be rendered."""
        return scene(*self.place(code, view), side)

    def picture(
        self, code: str, side: Side, size: Size, mode: Mode, view: str = ""
    ) -> Picture:
        """Return the picture of *code* with *side* marked, within *size*; cached."""
        key = (code, side, size, mode, view)
        if key not in self._pictures:
            shown = self.scene(code, side, view)
            self._pictures[key] = Picture(draw(shown, size, mode), shown.caption)
        return self._pictures[key]

    def region_map(self, codes: Sequence[str], size: Size, mode: Mode) -> RegionMap:
        """Draw *codes* by number on few panels; skip codes that no view shows."""
        from acupress.figures.region_map import panels, region_map  # noqa: PLC0415

        names = dict.fromkeys(name for code in codes for name in self.figure_for(code))
        chosen = panels(codes, [self.view(name) for name in names])
        return region_map(chosen, size, lambda shown, room: draw(shown, room, mode))

    def svg(self, code: str, side: Side, view: str = "") -> str:
        """Return the picture of *code* as a self-contained SVG document for paper."""
        from acupress.figures.svg import svg  # noqa: PLC0415 - lazy import

        return svg(self.scene(code, side, view), f"{code}-{side.value}".lower())


def draw(shown: Scene, size: Size, mode: Mode) -> Rows:
    """Render a scene within *size* cells."""
    from acupress.figures.blocks import Depth, blocks  # noqa: PLC0415 - lazy import
    from acupress.figures.line_art import line_art  # noqa: PLC0415

    grid = frame(shown, size)
    match mode:
        case Mode.BLOCKS:
            return blocks(shown, grid, Depth.MANY)
        case Mode.BLOCKS_16:
            return blocks(shown, grid, Depth.FEW)
        case Mode.ASCII:
            return line_art(shown, grid)
