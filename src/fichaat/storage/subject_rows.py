"""The rows of fichas and agreements, made anew for the subjects that new records touch."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from msgspec import Struct

from fichaat.domain.acuerdo import EventoAcuerdo
from fichaat.domain.acuerdo_state import AcuerdoState, acuerdo_state
from fichaat.domain.authority import Authority
from fichaat.domain.codec import decode_stored
from fichaat.domain.ficha import Ficha
from fichaat.domain.lineage import Estado, History, Lineage, history
from fichaat.domain.record import SealedRecord
from fichaat.domain.subjects import acuerdo_ids, ficha_id
from fichaat.storage.rows import (
    acuerdo_rows,
    apart_rows,
    document_number,
    ficha_rows,
    mentions,
    newborn_acuerdos,
    newborn_lineage,
)
from fichaat.storage.session import Session, one_list
from fichaat.storage.tables import SEARCH_TABLE
from fichaat.storage.trust_rows import judging, subject_numbers

_REDRAWN: Final = 500
"""Subjects that are drawn again together."""


def update_subjects(
    session: Session,
    core: Authority,
    fresh: Sequence[SealedRecord],
    unheard: set[str],
    once: set[str],
) -> None:
    """Make anew the rows of every ficha and agreement that these records touch.

    Args:
        session: where the records and their subjects already stand.
        core: what the region has said.
        fresh: the new records.
        unheard: subjects that no other record is about.
        once: those of them that only one of the new records is about.
    """
    newborn, others = _part(fresh, once, judging(session, core, fresh))
    about = _About(session)
    about.take(others)
    fichas = set(about.fichas)
    about.load(fichas - unheard)
    acuerdos = set(about.events)
    for line in newborn:
        shared = [id_ for id_ in acuerdo_ids(line.head.record) if id_ not in once]
        if shared:
            about.take([line.head])
            acuerdos.update(shared)
    born = [
        state
        for line in newborn
        if line.estado is Estado.SELLADA
        for state in newborn_acuerdos(line, once)
    ]
    _draw(session, core, about, _Touched(fichas, acuerdos, unheard), _Newborn(newborn, born))


def redraw_subjects(session: Session, core: Authority, subjects: Collection[str]) -> None:
    """Make anew the rows of these fichas and agreements: what is held of their authors changed."""
    waiting = sorted(subjects)
    for start in range(0, len(waiting), _REDRAWN):
        session.cancel.check()
        chosen = set(waiting[start : start + _REDRAWN])
        about = _About(session)
        about.load(chosen)
        fichas = set(about.fichas) & chosen
        touched = _Touched(fichas, set(about.events) | (chosen - fichas), set())
        _draw(session, core, about, touched, _Newborn([], []))


def _draw(
    session: Session,
    core: Authority,
    about: "_About",
    touched: "_Touched",
    newborn: "_Newborn",
) -> None:
    fichas, acuerdos, unheard = touched.fichas, set(touched.acuerdos), touched.unheard
    for id_ in fichas:
        for item in about.fichas[id_].values():
            acuerdos.update(acuerdo_ids(item.record))
    # Other fichas, and events outside a visit, may speak of the same agreements.
    about.load(acuerdos - unheard)
    about.load(set(about.fichas) - fichas - unheard)
    authority = judging(session, core, about.all())
    known = {line.id: line for line in newborn.lines}
    histories = {
        id_: History((known[id_],), ()) if id_ in known else _history(records.values(), authority)
        for id_, records in about.fichas.items()
    }
    drawn = {id_: histories[id_] for id_ in sorted(fichas)}
    _write_fichas(session, newborn.lines, drawn, fichas - unheard)
    bearers = mentions([line for story in histories.values() for line in story.lineages], acuerdos)
    states = (
        acuerdo_state(id_, bearers.get(id_, ()), tuple(about.events[id_].values()), authority)
        for id_ in sorted(acuerdos)
    )
    _write_acuerdos(
        session,
        [*newborn.acuerdos, *(state for state in states if state is not None)],
        acuerdos - unheard,
    )


class _Touched(Struct, frozen=True):
    """Subjects whose rows are made anew; of the unheard ones nothing stands yet."""

    fichas: set[str]
    acuerdos: set[str]
    unheard: set[str]


class _Newborn(Struct, frozen=True):
    """First versions of fichas that nothing else is about, and the agreements only they bear."""

    lines: list[Lineage]
    acuerdos: list[AcuerdoState]


def _part(
    fresh: Sequence[SealedRecord], once: set[str], authority: Authority
) -> tuple[list[Lineage], list[SealedRecord]]:
    """First versions of fichas that nothing else is about, which most are; and all the rest."""
    newborn: list[Lineage] = []
    others: list[SealedRecord] = []
    for item in fresh:
        record = item.record
        if isinstance(record.content, Ficha) and record.version == 1 and record.id in once:
            newborn.append(newborn_lineage(item, authority))
        else:
            others.append(item)
    return newborn, others


def _history(records: Collection[SealedRecord], authority: Authority) -> History:
    """`history`, and for a first version that is alone the same without the detour."""
    first = next(iter(records))
    if len(records) == 1 and first.record.version == 1 and isinstance(first.record.content, Ficha):
        return History((newborn_lineage(first, authority),), ())
    return history(records, authority)


class _About:
    """Records by the ficha and the agreement that they speak of."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._seen: set[str] = set()
        self.fichas: dict[str, dict[str, SealedRecord]] = defaultdict(dict)
        self.events: dict[str, dict[str, SealedRecord]] = defaultdict(dict)

    def all(self) -> list[SealedRecord]:
        """Everything taken so far."""
        groups = (*self.fichas.values(), *self.events.values())
        return [item for group in groups for item in group.values()]

    def take(self, records: Iterable[SealedRecord]) -> None:
        for item in records:
            self._seen.add(item.sha256)
            content = item.record.content
            if isinstance(content, EventoAcuerdo):
                self.events[content.acuerdo][item.sha256] = item
                continue
            id_ = ficha_id(item.record)
            if id_ is not None:
                self.fichas[id_][item.sha256] = item

    def load(self, subjects: set[str]) -> None:
        """Take every record about these subjects that was not taken yet."""
        if not subjects:
            return
        found = subject_numbers(self._session, subjects)
        wanted = [n for n, digest in found if digest not in self._seen]
        recent = {n: item for n in wanted if (item := self._session.recent.get(n)) is not None}
        self.take(recent.values())
        numbers = [n for n in wanted if n not in recent]
        for start in range(0, len(numbers), 500):
            chosen = ",".join(map(str, numbers[start : start + 500]))
            rows = self._session.each(
                f"SELECT raw, signature, sha256 FROM records WHERE n IN ({chosen})"
            )
            self.take(decode_stored(*row) for row in rows)


