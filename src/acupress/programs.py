"""
Where the programs of the system lie: in absolute folders, and nowhere else.

An entry of ``PATH`` that is empty or relative means the folder one happens to stand
in, and so does an empty ``PATH``: what lies there under the name of a player may be
anybody's.
"""

from __future__ import annotations

import os
import sys
from collections.abc import MutableMapping

# What makes a file a program where its name tells it, in the order that Windows has.
_ENDINGS = (".com", ".exe", ".bat", ".cmd") if sys.platform == "win32" else ("",)


def find(name: str, path: str | None = None) -> str | None:
    """
    Return where the program *name* lies in *path*, or else in ``PATH``.

    Without either it is looked for where the system has its own programs.
    """
    listed = os.environ.get("PATH", os.defpath) if path is None else path
    for folder in absolute(listed).split(os.pathsep):
        for ending in _ENDINGS:
            place = os.path.join(folder, f"{name}{ending}")  # noqa: PTH118 - a word for `exec`
            if os.path.isfile(place) and os.access(place, os.X_OK):  # noqa: PTH113
                return place
    return None


def absolute(path: str) -> str:
    """Return the absolute folders of *path*; where there are none, no folder at all."""
    folders = [each for each in path.split(os.pathsep) if _is_absolute(each)]
    return os.pathsep.join(folders) or os.devnull


def forget_relative_folders(environment: MutableMapping[str, str]) -> None:
    """Take them out of the ``PATH`` of *environment*, which what we start inherits."""
    if "PATH" in environment:
        environment["PATH"] = absolute(environment["PATH"])


def _is_absolute(folder: str) -> bool:
    """Tell whether *folder* means the same wherever one stands."""
    drive = sys.platform != "win32" or bool(os.path.splitdrive(folder)[0])
    return drive and os.path.isabs(folder)  # noqa: PTH117
