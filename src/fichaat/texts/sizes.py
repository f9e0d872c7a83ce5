"""Limits in bytes, as people say them."""

from typing import Final

_UNITS: Final = ("KB", "MB", "GB")


def limit_words(limit: int) -> str:
    """«64 bytes», «2 MB», «5,1 MB», «1 GB»: in thousands, or in 1024s where it was set in those."""
    if limit < 1000:
        return f"{limit} bytes"
    kilo = 1024 if limit % 1024 == 0 and limit % 1000 else 1000
    power = 1
    while power < len(_UNITS) and limit >= kilo ** (power + 1):
        power += 1
    size = f"{limit / kilo**power:.1f}".removesuffix(".0").replace(".", ",")
    return f"{size} {_UNITS[power - 1]}"
