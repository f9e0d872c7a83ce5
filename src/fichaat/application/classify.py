"""What each record of a bundle is for this installation: new, known, a conflict, a stranger's…"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Protocol

from fichaat.application.verdict import RecordVerdict
from fichaat.domain.authority import Authority, Standing, standing
from fichaat.domain.chains import Link
from fichaat.domain.firma import Anulacion, Evidencia
from fichaat.domain.lineage import Estado, History, Lineage, history
from fichaat.domain.recepcion import Resultado
from fichaat.domain.record import Kind, SealedRecord
from fichaat.domain.subjects import ficha_id


class Holdings(Protocol):
    """The part of a reader that says what is here already."""

    def known(self, sha256s: Collection[str], /) -> set[str]: ...
    def records_about(self, subjects: Collection[str], /) -> list[SealedRecord]: ...
    def records_at(
        self, device: str, chain: str, desde: int = 1, hasta: int | None = None, /
    ) -> list[Link]: ...


class Classifier:
    """Judges records batch by batch, in the order in which they come."""

    def __init__(self, reader: Holdings, own_device: str, authority: Authority) -> None:
        self._reader = reader
        self._own = own_device
        self._authority = authority

    def is_trusted(self, device: str) -> bool:
        """Approved by the region, or this installation's own."""
        return device == self._own or device in self._authority.credentials

    def __call__(self, batch: Sequence[SealedRecord]) -> list[RecordVerdict]:
        """One verdict a record; records of the batch count as held for those beside them."""
        known = self._reader.known([item.sha256 for item in batch])
        fresh = [item for item in batch if item.sha256 not in known]
        forks = self._forks(fresh)
        histories = self._histories(fresh)
        return [
            _verdict(item, Resultado.KNOWN)
            if item.sha256 in known
            else self._judge(
                item, histories.get(ficha_id(item.record)), forked=item.sha256 in forks
            )
            for item in batch
        ]

    def _judge(self, item: SealedRecord, story: History | None, *, forked: bool) -> RecordVerdict:
        if item.opaque:
            return _verdict(item, Resultado.OPAQUE, "record.opaque")
        if story is not None:
            found = self._in_history(item, story)
            if found is not None:
                return found
        elif standing(item.record, self._authority) is Standing.FUERA_DE_AMBITO:
            return _verdict(item, Resultado.OUT_OF_SCOPE, "record.out_of_scope")
        if forked:
            return _verdict(item, Resultado.FORK, "record.fork")
        later = item.record.kind == Kind.FICHA and item.record.version > 1
        pending = None if self.is_trusted(item.record.device) else "record.device_pending"
        return _verdict(item, Resultado.NEW_VERSION if later else Resultado.NEW, pending)

    def _in_history(self, item: SealedRecord, story: History) -> RecordVerdict | None:
        """What the other records about the same ficha make of this one."""
        if any(item.sha256 == other.sha256 for other in story.refused):
            if _waits(item, story):
                return None
            return _verdict(item, Resultado.WRONG_SIGNER, "record.wrong_signer")
        line = _line_of(item, story.lineages)
        if standing(item.record, self._authority, line.origin) is Standing.FUERA_DE_AMBITO:
            return _verdict(item, Resultado.OUT_OF_SCOPE, "record.out_of_scope")
        if line.estado is Estado.CUARENTENA:
            return _verdict(item, Resultado.QUARANTINED, "record.quarantined")
        if line.disputed and not self.is_trusted(line.origin):
            return _verdict(item, Resultado.QUARANTINED, "record.quarantined")
        if line.estado is Estado.CONFLICTO:
            return _verdict(item, Resultado.CONFLICT, "record.conflict")
        return None

    def _histories(self, fresh: Sequence[SealedRecord]) -> dict[str | None, History]:
        by_id: dict[str, list[SealedRecord]] = defaultdict(list)
        for item in fresh:
            about = ficha_id(item.record)
            if about is not None:
                by_id[about].append(item)
        held = self._reader.records_about(by_id)
        touched = set()
        for item in held:
            about = ficha_id(item.record)
            if about in by_id:
                by_id[about].append(item)
                touched.add(about)
        # A single first version of an id never seen before has no history to look at.
        return {
            about: history(items, self._authority)
            for about, items in by_id.items()
            if about in touched or len(items) > 1 or items[0].record.kind != Kind.FICHA
        }

    def _forks(self, fresh: Sequence[SealedRecord]) -> set[str]:
        """Records whose place in their chain another record holds."""
        places: dict[tuple[str, str, int], set[str]] = defaultdict(set)
        spans: dict[tuple[str, str], list[int]] = defaultdict(list)
        for item in fresh:
            spans[item.record.device, item.record.chain].append(item.record.sequence)
        for (device, chain), span in spans.items():
            for link in self._reader.records_at(device, chain, min(span), max(span)):
                places[device, chain, link.sequence].add(link.sha256)
        for item in fresh:
            places[item.place].add(item.sha256)
        return {item.sha256 for item in fresh if len(places[item.place]) > 1}


def _waits(item: SealedRecord, story: History) -> bool:
    """Whether the version that a signature or an annulment is about has yet to come: until then
    nobody can say whose it is.
    """
    content = item.record.content
    if not isinstance(content, Evidencia | Anulacion):
        return False
    lines = [version for line in story.lineages for version in line.versions]
    return all(content.sujeto.sha256 != other.sha256 for other in (*lines, *story.refused))


def _line_of(item: SealedRecord, lines: Iterable[Lineage]) -> Lineage:
    return next(
        line
        for line in lines
        if any(
            item.sha256 == member.sha256
            for member in (*line.versions, *line.evidencias, *line.anulaciones)
        )
    )


def _verdict(item: SealedRecord, result: Resultado, code: str | None = None) -> RecordVerdict:
    record = item.record
    return RecordVerdict(item.sha256, record.kind, record.id, record.version, result, code)
