"""Whatever is altered in a database, opening it or checking it says so."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from fichaat.application.jobs import CancelToken, no_progress
from fichaat.application.ports.rows import Integrity
from fichaat.domain.credencial import Revocacion
from fichaat.domain.errors import CancelledError, UserFacingError
from fichaat.domain.recepcion import Recepcion, Remitente
from fichaat.domain.record import Content, Kind, sha256_hex
from fichaat.storage import check, engine
from fichaat.storage.engine import PAGE
from fichaat.storage.store import SqlStore
from fichaat.texts import MISSING, message
from tests.support.databases import KEY, new_database
from tests.support.records import SEALED_AT, FakeDevice, FakeTrust, make_ficha, make_uuid7


def fill(path: Path) -> FakeDevice:
    device = FakeDevice()
    store = SqlStore(path, KEY)
    with store.write() as tx:
        tx.add_records([device.ficha(make_ficha(n)) for n in range(12)], device.certificates)
        tx.add_blob(sha256_hex(b"scan" * 9000), b"scan" * 9000)
        tx.add_blob("ab" * 32, bytes(20_000))
    with store.write() as tx:
        tx._session.run("DELETE FROM blobs WHERE sha256 = ?", "ab" * 32)  # leaves unused pages
    store.close()
    return device


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = new_database(tmp_path_factory.mktemp("sana"))
    fill(path)
    assert [file.name for file in path.parent.iterdir()] == ["fichaat.db"]
    return path.read_bytes()


def look(path: Path) -> Integrity:
    store = SqlStore(path, KEY)
    try:
        return store.check(FakeTrust(), no_progress, CancelToken())
    finally:
        store.close()


def is_told(path: Path) -> bool:
    """Whether opening says "storage.corrupt" or the check finds something."""
    try:
        return look(path).differences != ()
    except UserFacingError as error:
        return error.code == "storage.corrupt"


def offsets(size: int) -> Iterator[int]:
    """Salt, both ends and a few places of every page; every byte with FICHAAT_FAULTS=all."""
    if os.environ.get("FICHAAT_FAULTS") == "all":
        yield from range(size)
        return
    random = Random(7)
    yield from range(0, 16, 5)
    for start in range(0, size, PAGE):
        yield start + random.randrange(PAGE)
    yield from (16, 23, 100, PAGE - 1, size - PAGE, size - 1)


def test_a_sound_database_has_no_difference(tmp_path: Path, sound: bytes) -> None:
    path = tmp_path / "fichaat.db"
    path.write_bytes(sound)
    told: list[tuple[int, int]] = []
    store = SqlStore(path, KEY)
    found = store.check(FakeTrust(), lambda a, b: told.append((a, b)), CancelToken())
    store.close()
    assert (found.records, found.differences) == (12, ())
    assert told[-1] == (24, 24)


@pytest.mark.faults
def test_a_flipped_bit_anywhere_is_found(tmp_path: Path, sound: bytes) -> None:
    path = tmp_path / "fichaat.db"
    missed = []
    for offset in offsets(len(sound)):
        damaged = bytearray(sound)
        damaged[offset] ^= 1 << offset % 8
        for file in tmp_path.iterdir():
            file.unlink()
        path.write_bytes(damaged)
        if not is_told(path):
            missed.append(offset)
    assert missed == []


def test_each_damaged_page_is_told_by_its_number_and_in_spanish(
    tmp_path: Path, sound: bytes
) -> None:
    path = tmp_path / "fichaat.db"
    damaged = bytearray(sound)
    for page in (3, 4, len(sound) // PAGE):
        damaged[(page - 1) * PAGE + 500] ^= 1
    path.write_bytes(damaged)
    found = look(path).differences
    pages = [detail for code, detail in found if code == "storage.page_damaged"]
    assert pages == ["3", "4", str(len(sound) // PAGE)]
    told = " ".join(message(code, {"detalle": detail}) for code, detail in found)
    assert "La página 3 de la base de datos está dañada." in told
    assert re.search(r"(?i)fail|malformed|verification|\bfor\b|error", told) is None
    assert MISSING not in told


@pytest.mark.parametrize(
    ("line", "difference"),
    [
        ("row 5 missing from index ix_fichas", ("storage.table_damaged", "ix_fichas")),
        ("wrong # of entries in index ix_fichas", ("storage.table_damaged", "ix_fichas")),
        ("NULL value in fichas.codigo", ("storage.table_damaged", "fichas")),
        ("Tree 12 page 40 cell 3: Rowid 9 out of order", ("storage.page_damaged", "40")),
        ("Page 7: never used", ("storage.page_damaged", "7")),
        ("*** in database main ***", ("storage.structure_damaged", "")),
        (
            "malformed inverted index for FTS5 table main.palabras",
            ("storage.table_damaged", "palabras"),
        ),
    ],
)
def test_the_damaged_part_is_named(line: str, difference: tuple[str, str]) -> None:
    assert check._damaged_part(line) == difference


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data[:-PAGE],
        lambda data: data[:-1],
        lambda data: data[:100],
        lambda data: b"",
        lambda data: data + bytes(PAGE),
        lambda data: data + b"x",
        lambda data: (
            data[:PAGE] + data[2 * PAGE : 3 * PAGE] + data[PAGE : 2 * PAGE] + data[3 * PAGE :]
        ),
        lambda data: bytes(len(data)),
        lambda data: b"SQLite format 3\0" + data[16:],
    ],
)
def test_a_cut_or_rearranged_file_is_found(
    tmp_path: Path, sound: bytes, change: Callable[[bytes], bytes]
) -> None:
    path = tmp_path / "fichaat.db"
    path.write_bytes(change(sound))
    assert is_told(path)


LOST = Revocacion("ab" * 32, SEALED_AT, "Se perdió.", ())
SEEN = Recepcion("ab" * 32, make_uuid7("paquete"), SEALED_AT, Remitente("ab" * 32))


@pytest.mark.parametrize(
    ("device", "kind", "content", "code"),
    [
        (FakeDevice(), Kind.RECEPCION, SEEN, None),
        (FakeDevice(), Kind.REVOCACION, LOST, "bundle.device_key_kind"),
        (FakeDevice(is_region=True), Kind.REVOCACION, LOST, None),
        (FakeDevice(is_region=True), Kind.RECEPCION, SEEN, "bundle.region_key_kind"),
    ],
)
def test_a_record_of_the_wrong_key_is_found(
    tmp_path: Path, device: FakeDevice, kind: Kind, content: Content, code: str | None
) -> None:
    path = new_database(tmp_path)
    sealed = device.seal(kind, content)
    store = SqlStore(path, KEY)
    with store.write() as tx:
        tx.add_records([sealed], device.certificates)
    store.close()
    expected = [] if code is None else [("storage.record_sealer", f"{sealed.sha256} {code}")]
    assert list(look(path).differences) == expected


def alter(path: Path, *statements: str) -> None:
    """What somebody with the key and another program may do."""
    connection: Any = engine.connect(path, KEY)
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
        connection.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        connection.execute(statement)
    connection.close()


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE records SET raw = CAST(raw || ' ' AS BLOB) WHERE n = 3", "storage.record_hash"),
        (
            "UPDATE records SET raw = CAST(replace(raw, 'padrón', 'patrón') AS BLOB)",
            "storage.record_hash",
        ),
        ("UPDATE records SET raw = x'7b7d' WHERE n = 3", "storage.record_damaged"),
        ("UPDATE records SET signature = x'00' WHERE n = 3", "storage.record_signature"),
        ("UPDATE records SET sequence = 99 WHERE n = 3", "storage.record_place"),
        ("UPDATE records SET previous = NULL WHERE n = 3", "storage.record_place"),
        ("UPDATE records SET practice = 1 WHERE n = 3", "storage.record_place"),
        ("UPDATE certificates SET pem = x'00'", "storage.certificate_damaged"),
        ("UPDATE certificates SET device = 'x'", "storage.certificate_damaged"),
        ("DELETE FROM certificates", "storage.certificate_missing"),
        ("UPDATE blobs SET data = x'00'", "storage.blob_damaged"),
        ("DELETE FROM records WHERE n = 3", "storage.projection_differs"),
        ("UPDATE fichas SET estado = 'anulada' WHERE n = 3", "storage.projection_differs"),
        ("DELETE FROM ficha_distritos", "storage.projection_differs"),
        ("DELETE FROM diagnosticos", "storage.projection_differs"),
        ("UPDATE acuerdos SET plazo = ''", "storage.projection_differs"),
        ("UPDATE acuerdo_distritos SET abierto = 0", "storage.projection_differs"),
        ("UPDATE cadenas SET head = 3", "storage.projection_differs"),
        ("INSERT INTO huecos VALUES ('a', 'b', 1, 2)", "storage.projection_differs"),
        ("INSERT INTO bifurcaciones VALUES ('a', 'b', 1)", "storage.projection_differs"),
        ("INSERT INTO sin_efecto VALUES ('a', 'b', 'c')", "storage.projection_differs"),
        ("DELETE FROM record_subjects WHERE record = 3", "storage.projection_differs"),
        (
            "DELETE FROM palabras WHERE rowid = (SELECT max(id) FROM palabras_docsize)",
            "storage.search_differs",
        ),
        ("INSERT INTO palabras (rowid, texto) VALUES (1, 'palabra')", "storage.search_differs"),
    ],
)
def test_what_somebody_with_the_key_altered_is_found(
    tmp_path: Path, sound: bytes, statement: str, code: str
) -> None:
    path = tmp_path / "fichaat.db"
    path.write_bytes(sound)
    alter(path, statement)
    assert code in {found for found, _ in look(path).differences}


def test_rebuilding_repairs_what_was_drawn(tmp_path: Path, sound: bytes) -> None:
    path = tmp_path / "fichaat.db"
    path.write_bytes(sound)
    before = look(path)
    alter(
        path,
        "DELETE FROM fichas",
        "DELETE FROM huecos",
        "DROP TABLE acuerdos",
        "DROP TABLE palabras",
    )
    store = SqlStore(path, KEY)
    rebuilt = store.rebuild(no_progress, CancelToken())
    store.close()
    assert rebuilt.projections_sha256 == before.projections_sha256
    assert look(path) == before


def test_a_check_changes_nothing_and_can_be_cancelled(tmp_path: Path, sound: bytes) -> None:
    path = tmp_path / "fichaat.db"
    path.write_bytes(sound)
    alter(path, "UPDATE fichas SET estado = 'anulada'")
    data = path.read_bytes()
    first = look(path)
    assert look(path) == first
    assert path.read_bytes() == data
    token = CancelToken()
    token.cancel()
    store = SqlStore(path, KEY)
    with pytest.raises(CancelledError):
        store.check(FakeTrust(), no_progress, token)
    store.close()
