import pyrage
import pytest

from fichaat.trust.age_key import create_age_identity


def test_what_is_encrypted_to_the_recipient_is_opened_by_the_identity_alone() -> None:
    identity, recipient = create_age_identity()
    assert identity.startswith("AGE-SECRET-KEY-1")
    assert recipient.startswith("age1")
    to = pyrage.x25519.Recipient.from_str(recipient)
    sealed = pyrage.encrypt(b"ficha", [to])
    assert pyrage.decrypt(sealed, [pyrage.x25519.Identity.from_str(identity)]) == b"ficha"
    other, _ = create_age_identity()
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(sealed, [pyrage.x25519.Identity.from_str(other)])
