from datetime import UTC, datetime, timedelta, timezone

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
from fichaat.trust import certificate, certificate_form
from fichaat.trust.record_signature import P256_ORDER, sign
from tests.support.keys import CREATED_AT, SeededKey

KEY = SeededKey(1)
PEM = KEY.certificate_pem
READ = certificate.read_pem(PEM)
SPKI = READ.key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
LIMA = timezone(timedelta(hours=-5))


def refusal(pem: bytes) -> str:
    with pytest.raises(UserFacingError) as caught:
        certificate.read_pem(pem)
    assert caught.value.code == "bundle.certificate"
    return str(caught.value.params["motivo"])


def test_the_profile() -> None:
    parsed = x509.load_pem_x509_certificate(PEM)
    assert parsed.version is x509.Version.v3
    assert parsed.subject == parsed.issuer
    assert parsed.subject.rfc4514_string() == f"CN=fichaat {KEY.device[:16]}"
    assert parsed.not_valid_before_utc == CREATED_AT == READ.not_before
    assert parsed.not_valid_after_utc == datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
    assert 0 < parsed.serial_number < 1 << 159
    assert isinstance(parsed.signature_hash_algorithm, hashes.SHA256)
    usage = {(extension.critical, repr(extension.value)) for extension in parsed.extensions}
    expected = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    constraints = x509.BasicConstraints(ca=False, path_length=None)
    assert usage == {(True, repr(expected)), (True, repr(constraints))}
    parsed.verify_directly_issued_by(parsed)


def test_the_device_is_the_hash_of_the_public_key() -> None:
    digest = hashes.Hash(hashes.SHA256())
    digest.update(SPKI)
    assert digest.finalize().hex() == KEY.device == READ.device


def test_the_text_is_the_one_other_programs_write() -> None:
    assert x509.load_pem_x509_certificate(PEM).public_bytes(Encoding.PEM) == PEM == READ.pem


@given(
    st.integers(-(2**31), 2**37),
    st.sampled_from([UTC, LIMA, timezone(timedelta(hours=14))]),
)
def test_any_clock_gives_a_certificate_that_is_read_back(seconds: int, zone: timezone) -> None:
    created_at = (CREATED_AT + timedelta(seconds=seconds)).astimezone(zone)
    issued = certificate.issue(KEY.private, SPKI, created_at.replace(microsecond=7))
    read = certificate.read_der(issued)
    assert read.not_before == created_at
    assert read.device == KEY.device


def test_every_flipped_bit_of_the_text_is_refused() -> None:
    for place in range(len(PEM)):
        for bit in range(8):
            changed = bytearray(PEM)
            changed[place] ^= 1 << bit
            refusal(bytes(changed))


def test_every_flipped_bit_of_the_der_is_refused() -> None:
    for place in range(len(READ.der)):
        for bit in range(8):
            changed = bytearray(READ.der)
            changed[place] ^= 1 << bit
            refusal(certificate_form.to_pem(bytes(changed)))


def test_every_truncation_of_text_and_der_is_refused() -> None:
    for size in range(len(PEM)):
        refusal(PEM[:size])
    for size in range(len(READ.der)):
        refusal(certificate_form.to_pem(READ.der[:size]))


@pytest.mark.parametrize(
    "text",
    [
        b"",
        PEM + b"\n",
        b"\n" + PEM,
        PEM + PEM,
        PEM.replace(b"\n", b"\r\n"),
        PEM.rstrip(b"\n"),
        PEM.replace(b"CERTIFICATE", b"TRUSTED CERTIFICATE"),
        PEM[:40] + b" " + PEM[40:],
        PEM[:28] + PEM[28:].replace(b"\n", b"", 1),
        b"Subject: x\n" + PEM,
        PEM[:28] + b"A" * 5000 + PEM[28:],
        PEM[:28] + "ñ".encode() + PEM[30:],
    ],
)
def test_any_other_text_is_refused(text: bytes) -> None:
    assert refusal(text) == "pem"


def test_trailing_der_is_refused() -> None:
    assert refusal(certificate_form.to_pem(READ.der + b"\0")) == "der"


def test_the_mirrored_signature_is_refused() -> None:
    parsed = asn1_x509.Certificate.load(READ.der)
    r, s = decode_dss_signature(parsed["signature_value"].native)
    parsed["signature_value"] = encode_dss_signature(r, P256_ORDER - s)
    assert refusal(certificate_form.to_pem(parsed.dump(force=True))) == "signature"


def test_a_signature_by_another_key_is_refused() -> None:
    forged = certificate.issue(SeededKey(2).private, SPKI, CREATED_AT)
    assert refusal(certificate_form.to_pem(forged)) == "signature"


def test_a_certificate_of_another_curve_is_refused() -> None:
    key = ec.generate_private_key(ec.SECP384R1()).public_key()
    spki = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    issued = certificate.issue(KEY.private, spki, CREATED_AT)
    assert refusal(certificate_form.to_pem(issued)) == "key"


def test_a_point_off_the_curve_is_refused() -> None:
    off = SPKI[:-1] + bytes([SPKI[-1] ^ 1])
    assert (
        refusal(certificate_form.to_pem(certificate.issue(KEY.private, off, CREATED_AT))) == "key"
    )


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("serial_number", 7),
        ("subject", asn1_x509.Name.build({"common_name": "fichaat 0000000000000000"})),
        ("issuer", asn1_x509.Name.build({"common_name": "Gobierno Regional"})),
        ("version", "v2"),
    ],
)
def test_the_owner_of_the_key_cannot_say_anything_else(name: str, change: object) -> None:
    assert self_signed({name: change}) == "profile"


def test_the_owner_of_the_key_cannot_become_a_ca() -> None:
    extensions = [
        {"extn_id": "basic_constraints", "critical": True, "extn_value": {"ca": True}},
        {"extn_id": "key_usage", "critical": True, "extn_value": {"key_cert_sign"}},
    ]
    assert self_signed({"extensions": extensions}) == "profile"


def test_the_owner_of_the_key_cannot_add_extensions() -> None:
    more = asn1_x509.Certificate.load(READ.der)["tbs_certificate"]["extensions"]
    more.append({"extn_id": "extended_key_usage", "extn_value": ["email_protection"]})
    assert self_signed({"extensions": more}) == "profile"


def self_signed(changes: dict[str, object]) -> str:
    """How a certificate is refused that its own key signed with these changes."""
    parsed = asn1_x509.Certificate.load(READ.der)
    for name, change in changes.items():
        parsed["tbs_certificate"][name] = change
    parsed["signature_value"] = sign(KEY.private, parsed["tbs_certificate"].dump(force=True))
    return refusal(certificate_form.to_pem(parsed.dump(force=True)))


@given(st.binary(max_size=600))
def test_garbage_is_refused(garbage: bytes) -> None:
    refusal(garbage)
    refusal(certificate_form.to_pem(garbage))
