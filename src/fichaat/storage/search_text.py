"""From what a person types to what FTS5 understands: no text is an expression, none is an error."""

import re
from collections.abc import Callable, Collection
from typing import Final

_MAX_WORDS: Final = 16
_MAX_TEXT: Final = 300

_UNACCENTED: Final = str.maketrans("áéíóúüñ", "aeiouun")
_LAST_TERM: Final = re.compile("(.*?)([0-9a-z]+)[^0-9a-z]*", re.DOTALL)

TermsOf = Callable[[str], Collection[str] | None]
"""The terms of the index with this beginning; None where there are too many to name."""


def search_expression(text: str, terms_of: TermsOf) -> str | None:
    """Every word, from its beginning; None where there is nothing to look for or to be found.

    What stands together ("05-2026-K7Q2MX-0012") has to stand together in the ficha too.
    """
    # The database reads UTF-8 up to a null character.
    clean = text[:_MAX_TEXT].replace("\0", " ").encode("utf-8", "ignore").decode()
    words = [word for word in clean.split() if any(char.isalnum() for char in word)]
    found = [_word_expression(word, terms_of) for word in words[:_MAX_WORDS]]
    return " AND ".join(found) if found and all(found) else None


def plain_text(text: str) -> str | None:
    """A text as the index folds it; None where that is known to FTS5 alone."""
    plain = text.lower().translate(_UNACCENTED)
    return plain if plain.isascii() else None


def _word_expression(word: str, terms_of: TermsOf) -> str:
    """Whole terms where they are known: FTS5 reads their fichas from the newest on, while those
    of a beginning it has to gather first, to the last. Nothing where no ficha has the word.
    """
    split = _LAST_TERM.fullmatch(plain_text(word) or "")
    terms = None if split is None else terms_of(split[2])
    if split is None or terms is None:
        return _quoted(word) + "*"
    anyone = " OR ".join(_quoted(split[1] + term) for term in terms)
    return f"({anyone})" if len(terms) > 1 else anyone


def _quoted(word: str) -> str:
    """What FTS5 would read as an operator is only text between quotes."""
    return '"' + word.replace('"', '""') + '"'
