"""What concerns one sender: the region's word, who received it, what was said about its fichas."""

from collections.abc import Iterator

import pytest

from fichaat.domain.acuerdo import EstadoAcuerdo
from fichaat.domain.record import SealedRecord
from fichaat.domain.revision import Veredicto
from fichaat.storage.store import SqlStore
from tests.support.databases import empty_store
from tests.support.fake_region import (
    COORDINADOR,
    PROVINCIAL,
    FakeRegion,
    catalogue,
    day,
    received,
    review,
)
from tests.support.records import FakeDevice, make_ficha


class Office:
    """A coordinator's database: two specialists, one of them through a province."""

    def __init__(self, store: SqlStore) -> None:
        self.store = store
        self.region = FakeRegion()
        self.jefe, self.ana, self.eva, self.prov, self.nueva = (
            FakeDevice(name) for name in ("jefe", "ana", "eva", "prov", "nueva")
        )
        with store.write() as tx:
            tx.set_root(self.region.device)
        self.trust = [
            self.region.grant(self.jefe, COORDINADOR, emisor=True),
            self.region.grant(self.ana),
            self.region.grant(self.eva),
            self.region.grant(self.prov, PROVINCIAL),
            self.region.grant(self.nueva),
            catalogue(self.jefe),
        ]
        self.hold(*self.trust)
        self.first, self.second = self.ana.ficha(make_ficha(1)), self.eva.ficha(make_ficha(2))
        self.seen = review(self.prov, self.first, Veredicto.VISADA)
        self.of_prov = [self.first, self.seen]
        self.by_prov = received(self.jefe, self.of_prov, day(10), sender=self.prov)
        self.by_eva = received(self.jefe, [self.second], day(11), sender=self.eva)
        self.told_ana = review(self.jefe, self.first, Veredicto.OBSERVADA)
        self.told_eva = review(self.jefe, self.second, Veredicto.APROBADA)
        self.hold(*self.of_prov, self.second, self.by_prov, self.by_eva)
        self.hold(self.told_ana, self.told_eva)

    def hold(self, *records: SealedRecord) -> None:
        with self.store.write() as tx:
            tx.add_records(records, {item.record.device: b"FAKE" for item in records})

    def answer(self, device: FakeDevice) -> list[str]:
        """Hashes, without what everybody is told."""
        common = {item.sha256 for item in self.trust}
        with self.store.read() as reader:
            found = [place.sha256 for place in reader.answer_to(device.device)]
        assert common - {
            item.sha256 for item in self.trust if item.record.device == device.device
        } <= {*found}
        return [digest for digest in found if digest not in common]


@pytest.fixture
def office() -> Iterator[Office]:
    with empty_store() as store:
        yield Office(store)


def hashes(*records: SealedRecord) -> set[str]:
    return {item.sha256 for item in records}


def test_a_specialist_hears_what_became_of_its_own(office: Office) -> None:
    assert set(office.answer(office.eva)) == hashes(office.by_eva, office.told_eva)
    assert set(office.answer(office.ana)) == hashes(office.by_prov, office.told_ana, office.seen)


def test_a_province_hears_what_became_of_what_it_forwarded(office: Office) -> None:
    assert set(office.answer(office.prov)) == hashes(office.by_prov, office.told_ana)


def test_a_province_hears_what_became_of_what_it_has_seen(office: Office) -> None:
    """Also where somebody else handed the ficha in."""
    office.hold(review(office.prov, office.second, Veredicto.VISADA))
    assert office.told_eva.sha256 in office.answer(office.prov)


def test_nobody_hears_of_others_by_judging_their_fichas(office: Office) -> None:
    office.hold(review(office.ana, office.second, Veredicto.APROBADA))
    assert office.told_eva.sha256 not in office.answer(office.ana)


def test_one_who_never_handed_anything_in_hears_what_the_region_says(office: Office) -> None:
    assert office.answer(office.nueva) == []
    assert office.answer(FakeDevice("stranger")) == []


