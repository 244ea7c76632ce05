"""One module a command: it reads the words, calls the verbs, prints."""
