"""Loads points and routines, bundled and the user's own, from validated YAML."""

__all__ = [
    "contents",
    "loading",
    "nodes",
    "personal",
    "records",
    "schema",
    "strictyaml",
    "toml",
]
