import random
import unicodedata

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fichaat.application.ports.slots import Argon2Cost, KeySlot, KeyWrapper
from fichaat.domain.errors import UserFacingError
from fichaat.trust import key_slots
from fichaat.trust.key_slots import LocalKeyWrapper, unwrap

CHEAP = Argon2Cost(memory_kib=32, passes=1, lanes=1)
WRAPPER: KeyWrapper = LocalKeyWrapper(random.Random(7).randbytes, CHEAP)
KEY = bytes(range(32))
SLOT = WRAPPER.wrap_with_passphrase(KEY, "Ayacucho 2026")
CODE = " ".join(WRAPPER.new_recovery_code())
RECOVERY_SLOT = WRAPPER.wrap_with_recovery(KEY, CODE)


def refusal(slot: KeySlot, secret: str) -> str:
    with pytest.raises(UserFacingError) as caught:
        unwrap(slot, secret)
    return caught.value.code


def changed(slot: KeySlot, **values: object) -> KeySlot:
    return msgspec.structs.replace(slot, **values)


def stored(slot: KeySlot) -> KeySlot:
    return msgspec.json.decode(msgspec.json.encode(slot), type=KeySlot)


@settings(max_examples=40)
@given(st.binary(min_size=32, max_size=32), st.text(max_size=80))
def test_the_passphrase_opens_its_slot(key: bytes, passphrase: str) -> None:
    slot = stored(WRAPPER.wrap_with_passphrase(key, passphrase))
    assert WRAPPER.unwrap(slot, passphrase) == key
    assert key not in msgspec.json.encode(slot)
    assert refusal(slot, passphrase + "x") == "storage.wrong_passphrase"


def test_the_recovery_code_opens_its_slot() -> None:
    assert WRAPPER.unwrap(stored(RECOVERY_SLOT), CODE.upper()) == KEY
    other = " ".join(WRAPPER.new_recovery_code())
    assert refusal(RECOVERY_SLOT, other) == "storage.wrong_recovery"
    assert refusal(RECOVERY_SLOT, "no es un código") == "trust.recovery_code"
    with pytest.raises(UserFacingError) as caught:
        WRAPPER.wrap_with_recovery(KEY, "no es un código")
    assert caught.value.code == "trust.recovery_code"


def test_both_open_the_same_key() -> None:
    assert WRAPPER.unwrap(SLOT, "Ayacucho 2026") == WRAPPER.unwrap(RECOVERY_SLOT, CODE)


def test_keyboards_that_compose_differently_type_the_same_passphrase() -> None:
    slot = WRAPPER.wrap_with_passphrase(KEY, "Ñandú ﬁn")
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        assert unwrap(slot, unicodedata.normalize(form, "Ñandú ﬁn")) == KEY
    assert refusal(slot, "Nandu fin") == "storage.wrong_passphrase"
    assert refusal(slot, "ñandú fin") == "storage.wrong_passphrase"


def test_a_lone_surrogate_is_a_wrong_passphrase_not_a_crash() -> None:
    assert refusal(SLOT, "\ud800") == "storage.wrong_passphrase"


def test_nothing_is_used_twice() -> None:
    wrapper = LocalKeyWrapper(cost=CHEAP)
    slots = [wrapper.wrap_with_passphrase(KEY, "x") for _ in range(4)]
    assert len({(slot.salt, slot.nonce) for slot in slots}) == 4
    assert len({slot.wrapped for slot in slots}) == 4
    assert len({wrapper.new_key() for _ in range(4)}) == 4
    assert len({wrapper.new_recovery_code() for _ in range(4)}) == 4
    assert len(wrapper.new_key()) == 32


def test_by_default_a_guess_costs_64_mib_and_three_passes() -> None:
    slot = LocalKeyWrapper().wrap_with_passphrase(KEY, "x")
    assert slot.argon2 == Argon2Cost(memory_kib=65536, passes=3, lanes=4)
    assert unwrap(slot, "x") == KEY


@pytest.mark.parametrize("field", ["salt", "nonce", "wrapped"])
@pytest.mark.parametrize("slot", [SLOT, RECOVERY_SLOT])
def test_every_flipped_bit_is_refused(field: str, slot: KeySlot) -> None:
    value: bytes = getattr(slot, field)
    wrong = "storage.wrong_passphrase" if slot is SLOT else "storage.wrong_recovery"
    for place in range(len(value)):
        flipped = bytearray(value)
        flipped[place] ^= 1 << place % 8
        secret = "Ayacucho 2026" if slot is SLOT else CODE
        assert refusal(changed(slot, **{field: bytes(flipped)}), secret) == wrong


