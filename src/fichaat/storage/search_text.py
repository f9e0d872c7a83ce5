"""From what a person types to what FTS5 understands: no text is an expression, none is an error."""

from typing import Final

_MAX_WORDS: Final = 16
_MAX_TEXT: Final = 300


def search_expression(text: str) -> str | None:
    """Every word, from its beginning; None where there is nothing to look for.

    A word is quoted, so that what FTS5 would read as an operator is only text. What stands
    together ("05-2026-K7Q2MX-0012") has to stand together in the ficha too.
    """
    # The database reads UTF-8 up to a null character.
    clean = text[:_MAX_TEXT].replace("\0", " ").encode("utf-8", "ignore").decode()
    words = [word for word in clean.split() if any(char.isalnum() for char in word)]
    if not words:
        return None
    return " ".join('"' + word.replace('"', '""') + '"*' for word in words[:_MAX_WORDS])
