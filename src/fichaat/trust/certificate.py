"""The self-signed certificate of a device: one strict profile, one legal encoding.

It says nothing about people: who a device belongs to stands in a `credencial` record. Its issuer
and subject are made from the key, it never expires, and it cannot be a CA.
"""

from datetime import datetime
from typing import Final

from cryptography.hazmat.primitives.asymmetric import ec
from msgspec import Struct

from fichaat.trust import certificate_form as form
from fichaat.trust import der
from fichaat.trust.der import DerError
from fichaat.trust.record_signature import DeviceVerifier, is_valid, sign

EXTENSIONS: Final = form.extensions(
    basic_constraints=b"",  # cA is FALSE by default
    key_usage=der.bit_string(b"\xc0", 6),  # digitalSignature, nonRepudiation
)
"""Of everything that is no CA."""


class DeviceCertificate(Struct, frozen=True):
    """A certificate whose every byte was checked."""

    der: bytes
    device: str
    not_before: datetime
    issuer: bytes
    """DER Name, which is also the subject."""
    serial: bytes
    """DER INTEGER."""
    spki: bytes
    """DER SubjectPublicKeyInfo."""
    key: ec.EllipticCurvePublicKey

    @property
    def pem(self) -> bytes:
        return form.to_pem(self.der)

    def verifier(self) -> DeviceVerifier:
        return DeviceVerifier(self.device, self.key)


def issue(key: ec.EllipticCurvePrivateKey, spki: bytes, created_at: datetime) -> bytes:
    """The DER certificate of a new device."""
    tbs = _to_be_signed(spki, created_at)
    return form.signed(tbs, sign(key, tbs))


def read_pem(pem: bytes) -> DeviceCertificate:
    """A certificate in its one legal text.

    Raises:
        UserFacingError: "bundle.certificate": not exactly the profile's certificate.
    """
    return read_der(form.from_pem(pem))


def read_der(data: bytes) -> DeviceCertificate:
    """A certificate that equals, byte for byte, the one made around its key, date and signature.

    Raises:
        UserFacingError: "bundle.certificate": not exactly the profile's certificate.
    """
    try:
        parts = form.parts(data)
        not_before = der.read_time(parts.not_before)
    except DerError:
        raise form.refusal("der") from None
    key = form.public_key(parts.spki)
    tbs = _to_be_signed(parts.spki, not_before)
    if form.signed(tbs, parts.signature) != data:
        raise form.refusal("profile")
    if not is_valid(key, tbs, parts.signature):
        raise form.refusal("signature")
    device = form.device_id(parts.spki)
    return DeviceCertificate(
        data,
        device,
        not_before,
        subject_of(device),
        _serial(parts.spki, not_before),
        parts.spki,
        key,
    )


def subject_of(device: str) -> bytes:
    """The DER Name of a device."""
    return form.name(f"fichaat {device[:16]}")


def _to_be_signed(spki: bytes, not_before: datetime) -> bytes:
    subject = subject_of(form.device_id(spki))
    return form.to_be_signed(
        serial=_serial(spki, not_before),
        issuer=subject,
        validity=(der.time(not_before), form.NEVER),
        subject=subject,
        spki=spki,
        extensions=EXTENSIONS,
    )


def _serial(spki: bytes, not_before: datetime) -> bytes:
    return form.serial(b"fichaat serial", spki, der.time(not_before))
