"""Loads points and routines, bundled and the user's own, from validated YAML."""

__all__ = [
    "contents",
    "loading",
    "personal",
    "records",
    "schema",
    "toml",
]
