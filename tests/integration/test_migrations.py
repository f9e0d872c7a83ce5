"""Old databases arrive here, whole or not at all; newer ones are left alone (house rule 9)."""

import shutil
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

from fichaat.application.jobs import CancelToken, no_progress
from fichaat.application.ports.rows import FichaFilter
from fichaat.domain.errors import UserFacingError
from fichaat.domain.record import sha256_hex
from fichaat.storage import engine, projections, schema, tables
from fichaat.storage.data_folder import DataFolder
from fichaat.storage.engine import lone_engine
from fichaat.storage.session import Session
from fichaat.storage.store import SqlStore
from fichaat.system.paths import migrations_dir
from fichaat.trust.service import TrustService
from tests.support.databases import KEY, PASSPHRASE, RECOVERY, cheap_keys, new_database
from tests.support.records import FakeDevice, FakeTrust, make_ficha

ROOT = Path(__file__).resolve().parents[2]
FORMATO_1 = ROOT / "tests" / "fixtures" / "formato-1"

SECOND = """
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE drafts ADD COLUMN note TEXT NOT NULL DEFAULT ''")
    op.execute("CREATE TABLE parents (id INTEGER PRIMARY KEY)")
    op.execute("CREATE TABLE children (parent INTEGER REFERENCES parents(id) ON DELETE CASCADE)")
    op.execute("INSERT INTO parents VALUES (1), (2)")
    op.execute("INSERT INTO children VALUES (1), (2)")
    op.execute("CREATE TABLE parents_new (id INTEGER PRIMARY KEY, name TEXT)")
    op.execute("INSERT INTO parents_new SELECT id, '' FROM parents")
    op.execute("DROP TABLE parents")
    op.execute("ALTER TABLE parents_new RENAME TO parents")
    {more}
"""


@pytest.fixture
def home(tmp_path: Path) -> DataFolder:
    made = DataFolder(tmp_path / "datos", cheap_keys())
    device = FakeDevice()
    store = made.create(PASSPHRASE, RECOVERY)
    with store.write() as tx:
        tx.add_records([device.ficha(make_ficha(n)) for n in range(3)], device.certificates)
    store.close()
    return made


def second_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: str = "pass") -> None:
    """A program that knows one migration more."""
    folder = tmp_path / "migraciones 100%"
    shutil.copytree(migrations_dir(), folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "0002_x.py").write_text(SECOND.format(more=more))
    monkeypatch.setattr(schema, "migrations_dir", lambda: folder)
    monkeypatch.setattr(schema, "SCHEMA_HEAD", "0002")


def version(home: DataFolder) -> str:
    opened = engine.connect(home.path / "fichaat.db", key_of(home))
    try:
        return schema.version_of(opened)
    finally:
        opened.close()


def key_of(home: DataFolder) -> bytes:
    return home._unlock(passphrase=PASSPHRASE)


def test_the_newest_migration_is_the_one_the_program_knows() -> None:
    versions = sorted(path.name[:4] for path in (migrations_dir() / "versions").glob("[0-9]*.py"))
    assert versions[-1] == tables.SCHEMA_HEAD
    assert versions == [f"{number:04d}" for number in range(1, len(versions) + 1)]


def test_a_migration_imports_nothing_of_the_program() -> None:
    for path in migrations_dir().rglob("*.py"):
        text = path.read_text("utf-8")
        assert "import fichaat" not in text
        assert "from fichaat" not in text


def test_an_old_database_is_kept_and_migrated(
    home: DataFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = (home.path / "fichaat.db").read_bytes()
    second_version(tmp_path, monkeypatch)
    store = home.open(passphrase=PASSPHRASE)
    with store.read() as reader:
        session = reader._session
        assert session.rows("SELECT count(*) FROM children") == [(2,)]
        assert len(reader.fichas(FichaFilter())) == 3
        assert session.rows("PRAGMA foreign_keys") == [(1,)]
        assert len(session.rows("SELECT 1 FROM sqlite_master WHERE type = 'trigger'")) == 3
    assert store.check(FakeTrust(), no_progress, CancelToken()).differences == ()
    store.close()
    assert version(home) == "0002"
    assert (home.backups / "antes-de-actualizar-fichaat.db").read_bytes() == old
    assert (home.backups / "antes-de-actualizar-ranuras.json").exists()
    home.open(passphrase=PASSPHRASE).close()


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ("raise RuntimeError('half way')", RuntimeError),
        ('op.execute("INSERT INTO children VALUES (99)")', UserFacingError),
    ],
)
def test_a_migration_that_fails_leaves_the_old_database(
    home: DataFolder,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    more: str,
    error: type[Exception],
) -> None:
    with monkeypatch.context() as patched:
        second_version(tmp_path, patched, more)
        with pytest.raises(error):
            home.open(passphrase=PASSPHRASE)
    assert version(home) == "0001"
    store = home.open(passphrase=PASSPHRASE)
    assert store.check(FakeTrust(), no_progress, CancelToken()).differences == ()
    store.close()


