"""Loads points and routines, bundled and the user's own, from validated YAML."""

__all__ = [
    "contents",
    "entries",
    "loading",
    "nodes",
    "personal",
    "records",
    "schema",
]
