"""Terminal I/O: keys and signals, a screen of rows, a pager, printing, pictures."""

__all__ = [
    "device",
    "keys",
    "layouts",
    "pager",
    "paging",
    "pictures",
    "printing",
    "render",
    "system",
    "windows",
]
