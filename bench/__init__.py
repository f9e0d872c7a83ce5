"""Floors and program side by side: what the bare libraries need, and what fichaat needs."""
