"""
Tables of points and of routines, as plain values.

On a terminal a table has its groups, and says below what to type next. In a pipe it is
a header and rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from acupress.model import Point, Region, Routine
from acupress.session.screening import level
from acupress.text import safety, words
from acupress.text.layout import Line, Page, Tone, next_line
from acupress.text.routine_pages import PURPOSES, minutes

Cells = tuple[str, ...]


class Table(NamedTuple):
    """
    Rows of cells below a *header*.

    *groups* has the heading that each row stands under. Below the rows comes *note*,
    and on a terminal *after*, too.
    """

    header: Cells
    rows: Sequence[Cells]
    groups: Sequence[str] = ()
    note: Page = ()
    after: Page = ()


_LEFT_OUT = (
    "avoid, caution: sessions leave it out for anyone who is or could be pregnant."
)


def point_table(points: Sequence[Point]) -> Table:
    """Return a row for each of *points*, in their order."""
    header = ("point", "name", "used for", "where", "pregnancy")
    rows = [
        (
            point.code,
            point.name,
            ", ".join(region.value for region in point.regions),
            point.body.value,
            level(point).value,
        )
        for point in points
    ]
    return Table(header, rows, after=_after(f"acupress show {points[0].code}"))


def _after(command: str) -> Page:
    """Return what the levels in pregnancy come to, and what to type next."""
    blank, following = next_line(command)
    return (blank, Line(_LEFT_OUT, Tone.QUIET), following)


def points_by_ache(points: Sequence[Point]) -> Table:
    """Return *points*, which are taught, grouped by what each is used for first."""
    aches = list(Region)

    def ache(point: Point) -> Region:
        return point.regions[0] if point.regions else Region.GENERAL

    ordered = sorted(points, key=lambda point: aches.index(ache(point)))
    groups = [words.heading(ache(point).value) for point in ordered]
    first = ordered[0].code
    after = _after(f"acupress show {first}; list --all has what no session presses")
    return point_table(ordered)._replace(groups=groups, after=after)


def points_by_meridian(points: Sequence[Point]) -> Table:
    """Return *points*, which are in the order of the meridians, grouped by these."""
    groups = [words.heading(words.channel(point)) for point in points]
    return point_table(points)._replace(groups=groups)


def numbered(table: Table, numbers: Sequence[str]) -> Table:
    """Return *table* with the *numbers* of a map before its rows."""
    rows = [(number, *row) for number, row in zip(numbers, table.rows, strict=True)]
    return table._replace(header=("no.", *table.header), rows=rows)


def routine_table(routines: Sequence[Routine]) -> Table:
    """Return a row for each of *routines*, grouped by what they are for."""
    header = ("routine", "minutes", "points", "with", "what it is")
    rows = [
        (
            routine.id,
            str(minutes(routine)),
            str(len(routine.steps)),
            "a partner" if routine.partner else "alone",
            routine.title,
        )
        for routine in routines
    ]
    groups = [PURPOSES[routine.purpose] for routine in routines]
    first = routines[0].id
    note = (Line(), Line(safety.EVIDENCE, Tone.QUIET))
    told = f"acupress session {first}; acupress routines {first} tells more"
    return Table(header, rows, groups, note, next_line(told))
