"""Tables of points and routines: grouped and ended on a terminal, plain in a pipe."""

from __future__ import annotations

from rich.console import Console
from rich.theme import Theme

from acupress.model import PointKind
from acupress.session.screening import level
from acupress.terminal.colours import Background, palette
from acupress.terminal.render import table_rows
from acupress.text.layout import plain_text
from acupress.text.tables import (
    Table,
    point_table,
    points_by_ache,
    points_by_meridian,
    routine_table,
)
from support.catalogue import EVERY, POINTS, ROUTINES
from support.command import invoke

TAUGHT = tuple(POINTS.values())


def shown(table: Table, width: int = 80) -> list[str]:
    """Return the rows of *table* as they are printed in a window of *width*."""
    theme = Theme(palette(Background.UNKNOWN, 0))
    console = Console(width=width, color_system=None, theme=theme)
    with console.capture() as said:
        for row in table_rows(table, width):
            console.print(row)
    return [row.rstrip() for row in said.get().splitlines()]


def test_each_point_stands_below_its_first_ache() -> None:
    """Groups come in the order of the aches, and no point is lost or twice there."""
    table = points_by_ache(TAUGHT)
    pairs = [
        (group, row[0]) for group, row in zip(table.groups, table.rows, strict=True)
    ]

    assert list(dict.fromkeys(table.groups)) == [
        *("Lower back", "Upper back", "Neck", "Leg", "Head", "General")
    ]
    assert sorted(code for _, code in pairs) == sorted(POINTS)
    assert all(
        group == POINTS[code].regions[0].value.capitalize().replace("-", " ")
        for group, code in pairs
    )


def test_a_row_a_point_with_its_level() -> None:
    """At 80 columns nothing wraps, and each row ends in the level as a word."""
    rows = shown(points_by_ache(TAUGHT))
    header, *others = rows
    headings = {"Lower back", "Upper back", "Neck", "Leg", "Head", "General"}
    told = [row.split() for row in others if row not in headings]

    assert header.split() == ["point", "name", "used", "for", "where", "pregnancy"]
    assert {row[0]: row[-1] for row in told} == {
        code: level(point).value for code, point in POINTS.items()
    }
    assert len(told) == len(POINTS)


def test_columns_are_aligned_over_all_groups() -> None:
    """A column begins at the same place in each group, however narrow the window."""
    for width in (80, 60, 44):
        table = points_by_meridian([EVERY["BL60"], EVERY["GB21"], EVERY["SP6"]])
        rows = shown(table, width)
        at = next(row.index("pregnancy") for row in rows if "pregnancy" in row)

        assert all(len(row) <= width for row in rows)
        levels = [row[at:] for row in rows if row[at:].strip()]
        assert levels == ["pregnancy", *["avoid"] * 3]


def test_a_narrow_window_does_without_what_it_cannot_show_whole() -> None:
    """Below 64 columns no word is broken in a column of aches; names stay whole."""
    rows = shown(points_by_ache(TAUGHT), 53)

    assert rows[0].split() == ["point", "name", "where", "pregnancy"]
    assert len(rows) == 1 + len(TAUGHT) + 6


def test_what_to_type_next_is_at_the_end() -> None:
    """Each table ends with a command, and says what its levels come to."""
    for table in (point_table(TAUGHT), points_by_ache(TAUGHT)):
        told = plain_text(table.after, 80)

        assert "avoid, caution: sessions leave it out" in told
        assert told.splitlines()[-1].startswith("Next: acupress show ")
    told = plain_text(routine_table(ROUTINES).after, 80)

    assert told.splitlines()[-1].startswith("Next: acupress session lower-back;")


def test_routines_stand_below_what_they_are_for() -> None:
    """The headings are those of the menu of `session`, and numbers are flush right."""
    rows = shown(routine_table(ROUTINES))
    headings = ["For an ache", "For calm and sleep", "For queasiness"]
    at = rows[0].index("minutes") + len("minutes")

    assert [row for row in rows if row in headings] == headings
    assert {
        row[at - 1] for row in rows[1:] if row not in headings and row[:1] != " "
    } <= set("0123456789")
    assert max(map(len, rows)) <= 80


def test_a_pipe_has_a_row_a_point_and_nothing_else() -> None:
    """What a script reads has a header and rows: no heading, no advice, no gap."""
    header, *rows = invoke("list").stdout.splitlines()
    taught = {point.code for point in TAUGHT if point.kind is PointKind.TAUGHT}

    assert header.split() == ["point", "name", "used", "for", "where", "pregnancy"]
    assert {row.split()[0] for row in rows} == taught
