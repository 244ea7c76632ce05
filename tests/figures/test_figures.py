"""
The drawn body: every point in its place, and pictures that a person can read.

The golden pictures are in ``screens/figures``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
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
SIZES = (Size(24, 15), Size(30, 18), Size(37, 21))
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
    """Read a figure file as plain values."""
    values: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return values


def text(rows: Rows) -> str:
    """Return the characters of a picture, without trailing blanks."""
    return "\n".join("".join(span.text for span in row).rstrip() for row in rows)


@pytest.fixture(scope="module", name="figures")
def _figures() -> Figures:
    return load_figures(FOLDER, read)


def shown(figures: Figures, code: str) -> list[tuple[str, str]]:
    """Return the point in every view that shows it."""
    return [(code, name) for name in figures.figure_for(code)]


def side_of(code: str) -> Side:
    """Return the side with which ``show`` draws a point."""
    return Side.MIDDLE if code in MIDDLE else Side.BOTH


def test_every_point_has_a_picture(figures: Figures) -> None:
    """Each point with a file of its own is placed in at least one view."""
    assert set(CODES) == set(figures.index)


def test_the_index_and_the_views_agree(figures: Figures) -> None:
    """A view shows the points that the index promises, and no others."""
    promised = {pair for code in figures.index for pair in shown(figures, code)}
    names = {name for _, name in promised}

    placed = {(code, name) for name in names for code in figures.view(name).places}

    assert placed == promised


def test_every_drawn_file_is_in_the_index(figures: Figures) -> None:
    """No view lies in the folder unused."""
    names = {path.stem for path in FOLDER.glob("*.yaml")} - {"index", "hands"}

    assert names == {
        name for code in figures.index for name in figures.figure_for(code)
    }


@pytest.mark.parametrize("code", CODES)
def test_points_lie_on_the_body_and_in_their_window(
    figures: Figures, code: str
) -> None:
    """A point is never beside the body, nor cut off by its window."""
    for _, name in shown(figures, code):
        drawn, place = figures.place(code, name)
        left, top, right, bottom = drawn.windows[place.window].box

        assert on_body(place.at, drawn.shapes)
        assert left < place.at[0] < right
        assert top < place.at[1] < bottom


@pytest.mark.parametrize("code", CODES)
def test_points_of_the_middle_line_are_in_the_middle(
    figures: Figures, code: str
) -> None:
    """Only midline points lie on the middle line of a symmetrical view."""
    for _, name in shown(figures, code):
        drawn, place = figures.place(code, name)
        if drawn.mirror:
            assert place.middle == (code in MIDDLE)


def test_cun_are_as_long_as_on_a_person(figures: Figures) -> None:
    """On every segment one cun measures what it can on a 1.70 m person."""
    for name in {name for code in figures.index for name in figures.figure_for(code)}:
        for segment in figures.view(name).segments.values():
            assert SMALL <= segment.millimetres <= LARGE


def test_symmetrical_views_are_symmetrical(figures: Figures) -> None:
    """The left half of a mirrored view is the right half, pixel for pixel."""
    for code in ("BL23", "CV6", "GB21", "EX-HN3"):
        drawn = figures.scene(code, Side.BOTH)
        bare = replace(drawn, hand=(), marks=())
        rows = tones(bare, frame(bare, Size(30, 18))).rows

        assert all(row == pytest.approx(row[::-1], abs=0.02) for row in rows)


@pytest.mark.parametrize("code", ["BL60", "LI4", "LR3", "PC6"])
def test_a_left_limb_is_the_right_one_flipped(figures: Figures, code: str) -> None:
    """The left limb's picture is the right limb's in a mirror."""
    left, right = (figures.scene(code, side) for side in (Side.LEFT, Side.RIGHT))

    assert [mark.at for mark in left.marks] == [
        (-mark.at[0], mark.at[1]) for mark in right.marks
    ]
    assert "left" in left.caption
    assert "right" in right.caption


@pytest.mark.parametrize("code", ["GB21", "KI27", "BL23", "GB20", "BL60", "PC6"])
def test_the_hand_presses_the_side_that_is_marked(figures: Figures, code: str) -> None:
    """The hand at a left point is the hand at the right one in a mirror."""
    for _, name in shown(figures, code):
        left, right = (figures.scene(code, s, name) for s in (Side.LEFT, Side.RIGHT))
        mirrored = [(-x, y) for part in right.hand for x, y in flatten(part.path)]

        assert mirrored == [spot for part in left.hand for spot in flatten(part.path)]


def test_the_active_side_is_solid_and_the_other_hollow(figures: Figures) -> None:
    """In a session only the side that is pressed is solid."""
    drawn = figures.picture("BL23", Side.LEFT, Size(30, 18), Mode.BLOCKS)
    characters = text(drawn.rows)

    assert characters.count("●") == 1
    assert characters.count("○") == 1
    assert characters.index("●") < characters.index("○")


def test_show_marks_both_sides(figures: Figures) -> None:
    """A paired point has two solid marks when both sides are shown."""
    drawn = figures.picture("KI27", Side.BOTH, Size(30, 18), Mode.BLOCKS)

    assert text(drawn.rows).count("●") == 2


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size.columns}x{size.rows}")
@pytest.mark.parametrize("code", CODES)
def test_labels_never_lie_on_marks(figures: Figures, code: str, size: Size) -> None:
    """Every mark keeps its cell, and each label stands whole or not at all."""
    for _, name in shown(figures, code):
        for side in (side_of(code), Side.LEFT):
            drawn = figures.scene(code, side, name)
            grid = frame(drawn, size)
            laid = overlay(drawn.marks, Ground(grid, ASCII_SIGNS, lambda _: 0.0))
            active = [m for m in drawn.marks if m.role is Role.ACTIVE]

            assert all(
                laid[grid.cell(mark.at)].layer is Layer.ACTIVE for mark in active
            )
            assert _labels(laid, grid) <= {mark.text for mark in drawn.marks}


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


@pytest.mark.parametrize("code", CODES)
def test_at_the_usual_size_a_landmark_is_named(figures: Figures, code: str) -> None:
    """At 30 by 18 the first landmark of a placement has its words beside it."""
    drawn = figures.picture(code, side_of(code), Size(30, 18), Mode.BLOCKS)

    view, place = figures.place(code)
    labels = {view.landmarks[name].label for name in place.landmarks}

    assert any(words in text(drawn.rows) for words in labels)


@pytest.mark.parametrize("code", CODES)
def test_the_hand_never_covers_the_mark(figures: Figures, code: str) -> None:
    """The pressing hand stops beside the point."""
    for _, name in shown(figures, code):
        _, place = figures.place(code, name)
        for part in place.hand:
            outline = flatten(part.path)
            if part.kind in AREAS and not part.behind:
                assert min(_apart(spot, place.at) for spot in outline) > 2


def _apart(one: tuple[float, float], other: tuple[float, float]) -> float:
    return float(((one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2) ** 0.5)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size.columns}x{size.rows}")
def test_pictures_fit_their_room(figures: Figures, code: str, size: Size) -> None:
    """No picture is wider or higher than it may be, and its rows are of one width."""
    for mode in Mode:
        rows = figures.picture(code, side_of(code), size, mode).rows
        widths = {sum(len(span.text) for span in row) for row in rows}

        assert len(rows) <= size.rows
        assert len(widths) == 1
        assert max(widths) <= size.columns


@pytest.mark.parametrize("code", CODES)
def test_ascii_is_ascii_and_colourless(figures: Figures, code: str) -> None:
    """Without colour and UTF-8 the mark is still there, in plain characters."""
    rows = figures.picture(code, side_of(code), Size(30, 18), Mode.ASCII).rows

    assert text(rows).isascii()
    assert "(X)" in text(rows)
    assert all(
        span.ink.fg is None and span.ink.bg is None for row in rows for span in row
    )


def test_sixteen_colours_stay_below_sixteen(figures: Figures) -> None:
    """A terminal of 16 colours is never asked for more."""
    drawn = figures.scene("BL60", Side.RIGHT)
    rows = blocks(drawn, frame(drawn, Size(30, 18)), Depth.FEW)
    used = {
        colour for row in rows for span in row for colour in (span.ink.fg, span.ink.bg)
    }

    assert all(colour is None or colour < 16 for colour in used)


def test_a_picture_is_drawn_once(figures: Figures) -> None:
    """Asking again gives the very same picture: nothing is redrawn in a hold."""
    ask = ("LR3", Side.LEFT, Size(30, 18), Mode.BLOCKS)

    assert figures.picture(*ask) is figures.picture(*ask)


def test_one_picture_reads_one_view() -> None:
    """Showing a point opens the index, its view and the hands, and no more."""
    opened: list[str] = []

    def noting(path: Path) -> dict[str, Any]:
        opened.append(path.stem)
        return read(path)

    figures = load_figures(FOLDER, noting)
    figures.picture("BL60", Side.RIGHT, Size(30, 18), Mode.BLOCKS)

    assert opened == ["index", "leg-outer", "hands"]


@pytest.mark.parametrize("name", REGIONS)
@pytest.mark.parametrize("mode", list(Mode))
def test_numbers_on_a_map_never_touch(figures: Figures, name: str, mode: Mode) -> None:
    """Every point of a region has its own number, readable apart from the others."""
    drawn = figures.region_map(REGIONS[name], Size(78, 12), mode)
    found = re.findall(r"(?<![\w-])\d+(?![\w-])", text(drawn.rows))

    assert sorted(int(number) for number in found) == [n for n, _ in drawn.legend]
    assert {code for _, code in drawn.legend} == set(REGIONS[name])


def test_a_map_needs_few_pictures(figures: Figures) -> None:
    """Points that one window can show share it."""
    codes = ["BL23", "BL52", "GV4"]

    chosen = panels(codes, [figures.view("body-back"), figures.view("leg-outer")])

    assert [panel.codes for panel in chosen] == [("BL23", "BL52", "GV4")]


@pytest.mark.parametrize("code", CODES)
def test_svg_stands_alone(figures: Figures, code: str) -> None:
    """A saved picture is well-formed, is told in words, and fetches nothing."""
    page = figures.svg(code, side_of(code))
    ids = re.findall(r' id="([^"]+)"', page)

    assert page.count("<svg ") == 1
    assert re.findall(r"https?://[^\"]+", page) == ["http://www.w3.org/2000/svg"]
    assert len(ids) == len(set(ids))
    assert f"{code} is marked" in page


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yaml")), ids=lambda p: p.stem)
def test_drawings_are_small_and_plain(path: Path) -> None:
    """A figure file is at most 20 KB, has no anchors or tags, and explains itself."""
    content = path.read_text(encoding="utf-8")

    assert len(content.encode()) <= MOST_BYTES
    assert content.startswith("# ")
    assert not re.search(r"[&*]\w|!!", re.sub(r"#.*", "", content))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"at": "nowhere"}, "BL60: there is no landmark 'nowhere' in this view"),
        ({"at": "ankle-bone + up 99 shin"}, "lies outside the body outline"),
        ({"at": "ankle-bone + up 1 arm"}, "BL60: there is no segment 'arm'"),
        ({"at": "between the bones"}, "is none of: LANDMARK, mid(A, B)"),
        ({"window": "moon"}, "BL60: there is no window 'moon'"),
        ({"hand": [{"pose": "claw"}]}, "BL60: there is no pose 'claw'"),
    ],
)
def test_a_wrong_placement_does_not_load(change: dict[str, Any], message: str) -> None:
    """A placement off the body, or by a landmark that is not there, is refused."""
    data = read(FOLDER / "leg-outer.yaml")
    data["points"]["BL60"] |= change

    with pytest.raises(FileError, match=re.escape(message)):
        view("leg-outer.yaml", data, poses(read(FOLDER / "hands.yaml")))


@pytest.mark.parametrize(
    ("wanted", "terminal", "dumb", "utf8", "colours", "mode"),
    [
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
    ],
)
def test_the_mode_is_chosen_before_drawing(
    wanted: str,
    terminal: bool,  # noqa: FBT001
    dumb: bool,  # noqa: FBT001
    utf8: bool,  # noqa: FBT001
    colours: int,
    mode: Mode | None,
) -> None:
    """Colour and UTF-8 give blocks, less gives ASCII, and no terminal gives nothing."""
    chosen = mode_for(wanted, terminal=terminal, dumb=dumb, utf8=utf8, colours=colours)

    assert chosen is mode


@pytest.mark.parametrize("code", CODES)
def test_pictures_look_as_agreed(
    figures: Figures, code: str, golden: Callable[[str, str], None]
) -> None:
    """The ASCII picture is the one that was looked at and agreed on."""
    drawn = figures.picture(code, side_of(code), Size(30, 18), Mode.ASCII)
    scene = figures.scene(code, side_of(code))
    found = f"{scene.title}\n{text(drawn.rows)}\n{drawn.caption}\n{scene.alternative}"

    golden(f"figures/{code}", found)
