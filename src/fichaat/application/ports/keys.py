"""Keys, signatures and what tells them apart; the clock and the source of ids."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from msgspec import Struct

from fichaat.domain.catalogo import Catalogo
from fichaat.domain.credencial import Credencial
from fichaat.domain.record import SealedRecord


class Clock(Protocol):
    def now(self) -> datetime:
        """The present moment with the offset of America/Lima."""
        ...


class IdGenerator(Protocol):
    def new_id(self) -> str:
        """A fresh UUID version 7, lower case."""
        ...


# --- trust ---------------------------------------------------------------------------------------


class RecordKey(Protocol):
    """A key that seals records, and its self-signed certificate."""

    @property
    def device(self) -> str:
        """SHA-256 of the DER SubjectPublicKeyInfo, of a region key that of its DER certificate,
        hexadecimal.
        """
        ...

    @property
    def certificate_pem(self) -> bytes: ...

    def sign_record(self, raw: bytes) -> bytes:
        """Strict DER, low s."""
        ...


class DeviceKey(RecordKey, Protocol):
    """The key of this installation."""

    def sign_container(self, manifest: bytes, claimed_at: datetime) -> bytes:
        """Detached CAdES-B-B over the manifest, DER."""
        ...


class StoredDeviceKey(Struct, frozen=True):
    """A device key as the encrypted database keeps it."""

    private_key: bytes
    """PKCS#8, DER, without a password of its own: the database is encrypted."""
    certificate_pem: bytes

    def __repr__(self) -> str:
        """Without the key: a repr ends in logs."""
        return "StoredDeviceKey(…)"


class RegionKey(RecordKey, Protocol):
    """The key of a region, from its own file: it seals credentials, revocations and relevos, and
    exports nothing.
    """

    @property
    def region(self) -> str:
        """Its two digits."""
        ...

    @property
    def certificate_der64(self) -> str:
        """Its own certificate as a catalogue holds it: DER in base 64."""
        ...

    @property
    def age_recipient(self) -> str:
        """To whom exports of the region are encrypted."""
        ...

    @property
    def age_identity(self) -> str:
        """What opens them: a secret."""
        ...

    def issue(self, device_certificate_pem: bytes, desde: datetime, hasta: datetime) -> str:
        """The certificate of a `credencial`: DER in base 64.

        Args:
            device_certificate_pem: the self-signed certificate of the device.
            desde: first moment of its validity, in whole seconds.
            hasta: last moment of its validity, in whole seconds.

        Raises:
            UserFacingError: "bundle.certificate": that is no device's certificate.
            ValueError: fractions of a second, no duration, or the region's own key.
        """
        ...

    def reissue(self, certificado: str, desde: datetime, hasta: datetime) -> str:
        """The certificate of a later `credencial` of the same device.

        Args:
            certificado: that of an earlier credential, issued by this region key or another.
            desde: as in `issue`.
            hasta: as in `issue`.

        Raises:
            UserFacingError: "bundle.certificate": that is no certificate of a device's key.
            ValueError: as `issue`.
        """
        ...


class RegionKeys(Protocol):
    """Makes and opens the file of a region key. The file holds nothing legible but the region and
    its certificate.
    """

    def create(self, region: str, passphrase: str, now: datetime) -> tuple[bytes, RegionKey]:
        """A new key and the bytes of its file. How good a passphrase must be is the caller's rule.

        Raises:
            ValueError: not the two digits of a region.
        """
        ...

    def open(self, data: bytes, passphrase: str) -> RegionKey:
        """The key in the bytes of a file.

        Raises:
            UserFacingError: "region.wrong_passphrase", "region.key_file" (no such file, or it is
                damaged), "region.key_file_newer" (of a later version of the program).
        """
        ...


class RecordVerifier(Protocol):
    """Checks many record signatures of one device."""

    @property
    def device(self) -> str: ...

    @property
    def public_key(self) -> bytes:
        """SubjectPublicKeyInfo, DER."""
        ...

    @property
    def region(self) -> str | None:
        """The two digits of a region key's region; None for the key of a device."""
        ...

    @property
    def is_region(self) -> bool:
        """Whether this is the key of a region."""
        ...

    def verify(self, raw: bytes, signature: bytes) -> None:
        """Raises:
        UserFacingError: "bundle.record_signature": not this device's strict, low-s signature.
        """
        ...

    def verify_many(self, records: Sequence[tuple[bytes, bytes]]) -> None:
        """`verify` of every (raw, signature) at once, on several processors.

        Raises:
            UserFacingError: "bundle.record_signature": at least one does not hold.
        """
        ...


SignedRecord = tuple[RecordVerifier, SealedRecord]
"""Who is to have signed, and what."""

Answer = Callable[[], None]
"""Waits for what was begun.

Raises:
    UserFacingError: "bundle.record_signature": at least one does not hold.
"""


class SignatureChecks(Protocol):
    """Verifies signatures of records while whoever asks goes on."""

    def begin(self, signed: Sequence[SignedRecord], /) -> Answer:
        """Begin with these; the answer is asked for when they are needed, or never."""
        ...


class Trust(Protocol):
    """Everything with keys and certificates that needs no private key."""

    def verifier(self, certificate_pem: bytes) -> RecordVerifier:
        """Of a device or of a region: its answer says which.

        Raises:
            UserFacingError: "bundle.certificate": not exactly the profile's certificate.
        """
        ...

    def checks(self, number: int, /) -> AbstractContextManager[SignatureChecks]:
        """For the signatures of so many records, until the context ends."""
        ...

    def not_before(self, certificate_pem: bytes) -> datetime:
        """When a device says to have made its key.

        Raises:
            UserFacingError: "bundle.certificate": not exactly a device's certificate.
        """
        ...

    def verify_container(self, manifest: bytes, signature: bytes) -> RecordVerifier:
        """The signer of a container, once its signature holds; never a region.

        Raises:
            UserFacingError: "bundle.signature*" or "bundle.certificate": the rule that failed.
        """
        ...

    def check_credencial(self, credencial: Credencial, region_pem: bytes) -> None:
        """The certificate in a credential is the one that this region issued for its device and
        for its time.

        Raises:
            UserFacingError: "bundle.credential_certificate", "bundle.certificate" (the region's).
        """
        ...

    def check_catalogo(self, catalogo: Catalogo) -> None:
        """The certificate in a catalogue is one of its region. Which one is believed is another
        question.

        Raises:
            UserFacingError: "bundle.catalog_certificate".
        """
        ...

    def fingerprint_words(self, device: str) -> tuple[str, ...]:
        """Eight words of the BIP-39 Spanish list: the first 88 bits of `device`."""
        ...
