"""Use case: take what a bundle brings: all or nothing, in one transaction."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from msgspec.structs import replace

from fichaat.application.changes import Changes, Kind
from fichaat.application.installation import Installation
from fichaat.application.jobs import CancelToken, Progress, no_progress
from fichaat.application.look import Look, Seen, nobody_looks
from fichaat.application.omitted import (
    remember_bare,
    remember_omitted,
)
from fichaat.application.place import demand_place
from fichaat.application.ports.bundles import BundleReader, Keep, OpenBundle, ReceivedFiles
from fichaat.application.ports.store import Transaction
from fichaat.application.profiles import AGE_RECIPIENT_SETTING
from fichaat.application.recorder import Recorder, ToSeal
from fichaat.application.region.requests import asked_in, keep_request
from fichaat.application.verdict import (
    OWN_CLOCK,
    BundleVerdict,
    RecordVerdict,
    refusal,
)
from fichaat.domain.errors import CancelledError, UserFacingError
from fichaat.domain.paquete import PaqueteInfo
from fichaat.domain.recepcion import Recepcion, Recibido, Resultado
from fichaat.domain.record import Kind as RecordKind
from fichaat.domain.rol import Rol


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
        accept_clock: bool = False,
        progress: Progress = no_progress,
        cancel: CancelToken | None = None,
        seen: Seen = nobody_looks,
    ) -> tuple[BundleVerdict, Changes]:
        """Apply one file. A refused file changes nothing and its verdict says why.

        Args:
            path: the file.
            preview: find out exactly what it would bring, then take everything back.
            accept_clock: whether the person says that this computer's clock is right; otherwise a
                clock that what is known contradicts (`OwnClock.detiene`) applies nothing.
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
                    look = Look(tx, self._here, bundle, seen, tx)
                    verdict = self._apply(tx, bundle, look, path, token, preview=preview)
                    if preview:
                        raise _TakenBack(verdict)
                    doubt = verdict.reloj_propio
                    if doubt is not None and doubt.detiene and not accept_clock:
                        raise _TakenBack(replace(verdict, codigo=OWN_CLOCK, aplicado=False))
                    # Last: the lock of who writes is held while it is copied.
                    keep(path, bundle, tx.setting(AGE_RECIPIENT_SETTING) or "", token)
        except _TakenBack as taken:
            return taken.verdict, Changes()
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
        look: Look,
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

    def _note(self, tx: Transaction, bundle: OpenBundle, look: Look) -> None:
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


class _TakenBack(Exception):  # noqa: N818  # not an error: rolls the transaction back
    def __init__(self, verdict: BundleVerdict) -> None:
        super().__init__()
        self.verdict = verdict
