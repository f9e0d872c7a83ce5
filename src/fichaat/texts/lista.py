"""Words of the list of fichas and the view of one (codes `lista.*`)."""

from typing import Final

MESSAGES: Final[dict[str, str]] = {}
