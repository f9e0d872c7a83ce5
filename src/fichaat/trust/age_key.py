"""The age identity of a device: packages are encrypted to it, apart from its signing key."""


def create_age_identity() -> tuple[str, str]:
    """A new X25519 identity and its recipient, as the `age` command writes them.

    The identity ("AGE-SECRET-KEY-1…") belongs in the encrypted database; the recipient ("age1…")
    is public.
    """
    from pyrage import x25519

    identity = x25519.Identity.generate()
    return str(identity), str(identity.to_public())


def recipient_of(identity: str) -> str:
    """The recipient of an identity.

    Raises:
        ValueError: not an identity.
    """
    from pyrage import IdentityError, x25519

    try:
        return str(x25519.Identity.from_str(identity).to_public())
    except IdentityError as error:
        raise ValueError("not an age identity") from error
