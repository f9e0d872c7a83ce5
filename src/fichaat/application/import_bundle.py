"""Use case: look at bundles, and take what they bring: all or nothing, in one transaction."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from fichaat.application.changes import Changes, Kind
from fichaat.application.classify import Classifier, Holdings
from fichaat.application.contexto import blobs_of_record
from fichaat.application.installation import Installation
from fichaat.application.jobs import CancelToken, Progress, no_progress
from fichaat.application.overlay import Overlay
from fichaat.application.ports import (
    BundleReader,
    OpenBundle,
    Profile,
    Transaction,
)
from fichaat.application.recorder import Recorder, ToSeal
from fichaat.application.verdict import (
    BundleVerdict,
    RecordVerdict,
    refusal,
    trust_code,
)
from fichaat.domain.authority import Authority
from fichaat.domain.chains import Gap, Link, chain_state
from fichaat.domain.errors import CancelledError, UserFacingError
from fichaat.domain.paquete import PaqueteInfo
from fichaat.domain.recepcion import Recepcion, Recibido, Resultado
from fichaat.domain.record import Kind as RecordKind
from fichaat.domain.record import SealedRecord

_BATCH = 500
_BATCH_BYTES = 8_000_000


class Seen(Protocol):
    """Called with every record of a bundle as it is read, and how many there are."""

    def __call__(self, item: SealedRecord, total: int, /) -> None: ...


def nobody_looks(_item: SealedRecord, _total: int, /) -> None:
    """For callers that only want the verdict."""


@dataclass(frozen=True, slots=True)
class _Job:
    path: Path
    progress: Progress
    cancel: CancelToken
    seen: Seen


class _Held(Holdings, Protocol):
    """What is here: records and attachments."""

    def blob_sizes(self, sha256s: Collection[str], /) -> dict[str, int]: ...


class VerifyBundle:
    """The verdict about a file, with or without a profile; nothing is written."""

    def __init__(self, bundles: BundleReader) -> None:
        self._bundles = bundles

    def __call__(
        self,
        path: Path,
        here: Installation | None = None,
        progress: Progress = no_progress,
        cancel: CancelToken | None = None,
        seen: Seen = nobody_looks,
    ) -> BundleVerdict:
        """Judge one file. What is wrong with it is in the verdict, not raised.

        Args:
            path: the file.
            here: the installation that asks; without one every record is new.
            progress: bytes read.
            cancel: looked at between members.
            seen: hears of every record; a bundle of another place is only read.

        Raises:
            CancelledError: the person cancelled.
            UserFacingError: "storage.*": this installation's own database cannot be read.
        """
        job = _Job(path, progress, cancel or CancelToken(), seen)
        if here is None:
            return self._judge(job, _NothingHeld(), None)
        with here.store.read() as reader:
            return self._judge(job, reader, here)

    def _judge(self, job: _Job, held: _Held, here: Installation | None) -> BundleVerdict:
        info: PaqueteInfo | None = None
        try:
            with self._bundles.open(job.path, job.progress, job.cancel) as bundle:
                info = bundle.info
                if here is not None:
                    demand_place(bundle, here.profile)
                seen = Overlay(held)
                look = _Look(seen, "" if here is None else here.key.device, bundle, job.seen)
                for fresh in look.batches():
                    seen.add(fresh)
                missing = look.wanted_blobs() - held.blob_sizes(bundle.blobs).keys()
                return look.verdict(job.path, adjuntos_nuevos=len(missing))
        except CancelledError:
            raise
        except UserFacingError as error:
            if error.code.startswith("storage."):
                raise
            return refusal(str(job.path), error, info)


class ImportBundle:
    """Applies a bundle: union with what is here, and a record of its reception."""

    def __init__(self, here: Installation, bundles: BundleReader) -> None:
        self._here = here
        self._bundles = bundles
        self._recorder = Recorder(here)

    def __call__(
        self,
        path: Path,
        *,
        preview: bool = False,
        progress: Progress = no_progress,
        cancel: CancelToken | None = None,
        seen: Seen = nobody_looks,
    ) -> tuple[BundleVerdict, Changes]:
        """Apply one file. A refused file changes nothing and its verdict says why.

        Args:
            path: the file.
            preview: find out exactly what it would bring, then take everything back.
            progress: bytes read.
            cancel: looked at between members.
            seen: hears of every record.

        Raises:
            CancelledError: the person cancelled; nothing was applied.
            UserFacingError: "storage.*": no space, read-only…; nothing was applied.
        """
        info: PaqueteInfo | None = None
        try:
            with self._bundles.open(path, progress, cancel or CancelToken()) as bundle:
                info = bundle.info
                demand_place(bundle, self._here.profile)
                with self._here.store.write() as tx:
                    look = _Look(tx, self._recorder.device, bundle, seen)
                    verdict = self._apply(tx, bundle, look, path, preview=preview)
                    if preview:
                        raise _Previewed(verdict)
        except _Previewed as previewed:
            return previewed.verdict, Changes()
        except CancelledError:
            raise
        except UserFacingError as error:
            if error.code.startswith("storage."):
                raise
            return refusal(str(path), error, info), Changes()
        return verdict, Changes.of(Kind.FICHA, Kind.ACUERDO, Kind.DEVICE, Kind.RECEPTION)

    def _apply(
        self, tx: Transaction, bundle: OpenBundle, look: "_Look", path: Path, *, preview: bool
    ) -> BundleVerdict:
        for fresh in look.batches():
            if fresh:
                tx.add_records(fresh, bundle.certificates)
        missing = look.wanted_blobs() - tx.blob_sizes(bundle.blobs).keys()
        for digest in missing:
            tx.add_blob(digest, bundle.blob(digest))
        verdict = look.verdict(path, aplicado=not preview, adjuntos_nuevos=len(missing))
        received = [item for item in verdict.registros if item.resultado is not Resultado.KNOWN]
        # Receptions alone get none: two installations would answer each other for ever.
        if not preview and any(item.kind != RecordKind.RECEPCION for item in received):
            self._receive(tx, bundle, received)
        return verdict

    def _receive(
        self, tx: Transaction, bundle: OpenBundle, received: Sequence[RecordVerdict]
    ) -> None:
        content = Recepcion(
            paquete=bundle.sha256,
            paquete_id=bundle.info.id,
            recibido_en=self._here.clock.now().replace(microsecond=0),
            remitente=bundle.info.exportador,
            registros=tuple(
                Recibido(item.sha256, item.resultado, item.codigo) for item in received
            ),
        )
        item = ToSeal(RecordKind.RECEPCION, content, self._recorder.new_id())
        sealed = self._recorder.seal(tx, [item])
        tx.add_records(sealed, self._recorder.certificates())


class _Previewed(Exception):  # noqa: N818  # not an error: rolls the transaction back
    def __init__(self, verdict: BundleVerdict) -> None:
        super().__init__()
        self.verdict = verdict


class _NothingHeld:
    """The holdings of someone without a profile."""

    def known(self, _sha256s: Collection[str], /) -> set[str]:
        return set()

    def records_about(self, _subjects: Collection[str], /) -> list[SealedRecord]:
        return []

    def records_at(
        self, _device: str, _chain: str, _desde: int = 1, _hasta: int | None = None, /
    ) -> list[Link]:
        return []

    def blob_sizes(self, _sha256s: Collection[str], /) -> dict[str, int]:
        return {}


class _Look:
    """One pass over the records of an open bundle."""

    def __init__(self, reader: Holdings, own_device: str, bundle: OpenBundle, seen: Seen) -> None:
        self._reader = reader
        self._bundle = bundle
        self._seen = seen
        self._classify = Classifier(reader, own_device, Authority())
        self._verdicts: list[RecordVerdict] = []
        self._links: dict[tuple[str, str], list[Link]] = defaultdict(list)
        self._pending = False
        self._named: set[str] = set()
        self._opaque = False

    def batches(self) -> Iterator[list[SealedRecord]]:
        """The records not held yet, batch by batch, judged.

        Raises:
            UserFacingError: a record that is not what its place says.
        """
        for batch in _batched(self._bundle.records()):
            for item in batch:
                record = item.record
                self._named |= blobs_of_record(record)
                self._opaque |= item.opaque
                link = Link(record.sequence, item.sha256, record.previous)
                self._links[record.device, record.chain].append(link)
                self._pending |= not self._classify.is_trusted(record.device)
                self._seen(item, self._bundle.record_count)
            verdicts = self._classify(batch)
            self._verdicts.extend(verdicts)
            yield [
                item
                for item, verdict in zip(batch, verdicts, strict=True)
                if verdict.resultado is not Resultado.KNOWN
            ]

    def verdict(
        self, path: Path, *, aplicado: bool = False, adjuntos_nuevos: int = 0
    ) -> BundleVerdict:
        """What the whole pass found."""
        exporter_known = self._classify.is_trusted(self._bundle.exporter)
        code = trust_code(self._verdicts, exporter_known=exporter_known, pending=self._pending)
        return BundleVerdict(
            archivo=str(path),
            intacto=True,
            valido=True,
            confiable=code is None,
            codigo=code,
            params={},
            info=self._bundle.info,
            registros=tuple(self._verdicts),
            huecos=tuple(self._gaps()),
            aplicado=aplicado,
            adjuntos_nuevos=adjuntos_nuevos,
        )

    def wanted_blobs(self) -> set[str]:
        """The blobs that a record of the bundle names; all of them where one cannot be read."""
        return {digest for digest in self._bundle.blobs if self._opaque or digest in self._named}

    def _gaps(self) -> list[Gap]:
        """What still misses in the chains that the bundle touches, once it is here."""
        found: list[Gap] = []
        for (device, chain), links in sorted(self._links.items()):
            found.extend(chain_state(chain, [*self._reader.records_at(device, chain), *links]).gaps)
        return found


def demand_place(bundle: OpenBundle, profile: Profile) -> None:
    """A bundle that has no place here is still read to its end: only then is it said intact.

    Raises:
        UserFacingError: the bundle is of another region, or mixes practice and work; or the first
            record that is not what its place says.
    """
    info = bundle.info
    if info.region == profile.region and info.practice == profile.practice:
        return
    for _ in bundle.records():
        pass
    if info.region != profile.region:
        raise UserFacingError("bundle.other_region", region=info.region, propia=profile.region)
    raise UserFacingError("bundle.practice" if info.practice else "bundle.not_practice")


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
