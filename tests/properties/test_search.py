"""A search finds what comparing every word with every other finds, whatever was written before."""

import re
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fichaat.application.ports.rows import FichaFilter
from fichaat.domain.ficha import Ficha
from fichaat.domain.record import SealedRecord
from fichaat.domain.text import fold
from fichaat.storage import lists
from fichaat.storage.rows import search_text
from tests.support.databases import empty_store
from tests.support.records import FakeDevice, make_ficha

WORDS = (
    *("niña", "Niñas", "NIÑOS", "ninfa", "ñu", "ni", "á", "árbol", "Arbolito", "pingüino"),
    *("ab-cd", "ab", "cd", "cde", "ab-c", "(ab)", "20", "2026", "20-01", "0", "00", "_ab_"),
    *("日本", "日", "日本-ab", "ab-日本", "😀", "niña😀ab", "😀ni", "привет", "ПРИ", "ở", "ab-ở"),
    *("OR", "NOT", '"ab"', "ab*", "x" * 40, "zz"),
)
TEXTS = st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join)
QUERIES = st.lists(
    st.sampled_from(WORDS).flatmap(
        lambda word: st.integers(1, len(word)).map(lambda length: word[:length])
    ),
    min_size=1,
    max_size=3,
).map(" ".join)
STEPS = st.lists(
    st.tuples(st.sampled_from(["new", "again", "annul"]), st.integers(0, 30), TEXTS), max_size=14
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=STEPS,
    queries=st.lists(QUERIES, min_size=1, max_size=8),
    most=st.sampled_from([0, 1, 2, 200]),
    limit=st.sampled_from([1, 2, 50]),
)
def test_a_search_finds_what_every_word_compared_finds(
    monkeypatch: pytest.MonkeyPatch,
    steps: Sequence[tuple[str, int, str]],
    queries: Sequence[str],
    most: int,
    limit: int,
) -> None:
    monkeypatch.setattr(lists, "_MAX_TERMS", most)
    device = FakeDevice()
    heads: list[SealedRecord] = []
    with empty_store() as store:
        for number, (step, place, text) in enumerate(steps):
            ficha = make_ficha(number, observaciones=text)
            if step == "new" or not heads:
                heads.append(device.ficha(ficha))
                item = heads[-1]
            elif step == "again":
                item = device.rectify(heads[place % len(heads)], ficha)
                heads[place % len(heads)] = item
            else:
                item = device.annul(heads[place % len(heads)])
            with store.write() as tx:
                tx.add_records([item], device.certificates)
        contents = [item.record.content for item in heads]
        texts = {
            content.codigo: search_text(content)
            for content in contents
            if isinstance(content, Ficha)
        }
        with store.read() as reader:
            rows = reader.fichas(FichaFilter(), limit=100)
            assert {row.codigo for row in rows} == set(texts)
            for query in queries:
                wanted = [row for row in rows if matches(texts[row.codigo], query)]
                assert reader.search(query, limit=limit) == wanted[:limit]


def matches(text: str, query: str) -> bool:
    """Each word of the query, from its beginning, somewhere in the text."""
    held = terms(text)
    wanted = [found for word in query.split() if (found := terms(word))]
    return bool(wanted) and all(
        any(
            held[place : place + len(word) - 1] == word[:-1]
            and held[place + len(word) - 1].startswith(word[-1])
            for place in range(len(held) - len(word) + 1)
        )
        for word in wanted
    )


def terms(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", fold(text))
