"""What all certificates of the profile share: their text, their fields, their one encoding.

A certificate is written from a template around the few things that vary; a reader finds those,
builds the template again and compares. So each has exactly one legal byte string.
"""

import base64
import hashlib
from typing import Final

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_der_public_key
from msgspec import Struct

from fichaat.domain.errors import UserFacingError
from fichaat.trust import der
from fichaat.trust.der import DerError

ECDSA_SHA256: Final = der.sequence(der.oid("1.2.840.10045.4.3.2"))
NEVER: Final = der.tlv(der.GENERALIZED_TIME, b"99991231235959Z")  # RFC 5280 4.1.2.5

_BEGIN = b"-----BEGIN CERTIFICATE-----\n"
_END = b"-----END CERTIFICATE-----\n"
_LINE = 64
_MAX_PEM = 2000
_VERSION_3 = der.tlv(der.CONTEXT | 0, der.integer(2))
_COMMON_NAME = der.oid("2.5.4.3")
# A P-256 key is this, lengths included, and the two coordinates.
_SPKI_START = bytes.fromhex("3059301306072a8648ce3d020106082a8648ce3d03010703420004")


class Parts(Struct, frozen=True):
    """What differs between two certificates; everything as its whole DER element."""

    subject: bytes
    not_before: der.Element
    spki: bytes
    signature: bytes
    """Without its BIT STRING."""


def device_id(spki: bytes) -> str:
    """SHA-256 of the DER SubjectPublicKeyInfo."""
    return hashlib.sha256(spki).hexdigest()


def to_pem(data: bytes) -> bytes:
    """The one legal text of a certificate: lines of 64 characters that end in LF."""
    text = base64.b64encode(data)
    lines = (text[start : start + _LINE] for start in range(0, len(text), _LINE))
    return _BEGIN + b"".join(line + b"\n" for line in lines) + _END


def from_pem(pem: bytes) -> bytes:
    """The DER in a certificate's one legal text.

    Raises:
        UserFacingError: "bundle.certificate": another text.
    """
    if len(pem) > _MAX_PEM or not (pem.startswith(_BEGIN) and pem.endswith(_END)):
        raise refusal("pem")
    try:
        data = base64.b64decode(pem[len(_BEGIN) : -len(_END)])
    except ValueError:
        raise refusal("pem") from None
    if to_pem(data) != pem:
        raise refusal("pem")
    return data


def parts(data: bytes) -> Parts:
    """The varying parts, taken from where the template has them.

    Raises:
        DerError: something else stands there.
    """
    whole = der.one(data, der.SEQUENCE)
    tbs, _, signature = der.exactly(whole.content, der.SEQUENCE, der.SEQUENCE, der.BIT_STRING)
    fields = der.children(tbs.content)
    if len(fields) != 8 or signature.content[:1] != b"\0":
        raise DerError("fields")
    not_before = der.children(fields[4].content)[:1]
    if not not_before:
        raise DerError("validity")
    return Parts(fields[5].raw, not_before[0], fields[6].raw, signature.content[1:])


def to_be_signed(
    *,
    serial: bytes,
    issuer: bytes,
    validity: tuple[bytes, bytes],
    subject: bytes,
    spki: bytes,
    extensions: bytes,
) -> bytes:
    """A TBSCertificate; every argument is a DER element."""
    return der.sequence(
        _VERSION_3,
        serial,
        ECDSA_SHA256,
        issuer,
        der.sequence(*validity),
        subject,
        spki,
        extensions,
    )


def signed(tbs: bytes, signature: bytes) -> bytes:
    """The certificate around what was signed."""
    return der.sequence(tbs, ECDSA_SHA256, der.bit_string(signature))


def extensions(*, basic_constraints: bytes, key_usage: bytes) -> bytes:
    """Both critical: the fields of BasicConstraints, and KeyUsage as a BIT STRING."""
    return der.tlv(
        der.CONTEXT | 3,
        der.sequence(
            _critical("2.5.29.19", der.sequence(basic_constraints)),
            _critical("2.5.29.15", key_usage),
        ),
    )


def name(common_name: str) -> bytes:
    """A Name of one CommonName."""
    value = der.tlv(der.UTF8_STRING, common_name.encode())
    return der.sequence(der.set_of([der.sequence(_COMMON_NAME, value)]))


def serial(label: bytes, *contents: bytes) -> bytes:
    """Twenty octets, positive: made from the contents, so that nothing hides in it."""
    digest = hashlib.sha256(label + b"\0" + b"".join(contents)).digest()
    return der.tlv(der.INTEGER, bytes((digest[0] & 0x3F | 0x40,)), digest[1:20])


def public_key(spki: bytes) -> ec.EllipticCurvePublicKey:
    """The P-256 key of a SubjectPublicKeyInfo in its one legal encoding.

    Raises:
        UserFacingError: "bundle.certificate": another encoding, curve, or no point of it.
    """
    if not spki.startswith(_SPKI_START):
        raise refusal("key")
    try:
        key = load_der_public_key(spki)
    except ValueError:  # the point is not on the curve
        raise refusal("key") from None
    if not isinstance(key, ec.EllipticCurvePublicKey):
        raise refusal("key")
    return key


def refusal(why: str) -> UserFacingError:
    return UserFacingError("bundle.certificate", motivo=why)


def _critical(oid: str, value: bytes) -> bytes:
    return der.sequence(der.oid(oid), der.TRUE, der.tlv(der.OCTET_STRING, value))
