"""The page of agreements."""
