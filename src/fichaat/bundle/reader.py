"""Opens a container that may be hostile: each step is taken only once the one before it holds.

Structure, signature over the manifest, manifest, digests, `paquete.json`, certificates; then, as
they are asked for, the records (`checked_bundle`).
"""

import os
import stat
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import zip_longest
from pathlib import Path
from typing import BinaryIO

import msgspec

from fichaat.application.jobs import CancelToken, Progress
from fichaat.application.ports.bundles import OpenBundle
from fichaat.application.ports.keys import RecordVerifier, Trust
from fichaat.bundle import manifest, names, strict_zip
from fichaat.bundle.checked_bundle import CheckedBundle
from fichaat.bundle.layout import Entry
from fichaat.bundle.names import Part, RecordName
from fichaat.domain import codec
from fichaat.domain.errors import SchemaError, UserFacingError
from fichaat.domain.paquete import FORMATO, MAX_BUNDLE, PaqueteInfo, TramoCadena
from fichaat.system.atomic import system_error


class StrictBundleReader:
    """Accepts what `StrictBundleWriter` makes and nothing else."""

    def __init__(self, trust: Trust) -> None:
        self._trust = trust

    @contextmanager
    def open(self, path: Path, progress: Progress, cancel: CancelToken) -> Iterator[OpenBundle]:
        """Check everything but the records, and keep the file open for them.

        The file is opened once: what happens to its name meanwhile does not matter.

        Args:
            path: the container.
            progress: bytes read of the whole file.
            cancel: looked at between pieces of the file, and while records are read.

        Raises:
            UserFacingError: "bundle.*", "system.*": why it is not an intact, valid container.
            CancelledError: the person cancelled.
        """
        with open_regular(path) as file, self.check(file, progress, cancel) as bundle:
            yield bundle

    @contextmanager
    def check(
        self,
        file: BinaryIO,
        progress: Progress,
        cancel: CancelToken,
        *,
        received: str | None = None,
    ) -> Iterator[CheckedBundle]:
        """Check everything but the records of an open file; see `open`.

        Args:
            file: the container; it must stay open for the records.
            progress: bytes read.
            cancel: looked at between pieces of the file, and while records are read.
            received: SHA-256 of the envelope in which it came; None where it came in none.
        """
        entries = strict_zip.read_directory(file)
        records = _section(entries, Part.RECORD)
        _check_pairs(records)
        scan = strict_zip.scan(file, entries, progress, cancel)
        index, signature = (strict_zip.read_member(file, entry) for entry in entries[-2:])
        exporter = self._trust.verify_container(index, signature).device
        # Not listed: `mimetype`, which is always first, and META-INF, which is always last.
        manifest.check(
            index,
            [
                (entry.name, digest)
                for entry, digest in zip(entries[1:-2], scan.digests[1:-2], strict=True)
            ],
        )
        info = _read_info(strict_zip.read_member(file, entries[1]))
        places = [names.parse_record_name(entry.name) for entry in records[::2]]
        _check_info(info, exporter, places)
        _check_papers(_section(entries, Part.PDF), places)
        blobs = _blobs(entries, scan.digests)
        held = _section(entries, Part.CERTIFICATE)
        certificates, verifiers = self._certificates(file, held, places, exporter)
        with self._trust.checks(len(records) // 2) as checks:
            yield CheckedBundle(
                file,
                records,
                blobs,
                cancel,
                sha256=scan.sha256 if received is None else received,
                cifrado=received is not None,
                info=info,
                exporter=exporter,
                certificates=certificates,
                verifiers=verifiers,
                trust=self._trust,
                checks=checks,
            )

    def _certificates(
        self,
        file: BinaryIO,
        entries: Sequence[Entry],
        places: Sequence[RecordName],
        exporter: str,
    ) -> tuple[dict[str, bytes], dict[str, RecordVerifier]]:
        """Each device that sealed a record has its certificate, and no other but the exporter."""
        sealing = {place.device for place in places}
        held = {names.parse_certificate_name(entry.name): entry for entry in entries}
        for device in sorted(sealing - held.keys()):
            raise UserFacingError("bundle.certificate_missing", equipo=device)
        for device in sorted(held.keys() - sealing - {exporter}):
            raise UserFacingError("bundle.certificate_unused", equipo=device)
        certificates: dict[str, bytes] = {}
        verifiers: dict[str, RecordVerifier] = {}
        for device, entry in held.items():
            pem = strict_zip.read_member(file, entry)
            verifier = self._trust.verifier(pem)
            if verifier.device != device:
                raise UserFacingError("bundle.certificate_name", equipo=device)
            certificates[device] = pem
            verifiers[device] = verifier
        return certificates, verifiers


def open_regular(path: Path) -> BinaryIO:
    """Only a regular file: a pipe or a device could be waited on for ever.

    Raises:
        UserFacingError: "bundle.not_found", "bundle.not_a_file", "bundle.too_large", "system.*".
    """
    try:
        # A pipe put in its place after the look must not block the program either.
        flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
        if not stat.S_ISREG(path.stat().st_mode):
            raise UserFacingError("bundle.not_a_file")
        file = os.fdopen(os.open(path, flags), "rb")
    except FileNotFoundError as error:
        raise UserFacingError("bundle.not_found") from error
    except OSError as error:
        raise system_error(error, path) from error
    except ValueError as error:  # a null character in the name
        raise UserFacingError("bundle.not_found") from error
    found = os.fstat(file.fileno())
    if not stat.S_ISREG(found.st_mode) or found.st_size > MAX_BUNDLE:
        file.close()
        if stat.S_ISREG(found.st_mode):
            raise UserFacingError("bundle.too_large", limite=MAX_BUNDLE)
        raise UserFacingError("bundle.not_a_file")
    return file


def _check_papers(papers: Sequence[Entry], places: Sequence[RecordName]) -> None:
    """Each paper is of a record of this file; what it shows is never trusted all the same."""
    held = {place.sha256[:8] for place in places}
    for entry in papers:
        if names.parse_pdf_name(entry.name) not in held:
            raise UserFacingError("bundle.paper_unknown", miembro=entry.name)


def _section(entries: Sequence[Entry], part: Part) -> Sequence[Entry]:
    """The members of one kind: they stand together, records among their signatures."""
    first, last = _bounds(entries, part)
    return entries[first:last]


def _bounds(entries: Sequence[Entry], part: Part) -> tuple[int, int]:
    rank = names.RANKS[part]
    first = bisect_left(entries, rank, key=_rank)
    return first, bisect_right(entries, rank, first, key=_rank)


def _rank(entry: Entry) -> int:
    return names.RANKS[entry.part]


def _check_pairs(records: Sequence[Entry]) -> None:
    """A record stands before its signature, and neither stands alone."""
    for record, signature in zip_longest(records[::2], records[1::2]):
        if signature is None or record.name[:-4] != signature.name[:-3]:
            raise UserFacingError("bundle.record_pair", miembro=record.name)


def _blobs(entries: Sequence[Entry], digests: Sequence[bytes]) -> dict[str, Entry]:
    """The attachments by the hash that is their name."""
    first, last = _bounds(entries, Part.BLOB)
    found: dict[str, Entry] = {}
    for entry, digest in zip(entries[first:last], digests[first:last], strict=True):
        sha256 = digest.hex()
        if names.parse_blob_name(entry.name) != sha256:
            raise UserFacingError("bundle.blob_hash", miembro=entry.name)
        found[sha256] = entry
    return found


class _Formato(msgspec.Struct, frozen=True):
    """The one member that every format will have."""

    formato: int


def _read_info(raw: bytes) -> PaqueteInfo:
    try:
        formato = msgspec.json.decode(raw, type=_Formato).formato
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise UserFacingError("bundle.info_form", problema="schema.not_json") from None
    if formato > FORMATO:
        raise UserFacingError("bundle.newer_format", formato=min(formato, 9999))
    try:
        return codec.decode_as(raw, PaqueteInfo)
    except SchemaError as error:
        raise UserFacingError("bundle.info_form", problema=error.code) from error


def _check_info(info: PaqueteInfo, exporter: str, places: Sequence[RecordName]) -> None:
    """What `paquete.json` says of the file is what the file holds."""
    if info.exportador.device != exporter:
        raise UserFacingError("bundle.info_exporter")
    if info.volumen[0] > info.volumen[1]:
        raise UserFacingError("bundle.info_volume")
    if info.registros != len(places):
        raise UserFacingError("bundle.info_records", dice=info.registros, tiene=len(places))
    if info.cadenas != _chain_ranges(places):
        raise UserFacingError("bundle.info_chains")
    if not isinstance(info.solicitud, msgspec.UnsetType) and places:
        raise UserFacingError("bundle.info_request")


def _chain_ranges(places: Sequence[RecordName]) -> tuple[TramoCadena, ...]:
    """The first and last sequence of each chain, in the order of the file."""
    held: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place in places:
        held[place.device, place.chain].append(place.sequence)
    return tuple(TramoCadena(*chain, min(held[chain]), max(held[chain])) for chain in sorted(held))
