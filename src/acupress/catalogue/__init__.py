"""Loads points and routines, bundled and the user's own, from validated YAML."""

__all__ = [
    "contents",
    "loading",
    "ownroutines",
    "personal",
    "records",
    "schema",
    "shared",
    "toml",
]
