"""Device keys for tests: the same seed gives the same key, certificate and signatures."""

from datetime import UTC, datetime

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from fichaat.application.ports.keys import StoredDeviceKey
from fichaat.trust import certificate, certificate_form
from fichaat.trust.device_key import LocalDeviceKey

CREATED_AT = datetime(2026, 1, 1, tzinfo=UTC)


class SeededKey(LocalDeviceKey):
    """The program's own device key, around a private key that a test may misuse."""

    def __init__(self, seed: int) -> None:
        self.private = ec.derive_private_key(10_000 + seed, ec.SECP256R1())
        spki = self.private.public_key().public_bytes(
            Encoding.DER, PublicFormat.SubjectPublicKeyInfo
        )
        stored = StoredDeviceKey(
            self.private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()),
            certificate_form.to_pem(certificate.issue(self.private, spki, CREATED_AT)),
        )
        super().__init__(stored)
