"""A running session as seen and heard: live screen or lines, sounds, voice."""

__all__ = ["hearing", "inhibit", "lines", "live"]
