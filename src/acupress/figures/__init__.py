"""Shows points on pictures of the body, in characters."""

__all__ = ["drawing", "modes", "raster", "region_map"]
