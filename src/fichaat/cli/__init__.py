"""The use cases for terminals, scripts and tests: Spanish commands, JSON on request."""
