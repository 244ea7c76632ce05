"""The questions around a session and on a routine, and what follows from them."""

__all__ = [
    "closing",
    "composing",
    "fields",
    "intake",
    "plan_screen",
    "questions",
    "resuming",
    "short_form",
]
