"""The key of a region, in a file of its own under its own passphrase; see `ports.RegionKeys`.

The file may have been written by anybody: it has one legal encoding, its costs are bounded before
they are paid, and everything legible in it is authenticated with the secret.
"""

import secrets
from datetime import datetime
from typing import Annotated, Final, TypeVar

import msgspec
from cryptography.exceptions import InvalidTag, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
)
from msgspec import Meta, Struct

from fichaat.application.ports.slots import Argon2Cost, KeySlot
from fichaat.domain.errors import UserFacingError
from fichaat.domain.text import Region
from fichaat.trust import age_key, certificate, key_slots, record_signature, region_certificate
from fichaat.trust.key_slots import DEFAULT_COST, KEY_BYTES, RandomBytes
from fichaat.trust.region_certificate import RegionCertificate

FILE_VERSION: Final = 1
MAX_FILE: Final = 16_000
"""Bytes; a whole file has about 1,500."""

S = TypeVar("S", bound=Struct)

_FORMAT = "fichaat-region-key"
_NONCE_BYTES = 12


class _Secret(Struct, frozen=True, forbid_unknown_fields=True):
    age: str
    private_key: bytes
    """PKCS#8, DER."""

    def __repr__(self) -> str:
        """Without the keys: a repr ends in logs."""
        return "_Secret(…)"


class _KeyFile(Struct, frozen=True, forbid_unknown_fields=True):
    format: str
    version: int
    region: Region
    certificate: bytes
    """DER."""
    slot: KeySlot
    nonce: Annotated[bytes, Meta(min_length=_NONCE_BYTES, max_length=_NONCE_BYTES)]
    secret: bytes
    """Encrypted under the slot's key, with all the rest as its metadata."""


class _Version(Struct, frozen=True):
    """What the file of any version will have."""

    format: str
    version: int


class LocalRegionKey:
    """Seals and vouches with an opened key; see `ports.RegionKey`."""

    def __init__(
        self, key: ec.EllipticCurvePrivateKey, root: RegionCertificate, age_identity: str
    ) -> None:
        """Raises:
        ValueError: the parts do not belong together.
        """
        if _spki(key) != root.spki:
            raise ValueError("the certificate is of another key")
        self._key = key
        self._root = root
        self._age_identity = age_identity
        self._age_recipient = age_key.recipient_of(age_identity)

    @property
    def device(self) -> str:
        """SHA-256 of its certificate, hexadecimal."""
        return self._root.device

    @property
    def region(self) -> str:
        """Its two digits."""
        return self._root.region

    @property
    def certificate_pem(self) -> bytes:
        return self._root.pem

    @property
    def certificate_der(self) -> bytes:
        return self._root.der

    @property
    def certificate_der64(self) -> str:
        """Its own certificate as a catalogue holds it: DER in base 64."""
        return region_certificate.to_base64(self._root.der)

    @property
    def age_recipient(self) -> str:
        """To whom exports of the region are encrypted."""
        return self._age_recipient

    @property
    def age_identity(self) -> str:
        """What opens them: a secret."""
        return self._age_identity

    def sign_record(self, raw: bytes) -> bytes:
        """Strict DER, low s."""
        return record_signature.sign(self._key, raw)

    def issue(self, device_certificate_pem: bytes, desde: datetime, hasta: datetime) -> str:
        """See `ports.RegionKey.issue`."""
        device = certificate.read_pem(device_certificate_pem)
        leaf = region_certificate.issue_leaf(self._key, self._root, device, desde, hasta)
        return region_certificate.to_base64(leaf)

    def reissue(self, certificado: str, desde: datetime, hasta: datetime) -> str:
        """See `ports.RegionKey.reissue`."""
        earlier = region_certificate.from_base64(certificado) or b""
        leaf = region_certificate.reissue_leaf(self._key, self._root, earlier, desde, hasta)
        return region_certificate.to_base64(leaf)


class LocalRegionKeys:
    """See `ports.RegionKeys`."""

    def __init__(
        self, random: RandomBytes = secrets.token_bytes, cost: Argon2Cost = DEFAULT_COST
    ) -> None:
        self._random = random
        self._cost = cost

    def create(self, region: str, passphrase: str, now: datetime) -> tuple[bytes, LocalRegionKey]:
        """See `ports.RegionKeys.create`."""
        key = ec.generate_private_key(ec.SECP256R1())
        root = region_certificate.issue_root(key, _spki(key), region, now)
        age_identity, _ = age_key.create_age_identity()
        opened = LocalRegionKey(key, region_certificate.read_root(root), age_identity)
        secret = _Secret(
            age_identity, key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        )
        return self._encode(opened, secret, passphrase), opened

    def open(self, data: bytes, passphrase: str) -> LocalRegionKey:
        """See `ports.RegionKeys.open`."""
        file = _decode(data)
        secret = _unlock(file, passphrase)
        try:
            key = load_der_private_key(secret.private_key, None)
            root = region_certificate.read_root(file.certificate)
            if not isinstance(key, ec.EllipticCurvePrivateKey) or root.region != file.region:
                raise _damaged()
            return LocalRegionKey(key, root, secret.age)
        except (ValueError, TypeError, UnsupportedAlgorithm, UserFacingError):
            raise _damaged() from None

    def _encode(self, opened: LocalRegionKey, secret: _Secret, passphrase: str) -> bytes:
        key = self._random(KEY_BYTES)
        file = _KeyFile(
            format=_FORMAT,
            version=FILE_VERSION,
            region=opened.region,
            certificate=opened.certificate_der,
            slot=key_slots.wrap_with_passphrase(key, passphrase, self._random, self._cost),
            nonce=self._random(_NONCE_BYTES),
            secret=b"",
        )
        encrypted = AESGCM(key).encrypt(file.nonce, _json(secret), _metadata(file))
        return _json(msgspec.structs.replace(file, secret=encrypted))


def _decode(data: bytes) -> _KeyFile:
    """Raises:
    UserFacingError: "region.key_file", "region.key_file_newer".
    """
    if len(data) > MAX_FILE:
        raise _damaged()
    found = _read(data, _Version)
    if found.format != _FORMAT:
        raise _damaged()
    if found.version > FILE_VERSION:
        raise UserFacingError("region.key_file_newer")
    file = _read(data, _KeyFile)
    if file.version != FILE_VERSION or _json(file) != data:
        raise _damaged()
    return file


def _unlock(file: _KeyFile, passphrase: str) -> _Secret:
    """Raises:
    UserFacingError: "region.key_file", "region.wrong_passphrase".
    """
    if file.slot.kind != key_slots.PASSPHRASE:
        raise _damaged()
    try:
        key = key_slots.unwrap(file.slot, passphrase)
    except UserFacingError as error:
        if error.code == "storage.wrong_passphrase":
            raise UserFacingError("region.wrong_passphrase") from None
        raise _damaged() from None
    try:
        return _read(AESGCM(key).decrypt(file.nonce, file.secret, _metadata(file)), _Secret)
    except (InvalidTag, ValueError):
        raise _damaged() from None


def _read(data: bytes, type_: type[S]) -> S:
    """Raises:
    UserFacingError: "region.key_file".
    """
    try:
        return msgspec.json.decode(data, type=type_)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise _damaged() from None


def _json(value: Struct) -> bytes:
    return msgspec.json.encode(value, order="sorted")


def _metadata(file: _KeyFile) -> bytes:
    return _json(msgspec.structs.replace(file, secret=b""))


def _spki(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _damaged() -> UserFacingError:
    return UserFacingError("region.key_file")
