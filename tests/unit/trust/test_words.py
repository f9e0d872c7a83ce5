import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mnemonic import Mnemonic

from fichaat.domain.errors import UserFacingError
from fichaat.domain.text import fold
from fichaat.trust.words import fingerprint_words, parse_recovery_words, recovery_words

WORDS = [unicodedata.normalize("NFC", word) for word in Mnemonic("spanish").wordlist]


def refused(text: str) -> None:
    with pytest.raises(UserFacingError) as caught:
        parse_recovery_words(text)
    assert caught.value.code == "trust.recovery_code"


def test_no_two_words_differ_by_accents_alone() -> None:
    assert len({fold(word) for word in WORDS}) == 2048


@given(st.binary(min_size=32, max_size=32))
def test_eight_words_are_the_first_88_bits(digest: bytes) -> None:
    words = fingerprint_words(digest.hex())
    assert len(words) == 8
    number = 0
    for word in words:
        number = number * 2048 + WORDS.index(word)
    assert number.to_bytes(11) == digest[:11]


def test_known_fingerprints() -> None:
    assert fingerprint_words("0" * 64) == ("ábaco",) * 8
    assert fingerprint_words("f" * 64) == ("zurdo",) * 8


@given(st.binary(min_size=16, max_size=16))
def test_recovery_words_are_those_of_bip_39_and_come_back(entropy: bytes) -> None:
    words = recovery_words(entropy)
    reference = unicodedata.normalize("NFC", Mnemonic("spanish").to_mnemonic(entropy))
    assert " ".join(words) == reference
    assert parse_recovery_words(reference) == entropy


@pytest.mark.parametrize("size", [0, 15, 17, 32])
def test_other_sizes_are_a_bug(size: int) -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        recovery_words(bytes(size))


ENTROPY = bytes.fromhex("00112233445566778899aabbccddeeff")
CODE = recovery_words(ENTROPY)


@pytest.mark.parametrize(
    "typed",
    [
        " ".join(CODE),
        "  ".join(CODE).upper(),
        "\n".join(f"{n}. {word}" for n, word in enumerate(CODE, 1)),
        ", ".join(CODE) + ".",
        "-".join(fold(word) for word in CODE),
        unicodedata.normalize("NFD", " ".join(CODE)),
    ],
)
def test_how_it_is_typed_does_not_matter(typed: str) -> None:
    assert parse_recovery_words(typed) == ENTROPY


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ".join(CODE[:-1]),
        " ".join((*CODE, CODE[0])),
        " ".join((*CODE[:-1], "municipalidad")),
        "".join(CODE),
        "ábaco " * 11 + "zurdo",
        "\ud800 " * 12,
    ],
)
def test_a_wrong_code_is_told(typed: str) -> None:
    refused(typed)


def test_the_checksum_finds_most_wrong_words() -> None:
    found = 0
    for word in WORDS[::16]:
        if word == CODE[3]:
            continue
        try:
            assert parse_recovery_words(" ".join((*CODE[:3], word, *CODE[4:]))) != ENTROPY
        except UserFacingError:
            found += 1
    assert found > 100


@given(st.text(max_size=200))
def test_any_text_is_refused_in_the_same_way(text: str) -> None:
    refused(text)
