"""
Reads the pictures that were made when the package was built, from JSON.

A point has a file with its scenes, one a side, and their drawings by name; a view has
one with the windows that maps can use.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from acupress.figures.frames import Frame
from acupress.figures.images import GreyImage
from acupress.figures.scenes import Drawing, LineArt, Mark, Role, Scene

if TYPE_CHECKING:
    from collections.abc import Mapping

    from acupress.figures.frames import Box, Spot
    from acupress.model import Side


@dataclass(frozen=True, slots=True)
class Window:
    """A part of a view, with its drawing as it is stored."""

    title: str
    box: Box
    stored: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class View:
    """Windows of one drawing of the body, and where points lie on it."""

    caption: str
    symmetric: bool
    windows: tuple[Window, ...]
    places: Mapping[str, Spot]


def point_scene(stored: Mapping[str, Any], side: Side) -> Scene:
    """Return the scene of a point with *side* pressed."""
    scenes = stored["scenes"]
    scene = scenes.get(side.value) or next(iter(scenes.values()))
    drawn = drawing(stored["drawings"][scene["drawing"]])
    return Scene(
        scene["caption"],
        tuple(scene["box"]),
        scene["symmetric"],
        drawn.mirrored() if scene["mirrored"] else drawn,
        tuple(Mark(Role(role), (x, y), text) for role, x, y, text in scene["marks"]),
    )


def drawing(stored: Mapping[str, Any]) -> Drawing:
    """Return a drawing."""
    art = (
        LineArt(Frame(*each["grid"]), tuple(each["lines"])) for each in stored["art"]
    )
    return Drawing(GreyImage.load(stored["image"]), tuple(art))


def view(stored: Mapping[str, Any]) -> View:
    """Return a view, its drawings not yet unpacked."""
    return View(
        stored["caption"],
        stored["symmetric"],
        tuple(
            Window(each["title"], tuple(each["box"]), each["drawing"])
            for each in stored["windows"]
        ),
        {code: (x, y) for code, (x, y) in stored["places"].items()},
    )
