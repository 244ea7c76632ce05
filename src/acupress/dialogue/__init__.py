"""What is asked before a session and after it, from the first question on."""

__all__ = ["closing", "intake", "questions"]
