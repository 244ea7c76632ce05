"""How many colours a terminal can show, and who decides it."""

from __future__ import annotations

import re
from itertools import product

from rich.console import Console

from acupress.terminal import colours
from support.command import acupress_


def test_colours_are_counted_as_rich_counts_them() -> None:
    """A page and the tables beside it agree on what the terminal can show."""
    terms = ("xterm", "xterm-256color", "xterm-kitty", "dumb", "")
    more: tuple[dict[str, str], ...] = ({}, {"COLORTERM": "truecolor"})
    none: tuple[dict[str, str], ...] = ({}, {"NO_COLOR": "1"}, {"NO_COLOR": ""})
    many = colours.MANY
    known = {None: 0, "standard": colours.FEW, "256": many, "truecolor": many}
    differing = []
    for term, said_more, refused in product(terms, more, none):
        environment = {"TERM": term, **said_more, **refused}
        console = Console(_environ=environment, force_terminal=True)
        expected = 0 if console.no_color else known[console.color_system]
        # An unset TERM is a terminal that cannot be relied on, whatever Rich hopes.
        expected = expected if term else 0
        if expected != colours.colours(environment, terminal=True):
            differing.append(environment)

    assert differing == []


def test_what_forces_colour() -> None:
    """FORCE_COLOR brings colour into a pipe; 0 and nothing force nothing."""
    forced = [
        colours.paint({"FORCE_COLOR": value, "TERM": "xterm"}, terminal=False)
        for value in ("1", "0", "")
    ]

    assert forced == [colours.Paint.COLOURS, colours.Paint.NONE, colours.Paint.NONE]


def test_each_convention_for_colour_is_obeyed() -> None:
    """NO_COLOR outranks what forces colour, and that outranks CLICOLOR."""
    paint = colours.Paint
    rows: tuple[tuple[dict[str, str], bool, colours.Paint], ...] = (
        ({}, True, paint.COLOURS),
        ({}, False, paint.NONE),
        ({"CLICOLOR": "1"}, True, paint.COLOURS),
        ({"CLICOLOR": "1"}, False, paint.NONE),
        ({"CLICOLOR": "0"}, True, paint.SHADES),
        ({"CLICOLOR": ""}, True, paint.COLOURS),
        ({"CLICOLOR_FORCE": "1"}, False, paint.COLOURS),
        ({"CLICOLOR_FORCE": "0"}, False, paint.NONE),
        ({"CLICOLOR_FORCE": ""}, False, paint.NONE),
        ({"CLICOLOR_FORCE": "1", "CLICOLOR": "0"}, True, paint.COLOURS),
        ({"FORCE_COLOR": "1", "CLICOLOR": "0"}, True, paint.COLOURS),
        ({"NO_COLOR": "1", "CLICOLOR_FORCE": "1"}, True, paint.SHADES),
        ({"NO_COLOR": "1", "CLICOLOR": "1"}, True, paint.SHADES),
    )

    assert [
        (environment, found)
        for environment, terminal, expected in rows
        if (found := colours.paint({"TERM": "xterm", **environment}, terminal=terminal))
        is not expected
    ] == []


COLOUR = re.compile(r"\x1b\[(?:\d+;)*(?:3[0-9]|9[0-7])")


def test_no_colour_where_none_is_wanted() -> None:
    """The option may stand anywhere; behind ``--`` it is a word like any other."""
    forced = {"CLICOLOR_FORCE": "1", "FORCE_COLOR": "1", "TERM": "xterm-256color"}
    coloured = acupress_("show", "GB21", **forced).stdout
    plain = [
        acupress_(*words, **forced).stdout
        for words in (
            ("--no-color", "show", "GB21"),
            ("show", "--no-color", "GB21"),
            ("show", "GB21", "--no-colour"),
        )
    ]
    searched = acupress_("find", "--", "--no-color")

    assert COLOUR.search(coloured)
    assert not [each for each in plain if COLOUR.search(each)]
    assert [COLOUR.sub("", coloured) != "", *plain[1:]] == [True, plain[0], plain[0]]
    assert "no option" not in searched.stderr


def test_clicolor_force_alone_reaches_a_table() -> None:
    """A table in a pipe has its colours, too, where they are forced."""
    forced = {"CLICOLOR_FORCE": "1", "TERM": "xterm-256color", "FORCE_COLOR": ""}

    assert "\x1b[" in acupress_("list", "--meridian", "GV", **forced).stdout
