"""To whom what leaves is encrypted: to the region and, in cascade, to the province."""

from msgspec import Struct

from fichaat.application.installation import Installation
from fichaat.application.ports.store import Reader
from fichaat.application.profiles import AGE_RECIPIENT_SETTING
from fichaat.domain.errors import UserFacingError
from fichaat.domain.rol import Rol


class Addressees(Struct, frozen=True):
    """Who can open an export; nobody is named as long as no catalogue is in force: then whoever has
    the file can.
    """

    recipients: tuple[str, ...] = ()
    """Of the region, of the province's devices, and the own one: who writes an export can read it
    again, also after a backup older than the export was restored.
    """
    provincia: int = 0
    """Other devices of the province among them."""

    @property
    def known(self) -> bool:
        """Whether there is anybody to encrypt to."""
        return bool(self.recipients)


def demand_answerable(reader: Reader, here: Installation, para: str) -> None:
    """Whether an answer to a device makes sense here: the region answers whoever handed in, a
    province its own senders; what both have to say to the region leaves with a delivery.

    Raises:
        UserFacingError: "bundle.answer_by_specialist", "bundle.answer_to_self",
            "bundle.answer_to_region", "bundle.answer_revoked".
    """
    authority = reader.authority()
    own, other = authority.grant(here.key.device), authority.grant(para)
    rol = here.profile.rol if own is None else own.rol
    if rol is Rol.ESPECIALISTA:
        raise UserFacingError("bundle.answer_by_specialist")
    if para == here.key.device:
        raise UserFacingError("bundle.answer_to_self")
    if rol is Rol.PROVINCIAL and other is not None and other.rol is Rol.COORDINADOR:
        raise UserFacingError("bundle.answer_to_region")
    if para in authority.revoked:
        raise UserFacingError("bundle.answer_revoked", equipo=para[:8])


def addressees(reader: Reader, here: Installation, para: str | None = None) -> Addressees:
    """Of everything that is exported here, unless the person wants it plain.

    Args:
        reader: what the region says.
        here: who exports.
        para: the device that an answer is for; then nobody else but the own device opens it.
    """
    if para is not None:
        return _answered(reader, para)
    found = reader.catalogo()
    if found is None:
        return Addressees()
    catalogo, _ = found
    province = _province(reader, here)
    own = reader.setting(AGE_RECIPIENT_SETTING)
    wanted = [catalogo.age, *province, *([own] if own else [])]
    return Addressees(tuple(dict.fromkeys(wanted)), len(province))


def _answered(reader: Reader, para: str) -> Addressees:
    """A device approved without its request has no recipient: its answers travel plain."""
    grant = reader.authority().grant(para)
    if grant is None or grant.age is None:
        return Addressees()
    own = reader.setting(AGE_RECIPIENT_SETTING)
    return Addressees(tuple(dict.fromkeys([grant.age, *([own] if own else [])])))


def _province(reader: Reader, here: Installation) -> list[str]:
    """The recipients of the other devices of this province that the region still believes."""
    if here.profile.rol is not Rol.PROVINCIAL:
        return []
    authority, now = reader.authority(), here.clock.now()
    grants = (
        authority.grant(device, now)
        for device in sorted(authority.grants)
        if device != here.key.device and device not in authority.revoked
    )
    return [
        grant.age
        for grant in grants
        if grant is not None
        and grant.age is not None
        and grant.rol is Rol.PROVINCIAL
        and grant.ambito == here.ambito
    ]
