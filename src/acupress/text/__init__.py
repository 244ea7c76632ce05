"""Builds all text that the user reads or hears: sentences, pages, JSON, HTML."""

__all__ = [
    "advice",
    "closing_pages",
    "composing_pages",
    "documents",
    "layout",
    "plan_pages",
    "point_pages",
    "reminders",
    "routine_pages",
    "safety",
    "session_words",
    "short_questions",
    "speech",
    "tables",
    "words",
]
