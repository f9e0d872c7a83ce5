import base64
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256

import pytest
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from fichaat.domain.errors import UserFacingError
from fichaat.trust import certificate, certificate_form, container_signature, region_certificate
from fichaat.trust.record_signature import P256_ORDER, sign
from fichaat.trust.region_certificate import RegionCertificate
from fichaat.trust.service import TrustService
from tests.support.keys import CREATED_AT, SeededKey

KEY, OTHER, DEVICE = SeededKey(50), SeededKey(51), SeededKey(1)
DESDE = datetime(2026, 3, 1, tzinfo=UTC)
HASTA = datetime(2029, 3, 1, 12, 30, 59, tzinfo=UTC)
LIMA = timezone(timedelta(hours=-5))


def spki_of(key: SeededKey) -> bytes:
    return certificate.read_pem(key.certificate_pem).spki


def root_of(key: SeededKey, region: str = "05") -> RegionCertificate:
    issued = region_certificate.issue_root(key.private, spki_of(key), region, CREATED_AT)
    return region_certificate.read_root(issued)


ROOT = root_of(KEY)
DEVICE_CERTIFICATE = certificate.read_pem(DEVICE.certificate_pem)
LEAF = region_certificate.issue_leaf(KEY.private, ROOT, DEVICE_CERTIFICATE, DESDE, HASTA)


def refusal(data: bytes) -> str:
    """Of a root, in every way in which one is read."""
    with pytest.raises(UserFacingError) as caught:
        TrustService().verifier(certificate_form.to_pem(data))
    assert caught.value.code == "bundle.certificate"
    with pytest.raises(UserFacingError) as caught:
        region_certificate.read_root(data)
    assert caught.value.code == "bundle.certificate"
    return str(caught.value.params["motivo"])


def leaf_refused(
    data: bytes,
    root: RegionCertificate = ROOT,
    device: str = DEVICE.device,
    desde: datetime = DESDE,
    hasta: datetime = HASTA,
) -> bool:
    try:
        region_certificate.check_leaf(root, data, device, desde, hasta)
    except UserFacingError as error:
        return error.code == "bundle.credential_certificate"
    return False


def self_signed(changes: dict[str, object]) -> str:
    """How a root is refused that its own key signed with these changes."""
    return refusal(changed(ROOT.der, changes))


def changed(data: bytes, changes: dict[str, object]) -> bytes:
    """A certificate with these changes, signed by the region's key."""
    parsed = asn1_x509.Certificate.load(data)
    for name, change in changes.items():
        parsed["tbs_certificate"][name] = change
    parsed["signature_value"] = sign(KEY.private, parsed["tbs_certificate"].dump(force=True))
    dumped: bytes = parsed.dump(force=True)
    return dumped


# --- the root ------------------------------------------------------------------------------------


def test_the_profile_of_a_root() -> None:
    parsed = x509.load_der_x509_certificate(ROOT.der)
    assert parsed.subject == parsed.issuer
    assert parsed.subject.rfc4514_string() == f"CN=fichaat region 05 {KEY.device[:16]}"
    assert parsed.not_valid_before_utc == CREATED_AT
    assert parsed.not_valid_after_utc == datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
    assert isinstance(parsed.signature_hash_algorithm, hashes.SHA256)
    constraints = parsed.extensions.get_extension_for_class(x509.BasicConstraints)
    assert constraints.critical
    assert constraints.value == x509.BasicConstraints(ca=True, path_length=0)
    usage = parsed.extensions.get_extension_for_class(x509.KeyUsage)
    assert usage.critical
    assert usage.value.key_cert_sign
    assert usage.value.digital_signature
    assert not usage.value.crl_sign
    assert not usage.value.content_commitment
    assert len(parsed.extensions) == 2
    parsed.verify_directly_issued_by(parsed)


def test_one_key_is_as_many_regions_as_it_has_certificates() -> None:
    """So nobody's certificate can stand where that of another use of the same key belongs."""
    ids = {root_of(KEY).device, root_of(KEY, "06").device, KEY.device}
    assert len(ids) == 3


def test_a_verifier_says_whether_its_key_is_a_regions() -> None:
    region = TrustService().verifier(ROOT.pem)
    assert (region.device, region.region, region.is_region) == (
        sha256(ROOT.der).hexdigest(),
        "05",
        True,
    )
    region.verify(b"record", KEY.sign_record(b"record"))
    device = TrustService().verifier(DEVICE.certificate_pem)
    assert (device.device, device.region, device.is_region) == (DEVICE.device, None, False)


def test_every_flipped_bit_of_a_root_is_refused() -> None:
    for place in range(len(ROOT.der)):
        for bit in range(8):
            damaged = bytearray(ROOT.der)
            damaged[place] ^= 1 << bit
            refusal(bytes(damaged))


