"""How many colours a terminal can show, and who decides it."""

from __future__ import annotations

import re
from itertools import product

from rich.color import Color
from rich.console import Console
from rich.style import Style

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


# From the darkest to what is still called dark, and the same for light ones.
GROUNDS = {
    colours.Background.DARK: ((0, 0, 0), (0x28, 0x2C, 0x34)),
    colours.Background.LIGHT: ((255, 255, 255), (0xFD, 0xF6, 0xE3)),
    colours.Background.UNKNOWN: ((0, 0, 0), (255, 255, 255)),
}
LEGIBLE, LEGIBLE_ANYWHERE = 4.3, 3.9
"""WCAG asks 3 to 1 for large letters and 4.5 for text, which no colour has on both."""


def luminance(colour: tuple[int, ...]) -> float:
    """Return the relative luminance of *colour*, as WCAG defines it."""
    parts = (
        part / 255 / 12.92
        if part / 255 <= 0.04045
        else ((part / 255 + 0.055) / 1.055) ** 2.4
        for part in colour
    )
    return sum(
        part * by for part, by in zip(parts, (0.2126, 0.7152, 0.0722), strict=True)
    )


def contrast(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_every_colour_can_be_read_on_its_background() -> None:
    """On dark, on light, and on both where the terminal does not say which it has."""
    for background, grounds in GROUNDS.items():
        wanted = LEGIBLE
        if background is colours.Background.UNKNOWN:
            wanted = LEGIBLE_ANYWHERE
        for name, look in colours.palette(background, colours.MANY).items():
            colour: Color | None = Style.parse(look).color
            for ground in grounds if colour else ():
                assert colour
                ratio = contrast(tuple(colour.get_truecolor()), ground)
                assert ratio >= wanted, (background, name, ground, ratio)


def test_few_colours_none_that_a_background_swallows() -> None:
    """Green, cyan and yellow vanish on white: only where the terminal says dark."""
    for background in (colours.Background.LIGHT, colours.Background.UNKNOWN):
        looks = " ".join(colours.palette(background, colours.FEW).values())
        assert not [each for each in ("green", "cyan", "yellow") if each in looks]


def test_without_colours_there_is_none() -> None:
    """Bold, dim and reverse are left, and the same names."""
    none = colours.palette(colours.Background.UNKNOWN, 0)

    assert set(none) == set(colours.palette(colours.Background.DARK, colours.MANY))
    assert [look for look in none.values() if Style.parse(look).color] == []


def test_what_a_terminal_says_of_its_background() -> None:
    """One to four digits a part, ended either way; anything else is no answer."""
    dark, light = colours.Background.DARK, colours.Background.LIGHT
    for reply, meant in (
        ("rgb:0000/0000/0000", dark),
        ("rgb:2828/2c2c/3434", dark),
        ("rgb:ff/ff/ff", light),
        ("rgb:f/f/f", light),
        ("RGB:FDFD/F6F6/E3E3", light),
        ("rgba:0000/0000/0000/ffff", dark),
        ("#ffffff", colours.Background.UNKNOWN),
        ("?", colours.Background.UNKNOWN),
    ):
        for end in ("\x07", "\x1b\\"):
            assert colours.background_of(f"\x1b]11;{reply}{end}") is meant, reply


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
