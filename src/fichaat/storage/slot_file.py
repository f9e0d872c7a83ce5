"""The slots of data that are open: what is added to them needs the key, and no passphrase."""

from collections.abc import Callable
from pathlib import Path

from fichaat.application.ports.slots import RegionSlot
from fichaat.storage.errors import file_errors
from fichaat.storage.slots import read_slots, with_region, write_slots


class OpenSlots:
    """See `ports.SlotFile`."""

    def __init__(self, path: Path, key: bytes) -> None:
        """`path` is the file, `key` the one that every slot in it wraps."""
        self._path = path
        self._key = key

    def __repr__(self) -> str:
        """Without the key: a repr ends in logs."""
        return f"OpenSlots({self._path.name})"

    def region_recipient(self) -> str | None:
        """See `ports.SlotFile.region_recipient`."""
        with file_errors(self._path.parent):
            slot = read_slots(self._path).region
        return None if slot is None else slot.recipient

    def is_region_slot_used(self) -> bool:
        """See `ports.SlotFile.is_region_slot_used`."""
        with file_errors(self._path.parent):
            return read_slots(self._path).renew

    def put_region_slot(self, wrap: Callable[[bytes], RegionSlot]) -> None:
        """See `ports.SlotFile.put_region_slot`."""
        with file_errors(self._path.parent):
            slots = read_slots(self._path)
            write_slots(self._path, with_region(slots, wrap(self._key)))
