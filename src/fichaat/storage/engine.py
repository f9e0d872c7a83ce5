"""SQLCipher through SQLAlchemy: one connection that writes, others that read.

Transactions are begun in words, never guessed by the driver.
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import NullPool, Pool, PoolProxiedConnection, QueuePool
from sqlcipher3 import dbapi2

from fichaat.domain.errors import UserFacingError
from fichaat.storage.files import make_private

BUSY_SECONDS: Final = 30.0
READERS: Final = 4

BEGIN_WRITING: Final = "BEGIN IMMEDIATE"
BEGIN_READING: Final = "BEGIN"

PAGE: Final = 8 * 1024
"""Bytes of a page: a record takes two or three thousand, each page an HMAC (ADR 0017)."""

_PAGES: Final = (PAGE, 4 * 1024)
"""The sizes that databases may have; the smaller one was that of the first ones."""

_CACHE_KIB: Final = 64 * 1024
_READ_CACHE_KIB: Final = 16 * 1024
_WAL_LIMIT: Final = 32 * 1024 * 1024


def connect(path: Path, key: bytes, *, create: bool = False, reads_only: bool = False) -> Any:  # noqa: ANN401  # sqlcipher3 has no types
    """One connection with the key given and everything set that a connection has to be told.

    Args:
        path: the database file.
        key: 256 bits.
        create: make the file where there is none, for its owner only.
        reads_only: refuse writes, even by mistake.

    Raises:
        UserFacingError: "storage.corrupt": the file was emptied; SQLite would take it for new.
        OSError: the file cannot be made.
        sqlcipher3.dbapi2.Error: what SQLite reports (`errors.database_errors`).
    """
    # One byte counts as none: SQLite writes it while it makes a database.
    if not create and path.exists() and path.stat().st_size <= 1:
        raise UserFacingError("storage.corrupt")
    if create:
        make_private(path)
    for size in _PAGES:
        connection = _handle(path, key, size)
        try:
            # The first page that is read proves key, file and size.
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            _settle(connection, reads_only=reads_only)
        except dbapi2.Error as error:
            connection.close()
            if size == _PAGES[-1] or not _is_no_database(error):
                raise
        except BaseException:
            connection.close()
            raise
        else:
            return connection
    raise AssertionError("the last size raises or returns")


def _handle(path: Path, key: bytes, page: int) -> Any:  # noqa: ANN401
    """A connection that has read nothing yet."""
    connection = dbapi2.connect(
        f"{path.absolute().as_uri()}?mode=rw",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        timeout=BUSY_SECONDS,
        cached_statements=200,
    )
    # The library would print what it finds wrong on the person's terminal.
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    connection.execute(f"PRAGMA cipher_page_size = {page}")
    connection.execute("PRAGMA cell_size_check = ON")
    return connection


def _settle(connection: Any, *, reads_only: bool) -> None:  # noqa: ANN401
    """Everything else that a connection has to be told."""
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA recursive_triggers = ON")  # REPLACE deletes: triggers see it
    connection.execute("PRAGMA synchronous = FULL")
    cache = _READ_CACHE_KIB if reads_only else _CACHE_KIB
    connection.execute(f"PRAGMA cache_size = {-cache}")
    connection.execute(f"PRAGMA journal_size_limit = {_WAL_LIMIT}")
    connection.execute("PRAGMA journal_mode = WAL").fetchone()
    if reads_only:
        connection.execute("PRAGMA query_only = ON")


def _is_no_database(error: dbapi2.Error) -> bool:
    """What a page of the wrong size looks like, and one that is damaged."""
    return bool(getattr(error, "sqlite_errorcode", 0) & 0xFF == dbapi2.SQLITE_NOTADB)


def attach(connection: Any, path: Path, key: bytes, name: str) -> None:  # noqa: ANN401  # untyped
    """Open another encrypted file beside the connection's own.

    Raises:
        sqlcipher3.dbapi2.Error: what SQLite reports.
    """
    for size in _PAGES:
        # Of the whole process, and looked at by ATTACH alone: every connection says its own.
        connection.execute(f"PRAGMA cipher_default_page_size = {size}")
        try:
            connection.execute(
                f"ATTACH ? AS {name} KEY ?", (str(path.absolute()), f"x'{key.hex()}'")
            )
            connection.execute(f"SELECT count(*) FROM {name}.sqlite_master").fetchone()
        except dbapi2.Error as error:
            if size == _PAGES[-1] or not _is_no_database(error):
                raise
            if any(row[1] == name for row in connection.execute("PRAGMA database_list")):
                connection.execute(f"DETACH {name}")
        else:
            break
    connection.execute(f"PRAGMA {name}.synchronous = FULL")


def writing_pool(path: Path, key: bytes) -> Pool:
    """The only connection that writes."""
    return QueuePool(lambda: connect(path, key), pool_size=1, max_overflow=0, timeout=BUSY_SECONDS)


def reading_pool(path: Path, key: bytes) -> Pool:
    """Connections that see one moment of the database each."""
    return QueuePool(
        lambda: connect(path, key, reads_only=True),
        pool_size=READERS,
        max_overflow=READERS,
        timeout=BUSY_SECONDS,
    )


@contextmanager
def transaction(pool: Pool, begin: str) -> Iterator[PoolProxiedConnection]:
    """A connection for one transaction. SQLAlchemy's own takes several times as long to begin and
    to end as a short read needs.
    """
    with closing(pool.connect()) as held:  # one that is given back uncommitted is rolled back
        driver = held.driver_connection
        assert driver is not None  # a connection in use has one
        driver.execute(begin)
        yield held
        driver.commit()


def lone_engine(path: Path, key: bytes, *, create: bool = False) -> Engine:
    """For jobs that open, do one thing and close: making a database, migrating, checking."""
    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=lambda: connect(path, key, create=create),
        poolclass=NullPool,
    )

    def begin_in_words(connection: Connection) -> None:
        connection.exec_driver_sql(BEGIN_WRITING)

    event.listen(engine, "begin", begin_in_words)
    return engine
