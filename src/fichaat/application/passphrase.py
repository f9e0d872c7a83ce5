"""What a passphrase must be, and how good one is. The window and the commands ask the same."""

import re
from enum import StrEnum
from itertools import pairwise
from typing import Final

MIN_PASSPHRASE: Final = 8
MAX_PASSPHRASE: Final = 1000

_ENOUGH_WORDS: Final = 4
_GOOD_LENGTH: Final = 16
_FAIR_LENGTH: Final = 12
_FAIR_LETTERS: Final = 6
_WORD: Final = re.compile(r"\w{3,}")
_RUNS: Final = (
    "abcdefghijklmnñopqrstuvwxyz",
    "01234567890",
    "qwertyuiopasdfghjklñzxcvbnm",
)
_COMMON: Final = ("contraseña", "password", "fichaat", "123456", "ayacucho", "peru", "perú")


class Strength(StrEnum):
    """How long somebody who has the disk would guess."""

    SHORT = "corta"
    WEAK = "debil"
    FAIR = "aceptable"
    GOOD = "buena"


def strength(text: str) -> Strength:
    """A hint, not a rule: the only rule is the length.

    Common words and runs of keys count as one letter, and so do repetitions.
    """
    if len(text.strip()) < MIN_PASSPHRASE:
        return Strength.SHORT
    bare = _without_runs(text.strip().lower())
    words = set(_WORD.findall(bare))
    letters = len(set(bare) - {" "})
    if letters < _FAIR_LETTERS:
        return Strength.WEAK
    if len(bare) >= _GOOD_LENGTH and (len(words) >= _ENOUGH_WORDS or _kinds(text) >= 3):
        return Strength.GOOD
    return Strength.FAIR if len(bare) >= _FAIR_LENGTH else Strength.WEAK


def _without_runs(text: str) -> str:
    for word in _COMMON:
        text = text.replace(word, word[0])
    kept = text[:1]
    for before, char in pairwise(text):
        step = before + char
        if char == before or any(step in run or step in run[::-1] for run in _RUNS[:2]):
            continue
        kept += char
    return kept


def _kinds(text: str) -> int:
    """Small letters, capitals, digits, the rest."""
    tests = (str.islower, str.isupper, str.isdigit, lambda char: not char.isalnum())
    return sum(any(map(test, text)) for test in tests)
