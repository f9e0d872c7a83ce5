"""The rows of chains: heads, gaps and forks, as `chains.chain_state` sees them."""

from collections import defaultdict
from collections.abc import Sequence

from fichaat.domain.chains import Link, chain_state
from fichaat.domain.record import SealedRecord
from fichaat.storage.session import Session


def update_chains(session: Session, fresh: Sequence[SealedRecord]) -> None:
    """Make anew the rows of every chain in which these records stand."""
    chains: dict[tuple[str, str], list[Link]] = defaultdict(list)
    for item in fresh:
        record = item.record
        link = Link(record.sequence, item.sha256, record.previous)
        chains[record.device, record.chain].append(link)
    for (device, chain), links in sorted(chains.items()):
        if _only_grows(session, device, chain, sorted(links)):
            head = max(link.sequence for link in links)
            session.run(
                "UPDATE cadenas SET head = ? WHERE device = ? AND chain = ?", head, device, chain
            )
        else:
            _redraw(session, device, chain)


def redraw_all(session: Session) -> None:
    """Make anew the rows of every chain, each looked at once."""
    for device, chain in session.rows("SELECT DISTINCT device, chain FROM records ORDER BY 1, 2"):
        _redraw(session, device, chain)


def _only_grows(session: Session, device: str, chain: str, links: Sequence[Link]) -> bool:
    """Whether the new links, in order, do nothing but follow the head one by one: then only the
    head moves, and sealing one record costs the same in a chain of any length.
    """
    place = (device, chain)
    head = session.value("SELECT head FROM cadenas WHERE device = ? AND chain = ?", *place)
    if head is None or not all(link.sequence == head + step for step, link in enumerate(links, 1)):
        return False
    known = {
        digest
        for (digest,) in session.rows(
            "SELECT sha256 FROM records WHERE device = ? AND chain = ? AND sequence = ?",
            *place,
            head,
        )
    }
    for link in links:
        if link.previous not in known:
            return False
        known = {link.sha256}
    return True


def _redraw(session: Session, device: str, chain: str) -> None:
    links = [
        Link(*row)
        for row in session.each(
            "SELECT sequence, sha256, previous FROM records WHERE device = ? AND chain = ?",
            device,
            chain,
        )
    ]
    state = chain_state(chain, links)
    for table in ("cadenas", "huecos", "bifurcaciones"):
        session.run(f"DELETE FROM {table} WHERE device = ? AND chain = ?", device, chain)
    session.run(
        "INSERT INTO cadenas (device, chain, head) VALUES (?, ?, ?)", device, chain, state.head
    )
    session.run_many(
        "INSERT INTO huecos (device, chain, desde, hasta) VALUES (?, ?, ?, ?)",
        [(device, chain, gap.desde, gap.hasta) for gap in state.gaps],
    )
    session.run_many(
        "INSERT INTO bifurcaciones (device, chain, sequence) VALUES (?, ?, ?)",
        [(device, chain, sequence) for sequence in state.forks],
    )
