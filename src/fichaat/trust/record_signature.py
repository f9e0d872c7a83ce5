"""Record signatures: ECDSA P-256 with SHA-256, one legal encoding, also checked by `openssl dgst`.

ECDSA lets anybody turn (r, s) into (r, n - s), and BER lets anybody pad the numbers; both would
give a record a second valid signature. Therefore s is low and the DER strict, on both sides.
"""

import os
from collections.abc import Sequence
from functools import cached_property
from hashlib import sha256

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import (
    Prehashed,
    decode_dss_signature,
    encode_dss_signature,
)
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from fichaat.domain.errors import UserFacingError

P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
HALF_ORDER = P256_ORDER // 2

_ALGORITHM = ec.ECDSA(SHA256())
_OF_A_DIGEST = ec.ECDSA(Prehashed(SHA256()))

_WORTH_A_THREAD = 32
_MAX_THREADS = 4


def sign(key: ec.EllipticCurvePrivateKey, data: bytes) -> bytes:
    """Strict DER, low s; the same bytes every time where the library knows RFC 6979."""
    try:
        algorithm = ec.ECDSA(SHA256(), deterministic_signing=True)
    except UnsupportedAlgorithm:  # built against OpenSSL older than 3.2
        algorithm = _ALGORITHM
    r, s = decode_dss_signature(key.sign(data, algorithm))
    return encode_dss_signature(r, min(s, P256_ORDER - s))


def is_strict(signature: bytes) -> bool:
    """Whether these bytes are the one legal encoding of a signature: minimal DER, low s."""
    try:
        r, s = decode_dss_signature(signature)
    except ValueError:
        return False
    if not (0 < r < P256_ORDER and 0 < s <= HALF_ORDER):
        return False
    # The library's reader is strict already; this does not depend on it staying so.
    return encode_dss_signature(r, s) == signature


def is_valid(key: ec.EllipticCurvePublicKey, data: bytes, signature: bytes) -> bool:
    """Whether the signature is strict and made by this key over this data."""
    return is_valid_digest(key, sha256(data).digest(), signature)


def is_valid_digest(key: ec.EllipticCurvePublicKey, digest: bytes, signature: bytes) -> bool:
    """`is_valid` of data whose SHA-256 is known."""
    if not is_strict(signature):
        return False
    try:
        key.verify(signature, digest, _OF_A_DIGEST)
    except InvalidSignature:
        return False
    return True


class DeviceVerifier:
    """Checks many record signatures of one device; see `ports.RecordVerifier`."""

    def __init__(
        self, device: str, key: ec.EllipticCurvePublicKey, region: str | None = None
    ) -> None:
        self._device = device
        self._key = key
        self._region = region

    @property
    def device(self) -> str:
        return self._device

    @cached_property
    def public_key(self) -> bytes:
        """SubjectPublicKeyInfo, DER."""
        return self._key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)

    @property
    def region(self) -> str | None:
        """The two digits of a region key's region; None for the key of a device."""
        return self._region

    @property
    def is_region(self) -> bool:
        """Whether this is the key of a region."""
        return self._region is not None

    def verify(self, raw: bytes, signature: bytes) -> None:
        """Raises:
        UserFacingError: "bundle.record_signature": not this device's strict, low-s signature.
        """
        if not is_valid(self._key, raw, signature):
            raise UserFacingError("bundle.record_signature", equipo=self._device)

    def verify_many(self, records: Sequence[tuple[bytes, bytes]]) -> None:
        """`verify` of every (raw, signature), on several processors: the library lets go of the
        interpreter's lock while it computes.

        Raises:
            UserFacingError: "bundle.record_signature": at least one does not hold.
        """
        from concurrent.futures import ThreadPoolExecutor

        threads = min(os.cpu_count() or 1, _MAX_THREADS, len(records) // _WORTH_A_THREAD)
        if threads < 2:
            self._verify_all(records)
            return
        first, *others = (records[start::threads] for start in range(threads))
        # The caller takes a share too: it would only wait, and a thread fewer has to be started.
        with ThreadPoolExecutor(len(others), thread_name_prefix="verify") as executor:
            found = [executor.submit(self._verify_all, part) for part in others]
            self._verify_all(first)
            for future in found:
                future.result()

    def _verify_all(self, records: Sequence[tuple[bytes, bytes]]) -> None:
        for raw, signature in records:
            self.verify(raw, signature)
