"""Real pictures: what is asked, what is sent, and that nothing of it stays."""

from __future__ import annotations

import base64
import re
import shlex
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

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
    last_reply,
    png,
    query,
    query_through,
    removal,
    scaled,
    sixel,
    with_fewer_greys,
)
from acupress.terminal.keys import decode
from acupress.terminal.render import Panel
from support.terminal import ACUPRESS, Left, PtyTerminal
from support.terminal_sessions import rehearsal

KITTY = Graphics(Protocol.KITTY)
ITERM = Graphics(Protocol.ITERM2)
SIXEL = Graphics(Protocol.SIXEL, (10, 20))
OK, ATTRIBUTES = "\x1b_Gi=4711;OK\x1b\\", "\x1b[?62;4;22c"
CELL_SIZE = "\x1b]1337;ReportCellSize=17.5;8.0;2.0\x1b\\"
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
        ([CELL_SIZE, ATTRIBUTES], (10, 20), ITERM),
        ([OK, CELL_SIZE, ATTRIBUTES], None, KITTY),
        (["\x1b[?62;4c", CELL_SIZE, "\x1b[0n"], (10, 20), ITERM._replace(within=True)),
        (["\x1b[?62;4c", "\x1b[0n"], (10, 20), SIXEL),
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


def test_tmux_and_screen_are_not_asked_what_they_take_for_a_title() -> None:
    """
    Kitty's query is an APC, with which both name a window.

    Through tmux goes what it passes on, and last what the terminal outside answers.
    """
    alone = query({"TERM": "xterm-kitty", "TMUX": ""})
    iterm = "\x1b]1337;ReportCellSize\x1b\\"
    through = query_through({"TMUX": "socket,1,0"})
    passed = through.removeprefix("\x1bPtmux;").removesuffix("\x1b\\")

    assert alone.startswith("\x1b_G")
    assert alone.endswith(f"{iterm}\x1b[16t")
    assert through.startswith("\x1bPtmux;")
    assert passed.replace("\x1b\x1b", "\x1b") == f"{iterm}\x1b[5n"
    for tmux, screen in (("", ""), ("", "1.pts-0"), ("socket,1,0", "1.pts-0")):
        within = {"TMUX": tmux, "STY": screen}
        assert query_through(within) == ""
        assert last_reply(within) == last_reply({})
    for name in ("TMUX", "STY"):
        assert query({name: "1"}) == "\x1b[16t"


def test_no_byte_of_an_answer_is_a_key() -> None:
    """Whole or cut anywhere, an answer is an answer, and what follows it is a key."""
    for answer in (OK, ATTRIBUTES, CELL_SIZE, "\x1b[6;20;10t", "\x1b[0n"):
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


def test_iterm_is_sent_the_png_for_its_cells() -> None:
    """Inline, stretched to the cells, and no larger than it says that it is."""
    sent = image(ITERM, SMALL, 31, 18)
    found = re.fullmatch(r"\x1b\]1337;File=([^:]*):([^\a]*)\a", sent)
    assert found

    assert base64.b64decode(found[2]) == png(SMALL)
    assert dict(part.split("=") for part in found[1].split(";")) == {
        "inline": "1",
        "size": str(len(png(SMALL))),
        "width": "31",
        "height": "18",
        "preserveAspectRatio": "0",
    }


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
    """Colours are what they were, in hundredths, and what is nothing is not drawn."""
    large = scaled(SMALL, 33, 26)
    drawn = drawn_by_sixels(sixel(large))
    near: dict[int, tuple[int, ...] | None] = {
        NOTHING: None,
        8: (3, 3, 3),
        RED: (78, 16, 16),
        BLUE: (12, 31, 47),
        255: (100, 100, 100),
    }

    assert [[near[value] for value in row] for row in large.rows] == drawn
    assert {len(row) for row in large.rows} == {33}
    assert len(large.rows) == 26


def test_sixels_have_the_greys_that_matter(figures: Figures) -> None:
    """Few, none of which is far from what it stands for; marks keep their colours."""
    drawn = figures.picture("BL60", Side.LEFT, Size(40, 20), Mode.IMAGE)
    assert drawn is not None
    assert drawn.raster is not None
    before, after = (
        b"".join(rows)
        for rows in (drawn.raster.rows, with_fewer_greys(drawn.raster).rows)
    )
    off = [abs(one - other) for one, other in zip(before, after, strict=True)]

    assert len({*after} - {RED, BLUE, NOTHING}) <= 8
    assert sum(map(bool, off)) < len(off) / 5
    assert max(off) <= 50
    for ink in (RED, BLUE, NOTHING):
        assert before.count(ink) == after.count(ink)


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


