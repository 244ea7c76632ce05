"""
Draws the body and its points, while the package is built.

What it makes is told in ``pictures.py``; nothing here runs in an installed acupress.
"""
