"""
The command line: a Typer app whose commands are imported lazily.

A command's module is imported only when that command runs; help and completion list
it from the table here.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

from acupress import __version__
from acupress.errors import AcupressError, WrongUseError

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
    "remind": "Write reminders for a calendar or a scheduler.",
    "new": "Make a routine of your own, by questions.",
    "add": "Look at somebody else's routine, and take it over.",
    "check": "Check your own points and routines, every fault at once.",
    "help": "Show what a command does, with its options.",
}
"""The commands in the order a newcomer needs them, with their one-line help."""

_HELP = """\
Guide a timed self-acupressure session for ordinary back ache.

\b
  acupress session lower-back    asks three questions, then guides the session
  acupress show GB21             where it is, and who should leave it alone
  acupress list --region neck    the points that are used for an ache

`acupress COMMAND --help` says more of each command.
"""


class _OurWords:
    """What groups and commands share: our help texts, and our error messages."""

    def get_params(self, context: Any) -> list[Any]:  # noqa: ANN401
        """Return the options, with our help texts for Typer's own."""
        options: list[Any] = super().get_params(context)  # type: ignore[misc]
        for option in options:
            option.help = _OPTION_HELP.get(option.name, option.help)
        return options

    def parse_args(self, context: Any, args: list[str]) -> list[str]:  # noqa: ANN401
        """Parse *args*; raises WrongUseError."""
        try:
            rest: list[str] = super().parse_args(context, args)  # type: ignore[misc]
        except TyperException as error:
            raise WrongUseError(_usage().bad_arguments(error, context)) from None
        return rest

    def format_epilog(self, context: Any, formatter: Any) -> None:  # noqa: ANN401
        """Write the examples of this command."""
        examples = importlib.import_module("acupress.commands.examples").EXAMPLES
        name = context.command_path.partition(" ")[2]
        if rows := examples.get(name):
            with formatter.section("Examples"):
                written = [(f"acupress {words}", told) for words, told in rows]
                formatter.write_dl(written, col_max=_WIDEST_EXAMPLE)


_WIDEST_EXAMPLE = 52  # columns; what is wider has its explanation below it


class Group(_OurWords, TyperGroup):
    """A group of commands."""

    def resolve_command(
        self,
        context: Any,  # noqa: ANN401 - Typer does not export the type
        args: list[str],
    ) -> Any:  # noqa: ANN401
        """Find the command in *args*; raises WrongUseError with those there are."""
        if args[0].startswith("-") or self.get_command(context, args[0]):
            return super().resolve_command(context, args)
        commands = self.list_commands(context)
        raise WrongUseError(_usage().no_subcommand(args[0], commands))


class LazyGroup(Group):
    """The group of all commands, each imported when it runs."""

    def list_commands(self, _context: object) -> list[str]:
        """Return the names in the order of the help."""
        return list(_COMMANDS)

    def get_command(self, _context: object, name: str) -> Any | None:  # noqa: ANN401
        """Return a placeholder for the command *name*, for the list in the help."""
        return _single(name, _stub, _COMMANDS[name]) if name in _COMMANDS else None

    def resolve_command(
        self,
        context: Any,  # noqa: ANN401 - Typer does not export the type
        args: list[str],
    ) -> Any:  # noqa: ANN401
        """Import the command in *args*; raises WrongUseError with a suggestion."""
        name = args[0]
        if name in _COMMANDS:
            return name, _load(name), args[1:]
        if name.startswith("-"):
            return super().resolve_command(context, args)
        raise WrongUseError(_usage().no_command(args, list(_COMMANDS)))


class Single(_OurWords, TyperCommand):
    """A command, with help whose arguments look alike in each release of Typer."""

    def parse_args(self, context: Any, args: list[str]) -> list[str]:  # noqa: ANN401
        """Parse *args*; raises WrongUseError, also for what no parameter takes."""
        context.allow_extra_args = True  # or Typer would refuse them in its own words
        extra = super().parse_args(context, args)
        if extra and not context.resilient_parsing:
            raise WrongUseError(_usage().too_much(extra, context))
        return extra

    def collect_usage_pieces(self, context: Any) -> list[str]:  # noqa: ANN401
        """Return the parts of the usage line, without Typer's marks of a type."""
        return ["[OPTIONS]", *(_usage_of(each) for each in self._arguments(context))]

    def format_options(self, context: Any, formatter: Any) -> None:  # noqa: ANN401
        """Write arguments and options; an argument has its metavar, and no type."""
        arguments = self._arguments(context)
        options = [each for each in self.get_params(context) if each not in arguments]
        if arguments:
            with formatter.section("Arguments"):
                rows = (
                    (each.metavar, each.get_help_record(context)) for each in arguments
                )
                formatter.write_dl([(name, text) for name, (_, text) in rows])
        with formatter.section("Options"):
            formatter.write_dl([each.get_help_record(context) for each in options])

    def _arguments(self, context: Any) -> list[Any]:  # noqa: ANN401
        parameters = self.get_params(context)
        return [each for each in parameters if each.param_type_name == "argument"]


def _usage_of(argument: Any) -> str:  # noqa: ANN401
    name = str(argument.metavar)
    return name if argument.required or name[0] == "[" else f"[{name}]"


