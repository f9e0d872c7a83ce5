"""What waits: drafts, agreements that fall due, fichas without an answer; asked of real tables."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from fichaat.application.ports.rows import Draft
from fichaat.domain.acuerdo import EstadoAcuerdo
from fichaat.domain.recepcion import Resultado
from fichaat.domain.record import SealedRecord
from fichaat.storage.store import SqlStore
from tests.support.databases import KEY, new_database
from tests.support.fake_region import COORDINADOR, FakeRegion
from tests.support.records import SEALED_AT, FakeDevice, make_ficha, make_uuid7


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    opened = SqlStore(new_database(tmp_path), KEY)
    yield opened
    opened.close()


def keep(store: SqlStore, device: FakeDevice, *records: SealedRecord) -> None:
    with store.write() as tx:
        tx.add_records(records, device.certificates)


def a_draft(number: int, minutes: int, *, discarded: bool = False) -> Draft:
    saved = SEALED_AT + timedelta(minutes=minutes)
    return Draft(
        make_uuid7(("draft", number)),
        make_ficha(number),
        saved,
        discarded_at=saved if discarded else None,
    )


def test_the_drafts_saved_last_come_first_and_the_bin_stays_out(store: SqlStore) -> None:
    drafts = [a_draft(1, 30), a_draft(2, 10), a_draft(3, 20), a_draft(4, 40, discarded=True)]
    with store.write() as tx:
        tx.put_drafts(drafts)
    with store.read() as reader:
        assert reader.newest_drafts(2) == ([drafts[0], drafts[2]], 3)
        assert reader.newest_drafts(9) == ([drafts[0], drafts[2], drafts[1]], 3)


def test_no_drafts_are_none(store: SqlStore) -> None:
    with store.read() as reader:
        assert reader.newest_drafts(5) == ([], 0)


def test_open_agreements_come_by_date_and_those_of_a_group_once(store: SqlStore) -> None:
    device = FakeDevice()
    group = device.ficha(make_ficha(1, acuerdos=2, distritos=("050101", "050108")))
    ids = [acuerdo.id for acuerdo in group.record.content.acuerdos]  # type: ignore[attr-defined]  # a ficha
    keep(store, device, group)
    with store.read() as reader:
        assert reader.open_plazos() == sorted(("2026-12-15", id_) for id_ in ids)
    keep(store, device, device.event(ids[0], EstadoAcuerdo.CUMPLIDO, after=[group.sha256]))
    with store.read() as reader:
        assert reader.open_plazos() == [("2026-12-15", ids[1])]


def coordinated(store: SqlStore) -> FakeDevice:
    """A coordinator of the region that is believed here."""
    key, coordinator = FakeRegion(), FakeDevice(2)
    with store.write() as tx:
        tx.set_root(key.device)
        tx.add_records([key.grant(coordinator, COORDINADOR)], key.certificates)
    return coordinator


def test_a_ficha_waits_until_a_coordinator_says_to_have_it_as_it_is_now(store: SqlStore) -> None:
    own, neighbour, region = FakeDevice(1), FakeDevice(3), coordinated(store)
    first, second = own.ficha(make_ficha(1)), own.ficha(make_ficha(2))
    foreign = region.ficha(make_ficha(3))
    keep(store, own, first, second, foreign)
    with store.read() as reader:
        assert (
            reader.undelivered(own.device).fichas,
            reader.undelivered(own.device).sin_acuse,
        ) == (
            2,
            2,
        )
        assert reader.undelivered(own.device).oldest == SEALED_AT
    keep(store, own, own.receive([first]))  # what one says oneself is no answer
    keep(store, neighbour, neighbour.receive([first, second]))  # nor what a neighbour says
    keep(store, region, region.receive([second], Resultado.REFUSED))  # nor is a refusal
    with store.read() as reader:
        assert reader.undelivered(own.device).sin_acuse == 2
    keep(store, region, region.receive([first, second]))
    with store.read() as reader:
        answered = reader.undelivered(own.device)
        assert (answered.fichas, answered.sin_acuse, answered.oldest) == (2, 0, None)
    keep(store, own, own.rectify(first, make_ficha(1, lugar="Otro")))
    with store.read() as reader:
        assert reader.undelivered(own.device).sin_acuse == 1


def test_a_correction_by_the_relevo_waits_where_it_was_sealed(store: SqlStore) -> None:
    key, coordinator = FakeRegion(), FakeDevice(2)
    old, new = FakeDevice(1), FakeDevice(3)
    ficha = old.ficha(make_ficha(1))
    correction = new.rectify(ficha, make_ficha(1, lugar="Otro"))
    with store.write() as tx:
        tx.set_root(key.device)
        said = [key.grant(coordinator, COORDINADOR), key.grant(old), key.grant(new)]
        tx.add_records([*said, key.relieve(old, new)], key.certificates)
    keep(store, coordinator, coordinator.receive([ficha]))
    keep(store, old, ficha)
    with store.read() as reader:
        assert reader.undelivered(old.device).sin_acuse == 0
    keep(store, new, correction)
    with store.read() as reader:
        assert reader.undelivered(old.device).fichas == 0
        waiting = reader.undelivered(new.device)
        assert (waiting.fichas, waiting.sin_acuse, waiting.oldest) == (1, 1, SEALED_AT)
    keep(store, coordinator, coordinator.receive([correction]))
    with store.read() as reader:
        assert reader.undelivered(new.device).sin_acuse == 0


def test_an_answer_may_come_before_the_ficha_it_answers(store: SqlStore) -> None:
    own, region = FakeDevice(1), coordinated(store)
    ficha = own.ficha(make_ficha(1))
    keep(store, region, region.receive([ficha]))
    keep(store, own, ficha)
    with store.read() as reader:
        assert reader.undelivered(own.device).sin_acuse == 0


def test_nobody_without_fichas_has_anything_to_deliver(store: SqlStore) -> None:
    with store.read() as reader:
        nothing = reader.undelivered("ab" * 32)
    assert (nothing.fichas, nothing.sin_acuse, nothing.oldest) == (0, 0, None)


def test_what_was_sealed_since_a_moment_is_counted_up_to_a_limit(store: SqlStore) -> None:
    own = FakeDevice(1)
    records = [own.ficha(make_ficha(n)) for n in range(4)]
    keep(store, own, *records, own.evidence(records[0]))
    before = SEALED_AT - timedelta(seconds=1)
    with store.read() as reader:
        assert reader.sealed_since(own.device, before, 100) == 4
        assert reader.sealed_since(own.device, before, 3) == 3
        assert reader.sealed_since(own.device, SEALED_AT, 100) == 0
        assert reader.sealed_since("ab" * 32, before, 100) == 0


def test_the_last_visit_of_a_district_is_the_newest_that_stands(store: SqlStore) -> None:
    own = FakeDevice(1)
    old = own.ficha(make_ficha(1, fecha=date(2026, 3, 1)))
    new = own.ficha(make_ficha(2, fecha=date(2026, 9, 1)))
    undated = own.ficha(replace(make_ficha(3, distritos=("050108",)), fecha=None))
    keep(store, own, old, new, undated)
    with store.read() as reader:
        assert reader.last_visits(["050101", "050108", "050401"]) == {"050101": date(2026, 9, 1)}
    keep(store, own, own.annul(new))
    with store.read() as reader:
        assert reader.last_visits(["050101"]) == {"050101": date(2026, 3, 1)}
        assert reader.visit_count("050101") == 2
        assert reader.visit_count("050401") == 0
