"""What stands between a passphrase and the database."""

from collections.abc import Callable
from typing import Protocol

from msgspec import Struct


class Argon2Cost(Struct, frozen=True, forbid_unknown_fields=True):
    """How dear one guess of a passphrase is."""

    memory_kib: int
    passes: int
    lanes: int


class KeySlot(Struct, frozen=True, forbid_unknown_fields=True):
    """The database's key, wrapped under one secret; storage keeps it as JSON beside the database.

    Everything but `wrapped` is authenticated with it.
    """

    version: int
    kind: str
    """"passphrase" or "recovery"."""
    argon2: Argon2Cost | None
    """Only of a passphrase."""
    salt: bytes
    nonce: bytes
    wrapped: bytes


class RegionSlot(Struct, frozen=True, forbid_unknown_fields=True):
    """The database's key for the region, so that a forgotten passphrase is not lost data."""

    recipient: str
    """The region's, as the catalogue named it."""
    wrapped: bytes
    """An envelope for that recipient; it holds the key and its owner."""


class SlotOwner(Struct, frozen=True, forbid_unknown_fields=True):
    """Whose data a region's slot opens, as they said themselves when it was made."""

    device: str
    nombre: str
    cargo: str
    entidad: str


class RegionSlots(Protocol):
    """Makes and opens the slots of a region."""

    def wrap(self, key: bytes, owner: SlotOwner, recipient: str) -> RegionSlot:
        """A slot that only the region's identity opens."""
        ...

    def unwrap(self, wrapped: bytes, identity: str) -> tuple[bytes, SlotOwner]:
        """The key and its owner.

        Raises:
            UserFacingError: "recuperacion.other_region", "recuperacion.request_damaged",
                "recuperacion.newer".
        """
        ...


class SlotFile(Protocol):
    """The key slots beside a database that is open."""

    def region_recipient(self) -> str | None:
        """For whom there is a region's slot.

        Raises:
            UserFacingError: "trust.key_slot", "storage.*".
        """
        ...

    def is_region_slot_used(self) -> bool:
        """Whether the passphrase was changed since the region's slot was made: an answer of the
        region about that slot must open nothing any more.

        Raises:
            UserFacingError: "trust.key_slot", "storage.*".
        """
        ...

    def put_region_slot(self, wrap: Callable[[bytes], RegionSlot]) -> None:
        """Write the region's slot instead of the one before; the others stay.

        Args:
            wrap: is given the database's key.

        Raises:
            UserFacingError: "trust.key_slot", "storage.*", "system.*": the old file stays.
        """
        ...


class KeyWrapper(Protocol):
    """Makes and wraps the key under which the database is encrypted."""

    def new_key(self) -> bytes:
        """256 random bits."""
        ...

    def new_recovery_code(self) -> tuple[str, ...]:
        """Twelve words (128 random bits and a checksum) to be printed, never stored."""
        ...

    def wrap_with_passphrase(self, key: bytes, passphrase: str) -> KeySlot: ...

    def wrap_with_recovery(self, key: bytes, code: str) -> KeySlot:
        """Raises:
        UserFacingError: "trust.recovery_code": not a recovery code.
        """
        ...

    def unwrap(self, slot: KeySlot, secret: str) -> bytes:
        """The key, with the passphrase or the recovery code as the person typed it.

        Raises:
            UserFacingError: "storage.wrong_passphrase", "storage.wrong_recovery",
                "trust.recovery_code" (mistyped), "trust.key_slot" (not a slot of this program).
        """
        ...
