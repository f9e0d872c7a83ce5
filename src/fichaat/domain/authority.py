"""Who may seal what (the authority table of data-model.md), applied on import and in projections.

Role, scope and revocation are records sealed by the region; X.509 says nothing about them here.
Until credential records exist for a device it is *por aprobar*, everywhere and for everyone.
"""

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct

from fichaat.domain.ficha import Ficha, Nivel
from fichaat.domain.record import Kind, Record


class Rol(StrEnum):
    ESPECIALISTA = "especialista"
    PROVINCIAL = "provincial"
    COORDINADOR = "coordinador"


class Credential(Struct, frozen=True):
    """What the region says of one device."""

    device: str
    rol: Rol
    ambito: str
    """The region's two digits, or the province's four for a provincial device."""


class Standing(StrEnum):
    """What the authority table says of one record; `authority.py` is its only author."""

    APROBADO = "aprobado"
    POR_APROBAR = "por_aprobar"  # its device has no credential: a state with a button, not an error
    FUERA_DE_AMBITO = "fuera_de_ambito"
    SIN_DERECHO = "sin_derecho"  # this device may not seal this kind about this subject


class Authority(Struct, frozen=True):
    """Everything the region has said about devices, drawn from the records alone."""

    credentials: Mapping[str, Credential] = {}
    relevos: Mapping[str, str] = {}
    """Old device -> the device that took over from it."""


_REGION_KEY_ONLY = frozenset({"credencial", "revocacion", "relevo"})
_COORDINATOR_ONLY = frozenset({"catalogo", "plan_at", "acta_iar", "purga"})


def standing(
    record: Record[object], authority: Authority, origin_device: str | None = None
) -> Standing:
    """Whether the signer of a record had the right to seal it.

    Args:
        record: the record; its content decides the scope where it is a ficha.
        authority: credentials and relevos known from records.
        origin_device: device of version 1 of the subject, where the record has a subject.
    """
    if not _may_touch(record, authority, origin_device):
        return Standing.SIN_DERECHO
    credential = authority.credentials.get(record.device)
    if credential is None:
        return Standing.POR_APROBAR
    if record.kind in _REGION_KEY_ONLY:
        return Standing.SIN_DERECHO
    if record.kind in _COORDINATOR_ONLY and credential.rol is not Rol.COORDINADOR:
        return Standing.SIN_DERECHO
    return Standing.APROBADO if _in_scope(record, credential) else Standing.FUERA_DE_AMBITO


def continues(device: str, origin_device: str, authority: Authority) -> bool:
    """Whether a device is the author's, or took over from it, directly or in several steps."""
    seen = set()
    current: str | None = origin_device
    while current is not None and current not in seen:
        if current == device:
            return True
        seen.add(current)
        current = authority.relevos.get(current)
    return False


def _may_touch(record: Record[object], authority: Authority, origin_device: str | None) -> bool:
    if origin_device is None or record.kind not in (Kind.FICHA, Kind.EVIDENCIA, Kind.ANULACION):
        return True
    if continues(record.device, origin_device, authority):
        return True
    if record.kind == Kind.FICHA:
        return record.version == 1
    credential = authority.credentials.get(record.device)
    return credential is not None and credential.rol is Rol.COORDINADOR


def _in_scope(record: Record[object], credential: Credential) -> bool:
    """Districts of its region; a provincial device only its province."""
    if record.region != credential.ambito[:2]:
        return False
    content = record.content
    if not isinstance(content, Ficha):
        return True
    if credential.rol is Rol.PROVINCIAL and content.ejecutor.nivel is not Nivel.PROVINCIAL:
        return False
    return all(item.ubigeo.startswith(credential.ambito) for item in content.distritos)
