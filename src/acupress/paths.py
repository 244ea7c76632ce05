"""
Locates the bundled data, the user's own files and helper programs.

Also decides whether a file can be trusted: it says where somebody is to press, so no
other user may have written it. On Windows owners and modes are not checked: the access
list inherited from the user's profile keeps others out.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Mapping, MutableMapping
from pathlib import Path

from acupress.errors import StorageError

OF_ANOTHER = "belongs to another user (was acupress run with sudo?): chown it"
"""The message for a file or folder of another user."""

WRITABLE = "can be written by other users, so it is not used: chmod go-w it"
"""The message for a file or folder that others can change."""

_ROOT = 0

# Extensions of programs, in the order of Windows's PATHEXT.
_EXTENSIONS = (".com", ".exe", ".bat", ".cmd") if sys.platform == "win32" else ("",)


def bundled() -> Path:
    """Return the bundled data: in the installed package, or in a checkout's root."""
    package = Path(__file__).parent
    checkout = package.parent.parent
    if (package / "data").is_dir() or not (checkout / "pyproject.toml").is_file():
        return package / "data"
    return checkout / "data"


def config_folder(environment: Mapping[str, str]) -> Path:
    """
    Return the folder of the user's own files; the null device without a home.

    It is below ``XDG_CONFIG_HOME``, else ``%APPDATA%`` on Windows, else ``.config`` in
    the home. Relative values are ignored: they depend on the current folder.
    """
    base = environment.get("XDG_CONFIG_HOME", "")
    if sys.platform == "win32" and not base:
        base = environment.get("APPDATA", "")
    if not os.path.isabs(base):  # noqa: PTH117 - Path("") is "."
        try:
            return _home(environment) / ".config" / "acupress"
        except StorageError:
            return Path(os.devnull)  # no file can exist below it
    return Path(base) / "acupress"


def has_own_records(environment: Mapping[str, str]) -> bool:
    """Tell whether a person has points or routines, or may have where none can look."""
    return any(
        map(_may_be_there, (config_folder(environment) / name for name in _RECORDS))
    )


_RECORDS = ("points", "routines")


def _may_be_there(path: Path) -> bool:
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True


def data_folder(environment: Mapping[str, str]) -> Path:
    """
    Return the folder of the journal; raises StorageError without a home.

    It is in ``XDG_DATA_HOME``, else ``%LOCALAPPDATA%`` or ``.local/share``.
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


def cache_folder(environment: Mapping[str, str]) -> Path:
    """
    Return the folder of what can be made anew; the null device without a home.

    It is in ``XDG_CACHE_HOME``, else ``%LOCALAPPDATA%`` or ``.cache`` in the home.
    """
    stated = Path(environment.get("XDG_CACHE_HOME", ""))
    if stated.is_absolute():
        return stated / "acupress"
    try:
        if sys.platform == "win32":
            return data_folder(environment) / "cache"
        return _home(environment) / ".cache" / "acupress"
    except StorageError:
        return Path(os.devnull)  # no file can exist below it


def _home(environment: Mapping[str, str]) -> Path:
    """Return the home folder; raises StorageError if there is none."""
    stated = Path(environment.get("HOME", ""))
    if stated.is_absolute():
        return stated
    try:
        if sys.platform == "win32":
            return Path.home()
        import pwd  # noqa: PLC0415 - POSIX only

        return Path(pwd.getpwuid(os.geteuid()).pw_dir)
    except (KeyError, RuntimeError) as error:
        raise StorageError("there is no home folder: set HOME") from error


def of_another(found: os.stat_result) -> bool:
    """Tell whether the file of the stat result *found* is another user's."""
    return sys.platform != "win32" and found.st_uid != os.geteuid()


def trust_problem(found: os.stat_result) -> str:
    """
    Return why the file of the stat result *found* is not trusted, or "".

    Root's files are trusted, since root could write ours.
    """
    if sys.platform == "win32":
        return ""
    if of_another(found) and found.st_uid != _ROOT:
        return OF_ANOTHER
    others = found.st_mode & stat.S_IWOTH
    if others or (found.st_mode & stat.S_IWGRP and not _is_private_group(found.st_gid)):
        return WRITABLE
    return ""


def _is_private_group(number: int) -> bool:
    """
    Tell whether the group *number* is the user's private group, without other members.

    Distributions with such groups, as Ubuntu and Fedora, make files group-writable.
    """
    if sys.platform == "win32":
        return True
    import grp  # noqa: PLC0415 - POSIX only
    import pwd  # noqa: PLC0415 - POSIX only

    try:
        group, name = grp.getgrgid(number), pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        return False
    return group.gr_name == name and not {*group.gr_mem} - {name}


def find_program(name: str, path: str | None = None) -> str | None:
    """
    Return the path of the program *name* in *path*, by default ``PATH``, or ``None``.

    Without ``PATH`` the fallback is ``os.defpath``. Relative folders are skipped. A
    *name* that is a path is looked for there only, and must be absolute.
    """
    if os.path.basename(name) != name:  # noqa: PTH119
        usable = _is_absolute(name) and os.path.isfile(name)  # noqa: PTH113
        return name if usable and os.access(name, os.X_OK) else None
    listed = os.environ.get("PATH", os.defpath) if path is None else path
    for folder in absolute_folders(listed).split(os.pathsep):
        for extension in _EXTENSIONS:
            place = os.path.join(folder, f"{name}{extension}")  # noqa: PTH118 - a str for Popen
            if os.path.isfile(place) and os.access(place, os.X_OK):  # noqa: PTH113
                return place
    return None


def absolute_folders(path: str) -> str:
    """Return *path* with its absolute folders only; the null device without any."""
    folders = [each for each in path.split(os.pathsep) if _is_absolute(each)]
    return os.pathsep.join(folders) or os.devnull


def drop_relative_programs(environment: MutableMapping[str, str]) -> None:
    """Remove relative folders from ``PATH`` in *environment*, for our subprocesses."""
    if "PATH" in environment:
        environment["PATH"] = absolute_folders(environment["PATH"])


def _is_absolute(folder: str) -> bool:
    """Tell whether *folder* is absolute; on Windows that needs a drive, too."""
    drive = sys.platform != "win32" or bool(os.path.splitdrive(folder)[0])
    return drive and os.path.isabs(folder)  # noqa: PTH117
