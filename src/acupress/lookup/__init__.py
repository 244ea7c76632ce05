"""From what a person typed to the point that is meant, without guessing."""

__all__ = ["resolve", "results", "search"]
