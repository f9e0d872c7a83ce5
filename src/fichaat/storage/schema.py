"""Which version a database has, and the way to the present one (house rule 9)."""

from contextlib import closing
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection

from fichaat.application.jobs import CancelToken, Progress, no_progress
from fichaat.domain.errors import UserFacingError
from fichaat.storage.engine import connect, lone_engine
from fichaat.storage.projections import are_current, create_tables, rebuild
from fichaat.storage.session import Session
from fichaat.storage.tables import SCHEMA_HEAD
from fichaat.system.paths import migrations_dir

EMPTY: Final = ""
"""The version of a database in which nothing was made yet."""


def version_of(connection: Any) -> str:  # noqa: ANN401  # a connection of sqlcipher3
    """The schema version, in plain SQL: alembic takes a third of a second to import."""
    made = connection.execute(
        "SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'"
    ).fetchone()[0]
    if not made:
        return EMPTY
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return EMPTY if row is None else str(row[0])


def demand_not_newer(version: str) -> None:
    """Raises:
    UserFacingError: "storage.newer_schema": a newer program made this database.
    """
    if version > SCHEMA_HEAD:
        raise UserFacingError("storage.newer_schema")


def make(path: Path, key: bytes) -> None:
    """A new database, by the same migrations that lead old ones here."""
    engine = lone_engine(path, key, create=True)
    try:
        with engine.connect() as connection:
            _migrate(connection)
    finally:
        engine.dispose()


def needs_migration(path: Path, key: bytes) -> bool:
    """Raises:
    UserFacingError: "storage.newer_schema"; "storage.corrupt": a file that was emptied.
    """
    with closing(connect(path, key)) as connection:
        version = version_of(connection)
    if version == EMPTY:
        raise UserFacingError("storage.corrupt")
    demand_not_newer(version)
    return version != SCHEMA_HEAD


def migrate(path: Path, key: bytes) -> None:
    """Bring an older database here: all of it or nothing. The caller has made a copy before."""
    engine = lone_engine(path, key)
    try:
        with engine.connect() as connection:
            _migrate(connection)
    finally:
        engine.dispose()


def redraw_if_needed(
    session: Session, progress: Progress = no_progress, cancel: CancelToken | None = None
) -> None:
    """Make the drawn tables anew where another version of the program made them.

    Raises:
        UserFacingError: "storage.corrupt": a file that was emptied.
    """
    if not session.value("SELECT count(*) FROM sqlite_master WHERE name = 'settings'"):
        raise UserFacingError("storage.corrupt")
    if not are_current(session):
        rebuild(session, progress, cancel or CancelToken())


def _migrate(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    # With keys ON a table that is made anew would take its children with it.
    driver = connection.connection.driver_connection
    assert driver is not None  # just opened
    driver.execute("PRAGMA foreign_keys = OFF")
    with connection.begin():
        session = Session(connection.connection)
        is_new = session.value("SELECT count(*) FROM sqlite_master") == 0
        config = Config()
        config.set_main_option("script_location", str(migrations_dir()).replace("%", "%%"))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        if session.rows("PRAGMA foreign_key_check"):
            raise UserFacingError("storage.corrupt")
        if is_new:
            create_tables(session)
    driver.execute("PRAGMA foreign_keys = ON")
