"""Use case: carry sealed work out as signed files that anyone can verify."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from fichaat.application.addressees import addressees, demand_answerable
from fichaat.application.changes import Changes
from fichaat.application.contexto import blobs_of_record
from fichaat.application.extracto import Extracto, ExtractoFicha, extract
from fichaat.application.installation import Installation
from fichaat.application.jobs import CancelToken, Progress, no_progress
from fichaat.application.omitted import bare_spans, is_bare
from fichaat.application.papers import Late, Papers, written_under
from fichaat.application.party import Party, party
from fichaat.application.ports.bundles import BundleFile, BundleMember, BundleNames, BundleWriter
from fichaat.application.ports.papers import FichaPaper
from fichaat.application.ports.rows import RecordPlace
from fichaat.application.ports.store import Reader, Transaction
from fichaat.application.resumen import resumen_csv, resumen_line
from fichaat.application.selection import ANSWERED_SETTING, Selection, answer_to, pending
from fichaat.application.selection import everything as all_records
from fichaat.domain.codec import decode_record, encode
from fichaat.domain.errors import UserFacingError
from fichaat.domain.lineage import history
from fichaat.domain.paquete import (
    FORMATO,
    MAX_BUNDLE,
    MAX_MEMBERS,
    Omitido,
    PaqueteInfo,
    TramoCadena,
)
from fichaat.domain.recepcion import Remitente
from fichaat.domain.record import SealedRecord
from fichaat.domain.subjects import ficha_id
from fichaat.domain.text import fold

MIN_VOLUME = 100_000
"""Bytes under which no volume is worth making."""

_MEMBER_OVERHEAD = 800
"""Bytes that container and manifest add around a member: more than the longest name needs."""

_FIXED_OVERHEAD = 20_000
_ENVELOPE_SHARE = 4_000
"""An envelope adds 16 bytes to every 64 KiB: less than this part of the whole."""

_RECIPIENT_BYTES = 500
_BATCH = 400
"""Records prepared together: enough papers for the renderer to share them among processes."""

_NAME_LENGTH = 40
_WORD = re.compile(r"[a-z0-9]+")
"""What of a name every file system keeps."""

_HANDFUL = 100
_HANDFUL_BYTES = 1_000_000
"""What one query reads while members are written."""

T = TypeVar("T")

WriterFor = Callable[[Sequence[str], CancelToken], BundleWriter]
"""A writer whose files only these age recipients can open; the token stops it."""


class _Part(Struct, frozen=True, gc=False):
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


class ExportBundle:
    def __init__(
        self,
        here: Installation,
        writer: BundleWriter,
        names: BundleNames,
        papers: Papers,
        writer_for: WriterFor | None = None,
    ) -> None:
        """Without `writer_for` everything leaves plain."""
        self._here = here
        self._writer_for = writer_for
        self._writer = writer
        self._names = names
        self._papers = papers

    def __call__(
        self,
        folder: Path,
        *,
        everything: bool = False,
        para: str | None = None,
        plain: bool = False,
        volume_bytes: int | None = None,
        progress: Progress = no_progress,
        cancel: CancelToken | None = None,
    ) -> tuple[list[BundleFile], Changes]:
        """Write the records into one or several volumes, each valid alone, encrypted to the
        region's addressees where a catalogue names them.

        Args:
            folder: where the files go; it must exist.
            everything: all records here; else those that no coordinator has acknowledged, the own
                ones for a specialist and all for who forwards.
            para: the device of a sender: what concerns it, as an answer that only it can open;
                with `everything` also all that it sealed.
            plain: leave them legible for whoever gets hold of the files.
            volume_bytes: largest size of a file; one file where None.
            progress: units are records, twice: prepared, then written.
            cancel: looked at between records; files already whole stay.

        Raises:
            UserFacingError: "bundle.nothing_to_export" (nothing is held),
                "bundle.nothing_pending" (all of it is acknowledged), "bundle.nothing_to_answer"
                (for a sender), "bundle.answer_*" (no answer is written here, or not to that
                device), "bundle.volume_too_small", "system.*" (no space, read-only, removed).
        """
        token = cancel or CancelToken()
        now = self._here.clock.now().replace(microsecond=0)
        with self._here.store.read() as reader:
            if para is not None:
                demand_answerable(reader, self._here, para)
            places = list(reader.places())
            to = () if plain else addressees(reader, self._here, para).recipients
            # The agreements of others leave in the open only where somebody chose that.
            wanted = _selection(para, everything=everything, shared=plain or bool(to))
            chosen = wanted(reader, self._here)
            to_whom = None if para is None else party(reader.authority(), para)
            last = reader.last_number()
        writer, volume_bytes = self._writer_to(to, volume_bytes, token)
        if not chosen:
            raise UserFacingError(_why_nothing(para, held=bool(places)))
        parts = self._prepare(chosen, progress, token)
        volumes = split_volumes(parts, self._blob_sizes(parts), volume_bytes)
        bundle_id = self._here.ids.new_id()
        left_out = _left_out(places, chosen)
        files = []
        with self._here.store.read() as reader:
            done = len(chosen)
            for number, volume in enumerate(volumes, 1):
                omitted = (*_left_blobs(volume), *left_out)[:MAX_MEMBERS]
                info = self._info(bundle_id, now, volume, (number, len(volumes)), omitted)
                target = folder / _file_name(info, now, to_whom)
                members = self._members(reader, info, volume)
                counted = _counting(members, done, 2 * len(chosen), progress, token)
                files.append(writer.write(target, counted, self._here.key, now))
                done += len(volume)
        with self._here.store.write() as tx:
            tx.mark_exported([place.sha256 for place in chosen], bundle_id, now)
            if para is not None:
                tx.set_setting(ANSWERED_SETTING + para, str(last))
        return files, Changes()

    def _writer_to(
        self, recipients: Sequence[str], volume_bytes: int | None, cancel: CancelToken
    ) -> tuple[BundleWriter, int | None]:
        """Who writes, and how much may be in one file: an envelope is larger than its content."""
        if self._writer_for is None or not recipients:
            return self._writer, volume_bytes
        limit = MAX_BUNDLE if volume_bytes is None else min(volume_bytes, MAX_BUNDLE)
        around = limit // _ENVELOPE_SHARE + _RECIPIENT_BYTES * (1 + len(recipients))
        return self._writer_for(recipients, cancel), limit - around

    def _prepare(
        self, chosen: Sequence[RecordPlace], progress: Progress, cancel: CancelToken
    ) -> list[_Part]:
        """What travels with each record; renders the papers that are not kept yet."""
        parts: list[_Part] = []
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
    ) -> Generator[_Part, None, None]:
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
            yield _Part(place, len(kept[place.n][0]), blobs, paper, line, left)

    def _blob_sizes(self, parts: Sequence[_Part]) -> dict[str, int]:
        named = frozenset[str]().union(*(part.blobs for part in parts))
        if not named:
            return {}
        with self._here.store.read() as reader:
            return reader.blob_sizes(named)

    def _info(
        self,
        bundle_id: str,
        now: datetime,
        volume: Sequence[_Part],
        number: tuple[int, int],
        left_out: tuple[Omitido, ...],
    ) -> PaqueteInfo:
        ranges: dict[tuple[str, str], list[int]] = defaultdict(list)
        for part in volume:
            ranges[part.place.device, part.place.chain].append(part.place.sequence)
        return PaqueteInfo(
            formato=FORMATO,
            id=bundle_id,
            region=self._here.profile.region,
            exportador=Remitente(
                self._here.key.device, self._here.profile.nombre, self._here.profile.entidad
            ),
            creado=now,
            volumen=number,
            registros=len(volume),
            cadenas=tuple(
                TramoCadena(device, chain, min(sequences), max(sequences))
                for (device, chain), sequences in sorted(ranges.items())
            ),
            omitidos=left_out,
            practice=self._here.profile.practice,
        )

    def _members(
        self, reader: Reader, info: PaqueteInfo, volume: Sequence[_Part]
    ) -> Iterator[BundleMember]:
        """In the order of the profile, one at a time."""
        names = self._names
        yield BundleMember("paquete.json", encode(info))
        for part, (raw, signature) in _signed_bytes(reader, volume):
            found = part.place
            place = (found.device, found.chain, found.sequence, found.sha256)
            yield BundleMember(names.record_name(*place), raw, found.sha256)
            yield BundleMember(names.record_signature_name(*place), signature)
        devices = {part.place.device for part in volume} | {self._here.key.device}
        pems = {self._here.key.device: self._here.key.certificate_pem} | reader.certificates(
            devices
        )
        for device in sorted(pems):
            yield BundleMember(names.certificate_name(device), pems[device])
        sizes = reader.blob_sizes(frozenset[str]().union(*(part.blobs for part in volume)))
        for digests in _handfuls(sorted(sizes.items())):
            for digest, data in sorted(reader.blobs(digests).items()):
                yield BundleMember(names.blob_name(digest), data, digest)
        # A name holds eight letters of a hash: one of two papers made to share it is enough.
        papers = {
            name: (key, size) for name, key, size in sorted({p.paper for p in volume if p.paper})
        }
        for chosen in _handfuls((name, size) for name, (_, size) in sorted(papers.items())):
            pdfs = reader.papers([papers[name][0] for name in chosen])
            for name in chosen:
                yield BundleMember(name, pdfs.get(papers[name][0], b""))
        yield BundleMember("resumen.csv", resumen_csv(part.line for part in volume if part.line))


def _why_nothing(para: str | None, *, held: bool) -> str:
    if para is not None:
        return "bundle.nothing_to_answer"
    return "bundle.nothing_pending" if held else "bundle.nothing_to_export"


def _selection(para: str | None, *, everything: bool, shared: bool) -> Selection:
    if para is not None:
        return answer_to(para, own=everything, shared=shared)
    return all_records if everything else pending


def _signed_bytes(
    reader: Reader, volume: Sequence[_Part]
) -> Iterator[tuple[_Part, tuple[bytes, bytes]]]:
    """Each record with its bytes and signature."""
    for parts in _handfuls((part, part.bytes) for part in volume):
        kept = reader.signed_bytes([part.place.n for part in parts])
        for part in parts:
            yield part, kept[part.place.n]


def _handfuls(sized: Iterable[tuple[T, int]]) -> Iterator[list[T]]:
    """What is read together: so few that their bytes stay few."""
    chosen: list[T] = []
    room = _HANDFUL_BYTES
    for item, size in sized:
        if chosen and (len(chosen) >= _HANDFUL or size > room):
            yield chosen
            chosen, room = [], _HANDFUL_BYTES
        chosen.append(item)
        room -= size
    if chosen:
        yield chosen


def split_volumes(
    parts: Sequence[_Part], blob_sizes: dict[str, int], limit: int | None
) -> list[list[_Part]]:
    """Consecutive records into files that stay under the limit and under the profile's caps.

    Raises:
        UserFacingError: "bundle.volume_too_small": one record alone does not fit.
    """
    limit = MAX_BUNDLE if limit is None else min(limit, MAX_BUNDLE)
    if limit < MIN_VOLUME:
        raise UserFacingError("bundle.volume_too_small", limite=limit)
    volumes: list[list[_Part]] = []
    size, members, held = limit + 1, 0, set[str]()
    for part in parts:
        fresh = {digest for digest in part.blobs if digest in blob_sizes}
        cost, count = _cost(part, fresh - held, blob_sizes)
        if size + cost > limit or members + count > MAX_MEMBERS:
            volumes.append([])
            size, members, held = _FIXED_OVERHEAD, 10, set()
            cost, count = _cost(part, fresh, blob_sizes)
            if size + cost > limit:
                raise UserFacingError("bundle.volume_too_small", limite=limit)
        volumes[-1].append(part)
        size, members = size + cost, members + count
        held |= fresh
    return volumes


def _cost(part: _Part, blobs: set[str], sizes: dict[str, int]) -> tuple[int, int]:
    """Bytes and members that a record adds: itself, signature, certificate, blobs, paper, line."""
    data = part.bytes + sum(sizes[digest] for digest in blobs)
    data += 0 if part.paper is None else part.paper[2]
    count = 3 + len(blobs) + (part.paper is not None)
    return data + count * _MEMBER_OVERHEAD + 4_000, count


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


def _left_blobs(volume: Sequence[_Part]) -> tuple[Omitido, ...]:
    """Attachments that stay behind on purpose, each under the place of the record that names it."""
    return tuple(
        Omitido(part.place.chain, part.place.sequence, digest)
        for part in volume
        for digest in sorted(part.left)
    )


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


def _left_out(places: Sequence[RecordPlace], chosen: Sequence[RecordPlace]) -> tuple[Omitido, ...]:
    """Records of the exported chains that stay behind on purpose."""
    taken = {place.sha256 for place in chosen}
    chains = {(place.device, place.chain) for place in chosen}
    stay = [
        Omitido(place.chain, place.sequence, place.sha256)
        for place in places
        if place.sha256 not in taken and (place.device, place.chain) in chains
    ]
    return tuple(stay[:MAX_MEMBERS])


def _file_name(info: PaqueteInfo, now: datetime, to_whom: Party | None) -> str:
    volume = "" if info.volumen[1] == 1 else f"-{info.volumen[0]:02d}de{info.volumen[1]:02d}"
    moment = f"{now:%Y%m%d-%H%M}"
    who = f"fichaat-{info.region}-{info.exportador.device[:8]}"
    if to_whom is not None:
        name = "-".join(_WORD.findall(fold(to_whom.nombre)))[:_NAME_LENGTH]
        who = "-".join(filter(None, ("respuesta", name, to_whom.device[:8])))
    return f"{who}-{moment}-{info.id[-6:]}{volume}.fichaat"


def _counting(
    members: Iterator[BundleMember], done: int, total: int, progress: Progress, cancel: CancelToken
) -> Iterator[BundleMember]:
    """Tells of every record that passes, and lets the person stop."""
    for member in members:
        cancel.check()
        yield member
        if member.name.endswith(".json") and member.name != "paquete.json":
            done += 1
            progress(done, total)
