"""One pass over the records of an open bundle: what each is for who asks, and what all of them say
of the whole.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

from fichaat.application.classify import Classifier, Holdings
from fichaat.application.clocks import Clocks, OwnRecords, last_sealed
from fichaat.application.contexto import blobs_of_record
from fichaat.application.installation import Installation
from fichaat.application.omitted import (
    Place,
    is_omitted,
    spans_left_out,
)
from fichaat.application.ports.bundles import OpenBundle
from fichaat.application.profiles import ACCEPTED_ROOT_SETTING
from fichaat.application.verdict import (
    BundleVerdict,
    RecordVerdict,
    Signers,
    trust_code,
)
from fichaat.domain.authority import Authority, Reception, first_moments
from fichaat.domain.chains import Gap
from fichaat.domain.paquete import Omitido
from fichaat.domain.recepcion import Recepcion, Resultado
from fichaat.domain.record import REGION_KEY_KINDS, Record, SealedRecord
from fichaat.domain.rol import Rol

_BATCH = 500
_BATCH_BYTES = 8_000_000


class Seen(Protocol):
    """Called with every record of a bundle as it is read, and how many there are."""

    def __call__(self, item: SealedRecord, total: int, /) -> None: ...


def nobody_looks(_item: SealedRecord, _total: int, /) -> None:
    """For callers that only want the verdict."""


class Look:
    """One pass over the records of an open bundle."""

    def __init__(
        self,
        reader: Holdings,
        here: Installation | None,
        bundle: OpenBundle,
        seen: Seen,
        own: OwnRecords | None,
    ) -> None:
        self._reader = reader
        self._bundle = bundle
        self._seen = seen
        root = reader.authority().root
        said = [] if root is None else bundle.trust_records(root)
        self._region_speaks = False
        self._other_root = False
        known = reader.settings(ACCEPTED_ROOT_SETTING)
        self._accepted = {key.removeprefix(ACCEPTED_ROOT_SETTING) for key in known}
        self._coordinates = here is not None and here.profile.rol is Rol.COORDINADOR
        now = bundle.info.creado if here is None else here.clock.now().replace(microsecond=0)
        device, rol = ("", None) if here is None else (here.key.device, here.profile.rol)
        last = None if own is None else last_sealed(own, device, root)
        self._clocks = Clocks(now, device, rol, last)
        self._classify = Classifier(
            reader,
            device,
            now,
            said,
            _moments(bundle, reader.authority((), said)),
        )
        self._verdicts: list[RecordVerdict] = []
        self._chains: set[tuple[str, str]] = set()
        self._pending = False
        self.named: set[str] = set()
        """Attachments that its records name."""
        self.bearing: dict[Place, frozenset[str]] = {}
        """The records that name any, and which."""
        self._opaque = False

    def batches(self) -> Iterator[list[SealedRecord]]:
        """The records not held yet, batch by batch, judged.

        Raises:
            UserFacingError: a record that is not what its place says.
        """
        for batch in _batched(self._bundle.records()):
            for item in batch:
                record = item.record
                self._note_blobs(record)
                self._opaque |= item.opaque
                self._clocks.note(record)
                self._chains.add((record.device, record.chain))
                # Of another region's key `_hear` tells.
                if record.kind not in REGION_KEY_KINDS:
                    self._pending |= not self._classify.is_known(record.device)
                self._seen(item, self._bundle.record_count)
            verdicts = self._classify(batch)
            self._verdicts.extend(verdicts)
            self._hear(batch, verdicts)
            yield [
                item
                for item, verdict in zip(batch, verdicts, strict=True)
                if verdict.resultado is not Resultado.KNOWN
            ]

    def _hear(self, batch: Sequence[SealedRecord], verdicts: Sequence[RecordVerdict]) -> None:
        """Whether keys of regions speak. Nothing is asked again about one that was accepted here
        and replaced, or whose words are here already.
        """
        root = self._classify.authority.root
        accepted = {root, *self._accepted}
        for item, verdict in zip(batch, verdicts, strict=True):
            if item.record.kind in REGION_KEY_KINDS and not item.opaque:
                self._region_speaks = True
                fresh = verdict.resultado is not Resultado.KNOWN
                other = root is not None and item.record.device not in accepted
                self._other_root |= other and fresh

    def verdict(
        self, path: Path, *, aplicado: bool = False, adjuntos_nuevos: int = 0
    ) -> BundleVerdict:
        """What the whole pass found."""
        code = trust_code(self._verdicts, self._signers())
        doubt = self._clocks.own(self._classify.authority, self._verdicts)
        return BundleVerdict(
            archivo=str(path),
            intacto=True,
            valido=True,
            confiable=code is None,
            codigo=code,
            params={},
            info=self._bundle.info,
            registros=tuple(self._verdicts),
            remitente=self._classify.authority.grant(self._bundle.exporter),
            relojes=self._clocks.ahead(doubt),
            huecos=tuple(self._gaps()),
            aplicado=aplicado,
            adjuntos_nuevos=adjuntos_nuevos,
            cifrado=self._bundle.cifrado,
            reloj_propio=doubt,
        )

    @property
    def exporter_believed(self) -> bool:
        """Whether the region, or this installation itself, knows who made the bundle."""
        return self._classify.is_trusted(self._bundle.exporter)

    def _signers(self) -> Signers:
        exporter, authority = self._bundle.exporter, self._classify.authority
        return Signers(
            exporter_known=self._classify.is_trusted(exporter),
            exporter_revoked=exporter in authority.revoked,
            pending=self._pending,
            root_pending=self._region_speaks and authority.root is None,
            other_root=self._other_root,
            coordinates=self._coordinates,
        )

    def wanted_blobs(self) -> set[str]:
        """The blobs that a record of the bundle names; all of them where one cannot be read."""
        return {digest for digest in self._bundle.blobs if self._opaque or digest in self.named}

    def left_out(self) -> tuple[list[Omitido], set[Place]]:
        """What the bundle says to have left out on purpose: records, and the places of those that
        came without their attachments.
        """
        said = self._bundle.info.omitidos
        records = [item for item in said if item.sha256 not in self.named]
        bare = {(item.chain, item.sequence) for item in said if item.sha256 in self.named}
        return records, bare & self.bearing.keys()

    def _note_blobs(self, record: Record[object]) -> None:
        blobs = blobs_of_record(record)
        if blobs:
            self.named |= blobs
            self.bearing[record.chain, record.sequence] = blobs

    def _gaps(self) -> list[Gap]:
        """What still misses in the chains that the bundle touches, once it is here, and was not
        left out on purpose: an answer never brings what concerns others.
        """
        found: list[Gap] = []
        spans = spans_left_out(self._bundle.info.omitidos)
        for device, chain in sorted(self._chains):
            gaps = self._reader.gaps_in(device, chain)
            found.extend(gap for gap in gaps if not is_omitted(gap, spans))
        return found


def _moments(bundle: OpenBundle, authority: Authority) -> dict[str, datetime]:
    """When coordinators received records, as they say in a bundle."""
    coordinators = {
        device
        for device, grants in authority.grants.items()
        if any(grant.rol is Rol.COORDINADOR for grant in grants)
    }
    return first_moments(_receptions(bundle, coordinators), authority)


def _receptions(bundle: OpenBundle, devices: Collection[str]) -> Iterator[Reception]:
    for item in bundle.receptions(devices):
        content = item.record.content
        if isinstance(content, Recepcion):
            for received in content.registros:
                if received.resultado is not Resultado.REFUSED:
                    device, en = item.record.device, content.recibido_en
                    yield Reception(received.sha256, device, en, item.sha256)


def _batched(records: Iterable[SealedRecord]) -> Iterator[list[SealedRecord]]:
    """Lists that stay small in number and in bytes: a bundle may hold a gigabyte."""
    batch: list[SealedRecord] = []
    size = 0
    for item in records:
        batch.append(item)
        size += len(item.raw)
        if len(batch) >= _BATCH or size >= _BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
