"""``acupress check``: validates the user's own files and config.toml."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Annotated

import typer

from acupress.catalogue.contents import OwnFiles
from acupress.catalogue.loading import check_files, check_own_files
from acupress.catalogue.personal import sorted_files
from acupress.catalogue.schema import schema
from acupress.config import read_config
from acupress.errors import FileError, printable
from acupress.files import display_path
from acupress.paths import config_folder
from acupress.text.words import count


def run(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="PATH...",
            help="Files, folders of them, or -; without any, all of your own.",
            show_default=False,
        ),
    ] = None,
    *,
    print_schema: Annotated[
        bool, typer.Option("--schema", help="Print the JSON Schema, for editors.")
    ] = False,
) -> None:
    """Check your own points and routines: each fault as FILE:LINE:COLUMN: message."""
    if print_schema:
        print(json.dumps(schema(), indent=2))
        return
    faults: list[FileError] = []
    if paths:
        own = check_files(sorted_files(paths))
    else:
        _, faults = read_config(config_folder(os.environ) / "config.toml")
        own = check_own_files()
    _print([*faults, *own.faults], own)


def _print(faults: list[FileError], own: OwnFiles) -> None:
    for fault in dict.fromkeys(map(str, faults)):
        print(fault)
    for path in own.ignored:
        name = printable(str(path))
        print(f"{name}: passed over, since its name does not end in .yaml")
    if faults:
        raise typer.Exit(FileError.exit_code)
    if not own.number:
        folder = display_path(config_folder(os.environ))
        print(f"Nothing of your own is in {folder} to check.")
        return
    print(f"{count(own.number, 'file')}, no faults")
