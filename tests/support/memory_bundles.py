"""Bundles that never touch a file: for tests of what happens after a container was opened."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from fichaat.application.jobs import CancelToken, Progress
from fichaat.application.ports.bundles import OpenBundle
from fichaat.domain.paquete import FORMATO, PaqueteInfo
from fichaat.domain.recepcion import Remitente
from fichaat.domain.record import REGION_KEY_KINDS, Kind, SealedRecord, sha256_hex


class InterruptedReadError(Exception):
    """The stick was pulled, the process died: whatever happens half way through a bundle."""


@dataclass
class MemoryBundle:
    """An open bundle whose bytes were already proved, as the strict reader hands it over."""

    sealed: Sequence[SealedRecord]
    certificates: Mapping[str, bytes]
    info: PaqueteInfo
    exporter: str
    contents: Mapping[str, bytes] = field(default_factory=dict)
    stops_after: int | None = None
    cifrado: bool = False

    @property
    def sha256(self) -> str:
        return sha256_hex(self.info.id.encode())

    @property
    def blobs(self) -> Mapping[str, int]:
        return {digest: len(data) for digest, data in self.contents.items()}

    @property
    def record_count(self) -> int:
        return len(self.sealed)

    def records(self) -> Iterator[SealedRecord]:
        for number, item in enumerate(self.sealed):
            if number == self.stops_after:
                raise InterruptedReadError
            yield item

    def trust_records(self, root: str) -> list[SealedRecord]:
        kinds = REGION_KEY_KINDS
        return [i for i in self.sealed if i.record.kind in kinds and i.record.device == root]

    def receptions(self, devices: Collection[str]) -> Iterator[SealedRecord]:
        for item in self.sealed:
            if item.record.kind == Kind.RECEPCION and item.record.device in devices:
                yield item

    def blob(self, sha256: str) -> bytes:
        return self.contents[sha256]


class MemoryBundles:
    """A `BundleReader` over bundles given beforehand by name."""

    def __init__(self) -> None:
        self._bundles: dict[Path, MemoryBundle] = {}

    def put(self, bundle: MemoryBundle) -> Path:
        path = Path(f"memoria-{len(self._bundles)}.fichaat")
        self._bundles[path] = bundle
        return path

    @contextmanager
    def open(self, path: Path, progress: Progress, cancel: CancelToken) -> Iterator[OpenBundle]:
        cancel.check()
        progress(0, 0)
        yield self._bundles[path]


def pack(
    sealed: Sequence[SealedRecord],
    certificates: Mapping[str, bytes],
    *,
    id_: str,
    exporter: str,
    region: str = "05",
    stops_after: int | None = None,
) -> MemoryBundle:
    """A bundle of any records, from any device, in any order, with repetitions."""
    info = PaqueteInfo(
        formato=FORMATO,
        id=id_,
        region=region,
        exportador=Remitente(exporter),
        creado=datetime(2026, 11, 20, tzinfo=UTC),
        volumen=(1, 1),
        registros=len(sealed),
    )
    return MemoryBundle(sealed, certificates, info, exporter, stops_after=stops_after)
