"""
Error messages for invalid command lines, with a suggestion of what to type.

Imported lazily, after a parse error. A suggested command is never run.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from typing import Any

from acupress.catalogue.loading import load_routines
from acupress.commands.choosing import codes_of
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

_MISSING = {
    "POINT": "which point? write its code or its name: `acupress show GB21`",
    "WORDS...": "what is to be found? write it: `acupress find stiff neck`",
}


def no_command(arguments: Sequence[str], commands: Sequence[str]) -> str:
    """Return the message for *arguments* that start with none of *commands*."""
    words = list(arguments)
    options = [at for at, word in enumerate(words) if word.startswith("-")]
    typed = " ".join(words[: options[0]] if options else words)
    message = f"no command called {quoted(words[0])}"
    similar = difflib.get_close_matches(words[0], commands, 1)
    if meant := _meant(typed):
        return f"no command called {quoted(typed)}; write `acupress {meant}`"
    if similar:
        return f"{message}; did you mean {similar[0]}?"
    return (
        f"{message}; there are {', '.join(commands)}; "
        "`acupress session` asks what you would like to do"
    )


def unread(error: Any) -> str:  # noqa: ANN401 - Typer keeps these types to itself
    """Return the message for a usage error of Typer."""
    match type(error).__name__:
        case "NoSuchOption":
            return _no_option(error.option_name, error.ctx)
        case "BadOptionUsage":
            return _bad_option(error)
        case "MissingParameter":
            name = error.param.human_readable_name
            return _MISSING.get(name, f"{name} is missing: {_see(error.ctx)}")
        case "BadParameter":
            return _bad_value(error)
    return _other_error(error)


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
    except AcupressError:
        return None
    return None


def _no_option(name: str, context: Any) -> str:  # noqa: ANN401
    known = sorted(_options(context))
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


def _options(context: Any) -> Iterable[str]:  # noqa: ANN401
    for parameter in context.command.get_params(context):
        if parameter.param_type_name == "option":
            for option in (*parameter.opts, *parameter.secondary_opts):
                if option.startswith("--"):
                    yield option


def _bad_option(error: Any) -> str:  # noqa: ANN401
    """Return the message for an option with a missing or an unexpected value."""
    name = shortened(error.option_name)
    if "requires" in error.format_message():
        return f"{name} needs something after it; --help says what"
    return f"{name} stands alone: write nothing after it"


def _bad_value(error: Any) -> str:  # noqa: ANN401
    """Return the message with the valid values of an option or argument."""
    parameter = error.param
    if parameter is None:
        return str(error.format_message())
    name = (*parameter.opts, parameter.name)[0]
    choices = getattr(parameter.type, "choices", None)
    if not choices:
        return f"{name}: {error.message}"
    valid = [str(getattr(each, "value", each)) for each in choices]
    return f"{name}: write {'one of: ' * (len(valid) > 1)}{', '.join(valid)}"


def _other_error(error: Any) -> str:  # noqa: ANN401
    """Return the message for an extra argument or an unknown subcommand."""
    message, context = str(error.format_message()), getattr(error, "ctx", None)
    if context is None:
        return message
    extra = message.partition("extra argument(s) (")[2].removesuffix(")")
    if extra:
        return f"{quoted(extra)} is too much for `{context.command_path}`; " + (
            f"write `acupress {_instead_of_list(extra)}`"
            if context.info_name == "list"
            else _see(context)
        )
    unknown = message.partition("No such command '")[2].partition("'")[0]
    if unknown:
        *others, last = context.command.list_commands(context)
        known = f"{', '.join(others)} and {last}"
        return f"no command called {quoted(unknown)} here; there are {known}"
    return message


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
