"""The members of one volume, in the order of the profile: `paquete.json`, records, certificates,
attachments, papers and `resumen.csv`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import TypeVar

from fichaat.application.bundle_parts import Part
from fichaat.application.installation import Installation
from fichaat.application.ports.bundles import BundleMember, BundleNames
from fichaat.application.ports.rows import RecordPlace
from fichaat.application.ports.store import Reader
from fichaat.application.resumen import resumen_csv
from fichaat.domain.codec import encode
from fichaat.domain.paquete import FORMATO, MAX_MEMBERS, Omitido, PaqueteInfo, TramoCadena
from fichaat.domain.recepcion import Remitente

_HANDFUL = 100
_HANDFUL_BYTES = 1_000_000
"""What one query reads while members are written."""

T = TypeVar("T")


class BundleMembers:
    def __init__(self, here: Installation, names: BundleNames) -> None:
        self._here = here
        self._names = names

    def info(
        self,
        bundle_id: str,
        now: datetime,
        volume: Sequence[Part],
        number: tuple[int, int],
        left_out: tuple[Omitido, ...],
    ) -> PaqueteInfo:
        """What `paquete.json` says of a volume.

        Args:
            bundle_id: of the bundle, the same in all its volumes.
            now: when it is written, in whole seconds.
            volume: the records of this file.
            number: which volume, and of how many.
            left_out: records that stay behind on purpose; what of `volume` stays is told first.
        """
        ranges: dict[tuple[str, str], list[int]] = defaultdict(list)
        for part in volume:
            ranges[part.place.device, part.place.chain].append(part.place.sequence)
        return PaqueteInfo(
            formato=FORMATO,
            id=bundle_id,
            region=self._here.profile.region,
            exportador=Remitente(
                self._here.key.device, self._here.profile.nombre, self._here.profile.entidad
            ),
            creado=now,
            volumen=number,
            registros=len(volume),
            cadenas=tuple(
                TramoCadena(device, chain, min(sequences), max(sequences))
                for (device, chain), sequences in sorted(ranges.items())
            ),
            omitidos=(*_left_blobs(volume), *left_out)[:MAX_MEMBERS],
            practice=self._here.profile.practice,
        )

    def each(
        self, reader: Reader, info: PaqueteInfo, volume: Sequence[Part]
    ) -> Iterator[BundleMember]:
        """One at a time, read as they are asked for."""
        names = self._names
        yield BundleMember("paquete.json", encode(info))
        for part, (raw, signature) in _signed_bytes(reader, volume):
            found = part.place
            place = (found.device, found.chain, found.sequence, found.sha256)
            yield BundleMember(names.record_name(*place), raw, found.sha256)
            yield BundleMember(names.record_signature_name(*place), signature)
        devices = {part.place.device for part in volume} | {self._here.key.device}
        pems = {self._here.key.device: self._here.key.certificate_pem} | reader.certificates(
            devices
        )
        for device in sorted(pems):
            yield BundleMember(names.certificate_name(device), pems[device])
        sizes = reader.blob_sizes(frozenset[str]().union(*(part.blobs for part in volume)))
        for digests in _handfuls(sorted(sizes.items())):
            for digest, data in sorted(reader.blobs(digests).items()):
                yield BundleMember(names.blob_name(digest), data, digest)
        # A name holds eight letters of a hash: one of two papers made to share it is enough.
        papers = {
            name: (key, size) for name, key, size in sorted({p.paper for p in volume if p.paper})
        }
        for chosen in _handfuls((name, size) for name, (_, size) in sorted(papers.items())):
            pdfs = reader.papers([papers[name][0] for name in chosen])
            for name in chosen:
                yield BundleMember(name, pdfs.get(papers[name][0], b""))
        yield BundleMember("resumen.csv", resumen_csv(part.line for part in volume if part.line))


def records_left_out(
    places: Sequence[RecordPlace], chosen: Sequence[RecordPlace]
) -> tuple[Omitido, ...]:
    """Records of the exported chains that stay behind on purpose."""
    taken = {place.sha256 for place in chosen}
    chains = {(place.device, place.chain) for place in chosen}
    stay = [
        Omitido(place.chain, place.sequence, place.sha256)
        for place in places
        if place.sha256 not in taken and (place.device, place.chain) in chains
    ]
    return tuple(stay[:MAX_MEMBERS])


def _left_blobs(volume: Sequence[Part]) -> tuple[Omitido, ...]:
    """Attachments that stay behind on purpose, each under the place of the record that names it."""
    return tuple(
        Omitido(part.place.chain, part.place.sequence, digest)
        for part in volume
        for digest in sorted(part.left)
    )


def _signed_bytes(
    reader: Reader, volume: Sequence[Part]
) -> Iterator[tuple[Part, tuple[bytes, bytes]]]:
    """Each record with its bytes and signature."""
    for parts in _handfuls((part, part.bytes) for part in volume):
        kept = reader.signed_bytes([part.place.n for part in parts])
        for part in parts:
            yield part, kept[part.place.n]


def _handfuls(sized: Iterable[tuple[T, int]]) -> Iterator[list[T]]:
    """What is read together: so few that their bytes stay few."""
    chosen: list[T] = []
    room = _HANDFUL_BYTES
    for item, size in sized:
        if chosen and (len(chosen) >= _HANDFUL or size > room):
            yield chosen
            chosen, room = [], _HANDFUL_BYTES
        chosen.append(item)
        room -= size
    if chosen:
        yield chosen
