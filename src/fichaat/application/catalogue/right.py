"""Whether this installation may publish the catalogue of its region."""

from fichaat.application.installation import Installation
from fichaat.application.ports.store import Reader
from fichaat.domain.rol import Rol


def why_not(here: Installation, reader: Reader) -> str | None:
    """The code of what forbids publishing here ("catalogo.*", "region.none"); None: it may.

    Only the device that the region's key made the issuing one may (authority table, data-model.md).
    """
    authority = reader.authority()
    if authority.root is None:
        return "region.none"
    if here.profile.rol is not Rol.COORDINADOR:
        return "catalogo.not_issuer"
    own, now = here.key.device, here.clock.now()
    if own in authority.revoked:
        return "catalogo.revoked"
    newest, grant = authority.grant(own), authority.grant(own, now)
    if newest is None or not newest.emisor:
        return "catalogo.not_issuer"
    if grant is None or not grant.covers(now):
        return "catalogo.expired"
    if not grant.emisor:
        return "catalogo.not_issuer"
    if reader.catalogo() is None:
        return "catalogo.none"
    return None
