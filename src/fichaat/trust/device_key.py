"""The key of this installation: ECDSA P-256 and its self-signed certificate."""

from datetime import datetime

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
)

from fichaat.application.ports.keys import StoredDeviceKey
from fichaat.domain.errors import UserFacingError
from fichaat.trust import certificate, container_signature, record_signature
from fichaat.trust import certificate_form as form


def create_device_key(created_at: datetime) -> StoredDeviceKey:
    """A new key from the system's own random source, and its certificate."""
    key = ec.generate_private_key(ec.SECP256R1())
    private = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    issued = certificate.issue(key, _spki(key), created_at)
    return StoredDeviceKey(private, form.to_pem(issued))


class LocalDeviceKey:
    """Seals and exports with the stored key; see `ports.DeviceKey`."""

    def __init__(self, stored: StoredDeviceKey) -> None:
        """Raises:
        UserFacingError: "trust.device_key": the stored key or its certificate is damaged.
        """
        try:
            key = load_der_private_key(stored.private_key, None)
            read = certificate.read_pem(stored.certificate_pem)
        except (ValueError, TypeError, UnsupportedAlgorithm, UserFacingError):
            raise UserFacingError("trust.device_key") from None
        if not isinstance(key, ec.EllipticCurvePrivateKey) or (
            form.device_id(_spki(key)) != read.device
        ):
            raise UserFacingError("trust.device_key")
        self._key = key
        self._certificate = read

    @property
    def device(self) -> str:
        """SHA-256 of the DER SubjectPublicKeyInfo, hexadecimal."""
        return self._certificate.device

    @property
    def certificate_pem(self) -> bytes:
        return self._certificate.pem

    def sign_record(self, raw: bytes) -> bytes:
        """Strict DER, low s."""
        return record_signature.sign(self._key, raw)

    def sign_container(self, manifest: bytes, claimed_at: datetime) -> bytes:
        """Detached CAdES-B-B over the manifest, DER."""
        return container_signature.sign(self._key, self._certificate, manifest, claimed_at)


def _spki(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
