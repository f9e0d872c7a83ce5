"""Use case: what this installation knows of its region, and what the region says of it."""

from datetime import datetime

from msgspec import Struct

from fichaat.application.installation import Installation
from fichaat.application.ports.keys import Trust
from fichaat.application.profiles import REGION_AGE_IDENTITY_SETTING
from fichaat.application.region.believe_region import KnownRoot, known_roots
from fichaat.application.region.devices import Aprobacion, aprobacion
from fichaat.domain.authority import Grant
from fichaat.domain.catalogo import Catalogo


class RegionState(Struct, frozen=True):
    """The region as it looks from here."""

    roots: tuple[KnownRoot, ...]
    """The region keys of which something is here; at most one of them is believed."""
    aprobacion: Aprobacion
    """Of this device."""
    grant: Grant | None
    """By which it is approved, or was last."""
    revocado_desde: datetime | None
    catalogo: Catalogo | None
    """The one in force."""
    opens: bool
    """What is encrypted to the region can be opened here."""

    @property
    def root(self) -> KnownRoot | None:
        """The region key that is believed."""
        return next((root for root in self.roots if root.accepted), None)

    @property
    def offered(self) -> list[KnownRoot]:
        """Those that a person may have to compare and believe."""
        return [root for root in self.roots if not (root.accepted or root.replaced)]


class ReadRegion:
    def __init__(self, here: Installation, trust: Trust) -> None:
        self._here = here
        self._trust = trust

    def __call__(self) -> RegionState:
        """As it is now."""
        own, now = self._here.key.device, self._here.clock.now()
        with self._here.store.read() as reader:
            authority = reader.authority()
            roots = known_roots(reader, self._trust)
            catalogo = reader.catalogo()
            opens = bool(reader.setting(REGION_AGE_IDENTITY_SETTING))
        return RegionState(
            roots=tuple(roots),
            aprobacion=aprobacion(authority, own, now),
            grant=authority.grant(own, now) or authority.grant(own),
            revocado_desde=authority.revoked.get(own),
            catalogo=None if catalogo is None else catalogo[0],
            opens=opens,
        )
