"""Resolves typed codes and names to points, and searches points."""

__all__ = ["charts", "resolve", "results", "search", "tables"]
