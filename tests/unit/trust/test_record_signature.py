import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)
from cryptography.hazmat.primitives.hashes import SHA256
from hypothesis import given
from hypothesis import strategies as st

from fichaat.domain.errors import UserFacingError
from fichaat.trust.record_signature import HALF_ORDER, P256_ORDER, is_strict, sign
from fichaat.trust.service import TrustService
from tests.support.keys import SeededKey

KEY = SeededKey(1)
OTHER = SeededKey(2)
VERIFIER = TrustService().verifier(KEY.certificate_pem)


def refused(raw: bytes, signature: bytes) -> bool:
    with pytest.raises(UserFacingError) as caught:
        VERIFIER.verify(raw, signature)
    return caught.value.code == "bundle.record_signature"


@given(st.binary(max_size=2000))
def test_what_a_device_signs_verifies_and_is_always_the_same(raw: bytes) -> None:
    signature = KEY.sign_record(raw)
    VERIFIER.verify(raw, signature)
    assert signature == KEY.sign_record(raw)
    assert decode_dss_signature(signature)[1] <= HALF_ORDER


def test_the_verifier_belongs_to_the_device() -> None:
    assert VERIFIER.device == KEY.device
    assert refused(b"record", OTHER.sign_record(b"record"))
    assert refused(b"another", KEY.sign_record(b"record"))


def test_the_mirrored_signature_is_refused_although_the_mathematics_hold() -> None:
    r, s = decode_dss_signature(KEY.sign_record(b"record"))
    assert refused(b"record", encode_dss_signature(r, P256_ORDER - s))


def test_every_flipped_bit_is_refused() -> None:
    signature = KEY.sign_record(b"record")
    for place in range(len(signature)):
        for bit in range(8):
            changed = bytearray(signature)
            changed[place] ^= 1 << bit
            assert refused(b"record", bytes(changed)), (place, bit)


def test_every_truncation_and_anything_behind_is_refused() -> None:
    signature = KEY.sign_record(b"record")
    for size in range(len(signature)):
        assert refused(b"record", signature[:size])
    assert refused(b"record", signature + b"\0")
    assert refused(b"record", signature * 2)


def test_other_encodings_of_the_same_numbers_are_refused() -> None:
    signature = KEY.sign_record(b"record")
    r_size = signature[3]
    r, s = signature[4 : 4 + r_size], signature[6 + r_size :]
    padded_r = b"\x02" + bytes([len(r) + 1]) + b"\0" + r
    padded_s = b"\x02" + bytes([len(s) + 1]) + b"\0" + s
    body = signature[2:]
    for other in (
        b"\x30" + bytes([len(body) + 1]) + padded_r + signature[4 + r_size :],
        b"\x30" + bytes([len(body) + 1]) + signature[2 : 4 + r_size] + padded_s,
        b"\x30\x81" + bytes([len(body)]) + body,
        b"\x30\x80" + body + b"\0\0",
    ):
        assert refused(b"record", other)


@pytest.mark.parametrize(
    ("r", "s"),
    [
        (0, 1),
        (1, 0),
        (-1, 1),
        (1, -1),
        (P256_ORDER, 1),
        (P256_ORDER + 1, 1),
        (1, P256_ORDER),
        (1, HALF_ORDER + 1),
        (1, P256_ORDER - 1),
    ],
)
def test_numbers_out_of_range_are_not_strict(r: int, s: int) -> None:
    encoded = b"".join(
        b"\x02" + bytes([len(part)]) + part
        for part in (n.to_bytes(n.bit_length() // 8 + 1, signed=True) for n in (r, s))
    )
    assert not is_strict(b"\x30" + bytes([len(encoded)]) + encoded)


@given(st.binary(max_size=80))
def test_garbage_is_refused_and_never_raises_anything_else(garbage: bytes) -> None:
    assert refused(b"record", garbage)


def test_many_at_once_hold_or_none() -> None:
    records = [(raw, KEY.sign_record(raw)) for raw in (b"%d" % n for n in range(100))]
    VERIFIER.verify_many([])
    VERIFIER.verify_many(records[:3])
    VERIFIER.verify_many(records)
    for place in (0, 57, 99):
        spoiled = list(records)
        spoiled[place] = (b"changed", records[place][1])
        with pytest.raises(UserFacingError) as caught:
            VERIFIER.verify_many(spoiled)
        assert caught.value.code == "bundle.record_signature"


def test_high_s_of_the_library_is_lowered() -> None:
    """Half of all signatures come out high: among 40 some do."""
    signatures = [sign(KEY.private, b"%d" % n) for n in range(40)]
    assert all(map(is_strict, signatures))


def test_the_vector_of_rfc_6979() -> None:
    """A.2.5, P-256 with SHA-256, message "sample"; its s is high and so appears mirrored."""
    secret = 0xC9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721
    r = 0xEFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716
    s = 0xF7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8
    key = ec.derive_private_key(secret, ec.SECP256R1())
    assert decode_dss_signature(sign(key, b"sample")) == (r, P256_ORDER - s)


def test_where_the_library_cannot_be_deterministic_it_still_signs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = ec.ECDSA

    def old(algorithm: SHA256, *, deterministic_signing: bool = False) -> ec.ECDSA:
        if deterministic_signing:
            raise UnsupportedAlgorithm("OpenSSL 3.0")
        return real(algorithm)

    monkeypatch.setattr(ec, "ECDSA", old)
    signature = KEY.sign_record(b"record")
    VERIFIER.verify(b"record", signature)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
def test_openssl_accepts_a_record(tmp_path: Path) -> None:
    raw = '{"nombre":"Ñaupari"}'.encode()
    (tmp_path / "rec.json").write_bytes(raw)
    (tmp_path / "rec.sig").write_bytes(KEY.sign_record(raw))
    (tmp_path / "cert.pem").write_bytes(KEY.certificate_pem)
    commands = (
        "openssl x509 -in cert.pem -pubkey -noout -out pub.pem",
        "openssl dgst -sha256 -verify pub.pem -signature rec.sig rec.json",
    )
    for command in commands:
        done = subprocess.run(command.split(), cwd=tmp_path, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr
