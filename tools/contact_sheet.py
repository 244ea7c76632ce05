"""
Draws many points on one SVG page: ``contact_sheet.py MODE COLUMNSxROWS CODE… > x``.

MODE is blocks, blocks-16, ascii, figures (the pictures for paper) or map (the codes on
one numbered map), all as `make pictures` has made them. The default is all codes;
``:left`` may follow one.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "src"))

from acupress.figures.drawing import Mode, Size, load_figures  # noqa: E402
from acupress.model import Side  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator

    from acupress.figures.drawing import Ink, Rows

WIDE, HIGH = 9, 18  # pixels of one character cell
ACROSS = 5
QUARTERS = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"
ANSI = [
    "#000000",
    "#cd0000",
    "#00cd00",
    "#cdcd00",
    "#0000ee",
    "#cd00cd",
    "#00cdcd",
    "#e5e5e5",
    "#7f7f7f",
    "#ff0000",
    "#00ff00",
    "#ffff00",
    "#5c5cff",
    "#ff00ff",
    "#00ffff",
    "#ffffff",
]
CUBE = (0, 95, 135, 175, 215, 255)


def colour(number: int) -> str:
    """Return a colour of the 256-colour palette as xterm shows it."""
    if number < len(ANSI):
        return ANSI[number]
    if number >= 232:  # noqa: PLR2004 - where the greys begin
        return f"#{8 + 10 * (number - 232):02x}" + f"{8 + 10 * (number - 232):02x}" * 2
    number -= 16
    parts = (CUBE[number // 36], CUBE[number // 6 % 6], CUBE[number % 6])
    return "#" + "".join(f"{part:02x}" for part in parts)


def cells(rows: Rows, left: float, top: float) -> Iterator[str]:
    """Yield the characters of a picture as a terminal would paint them."""
    for line, row in enumerate(rows):
        column = 0
        for span in row:
            for character in span.text:
                x, y = left + column * WIDE, top + line * HIGH
                yield from cell(character, span.ink, x, y)
                column += 1


def cell(character: str, ink: Ink, x: float, y: float) -> Iterator[str]:
    """Yield one character cell."""
    if ink.bg is not None:
        yield box(x, y, WIDE, HIGH, colour(ink.bg))
    front = "#dddddd" if ink.fg is None else colour(ink.fg)
    if character in QUARTERS:
        pattern = QUARTERS.index(character)
        for bit in range(4):
            if pattern >> bit & 1:
                across, down = bit % 2 * WIDE / 2, bit // 2 * HIGH / 2
                yield box(x + across, y + down, WIDE / 2, HIGH / 2, front)
    else:
        yield (
            f'<text x="{x}" y="{y + 13.5}" font-size="15" fill="{front}"'
            f' font-family="DejaVu Sans Mono, monospace">{escape(character)}</text>'
        )


def box(x: float, y: float, wide: float, high: float, fill: str) -> str:
    """Return a filled rectangle."""
    return f'<rect x="{x}" y="{y}" width="{wide}" height="{high}" fill="{fill}"/>'


def terminal_sheet(pictures: list[tuple[str, Rows]], size: Size) -> str:
    """Return character pictures side by side on a dark page."""
    wide, high = (size.columns + 2) * WIDE, (size.rows + 2) * HIGH
    body: list[str] = []
    for number, (title, rows) in enumerate(pictures):
        x, y = 10 + number % ACROSS * wide, 8 + number // ACROSS * high
        body.append(
            f'<text x="{x}" y="{y + 13}" font-family="sans-serif" font-size="13"'
            f' fill="#fff">{escape(title)}</text>'
        )
        body.extend(cells(rows, x, y + 20))
    lines = -(-len(pictures) // ACROSS)
    return page(min(len(pictures), ACROSS) * wide + 10, lines * high + 10, body)


def page(wide: float, high: float, body: list[str], back: str = "#3d3c42") -> str:
    """Return a page with a background."""
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}">',
            box(0, 0, wide, high, back),
            *body,
            "</svg>",
        )
    )


def paper_sheet(pictures: list[tuple[str, str]]) -> str:
    """Return the pictures for paper, each in a frame of one size."""
    body = []
    for number, (title, picture) in enumerate(pictures):
        x, y = 10 + number % ACROSS * 400, 10 + number // ACROSS * 330
        inner = re.sub(
            r' width="\d+" height="\d+"', ' width="390" height="300"', picture, count=1
        )
        body.append(f'<g transform="translate({x},{y + 18})">{inner}</g>')
        body.append(f'<text x="{x}" y="{y + 12}" font-size="14">{escape(title)}</text>')
    lines = -(-len(pictures) // ACROSS)
    return page(ACROSS * 400 + 10, lines * 330 + 20, body, "#ffffff")


def main(kind: str, room: str, *names: str) -> str:
    """Return the contact sheet as SVG."""
    figures = load_figures(ROOT / "data" / "pictures")
    columns, rows = (int(part) for part in room.split("x"))
    size, asked = Size(columns, rows), names or tuple(figures.index)
    if kind == "map":
        drawn = figures.region_map(asked, size, Mode.BLOCKS)
        title = " ".join(f"{number} {code}" for number, code in drawn.legend)
        return terminal_sheet([(title, drawn.rows)], Size(columns, len(drawn.rows)))
    if kind == "figures":
        return paper_sheet([(code, figures.svg(code)) for code in asked])
    split = [name.partition(":") for name in asked]
    each = [(code, Side(side or "both")) for code, _, side in split]
    drawings = [
        (f"{code} {side.value}", figures.picture(code, side, size, Mode(kind)))
        for code, side in each
    ]
    return terminal_sheet(
        [(title, drawn.rows) for title, drawn in drawings if drawn], size
    )


if __name__ == "__main__":
    sys.stdout.write(main(*sys.argv[1:]))
