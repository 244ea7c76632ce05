"""Real pictures: what is asked, what is sent, and that nothing of it stays."""

from __future__ import annotations

import base64
import re
from io import BytesIO

import pytest
from PIL import Image
from rich.text import Text

from acupress.figures.drawing import Figures, Mode, Size, load_figures
from acupress.figures.raster import BLUE, NOTHING, RED, Raster
from acupress.model import Side
from acupress.paths import bundled
from acupress.terminal.colours import Background
from acupress.terminal.frame import Frame
from acupress.terminal.images import (
    Graphics,
    Protocol,
    graphics_of,
    image,
    png,
    query,
    removal,
    resized,
    scaled,
    sixel,
)
from acupress.terminal.keys import decode
from acupress.terminal.render import Panel
from support.terminal import ACUPRESS, Left, PtyTerminal
from support.terminal_sessions import rehearsal

KITTY = Graphics(Protocol.KITTY)
SIXEL = Graphics(Protocol.SIXEL, (10, 20))
OK, ATTRIBUTES = "\x1b_Gi=4711;OK\x1b\\", "\x1b[?62;4;22c"
SMALL = Raster((bytes([NOTHING, 8, RED]), bytes([BLUE, 255, NOTHING])))
ASKED, SHOWN, REMOVED = b"\x1b_Gi=4711,s=1", b"\x1b_Ga=T", b"\x1b_Ga=d,d=I,i=4711"


@pytest.fixture(scope="module", name="figures")
def _figures() -> Figures:
    """Return the pictures, which are read once for all tests here."""
    return load_figures(bundled() / "pictures")


def test_images_are_shown_only_where_the_terminal_says_so() -> None:
    """A protocol is what the terminal answers; for sixel a cell has a likely size."""
    rows: tuple[tuple[list[str], tuple[int, int] | None, Graphics | None], ...] = (
        ([OK, "\x1b[?62c"], None, KITTY),
        ([OK, ATTRIBUTES], (10, 20), KITTY),
        (["\x1b_Gi=4711;ENOTSUPPORTED\x1b\\", "\x1b[?62c"], None, None),
        (["\x1b_Gi=1;OK\x1b\\", "\x1b[?62c"], None, None),
        ([ATTRIBUTES], (10, 20), SIXEL),
        (["\x1b[6;20;10t", ATTRIBUTES], None, SIXEL),
        ([ATTRIBUTES], None, None),
        ([ATTRIBUTES], (0, 20), None),
        (["\x1b[6;9999;10t", ATTRIBUTES], None, None),
        (["\x1b[?64;14;22c"], (10, 20), None),
        ([], (10, 20), None),
    )

    assert [row for row in rows if graphics_of(row[0], row[1]) != row[2]] == []


def test_sixels_follow_the_size_of_the_font() -> None:
    """After a change of the font cells have other pixels; kitty need not be told."""
    assert resized(SIXEL, (12, 24)) == Graphics(Protocol.SIXEL, (12, 24))
    assert resized(SIXEL, None) == SIXEL
    assert resized(KITTY, (12, 24)) == KITTY
    assert resized(None, (12, 24)) is None


def test_tmux_and_screen_are_not_asked_what_they_take_for_a_title() -> None:
    """Kitty's query is an APC, with which both name a window; sixel they may know."""
    alone = query({"TERM": "xterm-kitty", "TMUX": ""})

    assert alone.startswith("\x1b_G")
    for within in ({"TMUX": "socket,1,0"}, {"STY": "1.pts-0"}):
        assert query(within) == "\x1b[16t"
        assert alone.endswith(query(within))


def test_no_byte_of_an_answer_is_a_key() -> None:
    """Whole or cut anywhere, an answer is an answer, and what follows it is a key."""
    for answer in (OK, ATTRIBUTES, "\x1b[6;20;10t"):
        keys, left = decode(f"{answer}q")
        assert (keys, left) == ([answer, "q"], "")
        for at in range(1, len(answer)):
            assert decode(answer[:at]) == ([], answer[:at])


def test_a_png_has_the_pixels_and_a_clear_background() -> None:
    """Any reader of PNG finds each pixel's colour, and nothing where nothing is."""
    read = Image.open(BytesIO(png(SMALL))).convert("RGBA")
    pixels = [read.getpixel((x, y)) for y in range(2) for x in range(3)]

    assert pixels[1:5] == [
        (8, 8, 8, 255),
        (198, 40, 40, 255),
        (31, 78, 121, 255),
        (255, 255, 255, 255),
    ]
    assert [pixels[at][3] for at in (0, 5)] == [0, 0]  # type: ignore[index]


def test_kitty_is_sent_chunks_of_the_png(figures: Figures) -> None:
    """Each chunk but the last says that more comes; none is too long."""
    drawn = figures.picture("BL60", Side.LEFT, Size(31, 18), Mode.IMAGE)
    assert drawn is not None
    assert drawn.raster is not None
    sent = image(KITTY, drawn.raster, 31, 18)
    parts = re.findall(r"\x1b_G([^;]*);([^\x1b]*)\x1b\\", sent)

    assert "".join(f"\x1b_G{keys};{data}\x1b\\" for keys, data in parts) == sent
    assert base64.b64decode("".join(data for _, data in parts)) == png(drawn.raster)
    assert max(len(data) for _, data in parts) <= 4096
    assert [keys[-3:] for keys, _ in parts] == ["m=1"] * (len(parts) - 1) + ["m=0"]
    assert parts[0][0].startswith("a=T,f=100,i=4711,c=31,r=18,C=1,q=2,")


