"""Use case: look at bundles, and take what they bring: all or nothing, in one transaction."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from msgspec.structs import replace

from fichaat.application.changes import Changes, Kind
from fichaat.application.classify import Classifier, Holdings
from fichaat.application.contexto import blobs_of_record
from fichaat.application.installation import Installation
from fichaat.application.jobs import CancelToken, Progress, no_progress
from fichaat.application.omitted import (
    Place,
    is_omitted,
    remember_bare,
    remember_omitted,
    spans_left_out,
)
from fichaat.application.overlay import Overlay
from fichaat.application.place import demand_place
from fichaat.application.ports.bundles import BundleReader, Keep, OpenBundle, ReceivedFiles
from fichaat.application.ports.store import Transaction
from fichaat.application.profiles import ACCEPTED_ROOT_SETTING, AGE_RECIPIENT_SETTING
from fichaat.application.recorder import Recorder, ToSeal
from fichaat.application.region.requests import asked_in, keep_request
from fichaat.application.verdict import (
    BundleVerdict,
    RecordVerdict,
    Signers,
    WrongClock,
    refusal,
    trust_code,
)
from fichaat.domain.authority import Authority, Reception, first_moments
from fichaat.domain.chains import Gap, Link
from fichaat.domain.errors import CancelledError, UserFacingError
from fichaat.domain.paquete import Omitido, PaqueteInfo
from fichaat.domain.recepcion import Recepcion, Recibido, Resultado
from fichaat.domain.record import REGION_KEY_KINDS, Record, SealedRecord
from fichaat.domain.record import Kind as RecordKind
from fichaat.domain.rol import Rol

_CLOCKS_DIFFER = timedelta(hours=1)
"""Less is nobody's concern."""

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
        cifrado = False
        try:
            with self._bundles.open(job.path, job.progress, job.cancel) as bundle:
                info, cifrado = bundle.info, bundle.cifrado
                if here is not None:
                    demand_place(bundle, here.profile)
                seen = Overlay(held)
                look = _Look(seen, here, bundle, job.seen)
                for fresh in look.batches():
                    seen.add(fresh)
                missing = look.wanted_blobs() - held.blob_sizes(bundle.blobs).keys()
                return look.verdict(job.path, adjuntos_nuevos=len(missing))
        except CancelledError:
            raise
        except UserFacingError as error:
            if error.code.startswith("storage."):
                raise
            return refusal(str(job.path), error, info, cifrado=cifrado)


class ImportBundle:
    """Applies a bundle: union with what is here, and a record of its reception."""

    def __init__(
        self,
        here: Installation,
        bundles: BundleReader,
        received: ReceivedFiles | None = None,
        keep_slot: Callable[[], bool] = bool,
    ) -> None:
        """Without `received` the bytes of what is applied are not kept; `keep_slot` is called once
        a file is applied: it may have brought the region's first catalogue
        (`KeepRegionSlot.attempt`).
        """
        self._keep_slot = keep_slot
        self._here = here
        self._bundles = bundles
        self._received = received
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
        token = cancel or CancelToken()
        info: PaqueteInfo | None = None
        cifrado = False
        try:
            with self._bundles.open(path, progress, token) as bundle:
                info, cifrado = bundle.info, bundle.cifrado
                demand_place(bundle, self._here.profile)
                with self._keeping() as keep, self._here.store.write(token) as tx:
                    look = _Look(tx, self._here, bundle, seen)
                    verdict = self._apply(tx, bundle, look, path, token, preview=preview)
                    if preview:
                        raise _Previewed(verdict)
                    # Last: the lock of who writes is held while it is copied.
                    keep(path, bundle, tx.setting(AGE_RECIPIENT_SETTING) or "", token)
        except _Previewed as previewed:
            return previewed.verdict, Changes()
        except CancelledError:
            raise
        except UserFacingError as error:
            if error.code.startswith("storage."):
                raise
            return refusal(str(path), error, info, cifrado=cifrado), Changes()
        changes = Changes.of(Kind.FICHA, Kind.ACUERDO, Kind.DEVICE, Kind.RECEPTION, Kind.CATALOGUE)
        return replace(verdict, ranura=self._keep_slot()), changes

    def _keeping(self) -> AbstractContextManager[Keep]:
        return nullcontext(_keep_nothing) if self._received is None else self._received.keeping()

    def _apply(
        self,
        tx: Transaction,
        bundle: OpenBundle,
        look: "_Look",
        path: Path,
        cancel: CancelToken,
        *,
        preview: bool,
    ) -> BundleVerdict:
        for fresh in look.batches():
            if fresh:
                tx.add_records(fresh, bundle.certificates)
        missing = look.wanted_blobs() - tx.blob_sizes(bundle.blobs).keys()
        for digest in missing:
            cancel.check()
            tx.add_blob(digest, bundle.blob(digest))
        verdict = look.verdict(path, aplicado=not preview, adjuntos_nuevos=len(missing))
        received = [item for item in verdict.registros if item.resultado is not Resultado.KNOWN]
        # Receptions alone get none: two installations would answer each other for ever.
        if not preview and any(item.kind != RecordKind.RECEPCION for item in received):
            self._receive(tx, bundle, received)
        self._note(tx, bundle, look)
        return verdict

    def _note(self, tx: Transaction, bundle: OpenBundle, look: "_Look") -> None:
        """What a bundle says besides its records; it stays on this installation."""
        asked = asked_in(bundle)
        if asked is not None and self._here.profile.rol is Rol.COORDINADOR:
            keep_request(tx, asked)
        left, bare = look.left_out()
        held = tx.blob_sizes(look.named).keys()
        full = {place for place, blobs in look.bearing.items() if blobs <= held}
        # Whoever is not believed could label away what really misses.
        if look.exporter_believed:
            remember_omitted(tx, left)
            remember_bare(tx, {place for place in bare if place not in full}, full)
        else:
            remember_bare(tx, (), full)

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


def _keep_nothing(
    _path: Path, _bundle: OpenBundle, _recipient: str, _cancel: CancelToken, /
) -> None:
    """Where files are not kept."""


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

    def gaps_in(self, _device: str, _chain: str, /) -> Sequence[Gap]:
        return ()

    def settings(self, _prefix: str, /) -> dict[str, str]:
        return {}

    def authority(
        self, _items: Iterable[SealedRecord] = (), _extra: Collection[SealedRecord] = (), /
    ) -> Authority:
        return Authority()

    def blob_sizes(self, _sha256s: Collection[str], /) -> dict[str, int]:
        return {}


class _Look:
    """One pass over the records of an open bundle."""

    def __init__(
        self, reader: Holdings, here: Installation | None, bundle: OpenBundle, seen: Seen
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
        self._classify = Classifier(
            reader,
            "" if here is None else here.key.device,
            bundle.info.creado if here is None else here.clock.now().replace(microsecond=0),
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
        self._now = bundle.info.creado if here is None else here.clock.now()
        self._ahead: dict[str, datetime] = {}

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
                if record.sealed_at > self._now + _CLOCKS_DIFFER:
                    latest = self._ahead.get(record.device, record.sealed_at)
                    self._ahead[record.device] = max(latest, record.sealed_at)
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
            relojes=tuple(
                WrongClock(device, -((self._now - latest) // timedelta(days=1)))
                for device, latest in sorted(self._ahead.items())
            ),
            huecos=tuple(self._gaps()),
            aplicado=aplicado,
            adjuntos_nuevos=adjuntos_nuevos,
            cifrado=self._bundle.cifrado,
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
