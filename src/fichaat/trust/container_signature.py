"""The container's signature: a detached CAdES-B-B (ETSI EN 319 122-1) over the manifest.

Four things differ between two signatures: certificate, claimed instant, digest of the manifest and
signature value. The p7s is a template around them, written and read by the same function, because
CMS libraries accept many encodings of one signature (measured: 165 of 5,968 flipped bits).
"""

import hashlib
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric import ec
from msgspec import Struct, structs

from fichaat.domain.errors import UserFacingError
from fichaat.trust import certificate as certificates
from fichaat.trust import der, record_signature, region_certificate
from fichaat.trust.certificate import DeviceCertificate
from fichaat.trust.certificate_form import ECDSA_SHA256
from fichaat.trust.cms_diagnosis import diagnose
from fichaat.trust.der import DerError

_DATA = der.oid("1.2.840.113549.1.7.1")
_SIGNED_DATA = der.oid("1.2.840.113549.1.7.2")
_CONTENT_TYPE = der.oid("1.2.840.113549.1.9.3")
_MESSAGE_DIGEST = der.oid("1.2.840.113549.1.9.4")
_SIGNING_TIME = der.oid("1.2.840.113549.1.9.5")
_SIGNING_CERTIFICATE_V2 = der.oid("1.2.840.113549.1.9.16.2.47")
_SHA256 = der.sequence(der.oid("2.16.840.1.101.3.4.2.1"))  # parameters absent: RFC 5754 2
_VERSION_1 = der.integer(1)


class _Parts(Struct, frozen=True):
    """Everything that differs between two container signatures."""

    certificate: DeviceCertificate
    claimed_at: datetime
    digest: bytes
    signature: bytes = b""


def sign(
    key: ec.EllipticCurvePrivateKey,
    certificate: DeviceCertificate,
    manifest: bytes,
    claimed_at: datetime,
) -> bytes:
    """The p7s of a manifest. `claimed_at` is what this device's clock said, not a proof."""
    parts = _Parts(certificate, claimed_at, hashlib.sha256(manifest).digest())
    value = record_signature.sign(key, _signed_attributes(parts))
    return _assemble(structs.replace(parts, signature=value))


def verify(manifest: bytes, p7s: bytes) -> DeviceCertificate:
    """The certificate whose key signed exactly this manifest.

    Raises:
        UserFacingError: "bundle.signature*" or "bundle.certificate": the rule that failed.
    """
    try:
        parts = _disassemble(p7s)
    except DerError:
        raise UserFacingError(diagnose(p7s)) from None
    if _assemble(parts) != p7s:
        raise UserFacingError(diagnose(p7s))
    if parts.digest != hashlib.sha256(manifest).digest():
        raise UserFacingError("bundle.signature_digest")
    if not record_signature.is_valid(
        parts.certificate.key, _signed_attributes(parts), parts.signature
    ):
        raise UserFacingError("bundle.signature_value")
    if not _second_opinion(manifest, p7s, parts.certificate):
        raise UserFacingError("bundle.signature_profile")
    return parts.certificate


def _assemble(parts: _Parts) -> bytes:
    signer = der.sequence(
        _VERSION_1,
        der.sequence(parts.certificate.issuer, parts.certificate.serial),
        _SHA256,
        # The same attributes that are signed as a SET stand here under [0] (RFC 5652 5.4).
        bytes((der.CONTEXT | 0,)) + _signed_attributes(parts)[1:],
        ECDSA_SHA256,
        der.tlv(der.OCTET_STRING, parts.signature),
    )
    signed_data = der.sequence(
        _VERSION_1,
        der.set_of([_SHA256]),
        der.sequence(_DATA),
        der.tlv(der.CONTEXT | 0, parts.certificate.der),
        der.set_of([signer]),
    )
    return der.sequence(_SIGNED_DATA, der.tlv(der.CONTEXT | 0, signed_data))


