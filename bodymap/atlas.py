"""Loads the views of ``data/figures``, lazily, and composes scenes of points."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from acupress.errors import FileError
from acupress.model import Side
from bodymap import hands, views
from bodymap.hands import Pose
from bodymap.scenes import VectorScene, scene
from bodymap.views import Place, View


class Atlas:
    """The views of a folder; caches what it has read."""

    def __init__(self, folder: Path) -> None:
        """Read the index of *folder*."""
        self.folder = folder
        self._views: dict[str, View] = {}
        points = read(folder / "index.yaml")["points"]
        self.index: Mapping[str, tuple[str, ...]] = {
            code: tuple(names) for code, names in points.items()
        }

    def view(self, name: str) -> View:
        """Return a view, cached; raises FileError if its file is invalid."""
        if name not in self._views:
            path = self.folder / f"{name}.yaml"
            self._views[name] = views.view(str(path), read(path), self._poses)
        return self._views[name]

    @cached_property
    def _poses(self) -> Mapping[str, Pose]:
        path = self.folder / "hands.yaml"
        try:
            return hands.poses(read(path))
        except (KeyError, TypeError, ValueError) as error:
            raise FileError(str(path), 1, 1, f"poses: {error}") from None

    def place(self, code: str, view: str = "") -> tuple[View, Place]:
        """Return a view of *code*, by default its best, and its place there."""
        name = view or self.index[code][0]
        found = self.view(name)
        if code not in found.places:
            file = str(self.folder / f"{name}.yaml")
            raise FileError(file, 1, 1, f"the index promises {code} here: place it")
        return found, found.places[code]

    def is_middle(self, code: str) -> bool:
        """Tell whether a point lies on the middle line, as symmetrical views show."""
        return any(
            view.mirror and place.middle
            for view, place in (self.place(code, name) for name in self.index[code])
        )

    def scene(self, code: str, side: Side, view: str = "") -> VectorScene:
        """Return the scene of *code* with *side* pressed."""
        return scene(*self.place(code, view), side)


def read(path: Path) -> dict[str, Any]:
    """Read a YAML file as plain values, by libyaml where PyYAML has it."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    values: dict[str, Any] = yaml.load(path.read_bytes(), Loader=loader)  # noqa: S506 - a safe one
    return values
