"""
Reads and writes the user's own files: private, bounded and atomic.

On Windows modes are not used: the access list inherited from the user's profile keeps
others out. Reading raises FileError, everything else StorageError; both are one line
that starts with the file's name.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

from acupress.errors import FileError, StorageError, UnusableError, printable
from acupress.paths import OF_ANOTHER, of_another, trust_problem

STANDARD_INPUT = Path("-")
"""The name by which standard input is given as a file."""

FOLDER_MODE = 0o700
"""The mode of a private folder."""

_FILE_MODE, _SHARED_MODE = 0o600, 0o666  # the umask takes bits of the second away
_NOT_OWNER = 0o077

# O_NONBLOCK: opening a FIFO would block until somebody writes to it.
if sys.platform == "win32":
    _READ_REGULAR = os.O_RDONLY | os.O_BINARY
    # O_BINARY: in text mode a byte of 26 is EOF. FlushFileBuffers needs write access.
    READ_ONLY, _TO_SYNC = os.O_RDONLY | os.O_BINARY, os.O_RDWR | os.O_BINARY
    _CREATE_NEW = os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_BINARY
else:
    _READ_REGULAR = os.O_RDONLY | os.O_NONBLOCK
    READ_ONLY, _TO_SYNC = os.O_RDONLY | os.O_NOFOLLOW, os.O_RDONLY
    _CREATE_NEW = os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW


def contents(path: Path, most: int, *, trusted: bool = False) -> bytes | None:
    """
    Read a regular file of *most* bytes at most; ``None`` if there is none.

    Never blocks on a FIFO or device. Raises FileError if it is not regular, too large,
    unreadable or a dangling link; with *trusted*, also if others could have written it.
    """
    try:
        opened = os.open(path, _READ_REGULAR)
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


@cache
def standard_input(most: int) -> bytes | FileError:
    """Read standard input once, *most* bytes of it at most; return an error of it."""
    try:
        data = sys.stdin.buffer.read(most + 1)
    except OSError as error:
        reason = error.strerror or "unknown reason"
        return FileError("-", 1, 1, f"cannot be read: {reason}")
    too_large = FileError("-", 1, 1, f"is too large: {most} bytes are the most")
    return data if len(data) <= most else too_large


def require_trust(path: Path) -> None:
    """Raise FileError if *path* exists and others could have written it."""
    try:
        why = trust_problem(path.stat())
    except OSError:
        return  # reading it reports the error
    if why:
        raise FileError(str(path), 1, 1, why)


def display_path(file: Path) -> str:
    """Return the name of *file* escaped for messages, with ``~`` for the home."""
    home = os.environ.get("HOME", "").rstrip("/")
    name = str(file)
    if home and name.startswith(f"{home}/"):
        name = f"~{name.removeprefix(home)}"
    return printable(name)


def expanded(file: Path) -> Path:
    """
    Expand a leading ``~``, which no shell does in ``--save=~/x``.

    Raises StorageError for an unknown home. A file named ``~x`` is given as ``./~x``.
    """
    name = str(file)
    if not name.startswith("~"):
        return file
    whole = os.path.expanduser(name)  # noqa: PTH111 - Path.expanduser raises
    if whole == name and (name == "~" or "/" in name):
        raise refused(file, "there is no such home: write the whole name")
    return Path(whole)


def refused(
    file: Path, why: str, kind: type[StorageError] = StorageError
) -> StorageError:
    """Return, without raising it, the error that *why* concerns *file*."""
    return kind(f"{display_path(file)}: {why}")


@contextmanager
def storage_errors(file: Path) -> Iterator[None]:
    """Re-raise OSError as a StorageError about *file*."""
    try:
        yield
    except OSError as error:
        raise refused(file, error.strerror or "unknown reason") from error


def ensure_private(file: Path) -> bool:
    """
    Make *file* and its folder private; return whether the file exists.

    Raises UnusableError if either is a link, of the wrong type or another user's.
    """
    with storage_errors(file):
        try:
            folder, found = file.parent.lstat(), file.lstat()
        except FileNotFoundError:
            return False
        _make_private(file.parent, folder, stat.S_ISDIR, FOLDER_MODE)
        _make_private(file, found, stat.S_ISREG, _FILE_MODE)
    return True


def private_folder(folder: Path) -> None:
    """Make *folder* and its missing parents, private; raises StorageError."""
    with storage_errors(folder):
        missing = [each for each in (folder, *folder.parents) if not each.exists()]
        for each in reversed(missing):
            with suppress(FileExistsError):
                each.mkdir(FOLDER_MODE)
                each.chmod(FOLDER_MODE)  # regardless of the umask
        _make_private(folder, folder.lstat(), stat.S_ISDIR, FOLDER_MODE)


def make(file: Path, fill: Callable[[Path], None], *, shared: bool = False) -> bool:
    """
    Create *file* atomically; return ``False``, with nothing done, if it exists.

    *fill* writes a temporary file in the same folder, which is synced and then linked
    as *file*. It is private, unless *shared* leaves that to the umask. Raises
    StorageError.
    """
    temporary = file.with_name(f"{file.name}.{os.urandom(8).hex()}.new")
    with storage_errors(file):
        try:
            _create(temporary, shared=shared)
            fill(temporary)
            sync(temporary)
            made = _link_new(temporary, file, shared=shared)
        finally:
            temporary.unlink(missing_ok=True)
        with suppress(OSError):  # some systems cannot sync a folder
            sync(file.parent)
    return made


def save_new(file: Path, content: str | bytes) -> None:
    """
    Write *content* to *file* atomically; raises StorageError if it exists.

    Who may read it is left to the umask, as for any file that somebody asks for.
    """

    def fill(temporary: Path) -> None:
        temporary.write_bytes(
            content.encode("utf-8") if isinstance(content, str) else content
        )

    if not file.name or not make(file, fill, shared=True):
        raise refused(file, "is there already, and nothing is overwritten")


def replace(file: Path, content: bytes) -> None:
    """
    Write *content* to *file* atomically, private, in place of what is there.

    It is not synced, so it must be of little value. Raises StorageError, as for a link,
    which is left as it is.
    """
    ensure_private(file)
    temporary = file.with_name(f"{file.name}.{os.urandom(8).hex()}.new")
    with storage_errors(file):
        try:
            _create(temporary, shared=False)
            temporary.write_bytes(content)
            temporary.replace(file)
        finally:
            temporary.unlink(missing_ok=True)


def sync(path: Path) -> None:
    """
    Flush *path*, a file or a folder, to the disk; raises OSError.

    No-op for a folder on Windows, which cannot; NTFS journals names by itself.
    """
    if sys.platform == "win32" and path.is_dir():
        return
    descriptor = os.open(path, _TO_SYNC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def identity(file: Path) -> tuple[int, int] | None:
    """Return device and inode of *file*, ``None`` if it does not exist."""
    try:
        found = file.lstat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def copy_new(source: Path, file: Path, *, shared: bool = False) -> bool:
    """Copy *source* to *file*, not atomically; return ``False`` if it exists."""
    try:
        _create(file, shared=shared)
    except FileExistsError:
        return False
    try:
        file.write_bytes(source.read_bytes())
        sync(file)
    except OSError:
        file.unlink()
        raise
    return True


def _link_new(temporary: Path, file: Path, *, shared: bool) -> bool:
    try:
        if sys.platform == "win32":
            os.rename(temporary, file)  # noqa: PTH104 - never overwrites on Windows
        else:
            os.link(temporary, file, follow_symlinks=False)
    except FileExistsError:
        return False
    except OSError:
        return copy_new(temporary, file, shared=shared)  # no hard links on FAT
    return True


def _create(file: Path, *, shared: bool) -> None:
    mode = _SHARED_MODE if shared else _FILE_MODE
    descriptor = os.open(file, _CREATE_NEW, mode)
    try:
        if sys.platform != "win32" and not shared:
            os.fchmod(descriptor, mode)  # regardless of the umask
    finally:
        os.close(descriptor)


def _make_private(
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
    if found.st_mode & _NOT_OWNER:
        path.chmod(mode)
