"""However records arrive, the drawn tables are what the domain's own functions say of the set."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fichaat.application.jobs import CancelToken, no_progress
from fichaat.domain.acuerdo import EstadoAcuerdo, EventoAcuerdo
from fichaat.domain.acuerdo_state import acuerdo_state
from fichaat.domain.authority import Authority
from fichaat.domain.chains import Link, chain_state
from fichaat.domain.errors import CancelledError
from fichaat.domain.ficha import Ficha
from fichaat.domain.lineage import Lineage, history
from fichaat.domain.record import SealedRecord
from fichaat.domain.subjects import acuerdo_ids, ficha_id
from fichaat.storage import chain_rows, projections
from fichaat.storage.reception_rows import reception_rows
from fichaat.storage.rows import acuerdo_rows, ficha_rows
from fichaat.storage.session import Session
from fichaat.storage.store import SqlStore
from fichaat.storage.tables import PROJECTIONS
from tests.support.databases import empty_store
from tests.support.records import FakeDevice, make_ficha, make_uuid7

Rows = dict[str, list[tuple[object, ...]]]


def reference(records: Sequence[SealedRecord]) -> Rows:
    """Every drawn row, straight from the domain, all records at once."""
    items = list({item.sha256: item for item in records}.values())
    rows: Rows = defaultdict(list)
    by_ficha: dict[str, list[SealedRecord]] = defaultdict(list)
    events: dict[str, list[SealedRecord]] = defaultdict(list)
    chains: dict[tuple[str, str], list[Link]] = defaultdict(list)
    received: set[tuple[str, str]] = set()
    for item in items:
        record = item.record
        link = Link(record.sequence, item.sha256, record.previous)
        chains[record.device, record.chain].append(link)
        about = ficha_id(record)
        if about is not None:
            by_ficha[about].append(item)
        if isinstance(record.content, EventoAcuerdo):
            events[record.content.acuerdo].append(item)
        received |= reception_rows(item)
    rows["recepciones"] += received
    lines: list[Lineage] = []
    for id_, about_it in by_ficha.items():
        story = history(about_it, Authority())
        lines += story.lineages
        rows["sin_efecto"] += [(id_, item.sha256) for item in story.refused]
    for line in lines:
        drawn = ficha_rows(line, 0)
        rows["fichas"].append(drawn.ficha[1:])
        rows["ficha_distritos"] += [row[:3] for row in drawn.distritos]
        rows["diagnosticos"] += drawn.diagnosticos
    named = {id_ for item in items for id_ in acuerdo_ids(item.record)}
    for id_ in named:
        bearers = [
            line for line in lines if any(id_ in acuerdo_ids(v.record) for v in line.versions)
        ]
        state = acuerdo_state(id_, bearers, events[id_])
        if state is not None:
            row, places = acuerdo_rows(state)
            rows["acuerdos"].append(row)
            rows["acuerdo_distritos"] += places
    for (device, chain), links in chains.items():
        drawn_chain = chain_state(chain, links)
        rows["cadenas"].append((device, chain, drawn_chain.head))
        rows["huecos"] += [(device, chain, gap.desde, gap.hasta) for gap in drawn_chain.gaps]
        rows["bifurcaciones"] += [(device, chain, sequence) for sequence in drawn_chain.forks]
    return {name: sorted(found) for name, found in rows.items() if found}


def stored(store: SqlStore) -> Rows:
    found: Rows = {}
    with store.read() as reader:
        for table in PROJECTIONS:
            if table.name != "record_subjects":
                found[table.name] = reader._session.rows(table.canonical)
    return {name: sorted(rows) for name, rows in found.items() if rows}


def fingerprint(store: SqlStore) -> str:
    with store.read() as reader:
        return projections.fingerprint(reader._session)


def certificates(records: Sequence[SealedRecord]) -> dict[str, bytes]:
    return {item.record.device: b"FAKE " + item.record.device.encode() for item in records}


class Writing:
    """What two or three devices may have sealed, told by a list of small numbers."""

    def __init__(self) -> None:
        self.devices = [FakeDevice(seed) for seed in range(3)]
        self.records: list[SealedRecord] = []
        self.fichas: list[SealedRecord] = []
        self.acuerdos = [make_uuid7("of no ficha")]

    def step(self, kind: int, device: int, pick: int, number: int) -> None:
        who = self.devices[device % 3]
        old = self.fichas[pick % len(self.fichas)] if self.fichas else None
        follows = (self.acuerdos[pick % len(self.acuerdos)],)
        content = make_ficha(number, sigue=follows if number % 3 == 0 else (), acuerdos=number % 3)
        if kind == 1 and old is not None:
            self._add(who.rectify(old, content))
        elif kind == 2 and old is not None:
            self._add(who.annul(old))
        elif kind == 3 and old is not None:
            self._add(who.evidence(old))
        elif kind == 4:
            known = [item.sha256 for item in self.records if number % 2]
            state = list(EstadoAcuerdo)[number % 5]
            self._add(who.event(follows[0], state, after=known[-3:]))
        elif kind == 5 and old is not None:
            self._add(who.ficha(content, old.record.id))  # a copied id, or the same version twice
        elif kind == 6:
            self.devices.append(who.fork())
            self.devices[device % 3], self.devices[-1] = self.devices[-1], who
        elif kind == 7:
            self._add(who.seal("cosa_nueva", {"x": number}))
        elif kind == 8:
            self._add(who.receive(self.records[-(number % 5) :]))
        else:
            self._add(who.ficha(content))

    def _add(self, item: SealedRecord) -> None:
        self.records.append(item)
        content = item.record.content
        if isinstance(content, Ficha):
            self.fichas.append(item)
            self.acuerdos += [acuerdo.id for acuerdo in content.acuerdos]


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[SealedRecord], list[list[SealedRecord]]]:
    """Records, and a way in which they arrive: shuffled, split, repeated."""
    steps = draw(
        st.lists(
            st.tuples(st.integers(0, 8), st.integers(0, 2), st.integers(0, 9), st.integers(1, 30)),
            min_size=1,
            max_size=14,
        )
    )
    writing = Writing()
    for step in steps:
        writing.step(*step)
    left_out = draw(st.sets(st.integers(0, 13), max_size=3))
    kept = [item for n, item in enumerate(writing.records) if n not in left_out]
    arriving = draw(st.permutations(kept)) + draw(
        st.lists(st.sampled_from(kept), max_size=3) if kept else st.just([])
    )
    cuts = sorted(draw(st.sets(st.integers(0, len(arriving)), max_size=6)))
    edges = [0, *cuts, len(arriving)]
    return kept, [list(arriving[a:b]) for a, b in pairwise(edges)]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(histories())
def test_any_road_gives_what_the_domain_says(
    story: tuple[list[SealedRecord], list[list[SealedRecord]]],
) -> None:
    records, parts = story
    with empty_store() as store:
        for part in parts:
            with store.write() as tx:
                tx.add_records(part, certificates(part))
        assert stored(store) == reference(records)
        before = fingerprint(store)
        with store.read() as reader:
            assert {item.sha256 for item in reader.records()} == {item.sha256 for item in records}
        rebuilt = store.rebuild(no_progress, CancelToken())
        assert (rebuilt.records, rebuilt.projections_sha256) == (len(records), before)
        assert stored(store) == reference(records)


def test_the_same_words_are_found_however_records_arrived() -> None:
    device = FakeDevice()
    first = device.ficha(make_ficha(1, lugar="Auditorio de Quinua"))
    second = device.rectify(first, make_ficha(1, lugar="Local comunal"))
    for order in ([first, second], [second, first]):
        with empty_store() as store:
            for item in order:
                with store.write() as tx:
                    tx.add_records([item], device.certificates)
            with store.read() as reader:
                assert [row.version for row in reader.search("local comunal")] == [2]
                assert reader.search("auditorio") == []


def test_a_hundred_records_behind_a_gap_cost_no_full_look(monkeypatch: pytest.MonkeyPatch) -> None:
    device = FakeDevice()
    records = [device.ficha(make_ficha(n)) for n in range(30)]
    looked = []
    real = chain_rows._redraw

    def redraw(session: Session, device: str, chain: str) -> None:
        looked.append(chain)
        real(session, device, chain)

    monkeypatch.setattr(chain_rows, "_redraw", redraw)
    with empty_store() as store:
        for item in [records[0], *records[10:]]:
            with store.write() as tx:
                tx.add_records([item], device.certificates)
        assert len(looked) == 2
        with store.read() as reader:
            assert [(row.gap.desde, row.gap.hasta) for row in reader.gaps()] == [(2, 10)]


def test_a_later_record_may_close_the_gap_of_a_fork() -> None:
    """A record may name as its predecessor one that stands further on: only a hostile device
    does, and still the order of arrival must not matter.
    """
    device = FakeDevice()
    first = device.ficha(make_ficha(1))
    second = device.ficha(make_ficha(2))
    third = device.ficha(make_ficha(3))
    liar = FakeDevice()
    liar.sequence, liar.previous = 1, third.sha256
    lie = liar.ficha(make_ficha(4))
    expected = reference([first, second, third, lie])
    with empty_store() as store:
        for item in (first, lie, second, third):
            with store.write() as tx:
                tx.add_records([item], device.certificates)
        assert stored(store) == expected


def test_a_cancelled_rebuild_changes_nothing() -> None:
    device = FakeDevice()
    with empty_store() as store:
        with store.write() as tx:
            tx.add_records([device.ficha(make_ficha(1))], device.certificates)
        before = fingerprint(store)
        token = CancelToken()
        token.cancel()
        with pytest.raises(CancelledError):
            store.rebuild(no_progress, token)
        assert fingerprint(store) == before


def test_a_ficha_without_date_or_district_has_its_row() -> None:
    device = FakeDevice()
    ficha = Ficha(codigo="05-2026-K7Q2MX-0001", ejecutor=make_ficha(1).ejecutor)
    with empty_store() as store:
        with store.write() as tx:
            tx.add_records([device.ficha(ficha)], device.certificates)
        assert stored(store)["fichas"][0][9] == ""
        with store.read() as reader:
            assert [row.fecha for row in reader.search("K7Q2MX")] == [""]


def test_a_progress_of_a_rebuild_ends_at_the_total() -> None:
    device = FakeDevice()
    told: list[tuple[int, int]] = []
    with empty_store() as store:
        with store.write() as tx:
            records = [device.ficha(make_ficha(n, fecha=date(2026, 5, 5))) for n in range(7)]
            tx.add_records(records, device.certificates)
        store.rebuild(lambda done, total: told.append((done, total)), CancelToken())
    assert told[-1] == (7, 7)
