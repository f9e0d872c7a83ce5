"""What the moments in a bundle say about clocks: those of others, and this computer's own.

A reception is sealed for ever, and a coordinator's fixes the moment by which records are judged: a
laptop whose battery died must not write one before somebody looked at its date.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, Protocol

from msgspec.structs import replace

from fichaat.application.recorder import (
    CHAIN_PREVIOUS_SETTING,
    CHAIN_SETTING,
    REGION_CHAIN_PREVIOUS_SETTING,
    REGION_CHAIN_SETTING,
)
from fichaat.application.verdict import Doubt, OwnClock, RecordVerdict, WrongClock
from fichaat.domain.authority import Authority
from fichaat.domain.chains import Link
from fichaat.domain.recepcion import Resultado
from fichaat.domain.record import Kind, Record, SealedRecord
from fichaat.domain.rol import Rol

CLOCKS_DIFFER: Final = timedelta(hours=1)
"""Less is nobody's concern."""

IDLE: Final = timedelta(days=365)
"""Whoever receives for a region seals something more often."""

_SEVERAL: Final = 2
"""One device that runs ahead is its own mistake."""

_STOPPING: Final = frozenset({Doubt.SEALED_LATER, Doubt.APPROVED_LATER, Doubt.ENDED, Doubt.LEAP})
_BEHIND: Final = frozenset({Doubt.SEALED_LATER, Doubt.APPROVED_LATER, Doubt.ALL_AHEAD})


class OwnRecords(Protocol):
    """The part of a reader that finds what this installation sealed."""

    def setting(self, key: str, /) -> str | None: ...
    def chain_head(self, device: str, chain: str, /) -> Link | None: ...
    def record(self, sha256: str, /) -> SealedRecord | None: ...


def last_sealed(reader: OwnRecords, device: str, root: str | None) -> datetime | None:
    """What the clock said when this installation last sealed a record, before a restore too: its
    own, else one of the region key. The last one, not the latest: a clock that ran ahead and was
    put right is doubted once.

    Args:
        reader: what is held here.
        device: of this installation.
        root: the accepted region key.
    """
    chains = (
        (device, CHAIN_SETTING, CHAIN_PREVIOUS_SETTING),
        (root, REGION_CHAIN_SETTING, REGION_CHAIN_PREVIOUS_SETTING),
    )
    for sealer, setting, previous in chains:
        chain = reader.setting(setting)
        head = reader.chain_head(sealer, chain) if sealer and chain else None
        digest = reader.setting(previous) if head is None else head.sha256
        item = reader.record(digest) if digest else None
        if item is not None:
            return item.record.sealed_at
    return None


class Clocks:
    """Hears of every record of a bundle, then says whose clock is wrong."""

    def __init__(
        self,
        now: datetime,
        device: str = "",
        rol: Rol | None = None,
        last: datetime | None = None,
    ) -> None:
        """Args:
        now: what this computer's clock says; without a profile, when the bundle was made.
        device: of this installation; "" without a profile: its clock is not looked at.
        rol: of its profile.
        last: `last_sealed` of it.
        """
        self._now = now
        self._own = device
        self._rol = rol
        self._last = last
        self._others: set[str] = set()
        self._ahead: dict[str, datetime] = {}

    def note(self, record: Record[object]) -> None:
        """One record, known or new."""
        device = record.device
        if device == self._own:
            return
        self._others.add(device)
        if record.sealed_at > self._now + CLOCKS_DIFFER:
            latest = self._ahead.get(device, record.sealed_at)
            self._ahead[device] = max(latest, record.sealed_at)

    def ahead(self, own: OwnClock | None) -> tuple[WrongClock, ...]:
        """The others that run ahead; of none is that said while this one seems to be behind."""
        if own is not None and own.motivo in _BEHIND:
            return ()
        return tuple(
            WrongClock(device, -((self._now - latest) // timedelta(days=1)))
            for device, latest in sorted(self._ahead.items())
        )

    def own(self, authority: Authority, verdicts: Sequence[RecordVerdict]) -> OwnClock | None:
        """Why this computer's clock may be wrong; None where nothing speaks against it.

        Args:
            authority: what the region says, the bundle's own word included.
            verdicts: about all records of the bundle.
        """
        if not self._own:
            return None
        grant = authority.grant(self._own)
        # What a revoked one receives is worth nothing on any date.
        is_good = self._own not in authority.revoked
        receives = is_good and grant is not None and grant.rol is Rol.COORDINADOR
        coordinates = receives or self._rol is Rol.COORDINADOR
        fresh = [item for item in verdicts if item.resultado is not Resultado.KNOWN]
        expired = sum(item.codigo == "record.expired" for item in fresh) if receives else 0
        found = self._doubt(authority, expired, receives=receives, coordinates=coordinates)
        if found is None:
            return None
        # Receptions alone are not received.
        writes = any(item.kind != Kind.RECEPCION for item in fresh)
        stops = found.motivo in _STOPPING and coordinates and writes
        return replace(found, registros=expired, detiene=stops)

    def _doubt(
        self, authority: Authority, expired: int, *, receives: bool, coordinates: bool
    ) -> OwnClock | None:
        now, last = self._now, self._last
        if last is not None and last > now + CLOCKS_DIFFER:
            return OwnClock(Doubt.SEALED_LATER, now, last)
        current = authority.grant(self._own, now)
        if receives and current is None:
            said = authority.grants[self._own]
            ended = [grant.hasta for grant in said if grant.hasta < now]
            if ended:
                return OwnClock(Doubt.ENDED, now, max(ended))
            return OwnClock(Doubt.APPROVED_LATER, now, min(grant.desde for grant in said))
        if coordinates and last is not None:
            # A credential given since then shows that the region was at work.
            at_work = last if current is None else max(last, current.desde)
            if now - at_work > IDLE:
                return OwnClock(Doubt.LEAP, now, last)
        if len(self._others) >= _SEVERAL and self._ahead.keys() == self._others:
            return OwnClock(Doubt.ALL_AHEAD, now)
        return OwnClock(Doubt.EXPIRED, now) if expired else None
