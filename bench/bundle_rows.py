"""Bundles: export, verify, import.

Floor of an export: `zipfile` writes the same members, stored, and flushes them to the disk; beside
it, the same with what must come first, every byte read from the encrypted database and hashed.
Verification is of the container, as `StrictBundleReader.open` does it: structure, CRC, the
container's signature, manifest and every digest. Its floor: one pass over the file that compares
directory and local headers, CRC and SHA-256 of every member. A second row, which only informs, is
the whole verdict, every record decoded and its signature verified, beside that pass with one bare
ECDSA verification for each record and for the container.
Floor of an import: that pass, msgspec's typed decoder over every record and `executemany` of every
row that the program ends up with, in one transaction; beside it the same with the bare ECDSA
verifications, which nobody can leave out.
Who imports is a coordinator whose region approved the sender: every reception fixes its moments.
Papers are stand-ins of the size that makes 20,000 members weigh 60 MB.
"""

import hashlib
import os
import struct
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from msgspec.json import Decoder

from bench import fichas, raw_rows
from bench.harness import Case, Side, timed
from bench.places import CIPHER, KEY, PLAIN, Workshop, database_of
from bench.region import Coordinator
from fichaat.application.export_bundle import ExportBundle
from fichaat.application.import_bundle import ImportBundle
from fichaat.application.installation import Installation
from fichaat.application.jobs import CancelToken, no_progress
from fichaat.application.papers import Papers
from fichaat.application.ports.papers import FichaPaper
from fichaat.application.verify_bundle import VerifyBundle
from fichaat.bundle import names
from fichaat.bundle.reader import StrictBundleReader
from fichaat.bundle.writer import StrictBundleWriter
from fichaat.domain.ficha import Ficha
from fichaat.domain.record import Record
from fichaat.storage.engine import connect
from fichaat.texts import message
from fichaat.trust.service import TrustService

_FICHAS = 10_000
_VERIFIED_FICHAS = 6_665
"""With signature and paper, 20,000 members."""

_PAPER = 3_700

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")


@dataclass(frozen=True)
class _Sent:
    """A file that travels, and who made it."""

    path: Path
    sender: Installation


class _StandIn:
    """`ports.PaperRenderer` for rows in which papers are already rendered."""

    version = "stand-in"

    def render(self, paper: FichaPaper) -> bytes:
        head = f"%PDF-1.4\n% {paper.ficha.codigo}\n".encode()
        return head + bytes(_PAPER - len(head))

    def render_many(self, papers: Sequence[FichaPaper]) -> Iterator[bytes]:
        return map(self.render, papers)

    def render_blank(self) -> bytes:
        return b""


def export(work: Workshop, *, full: bool) -> Iterator[Case]:  # noqa: ARG001  # one size
    sent = _send(work, _FICHAS)
    with ZipFile(sent.path) as archive:
        members = [(name, archive.read(name)) for name in archive.namelist()]
    connection = connect(database_of(sent.sender), KEY)

    def read_and_hash() -> None:
        for source in (
            "SELECT raw FROM records",
            "SELECT signature FROM records",
            "SELECT pdf FROM papers",
        ):
            for (data,) in connection.execute(source):
                hashlib.sha256(data).digest()

    def ours() -> float:
        exporter = _exporter(sent.sender)
        start = timed(lambda: made.extend(exporter(work.folder, everything=True)[0]))
        made.pop().path.unlink()
        return start

    made: list[Any] = []
    yield Case(
        f"export {_FICHAS:,} fichas ({len(members):,} members)",
        1.5,
        {
            "zipfile": lambda: _zipped(work, members, lambda: None),
            "SQLCipher + SHA-256 + zipfile": lambda: _zipped(work, members, read_and_hash),
        },
        ours,
        rounds=3,
        informs=["SQLCipher + SHA-256 + zipfile"],
    )


def verify(work: Workshop, *, full: bool) -> Iterator[Case]:  # noqa: ARG001  # one size
    sent = _send(work, _VERIFIED_FICHAS)
    reader = StrictBundleReader(TrustService())
    job = VerifyBundle(reader)
    key, signed = _signatures(sent)

    def container() -> None:
        with reader.open(sent.path, no_progress, CancelToken()) as bundle:
            assert bundle.record_count == _VERIFIED_FICHAS

    def verdict() -> None:
        assert job(sent.path).valido

    def with_signatures() -> None:
        _scan(sent.path)
        _check(key, signed)

    members = f"{len(_scan(sent.path)):,} members"
    yield Case(
        f"verify {members} ({sent.path.stat().st_size / 1e6:.0f} MB)",
        1.5,
        {"scan + SHA-256": lambda: timed(lambda: _scan(sent.path))},
        lambda: timed(container),
    )
    honest = "scan + SHA-256 + ECDSA"
    yield Case(
        f"verdict about {members}, every record",
        1.5,
        {honest: lambda: timed(with_signatures)},
        lambda: timed(verdict),
        rounds=3,
        informs=[honest],
    )


