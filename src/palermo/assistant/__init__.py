"""Palermo for assistants: a server of the Model Context Protocol whose tools answer as the command line does."""
