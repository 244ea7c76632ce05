"""
The drawn body: where each point is placed, and how its pictures are drawn.

The golden pictures are in ``screens/figures``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from itertools import product
from math import dist
from pathlib import Path
from typing import Any

import pytest
import yaml

from acupress.errors import FileError
from acupress.figures.blocks import Depth, blocks
from acupress.figures.curves import flatten
from acupress.figures.drawing import Figures, Mode, Size, load_figures
from acupress.figures.frames import Frame, frame
from acupress.figures.hands import poses
from acupress.figures.line_art import GLYPHS as ASCII_SIGNS
from acupress.figures.modes import mode_for
from acupress.figures.overlay import Ground, Layer, overlay
from acupress.figures.raster import tones
from acupress.figures.region_map import panels
from acupress.figures.scenes import Role
from acupress.figures.shapes import AREAS
from acupress.figures.spans import Rows
from acupress.figures.views import on_body, view
from acupress.model import Side
from acupress.paths import bundled

FOLDER = bundled() / "figures"
USUAL = Size(30, 18)
SIZES = (Size(24, 15), USUAL, Size(37, 21))
CODES = sorted(p.stem for p in (bundled() / "points").glob("[A-Z]*.yaml"))
MIDDLE = {"CV6", "GV4", "GV14", "GV20", "EX-HN3"}
SMALL, LARGE = 14.0, 34.0  # millimetres a cun may measure
MOST_BYTES = 20_000
REGIONS = {
    "lower-back": ["CV6", "BL23", "BL52", "GV4", "BL60", "LR3", "BL40"],
    "upper-back": ["GB21", "BL10", "TE3", "LI4", "KI27", "GV14", "SI15"],
    "everything": CODES,
}


def read(path: Path) -> dict[str, Any]:
    """Read a figure file as plain values, by libyaml where PyYAML has it."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    values: dict[str, Any] = yaml.load(path.read_bytes(), Loader=loader)  # noqa: S506 - a safe one
    return values


def text(rows: Rows) -> str:
    """Return the characters of a picture, without trailing blanks."""
    return "\n".join("".join(span.text for span in row).rstrip() for row in rows)


@pytest.fixture(scope="module", name="figures")
def _figures() -> Figures:
    """Return the figures, which keep what they have drawn for all tests here."""
    return load_figures(FOLDER, read)


def shown(figures: Figures, *codes: str) -> list[tuple[str, str]]:
    """Return each of *codes*, or of all points, with every view that shows it."""
    return [
        (code, name) for code in codes or CODES for name in figures.figure_for(code)
    ]


def side_of(code: str) -> Side:
    """Return the side with which ``show`` draws a point."""
    return Side.MIDDLE if code in MIDDLE else Side.BOTH


def test_every_point_has_a_picture(figures: Figures) -> None:
    """Each point with a file of its own is placed in at least one view."""
    assert set(CODES) == set(figures.index)


def test_the_index_and_the_views_agree(figures: Figures) -> None:
    """A view shows the points that the index promises, and no others."""
    promised = set(shown(figures, *figures.index))
    names = {name for _, name in promised}

    placed = {(code, name) for name in names for code in figures.view(name).places}

    assert placed == promised


def test_every_drawn_file_is_in_the_index(figures: Figures) -> None:
    """No view lies in the folder unused."""
    names = {path.stem for path in FOLDER.glob("*.yaml")} - {"index", "hands"}

    assert names == {
        name for code in figures.index for name in figures.figure_for(code)
    }


def test_points_lie_on_the_body_and_in_their_window(figures: Figures) -> None:
    """A point is never beside the body, nor cut off by its window."""
    outside = []
    for code, name in shown(figures):
        drawn, place = figures.place(code, name)
        left, top, right, bottom = drawn.windows[place.window].box
        x, y = place.at
        inside = left < x < right and top < y < bottom
        if not inside or not on_body(place.at, drawn.shapes):
            outside.append((code, name))

    assert outside == []


def test_points_of_the_middle_line_are_in_the_middle(figures: Figures) -> None:
    """Only midline points lie on the middle line of a symmetrical view."""
    middle = {
        (code, name): place.middle
        for code, name in shown(figures)
        for drawn, place in [figures.place(code, name)]
        if drawn.mirror
    }

    assert {(code, name): code in MIDDLE for code, name in middle} == middle


def test_cun_are_as_long_as_on_a_person(figures: Figures) -> None:
    """On every segment one cun measures what it can on a 1.70 m person."""
    assert {
        (name, where): segment.millimetres
        for _, name in shown(figures, *figures.index)
        for where, segment in figures.view(name).segments.items()
        if not SMALL <= segment.millimetres <= LARGE
    } == {}


def test_symmetrical_views_are_symmetrical(figures: Figures) -> None:
    """The left half of a mirrored view is the right half, pixel for pixel."""
    for code in ("BL23", "CV6", "GB21", "EX-HN3"):
        drawn = figures.scene(code, Side.BOTH)
        bare = replace(drawn, hand=(), marks=())
        rows = tones(bare, frame(bare, USUAL)).rows

        assert all(row == pytest.approx(row[::-1], abs=0.02) for row in rows), code


