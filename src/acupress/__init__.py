"""Guides one person through a timed self-acupressure session for back ache."""

# A literal, since asking the installation costs five bare interpreters.
__version__ = "1.0.0"
