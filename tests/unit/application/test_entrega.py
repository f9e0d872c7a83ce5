"""Whether a sealed ficha arrived: the first of what the region, a province and this laptop know."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from fichaat.application.delivery import undelivered
from fichaat.application.entrega import Entrega, Llegada
from fichaat.application.list_fichas import ListFichas
from fichaat.application.ports.rows import FichaFilter, ListFilter
from fichaat.application.queries import Queries
from fichaat.domain.record import Kind, SealedRecord
from fichaat.domain.revision import Veredicto
from fichaat.domain.rol import Rol
from tests.support.installations import Laptop
from tests.support.offices import Office, judge, of_kind
from tests.unit.application.test_drafts import a_draft
from tests.unit.application.test_sealed_fichas import rectified, sealed


@pytest.fixture
def office(laptop: Laptop) -> Office:
    """The first laptop coordinates."""
    return Office(laptop)


@pytest.fixture
def third(tmp_path: Path, template: Path) -> Iterator[Laptop]:
    made = Laptop(tmp_path / "c", template, skew=timedelta(0), number=3)
    yield made
    made.close()


def told(laptop: Laptop, codigo: str) -> Entrega:
    found = Queries(laptop.here).ficha(codigo).entrega
    assert found is not None
    return found


def fichas(laptop: Laptop) -> list[SealedRecord]:
    return of_kind(laptop.held(), Kind.FICHA)


def export(laptop: Laptop, bundle: str) -> None:
    with laptop.here.store.write() as tx:
        tx.mark_exported([item.sha256 for item in fichas(laptop)], bundle, laptop.clock.now())


def answer(giver: Laptop, taker: Laptop) -> None:
    """What one installation says to have received reaches the other."""
    said = of_kind(giver.held(), Kind.RECEPCION)
    with taker.here.store.write() as tx:
        tx.add_records(said, giver.certificates())


def test_a_draft_has_nowhere_to_arrive(laptop: Laptop) -> None:
    codigo = a_draft(laptop).ficha.codigo
    assert Queries(laptop.here).ficha(codigo).entrega is None


def test_what_was_sealed_waits_until_it_leaves_and_the_last_time_is_told(laptop: Laptop) -> None:
    codigo = sealed(laptop)
    assert told(laptop, codigo).estado is Llegada.SIN_EXPORTAR
    export(laptop, "uno")
    first = told(laptop, codigo)
    export(laptop, "dos")
    last = told(laptop, codigo)
    assert first.estado is last.estado is Llegada.EXPORTADA
    assert first.exportada is not None
    assert last.exportada is not None
    assert timedelta(0) < last.exportada - first.exportada
    assert (last.region, last.provincia) == (None, None)


def test_a_coordinator_acknowledges_one_version_and_not_the_next(
    laptop: Laptop, other: Laptop, office: Office
) -> None:
    office.approve(other)
    office.publish()
    office.tell(other)
    codigo = sealed(other)
    export(other, "uno")
    laptop.receive(fichas(other), other)
    assert told(laptop, codigo).estado is Llegada.REGION
    answer(laptop, other)
    found = told(other, codigo)
    assert (found.estado, found.visto) == (Llegada.REGION, "recibida")
    assert found.region is not None
    assert found.exportada is not None
    judge(laptop, fichas(laptop)[0], Veredicto.APROBADA)
    assert (told(laptop, codigo).estado, told(laptop, codigo).visto) == (Llegada.REGION, "aprobada")
    rectified(other, codigo)
    assert told(other, codigo).estado is Llegada.SIN_EXPORTAR


def test_what_a_coordinator_sealed_is_where_it_belongs_whoever_has_it(
    laptop: Laptop, other: Laptop, office: Office
) -> None:
    office.approve(other, Rol.PROVINCIAL)
    office.publish()
    office.tell(other)
    codigo = sealed(laptop)
    assert told(laptop, codigo).estado is Llegada.DE_LA_REGION
    export(laptop, "uno")
    other.receive(fichas(laptop), laptop)
    answer(other, laptop)
    at_home, there = told(laptop, codigo), told(other, codigo)
    assert at_home.provincia == there.provincia is not None
    assert at_home.estado is there.estado is Llegada.DE_LA_REGION


def test_what_a_province_received_waits_for_the_region(
    laptop: Laptop, other: Laptop, office: Office, third: Laptop
) -> None:
    office.approve(other)
    office.approve(third, Rol.PROVINCIAL)
    office.publish()
    office.tell(other, third)
    codigo = sealed(other)
    third.receive(fichas(other), other)
    answer(third, other)
    found = told(other, codigo)
    assert (found.estado, found.visto, found.region) == (Llegada.PROVINCIA, "recibida", None)
    assert found.provincia is not None
    laptop.receive(fichas(third), third)
    answer(laptop, other)
    assert told(other, codigo).estado is Llegada.REGION
    assert told(other, codigo).provincia == found.provincia


def test_what_a_stranger_says_to_have_received_is_no_answer(laptop: Laptop, other: Laptop) -> None:
    codigo = sealed(laptop)
    other.receive(fichas(laptop), laptop)
    answer(other, laptop)
    assert told(laptop, codigo).estado is Llegada.SIN_EXPORTAR
    # Whose it is has to deliver it: from there nothing was heard.
    assert told(other, codigo).estado is Llegada.SIN_NOTICIA


def test_it_is_the_same_as_the_window_says(laptop: Laptop, other: Laptop, office: Office) -> None:
    office.approve(other)
    office.publish()
    office.tell(other)
    codigos = [sealed(other) for _ in range(4)]
    first, second, third, _ = fichas(other)
    with other.here.store.write() as tx:
        tx.mark_exported([first.sha256, third.sha256], "uno", other.clock.now())
    laptop.receive([first, second], other)
    answer(laptop, other)
    rectified(other, codigos[1])
    for machine in (laptop, other):
        here, lists = machine.here, ListFichas(machine.here)
        queries = Queries(here)
        rows = queries.fichas(FichaFilter())
        found = queries.entregas(rows)
        shown = lists.rows(lists(ListFilter()).numbers).values()
        assert {row.codigo: row.estado for row in shown} == {
            row.codigo: found[row.sha256].visto for row in rows
        }
        with here.store.read() as reader:
            waiting = undelivered(reader, here).sin_acuse
        acknowledged = (Llegada.REGION, Llegada.DE_LA_REGION)
        own = [row for row in rows if row.origin == machine.device]
        assert waiting == sum(found[row.sha256].estado not in acknowledged for row in own)
