import asyncio
import hashlib
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from asn1crypto import cms as asn1_cms
from asn1crypto import x509
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)
from hypothesis import given
from hypothesis import strategies as st
from pyhanko.sign.general import as_signing_certificate_v2

from fichaat.domain.errors import UserFacingError
from fichaat.trust import certificate, container_signature
from fichaat.trust.device_key import LocalDeviceKey, create_device_key
from fichaat.trust.record_signature import P256_ORDER, sign
from fichaat.trust.service import TrustService
from tests.support import cms
from tests.support.keys import SeededKey

AT = datetime(2026, 11, 20, 11, 0, 30, tzinfo=timezone(timedelta(hours=-5)))
MANIFEST = "<ASiCManifest>ñ</ASiCManifest>".encode()
KEY = SeededKey(1)
CERTIFICATE = cms.certificate_der(KEY.certificate_pem)
P7S = KEY.sign_container(MANIFEST, AT)


def refusal(p7s: bytes, manifest: bytes = MANIFEST) -> str:
    with pytest.raises(UserFacingError) as caught:
        TrustService().verify_container(manifest, p7s)
    return caught.value.code


def tampered(change: Callable[[asn1_cms.SignedData], object]) -> bytes:
    """The good signature after a change of its parts, encoded again."""
    info = asn1_cms.ContentInfo.load(P7S)
    change(info["content"])
    return bytes(info.dump(force=True))


def signer_of(signed: asn1_cms.SignedData) -> asn1_cms.SignerInfo:
    return signed["signer_infos"][0]


def resigned(change: Callable[[asn1_cms.CMSAttributes], object]) -> bytes:
    """Attributes changed by the owner of the key, who signs them anew."""

    def apply(signed: asn1_cms.SignedData) -> None:
        signer = signer_of(signed)
        attributes = signer["signed_attrs"].untag()
        change(attributes)
        signer["signed_attrs"] = attributes
        signer["signature"] = sign(KEY.private, attributes.dump(force=True))

    return tampered(apply)


def attribute(type_: str, value: object) -> asn1_cms.CMSAttribute:
    return asn1_cms.CMSAttribute({"type": type_, "values": [value]})


# --- what is written ------------------------------------------------------------------------------


def test_the_signer_is_told() -> None:
    verifier = TrustService().verify_container(MANIFEST, P7S)
    assert verifier.device == KEY.device
    verifier.verify(b"record", KEY.sign_record(b"record"))


def test_the_shape_as_another_library_reads_it() -> None:
    info = asn1_cms.ContentInfo.load(P7S, strict=True)
    assert info.dump(force=True) == P7S
    signed = info["content"]
    parsed = x509.Certificate.load(CERTIFICATE)
    assert [each.dump() for each in signed["certificates"]] == [CERTIFICATE]
    assert signed["encap_content_info"]["content"].native is None
    signer = signer_of(signed)
    assert signer["sid"].chosen["serial_number"].native == parsed.serial_number
    values = {each["type"].native: each["values"] for each in signer["signed_attrs"]}
    assert len(signer["signed_attrs"]) == 4
    assert values["content_type"][0].native == "data"
    assert values["signing_time"][0].native == AT
    assert values["message_digest"][0].native == hashlib.sha256(MANIFEST).digest()
    assert values["signing_certificate_v2"][0].dump() == as_signing_certificate_v2(parsed).dump()
    assert len(values) == 4


def test_same_manifest_and_instant_give_the_same_bytes() -> None:
    assert KEY.sign_container(MANIFEST, AT) == P7S
    assert KEY.sign_container(MANIFEST, AT.astimezone(UTC).replace(microsecond=5)) == P7S


@pytest.mark.parametrize("year", [1949, 1950, 1970, 2049, 2050, 2099])
def test_a_wrong_clock_still_signs(year: int) -> None:
    """Field clocks are wrong; what is claimed is judged elsewhere."""
    claimed_at = datetime(year, 12, 31, 23, 59, 59, tzinfo=UTC)
    p7s = KEY.sign_container(MANIFEST, claimed_at)
    assert TrustService().verify_container(MANIFEST, p7s).device == KEY.device


