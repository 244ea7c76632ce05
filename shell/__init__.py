"""
The manual page, made from the program while a wheel is built, and the completions.

Nothing in the wheel imports this: hatch_build.py runs it, and the wheel carries the
files to where `man` and the shells look. `make docs` has it write pages of docs/, too.
"""

from __future__ import annotations

from pathlib import Path

from acupress import cli
from acupress.commands import scripts
from acupress.commands.inventory import every_command
from shell import manual, markdown

PLACES = {
    "acupress.1": "share/man/man1/acupress.1",
    "acupress.bash": "share/bash-completion/completions/acupress",
    "_acupress": "share/zsh/site-functions/_acupress",
    "acupress.fish": "share/fish/vendor_completions.d/acupress.fish",
}
"""Where each file belongs, below the prefix that the wheel is installed in."""


_DOCS = Path(__file__).parents[1] / "docs"


def write_files(folder: Path) -> dict[str, str]:
    """Write all files into *folder*; return where each belongs, by its path."""
    commands = every_command(cli.commands())
    texts = {
        "acupress.1": manual.page(commands),
        "acupress.bash": scripts.bash(commands),
        "_acupress": scripts.zsh(commands),
        "acupress.fish": scripts.fish(commands),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8", newline="\n")
    return {str(folder / name): place for name, place in PLACES.items()}


def write_pages(folder: Path) -> None:
    """Write the pages of docs/ that are made from the program."""
    for name, text in pages().items():
        (folder / name).write_text(text, "utf-8", newline="\n")


def pages() -> dict[str, str]:
    """Return the pages of docs/ that are made from the program, by their names."""
    return {
        "options.md": markdown.options_page(every_command(cli.commands())),
        "keys.md": markdown.keys_page(),
        "json.md": markdown.json_page(_DOCS / "json.schema.json"),
    }
