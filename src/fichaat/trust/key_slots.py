"""Wrapping of the database's key under a passphrase or a printed recovery code.

A slot comes from a file that anybody may have written: its costs are bounded before they are paid,
and everything in it is authenticated.
"""

import secrets
import unicodedata
from collections.abc import Callable
from typing import Final

import msgspec

from fichaat.application.ports.slots import Argon2Cost, KeySlot
from fichaat.domain.errors import UserFacingError
from fichaat.trust.words import RECOVERY_BYTES, parse_recovery_words, recovery_words

KEY_BYTES: Final = 32
SLOT_VERSION: Final = 1
PASSPHRASE: Final = "passphrase"  # noqa: S105  # a kind of slot
RECOVERY: Final = "recovery"
DEFAULT_COST: Final = Argon2Cost(memory_kib=64 * 1024, passes=3, lanes=4)

MAX_MEMORY_KIB: Final = 256 * 1024
MAX_PASSES: Final = 16
MAX_LANES: Final = 16

_SALT_BYTES = 16
_NONCE_BYTES = 12
_TAG_BYTES = 16

RandomBytes = Callable[[int], bytes]


def wrap_with_passphrase(
    key: bytes, passphrase: str, random: RandomBytes, cost: Argon2Cost = DEFAULT_COST
) -> KeySlot:
    """A slot that the passphrase opens. How good a passphrase must be is the caller's rule."""
    return _wrap(_blank(PASSPHRASE, cost, random), key, _passphrase_bytes(passphrase))


def wrap_with_recovery(key: bytes, entropy: bytes, random: RandomBytes) -> KeySlot:
    """A slot that the 128 bits of a recovery code open."""
    return _wrap(_blank(RECOVERY, None, random), key, entropy)


def unwrap(slot: KeySlot, secret: str) -> bytes:
    """The key of a slot, with the passphrase or the recovery code as the person typed it.

    Raises:
        UserFacingError: "storage.wrong_passphrase", "storage.wrong_recovery",
            "trust.recovery_code" (mistyped), "trust.key_slot" (not a slot of this program).
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    _check(slot)
    is_passphrase = slot.kind == PASSPHRASE
    raw = _passphrase_bytes(secret) if is_passphrase else parse_recovery_words(secret)
    try:
        return AESGCM(_wrapping_key(slot, raw)).decrypt(slot.nonce, slot.wrapped, _metadata(slot))
    except InvalidTag:
        code = "storage.wrong_passphrase" if is_passphrase else "storage.wrong_recovery"
        raise UserFacingError(code) from None


class LocalKeyWrapper:
    """See `ports.KeyWrapper`."""

    def __init__(
        self, random: RandomBytes = secrets.token_bytes, cost: Argon2Cost = DEFAULT_COST
    ) -> None:
        self._random = random
        self._cost = cost

    def new_key(self) -> bytes:
        """256 random bits."""
        return self._random(KEY_BYTES)

    def new_recovery_code(self) -> tuple[str, ...]:
        """Twelve words (128 random bits and a checksum) to be printed, never stored."""
        return recovery_words(self._random(RECOVERY_BYTES))

    def wrap_with_passphrase(self, key: bytes, passphrase: str) -> KeySlot:
        return wrap_with_passphrase(key, passphrase, self._random, self._cost)

    def wrap_with_recovery(self, key: bytes, code: str) -> KeySlot:
        """Raises:
        UserFacingError: "trust.recovery_code": not a recovery code.
        """
        return wrap_with_recovery(key, parse_recovery_words(code), self._random)

    def unwrap(self, slot: KeySlot, secret: str) -> bytes:
        """See the function `unwrap`."""
        return unwrap(slot, secret)


def _blank(kind: str, cost: Argon2Cost | None, random: RandomBytes) -> KeySlot:
    return KeySlot(SLOT_VERSION, kind, cost, random(_SALT_BYTES), random(_NONCE_BYTES), b"")


def _wrap(blank: KeySlot, key: bytes, secret: bytes) -> KeySlot:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if len(key) != KEY_BYTES:
        raise ValueError("the database's key has 256 bits")
    wrapped = AESGCM(_wrapping_key(blank, secret)).encrypt(blank.nonce, key, _metadata(blank))
    return msgspec.structs.replace(blank, wrapped=wrapped)


def _check(slot: KeySlot) -> None:
    cost = slot.argon2
    sound = (
        slot.version == SLOT_VERSION
        and slot.kind in (PASSPHRASE, RECOVERY)
        and (slot.kind == PASSPHRASE) == (cost is not None)
        and len(slot.salt) == _SALT_BYTES
        and len(slot.nonce) == _NONCE_BYTES
        and len(slot.wrapped) == KEY_BYTES + _TAG_BYTES
        and (cost is None or _is_bounded(cost))
    )
    if not sound:
        raise UserFacingError("trust.key_slot")


def _is_bounded(cost: Argon2Cost) -> bool:
    """RFC 9106 3.1 wants at least eight blocks of 1 KiB for each lane."""
    return (
        1 <= cost.lanes <= MAX_LANES
        and 1 <= cost.passes <= MAX_PASSES
        and 8 * cost.lanes <= cost.memory_kib <= MAX_MEMORY_KIB
    )


def _wrapping_key(slot: KeySlot, secret: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    cost = slot.argon2
    if cost is None:
        # A recovery code has 128 random bits: nobody guesses it, however fast a guess is.
        return HKDF(SHA256(), KEY_BYTES, slot.salt, b"fichaat recovery slot").derive(secret)
    return Argon2id(
        salt=slot.salt,
        length=KEY_BYTES,
        iterations=cost.passes,
        lanes=cost.lanes,
        memory_cost=cost.memory_kib,
    ).derive(secret)


def _metadata(slot: KeySlot) -> bytes:
    return msgspec.json.encode(msgspec.structs.replace(slot, wrapped=b""), order="sorted")


def _passphrase_bytes(passphrase: str) -> bytes:
    """The same for every way in which a keyboard composes a letter; no text is refused."""
    return unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")
