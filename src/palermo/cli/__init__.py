"""The command line: one module a verb, each loaded only when called."""
