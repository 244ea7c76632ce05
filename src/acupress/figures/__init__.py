"""Draws points on the body, from curves to characters or SVG."""

__all__ = ["drawing", "modes", "region_map"]
