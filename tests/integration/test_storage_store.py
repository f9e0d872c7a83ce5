"""The opened database: what goes in comes out, what must not happen cannot."""

import sqlite3
import threading
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from sqlcipher3 import dbapi2

from fichaat.application.jobs import CancelToken, no_progress
from fichaat.application.ports.rows import Draft, FichaFilter
from fichaat.domain.acuerdo import EstadoAcuerdo
from fichaat.domain.chains import Link
from fichaat.domain.errors import UserFacingError
from fichaat.domain.ficha import Sesion
from fichaat.domain.record import sha256_hex
from fichaat.domain.subjects import subjects_of
from fichaat.storage import engine as engine_module
from fichaat.storage.store import SqlStore
from tests.support.databases import KEY, new_database
from tests.support.records import FakeDevice, FakeTrust, make_ficha, make_uuid7

LIMA = timezone(timedelta(hours=-5))
NOW = datetime(2026, 11, 20, 12, tzinfo=LIMA)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    opened = SqlStore(new_database(tmp_path), KEY)
    yield opened
    opened.close()


def differences(store: SqlStore) -> tuple[tuple[str, str], ...]:
    return store.check(FakeTrust(), no_progress, CancelToken()).differences


# --- records ---


def test_records_come_back_byte_for_byte_in_the_order_of_their_places(store: SqlStore) -> None:
    device, other = FakeDevice(), FakeDevice(2)
    records = [device.ficha(make_ficha(n)) for n in range(5)]
    records += [other.seal("cosa_nueva", {"z": [1, None, "ñ"]})]
    with store.write() as tx:
        tx.add_records(records[::-1], device.certificates | other.certificates)
    with store.read() as reader:
        found = list(reader.records())
        assert sorted(item.sha256 for item in found) == sorted(item.sha256 for item in records)
        assert [item.sha256 for item in found] == [place.sha256 for place in reader.places()]
        assert {item.raw for item in found} == {item.raw for item in records}
        assert reader.record(records[0].sha256) == records[0]
        assert reader.record("0" * 64) is None
        assert reader.known([records[0].sha256, "0" * 64]) == {records[0].sha256}
        assert reader.known([]) == set()
        places = list(reader.places())
        assert {(p.device, p.chain, p.sequence) for p in places} == {i.place for i in records}
        chosen = places[1:4]
        assert reader.signed_bytes([place.n for place in (*chosen, chosen[0])]) == {
            place.n: (item.raw, item.signature)
            for place, item in zip(places, found, strict=True)
            if place in chosen
        }
        assert reader.signed_bytes([]) == reader.signed_bytes([10**6]) == {}
        assert reader.record_count() == 6
        assert reader.certificates([device.device, "x"]) == device.certificates
    assert differences(store) == ()


def test_adding_again_changes_nothing(store: SqlStore) -> None:
    device = FakeDevice()
    records = [device.ficha(make_ficha(n)) for n in range(3)]
    for _ in range(2):
        with store.write() as tx:
            tx.add_records([*records, records[0]], device.certificates)
    with store.read() as reader:
        assert reader.record_count() == 3
        assert len(reader.fichas(FichaFilter())) == 3


def test_places_of_a_chain(store: SqlStore) -> None:
    device = FakeDevice()
    records = [device.ficha(make_ficha(n)) for n in range(4)]
    twin = device.fork()
    twin.sequence, twin.previous = 3, records[2].sha256
    fork = twin.ficha(make_ficha(9))
    with store.write() as tx:
        tx.add_records([*records[1:], fork], device.certificates)
    with store.read() as reader:
        assert [link.sequence for link in reader.records_at(device.device, device.chain)] == [
            2,
            3,
            4,
            4,
        ]
        assert reader.records_at(device.device, device.chain, 3, 3) == [
            Link(3, records[2].sha256, records[1].sha256)
        ]
        head = reader.chain_head(device.device, device.chain)
        assert head is not None
        assert head.sha256 == min(records[3].sha256, fork.sha256)
        assert reader.chain_head(device.device, "nada") is None
        assert reader.forks() == [(device.device, device.chain, 4)]
        assert [(row.gap.desde, row.gap.hasta) for row in reader.gaps()] == [(1, 1)]


