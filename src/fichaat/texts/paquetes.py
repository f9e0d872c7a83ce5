"""Words of *Paquetes* (codes `paquetes.*`)."""

from typing import Final

MESSAGES: Final[dict[str, str]] = {}
