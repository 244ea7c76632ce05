"""
Files of a person's own: for no one else to read, and whole or not there at all.

On Windows modes mean nothing and are left alone: what keeps others out is the
access list that everything below a person's profile inherits.

Whatever fails is a StorageError of one line that begins with the file's name.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from acupress.errors import FileError, StorageError, UnusableError, printable
from acupress.paths import OF_ANOTHER, of_another, trust_problem

FOLDER_MODE = 0o700
"""Of a folder that is for its owner alone."""

_FILE_MODE = 0o600
_OTHERS = 0o077

# Not blocking, or opening a FIFO would wait for somebody to write to it.
if sys.platform == "win32":
    _READ_ONLY = os.O_RDONLY | os.O_BINARY
    # Without O_BINARY a byte of 26 would be the end. Whoever waits for the disk
    # must be allowed to write to it (FlushFileBuffers).
    READ_ONLY, _TO_SYNC = os.O_RDONLY | os.O_BINARY, os.O_RDWR | os.O_BINARY
    _ALONE = os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_BINARY
else:
    _READ_ONLY = os.O_RDONLY | os.O_NONBLOCK
    READ_ONLY, _TO_SYNC = os.O_RDONLY | os.O_NOFOLLOW, os.O_RDONLY
    _ALONE = os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW


def contents(path: Path, most: int, *, trusted: bool = False) -> bytes | None:
    """
    Return what is in *path*, *most* bytes at most; ``None`` if it is not there.

    Raises FileError for what is no regular file, for a link that leads nowhere, and
    for whatever cannot be read; if it is to be *trusted*, also for what others could
    have written.
    """
    try:
        opened = os.open(path, _READ_ONLY)
        try:
            if not stat.S_ISREG(os.fstat(opened).st_mode):
                raise FileError(str(path), 1, 1, "is not a regular file")
            if trusted and (why := trust_problem(os.fstat(opened))):
                raise FileError(str(path), 1, 1, why)
            with os.fdopen(opened, "rb", closefd=False) as file:
                data = file.read(most + 1)
        finally:
            os.close(opened)
    except (OSError, ValueError) as error:
        if isinstance(error, FileNotFoundError) and not path.is_symlink():
            return None
        reason = getattr(error, "strerror", None) or str(error)
        raise FileError(str(path), 1, 1, f"cannot be read: {reason}") from None
    if len(data) > most:
        raise FileError(str(path), 1, 1, f"is too large: {most} bytes are the most")
    return data


def require_trust(path: Path) -> None:
    """Raise FileError where *path* is there, and others could have written it."""
    try:
        why = trust_problem(path.stat())
    except OSError:
        return  # whoever reads it tells what is wrong
    if why:
        raise FileError(str(path), 1, 1, why)


def display_path(file: Path) -> str:
    """Return the name of *file*, from ``~`` on where it is there, and harmless."""
    home = os.environ.get("HOME", "").rstrip("/")
    name = str(file)
    if home and name.startswith(f"{home}/"):
        name = f"~{name.removeprefix(home)}"
    return printable(name)


def expanded(file: Path) -> Path:
    """
    Return *file* with a ``~`` at its beginning as the home that is meant.

    No shell does it in ``--save=~/x``. A file whose name begins so is ``./~x``.
    """
    name = str(file)
    if not name.startswith("~"):
        return file
    whole = os.path.expanduser(name)  # noqa: PTH111 - a Path would raise
    if whole == name and (name == "~" or "/" in name):
        raise refused(file, "there is no such home: write the whole name")
    return Path(whole)


def refused(
    file: Path, why: str, kind: type[StorageError] = StorageError
) -> StorageError:
    """Return the error of *file* that says *why*."""
    return kind(f"{display_path(file)}: {why}")


@contextmanager
def storage_errors(file: Path) -> Iterator[None]:
    """Turn what the system refuses into the one line about *file*."""
    try:
        yield
    except OSError as error:
        raise refused(file, error.strerror or "unknown reason") from error


def ensure_private(file: Path) -> bool:
    """
    Tell whether *file* is there: a plain file of ours that only we may read.

    It and its folder are made private where they were not. Raises UnusableError
    for links, for what belongs to someone else, and for anything but a file.
    """
    with storage_errors(file):
        try:
            folder, found = file.parent.lstat(), file.lstat()
        except FileNotFoundError:
            return False
        _tightened(file.parent, folder, stat.S_ISDIR, FOLDER_MODE)
        _tightened(file, found, stat.S_ISREG, _FILE_MODE)
    return True


def private_folder(folder: Path) -> None:
    """Make *folder* and what is missing above it, for us alone."""
    with storage_errors(folder):
        missing = [each for each in (folder, *folder.parents) if not each.exists()]
        for each in reversed(missing):
            with suppress(FileExistsError):
                each.mkdir(FOLDER_MODE)
                each.chmod(FOLDER_MODE)  # whatever the umask took away
        _tightened(folder, folder.lstat(), stat.S_ISDIR, FOLDER_MODE)


def make(file: Path, fill: Callable[[Path], None]) -> bool:
    """
    Make *file* in one step; return ``False``, with nothing done, if it is there.

    *fill* writes to another name in the same folder, which becomes *file* only
    when all of it is on the disk.
    """
    other = file.with_name(f"{file.name}.{os.urandom(8).hex()}.new")
    with storage_errors(file):
        try:
            _created(other)
            fill(other)
            sync(other)
            made = _placed(other, file)
        finally:
            other.unlink(missing_ok=True)
        with suppress(OSError):  # not every system can do this to a folder
            sync(file.parent)
    return made


def save_new(file: Path, text: str) -> None:
    """Write *text* to *file*, which must not be there yet."""

    def fill(other: Path) -> None:
        other.write_bytes(text.encode("utf-8"))

    if not file.name or not make(file, fill):
        raise refused(file, "is there already, and nothing is overwritten")


def sync(path: Path) -> None:
    """
    Wait until *path*, a file or a folder, is on the disk.

    For a folder Windows has no way; NTFS keeps a journal of names by itself.
    """
    if sys.platform == "win32" and path.is_dir():
        return
    descriptor = os.open(path, _TO_SYNC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def identity(file: Path) -> tuple[int, int] | None:
    """Return what tells *file* from another one of its name; ``None``: not there."""
    try:
        found = file.lstat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def copy_new(source: Path, file: Path) -> bool:
    """Copy *source* to *file* where no link can be made; ``False`` if it is there."""
    try:
        _created(file)
    except FileExistsError:
        return False
    try:
        file.write_bytes(source.read_bytes())
        sync(file)
    except OSError:
        file.unlink()
        raise
    return True


def _placed(other: Path, file: Path) -> bool:
    try:
        if sys.platform == "win32":
            os.rename(other, file)  # noqa: PTH104 - there it never overwrites
        else:
            os.link(other, file, follow_symlinks=False)
    except FileExistsError:
        return False
    except OSError:
        return copy_new(other, file)  # a memory stick knows no links
    return True


def _created(file: Path) -> None:
    descriptor = os.open(file, _ALONE, _FILE_MODE)
    try:
        if sys.platform != "win32":
            os.fchmod(descriptor, _FILE_MODE)
    finally:
        os.close(descriptor)


def _tightened(
    path: Path, found: os.stat_result, kind: Callable[[int], bool], mode: int
) -> None:
    if stat.S_ISLNK(found.st_mode):
        raise refused(path, "is a link, which is not followed", UnusableError)
    if not kind(found.st_mode):
        what = "file" if kind is stat.S_ISREG else "folder"
        raise refused(path, f"is not a plain {what}", UnusableError)
    if sys.platform == "win32":
        return
    if of_another(found):
        raise refused(path, OF_ANOTHER, UnusableError)
    if found.st_mode & _OTHERS:
        path.chmod(mode)
