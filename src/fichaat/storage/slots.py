"""`ranuras.json`: the database's key, wrapped under each secret that opens it."""

from pathlib import Path
from typing import Annotated, Final

import msgspec
from msgspec import Meta, Struct

from fichaat.application.ports.slots import KeySlot, KeyWrapper, RegionSlot
from fichaat.domain.errors import UserFacingError
from fichaat.storage.files import PRIVATE
from fichaat.system.atomic import atomic_write

SLOTS_VERSION: Final = 1
PASSPHRASE: Final = "passphrase"  # noqa: S105  # a kind of slot
RECOVERY: Final = "recovery"

_MAX_BYTES: Final = 100_000


class Slots(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Every slot of one database. Anybody may have written the file: nothing in it is believed
    before the secret opens it.
    """

    version: int
    slots: Annotated[tuple[KeySlot, ...], Meta(min_length=1, max_length=16)]
    region: RegionSlot | None = None
    """Opened by the region alone, in another place: see `region_recovery`."""
    renew: bool = False
    """Whether that one is to be made anew: what the region answered about it must open nothing."""


class _Version(Struct, frozen=True):
    version: int


def new_slots(keys: KeyWrapper, key: bytes, passphrase: str, recovery: str) -> Slots:
    """Raises:
    UserFacingError: "trust.recovery_code".
    """
    return Slots(
        SLOTS_VERSION,
        (keys.wrap_with_passphrase(key, passphrase), keys.wrap_with_recovery(key, recovery)),
    )


def with_passphrase(slots: Slots, keys: KeyWrapper, key: bytes, passphrase: str) -> Slots:
    """The same slots with another passphrase. The region's stays until the data are next open:
    somebody who forgets this passphrase at once must still find it.
    """
    kept = tuple(slot for slot in slots.slots if slot.kind != PASSPHRASE)
    fresh = keys.wrap_with_passphrase(key, passphrase)
    return used(msgspec.structs.replace(slots, slots=(fresh, *kept)))


def used(slots: Slots) -> Slots:
    """The same slots; the region's, if there is one, is to be made anew."""
    return msgspec.structs.replace(slots, renew=slots.region is not None)


def with_region(slots: Slots, region: RegionSlot) -> Slots:
    """The same slots with another one for the region."""
    return msgspec.structs.replace(slots, region=region, renew=False)


def unlock(
    slots: Slots, keys: KeyWrapper, *, passphrase: str | None = None, recovery: str | None = None
) -> bytes:
    """The database's key.

    Raises:
        UserFacingError: "storage.wrong_passphrase", "storage.wrong_recovery",
            "storage.no_secret" (none was given), "trust.recovery_code", "trust.key_slot".
    """
    wanted, secret = (PASSPHRASE, passphrase) if recovery is None else (RECOVERY, recovery)
    if secret is None:
        raise UserFacingError("storage.no_secret")
    slot = next((slot for slot in slots.slots if slot.kind == wanted), None)
    if slot is None:
        raise UserFacingError("trust.key_slot")
    return keys.unwrap(slot, secret)


def read_slots(path: Path) -> Slots:
    """Raises:
    UserFacingError: "trust.key_slot": not such a file; "storage.newer_schema".
    OSError: it cannot be read.
    """
    with path.open("rb") as file:
        data = file.read(_MAX_BYTES)
    try:
        if msgspec.json.decode(data, type=_Version).version > SLOTS_VERSION:
            raise UserFacingError("storage.newer_schema")
        return msgspec.json.decode(data, type=Slots)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise UserFacingError("trust.key_slot") from None


def write_slots(path: Path, slots: Slots) -> None:
    """Raises:
    UserFacingError: "system.*": the old file stays.
    """
    data = msgspec.json.format(msgspec.json.encode(slots, order="sorted"), indent=1)
    atomic_write(path, data + b"\n", mode=PRIVATE)
