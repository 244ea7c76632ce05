"""Where the bundled data lies, and where a person's own files do."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path


def bundled() -> Path:
    """
    Return the folder of the bundled data.

    It lies in the installed package, or beside ``src`` in a checkout.
    """
    package = Path(__file__).parent
    checkout = package.parent.parent
    if (package / "data").is_dir() or not (checkout / "pyproject.toml").is_file():
        return package / "data"
    return checkout / "data"


def folder(environment: Mapping[str, str]) -> Path:
    """
    Return the folder of a person's own files.

    An ``XDG_CONFIG_HOME`` that is empty or relative does not count; without one,
    it is in ``.config`` under the home, or in ``%APPDATA%``. A ``HOME`` that is
    relative does not count either: the folder one happens to stand in is nobody's own.
    """
    base = environment.get("XDG_CONFIG_HOME", "")
    if sys.platform == "win32" and not base:
        base = environment.get("APPDATA", "")
    if not os.path.isabs(base):  # noqa: PTH117 - a Path would forget that it is empty
        return _home(environment) / ".config" / "acupress"
    return Path(base) / "acupress"


def _home(environment: Mapping[str, str]) -> Path:
    """Return the home; where there is none, a place at which nothing can be."""
    stated = Path(environment.get("HOME", ""))
    if stated.is_absolute():
        return stated
    try:
        if sys.platform == "win32":
            return Path.home()
        import pwd  # noqa: PLC0415 - only where the environment has no home

        return Path(pwd.getpwuid(os.geteuid()).pw_dir)
    except (KeyError, RuntimeError):
        return Path(os.devnull)


def has_own_files(environment: Mapping[str, str]) -> bool:
    """Tell whether a person has files of their own, or may have where none can look."""
    try:
        folder(environment).lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True
