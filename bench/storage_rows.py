"""Writing: autosave, seal, many rows at once, drawing everything anew.

Floors: the same bytes or rows, written by the library alone with the same tables, indexes, journal
and `synchronous = FULL`. Autosave and seal: one UPDATE or INSERT of the same bytes and a commit.
Bulk: `executemany` of every row that the program ends up with (records, subjects, fichas,
districts, agreements, search words) in one transaction. Rebuild: read the records, decode them
with msgspec, `executemany` of the same drawn rows.
"""

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

from msgspec.json import Decoder
from msgspec.structs import replace

from bench import fichas, raw_rows
from bench.harness import Case, Side, timed
from bench.places import CIPHER, PLAIN, Workshop
from fichaat.application.installation import Installation
from fichaat.application.jobs import CancelToken, no_progress
from fichaat.application.ports.rows import Draft
from fichaat.application.save_draft import SaveDraft, new_codigos, new_draft
from fichaat.application.seal_ficha import SealFicha
from fichaat.domain.codec import encode
from fichaat.domain.ficha import Ficha
from fichaat.domain.record import Record, SealedRecord, sha256_hex

LABELS = (PLAIN, CIPHER)

_HELD = 1000
"""Fichas that already stand where one is sealed."""

_DRAFTS = 400
_BULK = 10_000
_BATCH = 500


def autosave(work: Workshop, *, full: bool) -> Iterator[Case]:  # noqa: ARG001  # one size
    here = work.installation()
    drafts = _drafts(here, 20)
    with here.store.write() as tx:
        tx.put_drafts(drafts)
    save = SaveDraft(here)
    changing = count()

    def ours() -> float:
        """What is typed differs at each save; nobody has signed it yet."""
        remark = f"Cambio {next(changing)}"
        ficha = replace(drafts[0].ficha, firmas=(), observaciones=remark)
        return timed(lambda: save(ficha.codigo, ficha))

    data = encode(replace(drafts[0], ficha=replace(drafts[0].ficha, firmas=())))
    floors: dict[str, Side] = {}
    for label in LABELS:
        raw = work.bare(label)
        raw.execute("CREATE TABLE drafts (id TEXT PRIMARY KEY, codigo TEXT, data BLOB)")
        raw.execute("INSERT INTO drafts VALUES ('1', '1', ?)", (data,))
        floors[label] = _commit(
            raw,
            "UPDATE drafts SET data = ? WHERE id = '1'",
            lambda: (data[:-4] + b"%4d" % next(changing),),
        )
    yield Case("autosave of one change", 2, floors, ours, rounds=7, calls=150)


def seal(work: Workshop, *, full: bool) -> Iterator[Case]:  # noqa: ARG001  # one size
    here = work.installation()
    fichas.seal_many(here, _HELD)
    records = fichas.records_of(here)
    waiting: list[str] = []
    seal_ficha = SealFicha(here)

    def ours() -> float:
        if not waiting:
            fresh = _drafts(here, _DRAFTS)
            with here.store.write() as tx:
                tx.put_drafts(fresh)
            waiting.extend(draft.ficha.codigo for draft in fresh)
        codigo = waiting.pop()
        return timed(lambda: _demand_sealed(seal_ficha, codigo))

    numbers = count()
    floors: dict[str, Side] = {}
    for label in LABELS:
        raw = work.bare(label)
        raw.execute("CREATE TABLE records (n INTEGER PRIMARY KEY, raw BLOB, signature BLOB)")

        def values() -> tuple[object, ...]:
            item = records[next(numbers) % len(records)]
            return item.raw, item.signature

        floors[label] = _commit(raw, "INSERT INTO records (raw, signature) VALUES (?, ?)", values)
    yield Case("seal one ficha", 6, floors, ours, rounds=7, calls=60)


