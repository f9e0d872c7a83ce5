"""Which records of others an answer brings, so that its reader knows the open agreements."""

from collections.abc import Iterator

import pytest

from fichaat.domain.acuerdo import EstadoAcuerdo
from fichaat.domain.record import Kind, SealedRecord
from fichaat.domain.revision import Veredicto
from fichaat.storage.store import SqlStore
from tests.support.databases import empty_store
from tests.support.fake_region import COORDINADOR, PROVINCIAL, FakeRegion, day, received, review
from tests.support.records import FakeDevice, make_ficha, make_uuid7

HUANTA = "050401"


class Office:
    """A coordinator's database, three specialists and a province."""

    def __init__(self, store: SqlStore) -> None:
        self.store = store
        self.region = FakeRegion()
        self.jefe, self.ana, self.eva, self.prov, self.ajena = (
            FakeDevice(name) for name in ("jefe", "ana", "eva", "prov", "ajena")
        )
        with store.write() as tx:
            tx.set_root(self.region.device)
        self.hold(
            self.region.grant(self.jefe, COORDINADOR, emisor=True),
            self.region.grant(self.ana),
            self.region.grant(self.eva),
            self.region.grant(self.prov, PROVINCIAL, "0504"),
        )

    def hold(self, *records: SealedRecord) -> None:
        with self.store.write() as tx:
            tx.add_records(records, {item.record.device: b"FAKE" for item in records})

    def hand_in(self, device: FakeDevice, *records: SealedRecord, on: int = 10) -> SealedRecord:
        """With the reception by which the region has them."""
        said = received(self.jefe, records, day(on), sender=device)
        self.hold(*records, said)
        return said

    def shared(self, device: FakeDevice, since: int = 0, *, again: bool = False) -> set[str]:
        with self.store.read() as reader:
            places = reader.shared_acuerdos(device.device, since, again=again)
            held = {item.sha256: item.record.kind for item in reader.records()}
        assert all(place.bare == (held[place.sha256] == Kind.FICHA) for place in places)
        order = [(p.device, p.chain, p.sequence, p.sha256) for p in places]
        assert order == sorted(order)
        return {place.sha256 for place in places}

    def last(self) -> int:
        with self.store.read() as reader:
            return reader.last_number()


@pytest.fixture
def office() -> Iterator[Office]:
    with empty_store() as store:
        yield Office(store)


def hashes(*records: SealedRecord) -> set[str]:
    return {item.sha256 for item in records}


def agreement(number: int) -> str:
    """The first of the agreements of `make_ficha`."""
    return make_uuid7(("a", number, 0))


def test_the_birth_its_events_and_when_the_region_had_them(office: Office) -> None:
    born = office.ana.ficha(make_ficha(1))
    moved = office.ana.event(agreement(1), EstadoAcuerdo.EN_PROCESO, [born.sha256])
    said = office.hand_in(office.ana, born, moved)
    later = office.jefe.ficha(make_ficha(2, acuerdos=0, sigue=[agreement(1)]))
    office.hold(later)
    assert office.shared(office.eva) == hashes(born, moved, said, later)
    assert office.shared(office.ana) == hashes(later)
    assert office.shared(office.ajena) == set()


def test_nothing_of_closed_rejected_or_unapproved_ones_nor_evidence(office: Office) -> None:
    closed, none = (
        office.ana.ficha(make_ficha(1, acuerdos=1)),
        office.ana.ficha(make_ficha(2, acuerdos=0)),
    )
    rejected, stranger = office.ana.ficha(make_ficha(3)), office.ajena.ficha(make_ficha(4))
    done = office.ana.event(agreement(1), EstadoAcuerdo.CUMPLIDO, [closed.sha256])
    office.hand_in(office.ana, closed, none, rejected, stranger, done)
    office.hold(review(office.jefe, rejected, Veredicto.RECHAZADA))
    assert office.shared(office.eva) == set()
    kept = office.ana.ficha(make_ficha(5))
    photo = office.ana.evidence(kept)
    said = office.hand_in(office.ana, kept, photo)
    by_a_stranger = office.ajena.event(agreement(5), EstadoAcuerdo.CUMPLIDO, [kept.sha256])
    office.hold(by_a_stranger)
    assert office.shared(office.eva) == hashes(kept, said)


def test_a_province_is_told_of_its_own_districts(office: Office) -> None:
    there = office.ana.ficha(make_ficha(1, distritos=(HUANTA,)))
    both = office.ana.ficha(make_ficha(2, distritos=("050101", HUANTA)))
    elsewhere = office.ana.ficha(make_ficha(3))
    said = office.hand_in(office.ana, there, both, elsewhere)
    assert office.shared(office.prov) == hashes(there, both, said)
    assert office.shared(office.eva) == hashes(there, both, elsewhere, said)


def test_what_it_says_to_have_is_not_sent_again_but_kept_up_to_date(office: Office) -> None:
    born = office.ana.ficha(make_ficha(1, acuerdos=1))
    said = office.hand_in(office.ana, born)
    told = received(office.eva, [born, said], day(11), sender=office.jefe)
    office.hand_in(office.eva, told, on=12)
    assert office.shared(office.eva) == set()
    assert office.shared(office.eva, again=True) == hashes(born, said)
    done = office.ana.event(agreement(1), EstadoAcuerdo.CUMPLIDO, [born.sha256])
    heard = office.hand_in(office.ana, done, on=13)
    assert office.shared(office.eva) == hashes(done, heard)
    gone = office.ana.annul(born)
    heard_too = office.hand_in(office.ana, gone, on=14)
    # With its visit the agreement fell: how it stood before is nobody's concern any more.
    assert office.shared(office.eva) == hashes(gone, heard_too)


def test_a_restored_folder_is_believed_no_more(office: Office) -> None:
    born = office.ana.ficha(make_ficha(1))
    said = office.hand_in(office.ana, born)
    office.hold(received(office.eva, [born, said], day(11), sender=office.jefe))
    assert office.shared(office.eva) == set()
    again = office.eva.new_chain("después")
    office.hold(again.ficha(make_ficha(7, acuerdos=0)))
    assert office.shared(office.eva) == hashes(born, said)


def test_without_a_word_of_it_what_changed_since_its_answer_is_sent(office: Office) -> None:
    born = office.ana.ficha(make_ficha(1, acuerdos=1))
    said = office.hand_in(office.ana, born)
    answered = office.last()
    gone = office.ana.annul(born)
    heard = office.hand_in(office.ana, gone, on=13)
    assert office.shared(office.eva) == set()
    assert office.shared(office.eva, answered) == hashes(born, said, gone, heard)


def test_a_revoked_reader_is_told_nothing(office: Office) -> None:
    born = office.ana.ficha(make_ficha(1))
    office.hand_in(office.ana, born)
    office.hold(office.region.revoke(office.eva, day(12)))
    assert office.shared(office.eva) == set()
    # What was handed in before its author was revoked still binds.
    office.hold(office.region.revoke(office.ana, day(20), born))
    third = FakeDevice("tercera")
    office.hold(office.region.grant(third))
    assert born.sha256 in office.shared(third)
