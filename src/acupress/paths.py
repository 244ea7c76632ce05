"""
Where the bundled data, a person's own files and other programs are.

Also who else may have written a file, and so decided where somebody presses. On
Windows owners and modes mean nothing: what keeps others out there is the access list
that everything below a person's profile inherits.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Mapping, MutableMapping
from pathlib import Path

from acupress.errors import StorageError

OF_ANOTHER = "belongs to another user (was acupress run with sudo?): chown it"
"""What is said of a file or folder that is not its reader's."""

WRITABLE = "can be written by other users, so it is not used: chmod go-w it"
"""What is said of a file or folder that is not its owner's alone to change."""

_ROOT = 0

# What makes a file a program where its name tells it, in the order that Windows has.
_ENDINGS = (".com", ".exe", ".bat", ".cmd") if sys.platform == "win32" else ("",)


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


def config_folder(environment: Mapping[str, str]) -> Path:
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
        try:
            return _home(environment) / ".config" / "acupress"
        except StorageError:
            return Path(os.devnull)  # nothing can be there
    return Path(base) / "acupress"


def has_own_files(environment: Mapping[str, str]) -> bool:
    """Tell whether a person has files of their own, or may have where none can look."""
    try:
        config_folder(environment).lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True


def data_folder(environment: Mapping[str, str]) -> Path:
    """
    Return where the system wants our data.

    That is ``$XDG_DATA_HOME``, else under the home, or ``%LOCALAPPDATA%``.
    """
    stated = Path(environment.get("XDG_DATA_HOME", ""))
    if stated.is_absolute():
        return stated / "acupress"
    if sys.platform == "win32":
        local = environment.get("LOCALAPPDATA", "")
        return (
            Path(local) if local else _home(environment) / "AppData" / "Local"
        ) / "acupress"
    return _home(environment) / ".local" / "share" / "acupress"


def _home(environment: Mapping[str, str]) -> Path:
    """Return the home folder; raises StorageError where there is none."""
    stated = Path(environment.get("HOME", ""))
    if stated.is_absolute():
        return stated
    try:
        if sys.platform == "win32":
            return Path.home()
        import pwd  # noqa: PLC0415 - only where the environment has no home

        return Path(pwd.getpwuid(os.geteuid()).pw_dir)
    except (KeyError, RuntimeError) as error:
        raise StorageError("there is no home folder: set HOME") from error


def of_another(found: os.stat_result) -> bool:
    """Tell whether *found* belongs to another user."""
    return sys.platform != "win32" and found.st_uid != os.geteuid()


def trust_problem(found: os.stat_result) -> str:
    """
    Return why what *found* tells of is not to be believed, and what to do; or nothing.

    What root owns is as good as our own: root could write anything of ours.
    """
    if sys.platform == "win32":
        return ""
    if of_another(found) and found.st_uid != _ROOT:
        return OF_ANOTHER
    others = found.st_mode & stat.S_IWOTH
    if others or (found.st_mode & stat.S_IWGRP and not _nobody_else_in(found.st_gid)):
        return WRITABLE
    return ""


def _nobody_else_in(number: int) -> bool:
    """
    Tell whether the group *number* is a person's own, with nobody else in it.

    Where each has one, as on Ubuntu and Fedora, files are made writable for it.
    """
    if sys.platform == "win32":
        return True
    import grp  # noqa: PLC0415 - seldom asked
    import pwd  # noqa: PLC0415

    try:
        group, name = grp.getgrgid(number), pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        return False
    return group.gr_name == name and not {*group.gr_mem} - {name}


def find_program(name: str, path: str | None = None) -> str | None:
    """
    Return where the program *name* lies in *path*, or else in ``PATH``.

    Without either it is looked for where the system has its own programs.
    """
    listed = os.environ.get("PATH", os.defpath) if path is None else path
    for folder in absolute_folders(listed).split(os.pathsep):
        for ending in _ENDINGS:
            place = os.path.join(folder, f"{name}{ending}")  # noqa: PTH118 - a word for `exec`
            if os.path.isfile(place) and os.access(place, os.X_OK):  # noqa: PTH113
                return place
    return None


def absolute_folders(path: str) -> str:
    """Return the absolute folders of *path*; where there are none, no folder at all."""
    folders = [each for each in path.split(os.pathsep) if _is_absolute_folders(each)]
    return os.pathsep.join(folders) or os.devnull


def drop_relative_programs(environment: MutableMapping[str, str]) -> None:
    """Take them out of the ``PATH`` of *environment*, which what we start inherits."""
    if "PATH" in environment:
        environment["PATH"] = absolute_folders(environment["PATH"])


def _is_absolute_folders(folder: str) -> bool:
    """Tell whether *folder* means the same wherever one stands."""
    drive = sys.platform != "win32" or bool(os.path.splitdrive(folder)[0])
    return drive and os.path.isabs(folder)  # noqa: PTH117
