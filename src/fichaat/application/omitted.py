"""Records that bundles left out on purpose: they only label a gap, and travel nowhere."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from fichaat.application.ports.store import Reader, Transaction
from fichaat.domain.chains import Gap
from fichaat.domain.paquete import Omitido

OMITTED_SETTING: Final = "omitidos:"
"""Before a chain: ranges of sequences as «3-5,8»."""

BARE_SETTING: Final = "sin_adjuntos:"
"""Before a chain: records that came without the attachments that they name, likewise."""

Span = tuple[int, int]
Place = tuple[str, int]
"""Chain and sequence of a record."""


def remember_omitted(tx: Transaction, left_out: Iterable[Omitido]) -> None:
    """Add what a bundle says to have left out to what earlier ones said."""
    for chain, spans in spans_left_out(left_out).items():
        key = OMITTED_SETTING + chain
        known = _read(tx.setting(key) or "")
        merged = _merged([*known, *spans])
        if merged != known:
            tx.set_setting(key, _written(merged))


def spans_left_out(left_out: Iterable[Omitido]) -> dict[str, list[Span]]:
    """By chain, what one bundle says to have left out."""
    fresh: dict[str, list[Span]] = defaultdict(list)
    for item in left_out:
        fresh[item.chain].append((item.sequence, item.sequence))
    return {chain: _merged(spans) for chain, spans in fresh.items()}


def omitted_spans(reader: Reader) -> dict[str, list[Span]]:
    """By chain, everything that was ever said to be left out."""
    return read_spans(reader.settings(OMITTED_SETTING))


def is_omitted(gap: Gap, spans: dict[str, list[Span]]) -> bool:
    """Whether all of a gap was left out on purpose."""
    return any(first <= gap.desde and gap.hasta <= last for first, last in spans.get(gap.chain, ()))


def remember_bare(tx: Transaction, bare: Collection[Place], full: Collection[Place]) -> None:
    """Which records came without their attachments on purpose, and which have them now.

    Args:
        tx: where it is kept.
        bare: those that a bundle says to have left without.
        full: those of which every attachment is here.
    """
    known = bare_spans(tx)
    for chain in sorted({chain for chain, _ in bare} | {c for c, _ in full if c in known}):
        before = known.get(chain, [])
        kept = {n for first, last in before for n in range(first, last + 1)}
        kept -= {n for other, n in full if other == chain}
        kept |= {n for other, n in bare if other == chain}
        after = _merged((n, n) for n in kept)
        if after != before:
            tx.set_setting(BARE_SETTING + chain, _written(after))


def bare_spans(reader: Reader) -> dict[str, list[Span]]:
    """By chain, the records whose attachments were never meant to be here."""
    return read_spans(reader.settings(BARE_SETTING))


def read_spans(settings: Mapping[str, str]) -> dict[str, list[Span]]:
    """By chain, of settings whose keys end in one."""
    return {key.partition(":")[2]: _read(text) for key, text in settings.items()}


def is_bare(place: Place, spans: Mapping[str, Sequence[Span]]) -> bool:
    """Whether a record stands in any of these."""
    chain, sequence = place
    return any(first <= sequence <= last for first, last in spans.get(chain, ()))


def _written(spans: Iterable[Span]) -> str:
    return ",".join(f"{first}-{last}" for first, last in spans)


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
