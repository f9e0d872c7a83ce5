"""What would be held here if the records looked at so far had been taken: for looking only."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from sys import intern

from msgspec.structs import replace

from fichaat.application.classify import Holdings
from fichaat.domain.authority import Authority
from fichaat.domain.chains import Gap, Link, chain_state
from fichaat.domain.ficha import Ficha
from fichaat.domain.firma import Anulacion, Evidencia
from fichaat.domain.persona import Autor
from fichaat.domain.record import SealedRecord
from fichaat.domain.revision import Revision
from fichaat.domain.subjects import ficha_id


class Overlay:
    """Holdings that remember the batches of a bundle without writing any.

    A bundle may hold a gigabyte: of each record only what decides about others is kept.
    """

    def __init__(self, held: Holdings) -> None:
        self._held = held
        self._about: dict[str, list[SealedRecord]] = defaultdict(list)
        self._links: dict[tuple[str, str], list[Link]] = defaultdict(list)

    def add(self, records: Iterable[SealedRecord]) -> None:
        """Remember records that are not held."""
        for item in records:
            record = item.record
            link = Link(record.sequence, item.sha256, record.previous)
            self._links[record.device, record.chain].append(link)
            about = ficha_id(record)
            if about is not None:
                self._about[about].append(_slim(item))

    def known(self, sha256s: Collection[str], /) -> set[str]:
        return self._held.known(sha256s)

    def records_about(self, subjects: Collection[str], /) -> list[SealedRecord]:
        """Those held, and slim copies of those remembered."""
        found = self._held.records_about(subjects)
        for subject in subjects:
            found.extend(self._about.get(subject, ()))
        return found

    def authority(
        self, items: Iterable[SealedRecord] = (), extra: Collection[SealedRecord] = (), /
    ) -> Authority:
        return self._held.authority(items, extra)

    def records_at(
        self, device: str, chain: str, desde: int = 1, hasta: int | None = None, /
    ) -> list[Link]:
        found = self._held.records_at(device, chain, desde, hasta)
        found.extend(
            link
            for link in self._links.get((device, chain), ())
            if desde <= link.sequence and (hasta is None or link.sequence <= hasta)
        )
        return found

    def gaps_in(self, device: str, chain: str, /) -> Sequence[Gap]:
        return chain_state(chain, self.records_at(device, chain)).gaps

    def settings(self, prefix: str, /) -> dict[str, str]:
        return self._held.settings(prefix)


_NOBODY = Autor("", "", "")


def _slim(item: SealedRecord) -> SealedRecord:
    """As much of a record as `lineage.history` and `authority.standing` look at."""
    record = item.record
    content = record.content
    if isinstance(content, Ficha):
        content = Ficha(content.codigo, content.ejecutor, distritos=content.distritos)
    elif isinstance(content, Evidencia):
        content = Evidencia(content.sujeto)
    elif isinstance(content, Anulacion):
        content = Anulacion(content.sujeto, "")
    elif isinstance(content, Revision):
        content = Revision(content.sujeto, content.veredicto, "", None)
    device = intern(record.device)
    kept = replace(record, content=content, author=_NOBODY, device=device, previous=None)
    return replace(item, raw=b"", signature=b"", record=kept)
