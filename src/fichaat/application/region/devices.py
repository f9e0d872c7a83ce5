"""The devices of a region as they are known here, and finding the one that a person means."""

import re
from collections.abc import Collection
from datetime import datetime
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from fichaat.application.installation import Installation
from fichaat.application.ports.keys import Trust
from fichaat.application.ports.store import Reader
from fichaat.application.region.believe_region import known_roots
from fichaat.application.region.requests import kept_requests
from fichaat.application.set_aside import DEVICE_SETTING, Matter, device_matter
from fichaat.domain.authority import Authority, Grant
from fichaat.domain.codec import encode
from fichaat.domain.errors import UserFacingError
from fichaat.domain.paquete import Solicitud
from fichaat.domain.text import fold

MIN_PREFIX = 6
_HEX = re.compile(r"[0-9a-f]+")
_DEVICE_LENGTH = 64


class Aprobacion(StrEnum):
    """Where a device stands with the region, now."""

    SIN_REGION = "sin_region"  # no region key is believed here
    POR_APROBAR = "por_aprobar"
    APROBADO = "aprobado"
    FUERA_DE_VIGENCIA = "fuera_de_vigencia"
    REVOCADO = "revocado"


class DeviceRow(Struct, frozen=True):
    """One device, with what the region says of it, or what it says of itself."""

    device: str
    palabras: tuple[str, ...]
    aprobacion: Aprobacion
    grant: Grant | None
    solicitud: Solicitud | None
    """What it asked for, where its request was imported here."""
    revocado_desde: datetime | None
    relevado_por: tuple[str, ...]
    registros: int
    own: bool
    visto_en: datetime | None = None
    """When somebody here looked at it while it waited, and put it aside."""

    @property
    def matter(self) -> Matter:
        """What is put aside: this device, with this request."""
        asked = b"" if self.solicitud is None else encode(self.solicitud)
        return device_matter(self.device, asked)

    @property
    def waits(self) -> bool:
        """Whether a person has still to say something of it: it is not approved, nor put aside."""
        unsaid = self.aprobacion in (Aprobacion.POR_APROBAR, Aprobacion.SIN_REGION)
        return unsaid and not self.own and self.visto_en is None


class ReadDevices:
    def __init__(self, here: Installation, trust: Trust) -> None:
        self._here = here
        self._trust = trust

    def __call__(self) -> list[DeviceRow]:
        """Those to approve first, then by name."""
        with self._here.store.read() as reader:
            return self.of(reader)

    def of(self, reader: Reader) -> list[DeviceRow]:
        """The same in a view of the database that is open."""
        now = self._here.clock.now()
        authority = reader.authority()
        asked = kept_requests(reader)
        sealed = reader.held_of()
        devices = known_devices(reader, self._trust, self._here)
        rows = [
            DeviceRow(
                device=device,
                palabras=self._trust.fingerprint_words(device),
                aprobacion=aprobacion(authority, device, now),
                grant=authority.grant(device, now) or authority.grant(device),
                solicitud=asked[device].solicitud if device in asked else None,
                revocado_desde=authority.revoked.get(device),
                relevado_por=tuple(sorted(authority.relevos.get(device, ()))),
                registros=sealed.get(device, 0),
                own=device == self._here.key.device,
            )
            for device in devices
        ]
        marks = reader.settings(DEVICE_SETTING)
        seen = {row.device: row.matter.seen_at(marks.get(row.matter.setting, "")) for row in rows}
        return sorted((_seen(row, seen[row.device]) for row in rows), key=_by_need)

    def find(self, text: str) -> str:
        """See `find_device`."""
        with self._here.store.read() as reader:
            return find_device(text, known_devices(reader, self._trust, self._here), self._trust)


def aprobacion(authority: Authority, device: str, now: datetime) -> Aprobacion:
    """Where a device stands with the region that is believed here."""
    if authority.root is None:
        return Aprobacion.SIN_REGION
    if device in authority.revoked:
        return Aprobacion.REVOCADO
    if device not in authority.grants:
        return Aprobacion.POR_APROBAR
    valid = authority.grant(device, now) is not None
    return Aprobacion.APROBADO if valid else Aprobacion.FUERA_DE_VIGENCIA


def known_devices(reader: Reader, trust: Trust, here: Installation) -> list[str]:
    """Every device that sealed something held here, asked for something here, or that the region
    speaks of; the keys of regions aside.
    """
    authority = reader.authority()
    found = {here.key.device, *authority.grants, *authority.revoked, *kept_requests(reader)}
    for old, new in authority.relevos.items():
        found |= {old, *new}
    found |= reader.held_of().keys()
    return sorted(found - {root.device for root in known_roots(reader, trust)})


def find_device(text: str, devices: Collection[str], trust: Trust) -> str:
    """The device that a person means.

    Args:
        text: the first digits of its id, six or more, or its eight words.
        devices: those to choose from.
        trust: makes the words.

    Raises:
        UserFacingError: "credencial.device_short", "credencial.device_unknown",
            "credencial.device_ambiguous".
    """
    typed = fold(text).split()
    if len(typed) == 1 and _HEX.fullmatch(typed[0]):
        if len(typed[0]) < MIN_PREFIX:
            raise UserFacingError("credencial.device_short", minimo=MIN_PREFIX)
        found = [device for device in devices if device.startswith(typed[0])]
    else:
        found = [
            device
            for device in devices
            if [fold(word) for word in trust.fingerprint_words(device)] == typed
        ]
    if not found:
        raise UserFacingError("credencial.device_unknown", equipo=" ".join(typed)[:_DEVICE_LENGTH])
    if len(found) > 1:
        raise UserFacingError("credencial.device_ambiguous", equipo=typed[0], cantidad=len(found))
    return found[0]


def _seen(row: DeviceRow, moment: datetime | None) -> DeviceRow:
    """What was put aside is told of who waits; of others the region has spoken."""
    return replace(row, visto_en=moment) if row.waits and moment is not None else row


def _by_need(row: DeviceRow) -> tuple[bool, str, str]:
    name = "" if row.grant is None else row.grant.nombre
    needed = row.aprobacion is Aprobacion.POR_APROBAR and row.visto_en is None
    return not needed, fold(name), row.device
