"""What is pressed, where, for how long: pure values and functions, no I/O."""

__all__ = ["planning", "player", "playhead", "screening", "timeline"]
