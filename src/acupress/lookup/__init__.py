"""Resolves typed codes and names to points, and searches points."""

__all__ = ["resolve", "results", "search", "tables"]
