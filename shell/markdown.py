"""The pages of docs/ that list what the program has: options, and keys."""

from __future__ import annotations

from collections.abc import Iterable

from acupress.text.plan_pages import PLAN_KEYS
from acupress.text.session_words import HELP
from shell.commands import Command, Parameter
from shell.manual import ENVIRONMENT, EXIT_STATUS, OPTIONS, PLACES

_MADE = "<!-- `make docs` writes this page from the program: do not edit it. -->"


def options_page(commands: list[Command]) -> str:
    """Return docs/options.md: every command with its options."""
    return _page(
        "Commands and options",
        "`acupress COMMAND --help`, `acupress help COMMAND` and `man acupress` say "
        "the same.\nOptions may stand before or after the other words, and none is "
        "shortened.",
        "## With any command",
        _table("option", OPTIONS),
        *(part for each in commands for part in _command(each)),
        "## Exit codes",
        _table("code", EXIT_STATUS),
        "## Environment variables",
        ENVIRONMENT.strip(),
        "## Files",
        _table("file", PLACES),
    )


def keys_page() -> str:
    """Return docs/keys.md: what each key does, wherever keys are read."""
    return _page(
        "Keys",
        "Letters count on the keys of other keyboard layouts, too: `й` is `q` on a "
        "Russian keyboard.\nA key that means nothing is answered by those that do.",
        "## At a question",
        _table("key", _QUESTION, code=False),
        "## At the plan",
        _table("key", PLAN_KEYS, code=False),
        "## During a session",
        _table("key", (*HELP[:-1], _BACK), code=False),
        "Clickers and pedals, which send Page Down and Page Up, go on and back.\n"
        "Ctrl-Z puts a session aside: time stands still until `fg`.",
    )


_QUESTION = (
    ("the words that are shown", "answer, with Enter; Enter alone is no answer"),
    ("Enter, arrows, Page Up and Page Down", "read on, while a page has more below"),
    ("q", "leaves, without Enter, and nothing starts"),
    ("Ctrl-C", "ends the program at once"),
)
_BACK = ("q or Esc, in the help", "back to the session")


def _command(command: Command) -> Iterable[str]:
    yield f"## `acupress {command.name} {command.usage}`"
    yield command.help
    told = [(_written(each), each.help) for each in command.parameters if each.help]
    if told:
        yield _table("what you add", told)


def _written(parameter: Parameter) -> str:
    return " ".join(filter(None, (", ".join(parameter.words), parameter.value)))


def _table(heading: str, rows: Iterable[tuple[str, str]], *, code: bool = True) -> str:
    mark = "`" if code else ""
    lines = (f"| {mark}{_cell(name)}{mark} | {_cell(text)} |" for name, text in rows)
    return "\n".join((f"| {heading} | what it does |", "|---|---|", *lines))


def _cell(text: str) -> str:
    return text.replace("|", r"\|")


def _page(title: str, *parts: str) -> str:
    return "\n\n".join((f"# {title}", _MADE, *parts)) + "\n"
