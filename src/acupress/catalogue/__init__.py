"""Points and routines from YAML, bundled and own: read strictly, checked whole."""

__all__ = [
    "contents",
    "entries",
    "loading",
    "nodes",
    "personal",
    "schema",
    "strictyaml",
]
