"""
The options that `session` and `plan` share, and how their values are read.

Each answer has an option of its own; no other option, variable or file answers
a question.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Annotated, TypeVar

import typer

from acupress.commands import completing
from acupress.config import Picture as Wanted
from acupress.config import Sound as Heard
from acupress.errors import WrongUseError
from acupress.screening import Caution, Expecting, Signs

T = TypeVar("T")


def whole_number(least: int, most: int) -> Callable[[str], int]:
    """Return a reader of digits 0-9 only, from *least* to *most*."""

    def reader(typed: str) -> int:
        if re.fullmatch("[0-9]{1,4}", typed) and least <= int(typed) <= most:
            return int(typed)
        message = f"write a whole number from {least} to {most}"
        raise typer.BadParameter(message)

    reader.__name__ = "NUMBER"
    return reader


class Said(frozenset[Caution]):
    """The cautions of one option; a list of bare generics is more than Typer takes."""


def _cautions(typed: str) -> Said:
    if typed == "none":
        return Said()
    known = {caution.value: caution for caution in Caution}
    keys = typed.split(",")
    if wrong := [key for key in keys if key not in known]:
        message = f"{wrong[0]!r} is not one of none, {', '.join(known)}"
        raise typer.BadParameter(message)
    return Said(known[key] for key in keys)


_cautions.__name__ = "none|KEY,..."


def once(given: Sequence[T] | None, option: str) -> T | None:
    """Return the answer that *option* gives, if any; two different ones are none."""
    if given and any(each != given[0] for each in given):
        raise WrongUseError(f"{option} is given twice, with different answers")
    return given[0] if given else None


Name = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="ROUTINE|POINT",
        help="A routine, or one point to practise.",
        autocompletion=completing.names,
        show_default=False,
    ),
]
Pregnancy = Annotated[
    list[Expecting] | None,
    typer.Option(help="Could you be pregnant? Better asked than typed here."),
]
WarningSigns = Annotated[
    list[Signs] | None, typer.Option(help="Which list of warning signs fits, if any.")
]
Cautions = Annotated[
    list[Said] | None,
    typer.Option(
        parser=_cautions,
        help=f"Any of {', '.join(caution.value for caution in Caution)}; or none.",
    ),
]
Minutes = Annotated[
    int | None,
    typer.Option(parser=whole_number(1, 60), help="At most so many minutes."),
]
Without = Annotated[
    str | None,
    typer.Option(metavar="POINT,...", help="Leave these points out."),
]
Only = Annotated[
    str | None, typer.Option(metavar="POINT,...", help="Keep just these points.")
]


Picture = Annotated[
    Wanted | None,
    typer.Option(help="How to draw; auto is what the terminal can show."),
]
GetReady = Annotated[
    int | None,
    typer.Option(parser=whole_number(5, 60), help="Seconds to find each point."),
]
ChangeSides = Annotated[
    int | None,
    typer.Option(parser=whole_number(3, 30), help="Seconds to change sides."),
]


Sound = Annotated[
    Heard | None,
    typer.Option(help="Auto plays sounds where it can, and rings elsewhere."),
]
Speaking = Annotated[
    bool | None,
    typer.Option("--voice/--no-voice", help="Say what to do, and where."),
]
Starter = Annotated[
    bool,
    typer.Option("--starter", help="Gentler first days: short holds, few of them."),
]
