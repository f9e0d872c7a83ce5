"""However records arrive, the drawn tables are what the domain's own functions say of the set."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from fichaat.application.jobs import CancelToken, no_progress
from fichaat.domain.acuerdo import EventoAcuerdo
from fichaat.domain.acuerdo_state import acuerdo_state
from fichaat.domain.authority import Authority, first_moments, fixes_moment, is_provinces
from fichaat.domain.catalogo import Catalogo
from fichaat.domain.chains import Link, chain_state
from fichaat.domain.credencial import Credencial, Relevo, Revocacion
from fichaat.domain.errors import CancelledError
from fichaat.domain.ficha import Ficha
from fichaat.domain.lineage import Lineage, history
from fichaat.domain.record import SealedRecord
from fichaat.domain.rol import Rol
from fichaat.domain.subjects import acuerdo_ids, ficha_id
from fichaat.storage import chain_rows, projections
from fichaat.storage.rows import acuerdo_rows, apart_rows, ficha_rows
from fichaat.storage.session import Session
from fichaat.storage.store import SqlStore
from fichaat.storage.tables import PROJECTIONS
from tests.support.databases import empty_store
from tests.support.fake_region import FakeRegion, day, full_authority, received, receptions
from tests.support.records import FakeDevice, make_ficha
from tests.support.stories import Story, tell

Rows = dict[str, list[tuple[object, ...]]]


def reference(records: Sequence[SealedRecord], root: str | None = None) -> Rows:
    """Every drawn row, straight from the domain, all records at once."""
    items = list({item.sha256: item for item in records}.values())
    authority = full_authority(root, items)
    rows: Rows = defaultdict(list)
    by_ficha: dict[str, list[SealedRecord]] = defaultdict(list)
    events: dict[str, list[SealedRecord]] = defaultdict(list)
    chains: dict[tuple[str, str], list[Link]] = defaultdict(list)
    for item in items:
        record = item.record
        link = Link(record.sequence, item.sha256, record.previous)
        chains[record.device, record.chain].append(link)
        about = ficha_id(record)
        if about is not None:
            by_ficha[about].append(item)
        if isinstance(record.content, EventoAcuerdo):
            events[record.content.acuerdo].append(item)
        if isinstance(record.content, Credencial | Revocacion | Relevo | Catalogo):
            rows["confianza"].append((item.sha256,))
    rows["recepciones"] += _receptions(items, authority)
    lines: list[Lineage] = []
    for id_, about_it in by_ficha.items():
        story = history(about_it, authority)
        lines += story.lineages
        rows["sin_efecto"] += apart_rows(id_, story)
    for line in lines:
        drawn = ficha_rows(line, 0)
        rows["fichas"].append(drawn.ficha[1:])
        rows["ficha_distritos"] += [(*row[:3], row[4]) for row in drawn.distritos]
        rows["diagnosticos"] += drawn.diagnosticos
    named = {id_ for item in items for id_ in acuerdo_ids(item.record)}
    for id_ in named:
        bearers = [
            line for line in lines if any(id_ in acuerdo_ids(v.record) for v in line.versions)
        ]
        state = acuerdo_state(id_, bearers, events[id_], authority)
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


def _receptions(items: Sequence[SealedRecord], authority: Authority) -> set[tuple[object, ...]]:
    """With what each is worth: 2 fixes the moment, 1 informs."""
    said = receptions(items)
    firm = first_moments((r for r in said if r.device not in authority.revoked), authority)
    judge = replace(authority, moments=firm)
    return {
        (
            r.sha256,
            r.device,
            r.por,
            r.en.isoformat(),
            2 * fixes_moment(r, judge) or is_provinces(r, judge) * 1,
        )
        for r in said
    }


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


def arrive(store: SqlStore, story: Story) -> None:
    """One transaction a part; the root is accepted in one of its own."""
    for n, part in enumerate([*story.parts, []]):
        if n in story.roots:
            with store.write() as tx:
                tx.set_root(story.roots[n])
        with store.write() as tx:
            tx.add_records(part, certificates(part))


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 2**32), st.integers(0, 70))
def test_any_road_gives_what_the_domain_says(seed: int, length: int) -> None:
    story = tell(seed, length)
    with empty_store() as store:
        arrive(store, story)
        expected = reference(story.records, story.root)
        assert stored(store) == expected
        before = fingerprint(store)
        with store.read() as reader:
            held = {item.sha256 for item in reader.records()}
            assert held == {item.sha256 for item in story.records}
        rebuilt = store.rebuild(no_progress, CancelToken())
        assert (rebuilt.records, rebuilt.projections_sha256) == (len(story.records), before)
        assert stored(store) == expected


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


def in_many_orders(records: Sequence[SealedRecord], root: str) -> None:
    """One transaction each, the root accepted first or last."""
    expected = reference(records, root)
    random = Random(1)
    for n in range(30):
        first = n % 2 == 0
        with empty_store() as store:
            _believe(store, root if first else None)
            for item in random.sample(records, len(records)):
                with store.write() as tx:
                    tx.add_records([item], certificates([item]))
            _believe(store, None if first else root)
            assert stored(store) == expected


def _believe(store: SqlStore, root: str | None) -> None:
    if root is not None:
        with store.write() as tx:
            tx.set_root(root)


def test_a_relevo_between_two_others_reaches_a_ficha_of_neither() -> None:
    region = FakeRegion()
    devices = [FakeDevice(seed) for seed in range(4)]
    ficha = devices[0].ficha(make_ficha(1, acuerdos=0))
    last = devices[3].rectify(ficha, make_ficha(1, acuerdos=0))
    steps = [region.relieve(old, new) for old, new in pairwise(devices)]
    in_many_orders([*steps, ficha, last], region.device)


def test_a_backdated_reception_of_a_stolen_laptop_changes_nothing_in_any_order() -> None:
    """Handed in before the theft was reported: the region held it, but had it too late."""
    region, jefe, rosa, ana = (
        FakeRegion(),
        FakeDevice("jefe"),
        FakeDevice("rosa"),
        FakeDevice("ana"),
    )
    ficha = ana.ficha(make_ficha(1, acuerdos=0))
    forged = received(rosa, [ficha], day(5))
    records = [
        region.grant(jefe, Rol.COORDINADOR),
        region.grant(rosa, Rol.COORDINADOR),
        ficha,
        forged,
        received(jefe, [forged], day(22)),
        region.revoke(rosa, day(20), forged),
        region.revoke(ana, day(20)),
    ]
    found = reference(records, region.device)
    assert [row[-1] for row in found["recepciones"] if row[0] == ficha.sha256] == [0]
    assert [row[6:8] for row in found["fichas"]] == [("cuarentena", "revocado")]
    in_many_orders(records, region.device)


def test_a_revocation_without_a_single_credential_still_vouches() -> None:
    region, ana = FakeRegion(), FakeDevice("ana")
    held, late = (ana.ficha(make_ficha(n, acuerdos=0)) for n in (1, 2))
    in_many_orders([held, late, region.revoke(ana, day(20), held)], region.device)
