"""What is pressed, where, for how long: pure values and rules, no input or output."""

__all__ = ["planning", "player", "playhead", "screening", "timeline"]
