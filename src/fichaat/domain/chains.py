"""Chains: where records stand, which are missing, where a chain forks (data-model.md)."""

from collections import defaultdict
from collections.abc import Iterable

from msgspec import Struct


class Link(Struct, frozen=True, order=True, gc=False):
    """One record's place in the chain of its device."""

    sequence: int
    sha256: str
    previous: str | None


class Gap(Struct, frozen=True, order=True):
    """«Faltan los registros desde–hasta»: waits for ever, is filled by any later bundle."""

    chain: str
    desde: int
    hasta: int


class ChainState(Struct, frozen=True):
    """What one chain of one device looks like from the records held."""

    head: int
    """The highest sequence held."""
    gaps: tuple[Gap, ...]
    forks: tuple[int, ...]
    """Sequences held by more than one record."""


def chain_state(chain: str, links: Iterable[Link]) -> ChainState:
    """Gaps and forks of one chain. Depends on the set of links alone, never on their order.

    A sequence is missing when no record holds it, or when a record follows a predecessor that is
    not in the place before it (the missing branch of a fork, or a chain that its device broke).
    """
    by_sequence: dict[int, list[Link]] = defaultdict(list)
    for link in set(links):
        by_sequence[link.sequence].append(link)
    missing = set()
    expected = 1
    gaps: list[Gap] = []
    for sequence in sorted(by_sequence):
        if sequence > expected:
            gaps.append(Gap(chain, expected, sequence - 1))
        elif sequence > 1:
            before = {link.sha256 for link in by_sequence[sequence - 1]}
            if any(link.previous not in before for link in by_sequence[sequence]):
                missing.add(sequence - 1)
        expected = sequence + 1
    gaps.extend(Gap(chain, sequence, sequence) for sequence in missing)
    forks = tuple(sequence for sequence in sorted(by_sequence) if len(by_sequence[sequence]) > 1)
    return ChainState(expected - 1, tuple(sorted(gaps)), forks)
