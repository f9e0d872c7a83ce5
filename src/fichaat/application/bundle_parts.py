"""What leaves in a bundle because of each record: its bytes, its attachments and its paper."""

from collections import defaultdict
from collections.abc import Collection, Generator, Sequence
from contextlib import closing

from msgspec import Struct
from msgspec.structs import replace

from fichaat.application.contexto import blobs_of_record
from fichaat.application.extracto import Extracto, ExtractoFicha, extract
from fichaat.application.installation import Installation
from fichaat.application.jobs import CancelToken, Progress
from fichaat.application.omitted import bare_spans, is_bare
from fichaat.application.papers import Late, Papers, written_under
from fichaat.application.ports.bundles import BundleNames
from fichaat.application.ports.papers import FichaPaper
from fichaat.application.ports.rows import RecordPlace
from fichaat.application.ports.store import Reader, Transaction
from fichaat.application.resumen import resumen_line
from fichaat.domain.codec import decode_record
from fichaat.domain.lineage import history
from fichaat.domain.record import SealedRecord
from fichaat.domain.subjects import ficha_id

_BATCH = 400
"""Records prepared together: enough papers for the renderer to share them among processes."""


class Part(Struct, frozen=True, gc=False):
    """One record and what travels because of it."""

    place: RecordPlace
    bytes: int
    blobs: frozenset[str] = frozenset()
    paper: tuple[str, str, int] | None = None
    """Name of the PDF member, key of the kept paper, its size."""
    line: tuple[str, ...] | None = None
    """Of `resumen.csv`."""
    left: frozenset[str] = frozenset()
    """Blobs that it names and that stay behind on purpose."""


class PrepareParts:
    def __init__(self, here: Installation, names: BundleNames, papers: Papers) -> None:
        self._here = here
        self._names = names
        self._papers = papers

    def __call__(
        self, chosen: Sequence[RecordPlace], progress: Progress, cancel: CancelToken
    ) -> list[Part]:
        """What travels with each record; renders the papers that are not kept yet.

        Args:
            chosen: the records, in the order in which they leave.
            progress: units are records, in a work twice as long: they are written later.
            cancel: looked at between records; the papers of whole batches stay kept.
        """
        parts: list[Part] = []
        with self._here.store.read() as reader:
            spans = bare_spans(reader)
        chosen = [
            replace(place, bare=place.bare or is_bare((place.chain, place.sequence), spans))
            if place.chain in spans
            else place
            for place in chosen
        ]
        for start in range(0, len(chosen), _BATCH):
            cancel.check()
            batch = chosen[start : start + _BATCH]
            # Closed at once where the person stops: other processes may be rendering.
            with (
                self._here.store.write() as tx,
                closing(self._batch(tx, batch, cancel)) as prepared,
            ):
                for part in prepared:
                    parts.append(part)
                    progress(len(parts), 2 * len(chosen))
                    cancel.check()
        return parts

    def _batch(
        self, tx: Transaction, batch: Sequence[RecordPlace], cancel: CancelToken
    ) -> Generator[Part, None, None]:
        """The papers that are missing are rendered together, and kept as each one comes."""
        kept = tx.signed_bytes([place.n for place in batch])
        records = [extract(kept[place.n][0], place.sha256) for place in batch]
        bare = {place.sha256 for place in batch if place.bare}
        fichas = _fichas(tx, batch, records, bare)
        keys = self._papers.keys(tx, fichas)
        sizes = tx.paper_sizes(keys.values())
        missing: dict[str, FichaPaper] = {}
        for place in batch:
            key = keys.get(place.sha256)
            if key is not None and key not in sizes:
                cancel.check()
                _, late = fichas[place.sha256]
                missing[key] = self._papers.paper(tx, decode_record(*kept[place.n]), late)
        rendered = zip(missing, self._papers.render_many(list(missing.values())), strict=True)
        for place, record in zip(batch, records, strict=True):
            ficha, paper, line = record.content, None, None
            if isinstance(ficha, ExtractoFicha):
                line = resumen_line(place.sha256, record, ficha, self._here.territorio)
                if not place.bare:
                    key = keys[place.sha256]
                    while key not in sizes:
                        ready, pdf = next(rendered)
                        tx.put_paper(ready, pdf)
                        sizes[ready] = len(pdf)
                    name = self._names.pdf_name(ficha.codigo, record.version, place.sha256)
                    paper = (name, key, sizes[key])
            named, none = blobs_of_record(record), frozenset[str]()
            blobs, left = (none, named) if place.bare else (named, none)
            yield Part(place, len(kept[place.n][0]), blobs, paper, line, left)


def _fichas(
    reader: Reader,
    batch: Sequence[RecordPlace],
    records: Sequence[Extracto[object]],
    bare: Collection[str],
) -> dict[str, tuple[ExtractoFicha, Late]]:
    """The fichas of a batch that leave with their paper and what came later about each, by the
    hash of the record.
    """
    ids = {record.id for record in records if isinstance(record.content, ExtractoFicha)}
    late = _late(reader, ids)
    return {
        place.sha256: (
            record.content,
            replace(late.get(place.sha256, Late()), catalogo=written_under(record)),
        )
        for place, record in zip(batch, records, strict=True)
        if isinstance(record.content, ExtractoFicha) and place.sha256 not in bare
    }


def _late(reader: Reader, ids: set[str]) -> dict[str, Late]:
    """What came later about each sealed version of these fichas, by the hash of the version."""
    by_ficha: dict[str, list[SealedRecord]] = defaultdict(list)
    for item in reader.records_about(reader.shared(ids)):
        about = ficha_id(item.record)
        if about in ids:
            by_ficha[about].append(item)
    late = {}
    authority = reader.authority(item for records in by_ficha.values() for item in records)
    for records in by_ficha.values():
        for line in history(records, authority).lineages:
            for version in line.versions:
                late[version.sha256] = Late(
                    [e for e in line.evidencias if _subject(e) == version.sha256],
                    [a for a in line.anulaciones if _subject(a) == version.sha256],
                )
    return late


def _subject(item: SealedRecord) -> str | None:
    sujeto = getattr(item.record.content, "sujeto", None)
    return None if sujeto is None else str(sujeto.sha256)