def test_a_left_limb_is_the_right_one_mirrored(figures: Figures) -> None:
    """The marks of a left limb are those of the right one, mirrored."""
    for code in ("BL60", "LI4", "LR3", "PC6"):
        left, right = (figures.scene(code, side) for side in (Side.LEFT, Side.RIGHT))

        assert [mark.at for mark in left.marks] == [
            (-mark.at[0], mark.at[1]) for mark in right.marks
        ], code
        assert "left" in left.caption, code
        assert "right" in right.caption, code


def test_the_hand_presses_the_side_that_is_marked(figures: Figures) -> None:
    """The hand at a left point is the hand at the right one, mirrored."""
    codes = ("GB21", "KI27", "BL23", "GB20", "BL60", "PC6")
    for code, name in shown(figures, *codes):
        left, right = (figures.scene(code, s, name) for s in (Side.LEFT, Side.RIGHT))
        mirrored = [(-x, y) for part in right.hand for x, y in flatten(part.path)]
        outline = [spot for part in left.hand for spot in flatten(part.path)]

        assert mirrored == outline, (code, name)


def test_the_active_side_is_solid_and_the_other_hollow(figures: Figures) -> None:
    """In a session only the side that is pressed is solid."""
    drawn = figures.picture("BL23", Side.LEFT, USUAL, Mode.BLOCKS)
    characters = text(drawn.rows)

    assert characters.count("●") == 1
    assert characters.count("○") == 1
    assert characters.index("●") < characters.index("○")


def test_show_marks_both_sides(figures: Figures) -> None:
    """A paired point has two solid marks when both sides are shown."""
    drawn = figures.picture("KI27", Side.BOTH, USUAL, Mode.BLOCKS)

    assert text(drawn.rows).count("●") == 2


def test_labels_never_lie_on_marks(figures: Figures) -> None:
    """Every active mark keeps its cell, and each label is whole or not there at all."""
    covered, cut = [], []
    for (code, name), size in product(shown(figures), SIZES):
        for side in (side_of(code), Side.LEFT):
            drawn = figures.scene(code, side, name)
            grid = frame(drawn, size)
            laid = overlay(drawn.marks, Ground(grid, ASCII_SIGNS, lambda _: 0.0))
            row = (code, name, side, size)
            covered += [
                row
                for mark in drawn.marks
                if mark.role is Role.ACTIVE
                and laid[grid.cell(mark.at)].layer is not Layer.ACTIVE
            ]
            cut += [
                (row, label)
                for label in _labels(laid, grid) - {mark.text for mark in drawn.marks}
            ]

    assert covered == []
    assert cut == []


def _labels(laid: Any, grid: Frame) -> set[str]:  # noqa: ANN401
    """Return the labels as they can be read, row by row."""
    found = set()
    for row in range(grid.rows):
        line = "".join(
            laid[column, row].character
            if (column, row) in laid and laid[column, row].layer is Layer.LABEL
            else "\0"
            for column in range(grid.columns)
        )
        found |= set(re.findall(r"[^\0]+", line))
    return found


def test_at_the_usual_size_a_landmark_is_named(figures: Figures) -> None:
    """At 30 by 18 a landmark of each placement has its words beside it."""
    without = []
    for code in CODES:
        drawn = text(figures.picture(code, side_of(code), USUAL, Mode.BLOCKS).rows)
        view, place = figures.place(code)
        labels = {view.landmarks[name].label for name in place.landmarks}
        if not any(words in drawn for words in labels):
            without.append((code, labels))

    assert without == []


def test_the_hand_never_covers_the_mark(figures: Figures) -> None:
    """The pressing hand stops two millimetres beside the point."""
    assert [
        (code, name, part.kind)
        for code, name in shown(figures)
        for _, place in [figures.place(code, name)]
        for part in place.hand
        if part.kind in AREAS and not part.behind
        if min(dist(spot, place.at) for spot in flatten(part.path)) <= 2
    ] == []


def test_frames_fit_their_room(figures: Figures) -> None:
    """The grid of no picture is wider or higher than the room for it."""
    grids = {
        (code, name, side, size): frame(figures.scene(code, side, name), size)
        for (code, name), size in product(shown(figures), SIZES)
        for side in (side_of(code), Side.LEFT)
    }

    assert [
        row
        for row, grid in grids.items()
        if grid.rows > row[3].rows or grid.columns > row[3].columns
    ] == []


def test_pictures_fill_their_frames(figures: Figures) -> None:
    """
    A picture has just the rows of its grid, each as wide as the grid.

    Each point is drawn in blocks and in ASCII at the usual size, as other tests need
    it too; and two points in each of the other modes and sizes.
    """
    usual = [(Mode.BLOCKS, USUAL), (Mode.ASCII, USUAL)]
    others = [each for each in product(Mode, SIZES) if each not in usual]
    pictures = [*product(CODES, usual), *zip(CODES, [*others, *others], strict=False)]
    wrong = []
    for code, (mode, size) in pictures:
        grid = frame(figures.scene(code, side_of(code)), size)
        rows = figures.picture(code, side_of(code), size, mode).rows
        widths = [sum(len(span.text) for span in row) for row in rows]
        if widths != [grid.columns] * grid.rows:
            wrong.append((code, mode, size, widths))

    assert wrong == []