def test_records_about_a_subject(store: SqlStore) -> None:
    device = FakeDevice()
    ficha = device.ficha(make_ficha(1))
    acuerdo = next(iter(make_ficha(1).acuerdos)).id
    event = device.event(acuerdo, EstadoAcuerdo.CUMPLIDO)
    annulment = device.annul(ficha)
    with store.write() as tx:
        tx.add_records([ficha, event, annulment], device.certificates)
    with store.read() as reader:
        about = reader.records_about(subjects_of(ficha.record))
        assert {item.sha256 for item in about} == {ficha.sha256, event.sha256, annulment.sha256}
        assert [item.sha256 for item in about] == sorted(item.sha256 for item in about)
        assert reader.shared({ficha.record.id, acuerdo, "x"}) == {ficha.record.id, acuerdo}
        assert reader.shared([]) == set()
        assert reader.records_about([]) == []
        assert reader.records_about(["x"]) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE records SET version = 2",
        "DELETE FROM records",
        "REPLACE INTO records SELECT * FROM records",
        "UPDATE blobs SET data = x'00'",
    ],
)
def test_nothing_edits_what_is_sealed(store: SqlStore, statement: str) -> None:
    device = FakeDevice()
    with store.write() as tx:
        tx.add_records([device.ficha(make_ficha(1))], device.certificates)
        tx.add_blob(sha256_hex(b"x"), b"x")
    with pytest.raises(dbapi2.IntegrityError), store.write() as tx:
        tx._session.run(statement)
    assert differences(store) == ()


def test_a_transaction_is_kept_whole_or_not_at_all(store: SqlStore) -> None:
    device = FakeDevice()
    with pytest.raises(ZeroDivisionError), store.write() as tx:  # noqa: PT012  # the story is the block
        tx.add_records([device.ficha(make_ficha(1))], device.certificates)
        tx.add_blob(sha256_hex(b"x"), b"x")
        tx.set_setting("a", "b")
        raise ZeroDivisionError
    with store.read() as reader:
        assert reader.record_count() == 0
        assert reader.setting("a") is None
        assert reader.blob_sizes([sha256_hex(b"x")]) == {}
        assert reader.search("sala") == []


def test_a_reader_sees_one_moment_and_cannot_write(store: SqlStore) -> None:
    with store.read() as reader:
        assert reader.setting("a") is None
        with store.write() as tx:
            tx.set_setting("a", "b")
        assert reader.setting("a") is None
        with pytest.raises(dbapi2.OperationalError):
            reader._session.run("INSERT INTO settings VALUES ('x', 'y')")
    with store.read() as reader:
        assert reader.setting("a") == "b"


