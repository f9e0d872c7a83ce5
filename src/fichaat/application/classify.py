"""What each record of a bundle is for this installation: new, known, a conflict, a stranger's…"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from msgspec.structs import replace

from fichaat.application.verdict import RecordVerdict
from fichaat.domain.authority import Authority, Standing, standing
from fichaat.domain.chains import Gap, Link
from fichaat.domain.lineage import Estado, History, Lineage, history, waits
from fichaat.domain.recepcion import Resultado
from fichaat.domain.record import Kind, SealedRecord
from fichaat.domain.rol import Rol
from fichaat.domain.subjects import ficha_id


class Holdings(Protocol):
    """The part of a reader that says what is here already."""

    def known(self, sha256s: Collection[str], /) -> set[str]: ...
    def records_about(self, subjects: Collection[str], /) -> list[SealedRecord]: ...
    def records_at(
        self, device: str, chain: str, desde: int = 1, hasta: int | None = None, /
    ) -> list[Link]: ...
    def gaps_in(self, device: str, chain: str, /) -> Sequence[Gap]: ...
    def settings(self, prefix: str, /) -> dict[str, str]: ...
    def authority(
        self, items: Iterable[SealedRecord] = (), extra: Collection[SealedRecord] = (), /
    ) -> Authority: ...


_APART = {
    Standing.FUERA_DE_AMBITO: (Resultado.OUT_OF_SCOPE, "record.out_of_scope"),
    Standing.SIN_DERECHO: (Resultado.WRONG_SIGNER, "record.wrong_signer"),
    Standing.REVOCADO: (Resultado.QUARANTINED, "record.revoked"),
    Standing.FUERA_DE_VIGENCIA: (Resultado.QUARANTINED, "record.expired"),
}


class Classifier:
    """Judges records batch by batch, in the order in which they come."""

    def __init__(
        self,
        reader: Holdings,
        own_device: str,
        now: datetime,
        extra: Collection[SealedRecord] = (),
        moments: Mapping[str, datetime] | None = None,
    ) -> None:
        """Args:
        reader: what is held.
        own_device: of the installation that asks; "" where nobody does.
        now: when a coordinator who asks receives the records.
        extra: what region keys say in the bundle itself.
        moments: when coordinators received records, as they say in the bundle itself.
        """
        self._reader = reader
        self._own = own_device
        self._now = now
        self._extra = extra
        self._moments = moments or {}
        self._core = reader.authority((), extra)
        own = self._core.grant(own_device)
        self._receives = own is not None and own.rol is Rol.COORDINADOR

    @property
    def authority(self) -> Authority:
        """What the region says of devices, the bundle's own word included."""
        return self._core

    def is_trusted(self, device: str) -> bool:
        """Approved by the region and not revoked, the region's own key, or this installation's."""
        core = self._core
        return device in (self._own, core.root) or (
            device in core.grants and device not in core.revoked
        )

    def is_known(self, device: str) -> bool:
        """Whether the region has said anything of it: a revoked device is not waiting."""
        return self.is_trusted(device) or device in self._core.revoked

    def __call__(self, batch: Sequence[SealedRecord]) -> list[RecordVerdict]:
        """One verdict a record; records of the batch count as held for those beside them."""
        known = self._reader.known([item.sha256 for item in batch])
        fresh = [item for item in batch if item.sha256 not in known]
        forks = self._forks(fresh)
        about = self._about(fresh)
        authority = self._judging(fresh, about)
        histories = {id_: history(items, authority) for id_, items in about.items()}
        return [
            _verdict(item, Resultado.KNOWN)
            if item.sha256 in known
            else self._judge(
                item,
                authority,
                histories.get(ficha_id(item.record)),
                forked=item.sha256 in forks,
            )
            for item in batch
        ]

    def _judging(
        self, fresh: Sequence[SealedRecord], about: Mapping[str | None, Sequence[SealedRecord]]
    ) -> Authority:
        """With the moments of all these records; for a coordinator the unknown one is now."""
        items = [*fresh, *(item for group in about.values() for item in group)]
        authority = self._reader.authority(items, self._extra)
        known = dict(authority.moments)
        for item in items:
            moment = self._moments.get(item.sha256)
            if moment is not None:
                known[item.sha256] = min(moment, known.get(item.sha256, moment))
        if self._receives:
            now = {item.sha256: self._now for item in fresh if item.record.device != self._own}
            known = now | known
        return replace(authority, moments=known)

    def _judge(
        self, item: SealedRecord, authority: Authority, story: History | None, *, forked: bool
    ) -> RecordVerdict:
        if item.opaque:
            return _verdict(item, Resultado.OPAQUE, "record.opaque")
        found = (
            _apart(item, standing(item, authority, item.record.device))
            if story is None
            else self._in_history(item, story)
        )
        if found is not None:
            return found
        if forked:
            return _verdict(item, Resultado.FORK, "record.fork")
        later = item.record.kind == Kind.FICHA and item.record.version > 1
        device = item.record.device
        # What a revoked device handed in before stands: nothing about it waits.
        is_said = self.is_trusted(device) or device in self._core.grants
        pending = None if is_said else "record.device_pending"
        return _verdict(item, Resultado.NEW_VERSION if later else Resultado.NEW, pending)

    def _in_history(self, item: SealedRecord, story: History) -> RecordVerdict | None:
        """What the other records about the same ficha make of this one."""
        if any(item.sha256 == other.sha256 for other in story.refused):
            if waits(item, story):
                return None
            return _verdict(item, Resultado.WRONG_SIGNER, "record.wrong_signer")
        line = _line_of(item, story.lineages)
        for apart in line.apartados:
            if apart.item.sha256 == item.sha256:
                return _apart(item, apart.motivo)
        if line.estado is Estado.CUARENTENA:
            own = _apart(item, line.aprobacion) if item.sha256 == line.head.sha256 else None
            return own or _verdict(item, Resultado.QUARANTINED, "record.quarantined")
        if line.disputed and not self.is_trusted(line.origin):
            return _verdict(item, Resultado.QUARANTINED, "record.quarantined")
        if line.estado is Estado.CONFLICTO:
            return _verdict(item, Resultado.CONFLICT, "record.conflict")
        return None

    def _about(self, fresh: Sequence[SealedRecord]) -> dict[str | None, list[SealedRecord]]:
        """All records about the fichas of these, where a look at one alone is not enough."""
        by_id: dict[str, list[SealedRecord]] = defaultdict(list)
        for item in fresh:
            about = ficha_id(item.record)
            if about is not None:
                by_id[about].append(item)
        touched = set()
        for item in self._reader.records_about(by_id):
            about = ficha_id(item.record)
            if about in by_id:
                by_id[about].append(item)
                touched.add(about)
        # A single first version of an id never seen before has no history to look at.
        return {
            about: items
            for about, items in by_id.items()
            if about in touched or len(items) > 1 or items[0].record.kind != Kind.FICHA
        }

    def _forks(self, fresh: Sequence[SealedRecord]) -> set[str]:
        """Records whose place in their chain another record holds."""
        spans: dict[tuple[str, str], list[int]] = defaultdict(list)
        for item in fresh:
            spans[item.record.device, item.record.chain].append(item.record.sequence)
        first: dict[tuple[str, str, int], str] = {}
        forked: set[tuple[str, str, int]] = set()
        for (device, chain), span in spans.items():
            for link in self._reader.records_at(device, chain, min(span), max(span)):
                first[device, chain, link.sequence] = link.sha256
        for item in fresh:
            if first.setdefault(item.place, item.sha256) != item.sha256:
                forked.add(item.place)
        return {item.sha256 for item in fresh if item.place in forked} if forked else set()


def _left(line: Lineage) -> list[SealedRecord]:
    return [apart.item for apart in line.apartados]


def _apart(item: SealedRecord, mark: Standing) -> RecordVerdict | None:
    found = _APART.get(mark)
    return None if found is None else _verdict(item, *found)


def _line_of(item: SealedRecord, lines: Iterable[Lineage]) -> Lineage:
    return next(
        line
        for line in lines
        if any(
            item.sha256 == member.sha256
            for member in (
                *line.versions,
                *line.evidencias,
                *line.anulaciones,
                *line.revisiones,
                *_left(line),
            )
        )
    )


def _verdict(item: SealedRecord, result: Resultado, code: str | None = None) -> RecordVerdict:
    record = item.record
    return RecordVerdict(item.sha256, record.kind, record.id, record.version, result, code)
