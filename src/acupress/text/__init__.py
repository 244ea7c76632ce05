"""Every sentence and page that a person reads or hears, as plain values."""

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
