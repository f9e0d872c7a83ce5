"""The self-signed certificate of a device: one strict profile, one legal encoding.

It says nothing about people: who a device belongs to stands in a `credencial` record. Its issuer
and subject are made from the key, it never expires, and it cannot be a CA.
"""

import base64
import hashlib
from datetime import datetime
from typing import Final

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_der_public_key
from msgspec import Struct

from fichaat.domain.errors import UserFacingError
from fichaat.trust import der
from fichaat.trust.der import DerError
from fichaat.trust.record_signature import DeviceVerifier, is_valid, sign

ECDSA_SHA256: Final = der.sequence(der.oid("1.2.840.10045.4.3.2"))

_BEGIN = b"-----BEGIN CERTIFICATE-----\n"
_END = b"-----END CERTIFICATE-----\n"
_LINE = 64
_MAX_PEM = 2000
_VERSION_3 = der.tlv(der.CONTEXT | 0, der.integer(2))
_COMMON_NAME = der.oid("2.5.4.3")
_NEVER = der.tlv(der.GENERALIZED_TIME, b"99991231235959Z")  # RFC 5280 4.1.2.5
# A P-256 key is this, lengths included, and the two coordinates.
_SPKI_START = bytes.fromhex("3059301306072a8648ce3d020106082a8648ce3d03010703420004")
_EXTENSIONS = der.tlv(
    der.CONTEXT | 3,
    der.sequence(
        # basicConstraints: cA is FALSE by default, so its sequence is empty
        der.sequence(der.oid("2.5.29.19"), der.TRUE, der.tlv(der.OCTET_STRING, der.sequence())),
        # keyUsage: digitalSignature, nonRepudiation
        der.sequence(
            der.oid("2.5.29.15"), der.TRUE, der.tlv(der.OCTET_STRING, der.bit_string(b"\xc0", 6))
        ),
    ),
)


class DeviceCertificate(Struct, frozen=True):
    """A certificate whose every byte was checked."""

    der: bytes
    device: str
    not_before: datetime
    issuer: bytes
    """DER Name, which is also the subject."""
    serial: bytes
    """DER INTEGER."""
    key: ec.EllipticCurvePublicKey

    @property
    def pem(self) -> bytes:
        return to_pem(self.der)

    def verifier(self) -> DeviceVerifier:
        return DeviceVerifier(self.device, self.key)


def issue(key: ec.EllipticCurvePrivateKey, spki: bytes, created_at: datetime) -> bytes:
    """The DER certificate of a new device."""
    tbs = _to_be_signed(spki, created_at)
    return _signed(tbs, sign(key, tbs))


def read_pem(pem: bytes) -> DeviceCertificate:
    """A certificate in its one legal text.

    Raises:
        UserFacingError: "bundle.certificate": not exactly the profile's certificate.
    """
    if len(pem) > _MAX_PEM or not (pem.startswith(_BEGIN) and pem.endswith(_END)):
        raise _refusal("pem")
    try:
        data = base64.b64decode(pem[len(_BEGIN) : -len(_END)])
    except ValueError:
        raise _refusal("pem") from None
    if to_pem(data) != pem:
        raise _refusal("pem")
    return read_der(data)


def read_der(data: bytes) -> DeviceCertificate:
    """A certificate that equals, byte for byte, the one made around its key, date and signature.

    Raises:
        UserFacingError: "bundle.certificate": not exactly the profile's certificate.
    """
    try:
        spki, not_before, signature = _parts(data)
    except DerError:
        raise _refusal("der") from None
    if not spki.startswith(_SPKI_START):
        raise _refusal("key")
    tbs = _to_be_signed(spki, not_before)
    if _signed(tbs, signature) != data:
        raise _refusal("profile")
    try:
        key = load_der_public_key(spki)
    except ValueError:  # the point is not on the curve
        raise _refusal("key") from None
    if not isinstance(key, ec.EllipticCurvePublicKey) or not is_valid(key, tbs, signature):
        raise _refusal("signature")
    device = device_id(spki)
    return DeviceCertificate(
        data, device, not_before, _name(device), _serial(spki, not_before), key
    )


def device_id(spki: bytes) -> str:
    """SHA-256 of the DER SubjectPublicKeyInfo."""
    return hashlib.sha256(spki).hexdigest()


def to_pem(data: bytes) -> bytes:
    """The one legal text of a certificate: lines of 64 characters that end in LF."""
    text = base64.b64encode(data)
    lines = (text[start : start + _LINE] for start in range(0, len(text), _LINE))
    return _BEGIN + b"".join(line + b"\n" for line in lines) + _END


def _parts(data: bytes) -> tuple[bytes, datetime, bytes]:
    """Key, notBefore and signature: all that differs between two certificates."""
    whole = der.one(data, der.SEQUENCE)
    tbs, _, signature = der.exactly(whole.content, der.SEQUENCE, der.SEQUENCE, der.BIT_STRING)
    fields = der.children(tbs.content)
    if len(fields) != 8 or signature.content[:1] != b"\0":
        raise DerError("fields")
    validity, spki = fields[4], fields[6]
    not_before = der.children(validity.content)[:1]
    if not not_before:
        raise DerError("validity")
    return spki.raw, der.read_time(not_before[0]), signature.content[1:]


def _to_be_signed(spki: bytes, not_before: datetime) -> bytes:
    name = _name(device_id(spki))
    return der.sequence(
        _VERSION_3,
        _serial(spki, not_before),
        ECDSA_SHA256,
        name,
        der.sequence(der.time(not_before), _NEVER),
        name,
        spki,
        _EXTENSIONS,
    )


def _signed(tbs: bytes, signature: bytes) -> bytes:
    return der.sequence(tbs, ECDSA_SHA256, der.bit_string(signature))


def _name(device: str) -> bytes:
    common_name = der.tlv(der.UTF8_STRING, f"fichaat {device[:16]}".encode())
    return der.sequence(der.set_of([der.sequence(_COMMON_NAME, common_name)]))


def _serial(spki: bytes, not_before: datetime) -> bytes:
    """Twenty octets, positive: made from key and date, so that nothing hides in it."""
    digest = hashlib.sha256(b"fichaat serial\0" + spki + der.time(not_before)).digest()
    return der.tlv(der.INTEGER, bytes((digest[0] & 0x3F | 0x40,)), digest[1:20])


def _refusal(why: str) -> UserFacingError:
    return UserFacingError("bundle.certificate", motivo=why)
