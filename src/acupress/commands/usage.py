"""
What to say of words that no command takes, and what to type instead.

It is loaded only once something is wrong. Nothing here starts anything: a command
that may have been meant is written down, for the person to type.
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

_CLOSE = 0.7  # "pregnant" is 0.82 of "pregnancy"; below this, chance begins

# What other programs call it; offered only where the command has that option.
_ELSEWHERE = {
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
    """Return what is said when *arguments* begin with none of the *commands*."""
    words = list(arguments)
    options = [at for at, word in enumerate(words) if word.startswith("-")]
    typed = " ".join(words[: options[0]] if options else words)
    said = f"no command called {quoted(words[0])}"
    near = difflib.get_close_matches(words[0], commands, 1)
    if meant := _meant(typed):
        return f"no command called {quoted(typed)}; write `acupress {meant}`"
    if near:
        return f"{said}; did you mean {near[0]}?"
    return (
        f"{said}; there are {', '.join(commands)}; "
        "`acupress session` asks what you would like to do"
    )


def unread(error: Any) -> str:  # noqa: ANN401 - Typer keeps these types to itself
    """Return what is said when Typer could not read a command line."""
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
    return _otherwise(error)


def _meant(typed: str) -> str | None:
    """Return the command for a routine, an ache or a point called *typed*."""
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
    said = f"no option called {shortened(name)}"
    elsewhere = _ELSEWHERE.get(name, "")
    if elsewhere.partition(" ")[0] in known:
        return f"{said}; did you mean {elsewhere}?"
    begun = [option for option in known if option.startswith(name)]
    bare = [option.lstrip("-") for option in known]
    near = difflib.get_close_matches(name.lstrip("-"), bare, 1, _CLOSE)
    meant = begun or [f"--{each}" for each in near]
    if meant and len(name) > len("--"):
        return f"{said}; did you mean {either(meant)}?"
    return f"{said}; {_see(context)}"


def _options(context: Any) -> Iterable[str]:  # noqa: ANN401
    for parameter in context.command.get_params(context):
        if parameter.param_type_name == "option":
            for option in (*parameter.opts, *parameter.secondary_opts):
                if option.startswith("--"):
                    yield option


def _bad_option(error: Any) -> str:  # noqa: ANN401
    """Return what is said of an option without its value, or with one too many."""
    name = shortened(error.option_name)
    if "requires" in error.format_message():
        return f"{name} needs something after it; --help says what"
    return f"{name} stands alone: write nothing after it"


def _bad_value(error: Any) -> str:  # noqa: ANN401
    """Return what may be written for the option or argument of *error*."""
    parameter = error.param
    if parameter is None:
        return str(error.format_message())
    name = (*parameter.opts, parameter.name)[0]
    choices = getattr(parameter.type, "choices", None)
    if not choices:
        return f"{name}: {error.message}"
    written = [str(getattr(each, "value", each)) for each in choices]
    return f"{name}: write {'one of: ' * (len(written) > 1)}{', '.join(written)}"


def _otherwise(error: Any) -> str:  # noqa: ANN401
    """Return what is said of a word too many, or of an unknown word of a command."""
    said, context = str(error.format_message()), getattr(error, "ctx", None)
    if context is None:
        return said
    extra = said.partition("extra argument(s) (")[2].removesuffix(")")
    if extra:
        return (
            f"{quoted(extra)} is too much for `{context.command_path}`; {_see(context)}"
        )
    unknown = said.partition("No such command '")[2].partition("'")[0]
    if unknown:
        *others, last = context.command.list_commands(context)
        known = f"{', '.join(others)} and {last}"
        return f"no command called {quoted(unknown)} here; there are {known}"
    return said


def _see(context: Any) -> str:  # noqa: ANN401
    return f"see `{context.command_path} --help`"
