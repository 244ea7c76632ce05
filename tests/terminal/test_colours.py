"""How many colours a terminal can show, and who decides it."""

from __future__ import annotations

from itertools import product

from rich.console import Console

from acupress.terminal import colours


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
