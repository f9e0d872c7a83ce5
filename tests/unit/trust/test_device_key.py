from datetime import UTC, datetime

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from fichaat.application.ports.keys import StoredDeviceKey
from fichaat.domain.errors import UserFacingError
from fichaat.trust.device_key import LocalDeviceKey, create_device_key
from fichaat.trust.service import TrustService

NOW = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)


def test_a_stored_key_is_the_same_device_again() -> None:
    stored = create_device_key(NOW)
    first = LocalDeviceKey(stored)
    again = LocalDeviceKey(msgspec.json.decode(msgspec.json.encode(stored), type=StoredDeviceKey))
    assert (again.device, again.certificate_pem) == (first.device, stored.certificate_pem)
    verifier = TrustService().verifier(first.certificate_pem)
    assert verifier.device == first.device
    verifier.verify(b"record", again.sign_record(b"record"))


def test_every_device_is_another() -> None:
    devices = {LocalDeviceKey(create_device_key(NOW)).device for _ in range(5)}
    assert len(devices) == 5


def test_a_repr_does_not_show_the_key() -> None:
    stored = create_device_key(NOW)
    assert repr(stored) == str(stored) == "StoredDeviceKey(…)"


def pkcs8(key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) -> bytes:
    return key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


GOOD = create_device_key(NOW)


@pytest.mark.parametrize(
    "stored",
    [
        StoredDeviceKey(b"", GOOD.certificate_pem),
        StoredDeviceKey(GOOD.private_key[:-1], GOOD.certificate_pem),
        StoredDeviceKey(GOOD.private_key, b""),
        StoredDeviceKey(GOOD.private_key, GOOD.certificate_pem + b"\n"),
        StoredDeviceKey(create_device_key(NOW).private_key, GOOD.certificate_pem),
        StoredDeviceKey(pkcs8(ec.generate_private_key(ec.SECP384R1())), GOOD.certificate_pem),
        StoredDeviceKey(pkcs8(rsa.generate_private_key(65537, 2048)), GOOD.certificate_pem),
    ],
)
def test_a_damaged_key_is_told_at_once(stored: StoredDeviceKey) -> None:
    with pytest.raises(UserFacingError) as caught:
        LocalDeviceKey(stored)
    assert caught.value.code == "trust.device_key"