@pytest.mark.parametrize("year", [1970, 2050, 9000])
def test_a_key_made_under_a_wrong_clock_is_read_under_any_other(year: int) -> None:
    """The verdict about the bytes does not depend on the clock of who reads them."""
    key = LocalDeviceKey(create_device_key(datetime(year, 1, 1, tzinfo=UTC)))
    p7s = key.sign_container(MANIFEST, AT)
    assert TrustService().verify_container(MANIFEST, p7s).device == key.device


@given(st.binary(max_size=300))
def test_every_manifest_has_its_own_signature(manifest: bytes) -> None:
    p7s = KEY.sign_container(manifest, AT)
    assert container_signature.verify(manifest, p7s).device == KEY.device
    assert refusal(p7s, manifest + b" ") == "bundle.signature_digest"


def test_verifies_inside_a_running_loop() -> None:
    async def inside() -> str:
        return TrustService().verify_container(MANIFEST, P7S).device

    assert asyncio.run(inside()) == KEY.device


OPENSSL = (
    "openssl cms -verify -binary -inform DER -in signature001.p7s -content ASiCManifest001.xml"
    " -CAfile cert.pem -purpose any -no_check_time -out copy.xml"
)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
@pytest.mark.parametrize("more", ["", " -cades"])
def test_openssl_accepts_it_and_refuses_another_manifest(tmp_path: Path, more: str) -> None:
    (tmp_path / "signature001.p7s").write_bytes(P7S)
    (tmp_path / "cert.pem").write_bytes(KEY.certificate_pem)
    command = (OPENSSL + more).split()
    (tmp_path / "ASiCManifest001.xml").write_bytes(MANIFEST)
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    (tmp_path / "ASiCManifest001.xml").write_bytes(MANIFEST + b" ")
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode != 0


# --- what is refused ------------------------------------------------------------------------------


def test_every_flipped_bit_is_refused() -> None:
    codes = set()
    for place in range(len(P7S)):
        for bit in range(8):
            changed = bytearray(P7S)
            changed[place] ^= 1 << bit
            codes.add(refusal(bytes(changed)))
    assert all(code.startswith("bundle.signature") for code in codes - {"bundle.certificate"})


def test_attack_29_manifest_changed() -> None:
    for place in range(len(MANIFEST)):
        changed = bytearray(MANIFEST)
        changed[place] ^= 1
        assert refusal(P7S, bytes(changed)) == "bundle.signature_digest"
    assert refusal(P7S, b"") == "bundle.signature_digest"


def test_attack_31_signature_bit_flipped() -> None:
    changed = bytearray(P7S)
    changed[-1] ^= 1
    assert refusal(bytes(changed)) == "bundle.signature_value"


def test_attack_31_claimed_instant_changed() -> None:
    def later(signed: asn1_cms.SignedData) -> None:
        attributes = signer_of(signed)["signed_attrs"]
        attributes[1]["values"] = [asn1_cms.Time({"utc_time": AT + timedelta(days=1)})]

    assert refusal(tampered(later)) == "bundle.signature_value"


def test_attack_31_mirrored_signature() -> None:
    def mirror(signed: asn1_cms.SignedData) -> None:
        r, s = decode_dss_signature(signer_of(signed)["signature"].native)
        signer_of(signed)["signature"] = encode_dss_signature(r, P256_ORDER - s)

    assert refusal(tampered(mirror)) == "bundle.signature_value"


def test_attack_31_another_key_signed() -> None:
    attributes = container_signature.sign(
        SeededKey(2).private, certificate.read_pem(KEY.certificate_pem), MANIFEST, AT
    )
    assert refusal(attributes) == "bundle.signature_value"


def test_attack_32_attribute_confusion() -> None:
    """What was signed as attributes is shown as the content."""
    attributes = asn1_cms.ContentInfo.load(P7S)["content"]["signer_infos"][0]["signed_attrs"]
    content = attributes.untag().dump()

    def strip(signed: asn1_cms.SignedData) -> None:
        del signer_of(signed)["signed_attrs"]

    assert refusal(tampered(strip), content) == "bundle.signature_attribute_confusion"


def test_attack_33_no_signing_certificate() -> None:
    def drop(attributes: asn1_cms.CMSAttributes) -> None:
        del attributes[3]

    assert refusal(resigned(drop)) == "bundle.signature_no_signing_certificate"


def test_attack_34_two_signers() -> None:
    other = SeededKey(2)
    second = asn1_cms.ContentInfo.load(other.sign_container(MANIFEST, AT))["content"]

    def add(signed: asn1_cms.SignedData) -> None:
        signed["signer_infos"].append(signer_of(second))
        signed["certificates"].append(second["certificates"][0])

    def twice(signed: asn1_cms.SignedData) -> None:
        signed["signer_infos"].append(signer_of(signed))

    assert refusal(tampered(add)) == "bundle.signature_two_signers"
    assert refusal(tampered(twice)) == "bundle.signature_two_signers"


@pytest.mark.parametrize("content", [MANIFEST, b"<other/>", b""])
def test_attack_35_embedded_content(content: bytes) -> None:
    def embed(signed: asn1_cms.SignedData) -> None:
        signed["encap_content_info"]["content"] = content

    assert refusal(tampered(embed)) == "bundle.signature_embedded_content"


def test_attack_36_truncated_or_trailing() -> None:
    for size in range(len(P7S)):
        assert refusal(P7S[:size]) == "bundle.signature_der"
    for more in (b"\0", b"\0\0", P7S, b"\x30\0"):
        assert refusal(P7S + more) == "bundle.signature_der"


def test_attack_36_indefinite_and_long_lengths() -> None:
    assert P7S[:2] == b"\x30\x82"
    body = P7S[4:]
    assert refusal(b"\x30\x80" + body + b"\0\0") == "bundle.signature_der"
    assert refusal(b"\x30\x83\0" + P7S[2:4] + body) == "bundle.signature_der"


def test_attack_37_weak_digest() -> None:
    attributes = cms.signed_attributes(MANIFEST, CERTIFICATE, digest="sha1")
    signer = cms.signer_info(KEY.private, CERTIFICATE, MANIFEST, attributes, digest="sha1")
    p7s = cms.container(CERTIFICATE, [signer], digest="sha1")
    assert refusal(p7s) == "bundle.signature_weak_digest"


@pytest.mark.parametrize("field", ["digest_algorithm", "signature_algorithm"])
def test_attack_37_weak_digest_in_one_place(field: str) -> None:
    names = {"digest_algorithm": "sha1", "signature_algorithm": "sha1_ecdsa"}

    def weaken(signed: asn1_cms.SignedData) -> None:
        signer_of(signed)[field] = {"algorithm": names[field]}

    assert refusal(tampered(weaken)) == "bundle.signature_weak_digest"


# --- the rest of the profile ----------------------------------------------------------------------


def test_an_attribute_twice() -> None:
    def twice(attributes: asn1_cms.CMSAttributes) -> None:
        attributes.append(attributes[2])

    assert refusal(resigned(twice)) == "bundle.signature_profile"


def test_an_attribute_with_two_values() -> None:
    def two(attributes: asn1_cms.CMSAttributes) -> None:
        attributes[2]["values"].append(hashlib.sha256(b"other").digest())

    assert refusal(resigned(two)).startswith("bundle.signature")


def test_another_attribute() -> None:
    def add(attributes: asn1_cms.CMSAttributes) -> None:
        attributes.append(attribute("1.2.3.4", asn1_cms.OctetString(b"hidden")))

    assert refusal(resigned(add)) == "bundle.signature_profile"


def test_another_content_type() -> None:
    def change(attributes: asn1_cms.CMSAttributes) -> None:
        attributes[0]["values"] = ["signed_data"]

    assert refusal(resigned(change)) == "bundle.signature_profile"


def test_unsigned_attributes() -> None:
    def add(signed: asn1_cms.SignedData) -> None:
        signer_of(signed)["unsigned_attrs"] = [
            attribute("1.2.3.4", asn1_cms.OctetString(b"hidden"))
        ]

    assert refusal(tampered(add)) == "bundle.signature_profile"