def test_two_threads_write_one_after_the_other(store: SqlStore) -> None:
    def reserve() -> None:
        for _ in range(20):
            with store.write() as tx:
                tx.next_numbers("c", 2026, 1)

    threads = [threading.Thread(target=reserve) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.write() as tx:
        assert tx.next_numbers("c", 2026, 5) == 61
        assert tx.next_numbers("c", 2026, 1) == 66
        assert tx.next_numbers("c", 2027, 1) == 1
        assert tx.next_numbers("d", 2026, 1) == 1


def test_writing_inside_a_write_is_refused(
    store: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fichaat.storage.store.BUSY_SECONDS", 0.01)
    with store.write(), pytest.raises(UserFacingError) as caught, store.write():
        pass
    assert caught.value.code == "storage.locked"


# --- drafts, blobs, papers ---


def test_drafts(store: SqlStore) -> None:
    first = Draft(make_uuid7(1), make_ficha(1), NOW)
    second = Draft(make_uuid7(2), make_ficha(2), NOW, discarded_at=NOW)
    with store.write() as tx:
        tx.put_drafts([second, first])
        tx.put_draft(replace(first, ficha=make_ficha(1, observaciones="“ñ”\n\t😀")))
    with store.read() as reader:
        draft = reader.draft(first.ficha.codigo)
        assert draft is not None
        assert draft.ficha.observaciones == "“ñ”\n\t😀"
        assert draft.updated_at == NOW
        assert reader.draft(second.ficha.codigo) is None
        assert [d.id for d in reader.drafts()] == [first.id]
        assert [d.id for d in reader.drafts(discarded=True)] == [second.id]
    with store.write() as tx:
        tx.delete_drafts([first.id, "not there"])
        assert tx.drafts() == []


def test_blobs_and_papers(store: SqlStore) -> None:
    data = bytes(range(256)) * 5000
    digest = sha256_hex(data)
    with store.write() as tx:
        tx.add_blob(digest, data)
        tx.add_blob(digest, data)
        tx.put_paper("p", b"%PDF")
        tx.put_paper("p", b"%PDF2")
        tx.mark_exported([digest], "b", NOW)
        tx.mark_exported([digest], "b", NOW)
    with store.read() as reader:
        assert reader.blob(digest) == data
        assert reader.blob("no") is None
        assert reader.blob_sizes([digest, "no"]) == {digest: len(data)}
        assert reader.papers(["p", "q"]) == {"p": b"%PDF2"}


# --- lists and searches ---


def test_pages_follow_each_other_under_every_filter(store: SqlStore) -> None:
    device = FakeDevice()
    records = [
        device.ficha(
            make_ficha(
                n,
                fecha=date(2026, 1, 1) + timedelta(days=n // 3),
                distritos=("050101", "050108") if n % 2 else ("050401",),
            )
        )
        for n in range(60)
    ]
    records += [device.annul(records[n]) for n in range(0, 60, 5)]
    with store.write() as tx:
        tx.add_records(records, device.certificates)
    filters = [
        FichaFilter(),
        FichaFilter(estado="anulada"),
        FichaFilter(distrito="050108"),
        FichaFilter(estado="sellada", distrito="050101"),
        FichaFilter(desde=date(2026, 1, 5), hasta=date(2026, 1, 9)),
        FichaFilter("sellada", "050401", date(2026, 1, 5), date(2026, 1, 9)),
        FichaFilter(distrito="999999"),
    ]
    with store.read() as reader:
        everything = reader.fichas(FichaFilter(), limit=1000)
        assert len(everything) == 60
        assert [r.key for r in everything] == sorted((r.key for r in everything), reverse=True)
        for wanted in filters:
            expected = [
                row
                for row in everything
                if (wanted.estado is None or row.estado == wanted.estado)
                and (wanted.distrito is None or wanted.distrito in row.distritos)
                and (wanted.desde is None or row.fecha >= wanted.desde.isoformat())
                and (wanted.hasta is None or row.fecha <= wanted.hasta.isoformat())
            ]
            found, after = [], None
            while page := reader.fichas(wanted, after=after, limit=7):
                found += page
                after = page[-1].key
            assert found == expected
        assert reader.fichas_with_codigo(everything[0].codigo) == [everything[0]]
        assert reader.fichas_with_id(everything[0].id) == [everything[0]]


def test_every_filter_is_answered_by_an_index(
    store: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = date(2026, 1, 5)
    with store.read() as reader:
        session = reader._session
        asked: list[tuple[str, tuple[object, ...]]] = []
        real = session.rows

        def listen(sql: str, *values: object) -> list[Any]:
            asked.append((sql, values))
            return real(sql, *values)

        monkeypatch.setattr(session, "rows", listen)
        for estado in (None, "sellada"):
            for distrito in (None, "050101"):
                for since in (None, day):
                    reader.fichas(FichaFilter(estado, distrito, since, since), after="2026-09-09x")
        for sql, values in asked:
            plan = " ".join(str(row[3]) for row in real(f"EXPLAIN QUERY PLAN {sql}", *values))
            assert "SCAN" not in plan, (sql, plan)
            assert "TEMP B-TREE" not in plan, (sql, plan)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("naupari", [1]),
        ("ÑAUPARÍ", [1]),
        ("ñaup", [1]),
        ("padron nominal", [3, 2, 1]),
        ("padr nomi", [3, 2, 1]),
        ("adron", []),
        ("05-2026-K7Q2MX-0002", [2]),
        ("K7Q2MX-0003", [3]),
        ("k7q2mx", [3, 2, 1]),
        ("auditorio sala", []),
        ("« naupari »", [1]),
        ('"naupari', [1]),
        ("naupari OR zapato", []),
        ("naupari AND jornada", []),
        ("NOT", []),
        ("naupari*", [1]),
        ("texto:naupari", []),
        ("'; DROP TABLE records; --", []),
        ('"" OR 1=1', []),
        ("", []),
        ("   ", []),
        ("-- !! ()", []),
        ("\0", []),
        ("naupari\0x", []),
        ("\ud800", []),
        ("😀", []),
        ("漢字", [3]),
        ("a" * 5000, []),
        ("padron " * 500, [3, 2, 1]),
    ],
)
def test_search(store: SqlStore, text: str, found: list[int]) -> None:
    device = FakeDevice()
    contents = [
        make_ficha(1, observaciones="Percy Oré Ñauparí"),
        make_ficha(2),
        make_ficha(3, lugar="漢字 Auditorio"),
    ]
    with store.write() as tx:
        tx.add_records([device.ficha(content) for content in contents], device.certificates)
    with store.read() as reader:
        assert [int(row.codigo[-4:]) for row in reader.search(text)] == found
        assert reader.search(text, limit=0) == []


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.text(max_size=60))
def test_no_text_breaks_a_search(store: SqlStore, text: str) -> None:
    with store.read() as reader:
        assert isinstance(reader.search(text), list)


def test_search_shows_the_newest_first_to_the_last_of_a_day(store: SqlStore) -> None:
    device = FakeDevice()
    contents = [
        make_ficha(n, fecha=date(2026, 3, 1) + timedelta(days=(n * 7) % 5)) for n in range(40)
    ]
    with store.write() as tx:
        tx.add_records([device.ficha(content) for content in contents], device.certificates)
    with store.read() as reader:
        everything = reader.fichas(FichaFilter(), limit=100)
        assert reader.search("sala", limit=100) == everything
        for limit in (1, 7, 8, 9, 25, 40):
            assert reader.search("sala", limit=limit) == everything[:limit]


def test_what_the_rules_ask(store: SqlStore) -> None:
    device = FakeDevice()
    first = device.ficha(make_ficha(1, fecha=date(2026, 3, 1)))
    second = device.ficha(make_ficha(2, fecha=date(2026, 2, 1)))
    later = device.ficha(
        make_ficha(3, fecha=date(2026, 1, 1), sesion=Sesion.SEGUIMIENTO, acuerdos=0)
    )
    annulled = device.ficha(make_ficha(4, fecha=date(2026, 1, 15)))
    records = [first, second, later, annulled, device.annul(annulled)]
    acuerdos = [a.id for n in (1, 2) for a in make_ficha(n).acuerdos]
    records.append(device.event(acuerdos[0], EstadoAcuerdo.CUMPLIDO))
    with store.write() as tx:
        tx.add_records(records, device.certificates)
    with store.read() as reader:
        where = ["050101", "050108"]
        assert reader.first_diagnosis(where, but="x") == {"050101": date(2026, 2, 1)}
        assert reader.first_diagnosis(where, but=second.record.id) == {"050101": date(2026, 3, 1)}
        assert reader.fichas_of_day(date(2026, 2, 1), where) == [
            (second.record.id, second.record.content)
        ]
        assert reader.fichas_of_day(date(2026, 1, 15), where) == []
        assert reader.fichas_of_day(date(2026, 2, 1), []) == []
        assert reader.open_acuerdos(where) == {"050101": frozenset(acuerdos[1:])}
        row = reader.acuerdos([acuerdos[0], "x"])[acuerdos[0]]
        assert (row.estado, row.ficha, row.distritos) == (
            "cumplido",
            first.record.id,
            ("050101",),
        )


# --- errors of the system ---


def sqlite_error(number: int) -> dbapi2.OperationalError:
    error = dbapi2.OperationalError("technical words")
    error.sqlite_errorcode = number
    return error


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (sqlite3.SQLITE_FULL, "storage.no_space"),
        (sqlite3.SQLITE_READONLY, "storage.read_only"),
        (sqlite3.SQLITE_READONLY_DBMOVED, "storage.read_only"),
        (sqlite3.SQLITE_IOERR_WRITE, "storage.io"),
        (sqlite3.SQLITE_IOERR_FSYNC, "storage.io"),
        (sqlite3.SQLITE_CORRUPT, "storage.corrupt"),
        (sqlite3.SQLITE_NOTADB, "storage.corrupt"),
        (sqlite3.SQLITE_BUSY, "storage.locked"),
        (sqlite3.SQLITE_CANTOPEN, "storage.io"),
    ],
)
def test_what_sqlite_reports_is_said_in_words(store: SqlStore, number: int, code: str) -> None:
    with pytest.raises(UserFacingError) as caught, store.write():
        raise sqlite_error(number)
    assert (caught.value.code, caught.value.params) == (code, {})


