"""What the official documents say: frozen Structs and pure functions, msgspec alone."""