def test_every_truncation_and_anything_behind_is_refused() -> None:
    for size in range(len(ROOT.der)):
        refusal(ROOT.der[:size])
    refusal(ROOT.der + b"\0")


@pytest.mark.parametrize("region", ["", "5", "005", "0a", "\u0660\u0665", "05\n", " 5"])
def test_a_region_has_two_digits(region: str) -> None:
    with pytest.raises(ValueError, match="two digits"):
        region_certificate.issue_root(KEY.private, spki_of(KEY), region, CREATED_AT)


def test_an_impostor_of_the_same_region_is_another_device() -> None:
    impostor = root_of(OTHER)
    assert impostor.region == ROOT.region
    assert impostor.device != ROOT.device
    assert leaf_refused(LEAF, impostor)


def test_nobody_takes_the_name_of_another_key() -> None:
    """The very name of the region's root around the impostor's key, signed by the impostor."""
    parsed = asn1_x509.Certificate.load(root_of(OTHER).der)
    name = asn1_x509.Certificate.load(ROOT.der)["tbs_certificate"]["subject"]
    parsed["tbs_certificate"]["subject"] = parsed["tbs_certificate"]["issuer"] = name
    parsed["signature_value"] = sign(OTHER.private, parsed["tbs_certificate"].dump(force=True))
    assert refusal(parsed.dump(force=True)) == "profile"


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("serial_number", 7),
        ("subject", asn1_x509.Name.build({"common_name": f"fichaat {KEY.device[:16]}"})),
        ("subject", asn1_x509.Name.build({"common_name": f"fichaat region 06 {KEY.device[:16]}"})),
        ("issuer", asn1_x509.Name.build({"common_name": "Gobierno Regional"})),
        ("version", "v2"),
        ("extensions", []),
        (
            "extensions",
            [
                {"extn_id": "basic_constraints", "critical": True, "extn_value": {"ca": True}},
                {"extn_id": "key_usage", "critical": True, "extn_value": {"key_cert_sign"}},
            ],
        ),
    ],
)
def test_the_owner_of_the_key_cannot_say_anything_else(name: str, change: object) -> None:
    assert self_signed({name: change}) == "profile"


def test_a_root_of_another_curve_is_refused() -> None:
    other = ec.generate_private_key(ec.SECP384R1()).public_key()
    spki = other.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    issued = region_certificate.issue_root(KEY.private, spki, "05", CREATED_AT)
    assert refusal(issued) == "key"


def test_a_root_signed_by_another_key_is_refused() -> None:
    forged = region_certificate.issue_root(OTHER.private, spki_of(KEY), "05", CREATED_AT)
    assert refusal(forged) == "signature"


def test_a_root_is_no_certificate_of_a_device_nor_the_reverse() -> None:
    with pytest.raises(UserFacingError):
        certificate.read_der(ROOT.der)
    assert refusal_of_root(DEVICE_CERTIFICATE.der) == "profile"


def refusal_of_root(data: bytes) -> str:
    with pytest.raises(UserFacingError) as caught:
        region_certificate.read_root(data)
    return str(caught.value.params["motivo"])


@given(st.binary(max_size=600))
def test_garbage_is_refused(garbage: bytes) -> None:
    refusal(garbage)
    assert leaf_refused(garbage)


def test_a_container_is_not_signed_by_a_region() -> None:
    """Whoever holds the region's key makes a signature that is right but for its certificate."""
    parsed = asn1_x509.Certificate.load(ROOT.der)["tbs_certificate"]
    signer = certificate.DeviceCertificate(
        der=ROOT.der,
        device=ROOT.device,
        not_before=ROOT.not_before,
        issuer=parsed["issuer"].dump(),
        serial=parsed["serial_number"].dump(),
        spki=ROOT.spki,
        key=ROOT.key,
    )
    p7s = container_signature.sign(KEY.private, signer, b"lista", DESDE)
    with pytest.raises(UserFacingError) as caught:
        TrustService().verify_container(b"lista", p7s)
    assert caught.value.code == "bundle.signature_region_key"


# --- the leaf ------------------------------------------------------------------------------------


def test_the_profile_of_a_leaf() -> None:
    parsed = x509.load_der_x509_certificate(LEAF)
    root = x509.load_der_x509_certificate(ROOT.der)
    assert parsed.issuer == root.subject
    assert parsed.subject.rfc4514_string() == f"CN=fichaat {DEVICE.device[:16]}"
    assert (parsed.not_valid_before_utc, parsed.not_valid_after_utc) == (DESDE, HASTA)
    constraints = parsed.extensions.get_extension_for_class(x509.BasicConstraints)
    assert constraints.value == x509.BasicConstraints(ca=False, path_length=None)
    usage = parsed.extensions.get_extension_for_class(x509.KeyUsage).value
    assert usage.digital_signature
    assert usage.content_commitment
    assert not usage.key_cert_sign
    parsed.verify_directly_issued_by(root)
    region_certificate.check_leaf(ROOT, LEAF, DEVICE.device, DESDE, HASTA)


