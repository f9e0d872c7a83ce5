"""A whole region on people who do not exist: every use case, and whatever can go wrong."""
