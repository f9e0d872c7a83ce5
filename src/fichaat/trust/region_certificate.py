"""The certificates of a region: its own (the root), and those it issues for devices (the leaves).

Both have one legal encoding, as a device's own certificate. A root says which region its key calls
itself; whether that key is believed is decided by people who compare its eight words.

A region is known by its certificate, not by its key alone: whoever makes one key pass for a device
and for a region, or for two regions, gets as many ids, and one never stands in the other's place.
"""

import base64
import hashlib
import re
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric import ec
from msgspec import Struct

from fichaat.domain.errors import UserFacingError
from fichaat.trust import certificate, der
from fichaat.trust import certificate_form as form
from fichaat.trust.certificate import DeviceCertificate
from fichaat.trust.der import DerError
from fichaat.trust.record_signature import DeviceVerifier, is_valid, sign

_ROOT_EXTENSIONS = form.extensions(
    basic_constraints=der.TRUE + der.integer(0),  # cA, pathLenConstraint 0
    key_usage=der.bit_string(b"\x84", 2),  # digitalSignature, keyCertSign
)
_REGION = re.compile(r"[0-9]{2}", re.ASCII)
_SUBJECT = re.compile(rb"fichaat region ([0-9]{2}) [0-9a-f]{16}\Z")


class RegionCertificate(Struct, frozen=True):
    """A root whose every byte was checked."""

    der: bytes
    device: str
    """SHA-256 of the certificate."""
    region: str
    """Two digits."""
    not_before: datetime
    spki: bytes
    """DER SubjectPublicKeyInfo."""
    key: ec.EllipticCurvePublicKey

    @property
    def pem(self) -> bytes:
        return form.to_pem(self.der)

    def verifier(self) -> DeviceVerifier:
        return DeviceVerifier(self.device, self.key, self.region)


def issue_root(
    key: ec.EllipticCurvePrivateKey, spki: bytes, region: str, created_at: datetime
) -> bytes:
    """The DER certificate of a new region key.

    Raises:
        ValueError: not the two digits of a region.
    """
    if not _REGION.fullmatch(region):
        raise ValueError("a region has two digits")
    tbs = _root_to_be_signed(spki, region, created_at)
    return form.signed(tbs, sign(key, tbs))


def calls_itself_region(data: bytes) -> bool:
    """Whether the subject of a certificate is a region's; nothing else of it is checked."""
    try:
        return _region_in(form.parts(data)) is not None
    except DerError:
        return False


def read_root(data: bytes) -> RegionCertificate:
    """A root that equals, byte for byte, the one made around its key, region, date and signature.

    Raises:
        UserFacingError: "bundle.certificate": not exactly the profile's certificate.
    """
    try:
        parts = form.parts(data)
        not_before = der.read_time(parts.not_before)
    except DerError:
        raise form.refusal("der") from None
    region = _region_in(parts)
    if region is None:
        raise form.refusal("profile")
    key = form.public_key(parts.spki)
    tbs = _root_to_be_signed(parts.spki, region, not_before)
    if form.signed(tbs, parts.signature) != data:
        raise form.refusal("profile")
    if not is_valid(key, tbs, parts.signature):
        raise form.refusal("signature")
    device = hashlib.sha256(data).hexdigest()
    return RegionCertificate(data, device, region, not_before, parts.spki, key)


def issue_leaf(
    key: ec.EllipticCurvePrivateKey,
    root: RegionCertificate,
    device: DeviceCertificate,
    desde: datetime,
    hasta: datetime,
) -> bytes:
    """The DER certificate in which a region vouches for a device's key.

    Raises:
        ValueError: fractions of a second, no duration, or the region's own key.
    """
    return _issue_leaf(key, root, device.spki, desde, hasta)


def reissue_leaf(
    key: ec.EllipticCurvePrivateKey,
    root: RegionCertificate,
    earlier: bytes,
    desde: datetime,
    hasta: datetime,
) -> bytes:
    """A new leaf for the key in an earlier one, whichever region issued that.

    Raises:
        UserFacingError: "bundle.certificate": no certificate of a device's key.
        ValueError: as `issue_leaf`.
    """
    try:
        spki = form.parts(earlier).spki
    except DerError:
        raise form.refusal("der") from None
    form.public_key(spki)
    return _issue_leaf(key, root, spki, desde, hasta)


def check_leaf(
    root: RegionCertificate, data: bytes, device: str, desde: datetime, hasta: datetime
) -> None:
    """Whether this is, byte for byte, what the region issues for this device and this time.

    Raises:
        UserFacingError: "bundle.credential_certificate".
    """
    if not _is_leaf(root, data, device, desde, hasta):
        raise UserFacingError("bundle.credential_certificate", equipo=device)


def to_base64(data: bytes) -> str:
    """A certificate as records hold it."""
    return base64.b64encode(data).decode()


def from_base64(text: str) -> bytes | None:
    """The certificate in a record; None where it is not its one legal text."""
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        return None
    return data if to_base64(data) == text else None


def _issue_leaf(
    key: ec.EllipticCurvePrivateKey,
    root: RegionCertificate,
    spki: bytes,
    desde: datetime,
    hasta: datetime,
) -> bytes:
    if desde.microsecond or hasta.microsecond or hasta <= desde:
        raise ValueError("a validity has whole seconds and a duration")
    if spki == root.spki:
        raise ValueError("a region does not vouch for itself")
    tbs = _leaf_to_be_signed(root, spki, desde, hasta)
    return form.signed(tbs, sign(key, tbs))


def _is_leaf(
    root: RegionCertificate, data: bytes, device: str, desde: datetime, hasta: datetime
) -> bool:
    if desde.microsecond or hasta.microsecond or device == form.device_id(root.spki):
        return False
    try:
        parts = form.parts(data)
        form.public_key(parts.spki)
    except (DerError, UserFacingError):
        return False
    tbs = _leaf_to_be_signed(root, parts.spki, desde, hasta)
    return (
        form.device_id(parts.spki) == device
        and form.signed(tbs, parts.signature) == data
        and is_valid(root.key, tbs, parts.signature)
    )


def _region_in(parts: form.Parts) -> str | None:
    match = _SUBJECT.search(parts.subject)
    return None if match is None else match[1].decode()


def _subject_of(spki: bytes, region: str) -> bytes:
    return form.name(f"fichaat region {region} {form.device_id(spki)[:16]}")


def _root_to_be_signed(spki: bytes, region: str, not_before: datetime) -> bytes:
    subject = _subject_of(spki, region)
    start = der.time(not_before)
    return form.to_be_signed(
        serial=form.serial(b"fichaat region serial", spki, region.encode(), start),
        issuer=subject,
        validity=(start, form.NEVER),
        subject=subject,
        spki=spki,
        extensions=_ROOT_EXTENSIONS,
    )


def _leaf_to_be_signed(
    root: RegionCertificate, spki: bytes, desde: datetime, hasta: datetime
) -> bytes:
    validity = (der.time(desde), der.time(hasta))
    return form.to_be_signed(
        serial=form.serial(b"fichaat leaf serial", root.spki, spki, *validity),
        issuer=_subject_of(root.spki, root.region),
        validity=validity,
        subject=certificate.subject_of(form.device_id(spki)),
        spki=spki,
        extensions=certificate.EXTENSIONS,
    )
