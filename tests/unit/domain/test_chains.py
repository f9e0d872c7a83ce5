"""Gaps and forks come from the set of records alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fichaat.domain.chains import Gap, Link, chain_state

CHAIN = "cadena"


def name(sequence: int, branch: str = "") -> str:
    return f"{sequence}{branch}"


def straight(*sequences: int) -> list[Link]:
    """Those places of one unforked chain."""
    return [Link(n, name(n), name(n - 1) if n > 1 else None) for n in sequences]


@pytest.mark.parametrize(
    ("held", "head", "gaps"),
    [
        ((), 0, []),
        ((1,), 1, []),
        ((1, 2, 3), 3, []),
        ((2, 3), 3, [(1, 1)]),
        ((14,), 14, [(1, 13)]),
        ((1, 2, 5, 9), 9, [(3, 4), (6, 8)]),
    ],
)
def test_gaps(held: tuple[int, ...], head: int, gaps: list[tuple[int, int]]) -> None:
    state = chain_state(CHAIN, straight(*held))
    assert state.head == head
    assert state.gaps == tuple(Gap(CHAIN, a, b) for a, b in gaps)
    assert state.forks == ()


def test_a_fork_is_two_records_in_one_place() -> None:
    branch = [Link(2, name(2, "b"), name(1)), Link(3, name(3, "b"), name(2, "b"))]
    forked = straight(1, 2, 3) + branch
    assert chain_state(CHAIN, forked).forks == (2, 3)
    assert chain_state(CHAIN, forked).gaps == ()


def test_the_missing_branch_of_a_fork_is_a_gap_that_its_record_fills() -> None:
    without = [*straight(1, 2, 3), Link(3, name(3, "b"), name(2, "b"))]
    assert chain_state(CHAIN, without).gaps == (Gap(CHAIN, 2, 2),)
    whole = [*without, Link(2, name(2, "b"), name(1))]
    assert chain_state(CHAIN, whole).gaps == ()


def test_a_predecessor_from_another_place_of_the_chain_is_none() -> None:
    broken = [*straight(1, 2), Link(3, name(3), name(1))]
    assert chain_state(CHAIN, broken).gaps == (Gap(CHAIN, 2, 2),)


def test_a_chain_that_begins_after_a_restore_has_no_gap() -> None:
    """Record 1 names the head of the old chain, which another chain holds."""
    assert chain_state(CHAIN, [Link(1, "a", "head of the old chain")]).gaps == ()


_BRANCHES = st.sampled_from(["", "b"])
_PLACES = st.dictionaries(
    st.integers(1, 12), st.dictionaries(_BRANCHES, _BRANCHES, min_size=1), max_size=10
)


def _links(places: dict[int, dict[str, str]]) -> list[Link]:
    return [
        Link(
            sequence,
            name(sequence, branch),
            name(sequence - 1, before) if sequence > 1 else None,
        )
        for sequence, branches in places.items()
        for branch, before in branches.items()
    ]


def links() -> st.SearchStrategy[list[Link]]:
    """Any set of places, with branches and lost predecessors."""
    return _PLACES.map(_links)


@given(links(), st.data())
def test_order_and_repetition_do_not_matter(held: list[Link], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(held))
    twice = shuffled + shuffled[:3]
    assert chain_state(CHAIN, twice) == chain_state(CHAIN, held)


@given(links())
def test_what_is_said_is_true(held: list[Link]) -> None:
    state = chain_state(CHAIN, held)
    places = {link.sequence for link in held}
    names = {link.sha256 for link in held}
    assert state.head == max(places, default=0)
    missing = {n for gap in state.gaps for n in range(gap.desde, gap.hasta + 1)}
    assert set(range(1, state.head + 1)) - places <= missing
    for extra in missing & places:  # a branch is missing there
        assert any(n.sequence == extra + 1 and n.previous not in names for n in held)
    assert list(state.gaps) == sorted(state.gaps)
    assert state.forks == tuple(
        sorted(n for n in places if sum(link.sequence == n for link in held) > 1)
    )


@given(links(), links())
def test_more_records_never_lower_the_head_nor_undo_a_fork(a: list[Link], b: list[Link]) -> None:
    less, more = chain_state(CHAIN, a), chain_state(CHAIN, a + b)
    assert more.head >= less.head
    assert set(less.forks) <= set(more.forks)
