"""
Pictures of the body on a terminal: chosen, scaled and marked.

The golden pictures are in ``screens/figures``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import product
from typing import Any

import pytest

from acupress.figures.ascii_art import GLYPHS as ASCII_SIGNS
from acupress.figures.drawing import Figures, Mode, Size, load_figures
from acupress.figures.frames import Frame, frame
from acupress.figures.images import GreyImage
from acupress.figures.modes import mode_for
from acupress.figures.overlay import Ground, Layer, overlay
from acupress.figures.scenes import Role, Scene
from acupress.figures.spans import Rows
from acupress.model import Side
from acupress.paths import bundled

FOLDER = bundled() / "pictures"
USUAL = Size(31, 18)
SIZES = (Size(24, 15), USUAL, Size(37, 21), Size(80, 45))
CODES = sorted(p.stem for p in (bundled() / "points").glob("[A-Z]*.yaml"))
MIDDLE = {"CV6", "GV4", "GV14", "GV20", "EX-HN3"}
REGIONS = {
    "lower-back": ["CV6", "BL23", "BL52", "GV4", "BL60", "LR3", "BL40"],
    "upper-back": ["GB21", "BL10", "TE3", "LI4", "KI27", "GV14", "SI15"],
    "everything": CODES,
}


@pytest.fixture(scope="module", name="figures")
def _figures() -> Figures:
    """Return the pictures, which keep what they have shown for all tests here."""
    return load_figures(FOLDER)


def rows_of(figures: Figures, code: str, side: Side, size: Size, mode: Mode) -> Rows:
    """Return the rows of a picture that there is."""
    drawn = figures.picture(code, side, size, mode)
    assert drawn is not None
    return drawn.rows


def grid_of(scene: Scene, size: Size) -> Frame:
    """Return the grid of *scene* in blocks."""
    active = next(mark.at for mark in scene.marks if mark.role is Role.ACTIVE)
    return frame(scene.box, size, symmetric=scene.symmetric, mark=active)


def text(rows: Rows) -> str:
    """Return the characters of a picture, without trailing blanks."""
    return "\n".join("".join(span.text for span in row).rstrip() for row in rows)


def side_of(code: str) -> Side:
    """Return the side with which ``show`` draws a point."""
    return Side.MIDDLE if code in MIDDLE else Side.BOTH


def test_every_point_has_a_picture(figures: Figures) -> None:
    """Each point with a file of its own is placed in at least one view."""
    assert set(CODES) == set(figures.index)


def test_the_active_side_is_solid_and_the_other_hollow(figures: Figures) -> None:
    """In a session only the side that is pressed is solid."""
    characters = text(rows_of(figures, "BL23", Side.LEFT, USUAL, Mode.BLOCKS))

    assert characters.count("●") == 1
    assert characters.count("○") == 1
    assert characters.index("●") < characters.index("○")


def test_show_marks_both_sides(figures: Figures) -> None:
    """A paired point has two solid marks when both sides are shown."""
    drawn = rows_of(figures, "KI27", Side.BOTH, USUAL, Mode.BLOCKS)

    assert text(drawn).count("●") == 2


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


def test_numbers_on_a_map_never_touch(figures: Figures) -> None:
    """Every point of a region has its own number, readable apart from the others."""
    for (name, codes), mode in product(REGIONS.items(), Mode):
        drawn = figures.region_map(codes, Size(78, 12), mode)
        found = re.findall(r"(?<![\w-])\d+(?![\w-])", text(drawn.rows))
        numbers = [number for number, _ in drawn.legend]

        assert sorted(int(number) for number in found) == numbers, (name, mode)
        assert {code for _, code in drawn.legend} == set(codes), (name, mode)


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


def test_labels_never_lie_on_marks(figures: Figures) -> None:
    """Every active mark keeps its cell, and each label is whole or not there at all."""
    covered, cut = [], []
    for code, size in product(CODES, SIZES):
        for side in (side_of(code), Side.LEFT):
            drawn = figures.scene(code, side)
            grid = grid_of(drawn, size)
            laid = overlay(drawn.marks, Ground(grid, ASCII_SIGNS, lambda _: 0.0))
            row = (code, side, size)
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


def test_at_the_usual_size_a_landmark_is_named(figures: Figures) -> None:
    """At 31 by 18 a landmark of each point has its words beside it."""
    without = []
    for code in CODES:
        drawn = text(rows_of(figures, code, side_of(code), USUAL, Mode.BLOCKS))
        labels = {mark.text for mark in figures.scene(code, side_of(code)).marks} - {""}
        if not any(words in drawn for words in labels):
            without.append((code, labels))

    assert without == []


def test_a_picture_fits_its_room(figures: Figures) -> None:
    """Whatever the size, a picture has just the rows of its grid, and no more room."""
    wrong = []
    for code, size in zip(CODES, [*SIZES, *reversed(SIZES)] * 4, strict=False):
        for mode in (Mode.BLOCKS, Mode.BLOCKS_16):
            grid = grid_of(figures.scene(code, side_of(code)), size)
            rows = rows_of(figures, code, side_of(code), size, mode)
            widths = [sum(len(span.text) for span in row) for row in rows]
            fits = grid.rows <= size.rows and grid.columns <= size.columns
            if widths != [grid.columns] * grid.rows or not fits:
                wrong.append((code, mode, size, widths))

    assert wrong == []


def test_line_art_is_the_largest_that_fits(figures: Figures) -> None:
    """Line art comes in few sizes: nothing is shown where the least does not fit."""
    for code in CODES:
        sizes = {}
        for room in (Size(20, 8), Size(31, 15), Size(44, 60), Size(90, 60)):
            drawn = figures.picture(code, side_of(code), room, Mode.ASCII)
            rows = drawn.rows if drawn else ()
            sizes[room] = len(rows)
            assert len(rows) <= room.rows, code
            assert all(sum(len(s.text) for s in row) <= room.columns for row in rows)

        assert sizes[Size(20, 8)] == 0, code
        assert 0 < sizes[Size(31, 15)] <= sizes[Size(44, 60)] < sizes[Size(90, 60)]


def test_ascii_is_ascii_and_colourless(figures: Figures) -> None:
    """Without colour and UTF-8 the mark is still there, in plain characters."""
    pictures = {
        code: rows_of(figures, code, side_of(code), USUAL, Mode.ASCII) for code in CODES
    }
    drawn = {code: text(rows) for code, rows in pictures.items()}

    assert [c for c, each in drawn.items() if not each.isascii()] == []
    assert [c for c, each in drawn.items() if "(X)" not in each] == []
    assert [c for c, each in drawn.items() if "`" in each] == []
    assert [
        (code, span)
        for code, rows in pictures.items()
        for row in rows
        for span in row
        if not span.ink.fg is span.ink.bg is None
    ] == []


def test_sixteen_colours_stay_below_sixteen(figures: Figures) -> None:
    """A picture for 16 colours has no colour above the sixteenth."""
    rows = rows_of(figures, "BL60", Side.RIGHT, USUAL, Mode.BLOCKS_16)
    used = {
        colour for row in rows for span in row for colour in (span.ink.fg, span.ink.bg)
    }

    assert all(colour is None or colour < 16 for colour in used)


def test_a_picture_is_scaled_once(figures: Figures) -> None:
    """Asking again gives the very same picture: nothing is redrawn in a hold."""
    ask = ("LR3", Side.LEFT, USUAL, Mode.BLOCKS)

    assert figures.picture(*ask) is figures.picture(*ask)


def test_a_left_limb_is_the_right_one_mirrored(figures: Figures) -> None:
    """The picture of a left limb has the pixels of the right one, the other way."""
    for code in ("BL60", "LI4", "LR3", "PC6"):
        left, right = (figures.scene(code, side) for side in (Side.LEFT, Side.RIGHT))
        mirrored = [row[::-1] for row in right.drawing.image.rows]

        assert list(left.drawing.image.rows) == mirrored, code
        assert ("left" in left.caption, "right" in right.caption) == (True, True), code


def test_an_image_is_reduced_to_the_mean_of_its_pixels() -> None:
    """Each half cell has the mean of the pixels in it; beyond the image is nothing."""
    rows = tuple(bytes([grey, grey, 200, 200]) for grey in (0, 100, 40, 80))
    image = GreyImage.load(GreyImage((0, 0, 4, 4), rows).store())

    assert image.rows == rows
    assert image.means(Frame(2, 1, 0, 0, 2)) == ((50, 50, 200, 200), (60, 60, 200, 200))


def test_nothing_is_shown_where_nothing_was_made(tmp_path: Any) -> None:  # noqa: ANN401
    """A checkout without pictures has none of any point, and that is no error."""
    assert load_figures(tmp_path).figure_for("BL60") == ()


def test_a_map_needs_few_pictures(figures: Figures) -> None:
    """Points that one window can show share it."""
    drawn = figures.region_map(["BL23", "BL52", "GV4"], Size(78, 12), Mode.BLOCKS)

    assert len(drawn.rows) <= 12
    assert sum(len(span.text) for span in drawn.rows[0]) <= 32


def test_a_routine_is_numbered_by_its_steps(figures: Figures) -> None:
    """Its map has a number for each step in order, on panels side by side."""
    codes = ["LR3", "CV6", "BL23", "BL60"]
    for columns in (60, 78, 160):
        drawn = figures.routine_map(codes, Size(columns, 12), Mode.BLOCKS)
        assert drawn
        numbers = re.findall(r"(?<![\w-])\d+(?![\w-])", text(drawn.rows))
        widths = [sum(len(span.text) for span in row) for row in drawn.rows]

        assert drawn.legend == tuple(enumerate(codes, 1))
        assert sorted(map(int, numbers)) == [1, 2, 3, 4]
        assert max(widths) <= columns + 2

    whole = figures.routine_map(codes, Size(78, 12), Mode.BLOCKS, whole=True)
    assert whole
    assert len(whole.rows) <= 12
    assert figures.routine_map(codes, Size(40, 12), Mode.BLOCKS, whole=True) is None


def test_svg_stands_alone(figures: Figures) -> None:
    """A saved picture is well-formed, is told in words, and fetches nothing."""
    for code in CODES:
        page = figures.svg(code)
        ids = re.findall(r' id="([^"]+)"', page)
        addresses = re.findall(r"https?://[^\"]+", page)

        assert page.count("<svg ") == 1, code
        assert addresses == ["http://www.w3.org/2000/svg"], code
        assert len(ids) == len(set(ids)), code
        assert f"{code} is marked" in page
        assert figures.png(code).startswith(b"\x89PNG"), code


def test_pictures_look_as_agreed(
    figures: Figures, golden: Callable[[str, str], None]
) -> None:
    """The ASCII pictures are those that were looked at and agreed on."""
    for code in CODES:
        drawn = figures.picture(code, side_of(code), USUAL, Mode.ASCII)
        assert drawn is not None
        told = re.findall(r"<(?:title|desc)[^>]*>([^<]*)<", figures.svg(code))

        golden(
            f"figures/{code}",
            f"{told[0]}\n{text(drawn.rows)}\n{drawn.caption}\n{told[1]}",
        )
