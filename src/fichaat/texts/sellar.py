"""Words of *Revisar y sellar* (codes `sellar.*`)."""

from typing import Final

MESSAGES: Final[dict[str, str]] = {}
