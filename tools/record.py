"""
Records a session in a pseudo-terminal as an animated SVG: ``record.py OUT.svg``.

The frames are snapshots of the screen. No font is embedded: block characters are drawn
as rectangles, and only letters as text.
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

from support.terminal import PtyTerminal

COLUMNS, ROWS = 80, 24
WIDE, HIGH = 9, 18  # pixels of a character cell
SHOWN = 2.0  # seconds per frame
GROUND, PAPER = "#16181d", "#d8dbe0"
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
SESSION = ("session", "lower-back", "--only=BL60", *ANSWERS)
# The text to wait for, and the keys to type then. Text with a full stop makes no frame.
MOMENTS = (
    ("Enter begins", "\r"),
    ("q stops at any time", "\r"),
    ("FIND IT", "\r"),
    ("breathe in oo", ""),
    ("breathe out oooo", ""),
    ("breathe in oooo.", ""),
    ("breathe out oo.", ""),
    ("breathe in oooo.", ""),
    ("CHANGE SIDES", "\r"),
    ("breathe out ooooo", "qq"),
    ("Stopped after", ""),
)


@dataclass(frozen=True, slots=True)
class Cell:
    """One character cell of the screen."""

    text: str
    ink: str
    ground: str
    bold: bool


def main() -> None:
    """Record a session and write the SVG."""
    frames = list(record())
    Path(sys.argv[1]).write_text(svg(frames), "utf-8")


def record() -> Iterator[list[list[Cell]]]:
    """Run the session and yield a snapshot of the screen at each moment."""
    program = [sys.executable, "-m", "acupress", *SESSION]
    with PtyTerminal(program, (COLUMNS, ROWS)) as term:
        for awaited, typed in MOMENTS:
            term.see(awaited.rstrip("."))
            if not awaited.endswith("."):
                yield screen(term)
            term.type(typed)


def screen(term: PtyTerminal) -> list[list[Cell]]:
    """Return the cells of the screen, row by row."""
    buffer = term.display.buffer
    return [
        [cell(buffer[row][column]) for column in range(COLUMNS)] for row in range(ROWS)
    ]


def cell(shown: Any) -> Cell:  # noqa: ANN401 - pyte has no types
    """Convert a character of pyte, with colours as hex codes."""
    ink = NAMED.get(shown.fg, f"#{shown.fg}")
    ground = GROUND if shown.bg == "default" else NAMED.get(shown.bg, f"#{shown.bg}")
    if shown.reverse:
        ink, ground = ground, ink
    return Cell(shown.data, ink, ground, shown.bold)


def svg(frames: list[list[list[Cell]]]) -> str:
    """Return *frames* as an animation in an endless loop."""
    width, height = COLUMNS * WIDE + 24, ROWS * HIGH + 24
    length = SHOWN * len(frames)
    share = 100 / len(frames)
    groups = "\n".join(
        f'<g class="f" style="animation-delay:{SHOWN * number:g}s">{drawn(frame)}</g>'
        for number, frame in enumerate(frames)
    )
    return f"""\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="-12 -12 {width} {height}">
<style>
text {{ font: 15px ui-monospace, Menlo, Consolas, monospace; white-space: pre; }}
.b {{ font-weight: bold; }}
.f {{ visibility: hidden; animation: f {length:g}s step-end infinite; }}
@keyframes f {{ 0% {{ visibility: visible; }} {share:.3f}% {{ visibility: hidden; }} }}
@media (prefers-reduced-motion) {{ .f {{ animation: none; }}
.f:nth-of-type(3) {{ visibility: visible; }} }}
</style>
<rect x="-12" y="-12" width="{width}" height="{height}" rx="8" fill="{GROUND}"/>
{groups}
</svg>
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
            text = "".join(" " if c.text in QUARTERS else c.text for c in run)
            words = text.strip()
            if words:
                x = (at + len(text) - len(text.lstrip())) * WIDE
                name = ' class="b"' if bold else ""
                yield (
                    f'<text x="{x}" y="{row * HIGH + 14}" fill="{ink}"{name} '
                    f'textLength="{len(words) * WIDE}">{escape(words)}</text>'
                )
            at += len(text)


if __name__ == "__main__":
    main()
