"""While a wheel is built: writes the files for it to carry that are made."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledData(BuildHookInterface[Any]):
    """
    Adds ``acupress/data/catalogue.jsonl``, ``acupress/data/pictures`` and ``share``.

    A checkout reads the YAML instead, and the pictures of `make pictures`.
    """

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the files, unless *version* is that of an editable install."""
        if version == "editable":
            return
        root = Path(self.root)
        sys.path[:0] = [str(root / "src"), str(root)]
        from acupress.catalogue.bundled import read_catalogue  # noqa: PLC0415
        from acupress.catalogue.compiled import COMPILED, to_json  # noqa: PLC0415

        self.made = TemporaryDirectory()
        path = Path(self.made.name, COMPILED)
        path.write_text(to_json(read_catalogue(root / "data")), "utf-8")
        added = build_data["force_include"]
        added[str(path)] = f"acupress/data/{COMPILED}"
        added[str(_pictures(root))] = "acupress/data/pictures"
        build_data["shared_data"].update(_for_shells(Path(self.made.name)))

    def finalize(self, version: str, _build_data: dict[str, Any], _wheel: str) -> None:
        """Delete the file once the wheel has it."""
        if version != "editable":
            self.made.cleanup()


def _pictures(root: Path) -> Path:
    """Return the folder of the pictures, drawn unless its sources are unchanged."""
    from bodymap.pictures import SOURCES, write_pictures  # noqa: PLC0415

    content = hashlib.sha256()
    for file in sorted(file for each in SOURCES for file in root.glob(each)):
        content.update(file.read_bytes())
    folder = root / "build" / "pictures" / content.hexdigest()[:16]
    if not folder.is_dir():
        write_pictures(root / "data" / "figures", folder)
    return folder


def _for_shells(folder: Path) -> dict[str, str]:
    """Write the manual page and the completions into *folder*, for their places."""
    from shell import write_files  # noqa: PLC0415 - imports the whole program

    return write_files(folder)
