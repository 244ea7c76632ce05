"""Guides one person through a timed self-acupressure session for back ache."""

# A literal: importlib.metadata takes as long as five bare interpreters to start.
__version__ = "1.0.0"
