"""Records and packages that no program of ours would make, by people who know the format.

A `Sealer` is a device with a real key: an honest one whose packages are built by hand, or a
stranger. What it signs is what it is told to sign, canonical or not.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import msgspec

from fichaat.application.ports.bundles import BundleMember
from fichaat.application.ports.keys import RecordKey
from fichaat.bundle import names
from fichaat.bundle.writer import StrictBundleWriter
from fichaat.domain import codec
from fichaat.domain.ficha import Ficha
from fichaat.domain.firma import Anulacion, Evidencia, Firma, Sujeto, TipoFirma
from fichaat.domain.paquete import FORMATO, PaqueteInfo, TramoCadena
from fichaat.domain.recepcion import Remitente
from fichaat.domain.record import Kind, Record, Supersedes, sha256_hex
from tests.support.bundles import AT
from tests.support.fichas import record_of
from tests.support.keys import SeededKey
from tests.support.records import make_ficha, make_uuid7


@dataclass(frozen=True)
class Parcel:
    """One record as it will travel: its bytes, its signature, and the place its name gives it."""

    device: str
    chain: str
    sequence: int
    raw: bytes
    signature: bytes
    named: str = ""

    @property
    def sha256(self) -> str:
        return sha256_hex(self.raw)

    @property
    def members(self) -> list[BundleMember]:
        place = (self.device, self.chain, self.sequence, self.named or self.sha256)
        return [
            BundleMember(names.record_name(*place), self.raw),
            BundleMember(names.record_signature_name(*place), self.signature),
        ]

    def change(self, **fields: Any) -> "Parcel":  # noqa: ANN401  # any field
        return replace(self, **fields)


class Sealer:
    """A device that seals whatever it is given at the head of its chain."""

    def __init__(self, seed: int) -> None:
        self.key = SeededKey(seed)
        self.chain = make_uuid7(("sealer", seed))
        self._seed = seed
        self._sequence = 0
        self._previous: str | None = None

    @property
    def device(self) -> str:
        return self.key.device

    def record(self, content: object, kind: str = Kind.FICHA, **changes: object) -> Record[Any]:
        """The envelope of the next record, changed as an attacker wants it."""
        base = record_of(content, Kind.FICHA)
        base = msgspec.structs.replace(
            base,
            kind=str(kind),
            id=make_uuid7(("record", self._seed, self._sequence)),
            chain=self.chain,
            sequence=self._sequence + 1,
            previous=self._previous,
            device=self.device,
        )
        return msgspec.structs.replace(base, **changes)

    def seal(self, content: object, kind: str = Kind.FICHA, **changes: object) -> Parcel:
        """The next record of the chain, signed and ready to travel."""
        record = self.record(content, kind, **changes)
        parcel = self.sign(codec.encode(record), record)
        self._sequence, self._previous = record.sequence, parcel.sha256
        return parcel

    def sign(self, raw: bytes, record: Record[Any]) -> Parcel:
        """Any bytes at all, in the place of a record."""
        return Parcel(self.device, record.chain, record.sequence, raw, self.key.sign_record(raw))

    def bent(self, bend: Callable[[bytes], bytes]) -> Parcel:
        """A good record whose bytes were bent before they were signed."""
        record = self.record(make_ficha(1, lugar="Peña"))
        raw = codec.encode(record)
        bent = bend(raw)
        assert bent != raw
        return self.sign(bent, record)

    def package(self, path: Path, parcels: Iterable[Parcel], **options: Any) -> Path:  # noqa: ANN401  # of `package`
        """A container of these records, exported by this device."""
        return package(path, self.key, list(parcels), **options)


@dataclass(frozen=True)
class Target:
    """Somebody's sealed ficha, as everyone who received it knows it."""

    id: str
    sha256: str
    codigo: str
    version: int = 1

    @classmethod
    def of(cls, parcel: Parcel) -> "Target":
        record = codec.decode_record(parcel.raw).record
        assert isinstance(record.content, Ficha)
        return cls(record.id, parcel.sha256, record.content.codigo, record.version)

    @property
    def subject(self) -> Sujeto:
        return Sujeto(self.id, self.version, self.sha256)

    @property
    def superseded(self) -> Supersedes:
        return Supersedes(self.version, self.sha256, "porque sí")

    def annulment(self) -> Anulacion:
        return Anulacion(self.subject, "nunca ocurrió")

    def evidence(self, participant: str) -> Evidencia:
        return Evidencia(
            self.subject, (Firma(participant, TipoFirma.NO_FIRMO, "se negó a firmar"),)
        )


def package(
    path: Path,
    exporter: SeededKey,
    parcels: Sequence[Parcel],
    *,
    certificates: dict[str, bytes] | None = None,
    keys: Sequence[RecordKey] = (),
    blobs: Sequence[bytes] = (),
    **info: object,
) -> Path:
    """A container whose own signature is good, whatever its records are."""
    chains: dict[tuple[str, str], list[int]] = {}
    for parcel in parcels:
        chains.setdefault((parcel.device, parcel.chain), []).append(parcel.sequence)
    paquete = PaqueteInfo(
        formato=FORMATO,
        id=make_uuid7(("package", path.name)),
        region="05",
        exportador=Remitente(exporter.device, "Quien sea", "Donde sea"),
        creado=AT,
        volumen=(1, 1),
        registros=len(parcels),
        cadenas=tuple(
            TramoCadena(*place, min(sequences), max(sequences))
            for place, sequences in sorted(chains.items())
        ),
    )
    paquete = msgspec.structs.replace(paquete, **info)
    pems = {key.device: key.certificate_pem for key in (exporter, *keys)}
    pems.update(certificates or {})
    members = [BundleMember(names.PAQUETE, codec.encode(paquete))]
    members += [member for parcel in parcels for member in parcel.members]
    members += [BundleMember(names.certificate_name(device), pem) for device, pem in pems.items()]
    members += [BundleMember(names.blob_name(sha256_hex(blob)), blob) for blob in blobs]
    members.sort(key=lambda member: names.order_key(member.name))
    StrictBundleWriter().write(path, members, exporter, AT)
    return path
