"""The commands, each of which parses its options, calls other packages and prints."""
