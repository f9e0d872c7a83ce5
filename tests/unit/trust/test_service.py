"""The adapters are what the use cases ask for; mypy checks the shapes, this what they answer."""

from datetime import UTC, datetime

import pytest

from fichaat.application.ports.keys import DeviceKey, RecordVerifier, Trust
from fichaat.domain.errors import UserFacingError
from fichaat.trust.device_key import LocalDeviceKey, create_device_key
from fichaat.trust.service import TrustService
from fichaat.trust.words import fingerprint_words

NOW = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)


def test_from_the_key_to_the_verifier() -> None:
    key: DeviceKey = LocalDeviceKey(create_device_key(NOW))
    trust: Trust = TrustService()
    signer: RecordVerifier = trust.verify_container(b"m", key.sign_container(b"m", NOW))
    own: RecordVerifier = trust.verifier(key.certificate_pem)
    assert signer.device == own.device == key.device
    signature = key.sign_record(b"record")
    for verifier in (signer, own):
        verifier.verify(b"record", signature)
        verifier.verify_many([(b"record", signature)])
    assert trust.fingerprint_words(key.device) == fingerprint_words(key.device)


def test_a_stranger_is_refused() -> None:
    trust = TrustService()
    key = LocalDeviceKey(create_device_key(NOW))
    with pytest.raises(UserFacingError) as caught:
        trust.verifier(key.certificate_pem[:-1])
    assert caught.value.code == "bundle.certificate"
