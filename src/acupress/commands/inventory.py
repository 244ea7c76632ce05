"""Lists every command with its options, for completions, manual page and docs/."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple, get_args, get_type_hints

from acupress.commands.examples import EXAMPLES, Examples


class Parameter(NamedTuple):
    """An argument or option: how it is written, what it means, and whether a file."""

    words: tuple[str, ...]
    value: str
    help: str
    argument: bool
    file: bool


class Command(NamedTuple):
    """A command or a command of a group, such as ``journal export``."""

    name: str
    help: str
    usage: str
    parameters: tuple[Parameter, ...]
    examples: Examples

    @property
    def takes_files(self) -> bool:
        """Whether its arguments are files."""
        return any(each.argument and each.file for each in self.parameters)

    @property
    def file_options(self) -> list[str]:
        """Return its options whose value is a file."""
        return [
            word
            for each in self.parameters
            if each.file and not each.argument
            for word in each.words
        ]


def every_command(loaded: Mapping[str, Any]) -> list[Command]:
    """Return the commands that are *loaded*, those of a group after it."""
    commands = []
    for name, command in loaded.items():
        commands.append(_read(name, command))
        parts: dict[str, Any] = getattr(command, "commands", {})
        commands += [_read(f"{name} {word}", part) for word, part in parts.items()]
    return commands


def _read(name: str, command: Any) -> Command:  # noqa: ANN401 - Typer's own type
    files = _files(command.callback)
    parameters = tuple(_parameter(each, files) for each in command.params)
    words = (each.words[0].strip("[]") for each in parameters if each.argument)
    needed = (each.required for each in command.params if _is_argument(each))
    asked = (
        word if need else f"[{word}]" for word, need in zip(words, needed, strict=True)
    )
    usage = " ".join(("[OPTIONS]", *asked))
    examples = EXAMPLES.get(name, ())
    return Command(name, command.help or "", usage, parameters, examples)


def _parameter(parameter: Any, files: set[str]) -> Parameter:  # noqa: ANN401
    argument = _is_argument(parameter)
    metavar = str(parameter.metavar or "")
    words = (metavar,) if argument else (*parameter.opts, *parameter.secondary_opts)
    value = "" if argument else metavar
    is_file = parameter.name in files
    return Parameter(words, value, parameter.help or "", argument, is_file)


def _is_argument(parameter: Any) -> bool:  # noqa: ANN401
    return bool(parameter.param_type_name == "argument")


def _files(callback: Any) -> set[str]:  # noqa: ANN401
    """Return the names of the parameters of *callback* that are paths."""
    hints = get_type_hints(inspect.unwrap(callback))
    return {name for name, hint in hints.items() if Path in _types(hint)}


def _types(hint: Any) -> set[Any]:  # noqa: ANN401
    """Return the types in *hint*, also those of `list[T] | None`."""
    parts = get_args(hint)
    return {hint} if not parts else {each for part in parts for each in _types(part)}