def test_the_costs_are_authenticated() -> None:
    """Other costs give another key; the slot says which were meant."""
    for cost in (Argon2Cost(33, 1, 1), Argon2Cost(32, 2, 1), Argon2Cost(32, 1, 2)):
        assert refusal(changed(SLOT, argon2=cost), "Ayacucho 2026") == "storage.wrong_passphrase"


@pytest.mark.parametrize(
    "cost",
    [
        Argon2Cost(memory_kib=100 * 1024 * 1024, passes=3, lanes=4),
        Argon2Cost(memory_kib=key_slots.MAX_MEMORY_KIB + 1, passes=3, lanes=4),
        Argon2Cost(memory_kib=65536, passes=1_000_000_000, lanes=4),
        Argon2Cost(memory_kib=65536, passes=3, lanes=10_000),
        Argon2Cost(memory_kib=31, passes=3, lanes=4),
        Argon2Cost(memory_kib=0, passes=1, lanes=1),
        Argon2Cost(memory_kib=-1, passes=1, lanes=1),
        Argon2Cost(memory_kib=32, passes=0, lanes=1),
        Argon2Cost(memory_kib=32, passes=1, lanes=0),
        Argon2Cost(memory_kib=2**62, passes=2**62, lanes=2**62),
    ],
)
def test_a_hostile_file_cannot_ask_for_everything(
    cost: Argon2Cost, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is refused before anything is derived."""

    def never(slot: KeySlot, secret: bytes) -> bytes:
        raise AssertionError(slot, secret)

    monkeypatch.setattr(key_slots, "_wrapping_key", never)
    assert refusal(changed(SLOT, argon2=cost), "Ayacucho 2026") == "trust.key_slot"


@pytest.mark.parametrize(
    "slot",
    [
        changed(SLOT, version=2),
        changed(SLOT, kind="otra"),
        changed(SLOT, kind="recovery"),
        changed(SLOT, argon2=None),
        changed(RECOVERY_SLOT, kind="passphrase"),
        changed(RECOVERY_SLOT, argon2=CHEAP),
        changed(SLOT, salt=b""),
        changed(SLOT, salt=bytes(17)),
        changed(SLOT, nonce=b""),
        changed(SLOT, nonce=bytes(16)),
        changed(SLOT, wrapped=b""),
        changed(SLOT, wrapped=bytes(64)),
    ],
)
def test_what_is_no_slot_of_this_program_is_told(slot: KeySlot) -> None:
    assert refusal(slot, "Ayacucho 2026") == "trust.key_slot"


@pytest.mark.parametrize("size", [0, 16, 31, 33])
def test_only_a_256_bit_key_is_wrapped(size: int) -> None:
    with pytest.raises(ValueError, match="256 bits"):
        WRAPPER.wrap_with_passphrase(bytes(size), "x")


def test_a_member_more_is_not_read() -> None:
    raw = msgspec.json.encode(SLOT)[:-1] + b',"pista":"Ayacucho"}'
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(raw, type=KeySlot)


WRITTEN_BY_VERSION_1 = (
    '{"version":1,"kind":"passphrase","argon2":{"memory_kib":32,"passes":1,"lanes":1}'
    ',"salt":"GaR+HnC8yVFa36SA/C+L8w==","nonce":"O9AGg5fHrqWQ/yjc"'
    ',"wrapped":"GqUATN3gBYUqfWSxRCaPUXY3DraW7jJzWd25g7w/19P/U6N2PhgG8w8rn0QRO9jb"}'
)
RECOVERY_WRITTEN_BY_VERSION_1 = (
    '{"version":1,"kind":"recovery","argon2":null'
    ',"salt":"SZL084RoRhrLrFXiIi0pOQ==","nonce":"ghQS5R0l3ZkElRmf"'
    ',"wrapped":"k7iq5w2HkuloupKR8dongezNgy1e/sDgLiSpvsgWO4lBddz0rioPyW/LCmJRweyJ"}'
)


def test_slots_of_version_1_open_for_ever() -> None:
    slot = msgspec.json.decode(WRITTEN_BY_VERSION_1, type=KeySlot)
    assert unwrap(slot, "Ñandú 2026") == KEY
    slot = msgspec.json.decode(RECOVERY_WRITTEN_BY_VERSION_1, type=KeySlot)
    code = "ábaco marco mente mapa favor cubo"
    assert unwrap(slot, code + " brillo coger proeza gripe látex zapato") == KEY
