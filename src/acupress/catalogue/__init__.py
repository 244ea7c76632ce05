"""Points and routines from YAML, bundled and own: read strictly, checked whole."""

__all__ = ["entries", "loading", "nodes", "personal", "schema", "strictyaml"]
