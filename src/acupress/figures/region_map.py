"""
Draws several points by number on as few panels as possible, with a legend.

A bilateral point has its number on one side and a hollow mark on the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from acupress.figures.frames import Size
from acupress.figures.scenes import Mark, Role, Scene
from acupress.figures.spans import Ink, Rows, Span
from acupress.figures.stored import View, Window, drawing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from acupress.figures.frames import Spot

_WIDEST, _NARROWEST, _GAP = 30, 16, 2  # columns of one panel and between two
_LOWEST = 9  # rows of a panel with its title, if it may be lower than asked for
_ASPECT = 30 / 18  # columns to rows: the windows are drawn for this
_MOST = 10  # numbers in one panel
_EDGE = 0.04  # of a window: a point so near to its edge is not shown there
_TITLE = Ink(bold=True)


@dataclass(frozen=True, slots=True)
class RegionMap:
    """The panels side by side, and the point code of each number on them."""

    rows: Rows
    legend: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class MapPanel:
    """A panel to be rendered: a window of a view, and the points in it."""

    view: View
    window: Window
    codes: tuple[str, ...]


def panels(codes: Sequence[str], views: Sequence[View]) -> tuple[MapPanel, ...]:
    """Choose windows that show all of *codes* by greedy set cover."""
    remaining, chosen = list(dict.fromkeys(codes)), []
    while remaining:
        options = [
            MapPanel(view, window, _shown(view, window, remaining))
            for view in views
            for window in view.windows
        ]
        best = max(options, key=lambda panel: (len(panel.codes), -_area(panel.window)))
        if not best.codes:
            break
        chosen.append(best)
        remaining = [code for code in remaining if code not in best.codes]
    return tuple(chosen)


def _shown(view: View, window: Window, codes: Sequence[str]) -> tuple[str, ...]:
    here = [
        code
        for code in codes
        if code in view.places and _within(view.places[code], window)
    ]
    return tuple(here[:_MOST])


def _within(spot: Spot, window: Window) -> bool:
    """Tell whether *window* shows *spot*, with something of the body around it."""
    left, top, right, bottom = window.box
    wide, high = (right - left) * _EDGE, (bottom - top) * _EDGE
    across = left + wide < spot[0] < right - wide
    return across and top + high < spot[1] < bottom - high


def _area(window: Window) -> float:
    left, top, right, bottom = window.box
    return (right - left) * (bottom - top)


def region_map(
    chosen: Sequence[MapPanel],
    size: Size,
    draw: Callable[[Scene, Size], Rows],
    order: Sequence[str] = (),
) -> RegionMap:
    """
    Draw the panels side by side within *size*.columns, each at most *size*.rows high.

    They wrap at *size*.columns; the total height is not limited. Points are numbered
    as in *order*, else as one reads.
    """
    numbers = {code: number for number, code in enumerate(order or _read(chosen), 1)}
    columns = _panel_columns(size)
    per_row = (size.columns + _GAP) // (columns + _GAP)
    drawn = [
        (panel, draw(_scene(panel, numbers), Size(columns, size.rows - 1)))
        for panel in chosen
    ]
    rows: list[tuple[Span, ...]] = []
    for start in range(0, len(drawn), per_row):
        rows.extend(_side_by_side(drawn[start : start + per_row], columns))
    legend = tuple((number, code) for code, number in numbers.items())
    return RegionMap(tuple(rows), legend)


def fitting(count: int, size: Size) -> Size | None:
    """Return *size*, as low as it takes for *count* panels to fit it; else ``None``."""
    for rows in range(size.rows, _LOWEST - 1, -1):
        columns = _panel_columns(Size(size.columns, rows))
        beside = (size.columns + _GAP) // (columns + _GAP)
        if beside and -(-count // beside) * rows <= size.rows:
            return Size(size.columns, rows)
    return None


def _panel_columns(size: Size) -> int:
    wanted = max(min(round((size.rows - 1) * _ASPECT), _WIDEST), _NARROWEST)
    return min(wanted, size.columns)


def _read(chosen: Sequence[MapPanel]) -> list[str]:
    """Return the points in reading order, panel by panel."""
    return [
        code
        for panel in chosen
        for code in sorted(panel.codes, key=lambda code: _reading_order(panel, code))
    ]


def _reading_order(panel: MapPanel, code: str) -> tuple[float, float]:
    x, y = panel.view.places[code]
    return (round(y, -1), x)


def _scene(panel: MapPanel, numbers: Mapping[str, int]) -> Scene:
    marks = [
        mark
        for code in sorted(panel.codes, key=panel.view.places.__getitem__)
        for mark in _marks(panel.view, panel.view.places[code], numbers[code])
    ]
    return Scene(
        panel.view.caption,
        panel.window.box,
        panel.view.symmetric,
        drawing(panel.window.stored),
        tuple(marks),
    )


def _marks(view: View, spot: Spot, number: int) -> tuple[Mark, ...]:
    x, y = spot
    here = Mark(Role.NUMBER, spot, str(number))
    if not view.symmetric or x == 0:
        return (here,)
    return (here, Mark(Role.OTHER, (-x, y)))


def _side_by_side(
    drawn: Sequence[tuple[MapPanel, Rows]], columns: int
) -> list[tuple[Span, ...]]:
    """Join rendered panels side by side, each below its title."""
    titled = [
        ((Span(panel.window.title[:columns], _TITLE),), *rows) for panel, rows in drawn
    ]
    lines = zip_longest(*titled, fillvalue=())
    return [
        tuple(span for part in line for span in _padded(part, columns))
        for line in lines
    ]


def _padded(row: tuple[Span, ...], columns: int) -> tuple[Span, ...]:
    used = sum(len(span.text) for span in row)
    return (*row, Span(" " * (columns + _GAP - used), Ink()))