def test_a_newer_database_is_left_alone(
    home: DataFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        second_version(tmp_path, patched)
        home.open(passphrase=PASSPHRASE).close()
    before = (home.path / "fichaat.db").read_bytes()
    with pytest.raises(UserFacingError) as caught:
        home.open(passphrase=PASSPHRASE)
    assert caught.value.code == "storage.newer_schema"
    assert (home.path / "fichaat.db").read_bytes() == before


def test_drawn_tables_of_another_version_are_made_anew(
    home: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    lone = lone_engine(home.path / "fichaat.db", key_of(home))
    with lone.connect() as connection, connection.begin():
        session = Session(connection.connection)
        session.run("DROP TABLE fichas")
        session.run("CREATE TABLE fichas (old TEXT)")
        session.run("UPDATE settings SET value = '0' WHERE key = ?", tables.VERSION_SETTING)
    lone.dispose()
    told: list[tuple[int, int]] = []
    store = home.open(passphrase=PASSPHRASE, progress=lambda a, b: told.append((a, b)))
    with store.read() as reader:
        assert projections.are_current(reader._session)
        assert len(reader.fichas(FichaFilter())) == 3
    store.close()
    assert told == [(3, 3)]


def test_opening_does_not_import_alembic(home: DataFolder) -> None:
    """It takes a third of a second, and an up-to-date database needs none of it."""
    program = f"""
        import sys
        sys.path[:0] = [{str(ROOT / "src")!r}, {str(ROOT)!r}]
        from pathlib import Path
        from fichaat.storage.data_folder import DataFolder
        from tests.support.databases import PASSPHRASE, cheap_keys
        DataFolder(Path({str(home.path)!r}), cheap_keys()).open(passphrase=PASSPHRASE).close()
        assert "alembic" not in sys.modules
        assert "sqlalchemy.orm" not in sys.modules
    """
    subprocess.run([sys.executable, "-c", dedent(program)], check=True)


def test_an_emptied_database_is_not_opened(tmp_path: Path) -> None:
    path = new_database(tmp_path)
    connection = engine.connect(path, KEY)
    connection.execute("PRAGMA foreign_keys = OFF")
    for kind, name in connection.execute(
        "SELECT type, name FROM sqlite_master WHERE type IN ('table', 'view')"
        " AND name NOT LIKE 'palabras_%' AND name NOT LIKE 'sqlite_%'"
    ).fetchall():
        connection.execute(f"DROP {kind} {name}")
    connection.close()
    with pytest.raises(UserFacingError) as caught:
        SqlStore(path, KEY)
    assert caught.value.code == "storage.corrupt"


def test_a_database_of_the_first_format_opens_for_ever(tmp_path: Path) -> None:
    """See the README beside it. The copy is opened: the fixture itself is never written."""
    shutil.copytree(FORMATO_1, tmp_path / "datos")
    home = DataFolder(tmp_path / "datos", cheap_keys())
    store = home.open(passphrase="frase de ejemplo: no proteja nada con ella")
    with store.read() as reader:
        rows = reader.fichas(FichaFilter())
        assert [(row.codigo, row.version, row.estado) for row in rows] == [
            ("05-2026-K7Q2MX-0003", 1, "sellada"),
            ("05-2026-K7Q2MX-0002", 1, "anulada"),
            ("05-2026-K7Q2MX-0001", 2, "sellada"),
        ]
        assert [row.codigo for row in reader.search("jornada quinua")] == ["05-2026-K7Q2MX-0001"]
        assert reader.record_count() == 7
        assert [draft.ficha.codigo for draft in reader.drafts()] == ["05-2026-K7Q2MX-0004"]
        photo = b"una foto de ejemplo"
        assert reader.blob(sha256_hex(photo)) == photo
        assert reader.setting("chain") == "01900000-0000-7000-8000-0000000000c8"
        profile = reader.setting("profile")
        assert profile is not None
        assert "Marleni Ñahui" in profile
    found = store.check(TrustService(), no_progress, CancelToken())
    assert found.differences == ()
    store.close()
    with pytest.raises(UserFacingError):
        home.open(passphrase="otra")
    home.open(recovery=RECOVERY).close()