_OPTION_HELP = {
    "install_completion": "Teach your shell to complete names when Tab is pressed.",
    "show_completion": "Print what that would teach it.",
    "help": "Show this help.",
}


def _usage() -> Any:  # noqa: ANN401 - lazy import: for errors only
    return importlib.import_module("acupress.commands.usage")


def commands() -> dict[str, Any]:
    """Import every command; return each by its name, in the order of the help."""
    return {name: _load(name) for name in _COMMANDS}


def _load(name: str) -> Any:  # noqa: ANN401
    """Import the module of the command *name*; return the command."""
    if name == "help":
        return _single(name, _help)
    module = importlib.import_module(f"acupress.commands.{name}")
    if group := getattr(module, "group", None):
        return typer.main.get_command(group(_SETTINGS, Group, Single))
    return _single(name, module.run)


def _single(name: str, run: Callable[..., None], help_text: str | None = None) -> Any:  # noqa: ANN401
    single = typer.Typer(
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings=_SETTINGS,
    )
    single.command(name, cls=Single, help=help_text)(run)
    return typer.main.get_command(single)


def _stub() -> None:
    """Do nothing: the placeholder callback of a command that is only listed."""


_SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}

app = typer.Typer(
    cls=LazyGroup,
    help=_HELP,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings=_SETTINGS,
    invoke_without_command=True,
)


def _version(asked: bool) -> None:  # noqa: FBT001 - a Typer callback
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
    _no_color: Annotated[
        bool, typer.Option("--no-color", help="No colours, with any command.")
    ] = False,
) -> None:
    if context.invoked_subcommand is None:
        printing = importlib.import_module("acupress.terminal.printing")
        printing.print_page(importlib.import_module("acupress.text.advice").BEGIN)


def _after_help(context: typer.Context, incomplete: str) -> Iterator[tuple[str, str]]:
    """Offer the commands, and after one that is a group those of the group."""
    offered = dict(_COMMANDS)
    match context.params.get("words") or []:
        case []:
            pass
        case [str(name)] if name in _COMMANDS:
            parts: dict[str, Any] = getattr(_load(name), "commands", {})
            offered = {word: each.get_short_help_str() for word, each in parts.items()}
        case _:
            offered = {}
    for word, text in offered.items():
        if word.startswith(incomplete):
            yield word, text


def _help(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="COMMAND",
            help="The command; without one, all are listed.",
            autocompletion=_after_help,
            show_default=False,
        ),
    ] = None,
) -> None:
    """Show what a command does, with its options."""
    app([*(words or ()), "--help"], prog_name="acupress", standalone_mode=False)


def run() -> int:
    """Run ``sys.argv``, or complete for a shell; return the exit code."""
    if instruction := os.environ.get("_ACUPRESS_COMPLETE"):
        return _complete(instruction)
    arguments = _unalias(_without_colour(sys.argv[1:]))
    match arguments:
        case [("--install-completion" | "--show-completion") as option, *shells]:
            return _completion_for(option, shells)
    code = app(arguments, prog_name="acupress", standalone_mode=False)
    return code if isinstance(code, int) else 0


def _complete(instruction: str) -> int:
    """
    Follow a shell's *instruction*: ``complete_SHELL`` or ``source_SHELL``.

    Errors are silent, since they would be printed into the line being typed.
    """
    verb, _, shell = instruction.partition("_")
    shells = ("bash", "zsh", "fish", "powershell", "pwsh")
    if verb not in {"source", "complete"} or shell not in shells:
        raise WrongUseError(
            "_ACUPRESS_COMPLETE is set by shells: write complete_SHELL or "
            f"source_SHELL, with one of {', '.join(shells)}, or unset it"
        )
    with suppress(AcupressError, TyperException, KeyError, ValueError):
        app(prog_name="acupress")
    return 1


def _completion_for(option: str, given: Sequence[str]) -> int:
    """
    Install or print the completion for the shell that was *given*, or for this one.

    Typer's own options take no value, and would install scripts of its own.
    """
    scripts = importlib.import_module("acupress.commands.scripts")
    inventory = importlib.import_module("acupress.commands.inventory")
    shell = scripts.shell_of(option, given)
    every = inventory.every_command(commands())
    if option == "--install-completion":
        scripts.install(shell, every)
    else:
        print(scripts.script(shell, every), end="")
    return 0


def _without_colour(arguments: list[str]) -> list[str]:
    """Take ``--no-color`` out, wherever it is, and do as NO_COLOR does."""
    ends = arguments.index("--") if "--" in arguments else len(arguments)
    options = [each for each in arguments[:ends] if each not in _NO_COLOR]
    if len(options) < ends:
        os.environ.update(NO_COLOR="1")
    return options + arguments[ends:]


_NO_COLOR = {"--no-color", "--no-colour"}


def _unalias(arguments: list[str]) -> list[str]:
    """Replace ``version`` by an option, and ``--x=SHELL`` by words."""
    match arguments:
        case [str(option)] if option.partition("=")[0].endswith("-completion"):
            return [part for part in option.split("=", 1) if part]
        case ["version"]:
            return ["--version"]
        case _:
            return arguments
