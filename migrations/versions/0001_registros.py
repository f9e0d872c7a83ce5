"""Records and what belongs to one installation."""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = (
    """
    CREATE TABLE records (
        n INTEGER PRIMARY KEY,
        sha256 TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL,
        id TEXT NOT NULL,
        version INTEGER NOT NULL,
        device TEXT NOT NULL,
        chain TEXT NOT NULL,
        sequence INTEGER NOT NULL,
        previous TEXT,
        region TEXT NOT NULL,
        practice INTEGER NOT NULL,
        signature BLOB NOT NULL,
        raw BLOB NOT NULL
    ) STRICT
    """,
    "CREATE INDEX records_by_place ON records (device, chain, sequence, sha256, previous)",
    "CREATE TABLE certificates (device TEXT PRIMARY KEY, pem BLOB NOT NULL) WITHOUT ROWID, STRICT",
    "CREATE TABLE blobs (sha256 TEXT PRIMARY KEY, data BLOB NOT NULL) STRICT",
    """
    CREATE TABLE drafts (
        id TEXT PRIMARY KEY,
        codigo TEXT NOT NULL,
        discarded INTEGER NOT NULL,
        data BLOB NOT NULL
    ) STRICT
    """,
    "CREATE INDEX drafts_by_codigo ON drafts (codigo)",
    """
    CREATE TABLE counters (
        chain TEXT NOT NULL,
        year INTEGER NOT NULL,
        last INTEGER NOT NULL,
        PRIMARY KEY (chain, year)
    ) WITHOUT ROWID, STRICT
    """,
    "CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID, STRICT",
    """
    CREATE TABLE export_marks (
        sha256 TEXT NOT NULL,
        bundle TEXT NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY (sha256, bundle)
    ) WITHOUT ROWID, STRICT
    """,
    "CREATE TABLE papers (key TEXT PRIMARY KEY, pdf BLOB NOT NULL) STRICT",
)

# Nothing edits or deletes a record. A later migration that rebuilds the table makes them again.
TRIGGERS = (
    """
    CREATE TRIGGER records_are_never_edited BEFORE UPDATE ON records
    BEGIN SELECT RAISE(ABORT, 'records are immutable'); END
    """,
    """
    CREATE TRIGGER records_are_never_deleted BEFORE DELETE ON records
    BEGIN SELECT RAISE(ABORT, 'records are immutable'); END
    """,
    """
    CREATE TRIGGER blobs_are_never_edited BEFORE UPDATE ON blobs
    BEGIN SELECT RAISE(ABORT, 'blobs are named by their content'); END
    """,
)


def upgrade() -> None:
    for statement in (*TABLES, *TRIGGERS):
        op.execute(statement)