def test_labels_are_written_over_an_image_that_covers_text() -> None:
    """Where an image of iTerm2 takes their cells, they come after it, in place."""
    frame = Frame(256, Background.DARK, ITERM)
    labels = (Text.assemble("  ", ("ab", "bold"), " ", ("c", "bold")), Text())
    shown = frame.update([Text("1")], (20, 4), Panel(labels, 6, SMALL, 1), 1)
    before, _, after = shown.partition(f"\x1b[2;1H{image(ITERM, SMALL, 6, 1)}")

    assert "1" in before
    assert after.startswith("\x1b[2;3H\x1b[1mab\x1b[0m\x1b[2;6H\x1b[1mc\x1b[0m")
    assert frame.removal() == ""


def test_sixels_need_no_removal() -> None:
    """They go with the cells that are written over them."""
    assert removal(SIXEL) == ""


def drawn_whole(term: PtyTerminal, shown: bytes) -> bool:
    """Tell whether a frame with *shown* has come: Ctrl-C discards what has not."""
    return b"\x1b[?2026l" in term.raw.partition(shown)[2]


def test_a_session_shows_images_and_leaves_none() -> None:
    """However it ends: q, Ctrl-C; what the terminal answers is never a key."""
    answers = {b"\x1b[c": f"{OK}\x1b[?62c".encode()}
    for keys in ("qq", "\x03"):
        with PtyTerminal(
            rehearsal(1, "--picture=auto"), (100, 30), answers=answers
        ) as term:
            term.read_plan()
            term.type("\r")
            term.wait(lambda: drawn_whole(term, SHOWN), "an image")
            term.type(keys)
            left = term.left()

            assert (left.main_screen, left.modes_as_before) == (True, True)
            assert term.raw.count(SHOWN) == 1
            assert term.raw.rindex(REMOVED) > term.raw.rindex(SHOWN)
            assert term.raw.rindex(b"\x1b[?1049l") > term.raw.rindex(REMOVED)


def answers(said: str) -> dict[bytes, bytes]:
    """Return what a terminal says that is *said*, and then its attributes."""
    return {b"\x1b[c": f"{said}\x1b[?62c".encode()}


def test_iterm_shows_a_session_again_in_a_window_of_another_size() -> None:
    """Once for each size, in as many cells as it has there; its answer is no key."""
    wanted = re.compile(rb"1337;File=inline=1;size=\d+;width=(\d+);height=(\d+)")
    argv = rehearsal(1, "--picture=image")
    with PtyTerminal(argv, (100, 30), answers=answers(CELL_SIZE)) as term:
        term.read_plan()
        term.type("\r")
        term.see("FIND IT")
        term.resize(170, 55)
        term.wait(lambda: len(wanted.findall(term.raw)) > 1, "a second image")
        term.type("qq")
        left = term.left()
        sizes = [tuple(map(int, each)) for each in wanted.findall(term.raw)]

        assert (left.main_screen, left.modes_as_before) == (True, True)
        assert sizes == sorted(set(sizes))
        assert "CellSize" not in term.kept


@pytest.mark.skipif(not shutil.which("tmux"), reason="tmux does the passing")
def test_images_pass_through_tmux_where_it_lets_them(tmp_path: Path) -> None:
    """
    With ``allow-passthrough`` on, the image is put where the picture is; else blocks.

    Either way no byte of what the terminal outside answers is seen or typed.
    """
    outside = {
        b"\x1b]1337;ReportCellSize\x1b\\": CELL_SIZE.encode(),
        b"\x1b[5n": b"\x1b[0n",
    }
    environment = {"TMUX": "", "TMUX_TMPDIR": str(tmp_path)}
    for passing in ("on", "off"):
        config = tmp_path / "tmux.conf"
        config.write_text(f"set -g allow-passthrough {passing}\n", "utf-8")
        tmux = ("tmux", "-L", passing, "-f", str(config))
        shell = (*tmux, "new-session", "env", "PS1=ready> ", "sh")
        command = shlex.join(rehearsal(1, "--only=BL60,LR3", "--picture=auto"))
        try:
            with PtyTerminal(shell, (100, 31), environment, answers=outside) as term:
                term.see("ready>")  # before, tmux passes nothing on
                term.type(f"exec {command}\r")
                term.read_plan()
                term.type("\r")
                term.see_all("FIND IT", "heel cord")
                if passing == "on":
                    term.wait(lambda: b"\x1b]1337;File=" in term.raw, "an image")
                term.type("qq")
                term.left()
                bare = re.sub(rb"\x1b(?:\(B|\[[\d;]*m)", b"", term.raw)
                placed = "\x1b[4;1H\N{NO-BREAK SPACE}\b\x1b]1337;File=".encode()

                assert (placed in bare) == (passing == "on")
                assert "CellSize" not in term.kept
        finally:
            subprocess.run([*tmux, "kill-server"], check=False, capture_output=True)


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
