"""The drawn body: where each point is placed, and what the pictures are made of."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from dataclasses import replace
from math import dist
from pathlib import Path
from typing import Any

import pytest
from PIL import ImageChops, ImageOps, ImageStat

from acupress.errors import FileError
from acupress.figures.drawing import INDEX
from acupress.model import Side
from acupress.paths import bundled
from bodymap.atlas import Atlas, read
from bodymap.hands import poses
from bodymap.looks import PAPER, SCREEN
from bodymap.pages import bare_page
from bodymap.painting import Painter, paper_png
from bodymap.pictures import pictures
from bodymap.shapes import AREAS
from bodymap.views import on_body, view

FOLDER = Path(__file__).parents[2] / "data" / "figures"
CODES = sorted(p.stem for p in (bundled() / "points").glob("[A-Z]*.yaml"))
MIDDLE = {"CV6", "GV4", "GV14", "GV20", "EX-HN3"}
SMALL, LARGE = 14.0, 34.0  # millimetres a cun may measure
MOST_BYTES = 20_000


@pytest.fixture(scope="module", name="atlas")
def _atlas() -> Atlas:
    """Return the views, which are read once for all tests here."""
    return Atlas(FOLDER)


def shown(atlas: Atlas, *codes: str) -> list[tuple[str, str]]:
    """Return each of *codes*, or of all points, with every view that shows it."""
    return [(code, name) for code in codes or CODES for name in atlas.index[code]]


def test_the_index_and_the_views_agree(atlas: Atlas) -> None:
    """A view shows the points that the index promises, and no others."""
    promised = set(shown(atlas, *atlas.index))
    names = {name for _, name in promised}

    placed = {(code, name) for name in names for code in atlas.view(name).places}

    assert placed == promised


def test_every_drawn_file_is_in_the_index(atlas: Atlas) -> None:
    """No view lies in the folder unused."""
    names = {path.stem for path in FOLDER.glob("*.yaml")} - {"index", "hands"}

    assert names == {name for code in atlas.index for name in atlas.index[code]}


def test_points_lie_on_the_body_and_in_their_window(atlas: Atlas) -> None:
    """A point is never beside the body, nor cut off by its window."""
    outside = []
    for code, name in shown(atlas):
        drawn, place = atlas.place(code, name)
        left, top, right, bottom = drawn.windows[place.window].box
        x, y = place.at
        inside = left < x < right and top < y < bottom
        if not inside or not on_body(place.at, drawn.shapes):
            outside.append((code, name))

    assert outside == []


def test_points_of_the_middle_line_are_in_the_middle(atlas: Atlas) -> None:
    """Only midline points lie on the middle line of a symmetrical view."""
    middle = {
        (code, name): place.middle
        for code, name in shown(atlas)
        for drawn, place in [atlas.place(code, name)]
        if drawn.mirror
    }

    assert {(code, name): code in MIDDLE for code, name in middle} == middle


def test_cun_are_as_long_as_on_a_person(atlas: Atlas) -> None:
    """On every segment one cun measures what it can on a 1.70 m person."""
    assert {
        (name, where): segment.millimetres
        for _, name in shown(atlas, *atlas.index)
        for where, segment in atlas.view(name).segments.items()
        if not SMALL <= segment.millimetres <= LARGE
    } == {}


def test_a_left_limb_is_the_right_one_mirrored(atlas: Atlas) -> None:
    """The marks of a left limb are those of the right one, mirrored."""
    for code in ("BL60", "LI4", "LR3", "PC6"):
        left, right = (atlas.scene(code, side) for side in (Side.LEFT, Side.RIGHT))

        assert [mark.at for mark in left.marks] == [
            (-mark.at[0], mark.at[1]) for mark in right.marks
        ], code
        assert "left" in left.caption, code
        assert "right" in right.caption, code


def test_the_hand_presses_the_side_that_is_marked(atlas: Atlas) -> None:
    """The hand at a left point is the hand at the right one, mirrored."""
    codes = ("GB21", "KI27", "BL23", "GB20", "BL60", "PC6")
    for code, name in shown(atlas, *codes):
        left, right = (atlas.scene(code, s, name) for s in (Side.LEFT, Side.RIGHT))
        mirrored = [(-x, y) for part in right.hand for x, y in part.outline]
        outline = [spot for part in left.hand for spot in part.outline]

        assert mirrored == outline, (code, name)


def test_a_picture_is_told_without_reckoning(atlas: Atlas) -> None:
    """The words for a picture have no numbers, and no parts of a way to be measured."""
    told = {code: atlas.scene(code, Side.BOTH).alternative for code in CODES}
    plain = {code: words.replace(f"{code} is", "") for code, words in told.items()}

    assert {
        c: words for c, words in plain.items() if re.search(r"\d|parts", words)
    } == {}


def test_nobody_has_four_arms(atlas: Atlas) -> None:
    """Where two hands press the chest, the picture ends above the person's own arms."""
    _, _, right, bottom = atlas.scene("KI27", Side.BOTH).box

    assert (right, bottom) < (172, 486)  # the armpit, and where the arm is apart


