"""The pages of docs/ that list what the program has: options, keys and JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from acupress.commands.inventory import Command, Parameter
from acupress.text.plan_pages import PLAN_KEYS
from acupress.text.session_words import HELP
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


def json_page(schema: Path) -> str:
    """Return docs/json.md, which tells the *schema* of every document in words."""
    defined = json.loads(schema.read_text("utf-8"))["$defs"]
    return _page(
        "JSON, for other programs",
        _JSON,
        *(part for each in defined.values() if "title" in each for part in _keys(each)),
        "## A file of your own",
        "`check --schema` prints the JSON Schema of a point or routine of your own, "
        "for editors.",
    )


_JSON = """\
`show`, `list`, `find`, `plan`, `routines` and `journal` take `--json` and print one JSON document, in UTF-8 and without colours.
Keys are never removed and never change their meaning; new ones may be added, so pass over those that you do not know.
Every key is always there.

```sh
acupress list --json | jq -r '.[] | select(.pregnancy == "ok") | .code'
acupress plan neck --pregnancy no --json | jq .total_seconds
```

No document repeats what was answered; what a plan leaves out, and why, follows from it.
Where a command fails there is no document, but one line on standard error and an [exit code](options.md#exit-codes).

[json.schema.json](json.schema.json) has what stands here as a JSON Schema, with a definition for each document; the tests hold what the program prints to it."""  # noqa: E501


def _keys(defined: Mapping[str, Any]) -> Iterable[str]:
    """Yield the section on an object of the schema: its keys, and what each holds."""
    yield f"## {defined['title']}"
    yield defined["description"].replace(". ", ".\n")
    rows = (
        f"| `{key}` | {_values(value)} | {value['description']} |"
        for key, value in defined["properties"].items()
    )
    yield "\n".join(("| key | value | what it is |", "|---|---|---|", *rows))


def _values(schema: Mapping[str, Any]) -> str:
    """Return what a key of *schema* may be, in words."""
    if "enum" in schema:
        return ", ".join(f"`{json.dumps(value)}`" for value in schema["enum"])
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2].replace("_", " ")
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    words = " or ".join("`null`" if kind == "null" else kind for kind in kinds)
    return f"array of: {_values(schema['items'])}" if words == "array" else words


_QUESTION = (
    ("the words that are shown", "answer, with Enter; Enter alone is no answer"),
    ("Enter, arrows, Page Up and Page Down", "read on, while a page has more below"),
    ("q", "leaves, without Enter, and nothing starts"),
    ("?", "where all three are asked on one line: asks them one by one"),
    ("Ctrl-C", "ends the program at once"),
)
_BACK = ("q or Esc, in the help", "back to the session")


def _command(command: Command) -> Iterable[str]:
    yield f"## `acupress {command.name} {command.usage}`"
    yield command.help
    told = [(_written(each), each.help) for each in command.parameters if each.help]
    if told:
        yield _table("what you add", told)
    if command.examples:
        lines = (f"acupress {words}  # {text}" for words, text in command.examples)
        yield "\n".join(("```sh", *lines, "```"))


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
