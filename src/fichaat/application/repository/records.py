"""The sealed records behind the papers, as signed packages that anyone can verify.

They are plain: whoever keeps the repository has no key of the region. They are bare: photos and
strokes stay behind, for the papers and the scans beside them say all that Anexo N°2 asks for.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from msgspec import Struct

from fichaat.application.contexto import blobs_of_record
from fichaat.application.extracto import ExtractoFicha, extract
from fichaat.application.installation import Installation
from fichaat.application.jobs import CancelToken
from fichaat.application.ports.bundles import BundleMember, BundleNames, BundleWriter
from fichaat.application.ports.store import Reader
from fichaat.application.repository.folder import RepositoryFolder
from fichaat.application.repository.manifest import (
    Archivo,
    PaqueteEntregado,
    Parts,
)
from fichaat.application.repository.names import part_folder, records_name
from fichaat.application.resumen import resumen_csv, resumen_line
from fichaat.domain.codec import encode
from fichaat.domain.errors import UserFacingError
from fichaat.domain.paquete import (
    FORMATO,
    MAX_BUNDLE,
    MAX_MEMBERS,
    Omitido,
    PaqueteInfo,
    TramoCadena,
)
from fichaat.domain.recepcion import Remitente
from fichaat.domain.record import SealedRecord

_AROUND: Final = 6_400
"""Bytes that the container, the manifest and the certificate add to one record, at most."""

_FIXED: Final = 20_000
_MEMBERS: Final = 3
"""Of one record: itself, its signature, its certificate."""


class Carried(Struct, frozen=True, gc=False):
    """A record that is to be carried, without its bytes."""

    device: str
    chain: str
    sequence: int
    sha256: str
    bytes: int
    blobs: tuple[str, ...]
    """That it names and that stay behind."""

    @property
    def place(self) -> tuple[str, str, int, str]:
        return self.device, self.chain, self.sequence, self.sha256


def carried(item: SealedRecord) -> Carried:
    named = blobs_of_record(extract(item.raw, item.sha256))
    return Carried(*item.place, item.sha256, len(item.raw), tuple(sorted(named)))


class RecordFiles:
    def __init__(self, here: Installation, writer: BundleWriter, names: BundleNames) -> None:
        self._here = here
        self._writer = writer
        self._names = names

    def write(
        self,
        folder: RepositoryFolder,
        records: Sequence[Carried],
        number: int,
        parts: Parts,
        cancel: CancelToken,
    ) -> Iterator[PaqueteEntregado]:
        """Write these records, as many files as the limit asks for.

        Args:
            folder: the repository.
            records: each once.
            number: of the first file.
            parts: where each file goes, and how large it may be.
            cancel: looked at between records.

        Raises:
            UserFacingError: "repositorio.read_back", "system.*".
        """
        volumes = _volumes(sorted(records, key=_place), parts.limit)
        id_, now = self._here.ids.new_id(), self._here.clock.now().replace(microsecond=0)
        with self._here.store.read() as reader:
            for place, volume in enumerate(volumes):
                info = self._info(id_, now, volume, (place + 1, len(volumes)))
                name = records_name(number + place)
                # Which part depends on the size, which is known within what is added around.
                part = parts.take(_size(volume))
                name = part_folder(part) + name
                members = self._members(reader, info, volume, cancel)
                made = self._writer.write(folder.place(name), members, self._here.key, now)
                if folder.digest(name, cancel) != made.sha256:
                    raise UserFacingError("repositorio.read_back", archivo=name)
                archivo = Archivo(name, made.sha256, made.bytes)
                yield PaqueteEntregado(archivo, part, tuple(item.sha256 for item in volume))

    def _info(
        self, id_: str, now: datetime, volume: Sequence[Carried], number: tuple[int, int]
    ) -> PaqueteInfo:
        spans: dict[tuple[str, str], list[int]] = defaultdict(list)
        for item in volume:
            spans[item.device, item.chain].append(item.sequence)
        profile = self._here.profile
        return PaqueteInfo(
            formato=FORMATO,
            id=id_,
            region=profile.region,
            exportador=Remitente(self._here.key.device, profile.nombre, profile.entidad),
            creado=now,
            volumen=number,
            registros=len(volume),
            cadenas=tuple(
                TramoCadena(device, chain, min(places), max(places))
                for (device, chain), places in sorted(spans.items())
            ),
            omitidos=tuple(_left(volume))[:MAX_MEMBERS],
            practice=profile.practice,
        )

    def _members(
        self,
        reader: Reader,
        info: PaqueteInfo,
        volume: Sequence[Carried],
        cancel: CancelToken,
    ) -> Iterator[BundleMember]:
        """In the order of the profile."""
        names, lines = self._names, []
        yield BundleMember("paquete.json", encode(info))
        for item in volume:
            cancel.check()
            sealed = reader.record(item.sha256)
            if sealed is None:
                raise UserFacingError("storage.corrupt")
            yield BundleMember(names.record_name(*item.place), sealed.raw, item.sha256)
            yield BundleMember(names.record_signature_name(*item.place), sealed.signature)
            found = extract(sealed.raw, item.sha256)
            if isinstance(found.content, ExtractoFicha):
                territorio = self._here.territorio
                lines.append(resumen_line(item.sha256, found, found.content, territorio))
        key = self._here.key
        devices = {item.device for item in volume} | {key.device}
        pems = {key.device: key.certificate_pem} | reader.certificates(devices)
        for device in sorted(pems):
            yield BundleMember(names.certificate_name(device), pems[device])
        yield BundleMember("resumen.csv", resumen_csv(lines))


def _place(item: Carried) -> tuple[str, str, int, str]:
    return item.place


def _volumes(records: Sequence[Carried], limit: int | None) -> list[list[Carried]]:
    """Consecutive records into files that stay under the limit."""
    most = MAX_BUNDLE if limit is None else min(limit, MAX_BUNDLE)
    volumes: list[list[Carried]] = []
    size = most + 1
    for item in records:
        cost = item.bytes + _AROUND
        if size + cost > most or (len(volumes[-1]) + 10) * _MEMBERS > MAX_MEMBERS:
            volumes.append([])
            size = _FIXED
        volumes[-1].append(item)
        size += cost
    return volumes


def _size(volume: Sequence[Carried]) -> int:
    return _FIXED + sum(item.bytes + _AROUND for item in volume)


def _left(volume: Sequence[Carried]) -> Iterator[Omitido]:
    """Photos and strokes that stay behind, each under the place of the record that names it."""
    for item in volume:
        for digest in item.blobs:
            yield Omitido(item.chain, item.sequence, digest)
