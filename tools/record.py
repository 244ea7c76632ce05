"""
Draws the pictures of the README: ``record.py FOLDER``.

``session.svg`` is a session recorded in a pseudo-terminal, animated; the others are
what a command prints. The frames are snapshots of the screen. No font is embedded:
block characters are drawn as rectangles, and only letters as text.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from acupress.journal.stats import choose
from acupress.journal.svg import journal_svg
from support.journals import TODAY, thirty_sessions
from support.terminal import ANSWERS as TERMINAL
from support.terminal import PtyTerminal

COLUMNS, ROWS = 80, 24
TALL = 60  # rows of a terminal in which nothing scrolls
WIDE, HIGH = 9, 18  # pixels of a character cell
SHOWN = 2.0  # seconds per frame
GROUND, PAPER = "#16181d", "#d8dbe0"
# The terminal tells its background, so that the program takes the colours for it.
TOLD = {**TERMINAL, b"\x1b]11;?\x1b\\": b"\x1b]11;rgb:1616/1818/1d1d\x1b\\"}
NAMED = {
    "default": PAPER,
    "black": GROUND,
    "red": "#f2777a",
    "green": "#7ec699",
    "brown": "#e6c07b",
    "blue": "#6699cc",
    "magenta": "#cc99cc",
    "cyan": "#66cccc",
    "white": PAPER,
}
QUARTERS = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"
ANSWERS = ("--pregnancy=no", "--warning-signs=none", "--cautions=none")
SESSION = ("session", "BL60", "--starter", "--no-journal", *ANSWERS)
# The text to wait for, and the keys to type then. Text with a full stop makes no frame.
MOMENTS = (
    ("Enter begins", "\r"),
    ("q stops at any time", "\r"),
    ("FIND IT", "\r"),
    ("breathe in", ""),
    ("breathe out", ""),
    ("CHANGE SIDES", "\r"),
    ("breathe out", "qq"),
    ("Stopped after", ""),
)
# The commands whose output is drawn, by the name of the picture.
STILL = {
    "show": ("show", "BL60", "--picture=blocks", "--no-pager"),
    "list": ("list", "--region=upper-back"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One character cell of the screen."""

    text: str
    ink: str
    ground: str
    bold: bool


def main() -> None:
    """Write all pictures into the folder that is named."""
    folder = Path(sys.argv[1])
    (folder / "session.svg").write_text(svg(list(record())), "utf-8")
    for name in STILL:
        (folder / f"{name}.svg").write_text(still(name), "utf-8")
    (folder / "journal.svg").write_text(journal(), "utf-8")


def journal() -> str:
    """Return what ``acupress journal --save`` draws of six weeks."""
    return journal_svg(choose(thirty_sessions(), TODAY.date()))


def still(name: str) -> str:
    """Return what a command prints on a terminal as SVG, without empty rows below."""
    program = [sys.executable, "-m", "acupress", *STILL[name]]
    with PtyTerminal(program, (COLUMNS, TALL), answers=TOLD) as term:
        term.left()
        written = len(term.text.splitlines())
        return svg([screen(term)[:written]])


def record() -> Iterator[list[list[Cell]]]:
    """Run the session and yield a snapshot of the screen at each moment."""
    program = [sys.executable, "-m", "acupress", *SESSION]
    with PtyTerminal(program, (COLUMNS, ROWS), answers=TOLD) as term:
        for awaited, typed in MOMENTS:
            term.see(awaited.rstrip("."))
            if not awaited.endswith("."):
                yield screen(term)
            term.type(typed)


def screen(term: PtyTerminal) -> list[list[Cell]]:
    """Return the cells of the screen, row by row."""
    buffer = term.display.buffer
    return [
        [cell(buffer[row][column]) for column in range(COLUMNS)]
        for row in range(term.display.lines)
    ]


