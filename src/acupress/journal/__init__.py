"""The record of past sessions: the file, what it says of the weeks, and its export."""

__all__ = ["aside", "export", "remarks", "report", "stats", "store", "svg"]
