"""What a next record names as known: nobody without the right hides what was said before."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from fichaat.domain.acuerdo import EstadoAcuerdo, EventoAcuerdo
from fichaat.domain.ficha import Ficha
from fichaat.domain.firma import Evidencia, Sujeto
from fichaat.domain.record import Kind, SealedRecord
from fichaat.domain.revision import Veredicto
from tests.support.installations import Laptop
from tests.support.offices import Office, judge, make_region, of_kind, say


@pytest.fixture
def third(tmp_path: Path, template: Path) -> Iterator[Laptop]:
    made = Laptop(tmp_path / "c", template, skew=timedelta(0), number=3)
    yield made
    made.close()


def subject_of(item: SealedRecord) -> Sujeto:
    return Sujeto(item.record.id, item.record.version, item.sha256)


def a_ficha(laptop: Laptop) -> SealedRecord:
    """One with agreements."""
    for seed in range(20):
        laptop.seal_new(seed)
        *_, last = of_kind(laptop.held(), Kind.FICHA)
        assert isinstance(last.record.content, Ficha)
        if last.record.content.acuerdos:
            return last
    raise AssertionError


def test_evidence_does_not_stand_between_two_reviews(laptop: Laptop, other: Laptop) -> None:
    make_region(other, laptop)
    ficha = a_ficha(laptop)
    other.receive([ficha], laptop)
    observed = judge(other, ficha, Veredicto.OBSERVADA)
    laptop.receive([observed], other)
    proof = say(laptop, Kind.EVIDENCIA, Evidencia(subject_of(ficha)))
    assert observed.sha256 in proof.record.after
    other.receive([proof], laptop)
    approved = judge(other, ficha, Veredicto.APROBADA)
    assert {observed.sha256, proof.sha256} <= set(approved.record.after)
    with other.here.store.read() as reader:
        (row,) = reader.fichas_with_id(ficha.record.id)
    assert row.revision == "aprobada"


def test_a_stranger_does_not_stand_between_two_events(
    laptop: Laptop, other: Laptop, third: Laptop
) -> None:
    office: Office = make_region(other, laptop)
    office.believe(third)
    ficha = a_ficha(laptop)
    assert isinstance(ficha.record.content, Ficha)
    acuerdo = ficha.record.content.acuerdos[0].id
    first = say(laptop, Kind.SEGUIMIENTO, EventoAcuerdo(acuerdo, EstadoAcuerdo.EN_PROCESO))
    third.receive([ficha, first], laptop)
    forged = say(third, Kind.SEGUIMIENTO, EventoAcuerdo(acuerdo, EstadoAcuerdo.NO_CUMPLIDO))
    assert first.sha256 in forged.record.after
    laptop.receive([forged], third)
    last = say(laptop, Kind.SEGUIMIENTO, EventoAcuerdo(acuerdo, EstadoAcuerdo.CUMPLIDO))
    assert first.sha256 in last.record.after
    with laptop.here.store.read() as reader:
        (row,) = reader.acuerdos([acuerdo]).values()
    assert (row.estado, row.contradiccion) == ("cumplido", False)


def test_between_those_who_wait_the_last_is_enough(laptop: Laptop, other: Laptop) -> None:
    ficha = a_ficha(laptop)
    assert isinstance(ficha.record.content, Ficha)
    acuerdo = ficha.record.content.acuerdos[0].id
    first = say(laptop, Kind.SEGUIMIENTO, EventoAcuerdo(acuerdo, EstadoAcuerdo.EN_PROCESO))
    assert first.record.after == (ficha.sha256,)
    other.receive([ficha, first], laptop)
    second = say(other, Kind.SEGUIMIENTO, EventoAcuerdo(acuerdo, EstadoAcuerdo.CUMPLIDO))
    assert second.record.after == (first.sha256,)
