"""Writing a file that a person named: whole or not at all, and never over another."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from acupress.errors import StorageError


def save(text: str, path: Path) -> None:
    """Write *text* to the new file *path*; raises StorageError."""
    try:
        _link(text.encode(), path)
    except FileExistsError:
        raise StorageError(f"{path} exists and is not overwritten") from None
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise StorageError(f"{path} was not written: {reason}") from None


def _link(data: bytes, path: Path) -> None:
    """Write *data* beside *path* and give it that name in one step."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.link(name, path)
        path.chmod(0o666 & ~_umask())
    finally:
        Path(name).unlink()


def _umask() -> int:
    """Return the mask for new files, which can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
