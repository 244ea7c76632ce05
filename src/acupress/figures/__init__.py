"""The body as drawn: curves in, a picture of one point in characters or SVG out."""

__all__ = ["drawing", "modes", "region_map"]
