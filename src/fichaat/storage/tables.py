"""The tables that are drawn from records. Nothing in them is ever migrated: they are made anew.

What must last (records, certificates, blobs, drafts, counters, settings, marks) is in
`migrations/`.
"""

from typing import Final

from msgspec import Struct

PROJECTIONS_VERSION: Final = 7
"""Raise it when anything below, or the meaning of a row, changes: the next start rebuilds."""

VERSION_SETTING: Final = "projections_version"

SCHEMA_HEAD: Final = "0001"
"""The newest migration: a database beyond it belongs to a newer program."""


class Projection(Struct, frozen=True):
    """One table, how it is made and what of it is compared and hashed."""

    name: str
    ddl: tuple[str, ...]
    canonical: str
    """Every row in a fixed order, without numbers that differ between installations."""
    indexes: tuple[str, ...] = ()
    """Only lists need them: a rebuild makes them last, sorted, which costs a fraction."""


PROJECTIONS: Final = (
    Projection(
        "record_subjects",
        (
            (
                "CREATE TABLE record_subjects (subject TEXT NOT NULL, record INTEGER NOT NULL,"
                " PRIMARY KEY (subject, record)) WITHOUT ROWID, STRICT"
            ),
        ),
        "SELECT s.subject, r.sha256 FROM record_subjects s JOIN records r ON r.n = s.record"
        " ORDER BY s.subject, r.sha256",
    ),
    Projection(
        "fichas",
        (
            (
                "CREATE TABLE fichas (n INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE,"
                " id TEXT NOT NULL, origin TEXT NOT NULL, codigo TEXT NOT NULL,"
                " version INTEGER NOT NULL, sha256 TEXT NOT NULL, estado TEXT NOT NULL,"
                " aprobacion TEXT NOT NULL, disputada INTEGER NOT NULL, fecha TEXT NOT NULL,"
                " distritos TEXT NOT NULL, responsable TEXT NOT NULL, sesion TEXT NOT NULL,"
                " modalidad TEXT NOT NULL, acuerdos INTEGER NOT NULL, revision TEXT NOT NULL,"
                " contradicha INTEGER NOT NULL, nivel TEXT NOT NULL, temas TEXT NOT NULL) STRICT"
            ),
            "CREATE INDEX fichas_by_id ON fichas (id)",
        ),
        "SELECT key, id, origin, codigo, version, sha256, estado, aprobacion, disputada, fecha,"
        " distritos, responsable, sesion, modalidad, acuerdos, revision, contradicha, nivel, temas"
        " FROM fichas ORDER BY key",
        (
            "CREATE INDEX fichas_by_estado ON fichas (estado, key)",
            "CREATE INDEX fichas_by_codigo ON fichas (codigo)",
            "CREATE INDEX fichas_by_origin ON fichas (origin)",
            "CREATE INDEX fichas_by_revision ON fichas (revision, key) WHERE revision <> ''",
            "CREATE INDEX fichas_disputed ON fichas (key) WHERE disputada = 1",
        ),
    ),
    Projection(
        "ficha_distritos",
        (
            (
                "CREATE TABLE ficha_distritos (ubigeo TEXT NOT NULL, key TEXT NOT NULL,"
                " estado TEXT NOT NULL, n INTEGER NOT NULL, sesion TEXT NOT NULL,"
                " PRIMARY KEY (ubigeo, key)) WITHOUT ROWID, STRICT"
            ),
        ),
        "SELECT ubigeo, key, estado, sesion FROM ficha_distritos ORDER BY ubigeo, key",
        ("CREATE INDEX ficha_distritos_by_estado ON ficha_distritos (ubigeo, estado, key)",),
    ),
    Projection(
        "diagnosticos",
        (
            (
                "CREATE TABLE diagnosticos (ubigeo TEXT NOT NULL, key TEXT NOT NULL,"
                " PRIMARY KEY (ubigeo, key)) WITHOUT ROWID, STRICT"
            ),
        ),
        "SELECT ubigeo, key FROM diagnosticos ORDER BY ubigeo, key",
    ),
    Projection(
        "sin_efecto",
        (
            (
                "CREATE TABLE sin_efecto (ficha TEXT NOT NULL, sha256 TEXT NOT NULL,"
                " motivo TEXT NOT NULL, PRIMARY KEY (ficha, sha256)) WITHOUT ROWID, STRICT"
            ),
        ),
        "SELECT ficha, sha256, motivo FROM sin_efecto ORDER BY ficha, sha256",
    ),
    Projection(
        "acuerdos",
        (
            (
                "CREATE TABLE acuerdos (id TEXT PRIMARY KEY, ficha TEXT NOT NULL,"
                " origin TEXT NOT NULL, descripcion TEXT NOT NULL, responsable TEXT NOT NULL,"
                " plazo TEXT NOT NULL, estado TEXT NOT NULL, cumplido_el TEXT NOT NULL,"
                " contradiccion INTEGER NOT NULL, distritos TEXT NOT NULL, heads TEXT NOT NULL,"
                " codigo TEXT NOT NULL, nacio TEXT NOT NULL, plazo_original TEXT NOT NULL,"
                " avance INTEGER, movido_en TEXT NOT NULL, movido_por TEXT NOT NULL)"
                " WITHOUT ROWID, STRICT"
            ),
        ),
        "SELECT id, ficha, origin, descripcion, responsable, plazo, estado, cumplido_el,"
        " contradiccion, distritos, heads, codigo, nacio, plazo_original, avance, movido_en,"
        " movido_por FROM acuerdos ORDER BY id",
    ),
    Projection(
        "acuerdo_distritos",
        (
            (
                "CREATE TABLE acuerdo_distritos (ubigeo TEXT NOT NULL, abierto INTEGER NOT NULL,"
                " acuerdo TEXT NOT NULL, plazo TEXT NOT NULL,"
                # Open ones stand together: those of one district, and all of them, cost a look.
                " PRIMARY KEY (abierto, ubigeo, acuerdo)) WITHOUT ROWID, STRICT"
            ),
        ),
        "SELECT ubigeo, abierto, acuerdo, plazo FROM acuerdo_distritos"
        " ORDER BY ubigeo, abierto, acuerdo",
    ),
    Projection(
        "recepciones",
        (
            (
                "CREATE TABLE recepciones (sha256 TEXT NOT NULL, device TEXT NOT NULL,"
                " por INTEGER NOT NULL, en TEXT NOT NULL, vale INTEGER NOT NULL) STRICT"
            ),
            # Hashes come in no order: each import touches most of the pages in which they stand,
            # so nothing else stands there.
            "CREATE UNIQUE INDEX recepciones_by_record ON recepciones (sha256, por)",
        ),
        "SELECT x.sha256, x.device, r.sha256, x.en, x.vale FROM recepciones x"
        " JOIN records r ON r.n = x.por ORDER BY x.sha256, x.device, r.sha256",
    ),
    Projection(
        # What the region key says, and catalogues: few, and everything else depends on them.
        "confianza",
        ("CREATE TABLE confianza (n INTEGER PRIMARY KEY, sha256 TEXT NOT NULL) STRICT",),
        "SELECT sha256 FROM confianza ORDER BY sha256",
    ),
    Projection(
        "cadenas",
        (
            (
                "CREATE TABLE cadenas (device TEXT NOT NULL, chain TEXT NOT NULL,"
                " head INTEGER NOT NULL, PRIMARY KEY (device, chain)) WITHOUT ROWID, STRICT"
            ),
        ),
        "SELECT device, chain, head FROM cadenas ORDER BY device, chain",
    ),
    Projection(
        "huecos",
        (
            (
                "CREATE TABLE huecos (device TEXT NOT NULL, chain TEXT NOT NULL,"
                " desde INTEGER NOT NULL, hasta INTEGER NOT NULL,"
                " PRIMARY KEY (device, chain, desde, hasta)) WITHOUT ROWID, STRICT"
            ),
        ),
        "SELECT device, chain, desde, hasta FROM huecos ORDER BY device, chain, desde, hasta",
    ),
    Projection(
        "bifurcaciones",
        (
            (
                "CREATE TABLE bifurcaciones (device TEXT NOT NULL, chain TEXT NOT NULL,"
                " sequence INTEGER NOT NULL,"
                " PRIMARY KEY (device, chain, sequence)) WITHOUT ROWID, STRICT"
            ),
        ),
        "SELECT device, chain, sequence FROM bifurcaciones ORDER BY device, chain, sequence",
    ),
)

SEARCH_TABLE: Final = "palabras"
TERMS_TABLE: Final = "terminos"
"""The terms of the search index as a table, which keeps nothing of its own."""

SEARCH_DDL: Final = (
    # The words only, not the texts: those are in the records. "ñ" and accents fold away.
    (
        f"CREATE VIRTUAL TABLE {SEARCH_TABLE} USING fts5(texto, content='', contentless_delete=1,"
        " tokenize='unicode61 remove_diacritics 2')"
    ),
    # Words of a whole import are gathered before they are merged into the index.
    f"INSERT INTO {SEARCH_TABLE}({SEARCH_TABLE}, rank) VALUES ('hashsize', 16777216)",
    f"CREATE VIRTUAL TABLE {TERMS_TABLE} USING fts5vocab({SEARCH_TABLE}, instance)",
)
