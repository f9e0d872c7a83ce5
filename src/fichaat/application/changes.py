"""What a write changed, so that open pages refresh only what they show."""

from enum import Enum, auto
from typing import Self


class Kind(Enum):
    DRAFT = auto()
    FICHA = auto()
    ACUERDO = auto()
    DEVICE = auto()
    RECEPTION = auto()
    CATALOGUE = auto()
    UBIGEO = auto()  # the list of districts


class Changes(frozenset[Kind]):
    @classmethod
    def of(cls, *kinds: Kind) -> Self:
        return cls(kinds)