def test_a_check_on_a_full_disk_does_not_speak_of_saving(
    store: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: SqlStore) -> None:
        raise sqlite_error(sqlite3.SQLITE_FULL)

    monkeypatch.setattr(SqlStore, "_fold_log", full)
    with pytest.raises(UserFacingError) as caught:
        store.check(FakeTrust(), no_progress, CancelToken())
    assert caught.value.code == "storage.no_space_to_read"


def test_a_failed_write_on_a_full_disk_is_a_full_disk(
    store: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Usage:
        free = 4096

    monkeypatch.setattr("shutil.disk_usage", lambda _: Usage)
    with pytest.raises(UserFacingError) as caught, store.write():
        raise sqlite_error(sqlite3.SQLITE_IOERR_WRITE)
    assert caught.value.code == "storage.no_space"


def test_a_mistake_of_the_program_is_no_error_of_the_person(store: SqlStore) -> None:
    with pytest.raises(dbapi2.OperationalError, match="no such table"), store.write() as tx:
        tx._session.run("SELECT * FROM nowhere")
    with pytest.raises(OSError, match="theirs"), store.read():
        raise OSError("theirs")


def test_a_database_without_room_keeps_what_it_had(store: SqlStore) -> None:
    """SQLite's own limit stands for the disk: the same code, the same way back."""
    device = FakeDevice()
    with store.write() as tx:
        tx.add_records([device.ficha(make_ficha(1))], device.certificates)
        pages = tx._session.value("PRAGMA page_count")
        tx._session.rows(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(UserFacingError) as caught, store.write() as tx:
        tx.add_blob("ab", bytes(1_000_000))
    assert caught.value.code == "storage.no_space"
    with store.read() as reader:
        assert reader.record_count() == 1
    with store.write() as tx:
        tx._session.rows("PRAGMA max_page_count = 1000000")
        tx.add_blob(sha256_hex(b"x"), b"x")
    assert differences(store) == ()


def test_another_key_opens_nothing(tmp_path: Path) -> None:
    path = new_database(tmp_path)
    with pytest.raises(UserFacingError) as caught:
        SqlStore(path, bytes(32))
    assert caught.value.code == "storage.corrupt"


def test_nothing_of_the_content_stands_in_the_files(store: SqlStore, tmp_path: Path) -> None:
    device = FakeDevice()
    with store.write() as tx:
        tx.add_records([device.ficha(make_ficha(1, lugar="PALABRASECRETA"))], device.certificates)
        tx.put_draft(Draft(make_uuid7(1), make_ficha(2, lugar="PALABRASECRETA"), NOW))
        for path in tmp_path.iterdir():
            assert b"PALABRASECRETA" not in path.read_bytes()
    for path in tmp_path.iterdir():
        data = path.read_bytes()
        assert b"PALABRASECRETA" not in data
        assert b"SQLite format" not in data
    assert KEY.hex() not in repr(store)


def test_every_connection_is_durable_and_checked(store: SqlStore, tmp_path: Path) -> None:
    connection = engine_module.connect(tmp_path / "fichaat.db", KEY)
    try:
        asked = ("journal_mode", "synchronous", "foreign_keys", "recursive_triggers")
        values = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in asked]
        assert values == ["wal", 2, 1, 1]
    finally:
        connection.close()
