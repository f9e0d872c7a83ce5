"""Records that bundles left out on purpose: they only label a gap, and travel nowhere."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from fichaat.application.ports import Reader, Transaction
from fichaat.domain.chains import Gap
from fichaat.domain.paquete import Omitido

OMITTED_SETTING: Final = "omitidos:"
"""Before a chain: ranges of sequences as «3-5,8»."""

Span = tuple[int, int]


def remember_omitted(tx: Transaction, left_out: Iterable[Omitido]) -> None:
    """Add what a bundle says to have left out to what earlier ones said."""
    for chain, spans in spans_left_out(left_out).items():
        key = OMITTED_SETTING + chain
        known = _read(tx.setting(key) or "")
        merged = _merged([*known, *spans])
        if merged != known:
            tx.set_setting(key, ",".join(f"{first}-{last}" for first, last in merged))


def spans_left_out(left_out: Iterable[Omitido]) -> dict[str, list[Span]]:
    """By chain, what one bundle says to have left out."""
    fresh: dict[str, list[Span]] = defaultdict(list)
    for item in left_out:
        fresh[item.chain].append((item.sequence, item.sequence))
    return {chain: _merged(spans) for chain, spans in fresh.items()}


def omitted_spans(reader: Reader) -> dict[str, list[Span]]:
    """By chain, everything that was ever said to be left out."""
    kept = reader.settings(OMITTED_SETTING).items()
    return {key.removeprefix(OMITTED_SETTING): _read(text) for key, text in kept}


def is_omitted(gap: Gap, spans: dict[str, list[Span]]) -> bool:
    """Whether all of a gap was left out on purpose."""
    return any(first <= gap.desde and gap.hasta <= last for first, last in spans.get(gap.chain, ()))


def _read(text: str) -> list[Span]:
    found = []
    for part in filter(None, text.split(",")):
        first, _, last = part.partition("-")
        found.append((int(first), int(last)))
    return found


def _merged(spans: Iterable[Span]) -> list[Span]:
    """In order, none touching the next."""
    found: list[Span] = []
    for first, last in sorted(spans):
        if found and first <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found
