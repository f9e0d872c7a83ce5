"""What a person types never reaches FTS5 as an expression."""

import sys
from collections.abc import Sequence
from contextlib import closing
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlcipher3 import dbapi2

from fichaat.storage.search_text import plain_text, search_expression
from fichaat.storage.tables import SEARCH_DDL, SEARCH_TABLE, TERMS_TABLE

TERMS = {"pa": ["padron", "papel"], "padron": ["padron"], "0012": ["0012"], "otro": []}


@pytest.mark.parametrize(
    ("text", "expression"),
    [
        ("padrón  nominal", '"padron" AND "nominal"*'),
        ("Pa", '("padron" OR "papel")'),
        ("PADRÓN-", '"padron"'),
        ("05-2026-K7Q2MX-0012", '"05-2026-k7q2mx-0012"'),
        ("con-pa", '("con-padron" OR "con-papel")'),
        ('"pa', '("""padron" OR """papel")'),
        ("padrón otro", None),
        ("漢字 padrón", '"漢字"* AND "padron"'),
        ("padrón-漢字", '"padrón-漢字"*'),
        ('dijo "hola"', '"dijo"* AND """hola"""*'),
        ("a OR b", '"a"* AND "OR"* AND "b"*'),
        ("x - y", '"x"* AND "y"*'),
        ("", None),
        (" -- ", None),
    ],
)
def test_words_are_quoted(text: str, expression: str | None) -> None:
    assert search_expression(text, TERMS.get) == expression


@given(st.text(st.characters(), max_size=400), st.sampled_from([None, ["a"], ["a", "b"]]))
def test_quotes_always_balance(text: str, terms: list[str] | None) -> None:
    expression = search_expression(text, lambda _: terms)
    assert expression is None or (expression.count('"') % 2 == 0 and "\0" not in expression)


def test_what_is_called_plain_the_index_folds_alike() -> None:
    """For every character that has a name, and some of the others; and no term would be folded or
    parted again.
    """
    places = [n for n in range(1, sys.maxunicode + 1) if not 0xD800 <= n < 0xE000]
    characters = [chr(n) for n in places if category(chr(n)) not in ("Cn", "Co") or n % 61 == 0]
    terms = indexed([f"x{char}" for char in characters])
    changed = [term for char, term in zip(characters, terms, strict=True) if term != f"x{char}"]
    assert indexed(changed) == changed
    plain = {char: term for char, term in zip(characters, terms, strict=True) if plain_text(char)}
    assert set("áéíóúüñÁÉÍÓÚÜÑ") < set(plain)
    for char, term in plain.items():
        folded = plain_text(char)
        assert folded is not None
        assert term == (f"x{folded}" if folded.isalnum() else "x")


def indexed(words: Sequence[str]) -> list[str]:
    """What the index makes of words that are one term each."""
    with closing(dbapi2.connect(":memory:")) as connection:
        for statement in SEARCH_DDL:
            connection.execute(statement)
        connection.execute(f"INSERT INTO {SEARCH_TABLE} VALUES (?)", (" ".join(words),))
        rows = connection.execute(f"SELECT offset, term FROM {TERMS_TABLE}").fetchall()
        assert len(rows) == len(words)
        return [term for _, term in sorted(rows)]
