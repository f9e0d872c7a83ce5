"""Use case: the verdict about a bundle; nothing is written."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from fichaat.application.classify import Holdings
from fichaat.application.clocks import OwnRecords
from fichaat.application.installation import Installation
from fichaat.application.jobs import CancelToken, Progress, no_progress
from fichaat.application.look import Look, Seen, nobody_looks
from fichaat.application.overlay import Overlay
from fichaat.application.place import demand_place
from fichaat.application.ports.bundles import BundleReader
from fichaat.application.verdict import (
    BundleVerdict,
    refusal,
)
from fichaat.domain.authority import Authority
from fichaat.domain.chains import Gap, Link
from fichaat.domain.errors import CancelledError, UserFacingError
from fichaat.domain.paquete import PaqueteInfo
from fichaat.domain.record import SealedRecord


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
            return self._judge(job, _NothingHeld(), None, None)
        with here.store.read() as reader:
            return self._judge(job, reader, here, reader)

    def _judge(
        self, job: _Job, held: _Held, here: Installation | None, own: OwnRecords | None
    ) -> BundleVerdict:
        info: PaqueteInfo | None = None
        cifrado = False
        try:
            with self._bundles.open(job.path, job.progress, job.cancel) as bundle:
                info, cifrado = bundle.info, bundle.cifrado
                if here is not None:
                    demand_place(bundle, here.profile)
                seen = Overlay(held)
                look = Look(seen, here, bundle, job.seen, own)
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
