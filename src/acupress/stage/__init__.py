"""Stages for a running session: full screen or line mode, sounds, voice."""

__all__ = ["base", "hooks", "inhibit", "presentation"]
