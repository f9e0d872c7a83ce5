"""Good bundles to start from, built out of the same parts as the program's."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from fichaat.application.ports.bundles import BundleMember
from fichaat.application.ports.keys import DeviceKey, RecordKey
from fichaat.bundle import names
from fichaat.bundle.writer import StrictBundleWriter
from fichaat.domain import codec
from fichaat.domain.ficha import Ejecutor, Ficha, Nivel, make_codigo
from fichaat.domain.paquete import FORMATO, PaqueteInfo, TramoCadena
from fichaat.domain.persona import Autor
from fichaat.domain.recepcion import Remitente
from fichaat.domain.record import Kind, Record, SealedRecord, sha256_hex

AT = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)


def uuid7(number: int) -> str:
    """Valid, distinct, readable."""
    return f"019a0000-0000-7000-8000-{number:012x}"


CHAIN = uuid7(1)


def seal(
    key: RecordKey,
    sequence: int = 1,
    previous: str | None = None,
    *,
    chain: str = CHAIN,
    record_id: str | None = None,
    region: str = "05",
    practice: bool = False,
    observaciones: str = "Se revisó el padrón nominal.",
) -> SealedRecord:
    """A record of kind `ficha`, signed."""
    content = Ficha(
        codigo=make_codigo(region, 2026, chain, sequence),
        ejecutor=Ejecutor(Nivel.REGIONAL, region),
        observaciones=observaciones,
    )
    record = Record(
        kind=Kind.FICHA,
        schema=1,
        id=record_id or uuid7(1000 + sequence),
        version=1,
        supersedes=None,
        after=(),
        region=region,
        practice=practice,
        chain=chain,
        sequence=sequence,
        previous=previous,
        device=key.device,
        sealed_at=AT,
        author=Autor("María Quispe Ñaupari", "Especialista", "GORE Ayacucho"),
        catalog=None,
        app="1.0.0",
        content=content,
    )
    raw = codec.encode(record)
    return codec.decode_record(raw, key.sign_record(raw))


def seal_chain(key: DeviceKey, count: int, chain: str = CHAIN) -> list[SealedRecord]:
    records: list[SealedRecord] = []
    for sequence in range(1, count + 1):
        previous = records[-1].sha256 if records else None
        records.append(seal(key, sequence, previous, chain=chain))
    return records


def info(key: DeviceKey, records: Sequence[SealedRecord] = ()) -> PaqueteInfo:
    """What `paquete.json` must say of these records."""
    chains: dict[tuple[str, str], list[int]] = {}
    for sealed in records:
        device, chain, sequence = sealed.place
        chains.setdefault((device, chain), []).append(sequence)
    return PaqueteInfo(
        formato=FORMATO,
        id=uuid7(9),
        region="05",
        exportador=Remitente(key.device, "María Quispe Ñaupari", "GORE Ayacucho"),
        creado=AT,
        volumen=(1, 1),
        registros=len(records),
        cadenas=tuple(
            TramoCadena(*place, min(sequences), max(sequences))
            for place, sequences in sorted(chains.items())
        ),
    )


def members(
    key: DeviceKey,
    records: Sequence[SealedRecord] = (),
    *,
    blobs: Sequence[bytes] = (),
    pdfs: Sequence[tuple[str, bytes]] = (),
    resumen: bytes | None = None,
    certificates: Sequence[RecordKey] | None = None,
    paquete: PaqueteInfo | None = None,
) -> list[BundleMember]:
    """Members of a container in the profile's order, without those the writer makes."""
    found = [BundleMember(names.PAQUETE, codec.encode(paquete or info(key, records)))]
    for sealed in records:
        place = (*sealed.place, sealed.sha256)
        found.append(BundleMember(names.record_name(*place), sealed.raw))
        found.append(BundleMember(names.record_signature_name(*place), sealed.signature))
    found.extend(
        BundleMember(names.certificate_name(holder.device), holder.certificate_pem)
        for holder in ([key] if certificates is None else certificates)
    )
    found.extend(BundleMember(names.blob_name(sha256_hex(blob)), blob) for blob in blobs)
    found.extend(BundleMember(name, data) for name, data in pdfs)
    if resumen is not None:
        found.append(BundleMember(names.RESUMEN, resumen))
    return sorted(found, key=lambda member: names.order_key(member.name))


def write(target: Path, key: DeviceKey, parts: Sequence[BundleMember]) -> bytes:
    StrictBundleWriter().write(target, parts, key, AT)
    return target.read_bytes()


def good(folder: Path, key: DeviceKey, count: int = 2) -> bytes:
    """A small container with one member of every kind."""
    records = seal_chain(key, count)
    paper = names.pdf_name(make_codigo("05", 2026, CHAIN, 1), 1, records[0].sha256)
    parts = members(
        key,
        records,
        blobs=[b"\x89PNG scan"],
        pdfs=[(paper, b"%PDF-1.7\n%%EOF\n")],
        resumen=b"\xef\xbb\xbfcodigo\r\n",
    )
    return write(folder / "bueno.fichaat", key, parts)
