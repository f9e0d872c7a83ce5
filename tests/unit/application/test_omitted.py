"""Ranges of records that bundles left out on purpose."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fichaat.application.omitted import (
    bare_spans,
    is_bare,
    is_omitted,
    omitted_spans,
    remember_bare,
    remember_omitted,
)
from fichaat.application.ports.store import Transaction
from fichaat.domain.chains import Gap
from fichaat.domain.paquete import Omitido

CHAIN = "01900000-0000-7000-8000-000000000001"
OTHER = "01900000-0000-7000-8000-000000000002"


class Settings:
    """The settings of a transaction, and how often they were written."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}
        self.writes = 0

    def setting(self, key: str) -> str | None:
        return self.kept.get(key)

    def set_setting(self, key: str, value: str) -> None:
        self.kept[key] = value
        self.writes += 1

    def settings(self, prefix: str) -> dict[str, str]:
        return {key: value for key, value in self.kept.items() if key.startswith(prefix)}


def left_out(sequences: Iterable[int], chain: str = CHAIN) -> list[Omitido]:
    return [Omitido(chain, sequence, "0" * 64) for sequence in sequences]


def remembered(*bundles: Iterable[int]) -> Settings:
    tx = Settings()
    for sequences in bundles:
        _remember(tx, left_out(sequences))
    return tx


def _remember(tx: Settings, items: list[Omitido]) -> None:
    remember_omitted(_as_transaction(tx), items)


def _as_transaction(tx: Settings) -> Transaction:
    return tx  # type: ignore[return-value]  # as much of one as this needs


def test_what_touches_is_one_range() -> None:
    tx = remembered([3, 4, 5], [6, 9], [8])
    assert tx.kept == {f"omitidos:{CHAIN}": "3-6,8-9"}


def test_chains_are_apart() -> None:
    tx = remembered([3])
    _remember(tx, left_out([3, 4], OTHER))
    assert omitted_spans(_as_transaction(tx)) == {CHAIN: [(3, 3)], OTHER: [(3, 4)]}


def test_the_same_bundle_again_writes_nothing() -> None:
    tx = remembered([3, 4], [3, 4], [4])
    assert tx.writes == 1


@pytest.mark.parametrize(
    ("gap", "omitted"),
    [((3, 6), True), ((4, 5), True), ((2, 6), False), ((3, 7), False), ((6, 8), False)],
)
def test_only_a_gap_that_is_covered_whole_is_labelled(
    gap: tuple[int, int],
    omitted: bool,  # noqa: FBT001
) -> None:
    spans = omitted_spans(_as_transaction(remembered([3, 4, 5, 6, 8])))
    assert is_omitted(Gap(CHAIN, *gap), spans) is omitted
    assert not is_omitted(Gap(OTHER, *gap), spans)


@given(st.lists(st.sets(st.integers(1, 40)), max_size=5))
def test_no_order_and_no_repetition_matters(bundles: list[set[int]]) -> None:
    tx, turned = remembered(*bundles), remembered(*reversed(bundles))
    assert tx.kept == turned.kept
    spans = omitted_spans(_as_transaction(tx)).get(CHAIN, [])
    named = {n for first, last in spans for n in range(first, last + 1)}
    assert named == set().union(*bundles)


def test_records_without_attachments_until_they_have_them() -> None:
    tx = Settings()
    remember_bare(_as_transaction(tx), {(CHAIN, 3), (CHAIN, 4), (OTHER, 9)}, ())
    assert tx.kept == {f"sin_adjuntos:{CHAIN}": "3-4", f"sin_adjuntos:{OTHER}": "9-9"}
    spans = bare_spans(_as_transaction(tx))
    assert is_bare((CHAIN, 4), spans)
    assert not is_bare((CHAIN, 9), spans)
    writes = tx.writes
    remember_bare(_as_transaction(tx), {(CHAIN, 3)}, {(OTHER, 1), ("ninguna", 1)})
    assert tx.writes == writes
    remember_bare(_as_transaction(tx), (), {(CHAIN, 3), (OTHER, 9)})
    assert tx.kept == {f"sin_adjuntos:{CHAIN}": "4-4", f"sin_adjuntos:{OTHER}": ""}
    assert not is_bare((OTHER, 9), bare_spans(_as_transaction(tx)))
