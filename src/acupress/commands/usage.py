"""
Error messages for invalid command lines, with a suggestion of what to type.

Imported lazily, after a parse error. A suggested command is never run.
"""

from __future__ import annotations

import difflib
import inspect
from collections.abc import Sequence
from enum import Enum
from typing import Any, get_args, get_type_hints

from acupress.catalogue.loading import load_routines
from acupress.commands.choosing import NOTHING, codes_of, serving
from acupress.errors import AcupressError, quoted, shortened
from acupress.lookup.results import either
from acupress.model import Region

_CLOSE = 0.7  # difflib ratio: "pregnant" is 0.82 of "pregnancy"; less is chance

# Options of other programs: what is suggested instead, if the command has it.
_EQUIVALENTS = {
    "--quiet": "--sound off",
    "--silent": "--sound off",
    "--mute": "--sound off",
    "--no-sound": "--sound off",
    "--time": "--minutes NUMBER",
    "--duration": "--minutes NUMBER",
    "--short": "--minutes NUMBER",
    "--exclude": "--without POINT",
    "--skip": "--without POINT",
    "--fast": "--rehearse",
    "--dry-run": "--rehearse",
}

# Commands of other programs.
_COMMANDS = {
    **dict.fromkeys(("start", "begin", "run", "go", "play", "menu"), "session"),
    **dict.fromkeys(("history", "log", "stats", "diary"), "journal"),
    **dict.fromkeys(("search", "lookup", "look"), "find WORDS"),
    **dict.fromkeys(("info", "describe", "view"), "show POINT"),
    **dict.fromkeys(("sessions", "sets"), "routines"),
    "points": "list",
}

_MISSING = {
    "POINT": "which point? write its code or its name: `acupress show GB21`",
    "WORDS...": "what is to be found? write it: `acupress find stiff neck`",
    "FILE": "which routine? write its file, or - for a pipe: `acupress add tea.yaml`",
}


def no_command(arguments: Sequence[str], commands: Sequence[str]) -> str:
    """Return the message for *arguments* that start with none of *commands*."""
    words = list(arguments)
    options = [at for at, word in enumerate(words) if word.startswith("-")]
    typed = " ".join(words[: options[0]] if options else words)
    message = f"no command called {quoted(words[0])}"
    similar = difflib.get_close_matches(words[0], commands, 1)
    if meant := _COMMANDS.get(typed.lower()) or _meant(typed):
        return f"no command called {quoted(typed)}; write `acupress {meant}`"
    if similar:
        return f"{message}; did you mean {similar[0]}?"
    return (
        f"{message}; `acupress session` asks what you would like to do,"
        " `acupress help` says what else there is"
    )


def no_subcommand(typed: str, commands: Sequence[str]) -> str:
    """Return the message for *typed*, which is none of a group's *commands*."""
    *others, last = commands
    known = f"{', '.join(others)} and {last}"
    return f"no command called {quoted(typed)} here; there are {known}"


def too_much(extra: Sequence[str], context: Any) -> str:  # noqa: ANN401
    """Return the message for the arguments *extra*, which no parameter takes."""
    typed = quoted(" ".join(extra))
    instead = _see(context)
    if context.info_name == "list":
        instead = f"write `acupress {_instead_of_list(' '.join(extra))}`"
    return f"{typed} is too much for `{context.command_path}`; {instead}"


def bad_arguments(error: Any, context: Any) -> str:  # noqa: ANN401
    """
    Return the message for *error*, which Typer raised while it parsed.

    Only what an error is about is read, never its class, which is private to Typer,
    nor its English sentence. Without a sentence of ours a value is missing.
    """
    if option := getattr(error, "option_name", None):
        return _bad_option(option, context)
    parameter = getattr(error, "param", None)
    if parameter is None:
        return str(error.message)
    if values := _values(parameter.name, context):
        choice = "one of: " if len(values) > 1 else ""
        return f"{parameter.opts[0]}: write {choice}{', '.join(values)}"
    if error.message:
        return f"{parameter.opts[0]}: {error.message}"
    option = parameter.opts[0].startswith("-")
    name = str(parameter.opts[0] if option else parameter.metavar)
    return _MISSING.get(name, f"{name} is missing: {_see(context)}")


def _meant(typed: str) -> str | None:
    """Return the command for the routine, ache or point *typed*, if it is one."""
    name = "-".join(typed.split()).lower()
    try:
        if name in {routine.id for routine in load_routines()}:
            return f"session {name}"
        if name in {region.value for region in Region}:
            return f"list --region {name}"
        if codes := codes_of(typed):
            return f"show {codes[0] if len(codes) == 1 else shortened(typed)}"
        if serving(typed, load_routines()) != NOTHING:
            return f"find {shortened(typed)}"
    except AcupressError:
        return None
    return None


def _bad_option(name: str, context: Any) -> str:  # noqa: ANN401
    """Return the message for an option that is unknown, or used in a wrong way."""
    options = _options(context)
    if name not in options:
        return _no_option(name, [each for each in options if each[:2] == "--"], context)
    if options[name].is_flag:
        return f"{shortened(name)} stands alone: write nothing after it"
    return f"{shortened(name)} needs something after it; --help says what"


def _no_option(name: str, known: list[str], context: Any) -> str:  # noqa: ANN401
    message = f"no option called {shortened(name)}"
    equivalent = _EQUIVALENTS.get(name, "")
    if equivalent.partition(" ")[0] in known:
        return f"{message}; did you mean {equivalent}?"
    completions = [option for option in known if option.startswith(name)]
    bare = [option.lstrip("-") for option in known]
    similar = difflib.get_close_matches(name.lstrip("-"), bare, 1, _CLOSE)
    meant = completions or [f"--{each}" for each in similar]
    if meant and len(name) > len("--"):
        return f"{message}; did you mean {either(meant)}?"
    return f"{message}; {_see(context)}"


def _values(name: str, context: Any) -> list[str]:  # noqa: ANN401
    """Return the values that the parameter *name* may have, if it is an enum."""
    hints = get_type_hints(inspect.unwrap(context.command.callback))
    types = [hints.get(name)]
    for hint in types:
        types.extend(get_args(hint))  # also of `list[E] | None`
    return [
        str(each.value)
        for kind in types
        if isinstance(kind, type) and issubclass(kind, Enum)
        for each in kind
    ]


def _options(context: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return the options of a command, sorted, by each way to write them."""
    return {
        option: parameter
        for parameter in context.command.get_params(context)
        if parameter.param_type_name == "option"
        for option in sorted((*parameter.opts, *parameter.secondary_opts))
    }


def _instead_of_list(extra: str) -> str:
    """Return the command that does what ``list`` with the word *extra* should."""
    name = extra.lower()
    if name in {"routine", "routines"}:
        return "routines"
    if name in {region.value for region in Region}:
        return f"list --region {name}"
    return f"find {shortened(extra)}"


def _see(context: Any) -> str:  # noqa: ANN401
    return f"see `{context.command_path} --help`"
