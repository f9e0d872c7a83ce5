"""What every use of the region key looks at first, and how long what it seals is valid."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from fichaat.application.installation import Installation
from fichaat.application.ports.keys import RegionKey
from fichaat.application.ports.rows import Profile
from fichaat.application.ports.store import Reader, Transaction
from fichaat.application.recorder import Recorder, ToSeal
from fichaat.domain.errors import UserFacingError
from fichaat.domain.record import Content, Kind, SealedRecord
from fichaat.domain.rol import Rol

VALID_YEARS: Final = 3
COORDINATOR_YEARS: Final = 10
"""Of the device that created the region: nobody else could renew it."""

_EARLIEST: Final = 2000
"""Clocks without a battery begin long before; nothing was sealed then."""


def demand_coordinator(profile: Profile, key: RegionKey | None = None) -> None:
    """Raises:
    UserFacingError: "region.coordinator_only", "region.other_region" (the key's).
    """
    if profile.rol is not Rol.COORDINADOR:
        raise UserFacingError("region.coordinator_only")
    if key is not None and key.region != profile.region:
        raise UserFacingError("region.other_region", region=key.region, propia=profile.region)


def demand_key(here: Installation, reader: Reader, key: RegionKey) -> None:
    """The key is that of the region believed here, in the hands of a coordinator.

    Raises:
        UserFacingError: "region.coordinator_only", "region.other_region", "region.none",
            "region.other_key".
    """
    demand_coordinator(here.profile, key)
    root = reader.authority().root
    if root is None:
        raise UserFacingError("region.none")
    if root != key.device:
        raise UserFacingError("region.other_key")


def whole_second(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)


def since(not_before: datetime, now: datetime) -> datetime:
    """From when a device is first approved: what it sealed since it exists is its own."""
    earliest = now.replace(year=_EARLIEST, month=1, day=1)
    begun = min(max(not_before, earliest), now)
    return whole_second(begun.astimezone(now.tzinfo))


def years_later(moment: datetime, years: int) -> datetime:
    """The same day some years later; the 1st of March where there is none."""
    try:
        return moment.replace(year=moment.year + years)
    except ValueError:
        return (moment + timedelta(days=1)).replace(year=moment.year + years)


def seal_by_region(
    here: Installation, key: RegionKey, tx: Transaction, items: Sequence[tuple[Kind, Content]]
) -> list[SealedRecord]:
    """Seal contents with the region key and keep them; none of them knows another of the same call.

    Raises:
        SchemaError: a content that no record may hold.
    """
    if not items:
        return []
    recorder = Recorder.of_region(here, key, tx)
    sealed = recorder.seal(
        tx, [ToSeal(kind, content, recorder.new_id()) for kind, content in items]
    )
    tx.add_records(sealed, recorder.certificates())
    return sealed
