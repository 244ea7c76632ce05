"""The device: keys, signals, rows on the screen, pages in a pager or in a pipe."""

__all__ = [
    "device",
    "keys",
    "leaflets",
    "pictures",
    "printing",
    "render",
    "system",
    "windows",
]