def _write_fichas(
    session: Session, newborn: Sequence[Lineage], histories: Mapping[str, History], old: set[str]
) -> None:
    _delete_fichas(session, old)
    n = session.value("SELECT coalesce(max(n), 0) FROM fichas")
    lines = [*newborn, *(line for story in histories.values() for line in story.lineages)]
    drawn = [ficha_rows(line, number) for number, line in enumerate(lines, n + 1)]
    lost = sorted(row for id_, story in histories.items() for row in apart_rows(id_, story))
    marks = ",".join("?" * 20)
    session.run_many(f"INSERT INTO fichas VALUES ({marks})", [rows.ficha for rows in drawn])
    session.run_many(
        "INSERT INTO ficha_distritos (ubigeo, key, estado, n, sesion) VALUES (?, ?, ?, ?, ?)",
        sorted(row for rows in drawn for row in rows.distritos),
    )
    session.run_many(
        "INSERT INTO diagnosticos (ubigeo, key) VALUES (?, ?)",
        sorted(row for rows in drawn for row in rows.diagnosticos),
    )
    # In rising order: the index would otherwise be written out at every step back.
    session.run_many(
        f"INSERT INTO {SEARCH_TABLE} (rowid, texto) VALUES (?, ?)",
        sorted(rows.document for rows in drawn),
    )
    session.run_many("INSERT INTO sin_efecto (ficha, sha256, motivo) VALUES (?, ?, ?)", lost)


def _delete_fichas(session: Session, ids: set[str]) -> None:
    if not ids:
        return
    wanted = one_list(ids)
    old = session.rows(
        "SELECT n, key, fecha, distritos FROM fichas"
        " WHERE id IN (SELECT value FROM json_each(?)) ORDER BY key",
        wanted,
    )
    places = [(ubigeo, key) for _, key, _, ubigeos in old for ubigeo in ubigeos.split()]
    session.run_many("DELETE FROM ficha_distritos WHERE ubigeo = ? AND key = ?", places)
    session.run_many("DELETE FROM diagnosticos WHERE ubigeo = ? AND key = ?", places)
    session.run_many(
        f"DELETE FROM {SEARCH_TABLE} WHERE rowid = ?",
        [(document_number(fecha, n),) for n, _, fecha, _ in old],
    )
    session.run_many("DELETE FROM fichas WHERE n = ?", [(n,) for n, *_ in old])
    session.run("DELETE FROM sin_efecto WHERE ficha IN (SELECT value FROM json_each(?))", wanted)


def _write_acuerdos(session: Session, states: Sequence[AcuerdoState], old: set[str]) -> None:
    _delete_acuerdos(session, old)
    drawn = sorted(map(acuerdo_rows, states))
    marks = ",".join("?" * 17)
    session.run_many(f"INSERT INTO acuerdos VALUES ({marks})", [row for row, _ in drawn])
    session.run_many(
        "INSERT INTO acuerdo_distritos (ubigeo, abierto, acuerdo, plazo) VALUES (?, ?, ?, ?)",
        sorted(place for _, places in drawn for place in places),
    )


def _delete_acuerdos(session: Session, ids: set[str]) -> None:
    if not ids:
        return
    old = session.rows(
        "SELECT id, distritos FROM acuerdos WHERE id IN (SELECT value FROM json_each(?))",
        one_list(ids),
    )
    session.run_many(
        "DELETE FROM acuerdo_distritos WHERE ubigeo = ? AND abierto IN (0, 1) AND acuerdo = ?",
        [(ubigeo, id_) for id_, ubigeos in old for ubigeo in ubigeos.split()],
    )
    session.run_many("DELETE FROM acuerdos WHERE id = ?", [(id_,) for id_, _ in old])
