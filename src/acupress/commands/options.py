"""
The options that commands share, and the parsers of their values.

Each question has an option of its own; no other option, environment variable or file
answers it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Annotated, NamedTuple, TypeVar

import typer

from acupress.commands import completion
from acupress.config import PictureChoice, SoundChoice
from acupress.errors import WrongUseError, quoted
from acupress.session.screening import Caution, PregnancyAnswer, WarningSigns

T = TypeVar("T")


class GivenAnswers(NamedTuple):
    """The answers given as options; ``None`` is a question that is still open."""

    pregnancy: PregnancyAnswer | None
    signs: WarningSigns | None
    cautions: frozenset[Caution] | None


def whole_number(least: int, most: int) -> Callable[[str], int]:
    """Return a parser of ASCII digits, for numbers from *least* to *most*."""

    def reader(typed: str) -> int:
        if re.fullmatch("[0-9]{1,4}", typed) and least <= int(typed) <= most:
            return int(typed)
        message = f"write a whole number from {least} to {most}"
        raise typer.BadParameter(message)

    return reader


def single_value(given: Sequence[T] | None, option: str) -> T | None:
    """
    Return the only value in *given*, or ``None`` if there is none.

    Raises WrongUseError for a repeated option, which could undo the first answer.
    """
    if given and len(given) > 1:
        raise WrongUseError(f"{option} is given more than once: give one answer")
    return given[0] if given else None


def cautions_in(given: Sequence[str] | None) -> frozenset[Caution] | None:
    """Parse the value of ``--cautions``; return ``None`` without the option."""
    typed = single_value(given, "--cautions")
    if typed is None:
        return None
    if typed == "none":
        return frozenset()
    known = {caution.value: caution for caution in Caution}
    keys = typed.split(",")
    if wrong := [key for key in keys if key not in known]:
        listed = f"none, or any of {', '.join(known)}, with commas between"
        raise WrongUseError(
            f"--cautions: {quoted(wrong[0])} is unknown; write {listed}"
        )
    return frozenset(known[key] for key in keys)


Name = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="ROUTINE|POINT",
        help="What to do: a routine, or one point to practise.",
        autocompletion=completion.names,
        show_default=False,
    ),
]
PregnancyOption = Annotated[
    list[PregnancyAnswer] | None,
    typer.Option(
        metavar="|".join(each.value for each in PregnancyAnswer),
        help="Could you be pregnant? Better answered when you are asked.",
    ),
]
SignsOption = Annotated[
    list[WarningSigns] | None,
    typer.Option(
        metavar="|".join(each.value for each in WarningSigns),
        help="Which list of warning signs fits; better answered when you are asked.",
    ),
]
Cautions = Annotated[
    list[str] | None,
    typer.Option(
        metavar="none|KEY,...",
        autocompletion=completion.cautions,
        help=f"What fits of {', '.join(each.value for each in Caution)}; or none.",
    ),
]
Minutes = Annotated[
    int | None,
    typer.Option(
        parser=whole_number(1, 60),
        metavar="NUMBER",
        help="At most so many minutes, 1 to 60.",
    ),
]
Without = Annotated[
    str | None,
    typer.Option(
        metavar="POINT,...",
        autocompletion=completion.point_list,
        help="Leave these points out.",
    ),
]
Only = Annotated[
    str | None,
    typer.Option(
        metavar="POINT,...",
        autocompletion=completion.point_list,
        help="Keep just these points.",
    ),
]


PictureOption = Annotated[
    PictureChoice | None,
    typer.Option(
        metavar="|".join(each.value for each in PictureChoice),
        help="How to draw; auto is the best that can be shown here.",
    ),
]
GetReady = Annotated[
    int | None,
    typer.Option(
        parser=whole_number(5, 60),
        metavar="NUMBER",
        help="So many seconds to find each point, 5 to 60.",
    ),
]
ChangeSides = Annotated[
    int | None,
    typer.Option(
        parser=whole_number(3, 30),
        metavar="NUMBER",
        help="So many seconds to change sides, 3 to 30.",
    ),
]


SoundOption = Annotated[
    SoundChoice | None,
    typer.Option(
        metavar="|".join(each.value for each in SoundChoice),
        help="Auto plays soft sounds, or rings the bell where it can not.",
    ),
]
Speaking = Annotated[
    bool | None,
    typer.Option("--voice/--no-voice", help="Say aloud what to do, and where."),
]
Plain = Annotated[
    bool | None,
    typer.Option(
        "--plain/--no-plain", help="A line for each change, as for a screen reader."
    ),
]
Starter = Annotated[
    bool,
    typer.Option("--starter", help="Gentler first days: short holds, few of them."),
]
Json = Annotated[bool, typer.Option("--json", help="As JSON, for other programs.")]
NoPager = Annotated[
    bool, typer.Option("--no-pager", help="Print all at once, however long.")
]
