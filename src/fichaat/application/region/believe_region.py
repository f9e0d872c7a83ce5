"""Use cases: believe a region key, because its file is here or because its words were compared."""

from msgspec import Struct

from fichaat.application.changes import Changes, Kind
from fichaat.application.installation import Installation
from fichaat.application.ports.keys import RegionKey, Trust
from fichaat.application.ports.store import Reader, Transaction
from fichaat.application.profiles import ACCEPTED_ROOT_SETTING, keep_region_identity
from fichaat.application.recorder import forget_region_chain
from fichaat.application.region.keyed import demand_coordinator
from fichaat.domain.errors import UserFacingError
from fichaat.domain.text import fold

_EVERYTHING = Changes.of(Kind.FICHA, Kind.ACUERDO, Kind.DEVICE, Kind.CATALOGUE)


class KnownRoot(Struct, frozen=True):
    """A region key whose records are here."""

    device: str
    palabras: tuple[str, ...]
    accepted: bool
    replaced: bool = False
    """Whether it was believed here until another took its place: nobody announces it anew."""


class OpenRegion:
    """The key file itself is proof enough: who has it is a coordinator."""

    def __init__(self, here: Installation) -> None:
        self._here = here

    def __call__(self, key: RegionKey, *, replace: bool = False) -> Changes:
        """Believe this key, and be able to open what is encrypted to the region.

        Args:
            key: from its file.
            replace: another key may be believed here until now.

        Raises:
            UserFacingError: "region.coordinator_only", "region.other_region", "region.other_root".
        """
        demand_coordinator(self._here.profile, key)
        with self._here.store.write() as tx:
            _believe(tx, key.device, replace=replace)
            keep_region_identity(tx, key.age_identity)
        return _EVERYTHING


class AcceptRegion:
    """A person compared the eight words of the region's key with the region, by voice."""

    def __init__(self, here: Installation, trust: Trust) -> None:
        self._here = here
        self._trust = trust

    def __call__(self, words: str, *, replace: bool = False) -> tuple[KnownRoot, Changes]:
        """Believe the region key with these words.

        Args:
            words: the eight words, as somebody typed them: accents and case do not matter.
            replace: another key may be believed here until now.

        Raises:
            UserFacingError: "region.words" (no key of a region with these words is here),
                "region.other_root".
        """
        typed = fold(words).split()
        with self._here.store.write() as tx:
            for root in known_roots(tx, self._trust):
                if [fold(word) for word in root.palabras] == typed:
                    _believe(tx, root.device, replace=replace)
                    return root, _EVERYTHING
        raise UserFacingError("region.words")


def known_roots(reader: Reader, trust: Trust) -> list[KnownRoot]:
    """The region keys of which something is here, and the one that is believed."""
    accepted = reader.authority().root
    before = reader.settings(ACCEPTED_ROOT_SETTING)
    devices = {item.record.device for item in reader.region_records()}
    if accepted is not None:
        devices.add(accepted)
    return [
        KnownRoot(
            device,
            trust.fingerprint_words(device),
            device == accepted,
            device != accepted and ACCEPTED_ROOT_SETTING + device in before,
        )
        for device in sorted(devices)
    ]


def _believe(tx: Transaction, device: str, *, replace: bool) -> None:
    accepted = tx.authority().root
    if accepted == device:
        return
    if accepted and not replace:
        raise UserFacingError("region.other_root")
    forget_region_chain(tx)
    tx.set_root(device)