def import_(work: Workshop, *, full: bool) -> Iterator[Case]:
    sent = _send(work, _FICHAS)
    key, signed = _signatures(sent)
    coordinator = Coordinator(work, [sent.sender])
    rows = _rows_received(coordinator, sent.path)
    floors = {
        label: _import_floor(work, label, sent.path, rows, lambda: None)
        for label in (PLAIN, CIPHER)
    }
    honest = f"{CIPHER} + ECDSA"
    floors[honest] = _import_floor(work, CIPHER, sent.path, rows, lambda: _check(key, signed))
    yield Case(
        f"import {_FICHAS:,} fichas",
        2,
        floors,
        lambda: _received(coordinator, [sent.path]),
        rounds=3,
        informs=[honest],
    )
    few = _send(work, 1_000)
    number = 100_000 if full else _FICHAS
    many = _send_volumes(work, number) if full else (sent.sender, [sent.path])
    both = Coordinator(work, [few.sender, many[0]])
    yield Case(
        f"import, cost of a ficha of {number:,}",
        1.2,
        {"of 1,000": lambda: _received(both, [few.path]) / 1_000},
        lambda: _received(both, many[1]) / number,
        rounds=3,
    )


def _received(coordinator: Coordinator, paths: Sequence[Path]) -> float:
    """Seconds that a coordinator takes to receive these files."""
    here = coordinator.installation()
    job = ImportBundle(here, StrictBundleReader(TrustService()))
    try:
        return sum(timed(partial(_demand_applied, job, path)) for path in paths)
    finally:
        here.store.close()
        _forget(database_of(here))


def _rows_received(coordinator: Coordinator, path: Path) -> raw_rows.RawRows:
    """What a coordinator's database holds once the file is received."""
    here = coordinator.installation()
    _demand_applied(ImportBundle(here, StrictBundleReader(TrustService())), path)
    here.store.close()
    rows = raw_rows.rows_of(here)
    _forget(database_of(here))
    return rows


def _send(work: Workshop, number: int) -> _Sent:
    here = work.installation()
    fichas.seal_many(here, number)
    files, _ = _exporter(here)(work.folder, everything=True)
    return _Sent(files[0].path, here)


def _send_volumes(work: Workshop, number: int) -> tuple[Installation, list[Path]]:
    """More than one file may hold."""
    here = work.installation()
    fichas.seal_many(here, number)
    files, _ = _exporter(here)(work.folder, everything=True)
    return here, [file.path for file in files]


def _exporter(here: Installation) -> ExportBundle:
    return ExportBundle(here, StrictBundleWriter(), names, Papers(_StandIn(), here, message))


def _zipped(work: Workshop, members: list[tuple[str, bytes]], first: Callable[[], None]) -> float:
    path = work.new_path(".zip")

    def write() -> None:
        first()
        with path.open("wb") as out:
            with ZipFile(out, "w") as archive:
                for name, data in members:
                    archive.writestr(name, data)
            out.flush()
            os.fsync(out.fileno())

    try:
        return timed(write)
    finally:
        path.unlink()


def _scan(path: Path) -> list[tuple[bytes, bytes, memoryview]]:
    """Name, SHA-256 and bytes of every member, once both headers and the CRC agree."""
    data = path.read_bytes()
    view = memoryview(data)
    _, _, _, _, count, _, start, _ = _END.unpack_from(data, len(data) - _END.size)
    members = []
    place = start
    for _ in range(count):
        found = _CENTRAL.unpack_from(data, place)
        crc, size, length, offset = found[7], found[8], found[10], found[16]
        name = data[place + _CENTRAL.size : place + _CENTRAL.size + length]
        local = _LOCAL.unpack_from(data, offset)
        body = offset + _LOCAL.size + length
        content = view[body : body + size]
        if (local[6], local[7], data[offset + _LOCAL.size : body]) != (crc, size, name):
            raise ValueError(name)
        if zlib.crc32(content) != crc:
            raise ValueError(name)
        members.append((name, hashlib.sha256(content).digest(), content))
        place += _CENTRAL.size + length
    return members


def _signatures(sent: _Sent) -> tuple[ec.EllipticCurvePublicKey, list[tuple[bytes, bytes]]]:
    """The sender's key and what it signed: each record, and the manifest once."""
    certificate = x509.load_pem_x509_certificate(sent.sender.key.certificate_pem)
    key = certificate.public_key()
    assert isinstance(key, ec.EllipticCurvePublicKey)
    signed = [(item.raw, item.signature) for item in fichas.records_of(sent.sender)]
    manifest = ZipFile(sent.path).read(names.MANIFEST)
    return key, [*signed, (manifest, sent.sender.key.sign_record(manifest))]


def _check(key: ec.EllipticCurvePublicKey, signed: list[tuple[bytes, bytes]]) -> None:
    algorithm = ec.ECDSA(SHA256())
    for data, signature in signed:
        key.verify(signature, data, algorithm)


def _import_floor(
    work: Workshop, label: str, path: Path, rows: raw_rows.RawRows, also: Callable[[], None]
) -> Side:
    decoder = Decoder(Record[Ficha])

    def side() -> float:
        target = work.new_path()
        connection = work.bare(label, target)
        raw_rows.create(connection, rows, label)

        def job() -> None:
            members = _scan(path)
            for name, _, data in members:
                if name.startswith(b"registros/") and name.endswith(b".json"):
                    decoder.decode(data)
            also()
            connection.execute("BEGIN IMMEDIATE")
            raw_rows.write(connection, rows)
            connection.execute("COMMIT")

        try:
            return timed(job)
        finally:
            connection.close()
            _forget(target)

    return side


def _demand_applied(job: ImportBundle, path: Path) -> None:
    verdict, _ = job(path)
    if not (verdict.aplicado and verdict.confiable):
        raise RuntimeError(verdict.codigo)


def _forget(path: Path) -> None:
    for found in path.parent.glob(path.name + "*"):
        found.unlink()
