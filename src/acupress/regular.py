"""The bytes of a regular file: never more than expected, and never waited for."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from acupress.errors import FileError


def contents(path: Path, most: int) -> bytes | None:
    """
    Return what is in *path*, *most* bytes at most; ``None`` if it is not there.

    Raises FileError for what is no regular file, for a link that leads nowhere, and
    for whatever cannot be read.
    """
    try:
        # Not blocking, or opening a FIFO would wait for somebody to write to it.
        opened = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        try:
            if not stat.S_ISREG(os.fstat(opened).st_mode):
                raise FileError(str(path), 1, 1, "is not a regular file")
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
