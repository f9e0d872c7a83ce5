"""Use case: a person has looked at two records in one place of a chain, and decided.

Both stay where they are, and the mark is of this installation alone: it never travels.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from fichaat.application.changes import Changes, Kind
from fichaat.application.installation import Installation

ASIDE_SETTING: Final = "bifurcacion_vista:"
"""Before device, chain and place: when somebody looked, and the records that were there."""


def fork_key(device: str, chain: str, sequence: int) -> str:
    """The setting of one place."""
    return f"{ASIDE_SETTING}{device}:{chain}:{sequence}"


def seen_at(mark: str, sha256s: Collection[str]) -> datetime | None:
    """When somebody looked at exactly these records; None where one came later."""
    moment, *seen = mark.split()
    return datetime.fromisoformat(moment) if set(seen) == set(sha256s) else None


class SetForkAside:
    def __init__(self, here: Installation) -> None:
        self._here = here

    def __call__(
        self, device: str, chain: str, sequence: int, sha256s: Collection[str]
    ) -> tuple[None, Changes]:
        """Put one place aside, with the records that are there; another that comes shows it again.

        Raises:
            UserFacingError: "storage.*".
        """
        moment = self._here.clock.now().replace(microsecond=0).isoformat()
        return self._mark(device, chain, sequence, " ".join([moment, *sorted(sha256s)]))

    def again(self, device: str, chain: str, sequence: int) -> tuple[None, Changes]:
        """Show it again.

        Raises:
            UserFacingError: "storage.*".
        """
        return self._mark(device, chain, sequence, "")

    def _mark(self, device: str, chain: str, sequence: int, mark: str) -> tuple[None, Changes]:
        with self._here.store.write() as tx:
            tx.set_setting(fork_key(device, chain, sequence), mark)
        return None, Changes.of(Kind.RECEPTION)
