"""The region's slot: the key of a database, for the region's key alone."""

import msgspec
import pytest

from fichaat.application.ports.slots import RegionSlots, SlotOwner
from fichaat.domain.errors import UserFacingError
from fichaat.trust.age_key import create_age_identity
from fichaat.trust.region_slot import AgeRegionSlots

IDENTITY, RECIPIENT = create_age_identity()
SLOTS: RegionSlots = AgeRegionSlots()
KEY = bytes(range(32))
OWNER = SlotOwner("ab" * 32, "Marleni Ñahui", "Especialista", "GORE Ayacucho")
SLOT = SLOTS.wrap(KEY, OWNER, RECIPIENT)


def refused(wrapped: bytes, identity: str = IDENTITY) -> str:
    with pytest.raises(UserFacingError) as refusal:
        SLOTS.unwrap(wrapped, identity)
    return refusal.value.code


def test_the_region_finds_the_key_and_its_owner() -> None:
    assert SLOTS.unwrap(SLOT.wrapped, IDENTITY) == (KEY, OWNER)
    assert SLOT.recipient == RECIPIENT
    assert KEY not in SLOT.wrapped
    assert b"Marleni" not in SLOT.wrapped


def test_another_region_finds_nothing() -> None:
    assert refused(SLOT.wrapped, create_age_identity()[0]) == "recuperacion.other_region"


def test_only_a_key_is_wrapped() -> None:
    with pytest.raises(ValueError, match="256 bits"):
        SLOTS.wrap(b"corta", OWNER, RECIPIENT)


def test_every_flipped_byte_and_every_cut_has_its_code() -> None:
    for place in range(len(SLOT.wrapped)):
        flipped = bytearray(SLOT.wrapped)
        flipped[place] ^= 1
        assert refused(bytes(flipped)).startswith("recuperacion."), place
        assert refused(SLOT.wrapped[:place]).startswith("recuperacion."), place


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "recuperacion.request_damaged"),
        (b"hola", "recuperacion.request_damaged"),
        (b"[" * 5_000, "recuperacion.request_damaged"),
        (b"x" * 9_000, "recuperacion.request_damaged"),
        (
            msgspec.json.encode({"version": 2, "key": KEY, "owner": OWNER}),
            "recuperacion.newer",
        ),
        (
            msgspec.json.encode({"version": 1, "key": b"corta", "owner": OWNER}),
            "recuperacion.request_damaged",
        ),
    ],
)
def test_what_is_inside_is_not_believed(content: bytes, code: str) -> None:
    import pyrage

    wrapped = pyrage.encrypt(content, [pyrage.x25519.Recipient.from_str(RECIPIENT)])
    assert refused(wrapped) == code