def test_ascii_is_ascii_and_colourless(figures: Figures) -> None:
    """Without colour and UTF-8 the mark is still there, in plain characters."""
    pictures = {
        code: figures.picture(code, side_of(code), USUAL, Mode.ASCII).rows
        for code in CODES
    }
    drawn = {code: text(rows) for code, rows in pictures.items()}

    assert [c for c, each in drawn.items() if not each.isascii()] == []
    assert [c for c, each in drawn.items() if "(X)" not in each] == []
    assert [
        (code, span)
        for code, rows in pictures.items()
        for row in rows
        for span in row
        if not span.ink.fg is span.ink.bg is None
    ] == []


def test_sixteen_colours_stay_below_sixteen(figures: Figures) -> None:
    """A picture for 16 colours has no colour above the sixteenth."""
    drawn = figures.scene("BL60", Side.RIGHT)
    rows = blocks(drawn, frame(drawn, USUAL), Depth.FEW)
    used = {
        colour for row in rows for span in row for colour in (span.ink.fg, span.ink.bg)
    }

    assert all(colour is None or colour < 16 for colour in used)


def test_a_picture_is_drawn_once(figures: Figures) -> None:
    """Asking again gives the very same picture: nothing is redrawn in a hold."""
    ask = ("LR3", Side.LEFT, USUAL, Mode.BLOCKS)

    assert figures.picture(*ask) is figures.picture(*ask)


def test_one_picture_reads_one_view() -> None:
    """Showing a point opens the index, its view and the hands, and no more."""
    opened: list[str] = []

    def noting(path: Path) -> dict[str, Any]:
        opened.append(path.stem)
        return read(path)

    figures = load_figures(FOLDER, noting)
    figures.picture("BL60", Side.RIGHT, USUAL, Mode.BLOCKS)

    assert opened == ["index", "leg-outer", "hands"]


def test_numbers_on_a_map_never_touch(figures: Figures) -> None:
    """Every point of a region has its own number, readable apart from the others."""
    for (name, codes), mode in product(REGIONS.items(), Mode):
        drawn = figures.region_map(codes, Size(78, 12), mode)
        found = re.findall(r"(?<![\w-])\d+(?![\w-])", text(drawn.rows))
        numbers = [number for number, _ in drawn.legend]

        assert sorted(int(number) for number in found) == numbers, (name, mode)
        assert {code for _, code in drawn.legend} == set(codes), (name, mode)


def test_a_map_needs_few_pictures(figures: Figures) -> None:
    """Points that one window can show share it."""
    codes = ["BL23", "BL52", "GV4"]

    chosen = panels(codes, [figures.view("body-back"), figures.view("leg-outer")])

    assert [panel.codes for panel in chosen] == [("BL23", "BL52", "GV4")]


def test_svg_stands_alone(figures: Figures) -> None:
    """A saved picture is well-formed, is told in words, and fetches nothing."""
    for code in CODES:
        page = figures.svg(code, side_of(code))
        ids = re.findall(r' id="([^"]+)"', page)
        addresses = re.findall(r"https?://[^\"]+", page)

        assert page.count("<svg ") == 1, code
        assert addresses == ["http://www.w3.org/2000/svg"], code
        assert len(ids) == len(set(ids)), code
        assert f"{code} is marked" in page


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


def test_the_mode_is_chosen_before_drawing() -> None:
    """Colour and UTF-8 give blocks, less gives ASCII, and no terminal gives nothing."""
    rows = (
        ("auto", True, False, True, 256, Mode.BLOCKS),
        ("auto", True, False, True, 16, Mode.BLOCKS_16),
        ("auto", True, False, True, 8, Mode.ASCII),
        ("auto", True, False, True, 0, Mode.ASCII),
        ("auto", True, False, False, 256, Mode.ASCII),
        ("auto", False, False, True, 256, None),
        ("auto", True, True, True, 0, None),
        ("ascii", False, True, False, 0, Mode.ASCII),
        ("blocks", False, False, True, 256, Mode.BLOCKS),
        ("blocks", True, False, True, 0, Mode.ASCII),
        ("none", True, False, True, 256, None),
    )

    assert [
        row
        for row in rows
        for wanted, terminal, dumb, utf8, colours, mode in [row]
        if mode
        is not mode_for(
            wanted, terminal=terminal, dumb=dumb, utf8=utf8, colours=colours
        )
    ] == []


def test_pictures_look_as_agreed(
    figures: Figures, golden: Callable[[str, str], None]
) -> None:
    """The ASCII pictures are those that were looked at and agreed on."""
    for code in CODES:
        drawn = figures.picture(code, side_of(code), USUAL, Mode.ASCII)
        scene = figures.scene(code, side_of(code))
        found = (scene.title, text(drawn.rows), drawn.caption, scene.alternative)

        golden(f"figures/{code}", "\n".join(found))
