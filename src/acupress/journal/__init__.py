"""Stores finished sessions, and reports, exports and draws them."""

__all__ = [
    "aside",
    "export",
    "remarks",
    "report",
    "resume",
    "resume_writer",
    "stats",
    "store",
    "svg",
    "weeks",
]
