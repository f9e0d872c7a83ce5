"""Bundles in an envelope: around the strict reader and the writer, which know plain ones only.

What was opened, or is to be closed, stands in a file without a name: it is gone with the program,
however that ends.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from fichaat.application.jobs import CancelToken, Progress
from fichaat.application.ports.bundles import BundleFile, BundleMember, Envelope, OpenBundle
from fichaat.application.ports.keys import DeviceKey
from fichaat.bundle.reader import StrictBundleReader, open_regular
from fichaat.bundle.streams import Halves, Incoming, Outgoing, nameless_file, own_disk_error
from fichaat.bundle.writer import Packed, pack, temporary_name
from fichaat.domain.errors import UserFacingError
from fichaat.domain.paquete import MAX_BUNDLE
from fichaat.system.atomic import atomic_file


class SealedBundleReader:
    """See `ports.BundleReader`: what the strict reader opens, in an envelope or in none."""

    def __init__(
        self,
        strict: StrictBundleReader,
        envelope: Envelope,
        identities: Callable[[], Sequence[str]] = tuple,
        scratch: Path | None = None,
    ) -> None:
        """`identities` are asked for when an envelope is met; `scratch` is the folder on whose disk
        its content stands meanwhile, the system's where None.
        """
        self._strict = strict
        self._envelope = envelope
        self._identities = identities
        self._scratch = scratch

    @contextmanager
    def open(self, path: Path, progress: Progress, cancel: CancelToken) -> Iterator[OpenBundle]:
        """See `StrictBundleReader.open`.

        Raises:
            UserFacingError: "bundle.encrypted" (there is no profile to open it with),
                "bundle.encrypted_for_others", "bundle.encrypted_damaged", "bundle.*", "system.*";
                "storage.*": there is no room to open it.
            CancelledError: the person cancelled.
        """
        with open_regular(path) as file:
            if not self._is_sealed(file):
                with self._strict.check(file, progress, cancel) as bundle:
                    yield bundle
                return
            halves = Halves(progress)
            with nameless_file(self._scratch) as plain:
                received = self._unseal(file, plain, halves.first, cancel)
                checking = self._strict.check(plain, halves.second, cancel, received=received)
                with checking as bundle:
                    yield bundle

    def _is_sealed(self, file: BinaryIO) -> bool:
        try:
            head = file.read(self._envelope.head_bytes)
            file.seek(0)
        except OSError as error:
            raise UserFacingError("bundle.unreadable") from error
        return self._envelope.is_sealed(head)

    def _unseal(
        self, file: BinaryIO, plain: BinaryIO, progress: Progress, cancel: CancelToken
    ) -> str:
        """Write what is in the envelope; the SHA-256 of the envelope."""
        size = file.seek(0, 2)
        file.seek(0)
        source = Incoming(file, size, progress)
        try:
            self._envelope.unseal(source, plain, self._identities(), MAX_BUNDLE, cancel)
            plain.flush()
        except OSError as error:
            raise own_disk_error(error) from error
        return source.sha256


class SealedBundleWriter:
    """See `ports.BundleWriter`: into an envelope that only these recipients open."""

    def __init__(
        self,
        envelope: Envelope,
        recipients: Sequence[str],
        scratch: Path | None = None,
        cancel: CancelToken | None = None,
    ) -> None:
        """`scratch` is the folder on whose disk the container stands until it is closed, the
        system's where None; `cancel` is looked at while it is closed.
        """
        self._cancel = cancel or CancelToken()
        self._envelope = envelope
        self._recipients = recipients
        self._scratch = scratch

    def write(
        self,
        target: Path,
        members: Iterable[BundleMember],
        key: DeviceKey,
        claimed_at: datetime,
    ) -> BundleFile:
        """Sign, close and write one container atomically; see `StrictBundleWriter.write`.

        Raises:
            UserFacingError: "system.*" (the target), "storage.*" (no room for what is to be
                closed, or a member is not what it should be), "bundle.*": nothing is left.
            CancelledError: the person cancelled; nothing is left.
        """
        with nameless_file(self._scratch) as plain:
            packed = _pack(plain, members, key, claimed_at)
            with atomic_file(target, temporary_name=temporary_name(key)) as file:
                out = Outgoing(file)
                self._envelope.seal(plain, out, self._recipients, self._cancel)
                if out.size > MAX_BUNDLE:
                    raise UserFacingError("bundle.too_large", limite=MAX_BUNDLE)
        return BundleFile(target, out.sha256, out.size, packed.records, cifrado=True)


def _pack(
    plain: BinaryIO, members: Iterable[BundleMember], key: DeviceKey, claimed_at: datetime
) -> Packed:
    try:
        packed = pack(plain, members, key, claimed_at)
        plain.seek(0)
    except OSError as error:
        raise own_disk_error(error) from error
    return packed
