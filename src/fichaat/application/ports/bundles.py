"""Files that carry records, open or in an envelope."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from fichaat.application.jobs import CancelToken, Progress
from fichaat.application.ports.keys import DeviceKey
from fichaat.domain.paquete import PaqueteInfo
from fichaat.domain.record import SealedRecord


class Source(Protocol):
    """Whatever is read from its beginning to its end."""

    def read(self, size: int = ..., /) -> bytes: ...


class Sink(Protocol):
    """Whatever is written once."""

    def write(self, data: bytes, /) -> int: ...


class Envelope(Protocol):
    """What hides a file from everybody but its addressees; it signs nothing."""

    @property
    def head_bytes(self) -> int:
        """How many bytes of a file tell whether it is an envelope."""
        ...

    def is_sealed(self, head: bytes) -> bool:
        """Whether a file that begins with these bytes is an envelope."""
        ...

    def seal(
        self, plain: Source, out: Sink, recipients: Sequence[str], cancel: CancelToken
    ) -> None:
        """Write an envelope that each of these recipients opens alone.

        Args:
            plain: what is hidden.
            out: what is in it after a failure is of no use.
            recipients: at least one, as a `credencial` or a `catalogo` holds it.
            cancel: looked at between pieces.

        Raises:
            OSError: that of either file.
            CancelledError: the person cancelled.
            ValueError: nobody is to open it.
        """
        ...

    def unseal(
        self,
        sealed: Source,
        out: Sink,
        identities: Sequence[str],
        limit: int,
        cancel: CancelToken,
    ) -> None:
        """Write what is in an envelope that may be hostile.

        Args:
            sealed: the whole file, read to its end.
            out: what is in it after a failure may not be believed.
            identities: any of them may open it.
            limit: largest content, in bytes.
            cancel: looked at between pieces.

        Raises:
            UserFacingError: "bundle.encrypted" (there are no identities),
                "bundle.encrypted_for_others", "bundle.encrypted_damaged", "bundle.too_large".
            OSError: that of either file.
            CancelledError: the person cancelled.
        """
        ...


# --- bundle --------------------------------------------------------------------------------------


class BundleMember(Struct, frozen=True, gc=False):
    """One file to put in a container."""

    name: str
    data: bytes
    sha256: str | None = None
    """Where the name promises a content: other bytes must not travel under it."""


class BundleFile(Struct, frozen=True):
    """What was written."""

    path: Path
    sha256: str
    bytes: int
    records: int
    cifrado: bool = False
    """Whether only its addressees can open it."""


class BundleNames(Protocol):
    """The names of members, as the profile writes them."""

    def record_name(self, device: str, chain: str, sequence: int, sha256: str) -> str: ...
    def record_signature_name(self, device: str, chain: str, sequence: int, sha256: str) -> str: ...
    def certificate_name(self, device: str) -> str: ...
    def blob_name(self, sha256: str) -> str: ...
    def pdf_name(self, codigo: str, version: int, record_sha256: str) -> str: ...


class BundleWriter(Protocol):
    def write(
        self,
        target: Path,
        members: Iterable[BundleMember],
        key: DeviceKey,
        claimed_at: datetime,
    ) -> BundleFile:
        """Sign and write one container atomically; members in the profile's order.

        Raises:
            UserFacingError: "system.*" (no space, read-only, target removed), "storage.corrupt"
                (a member is not what it should be): nothing is left.
        """
        ...


class OpenBundle(Protocol):
    """A container whose structure, signature, manifest, digests and `paquete.json` hold."""

    @property
    def sha256(self) -> str:
        """Of the whole file, as it was received."""
        ...

    @property
    def cifrado(self) -> bool:
        """Whether it came in an envelope."""
        ...

    @property
    def info(self) -> PaqueteInfo: ...

    @property
    def exporter(self) -> str:
        """Device whose signature is on the container."""
        ...

    @property
    def certificates(self) -> Mapping[str, bytes]:
        """PEM by device."""
        ...

    @property
    def blobs(self) -> Mapping[str, int]:
        """Size by SHA-256 of every member of `adjuntos/`."""
        ...

    @property
    def record_count(self) -> int: ...

    def records(self) -> Iterator[SealedRecord]:
        """Decoded, signature verified, in the order of the file.

        Raises:
            UserFacingError: the first record that is not what its place says.
        """
        ...

    def trust_records(self, root: str) -> list[SealedRecord]:
        """What one key of a region sealed, as `records` gives it, ahead of everything else: who may
        seal what. They come again in `records`; what this version cannot read only comes there.

        Args:
            root: the key that is believed. Anybody can make others, and seal with them without end.

        Raises:
            UserFacingError: as `records`; "bundle.region_records" (too many bytes).
        """
        ...

    def receptions(self, devices: Collection[str]) -> Iterator[SealedRecord]:
        """What some devices say to have received, as `records` gives it, ahead of everything else:
        whether a record came in time may hang on it.

        Raises:
            UserFacingError: as `records`.
        """
        ...

    def blob(self, sha256: str) -> bytes: ...


class Keep(Protocol):
    def __call__(
        self, path: Path, bundle: OpenBundle, recipient: str, cancel: CancelToken, /
    ) -> None:
        """Keep the bytes of a bundle: as they came if that was in an envelope, else in one.

        Args:
            path: the file, from which `bundle` was opened.
            bundle: says what the file must still be, and names what is kept.
            recipient: of this installation.
            cancel: looked at between pieces.

        Raises:
            UserFacingError: "storage.*" (no space, read-only…), "bundle.unreadable",
                "bundle.changed_while_reading": nothing was kept.
        """
        ...


class KeptFiles(Struct, frozen=True):
    """Some of the files that were imported."""

    count: int = 0
    bytes: int = 0


class ReceivedFiles(Protocol):
    """The files that were imported, kept until the person empties their folder."""

    def keeping(self) -> AbstractContextManager[Keep]:
        """Hands out what keeps a file; one that was kept anew goes again if the block fails."""
        ...


class ReceivedRoom(ReceivedFiles, Protocol):
    """The same, and how much room they take."""

    def held(self, before: datetime | None = None) -> KeptFiles:
        """What is kept; where a moment is named only what came before it.

        Raises:
            UserFacingError: "storage.*".
        """
        ...

    def remove(self, before: datetime) -> KeptFiles:
        """Remove what came before a moment: all that it brought is among the data since then.

        Raises:
            UserFacingError: "storage.*"; what was removed until then is gone.
        """
        ...


class BundleReader(Protocol):
    def open(
        self, path: Path, progress: Progress, cancel: CancelToken
    ) -> AbstractContextManager[OpenBundle]:
        """Raises:
        UserFacingError: "bundle.*": why the file is not an intact, valid container.
        """
        ...


# --- papers --------------------------------------------------------------------------------------
