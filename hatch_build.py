"""While a wheel is built: has the leaflets of all points made, for it to carry."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Leaflets(BuildHookInterface[Any]):
    """Adds ``acupress/data/ready``; a checkout does without and reads its YAML."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the leaflets, unless *version* is that of an editable install."""
        if version == "editable":
            return
        root = Path(self.root)
        sys.path[:0] = [str(root / "src"), str(root / "tools")]
        from acupress.terminal.leaflets import READY  # noqa: PLC0415
        from bindery import bind  # noqa: PLC0415 - lies in the checkout

        self.made = TemporaryDirectory()
        for name, text in bind(root / "data"):
            Path(self.made.name, f"{name}.json").write_text(text, "utf-8")
        build_data["force_include"][self.made.name] = f"acupress/data/{READY}"

    def finalize(self, version: str, _build_data: dict[str, Any], _wheel: str) -> None:
        """Take away what was made, once the wheel has it."""
        if version != "editable":
            self.made.cleanup()