def test_no_hand_is_over_an_eye(atlas: Atlas) -> None:
    """The finger between the eyebrows comes from above."""
    drawn = atlas.scene("EX-HN3", Side.MIDDLE)

    assert max(y for part in drawn.hand for _, y in part.outline) < 110


def test_the_hand_never_covers_the_mark(atlas: Atlas) -> None:
    """The pressing hand stops two millimetres beside the point."""
    assert [
        (code, name, part.kind)
        for code, name in shown(atlas)
        for _, place in [atlas.place(code, name)]
        for part in place.hand
        if part.kind in AREAS and not part.behind
        if min(dist(spot, place.at) for spot in part.outline) <= 2
    ] == []


def test_drawings_are_small_and_plain() -> None:
    """A figure file is at most 20 KB, has no anchors or tags, and explains itself."""
    paths = sorted(FOLDER.glob("*.yaml"))
    content = {path.name: path.read_text(encoding="utf-8") for path in paths}
    plain = {name: re.sub(r"#.*", "", each) for name, each in content.items()}

    assert content
    assert [n for n, each in content.items() if len(each.encode()) > MOST_BYTES] == []
    assert [n for n, each in content.items() if not each.startswith("# ")] == []
    assert [n for n, each in plain.items() if re.search(r"[&*]\w|!!", each)] == []


def test_a_wrong_placement_does_not_load() -> None:
    """A placement off the body, or by a landmark that is not there, is refused."""
    drawn, hands = read(FOLDER / "leg-outer.yaml"), poses(read(FOLDER / "hands.yaml"))
    changes: list[tuple[dict[str, Any], str]] = [
        ({"at": "nowhere"}, "BL60: there is no landmark 'nowhere' in this view"),
        ({"at": "ankle-bone + up 99 shin"}, "lies outside the body outline"),
        ({"at": "ankle-bone + up 1 arm"}, "BL60: there is no segment 'arm'"),
        ({"at": "between the bones"}, "is none of: LANDMARK, mid(A, B)"),
        ({"window": "moon"}, "BL60: there is no window 'moon'"),
        ({"hand": [{"pose": "claw"}]}, "BL60: there is no pose 'claw'"),
    ]
    for change, message in changes:
        data = deepcopy(drawn)
        data["points"]["BL60"] |= change

        with pytest.raises(FileError, match=re.escape(message)):
            view("leg-outer.yaml", data, hands)


def test_symmetrical_views_are_symmetrical(atlas: Atlas) -> None:
    """The left half of a mirrored view is the right half, but for rounding."""
    for code in ("BL23", "CV6", "GB21", "EX-HN3"):
        drawn = atlas.scene(code, Side.BOTH)
        here = bare_page((-200, drawn.box[1], 200, drawn.box[3]), 120)
        image = Painter(SCREEN).paint(replace(drawn, hand=(), marks=()), here)
        apart = ImageChops.difference(image, ImageOps.mirror(image))

        assert ImageStat.Stat(apart).mean[0] < 2, code


def test_a_picture_is_the_same_however_often_it_is_made(atlas: Atlas) -> None:
    """The wheel can be built again, byte for byte."""
    scene = atlas.scene("BL60", Side.BOTH)
    used = Painter(PAPER)
    paper_png(atlas.scene("LI4", Side.BOTH), used)

    assert paper_png(scene, used) == paper_png(scene, Painter(PAPER))


def test_the_pictures_are_those_of_these_drawings() -> None:
    """What the wheel carries was drawn from this checkout: a file for each name."""
    made = pictures(FOLDER)
    (name, index), (point, content) = next(made), next(made)

    assert (bundled() / "pictures" / name).read_text("utf-8") == index
    assert (bundled() / "pictures" / point).read_text("utf-8") == content
    assert name == INDEX
    assert set(json.loads(index)) == set(CODES)
