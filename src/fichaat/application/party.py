"""Who is behind a device: only the region says so."""

from msgspec import Struct

from fichaat.domain.authority import Authority


class Party(Struct, frozen=True):
    """A device, and its holder as the region knows it."""

    device: str
    nombre: str = ""
    """Empty where no credential says who it is: a name in a file is no proof."""
    entidad: str = ""

    @property
    def verified(self) -> bool:
        return bool(self.nombre)


def party(authority: Authority, device: str) -> Party:
    """By its newest credential."""
    grant = authority.grant(device)
    return Party(device) if grant is None else Party(device, grant.nombre, grant.entidad)
