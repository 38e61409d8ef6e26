"""The web: the explorer for everybody and the interface for programs. Django is known here alone."""
