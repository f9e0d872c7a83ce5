"""Which records leave: what no coordinator has acknowledged, or what one sender is told."""

from collections.abc import Iterator
from dataclasses import replace as with_changes
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from fichaat.application.installation import Installation
from fichaat.application.ports.rows import RecordPlace
from fichaat.application.selection import Selection, answer_to, everything, pending
from fichaat.domain.ficha import Ficha
from fichaat.domain.record import Kind, SealedRecord
from fichaat.domain.revision import Veredicto
from fichaat.domain.rol import Rol
from tests.support.installations import Laptop
from tests.support.offices import Office, judge, of_kind


class Three:
    """A coordinator, a province and a specialist that know each other."""

    def __init__(self, folder: Path, template: Path) -> None:
        self.jefe, self.prov, self.ana = (
            Laptop(folder / name, template, skew=timedelta(0), number=number)
            for number, name in enumerate(("jefe", "prov", "ana"), 1)
        )
        for laptop, rol in ((self.jefe, Rol.COORDINADOR), (self.prov, Rol.PROVINCIAL)):
            laptop.here = _with_rol(laptop, rol)
        self.office = Office(self.jefe)
        self.office.approve(self.prov, Rol.PROVINCIAL)
        self.office.approve(self.ana)
        self.office.tell(self.prov, self.ana)

    def close(self) -> None:
        for laptop in (self.jefe, self.prov, self.ana):
            laptop.close()


def _with_rol(laptop: Laptop, rol: Rol) -> Installation:
    return with_changes(laptop.here, profile=replace(laptop.here.profile, rol=rol))


@pytest.fixture
def three(tmp_path: Path, template: Path) -> Iterator[Three]:
    made = Three(tmp_path, template)
    yield made
    made.close()


def leaves(laptop: Laptop, selection: Selection) -> list[RecordPlace]:
    with laptop.here.store.read() as reader:
        return selection(reader, laptop.here)


def digests(places: list[RecordPlace]) -> set[str]:
    return {place.sha256 for place in places}


def fichas(laptop: Laptop) -> list[SealedRecord]:
    return of_kind(laptop.held(), Kind.FICHA)


def test_a_specialist_hands_in_what_is_its_own_until_the_region_has_it(three: Three) -> None:
    three.ana.seal_new(1)
    three.ana.seal_new(2)
    one, two = fichas(three.ana)
    assert digests(leaves(three.ana, pending)) == {one.sha256, two.sha256}
    three.jefe.receive([one], three.ana)
    three.ana.receive(three.jefe.held(), three.jefe)
    left = leaves(three.ana, pending)
    assert one.sha256 not in digests(left)
    assert two.sha256 in digests(left)
    assert {place.device for place in left} == {three.ana.device}


def test_a_provinces_reception_is_no_acknowledgement(three: Three) -> None:
    three.ana.seal_new(1)
    (ficha,) = fichas(three.ana)
    three.prov.receive([ficha], three.ana)
    three.ana.receive(three.prov.held(), three.prov)
    assert ficha.sha256 in digests(leaves(three.ana, pending))


def test_a_province_forwards_what_it_collected_and_what_it_said(three: Three) -> None:
    three.ana.seal_new(1)
    (ficha,) = fichas(three.ana)
    three.prov.receive([ficha], three.ana)
    seen = judge(three.prov, ficha, Veredicto.VISADA)
    going = leaves(three.prov, pending)
    assert {ficha.sha256, seen.sha256} <= digests(going)
    devices = {place.device for place in going}
    assert devices == {three.ana.device, three.prov.device}  # neither region nor coordinator
    three.jefe.receive(three.prov.held(), three.prov)
    three.prov.receive(three.jefe.held(), three.jefe)
    assert not {ficha.sha256, seen.sha256} & digests(leaves(three.prov, pending))


def test_a_coordinator_hands_on_everything(three: Three) -> None:
    three.ana.seal_new(1)
    three.jefe.receive(fichas(three.ana), three.ana)
    assert leaves(three.jefe, pending) == leaves(three.jefe, everything)
    assert len(leaves(three.jefe, everything)) == len(three.jefe.held())


def test_an_answer_goes_through_the_province_that_forwarded(three: Three) -> None:
    three.ana.seal_new(1)
    (ficha,) = fichas(three.ana)
    three.prov.receive([ficha], three.ana)
    three.jefe.receive(three.prov.held(), three.prov)
    word = judge(three.jefe, ficha, Veredicto.OBSERVADA)
    answer = digests(leaves(three.jefe, answer_to(three.prov.device)))
    assert word.sha256 in answer
    told = [item for item in three.jefe.held() if item.sha256 in answer]
    three.prov.receive(told, three.jefe)
    forwarded = digests(leaves(three.prov, answer_to(three.ana.device)))
    assert word.sha256 in forwarded
    three.ana.receive([i for i in three.prov.held() if i.sha256 in forwarded], three.prov)
    with three.ana.here.store.read() as reader:
        assert reader.undelivered(three.ana.device).sin_acuse == 0
        (row,) = reader.fichas_with_id(ficha.record.id)
    assert row.origin == three.ana.device
    assert ficha.sha256 not in digests(leaves(three.ana, pending))


def test_agreements_of_others_leave_only_where_that_is_wanted(three: Three) -> None:
    while not any(agreements(ficha) for ficha in fichas(three.ana)):
        three.ana.seal_new(len(fichas(three.ana)))
    held = fichas(three.ana)
    three.jefe.receive(held, three.ana)
    three.office.approve(three.prov, ambito="05")
    plain = leaves(three.jefe, answer_to(three.prov.device))
    shared = leaves(three.jefe, answer_to(three.prov.device, shared=True))
    assert not digests(plain) & {item.sha256 for item in held}
    more = {place.sha256: place for place in shared if place.sha256 not in digests(plain)}
    bearing = {item.sha256 for item in held if agreements(item)}
    assert bearing <= more.keys()
    assert all(more[digest].bare for digest in bearing)
    order = [(p.device, p.chain, p.sequence, p.sha256) for p in shared]
    assert order == sorted(order)


def agreements(item: SealedRecord) -> int:
    content = item.record.content
    assert isinstance(content, Ficha)
    return len(content.acuerdos)
