"""Numbers as words of the BIP-39 Spanish list: fingerprints over the phone, recovery codes."""

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from functools import cache

from fichaat.domain.errors import UserFacingError
from fichaat.domain.text import fold

FINGERPRINT_WORDS = 8
RECOVERY_WORDS = 12
RECOVERY_BYTES = 16

_WORD_BITS = 11
_CHECKSUM_BITS = 4
_LETTERS = re.compile(r"[^\W\d_]+")


def fingerprint_words(device: str) -> tuple[str, ...]:
    """Eight words: the first 88 bits of the device id."""
    bits = FINGERPRINT_WORDS * _WORD_BITS
    return _to_words(int(device, 16) >> (len(device) * 4 - bits), FINGERPRINT_WORDS)


def recovery_words(entropy: bytes) -> tuple[str, ...]:
    """Twelve words for 128 bits, the last four bits a checksum (BIP-39).

    Raises:
        ValueError: not 16 bytes.
    """
    if len(entropy) != RECOVERY_BYTES:
        raise ValueError("a recovery code has 16 bytes")
    number = int.from_bytes(entropy) << _CHECKSUM_BITS | _checksum(entropy)
    return _to_words(number, RECOVERY_WORDS)


def parse_recovery_words(text: str) -> bytes:
    """The 16 bytes behind twelve words, as a person typed them: accents, case, numbers and
    punctuation between them do not matter.

    Raises:
        UserFacingError: "trust.recovery_code": other words, not twelve, or a wrong checksum.
    """
    places = _places()
    typed = _LETTERS.findall(fold(text))
    if len(typed) != RECOVERY_WORDS or not places.keys() >= set(typed):
        raise UserFacingError("trust.recovery_code")
    number = 0
    for word in typed:
        number = number << _WORD_BITS | places[word]
    entropy = (number >> _CHECKSUM_BITS).to_bytes(RECOVERY_BYTES)
    if recovery_words(entropy) != _to_words(number, RECOVERY_WORDS):
        raise UserFacingError("trust.recovery_code")
    return entropy


def _to_words(number: int, count: int) -> tuple[str, ...]:
    words = _wordlist()
    mask = (1 << _WORD_BITS) - 1
    return tuple(words[number >> _WORD_BITS * (count - 1 - n) & mask] for n in range(count))


def _checksum(entropy: bytes) -> int:
    return hashlib.sha256(entropy).digest()[0] >> (8 - _CHECKSUM_BITS)


@cache
def _wordlist() -> tuple[str, ...]:
    from mnemonic import Mnemonic

    return tuple(unicodedata.normalize("NFC", word) for word in Mnemonic("spanish").wordlist)


@cache
def _places() -> Mapping[str, int]:
    """Where each word stands, by how a person may type it."""
    return {fold(word): place for place, word in enumerate(_wordlist())}
