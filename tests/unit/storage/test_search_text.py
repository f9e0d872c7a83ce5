"""What a person types never reaches FTS5 as an expression."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fichaat.storage.search_text import search_expression


@pytest.mark.parametrize(
    ("text", "expression"),
    [
        ("padrón  nominal", '"padrón"* "nominal"*'),
        ('dijo "hola"', '"dijo"* """hola"""*'),
        ("a OR b", '"a"* "OR"* "b"*'),
        ("x - y", '"x"* "y"*'),
        ("", None),
        (" -- ", None),
    ],
)
def test_words_are_quoted(text: str, expression: str | None) -> None:
    assert search_expression(text) == expression


@given(st.text(st.characters(), max_size=400))
def test_quotes_always_balance(text: str) -> None:
    expression = search_expression(text)
    assert expression is None or (expression.count('"') % 2 == 0 and "\0" not in expression)
