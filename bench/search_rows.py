"""Reading lists of many fichas: a page by filters, a search.

Floor of a page: the same SELECT by keyset, straight to the driver, on the same rows. Floor of a
search: `LIKE '%word%'` over the folded texts of every ficha, the newest fifty of what it finds.
The tables are filled without records: no list or search ever looks at one.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from bench import fichas
from bench.harness import Case, Side, timed
from bench.places import CIPHER, KEY, PLAIN, Workshop, database_of
from fichaat.application.installation import Installation
from fichaat.application.ports.rows import FichaFilter
from fichaat.domain.ficha import chain_tag
from fichaat.domain.record import sha256_hex
from fichaat.domain.text import fold
from fichaat.storage.engine import connect
from fichaat.storage.rows import document_number, ficha_key, search_text
from fichaat.storage.tables import SEARCH_TABLE

_PAGE = 50
_HUNDRED = 100_000
_MILLION = 1_000_000
_FILTER = FichaFilter(estado="sellada", distrito="050108")
_COLUMNS = (
    "f.key, f.id, f.origin, f.codigo, f.version, f.sha256, f.estado, f.aprobacion, f.fecha,"
    " f.distritos, f.responsable"
)
_SELECT = (
    f"SELECT {_COLUMNS} FROM ficha_distritos p CROSS JOIN fichas f ON f.n = p.n"
    " WHERE p.ubigeo = ? AND p.estado = ? AND p.key < ? ORDER BY p.key DESC LIMIT ?"
)
_TABLES = ("fichas", "ficha_distritos")


def pages(work: Workshop, *, full: bool) -> Iterator[Case]:
    hundred = listed(work, _HUNDRED)
    floors = {PLAIN: _raw_page(_plain_copy(work, hundred)), CIPHER: _raw_page(_connect(hundred))}
    yield Case("list page of 50, 100,000 fichas", 2, floors, _page(hundred), rounds=7, calls=400)
    if full:
        million = listed(work, _MILLION)
        raw = {CIPHER: _raw_page(_connect(million))}
        yield Case("list page of 50, 1,000,000 fichas", 2, raw, _page(million), rounds=7, calls=400)
        yield Case(
            "list page of 50, 1,000,000 fichas",
            2.5,
            {"ours, 100,000": _page(hundred)},
            _page(million),
            rounds=7,
            calls=400,
        )


def search(work: Workshop, *, full: bool) -> Iterator[Case]:  # noqa: ARG001  # one size
    here = listed(work, _HUNDRED)
    texts = _index_words(work, here)
    scans = {label: _scanned(work, label, texts) for label in (PLAIN, CIPHER)}
    for what, word in (("rare", fichas.RARE), ("common", fichas.COMMON)):
        yield Case(
            f"search, newest 50 of 100,000, a {what} word",
            0.03,
            {f"LIKE {label}": _scan(scan, fold(word)) for label, scan in scans.items()},
            _search(here, word),
            rounds=5,
            calls=3,
        )


def listed(work: Workshop, number: int) -> Installation:
    """An installation whose lists hold `number` fichas of two years."""
    here = work.installation()
    origin = here.key.device
    districts = [item.ubigeo for item in here.territorio.distritos_of("05")]
    today = here.clock.now().date()
    tag = chain_tag(here.ids.new_id())
    rows, places = [], []
    for n in range(1, number + 1):
        id_ = here.ids.new_id()
        fecha = today - timedelta(600 * (number - n) // number)
        ubigeo = districts[n % len(districts)]
        key = ficha_key(fecha, id_, origin)
        place = (n, key, id_, origin, f"05-2026-{tag}-{n:04d}", 1, sha256_hex(id_.encode()))
        shown = (
            fecha.isoformat(),
            ubigeo,
            "Nélida Ejemplar Oré",
            "seguimiento",
            "presencial",
            2,
            "",
            0,
            "regional",
            "salud agua",
        )
        rows.append((*place, "sellada", "por_aprobar", 0, *shown))
        places.append((ubigeo, key, "sellada", n, "seguimiento"))
    places.sort()
    connection = _connect(here)
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(f"INSERT INTO fichas VALUES ({','.join('?' * 20)})", rows)
    connection.executemany("INSERT INTO ficha_distritos VALUES (?, ?, ?, ?, ?)", places)
    connection.execute("COMMIT")
    connection.close()
    return here


def _connect(here: Installation) -> Any:  # noqa: ANN401  # sqlcipher3 has no types
    return connect(database_of(here), KEY)


def _plain_copy(work: Workshop, here: Installation) -> Any:  # noqa: ANN401
    """The same tables without encryption."""
    source, target = _connect(here), work.bare(PLAIN)
    names = ",".join(f"'{name}'" for name in _TABLES)
    for (sql,) in source.execute(
        f"SELECT sql FROM sqlite_master WHERE tbl_name IN ({names}) AND sql NOT NULL"
        " ORDER BY type DESC"
    ):
        target.execute(sql)
    target.execute("BEGIN IMMEDIATE")
    for name, columns in zip(_TABLES, (20, 5), strict=True):
        rows = source.execute(f"SELECT * FROM {name}")
        target.executemany(f"INSERT INTO {name} VALUES ({','.join('?' * columns)})", rows)
    target.execute("COMMIT")
    source.close()
    return target


def _raw_page(connection: Any) -> Side:  # noqa: ANN401
    after = _middle(connection)
    values = (_FILTER.distrito, _FILTER.estado, after, _PAGE)
    return lambda: timed(lambda: connection.execute(_SELECT, values).fetchall())


def _middle(connection: Any) -> str:  # noqa: ANN401
    """A key half way through the list of the district: no page is special."""
    found: str = connection.execute(
        "SELECT key FROM ficha_distritos WHERE ubigeo = ? ORDER BY key LIMIT 1 OFFSET"
        " (SELECT count(*) / 2 FROM ficha_distritos WHERE ubigeo = ?)",
        (_FILTER.distrito, _FILTER.distrito),
    ).fetchone()[0]
    return found


def _page(here: Installation) -> Side:
    connection = _connect(here)
    after = _middle(connection)
    connection.close()

    def page() -> None:
        with here.store.read() as reader:
            assert len(reader.fichas(_FILTER, after=after, limit=_PAGE)) == _PAGE

    return lambda: timed(page)


def _search(here: Installation, word: str) -> Side:
    def find() -> None:
        with here.store.read() as reader:
            assert reader.search(word, limit=_PAGE)

    return lambda: timed(find)


def _index_words(work: Workshop, here: Installation) -> list[tuple[int, str]]:
    """Give every listed ficha the words of an invented visit; the texts by number."""
    visits = list(
        fichas.visits(work.installation(), [f"05-2026-AAAAAA-{n:04d}" for n in range(2000)])
    )
    texts = [search_text(visit) for visit in visits]
    random = Random(2)
    connection = _connect(here)
    rows = connection.execute("SELECT n, fecha FROM fichas ORDER BY fecha, n").fetchall()
    drawn = [(n, fecha, texts[random.randrange(len(texts))]) for n, fecha in rows]
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(
        f"INSERT INTO {SEARCH_TABLE} (rowid, texto) VALUES (?, ?)",
        ((document_number(fecha, n), text) for n, fecha, text in drawn),
    )
    connection.execute("COMMIT")
    connection.close()
    return [(n, text) for n, _, text in drawn]


def _scanned(work: Workshop, label: str, texts: list[tuple[int, str]]) -> Any:  # noqa: ANN401
    connection = work.bare(label)
    connection.execute("CREATE TABLE textos (n INTEGER PRIMARY KEY, fecha TEXT, texto TEXT)")
    first = date(2025, 1, 1)
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(
        "INSERT INTO textos VALUES (?, ?, ?)",
        ((n, (first + timedelta(n % 600)).isoformat(), fold(text)) for n, text in texts),
    )
    connection.execute("COMMIT")
    return connection


def _scan(connection: Any, word: str) -> Side:  # noqa: ANN401
    return lambda: timed(
        lambda: connection.execute(
            "SELECT n FROM textos WHERE texto LIKE ? ORDER BY fecha DESC LIMIT ?",
            (f"%{word}%", _PAGE),
        ).fetchall()
    )