def _signed_attributes(parts: _Parts) -> bytes:
    certificate = parts.certificate
    directory_name = der.tlv(der.CONTEXT | 4, certificate.issuer)
    certificate_id = der.sequence(  # ESSCertIDv2 of RFC 5035; SHA-256 is the default
        der.tlv(der.OCTET_STRING, hashlib.sha256(certificate.der).digest()),
        der.sequence(der.sequence(directory_name), certificate.serial),
    )
    return der.set_of(
        der.sequence(type_, der.set_of([value]))
        for type_, value in (
            (_CONTENT_TYPE, _DATA),
            (_SIGNING_TIME, der.time(parts.claimed_at)),
            (_MESSAGE_DIGEST, der.tlv(der.OCTET_STRING, parts.digest)),
            (_SIGNING_CERTIFICATE_V2, der.sequence(der.sequence(certificate_id))),
        )
    )


def _disassemble(p7s: bytes) -> _Parts:
    """The parts, taken from where the template has them; the caller rebuilds and compares.

    Raises:
        DerError: something else stands there.
        UserFacingError: "bundle.certificate", "bundle.signature_region_key".
    """
    outer = der.one(p7s, der.SEQUENCE)
    _, wrapped = der.exactly(outer.content, der.OID, der.CONTEXT | 0)
    signed_data = der.one(wrapped.content, der.SEQUENCE)
    *_, certificate, signers = der.exactly(
        signed_data.content, der.INTEGER, der.SET, der.SEQUENCE, der.CONTEXT | 0, der.SET
    )
    signer = der.one(signers.content, der.SEQUENCE)
    *_, attributes, _, signature = der.exactly(
        signer.content,
        der.INTEGER,
        der.SEQUENCE,
        der.SEQUENCE,
        der.CONTEXT | 0,
        der.SEQUENCE,
        der.OCTET_STRING,
    )
    # DER orders a set by its encodings; these are of different, fixed lengths.
    _, claimed_at, digest, _ = map(
        _attribute_value, der.exactly(attributes.content, *[der.SEQUENCE] * 4)
    )
    if region_certificate.calls_itself_region(certificate.content):
        raise UserFacingError("bundle.signature_region_key")
    return _Parts(
        certificates.read_der(certificate.content),
        der.read_time(claimed_at),
        digest.content,
        signature.content,
    )


def _attribute_value(attribute: der.Element) -> der.Element:
    _, values = der.exactly(attribute.content, der.OID, der.SET)
    elements = der.children(values.content)
    if len(elements) != 1:
        raise DerError("attribute")
    return elements[0]


def _second_opinion(manifest: bytes, p7s: bytes, certificate: DeviceCertificate) -> bool:
    """Whether pyHanko, with this certificate as its only root, finds nothing wrong either.

    pyHanko has only asynchronous functions: a thread of its own holds their loop, so that this
    works under a caller's running loop too.
    """
    # Imported here, as below: a refused file never pays for it.
    import asyncio
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1, thread_name_prefix="pyhanko") as executor:
        return executor.submit(
            lambda: asyncio.run(_ask_pyhanko(manifest, p7s, certificate))
        ).result()


async def _ask_pyhanko(manifest: bytes, p7s: bytes, certificate: DeviceCertificate) -> bool:
    # 0.4 s that only a container with a good signature is worth.
    from asn1crypto import cms, x509
    from pyhanko.sign.validation import async_validate_detached_cms
    from pyhanko.sign.validation.errors import SignatureValidationError
    from pyhanko_certvalidator import ValidationContext
    from pyhanko_certvalidator.errors import PathError

    context = ValidationContext(
        trust_roots=[x509.Certificate.load(certificate.der)],
        allow_fetching=False,
        # Not the present: what the bytes are worth must not depend on this computer's clock.
        moment=certificate.not_before,
    )
    signed_data = cms.ContentInfo.load(p7s, strict=True)["content"]
    try:
        status = await async_validate_detached_cms(
            manifest, signed_data, signer_validation_context=context
        )
    except (SignatureValidationError, PathError, ValueError):
        return False
    return bool(status.bottom_line)
