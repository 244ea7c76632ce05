"""The commands: they read words, call verbs and print; and what they share."""
