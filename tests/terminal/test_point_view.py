"""The page of a point beside its picture: on one screen, and nothing cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acupress.commands.choosing import found
from acupress.figures.modes import Mode
from acupress.model import Point
from acupress.terminal.pictures import Pictures, figures, side
from acupress.terminal.point_view import Draw, View, view
from acupress.text.layout import Line, Page, plain_text, wrap, wrap_beside
from acupress.text.point_pages import (
    point_body,
    point_heading,
    short_body,
    short_heading,
)
from support.catalogue import EVERY

ONE_SCREEN = 25  # rows of `show`, at 80 columns


def drawn(point: Point, mode: Mode) -> Draw:
    """Return what draws *point* as `show` does in a terminal of *mode*."""
    made = Pictures(mode)
    return lambda size: made.point(point.code, side(point), size)


def short_page(point: Point) -> tuple[Page, Page]:
    """Return heading and body, with what is said of the code that was typed."""
    return short_heading(point, found(point.code).remark), short_body(point)


def rows_of(shown: View) -> list[str]:
    """Return the rows as they are printed."""
    return [row.plain for row in (*shown.upper, *shown.lower)]


def words_of(shown: View) -> list[str]:
    """Return what is read: without the picture and its caption."""
    edge = shown.picture.column
    upper = [
        row.plain if at < shown.picture_from else row.plain[edge:]
        for at, row in enumerate(shown.upper)
    ]
    return " ".join([*upper, *(row.plain for row in shown.lower)]).split()


def told(page: Page) -> list[str]:
    """Return the words of *page*."""
    return " ".join(f"{line.label} {line.text}" for line in page).split()


@pytest.mark.parametrize("mode", Mode)
def test_every_point_is_on_one_screen_with_its_picture(mode: Mode) -> None:
    """At 80 x 24 no page of a point that is drawn is longer, and no word is lost."""
    seen = 0
    for point in filter(lambda each: figures().figure_for(each.code), EVERY.values()):
        heading, body = short_page(point)
        shown = view(heading, body, drawn(point, mode), 80, 23)

        assert shown, point.code
        assert len(rows_of(shown)) <= ONE_SCREEN, point.code
        assert max(row.cell_len for row in (*shown.upper, *shown.lower)) <= 80
        assert words_of(shown) == told((*heading, *body)), point.code
        seen += 1
    assert seen == 30


def test_every_point_without_a_picture_is_on_one_screen() -> None:
    """Nor is any that is only told of, nor one in a pipe."""
    long = {
        code: rows
        for code, point in EVERY.items()
        if (rows := len(wrap(sum(short_page(point), ()), 80))) > ONE_SCREEN
    }

    assert long == {}


def test_what_comes_first() -> None:
    """Warning, place, how to find it, how to press, how long, when to stop, care."""
    labels = [line.label for line in short_body(EVERY["BL60"]) if line.label]
    heading = plain_text(short_heading(EVERY["BL60"]), 80)

    assert labels == ["where", "find", "press", "hold", "stop", "care"]
    assert "AVOID in pregnancy" in heading.splitlines()[1]
    assert plain_text(short_body(EVERY["BL60"]), 80).endswith(
        "\n6 sources, 2 notes: acupress show BL60 --all"
    )


def test_the_picture_takes_the_room_there_is() -> None:
    """A larger window has a larger picture; all that is known, one of usual size."""
    point = EVERY["BL60"]
    short = short_page(point)
    whole = point_heading(point), point_body(point)
    draw = drawn(point, Mode.BLOCKS)
    widths = [
        shown.picture.width
        for shown in (
            view(*short, draw, 80, 20),
            view(*short, draw, 80, 23),
            view(*short, draw, 80, 60),
            view(*short, draw, 120, 60),
            view(*whole, draw, 80),
        )
        if shown
    ]

    assert widths == [21, 25, 31, 45, 31]


def test_a_narrow_window_has_the_picture_above_the_words() -> None:
    """Where nothing fits beside it, the picture comes first, then all of the words."""
    point = EVERY["BL60"]
    heading, body = short_page(point)
    shown = view(heading, body, drawn(point, Mode.BLOCKS), 60, 23)

    assert shown
    assert shown.upper[-1].plain in shown.picture.rows[-1].plain
    assert " ".join(row.plain for row in shown.lower).split() == told(body)


@given(
    st.lists(st.text("ab \N{CJK UNIFIED IDEOGRAPH-4E2D}", max_size=300), max_size=5),
    st.integers(1, 60),
    st.integers(0, 30),
)
def test_words_flow_round_a_picture_and_none_is_lost(
    texts: list[str], columns: int, height: int
) -> None:
    """Rows beside the picture are narrower, and every character is kept in order."""
    page = tuple(Line(text, label="x", indent=2) for text in texts)
    rows = wrap_beside(page, 90, columns, height)

    assert all(len(row.plain) <= 90 - columns for row in rows[:height])
    assert all(len(row.plain) <= 90 for row in rows)
    assert "".join("".join(f"x{text}" for text in texts).split()) == "".join(
        "".join(row.label + row.text for row in rows).split()
    )
