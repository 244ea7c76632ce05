"""What is heard of a session: sounds, and the words for whoever looks away."""