def drawn_by_sixels(text: str) -> list[list[tuple[int, ...] | None]]:
    """Return the pixels of sixels, as a terminal draws them: ``None`` is not drawn."""
    found = re.fullmatch(r'\x1bP0;1q"1;1;(\d+);(\d+)(.*)\x1b\\', text)
    assert found
    wide, high = int(found[1]), int(found[2])
    colours: dict[int, tuple[int, ...]] = {}
    pixels: list[list[tuple[int, ...] | None]] = [[None] * wide for _ in range(high)]
    x = y = colour = 0
    one = r"#(\d+);2;(\d+);(\d+);(\d+)|#(\d+)|!(\d+)(.)|([$-])|(.)"
    for each in re.finditer(one, found[3]):
        if each[1]:
            colours[int(each[1])] = tuple(int(each[at]) for at in (2, 3, 4))
        elif each[5]:
            colour = int(each[5])
        elif each[8]:
            x, y = 0, y + (6 if each[8] == "-" else 0)
        else:
            bits, count = ord(each[7] or each[9]) - 63, int(each[6] or 1)
            for bit in range(6):
                if bits >> bit & 1:
                    pixels[y + bit][x : x + count] = [colours[colour]] * count
            x += count
    return pixels


def test_sixels_draw_the_pixels() -> None:
    """Colours are near what they were, and what is nothing is not drawn."""
    large = scaled(SMALL, 33, 26)
    drawn = drawn_by_sixels(sixel(large))
    near: dict[int, tuple[int, ...] | None] = {
        NOTHING: None,
        8: (3, 3, 3),
        RED: (78, 16, 16),
        BLUE: (12, 31, 47),
        255: (97, 97, 97),
    }

    assert [[near[value] for value in row] for row in large.rows] == drawn
    assert {len(row) for row in large.rows} == {33}
    assert len(large.rows) == 26


def test_an_image_fills_the_cells_of_its_picture(figures: Figures) -> None:
    """It has the marks of the side that is pressed, and holes where labels are."""
    for side in (Side.LEFT, Side.RIGHT):
        drawn = figures.picture("BL60", side, Size(40, 20), Mode.IMAGE)
        assert drawn is not None
        assert drawn.raster is not None
        rows = drawn.raster.rows
        columns = sum(len(span.text) for span in drawn.rows[0])
        label = "".join(s.text for row in drawn.rows for s in row).index("ankle bone")
        line, column = divmod(label, columns)
        wide, high = len(rows[0]) / columns, len(rows) / len(drawn.rows)
        spot = rows[round((line + 0.5) * high)][round((column + 0.5) * wide)]
        where = [row.index(RED) / len(row) for row in rows if RED in row]

        assert spot == NOTHING
        assert {len(row) for row in rows} == {len(rows[0])}
        assert abs(wide * 2 - high) < 0.5
        assert BLUE in set().union(*rows)
        assert (min(where) < 0.5) is (side is Side.RIGHT), side


def test_an_image_is_written_once_and_taken_away() -> None:
    """A second of a hold writes no image; the next picture or none removes it first."""
    frame = Frame(256, Background.DARK, KITTY)
    panel = Panel((Text("  ab"), Text()), 4, SMALL, 1)
    other = Panel((Text("  cd"), Text()), 4, SMALL, 1)
    shown = frame.update([Text("1")], (20, 4), panel, 1)

    assert "\x1b[2;1H" + image(KITTY, SMALL, 4, 1) in shown
    assert "\x1b_G" not in frame.update([Text("2")], (20, 4), panel, 1)
    assert frame.update([Text("2")], (20, 4), other, 1).count(removal(KITTY)) == 1
    assert removal(KITTY) in frame.update([Text("2")], (21, 4), other, 1)
    assert removal(KITTY) in frame.update([Text("help")], (21, 4))
    assert frame.removal() == ""


def test_sixels_need_no_removal() -> None:
    """They go with the cells that are written over them."""
    assert removal(SIXEL) == ""


def test_a_session_shows_images_and_leaves_none() -> None:
    """However it ends: q, Ctrl-C; what the terminal answers is never a key."""
    answers = {b"\x1b[c": f"{OK}\x1b[?62c".encode()}
    for keys in ("qq", "\x03"):
        with PtyTerminal(
            rehearsal(1, "--picture=auto"), (100, 30), answers=answers
        ) as term:
            term.read_plan()
            term.type("\r")
            term.see("FIND IT")
            term.type(keys)
            left = term.left()

            assert (left.main_screen, left.modes_as_before) == (True, True)
            assert term.raw.count(SHOWN) == 1
            assert term.raw.rindex(REMOVED) > term.raw.rindex(SHOWN)
            assert term.raw.rindex(b"\x1b[?1049l") > term.raw.rindex(REMOVED)


def test_show_asks_at_a_terminal_only_for_what_it_may_use() -> None:
    """An image is asked for by `auto` and `image`, and shown if the answer is yes."""
    yes = {b"\x1b[c": f"{OK}\x1b[?62c".encode()}
    for picture, answers, asked, shown in (
        ("auto", yes, 1, 1),
        ("image", yes, 1, 1),
        ("image", None, 1, 0),
        ("blocks", yes, 0, 0),
        ("none", yes, 0, 0),
    ):
        argv = (*ACUPRESS, "show", "BL60", f"--picture={picture}")
        with PtyTerminal(argv, (100, 30), answers=answers) as term:
            left = term.left()

            assert left == Left(0)
            assert (term.raw.count(ASKED), term.raw.count(SHOWN)) == (asked, shown)
            assert "Gi=" not in term.kept