def bulk(work: Workshop, *, full: bool) -> Iterator[Case]:  # noqa: ARG001  # one size
    origin = work.installation()
    fichas.seal_many(origin, _BULK)
    records = fichas.records_of(origin)
    rows = raw_rows.rows_of(origin)
    pems = {origin.key.device: origin.key.certificate_pem}
    origin.store.close()

    def ours() -> float:
        here = work.installation()
        try:
            return timed(lambda: _add(here, records, pems))
        finally:
            here.store.close()

    yield Case(
        f"bulk write of {_BULK:,} fichas + {rows.count - 2 * _BULK:,} children",
        1.7,
        {label: executemany(work, label, rows) for label in LABELS},
        ours,
        rounds=3,
    )


def rebuild(work: Workshop, *, full: bool) -> Iterator[Case]:
    small = _sealed(work, 1000)
    sizes = (20_000, 100_000) if full else (10_000,)
    rows = raw_rows.rows_of(small)
    yield Case(
        "rebuild all projections of 1,000 records",
        2,
        {label: _redraw_floor(work, label, rows) for label in LABELS},
        _redraw(small, 1000),
        rounds=5,
    )
    for size in sizes:
        large = _sealed(work, size)
        yield Case(
            f"rebuild, cost of a ficha of {size:,}",
            1.2,
            {"of 1,000": _redraw(small, 1000)},
            _redraw(large, size),
            rounds=3,
        )
        large.store.close()


def executemany(work: Workshop, label: str, rows: raw_rows.RawRows) -> Side:
    """All rows into empty tables, in one transaction."""

    def side() -> float:
        connection = work.bare(label)
        raw_rows.create(connection, rows, label)

        def write() -> None:
            connection.execute("BEGIN IMMEDIATE")
            raw_rows.write(connection, rows)
            connection.execute("COMMIT")

        try:
            return timed(write)
        finally:
            connection.close()

    return side


def _commit(connection: Any, sql: str, values: Callable[[], tuple[object, ...]]) -> Side:  # noqa: ANN401
    def side() -> float:
        given = values()

        def write() -> None:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(sql, given)
            connection.execute("COMMIT")

        return timed(write)

    return side


def _drafts(here: Installation, number: int) -> list[Draft]:
    with here.store.write() as tx:
        codigos = new_codigos(tx, here, number)
        tx.add_blob(sha256_hex(fichas.STROKE), fichas.STROKE)
    return [new_draft(here, ficha) for ficha in fichas.visits(here, codigos)]


def _demand_sealed(seal_ficha: SealFicha, codigo: str) -> None:
    outcomes, _ = seal_ficha([codigo], "Visita de prueba.")
    if outcomes[0].record is None:
        raise RuntimeError(outcomes[0].problems)


def _add(here: Installation, records: list[SealedRecord], pems: dict[str, bytes]) -> None:
    with here.store.write() as tx:
        for start in range(0, len(records), _BATCH):
            tx.add_records(records[start : start + _BATCH], pems)


def _sealed(work: Workshop, number: int) -> Installation:
    here = work.installation()
    fichas.seal_many(here, number)
    return here


def _redraw(here: Installation, number: int) -> Side:
    return lambda: timed(lambda: here.store.rebuild(no_progress, CancelToken())) / number


def _redraw_floor(work: Workshop, label: str, rows: raw_rows.RawRows) -> Side:
    connection = raw_rows.filled(work, label, rows)
    decoder = Decoder(Record[Ficha])
    drawn = rows.drawn()
    records = next(table for table in rows.tables if table.name == raw_rows.RECORDS)

    def redraw() -> None:
        connection.execute("BEGIN IMMEDIATE")
        for table in drawn.tables:
            connection.execute(f"DROP TABLE {table.name}")
        raw_rows.create(connection, drawn, label)
        for (raw,) in connection.execute("SELECT raw FROM records ORDER BY n"):
            decoder.decode(raw)
        raw_rows.write(connection, drawn)
        connection.execute("COMMIT")

    return lambda: timed(redraw) / len(records.rows)
