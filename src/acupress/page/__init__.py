"""
Writes HTML that stands alone: a sheet to print, and a page that plays a session.

The page is the sheet with controls. What it shows was screened and planned in Python.
"""

__all__ = ["outcomes", "sessionpage", "sheet"]
