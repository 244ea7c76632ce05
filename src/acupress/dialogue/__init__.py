"""The questions before and after a session, and what follows from the answers."""

__all__ = ["closing", "intake", "plan_screen", "questions", "resuming", "short_form"]