def test_another_certificate_beside() -> None:
    def add(signed: asn1_cms.SignedData) -> None:
        other = x509.Certificate.load(cms.certificate_der(SeededKey(2).certificate_pem))
        signed["certificates"].append(asn1_cms.CertificateChoices("certificate", other))

    assert refusal(tampered(add)) in ("bundle.signature_profile", "bundle.certificate")


def test_a_revocation_list_inside() -> None:
    def add(signed: asn1_cms.SignedData) -> None:
        signed["crls"] = []

    assert refusal(tampered(add)) == "bundle.signature_profile"


def test_no_signer_and_no_certificate() -> None:
    def nobody(signed: asn1_cms.SignedData) -> None:
        signed["signer_infos"] = []

    def unknown(signed: asn1_cms.SignedData) -> None:
        del signed["certificates"]

    assert refusal(tampered(nobody)).startswith("bundle.signature")
    assert refusal(tampered(unknown)) == "bundle.signature_profile"


def test_the_certificate_of_somebody_else() -> None:
    def swap(signed: asn1_cms.SignedData) -> None:
        signed["certificates"] = [
            asn1_cms.CertificateChoices(
                "certificate",
                x509.Certificate.load(cms.certificate_der(SeededKey(2).certificate_pem)),
            )
        ]

    assert refusal(tampered(swap)) == "bundle.signature_profile"


def test_a_certificate_out_of_profile() -> None:
    parsed = x509.Certificate.load(CERTIFICATE)
    parsed["tbs_certificate"]["serial_number"] = 5
    parsed["signature_value"] = sign(KEY.private, parsed["tbs_certificate"].dump(force=True))

    def swap(signed: asn1_cms.SignedData) -> None:
        signed["certificates"] = [asn1_cms.CertificateChoices("certificate", parsed)]

    assert refusal(tampered(swap)) == "bundle.certificate"


def test_the_valid_signature_of_another_writer() -> None:
    """Without issuer and serial in its signing-certificate: right in law, but not the template."""
    attributes = cms.signed_attributes(MANIFEST, CERTIFICATE)
    signer = cms.signer_info(KEY.private, CERTIFICATE, MANIFEST, attributes)
    assert refusal(cms.container(CERTIFICATE, [signer])) == "bundle.signature_profile"


@given(st.binary(max_size=200))
def test_garbage_is_refused(garbage: bytes) -> None:
    assert refusal(garbage).startswith("bundle.signature")


@given(st.data())
def test_spliced_signatures_are_refused(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(P7S) - 1))
    size = data.draw(st.integers(1, 60))
    replacement = data.draw(st.binary(max_size=60))
    spliced = P7S[:start] + replacement + P7S[start + size :]
    if spliced != P7S:
        assert refusal(spliced).startswith("bundle.")


# --- the second opinion ---------------------------------------------------------------------------


def test_pyhanko_alone_can_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(container_signature, "_second_opinion", lambda *_: False)
    assert refusal(P7S) == "bundle.signature_profile"


def test_pyhanko_sees_for_itself() -> None:
    own = certificate.read_pem(KEY.certificate_pem)
    other = certificate.read_pem(SeededKey(2).certificate_pem)
    ask = container_signature._second_opinion
    assert ask(MANIFEST, P7S, own)
    assert not ask(MANIFEST + b" ", P7S, own)
    assert not ask(MANIFEST, P7S, other)
    changed = bytearray(P7S)
    changed[-1] ^= 1
    assert not ask(MANIFEST, bytes(changed), own)


def test_a_refused_signature_loads_no_pyhanko() -> None:
    program = (
        "import sys\n"
        "from fichaat.domain.errors import UserFacingError\n"
        "from fichaat.trust.service import TrustService\n"
        "try:\n"
        "    TrustService().verify_container(b'', b'')\n"
        "except UserFacingError as error:\n"
        "    assert error.code == 'bundle.signature_der'\n"
        "heavy = {'pyhanko', 'asn1crypto', 'mnemonic', 'pyrage', 'asyncio'} & sys.modules.keys()\n"
        "assert not heavy, heavy\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
