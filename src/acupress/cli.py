"""
The command line: which commands there are, and what they are called.

A command's module is imported only when that command runs: help and completion
tell of it without.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

from acupress import __version__
from acupress.errors import AcupressError, WrongUseError
from acupress.exit import complain

_COMMANDS = {
    "session": "Ask three questions, show the plan, guide the timed session.",
    "plan": "Print a session step by step, and what is left out.",
    "show": "Show one point: warnings, place, how to press it.",
    "list": "List the points, and how each stands in pregnancy.",
    "find": "Search the points; spelling mistakes are forgiven.",
    "routines": "List the routines, or tell all about one.",
    "how": "Say how to press a point, how firmly, and when not to.",
    "care": "Say how to look after an ordinary sore back.",
    "journal": "Show past sessions, and pain before and after.",
    "check": "Check your own points and routines, every fault at once.",
}
"""The names in the order a newcomer needs them, and what is said of each."""

_HELP = """\
Guide a timed self-acupressure session for ordinary back ache.

\b
  acupress session lower-back    asks three questions, then guides the session
  acupress show GB21             where it is, and who should leave it alone
  acupress list --region neck    the points that are used for an ache

`acupress COMMAND --help` says more of each command.
"""


class Group(TyperGroup):
    """Several commands, with help in our words."""

    def get_params(self, context: Any) -> list[Any]:  # noqa: ANN401
        """Return the options, told in our words where Typer has its own."""
        return _retold(super().get_params(context))


class LazyGroup(Group):
    """The commands, each imported when it is first wanted."""

    def list_commands(self, _context: object) -> list[str]:
        """Return the names in the order a newcomer needs them."""
        return list(_COMMANDS)

    def get_command(self, _context: object, name: str) -> Any | None:  # noqa: ANN401
        """Return what is told of the command called *name*, without loading it."""
        return _single(name, _told, _COMMANDS[name]) if name in _COMMANDS else None

    def resolve_command(
        self,
        context: Any,  # noqa: ANN401 - Typer keeps the type to itself
        args: list[str],
    ) -> Any:  # noqa: ANN401
        """Find the command in *args*, or say which one may have been meant."""
        name = args[0]
        if name in _COMMANDS:
            return name, _loaded(name), args[1:]
        if name.startswith("-"):
            return super().resolve_command(context, args)
        raise WrongUseError(_wrong().no_command(args, list(_COMMANDS)))


class Single(TyperCommand):
    """One command, whose help writes what must be given without braces."""

    def get_params(self, context: Any) -> list[Any]:  # noqa: ANN401
        """Return the options, told in our words where Typer has its own."""
        return _retold(super().get_params(context))

    def collect_usage_pieces(self, context: Any) -> list[str]:  # noqa: ANN401
        """Return what follows the name of the command in the line of its usage."""
        return [piece.strip("{}") for piece in super().collect_usage_pieces(context)]


_OUR_WORDS = {
    "install_completion": "Teach your shell to complete names when Tab is pressed.",
    "show_completion": "Print what that would teach it.",
    "help": "Show this help.",
}


def _retold(options: list[Any]) -> list[Any]:
    for option in options:
        option.help = _OUR_WORDS.get(option.name, option.help)
    return options


def _wrong() -> Any:  # noqa: ANN401 - only needed once something is wrong
    return importlib.import_module("acupress.commands.usage")


def _loaded(name: str) -> Any:  # noqa: ANN401
    """Return the command called *name*, ready to run."""
    module = importlib.import_module(f"acupress.commands.{name}")
    if group := getattr(module, "group", None):
        return typer.main.get_command(group(_SETTINGS, Group, Single))
    return _single(name, module.run)


def _single(name: str, run: Callable[..., None], told: str | None = None) -> Any:  # noqa: ANN401
    single = typer.Typer(
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings=_SETTINGS,
    )
    single.command(name, cls=Single, help=told)(run)
    return typer.main.get_command(single)


def _told() -> None:
    """Stand for a command that is only told of."""


_SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}

app = typer.Typer(
    cls=LazyGroup,
    help=_HELP,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings=_SETTINGS,
    invoke_without_command=True,
)


def _version(asked: bool) -> None:  # noqa: FBT001 - Typer calls it so
    if asked:
        print(f"acupress {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    context: typer.Context,
    *,
    _version_asked: Annotated[
        bool,
        typer.Option(
            *("--version", "-V"),
            callback=_version,
            is_eager=True,
            help="Print the version.",
        ),
    ] = False,
) -> None:
    if context.invoked_subcommand is None:
        print(context.get_help())


def run() -> int:
    """Run the command that was typed and return its exit code."""
    if asked := os.environ.get("_ACUPRESS_COMPLETE"):
        return _completed(asked)
    try:
        code = app(_usual(sys.argv[1:]), prog_name="acupress", standalone_mode=False)
    except TyperException as error:
        return complain(_wrong().unread(error), error.exit_code)
    return code if isinstance(code, int) else 0


_SHELLS = ("bash", "zsh", "fish", "powershell", "pwsh")


def _completed(asked: str) -> int:
    """
    Do what a shell has *asked* because Tab was pressed.

    Whatever fails fails in silence: it would be printed into a line that somebody
    is typing.
    """
    verb, _, shell = asked.partition("_")
    if verb not in {"source", "complete"} or shell not in _SHELLS:
        raise WrongUseError(
            "_ACUPRESS_COMPLETE is set by shells: write complete_SHELL or "
            f"source_SHELL, with one of {', '.join(_SHELLS)}, or unset it"
        )
    with suppress(AcupressError, TyperException, KeyError, ValueError):
        app(prog_name="acupress")
    return 1


def _usual(arguments: list[str]) -> list[str]:
    """Return *arguments* with the words that other programs have for our options."""
    match arguments:
        case ["help", *others]:
            return [*others, "--help"]
        case ["version"]:
            return ["--version"]
        case _:
            return arguments
