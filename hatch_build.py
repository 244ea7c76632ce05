"""While a wheel is built: writes the compiled catalogue, for it to carry."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledCatalogue(BuildHookInterface[Any]):
    """Adds ``acupress/data/catalogue.jsonl``; a checkout reads the YAML instead."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the file, unless *version* is that of an editable install."""
        if version == "editable":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root / "src"))
        from acupress.catalogue.bundled import read_catalogue  # noqa: PLC0415
        from acupress.catalogue.compiled import COMPILED, to_json  # noqa: PLC0415

        self.made = TemporaryDirectory()
        path = Path(self.made.name, COMPILED)
        path.write_text(to_json(read_catalogue(root / "data")), "utf-8")
        build_data["force_include"][str(path)] = f"acupress/data/{COMPILED}"

    def finalize(self, version: str, _build_data: dict[str, Any], _wheel: str) -> None:
        """Delete the file once the wheel has it."""
        if version != "editable":
            self.made.cleanup()
