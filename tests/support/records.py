"""Sealed records without real keys: fast, always the same, valid in every other respect."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from hashlib import sha256
from typing import Any

from msgspec.structs import replace

from fichaat.application.ports.keys import SignatureChecks
from fichaat.domain.acuerdo import Acuerdo, EstadoAcuerdo, EventoAcuerdo, Seguimiento
from fichaat.domain.catalogo import Catalogo
from fichaat.domain.codec import decode_record, encode
from fichaat.domain.credencial import Credencial
from fichaat.domain.errors import UserFacingError
from fichaat.domain.ficha import (
    DistritoAtendido,
    Ejecutor,
    Ficha,
    Modalidad,
    Nivel,
    NudoCritico,
    Sesion,
)
from fichaat.domain.firma import Anulacion, Evidencia, Sujeto
from fichaat.domain.persona import Autor, Destinatario, Responsable
from fichaat.domain.recepcion import Recepcion, Recibido, Remitente, Resultado
from fichaat.domain.record import KINDS, Content, Kind, Record, SealedRecord, Supersedes

LIMA = timezone(timedelta(hours=-5))
SEALED_AT = datetime(2026, 11, 20, 11, 35, 12, tzinfo=LIMA)


def make_uuid7(seed: object) -> str:
    """A UUID version 7 that follows from a seed."""
    digest = sha256(repr(seed).encode()).hexdigest()
    return f"{digest[:8]}-{digest[8:12]}-7{digest[13:16]}-8{digest[17:20]}-{digest[20:32]}"


def fake_signature(device: str, raw: bytes) -> bytes:
    return sha256(device.encode() + raw).digest()


class FakeVerifier:
    """Knows the signatures of one `FakeDevice`."""

    def __init__(self, device: str, region: str | None = None) -> None:
        self._device = device
        self.region = region

    @property
    def device(self) -> str:
        return self._device

    @property
    def is_region(self) -> bool:
        return self.region is not None

    @property
    def public_key(self) -> bytes:
        return self._device.encode()

    def verify(self, raw: bytes, signature: bytes) -> None:
        if signature != fake_signature(self._device, raw):
            raise UserFacingError("bundle.record_signature", equipo=self._device)

    def verify_many(self, records: Sequence[tuple[bytes, bytes]]) -> None:
        for raw, signature in records:
            self.verify(raw, signature)


class FakeTrust:
    """Reads the certificates of `FakeDevice`."""

    def verifier(self, certificate_pem: bytes) -> FakeVerifier:
        text = certificate_pem.decode("ascii", "replace")
        if not text.startswith("FAKE "):
            raise UserFacingError("bundle.certificate")
        device, _, region = text.removeprefix("FAKE ").partition(" ")
        return FakeVerifier(device, region or None)

    def checks(self, _number: int, /) -> AbstractContextManager[SignatureChecks]:
        raise AssertionError("no bundle of fakes is opened")

    def not_before(self, certificate_pem: bytes) -> datetime:
        self.verifier(certificate_pem)
        return SEALED_AT

    def check_credencial(self, credencial: Credencial, region_pem: bytes) -> None:
        """Fakes issue nothing."""

    def check_catalogo(self, catalogo: Catalogo) -> None:
        """Fakes issue nothing."""

    def verify_container(self, manifest: bytes, signature: bytes) -> FakeVerifier:
        raise UserFacingError("bundle.signature")

    def fingerprint_words(self, device: str) -> tuple[str, ...]:
        return (device[:8],)


@dataclass
class FakeDevice:
    """Seals records one after the other in its own chain."""

    seed: object = 1
    region: str = "05"
    practice: bool = False
    chain: str = ""
    sequence: int = 0
    previous: str | None = None
    is_region: bool = False
    device: str = field(init=False)

    def __post_init__(self) -> None:
        self.device = sha256(repr(("device", self.seed)).encode()).hexdigest()
        self.chain = self.chain or make_uuid7(("chain", self.seed))

    @property
    def certificates(self) -> dict[str, bytes]:
        suffix = f" {self.region}" if self.is_region else ""
        return {self.device: f"FAKE {self.device}{suffix}".encode()}

    def seal(
        self,
        kind: str,
        content: Content | dict[str, object],
        id_: str | None = None,
        *,
        version: int = 1,
        supersedes: Supersedes | None = None,
        after: Sequence[str] = (),
        schema: int | None = None,
    ) -> SealedRecord:
        """The next record of the chain; unknown kinds are sealed with a schema of 1."""
        known = KINDS.get(kind)
        self.sequence += 1
        record: Record[Any] = Record(
            kind=str(kind),
            schema=schema or (1 if known is None else known.schema),
            id=id_ or make_uuid7((self.seed, self.chain, self.sequence)),
            version=version,
            supersedes=supersedes,
            after=tuple(sorted(after)),
            region=self.region,
            practice=self.practice,
            chain=self.chain,
            sequence=self.sequence,
            previous=self.previous,
            device=self.device,
            sealed_at=SEALED_AT,
            author=Autor("Marleni Ñahui", "Especialista", "Gobierno Regional de Ayacucho"),
            catalog=None,
            app="1.0.0",
            content=content,
        )
        raw = encode(record)
        sealed = decode_record(raw, self.sign(raw))
        self.previous = sealed.sha256
        return sealed

    def sign(self, raw: bytes) -> bytes:
        return fake_signature(self.device, raw)

    def ficha(self, ficha: Ficha, id_: str | None = None) -> SealedRecord:
        """A first version."""
        return self.seal(Kind.FICHA, ficha, id_)

    def rectify(self, old: SealedRecord, ficha: Ficha, reason: str = "error") -> SealedRecord:
        """The version after `old`."""
        version = old.record.version
        return self.seal(
            Kind.FICHA,
            ficha,
            old.record.id,
            version=version + 1,
            supersedes=Supersedes(version, old.sha256, reason),
            after=(old.sha256,),
        )

    def annul(self, old: SealedRecord, reason: str = "doble") -> SealedRecord:
        return self.seal(Kind.ANULACION, Anulacion(subject_of(old), reason), after=(old.sha256,))

    def evidence(self, old: SealedRecord) -> SealedRecord:
        return self.seal(Kind.EVIDENCIA, Evidencia(subject_of(old)), after=(old.sha256,))

    def event(self, acuerdo: str, estado: EstadoAcuerdo, after: Sequence[str] = ()) -> SealedRecord:
        """An agreement event outside a visit."""
        return self.seal(Kind.SEGUIMIENTO, EventoAcuerdo(acuerdo, estado), after=after)

    def receive(
        self, received: Sequence[SealedRecord], result: Resultado = Resultado.NEW
    ) -> SealedRecord:
        """What it says after importing a bundle with these."""
        content = Recepcion(
            paquete="ab" * 32,
            paquete_id=make_uuid7(("bundle", self.sequence)),
            recibido_en=SEALED_AT,
            remitente=Remitente(self.device),
            registros=tuple(Recibido(item.sha256, result) for item in received),
        )
        return self.seal(Kind.RECEPCION, content)

    def fork(self) -> "FakeDevice":
        """A copy of the data folder: it goes on from here in the same chain."""
        twin = replace_device(self)
        twin.sequence, twin.previous = self.sequence, self.previous
        return twin

    def new_chain(self, seed: object) -> "FakeDevice":
        """After a restore: record 1 of the new chain follows the old head."""
        twin = replace_device(self)
        twin.chain, twin.previous = make_uuid7(("chain", seed)), self.previous
        return twin


def replace_device(device: FakeDevice) -> FakeDevice:
    return FakeDevice(device.seed, device.region, device.practice, device.chain)


def subject_of(item: SealedRecord) -> Sujeto:
    return Sujeto(item.record.id, item.record.version, item.sha256)


def make_ficha(
    number: int,
    *,
    fecha: date | None = None,
    distritos: Sequence[str] = ("050101",),
    sesion: Sesion | None = Sesion.DIAGNOSTICO,
    acuerdos: int = 2,
    sigue: Sequence[str] = (),
    **changes: object,
) -> Ficha:
    """A visit that differs from the others in everything that lists show."""
    day = fecha or date(2026, 1, 1) + timedelta(days=number % 300)
    ficha = Ficha(
        codigo=f"05-{day.year:04d}-K7Q2MX-{number:04d}",
        ejecutor=Ejecutor(Nivel.REGIONAL, "05", "Gobierno Regional de Ayacucho"),
        gobierno_regional="05",
        fecha=day,
        hora_inicio="09:00",
        hora_fin="11:30",
        modalidad=Modalidad.PRESENCIAL,
        lugar=f"Sala {number} de la Municipalidad",
        distritos=tuple(DistritoAtendido(ubigeo, sesion) for ubigeo in distritos),
        responsables=(
            Responsable(make_uuid7(("r", number)), "Gobierno Regional", f"Persona Ñ{number}", "E"),
        ),
        destinatarios=tuple(
            Destinatario(make_uuid7(("d", number, ubigeo)), ubigeo, "Municipalidad", "Ana", "G")
            for ubigeo in distritos
        ),
        nudos_criticos=(
            NudoCritico(
                f"El padrón nominal {number} tiene niñas y niños sin número de DNI registrado.",
                "Se revisó el listado niño por niño y se explicó cómo programar una jornada.",
            ),
        ),
        acuerdos=tuple(
            Acuerdo(
                make_uuid7(("a", number, row)),
                f"Realizar la jornada {row}",
                "Wilber Ayme",
                date(2026, 12, 15),
            )
            for row in range(acuerdos)
        ),
        seguimientos=tuple(
            Seguimiento(id_, estado=EstadoAcuerdo.EN_PROCESO, avance=50) for id_ in sigue
        ),
    )
    return replace(ficha, **changes)