def cell(shown: Any) -> Cell:  # noqa: ANN401 - pyte has no types
    """Convert a character of pyte, with colours as hex codes."""
    ink = NAMED.get(shown.fg, f"#{shown.fg}")
    ground = GROUND if shown.bg == "default" else NAMED.get(shown.bg, f"#{shown.bg}")
    if shown.reverse:
        ink, ground = ground, ink
    return Cell(shown.data, ink, ground, shown.bold)


def svg(frames: list[list[list[Cell]]]) -> str:
    """Return *frames* as SVG; several of them as an animation in an endless loop."""
    width, height = COLUMNS * WIDE + 24, len(frames[0]) * HIGH + 24
    groups = "\n".join(
        f'<g class="f" style="animation-delay:{SHOWN * number:g}s">{drawn(frame)}</g>'
        for number, frame in enumerate(frames)
    )
    return f"""\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="-12 -12 {width} {height}">
<style>
text {{ font: 15px ui-monospace, Menlo, Consolas, monospace; white-space: pre; }}
.b {{ font-weight: bold; }}
rect {{ shape-rendering: crispEdges; }}
{animation(len(frames))}</style>
<rect x="-12" y="-12" width="{width}" height="{height}" rx="8" fill="{GROUND}"/>
{groups}
</svg>
"""


def animation(frames: int) -> str:
    """Return the style that shows so many *frames* in turn; none for a single one."""
    if frames == 1:
        return ""
    length, share = SHOWN * frames, 100 / frames
    return f"""\
.f {{ visibility: hidden; animation: f {length:g}s step-end infinite; }}
@keyframes f {{ 0% {{ visibility: visible; }} {share:.3f}% {{ visibility: hidden; }} }}
@media (prefers-reduced-motion) {{ .f {{ animation: none; }}
.f:nth-of-type(3) {{ visibility: visible; }} }}
"""


def drawn(frame: list[list[Cell]]) -> str:
    """Draw one frame: the coloured blocks, then the letters on top."""
    return "".join([*blocks(frame), *letters(frame)])


def blocks(frame: list[list[Cell]]) -> Iterator[str]:
    """Yield a rectangle for each horizontal run of one colour."""
    for row, cells in enumerate(frame):
        for half in (0, 1):
            pixels = [quarter(c, half, side) for c in cells for side in (0, 1)]
            at = 0
            for colour, run in groupby(pixels):
                length = len(list(run))
                if colour != GROUND:
                    x, y = at * WIDE / 2, (row + half / 2) * HIGH
                    yield (
                        f'<rect x="{x:g}" y="{y:g}" width="{length * WIDE / 2:g}" '
                        f'height="{HIGH / 2 + 0.3:g}" fill="{colour}"/>'
                    )
                at += length


def quarter(shown: Cell, half: int, side: int) -> str:
    """Return the colour of a quarter of a cell."""
    bits = QUARTERS.find(shown.text)
    bit = 1 << (half * 2 + side)
    return shown.ink if bits > 0 and bits & bit else shown.ground


def letters(frame: list[list[Cell]]) -> Iterator[str]:
    """Yield the text of each run of one style, stretched to its columns."""
    for row, cells in enumerate(frame):
        at = 0
        for (ink, bold), run in groupby(cells, key=lambda c: (c.ink, c.bold)):
            texts = [letter(each) for each in run]
            drawn = [column for column, text in enumerate(texts) if text.strip()]
            if drawn:
                first, end = drawn[0], drawn[-1] + 1
                columns = end - first + (texts[end : end + 1] == [""])
                name = ' class="b"' if bold else ""
                yield (
                    f'<text x="{(at + first) * WIDE}" y="{row * HIGH + 14}" '
                    f'fill="{ink}"{name} textLength="{columns * WIDE}">'
                    f"{escape(''.join(texts[first:end]))}</text>"
                )
            at += len(texts)


def letter(shown: Cell) -> str:
    """Return what is text in a cell: none behind a wide character."""
    return " " if shown.text and shown.text in QUARTERS else shown.text


if __name__ == "__main__":
    main()