def test_what_others_add_or_annul_comes_with_it(office: Office) -> None:
    added, annulled = office.jefe.evidence(office.second), office.jefe.annul(office.second)
    office.hold(added, annulled)
    assert hashes(added, annulled) <= set(office.answer(office.eva))
    assert not hashes(added, annulled) & set(office.answer(office.ana))


def test_nobody_gets_a_ficha_of_another_by_sealing_its_id(office: Office) -> None:
    copy = office.eva.ficha(make_ficha(9), office.first.record.id)
    office.hold(copy, received(office.jefe, [copy], day(12), sender=office.eva))
    assert office.first.sha256 not in office.answer(office.eva)
    assert copy.sha256 not in office.answer(office.ana)


def test_nobody_gets_the_fichas_of_others(office: Office) -> None:
    event = office.ana.event(office.ana.chain, EstadoAcuerdo.CUMPLIDO)
    office.hold(event)
    for device in (office.eva, office.nueva):
        assert not hashes(office.first, event) & set(office.answer(device))


def test_the_new_laptop_gets_back_what_the_old_one_sealed(office: Office) -> None:
    office.hold(office.region.relieve(office.eva, office.nueva))
    expected = hashes(office.second, office.by_eva, office.told_eva)
    assert expected <= set(office.answer(office.nueva))
    assert office.first.sha256 not in office.answer(office.nueva)
    later = FakeDevice("later")
    office.hold(office.region.grant(later), office.region.relieve(office.nueva, later))
    assert expected <= set(office.answer(later))


def test_another_region_key_relieves_nobody(office: Office) -> None:
    office.hold(FakeRegion("impostor").relieve(office.eva, office.nueva))
    assert office.second.sha256 not in office.answer(office.nueva)


def test_nobody_makes_itself_the_sender_of_what_it_wants_to_read(office: Office) -> None:
    """A reception forged by the curious, or by a stranger, brings it nothing of others."""
    before = office.answer(office.nueva)
    for forger in (office.nueva, office.ana, FakeDevice("stranger")):
        office.hold(received(forger, [office.first, office.second], day(12), sender=office.nueva))
    assert set(office.answer(office.nueva)) - set(before) == set()
    with office.store.read() as reader:
        assert office.nueva.device not in reader.senders()


def test_what_another_region_says_without_end_is_not_handed_on(office: Office) -> None:
    impostor, stranger = FakeRegion("impostor"), FakeDevice("stranger")
    foreign = [impostor.grant(office.eva), impostor.revoke(office.ana, day(3)), catalogue(stranger)]
    office.hold(*foreign)
    assert not hashes(*foreign) & set(office.answer(office.eva))


def test_the_answer_is_in_the_order_of_places(office: Office) -> None:
    with office.store.read() as reader:
        places = [place.sha256 for place in reader.places()]
        found = [place.sha256 for place in reader.answer_to(office.ana.device)]
    assert found == [digest for digest in places if digest in set(found)]


def test_who_handed_in_and_what_was_acknowledged(office: Office) -> None:
    office.hold(received(office.prov, [office.told_eva], day(20), sender=office.jefe))
    with office.store.read() as reader:
        assert reader.senders() == {
            office.prov.device: 1,
            office.eva.device: 1,
            office.jefe.device: 1,
        }
        assert reader.acknowledged() == hashes(*office.of_prov, office.second)


def test_what_came_to_others_in_an_answer_is_no_news_for_its_author(office: Office) -> None:
    before = set(office.answer(office.ana))
    heard = received(office.eva, [office.first], day(12), sender=office.jefe)
    seen = received(office.prov, [office.second], day(12), sender=office.jefe)
    office.hold(heard, seen)
    assert set(office.answer(office.ana)) == before
    assert not hashes(heard, seen) & {*office.answer(office.eva)}
    with office.store.read() as reader:
        assert reader.senders(office.prov.device) == {office.jefe.device: 1}
        assert office.jefe.device not in reader.senders(office.jefe.device)