def test_the_offset_of_a_validity_does_not_matter() -> None:
    assert not leaf_refused(LEAF, desde=DESDE.astimezone(LIMA), hasta=HASTA.astimezone(LIMA))


def test_every_flipped_bit_of_a_leaf_is_refused() -> None:
    for place in range(len(LEAF)):
        for bit in range(8):
            damaged = bytearray(LEAF)
            damaged[place] ^= 1 << bit
            assert leaf_refused(bytes(damaged)), (place, bit)


def test_every_truncation_of_a_leaf_and_anything_behind_is_refused() -> None:
    for size in range(len(LEAF)):
        assert leaf_refused(LEAF[:size])
    assert leaf_refused(LEAF + b"\0")


SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("desde", "hasta"),
    [
        (DESDE - SECOND, HASTA),
        (DESDE + SECOND, HASTA),
        (DESDE, HASTA - SECOND),
        (DESDE, HASTA + SECOND),
        (DESDE + timedelta(microseconds=1), HASTA),
        (DESDE, HASTA + timedelta(microseconds=1)),
        (HASTA, DESDE),
    ],
)
def test_another_validity_is_refused(desde: datetime, hasta: datetime) -> None:
    assert leaf_refused(LEAF, desde=desde, hasta=hasta)


def test_a_credential_for_another_key_is_refused() -> None:
    assert leaf_refused(LEAF, device=OTHER.device)


def test_a_device_is_no_ca() -> None:
    """A device issues a leaf for another, and calls itself its issuer."""
    parsed = x509.load_der_x509_certificate(DEVICE_CERTIFICATE.der)
    self_styled = RegionCertificate(
        DEVICE_CERTIFICATE.der,
        DEVICE.device,
        "05",
        parsed.not_valid_before_utc,
        DEVICE_CERTIFICATE.spki,
        DEVICE_CERTIFICATE.key,
    )
    other = certificate.read_pem(OTHER.certificate_pem)
    leaf = region_certificate.issue_leaf(DEVICE.private, self_styled, other, DESDE, HASTA)
    assert leaf_refused(leaf, device=OTHER.device)
    assert refusal_of_root(DEVICE_CERTIFICATE.der) == "profile"


def test_a_leaf_signed_by_another_key_is_refused() -> None:
    forged = region_certificate.issue_leaf(OTHER.private, ROOT, DEVICE_CERTIFICATE, DESDE, HASTA)
    assert leaf_refused(forged)


def test_the_mirrored_signature_is_refused() -> None:
    parsed = asn1_x509.Certificate.load(LEAF)
    r, s = decode_dss_signature(parsed["signature_value"].native)
    parsed["signature_value"] = encode_dss_signature(r, P256_ORDER - s)
    assert leaf_refused(parsed.dump(force=True))


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("serial_number", 7),
        ("subject", asn1_x509.Name.build({"common_name": "María Quispe"})),
        (
            "extensions",
            [{"extn_id": "basic_constraints", "critical": True, "extn_value": {"ca": True}}],
        ),
    ],
)
def test_the_region_cannot_say_anything_else(name: str, change: object) -> None:
    assert leaf_refused(changed(LEAF, {name: change}))


@pytest.mark.parametrize(
    ("desde", "hasta"), [(DESDE, DESDE), (HASTA, DESDE), (DESDE, HASTA.replace(microsecond=1))]
)
def test_no_other_validity_is_issued(desde: datetime, hasta: datetime) -> None:
    with pytest.raises(ValueError, match="validity"):
        region_certificate.issue_leaf(KEY.private, ROOT, DEVICE_CERTIFICATE, desde, hasta)


def test_a_region_does_not_vouch_for_itself() -> None:
    own = certificate.read_pem(KEY.certificate_pem)
    with pytest.raises(ValueError, match="itself"):
        region_certificate.issue_leaf(KEY.private, ROOT, own, DESDE, HASTA)


# --- their text in records -----------------------------------------------------------------------


def test_a_certificate_in_a_record_has_one_text() -> None:
    text = region_certificate.to_base64(LEAF)
    assert region_certificate.from_base64(text) == LEAF
    assert text == base64.b64encode(LEAF).decode()
    last_bit = text.rstrip("=")[:-1] + chr(ord(text.rstrip("=")[-1]) + 1) + "==="
    for other in (text[:-1], text + "=", text + "\n", " " + text, last_bit, "ñ", "-_" + text[2:]):
        assert region_certificate.from_base64(other) in (None, b"")
