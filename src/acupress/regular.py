"""The bytes of a regular file: never more than expected, and never waited for."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

from acupress.errors import FileError
from acupress.trust import fault

# Not blocking, or opening a FIFO would wait for somebody to write to it; and on
# Windows not as text, or a byte of 26 would be the end.
if sys.platform == "win32":
    _READ_ONLY = os.O_RDONLY | os.O_BINARY
else:
    _READ_ONLY = os.O_RDONLY | os.O_NONBLOCK


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
            if trusted and (why := fault(os.fstat(opened))):
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
        why = fault(path.stat())
    except OSError:
        return  # whoever reads it tells what is wrong
    if why:
        raise FileError(str(path), 1, 1, why)
