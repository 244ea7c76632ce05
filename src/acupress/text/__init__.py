"""Builds all text that the user reads or hears: sentences, pages, JSON, HTML."""

__all__ = [
    "advice",
    "documents",
    "layout",
    "pages",
    "safety",
    "sheet",
    "speech",
    "words",
]
