"""Sentences of this room, by code."""

from typing import Final

MESSAGES: Final[dict[str, str]] = {}
