"""Use case: a person has looked at records beside each other, and they stay as they are.

Two records in one place of a chain, two fichas that may record one visit, or a device that waits
for an approval it will not get. The mark is of this installation alone: it never travels.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Final

from msgspec import Struct

from fichaat.application.changes import Changes, Kind
from fichaat.application.installation import Installation

FORK_SETTING: Final = "bifurcacion_vista:"
"""Before device, chain and place: when somebody looked, and the records that were there."""
PAIR_SETTING: Final = "duplicado_visto:"
"""Before the two records, in order: when somebody looked, and the two again."""
DEVICE_SETTING: Final = "equipo_visto:"
"""Before a device: when somebody looked, and the device with what it had asked for."""


class Matter(Struct, frozen=True):
    """What a person looks at: the setting that keeps the mark, and the records that are there."""

    setting: str
    sha256s: frozenset[str]

    def seen_at(self, mark: str) -> datetime | None:
        """When somebody looked at exactly these records; None where one came later, or none did."""
        moment, *seen = mark.split() or [""]
        return datetime.fromisoformat(moment) if moment and set(seen) == self.sha256s else None


def fork_setting(device: str, chain: str, sequence: int) -> str:
    """Of one place, whatever stands in it."""
    return f"{FORK_SETTING}{device}:{chain}:{sequence}"


def pair_matter(sha256s: Collection[str]) -> Matter:
    """Two fichas: a newer version of either is another record, and another matter."""
    return Matter(PAIR_SETTING + ":".join(sorted(sha256s)), frozenset(sha256s))


def device_matter(device: str, request: bytes) -> Matter:
    """A device that waits: another request of it is another matter.

    Args:
        device: its id.
        request: what it asked for; empty where it asked for nothing.
    """
    asked = {sha256(request).hexdigest()} if request else set[str]()
    return Matter(DEVICE_SETTING + device, frozenset({device, *asked}))


class SetAside:
    def __init__(self, here: Installation) -> None:
        self._here = here

    def __call__(self, matters: Sequence[Matter]) -> tuple[None, Changes]:
        """Put aside, each with the records that are there; another that comes shows it again.

        Raises:
            UserFacingError: "storage.*".
        """
        moment = self._here.clock.now().replace(microsecond=0).isoformat()
        return self._mark(
            {item.setting: " ".join([moment, *sorted(item.sha256s)]) for item in matters}
        )

    def again(self, matters: Sequence[Matter]) -> tuple[None, Changes]:
        """Show them again.

        Raises:
            UserFacingError: "storage.*".
        """
        return self._mark({item.setting: "" for item in matters})

    def _mark(self, marks: dict[str, str]) -> tuple[None, Changes]:
        with self._here.store.write() as tx:
            for setting, mark in marks.items():
                tx.set_setting(setting, mark)
        return None, Changes.of(Kind.RECEPTION)
