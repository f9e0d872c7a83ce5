"""What the use cases need from outside, as Protocols; bootstrap gives them the real things."""
