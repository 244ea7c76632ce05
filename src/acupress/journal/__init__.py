"""Stores finished sessions, and reports, exports and draws them."""

__all__ = ["aside", "export", "remarks", "report", "stats", "store", "svg", "weeks"]
