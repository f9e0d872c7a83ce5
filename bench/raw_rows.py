"""The rows that an installation ends up with, to be written again by a bare library."""

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from bench.places import CIPHER, KEY, Workshop, database_of
from fichaat.application.installation import Installation
from fichaat.domain.codec import decode_record
from fichaat.domain.ficha import Ficha
from fichaat.storage.engine import connect
from fichaat.storage.rows import document_number, search_text
from fichaat.storage.tables import PROJECTIONS, SEARCH_TABLE

RECORDS = "records"

# The order in which a table is filled fastest: that of its own key.
_SOURCES = {
    RECORDS: "SELECT * FROM records ORDER BY n",
    "fichas": "SELECT * FROM fichas ORDER BY n",
}
_LASTING = (RECORDS, "certificates", "blobs")


class RawTable(Struct, frozen=True):
    """How a table is made, and every row of it."""

    name: str
    ddl: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    columns: str


class RawRows(Struct, frozen=True):
    """Everything that a merge of records writes."""

    tables: tuple[RawTable, ...]

    @property
    def count(self) -> int:
        return sum(len(table.rows) for table in self.tables)

    def drawn(self) -> "RawRows":
        """Without what is not drawn from records."""
        return RawRows(tuple(table for table in self.tables if table.name not in _LASTING))


def rows_of(here: Installation) -> RawRows:
    """What stands in an installation's database."""
    connection = connect(database_of(here), KEY)
    try:
        tables = [
            _table(connection, name, (_ddl(connection, name), *_indexes(connection, name)))
            for name in (*_LASTING, *(table.name for table in PROJECTIONS))
        ]
        return RawRows((*tables, _words(connection)))
    finally:
        connection.close()


def create(connection: Any, rows: RawRows, label: str) -> None:  # noqa: ANN401
    """The same empty tables and indexes in a database of the library alone."""
    for table in rows.tables:
        for statement in table.ddl:
            # The standard library's SQLite may be too old for what nothing here uses.
            connection.execute(
                statement if label == CIPHER else statement.replace(" contentless_delete=1,", "")
            )


def write(connection: Any, rows: RawRows) -> None:  # noqa: ANN401
    """executemany, table by table; the caller begins and commits."""
    for table in rows.tables:
        marks = ",".join("?" * len(table.rows[0])) if table.rows else ""
        if table.rows:
            connection.executemany(
                f"INSERT INTO {table.name} {table.columns} VALUES ({marks})", table.rows
            )


def filled(work: Workshop, label: str, rows: RawRows) -> Any:  # noqa: ANN401
    """A database of the library alone with these rows in it."""
    connection = work.bare(label)
    create(connection, rows, label)
    connection.execute("BEGIN IMMEDIATE")
    write(connection, rows)
    connection.execute("COMMIT")
    return connection


def _table(connection: Any, name: str, ddl: Sequence[str]) -> RawTable:  # noqa: ANN401
    source = _SOURCES.get(name, f"SELECT * FROM {name}")
    return RawTable(name, tuple(ddl), connection.execute(source).fetchall(), "")


def _ddl(connection: Any, name: str) -> str:  # noqa: ANN401
    found: str = connection.execute(
        "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", (name,)
    ).fetchone()[0]
    return found


def _indexes(connection: Any, name: str) -> list[str]:  # noqa: ANN401
    return [
        sql
        for (sql,) in connection.execute(
            "SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql NOT NULL",
            (name,),
        )
    ]


def _words(connection: Any) -> RawTable:  # noqa: ANN401
    """The index itself holds no texts: they are drawn from the records again."""
    documents = []
    for n, fecha, raw in connection.execute(
        "SELECT f.n, f.fecha, r.raw FROM fichas f JOIN records r ON r.sha256 = f.sha256"
    ):
        content = decode_record(raw).record.content
        assert isinstance(content, Ficha)  # `fichas` points at nothing else
        documents.append((document_number(fecha, n), search_text(content)))
    ddl = _ddl(connection, SEARCH_TABLE)
    gather = f"INSERT INTO {SEARCH_TABLE}({SEARCH_TABLE}, rank) VALUES ('hashsize', 16777216)"
    return RawTable(SEARCH_TABLE, (ddl, gather), sorted(documents), "(rowid, texto)")
