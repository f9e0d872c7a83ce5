import pyrage
import pytest

from fichaat.trust.age_key import create_age_identity, recipient_of


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


def test_the_recipient_follows_from_the_identity() -> None:
    identity, recipient = create_age_identity()
    assert recipient_of(identity) == recipient


@pytest.mark.parametrize("text", ["", "age1", "AGE-SECRET-KEY-1", "ñ", "\0"])
def test_what_is_no_identity_is_told(text: str) -> None:
    with pytest.raises(ValueError, match="identity"):
        recipient_of(text)
